"""Who may be asked about an applicant: named, taken off the list again, and what each said on the phone."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring.judging import locked
from hiring.models import Referee, ReferenceCall
from hiring.pipeline import Refused
from vault import trail

WORDS = ("name", "relation", "email", "phone")


@transaction.atomic
def add(application, *, by, values: dict, agreed: bool) -> Referee:
    row = locked(application)
    referee = Referee.objects.create(
        company_id=row.company_id, application=row, agreed_at=timezone.now() if agreed else None, **values
    )
    _remember(row, {"added": referee.pk}, by)
    _trail("reference.added", row, by)
    return referee


@transaction.atomic
def remove(referee, *, by) -> None:
    """Off the list; twice is once. Raises Refused for somebody who was called: what they said is kept."""
    row = locked(referee.application)
    referee = Referee.objects.filter(pk=referee.pk).first()
    if referee is None:
        return
    if ReferenceCall.objects.filter(referee=referee).exists():
        raise Refused(_("What this person said is written down: it stays with the one who said it."))
    values = {name: getattr(referee, name) for name in WORDS}
    values["agreed_at"] = referee.agreed_at and referee.agreed_at.isoformat()  # to the microsecond
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
    if ReferenceCall.objects.filter(referee=pk).exists():
        raise undoing.Gone(_("Somebody has called this person since. Nothing was changed."))
    Referee.objects.filter(pk=pk).delete()


def _remember(row, values, by):
    undoing.remember(row, "referee", values, by=by)
    row.save(update_fields=undoing.FIELDS)


def _trail(action, row, by):
    trail.record(action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk)


# -- the call


@transaction.atomic
def agree(referee) -> Referee:
    """The applicant said yes to this call; the first time counts."""
    Referee.objects.filter(pk=referee.pk, agreed_at=None).update(agreed_at=timezone.now())
    referee.refresh_from_db(fields=["agreed_at"])
    return referee
