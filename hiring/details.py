"""What is kept about an applicant beside the stage: the next step."""

from django.db import transaction

from accounts import undoing
from hiring.judging import locked
from hiring.models import Application
from vault import trail

STEP = ("next_step", "next_step_on", "next_step_who_id")


@transaction.atomic
def plan_next(application, *, by, what: str, on, who) -> Application:
    """The one thing to do next, by when, by whom; `who` is a membership or None."""
    row = locked(application)
    before = {name: getattr(row, name) for name in STEP}
    values = {"next_step": what, "next_step_on": on, "next_step_who_id": who and who.pk}
    if before != values:
        undoing.remember(row, "step", before, by=by)
        _set(row, values)
        _trail("application.next_step", row, by, ["next_step"])
    return row


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last planning of a next step. Raises undoing.Refused."""
    row = locked(application)
    taken = undoing.take(row, mark, by=by)
    fields = {name: row._meta.get_field(name) for name in taken.values}
    _set(row, {name: fields[name].to_python(value) for name, value in taken.values.items()})
    _trail("application.detail_taken_back", row, by, sorted(taken.values))


def _set(row, values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*(row._meta.get_field(name).name for name in values), *undoing.FIELDS])


def _trail(action, row, by, fields):
    trail.record(
        action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk, fields=fields
    )
