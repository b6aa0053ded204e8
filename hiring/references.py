"""What a referee said: kept with what it means for each fact, overwritten, taken back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from hiring import fact_outcomes
from hiring.judging import locked
from hiring.models import CallTry, FactToCheck, Referee, ReferenceCall
from hiring.overwriting import to_take_back
from hiring.pipeline import Refused
from vault import trail


@transaction.atomic
def save_call(
    referee, *, by, values: dict, seen: int | None = None, outcomes: dict | None = None
) -> ReferenceCall:
    """What a referee said. `seen` is the revision the form was made from, 0 for a first one, None to overwrite.

    `outcomes` are {fact's number: values of fact_outcomes.WORDS, or None to take this referee's answer off}.
    Raises Refused unless the applicant agreed that they are asked and that stands, and conflicts.Changed.
    """
    locked(referee.application)  # of two first calls the second sees the first, and a consent taken back
    referee = may_be_asked(referee)
    call = ReferenceCall.objects.filter(referee=referee).first() or ReferenceCall(
        company_id=referee.company_id, application=referee.application, referee=referee, revision=0
    )
    conflicts.check(call, seen)
    before = {"call": {name: getattr(call, name) for name in values} if call.pk else None}
    before["facts"] = _put_all(referee, outcomes or {}, by)
    undoing.remember(call, "reference", before, by=by)
    for name, value in (values | {"done_at": timezone.now()}).items():
        setattr(call, name, value)
    call.by, call.revision = by, call.revision + 1
    call.save()
    _trail("reference.called", call, by)
    return call


def may_be_asked(referee) -> Referee:
    """The row as it is now. Raises Refused unless the applicant's agreement stands."""
    referee.refresh_from_db()
    if referee.forgotten_at:
        raise Refused(_("This person asked to be forgotten: they are not asked any more."))
    if referee.withdrawn_at:
        raise Refused(_("The applicant took their agreement back: this person is not asked any more."))
    if referee.agreed_at is None:
        raise Refused(_("The applicant has not agreed yet that this person is called."))
    return referee


def _put_all(referee, outcomes, by) -> dict:
    """{fact's number: what this referee's answer was}, for those that are still on the list."""
    facts = FactToCheck.objects.filter(application=referee.application_id, pk__in=outcomes).order_by("pk")
    return {
        str(fact.pk): fact_outcomes.from_call(fact, by=by, referee=referee, values=outcomes[fact.pk])
        for fact in facts
    }


@transaction.atomic
def take_back_call(referee, mark: str, *, by) -> None:
    """The last keeping of what this referee said, with what it said about facts. Raises undoing.Refused."""
    locked(referee.application)
    call = to_take_back(ReferenceCall, referee=referee)
    taken = undoing.take(call, mark, by=by).values
    for fact in FactToCheck.objects.filter(pk__in=taken["facts"]).order_by("pk"):
        fact_outcomes.put_back(fact, referee.pk, taken["facts"][str(fact.pk)])
    if taken["call"] is None:
        call.delete()
    else:
        for name, value in taken["call"].items():
            setattr(call, name, value)
        call.revision += 1
        call.save()
    _trail("reference.taken_back", referee, by)


# -- calls that did not come about


@transaction.atomic
def note_try(referee, *, by, values: dict) -> CallTry:
    """`values`: outcome, again_at, note. Raises Refused unless the applicant's agreement stands."""
    locked(referee.application)
    referee = may_be_asked(referee)
    row = CallTry(
        company_id=referee.company_id, application=referee.application, referee=referee, by=by, **values
    )
    undoing.remember(row, "try", {}, by=by)
    row.save()
    _trail("reference.tried", referee, by)
    return row


@transaction.atomic
def take_back_try(row, mark: str, *, by) -> None:
    """Raises undoing.Refused."""
    locked(row.application)
    row = to_take_back(CallTry, pk=row.pk)
    undoing.take(row, mark, by=by)
    row.delete()
    _trail("reference.try_taken_back", row, by)


def _trail(action, row, by):
    """`row` is the referee, or what hangs on one."""
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=row.application_id,
    )
