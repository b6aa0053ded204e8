"""The decision memo: what was recorded on the way to a decision, on one page, and one's own words beside it."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Prefetch
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import conflicts, undoing
from hiring import comparing, history, numbers, rules
from hiring.judging import locked
from hiring.models import (
    CvCheck,
    DecisionMemo,
    FactAnswer,
    FactToCheck,
    How,
    Level,
    Stage,
    StageMove,
    WrittenReference,
)
from hiring.models.facts import FactOutcome
from hiring.models.judging import Mark
from hiring.ranking import FLOOR
from vault import trail

OWN = ("why", "doubts")
AGAINST = (FactOutcome.DIFFERS, FactOutcome.CONTRADICTED)


@dataclass(frozen=True)
class Memo:
    """Plain values for the page and for paper; every text in the reader's language."""

    decided: str
    list_number: int
    skills: list[dict]  # label, level, rating (a text), breach, evidence [text]
    standing: str
    recommendations: list[str]
    asked: list[dict]  # question, answer, who, at
    skipped: list[str]
    references: list[dict]  # said, details [text]
    facts: list[dict]  # quote, outcome, said
    considered: list[tuple[str, int]]  # (stage, how many people of this job came that far)
    alone: str
    spent: dict
    hours: object


def of(application, member) -> Memo:
    """Some twenty queries, however much there is.

    Whoever may read a memo sees every card that was handed in once the decision is made; before that, only what
    they may see on the person's page.
    """
    found = comparing.compare(application.job, member, [application], every_card=application.is_over)
    moves = list(
        StageMove.objects.filter(application=application, undone_by=None)
        .exclude(how=How.UNDO)
        .select_related("actor")
        .order_by("pk")
    )
    spent, hours = numbers.spent(application.job)
    person = found.people[0]
    return Memo(
        decided=_decided(application, moves),
        list_number=application.rubric_version,
        skills=_skills(found, person),
        standing=_standing(person),
        recommendations=[_recommended(found, card) for card in person.cards],
        asked=[line for move in moves for line in _asked(move)],
        skipped=[str(Stage(stage).label) for move in moves for stage in move.skipped],
        references=[*map(_reference, person.calls), *map(_in_writing, _written(application))],
        facts=[_fact(row) for row in _against(application)],
        considered=_considered(application.job),
        alone=_alone(application),
        spent=spent,
        hours=hours,
    )


def _decided(application, moves) -> str:
    """Who took the last step, and when, in the words of the history."""
    if not moves:
        return ""
    move = moves[-1]
    return _("%(day)s: %(what)s") % {"day": _day(move.at), "what": history.sentence(move, application)}


def _day(moment) -> str:
    return date_format(timezone.localtime(moment).date(), "DATE_FORMAT")


def _skills(found, person) -> list[dict]:
    marks = dict(CvCheck.objects.filter(application=person.application).values_list("requirement", "mark"))
    lines = comparing.skill_lines(found, [person])
    return [_skill(found, person, line, marks) for line in lines]


def _skill(found, person, line, marks) -> dict:
    row, cell = line["row"], line["cells"][0]
    closed = person.unopened  # rated by colleagues, and not for this reader to see yet
    return {
        "label": str(row.label),
        "level": str(row.get_level_display()),
        "must": row.level == Level.MUST,
        "mean": cell["mean"],
        "word": "" if closed else _word(cell, marks.get(row.pk)),
        "breach": not closed and (cell["below"] or cell["unrated"]),
        "evidence": _evidence(found, person, row),
    }


def _word(cell, mark) -> str:
    """What stands beside the number, or instead of it."""
    if cell["below"]:
        return _("below %(floor)s") % {"floor": FLOOR}
    if cell["mean"] is not None:
        return ""
    if cell["no_evidence"]:
        return _("no evidence")
    return _("not rated; CV: %(mark)s") % {"mark": Mark(mark).label} if mark else _("not rated")


def _evidence(found, person, row) -> list[str]:
    notes = []
    for card in person.cards:
        for rating in card.ratings.all():
            if rating.requirement_id == row.pk and rating.note:
                notes.append(f"{rating.note} ({card.interviewer})" if found.several else rating.note)
    return notes


def _standing(person) -> str:
    if person.unopened:
        return _("Colleagues have rated this person. You see their cards when yours is in.")
    if person.standing.below:
        return _("A must-have is below %(floor)s.") % {"floor": FLOOR}
    if person.standing.unrated:
        return _("A must-have is not rated.")
    return _("Every must-have is met.")


def _recommended(found, card) -> str:
    said = str(card.get_recommendation_display())
    said = f"{card.interviewer}: {said}" if found.several else said
    return f"{said}. {card.trust}" if card.trust else said


