"""What a referee said: kept, overwritten, taken back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts
from hiring.judging import locked
from hiring.models import ReferenceCall
from hiring.overwriting import overwrite, to_take_back, write_back
from hiring.pipeline import Refused
from vault import trail


@transaction.atomic
def save_call(referee, *, by, values: dict, seen: int | None = None) -> ReferenceCall:
    """What a referee said. `seen` is the revision the form was made from, 0 for a first one, None to overwrite.

    Raises Refused unless the applicant agreed that they are called, and conflicts.Changed.
    """
    if referee.agreed_at is None:
        raise Refused(_("The applicant has not agreed yet that this person is called."))
    locked(referee.application)  # of two first calls the second sees the first
    call = ReferenceCall.objects.filter(referee=referee).first() or ReferenceCall(
        company_id=referee.company_id, application=referee.application, referee=referee, revision=0
    )
    conflicts.check(call, seen)
    overwrite(call, "reference", values | {"done_at": timezone.now()}, by)
    call.by, call.revision = by, call.revision + 1
    call.save()
    _trail("reference.called", call, by)
    return call


@transaction.atomic
def take_back_call(referee, mark: str, *, by) -> None:
    """The last keeping of what this referee said. Raises undoing.Refused."""
    call = to_take_back(ReferenceCall, referee=referee)
    call.revision += 1
    write_back(call, mark, by)
    _trail("reference.taken_back", referee, by)


def _trail(action, row, by):
    """`row` is the referee, or the call."""
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=row.application_id,
    )
