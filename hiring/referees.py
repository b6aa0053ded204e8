"""Who may be asked about an applicant: named by the shop, agreed to by the applicant, taken off the list again."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring.judging import locked
from hiring.models import CallTry, FactAnswer, Referee, ReferenceCall, WrittenReference
from hiring.models.references import AgreedHow
from hiring.pipeline import Refused
from vault import trail

WORDS = (
    "name", "relation", "email", "phone", "kind", "since", "until", "named_by_link", "agreed_how", "agreed_by_id",
)  # fmt: skip
TIMES = ("agreed_at", "withdrawn_at")


@transaction.atomic
def add(application, *, by, values: dict, agreed: bool, on: date | None = None) -> Referee:
    """`agreed`: the applicant told somebody so, today or `on` that day."""
    row = locked(application)
    consent = _told(by, on) if agreed else {}
    referee = Referee.objects.create(company_id=row.company_id, application=row, **values, **consent)
    _remember(row, {"added": referee.pk}, by)
    _trail("reference.added", row, by)
    return referee


def _told(by, on) -> dict:
    at = (
        timezone.make_aware(datetime.combine(on, time(12)))
        if on and on != timezone.localdate()
        else timezone.now()
    )
    return {"agreed_at": at, "agreed_how": AgreedHow.TOLD, "agreed_by": by}


@transaction.atomic
def agree(referee, *, by, on: date | None = None) -> Referee:
    """The applicant said yes to this person being asked; the first time counts.

    Raises Refused where they took it back behind their link: only they can give it again.
    """
    locked(referee.application)
    referee.refresh_from_db()
    if referee.withdrawn_at:
        raise Refused(_("The applicant took their agreement back: this person is not asked any more."))
    if referee.agreed_at is None:
        for name, value in _told(by, on).items():
            setattr(referee, name, value)
        referee.save(update_fields=["agreed_at", "agreed_how", "agreed_by"])
        _trail("reference.agreed", referee.application, by)
    return referee


def is_used(referee) -> bool:
    """Has anybody asked this person, or written down what they said? Up to four queries."""
    hangs = (ReferenceCall, CallTry, FactAnswer, WrittenReference)
    return any(model.objects.filter(referee=referee).exists() for model in hangs)


@transaction.atomic
def remove(referee, *, by) -> None:
    """Off the list; twice is once. Raises Refused for somebody who was asked: what they said is kept."""
    row = locked(referee.application)
    referee = Referee.objects.filter(pk=referee.pk).first()
    if referee is None:
        return
    if is_used(referee):
        raise Refused(_("What this person said is written down: it stays with the one who said it."))
    values = {name: getattr(referee, name) for name in WORDS}
    for name in TIMES:
        at = getattr(referee, name)
        values[name] = at and at.isoformat()  # to the microsecond
    referee.delete()
    _remember(row, {"removed": values}, by)
    _trail("reference.removed", row, by)


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last adding or removing. Raises undoing.Refused."""
    row = locked(application)
    values = undoing.take(row, mark, by=by).values
    if "removed" in values:
        Referee.objects.create(company_id=row.company_id, application=row, **values["removed"])
    else:
        _unadd(values["added"])
    row.save(update_fields=undoing.FIELDS)
    _trail("reference.list_taken_back", row, by)


def _unadd(pk):
    referee = Referee.objects.filter(pk=pk).first()
    if referee and is_used(referee):
        raise undoing.Gone(_("Somebody has called this person since. Nothing was changed."))
    Referee.objects.filter(pk=pk).delete()


def _remember(row, values, by):
    undoing.remember(row, "referee", values, by=by)
    row.save(update_fields=undoing.FIELDS)


def _trail(action, row, by):
    trail.record(action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk)
