"""What came of a fact: what each referee said to it, and what the applicant said to a contradiction.

A fact carries the gravest of its answers, so that a second, kinder referee covers nothing up.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from hiring.judging import locked
from hiring.models import FactAnswer, FactOutcome, FactToCheck
from hiring.pipeline import Refused
from vault import trail

GRAVEST_FIRST = (
    FactOutcome.CONTRADICTED,
    FactOutcome.DIFFERS,
    FactOutcome.CONFIRMED,
    FactOutcome.UNVERIFIABLE,
)
WORDS = ("outcome", "told", "claimed", "found")  # of an answer
SAID = ("candidate_said", "candidate_said_on", "candidate_said_by_id")
UNDO = ("outcome", "said")  # in marks of Undo


@transaction.atomic
def note(fact, *, by, referee=None, values: dict, seen: int | None = None) -> FactToCheck:
    """What this referee said to it, or what was seen elsewhere; once more, it takes the place of the first.

    `values` are WORDS. Raises conflicts.Changed, undoing.Gone for a fact taken off the list, and Refused for a
    referee of somebody else.
    """
    fact = _locked(fact)
    conflicts.check(fact, seen)
    if referee is not None and referee.application_id != fact.application_id:
        raise Refused(_("This person was named by somebody else."))
    before = put(fact, by=by, referee=referee, values=values)
    undoing.remember(fact, "outcome", {"referee": referee and referee.pk, "before": before}, by=by)
    _keep(fact, "fact.outcome_noted", by)
    return fact


def put(fact, *, by, referee, values: dict | None) -> dict | None:
    """One answer and the sum of all, in the caller's transaction, which has locked the application.

    None as `values` takes the answer off. Gives what stood there, None where nothing did.
    """
    answer = FactAnswer.objects.filter(fact=fact, referee=referee).first()
    before = _values_of(answer)
    if values is None:
        FactAnswer.objects.filter(fact=fact, referee=referee).delete()
    elif before is None or any(before[name] != value for name, value in values.items()):
        answer = answer or FactAnswer(company_id=fact.company_id, fact=fact, referee=referee)
        answer.by, answer.at = by, timezone.now()
        for name, value in values.items():
            setattr(answer, name, value)
        answer.save()
    sum_up(fact)
    return before


def from_call(fact, *, by, referee, values: dict | None) -> dict | None:
    """`put` for the form of a call; what was noted on the page before it can no longer be taken back there."""
    before = put(fact, by=by, referee=referee, values=values)
    after = _values_of(FactAnswer.objects.filter(fact=fact, referee=referee).first())
    if after != before:
        fact.undoable = {what: entry for what, entry in fact.undoable.items() if what != "outcome"}
        fact.revision += 1
        fact.save()
    return before


def _values_of(answer) -> dict | None:
    if answer is None:
        return None
    return {name: getattr(answer, name) for name in (*WORDS, "by_id")} | {"at": answer.at.isoformat()}


def sum_up(fact) -> None:
    """The gravest of the answers, the newest of equals; saved."""
    answers = FactAnswer.objects.filter(fact=fact).order_by("-at", "-pk")
    gravest = min(answers, key=lambda answer: GRAVEST_FIRST.index(answer.outcome), default=None)
    for name, value in _sum(gravest).items():
        setattr(fact, name, value)
    fact.save()


def _sum(answer) -> dict:
    if answer is None:
        return {"outcome": "", "outcome_note": "", "outcome_by": None, "outcome_at": None}
    return {
        "outcome": answer.outcome,
        "outcome_note": answer.told,
        "outcome_by_id": answer.by_id,
        "outcome_at": answer.at,
    }


@transaction.atomic
def note_candidate(fact, *, by, said: str, on: date, seen: int | None = None) -> FactToCheck:
    """What the applicant said to what was said. Raises conflicts.Changed and undoing.Gone."""
    fact = _locked(fact)
    conflicts.check(fact, seen)
    undoing.remember(fact, "said", {name: getattr(fact, name) for name in SAID}, by=by)
    fact.candidate_said, fact.candidate_said_on, fact.candidate_said_by = said, on, by
    _keep(fact, "fact.candidate_answered", by)
    return fact


@transaction.atomic
def take_back(fact, mark: str, *, by) -> None:
    """The last answer, or the last words of the applicant. Raises undoing.Refused."""
    fact = _locked(fact)
    taken = undoing.take(fact, mark, by=by)
    if taken.what == "outcome":
        put_back(fact, taken.values["referee"], taken.values["before"])
    else:
        for name, value in taken.values.items():
            setattr(fact, name, value)
    _keep(fact, "fact.outcome_taken_back", by)


def put_back(fact, referee_id: int | None, before: dict | None) -> None:
    """An answer as `put` found it; none where there was none."""
    FactAnswer.objects.filter(fact=fact, referee=referee_id).delete()
    if before is not None:
        FactAnswer.objects.create(company_id=fact.company_id, fact=fact, referee_id=referee_id, **before)
    sum_up(fact)


def _locked(fact) -> FactToCheck:
    application = locked(fact.application)
    row = FactToCheck.objects.filter(pk=fact.pk).first()
    if row is None:
        raise undoing.Gone(_("This was taken off the list meanwhile. Nothing was changed."))
    row.application = application
    return row


def _keep(fact, action, by):
    fact.revision += 1
    fact.save()
    trail.record(
        action, company_id=fact.company_id, actor_id=by.user_id, kind="application", pk=fact.application_id
    )


# -- reading


def of(application) -> list[FactToCheck]:
    """The facts, oldest first, each with `answered`: its answers and who gave them. Two queries."""
    facts = FactToCheck.objects.filter(application=application)
    facts = list(facts.select_related("by", "candidate_said_by").order_by("pk"))
    answers = FactAnswer.objects.filter(fact__in=facts).select_related("referee", "by").order_by("at", "pk")
    found: dict[int, list] = {}
    for answer in answers:
        found.setdefault(answer.fact_id, []).append(answer)
    for fact in facts:
        fact.application = application
        fact.answered = found.get(fact.pk, [])
    return facts