def _asked(move) -> list[dict]:
    texts = {rule.code: rule.text for rule in rules.RULES}
    who = str(move.actor) if move.actor else ""
    return [
        {
            "question": str(texts.get(code, "")),
            "answer": " · ".join(filter(None, [rules.chip_label(code, chip), "" if n else move.text])),
            "who": who,
            "day": _day(move.at),
        }
        for n, (code, chip) in enumerate(move.answers.items())  # what was typed is told once
    ]


def _reference(call) -> dict:
    details = [call.hesitation_note, call.deviation_note, _their_side(call)]
    return {"said": comparing.reference_words(call), "details": [text for text in details if text]}


def _their_side(row) -> str:
    """What the applicant said to a contradiction, of a call or of a fact."""
    return _("What they said to it: %(words)s") % {"words": row.candidate_said} if row.candidate_said else ""


def _written(application):
    rows = WrittenReference.objects.filter(application=application, cancelled_at=None).exclude(reply="")
    return rows.order_by("replied_at", "pk")


def _in_writing(row) -> dict:
    """That somebody answered, and whether they would work together again; the answers stay on their own page."""
    details = (
        [_("Would work with them again: %(again)s") % {"again": row.get_again_display()}] if row.again else []
    )
    return {"said": str(row.get_reply_display()), "details": details}


def _against(application):
    rows = FactToCheck.objects.filter(application=application, outcome__in=AGAINST)
    return rows.prefetch_related(Prefetch("answers", FactAnswer.objects.order_by("at", "pk"))).order_by("pk")


def _fact(row) -> dict:
    """`said` is what was said to it: by each referee whose answer speaks against it, and by the applicant."""
    against = [answer for answer in row.answers.all() if answer.outcome in AGAINST]
    told = [text for answer in against for text in (answer.told, _apart(answer))]
    said = [*(told or [row.outcome_note]), _their_side(row)]
    return {
        "quote": row.quote,
        "outcome": str(row.get_outcome_display()),
        "said": " · ".join(filter(None, said)),
    }


def _apart(answer) -> str:
    if not answer.claimed or not answer.found:
        return ""
    return _("the applicant says %(claimed)s, the referee %(found)s") % {
        "claimed": answer.claimed,
        "found": answer.found,
    }


def _considered(job) -> list[tuple[str, int]]:
    """How many people of this job came into each stage: numbers, nobody's name."""
    real = {"application__is_test": False, "application__deleted_at": None, "undone_by": None}
    moves = StageMove.objects.filter(application__job=job, **real).exclude(how=How.UNDO)
    came = dict(moves.order_by().values_list("to_stage").annotate(n=Count("application", distinct=True)))
    return [(str(stage.label), came[stage]) for stage in Stage if came.get(stage)]


def _alone(application) -> str:
    if rules.only_one(application):
        return _("Nobody else was ever considered for this job.")
    return ""


def considered(memo) -> str:
    return ", ".join(f"{stage} {number_format(n)}" for stage, n in memo.considered)


def cost(memo) -> str:
    """What was paid for adverts in each money, and the hours of reading that were measured."""
    sums = [f"{number_format(amount, 2)} {currency}" for currency, amount in sorted(memo.spent.items())]
    said = [_("adverts %(sum)s") % {"sum": total} for total in sums] or [_("no advert was paid for")]
    if memo.hours:
        hours = number_format(memo.hours, 1)
        said.append(
            ngettext("%(n)s hour of reading", "%(n)s hours of reading", max(1, round(memo.hours)))
            % {"n": hours}
        )
    return ", ".join(said)


# -- one's own words


def words(application) -> DecisionMemo:
    """As they are, or empty at revision 0."""
    row = DecisionMemo.objects.filter(application=application).select_related("by").first()
    return row or DecisionMemo(application=application, company_id=application.company_id, revision=0)


@transaction.atomic
def save(application, *, by, values: dict, seen: int | None = None) -> DecisionMemo:
    """Keeps one's own words. `seen` is the revision the form was made from; raises conflicts.Changed."""
    locked(application)  # of two first ones the second sees the first
    row = words(application)
    conflicts.check(row, seen)
    if row.pk and all(getattr(row, name) == values[name] for name in OWN):
        return row
    before = {name: getattr(row, name) for name in OWN} if row.pk else {}
    undoing.remember(row, "memo", before, by=by)
    for name in OWN:
        setattr(row, name, values[name])
    row.by, row.at, row.revision = by, timezone.now(), row.revision + 1
    row.save()
    record("memo.saved", application, by, fields=OWN)
    return row


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The words as they were before the last keeping; first ones go. Raises undoing.Refused."""
    locked(application)
    row = DecisionMemo.objects.filter(application=application).first()
    if row is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    taken = undoing.take(row, mark, by=by)
    if not taken.values:
        row.delete()
    else:
        for name, value in taken.values.items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
    record("memo.taken_back", application, by)


def record(action, application, by, *, fields=()) -> None:
    trail.record(
        action,
        company_id=application.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=application.pk,
        fields=list(fields),
    )
