"""What is kept about an applicant beside the stage: the next step, who meets them, whether the name is shown."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.models import Membership
from hiring import telling
from hiring.judging import locked
from hiring.models import Application, Assignment
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
def assign(application, member, *, by, on=True) -> Application:
    """Lets a member of the team see this person, or with `on` False no longer. Twice is once."""
    row = locked(application)
    if _assign(row, member, on):
        undoing.remember(row, "assigned", {"member": member.pk, "on": on}, by=by)
        row.save(update_fields=undoing.FIELDS)
        if on:
            telling.asked_to_meet(row, member, by=by)
        _trail("application.assigned", row, by, ["assignments"])
    return row


def _assign(row, member, on) -> bool:
    mine = Assignment.objects.filter(application=row, membership=member)
    if not on:
        return bool(mine.delete()[0])
    if mine.exists():
        return False
    Assignment.objects.create(company_id=row.company_id, application=row, membership=member)
    return True


@transaction.atomic
def show_name(application, *, by) -> Application:
    """Not hidden any more, for nobody; recorded, and the record stays when it is taken back."""
    row = locked(application)
    if row.name_shown_at is None:
        undoing.remember(row, "name", {}, by=by)
        row.name_shown_at = timezone.now()
        row.save(update_fields=["name_shown_at", *undoing.FIELDS])
        _trail("application.name_shown", row, by, ["name"])
    return row


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last next step, assignment or showing of the name. Raises undoing.Refused."""
    row = locked(application)
    taken = undoing.take(row, mark, by=by)
    _BACK[taken.what](row, taken.values)
    row.save(update_fields=undoing.FIELDS)
    _trail("application.detail_taken_back", row, by, FIELDS[taken.what])


def _old_step(row, values):
    fields = {name: row._meta.get_field(name) for name in values}
    _set(row, {name: fields[name].to_python(value) for name, value in values.items()})


def _old_assignment(row, values):
    members = Membership.objects.for_company(row.company_id).active()
    member = members.filter(pk=values["member"]).first()
    if member is None:
        raise undoing.Gone(_("This person has left the team. Nothing was changed."))
    _assign(row, member, not values["on"])
    if values["on"]:
        telling.not_asked_to_meet(row, member)


def _hide_name(row, _values):
    row.name_shown_at = None
    row.save(update_fields=["name_shown_at"])


_BACK = {"step": _old_step, "assigned": _old_assignment, "name": _hide_name}
FIELDS = {"step": sorted(STEP), "assigned": ["assignments"], "name": ["name"]}


def _set(row, values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*(row._meta.get_field(name).name for name in values), *undoing.FIELDS])


def _trail(action, row, by, fields):
    trail.record(
        action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk, fields=fields
    )
