"""First days and meetings with an hour as entries of people's calendars (accounts.agenda).

The manager's whole first day with somebody new is taken: it is theirs, and no interview is booked over it.
"""

import uuid
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import agenda
from accounts.addresses import absolute
from onboarding.kinds import Kind, Part, State
from onboarding.models import Meeting, MeetingState, Onboarding, Step

APP = "onboarding"
DAY = timedelta(days=1)
LONG_DAY = timedelta(hours=8)
NOT_HELD = [State.LEFT_OUT, State.SKIPPED]


def register() -> None:
    agenda.register(APP, entries)


def entries(members, start, end) -> list[agenda.Entry]:
    """Three queries for any number of members, plans and meetings."""
    wanted = {member.pk for member in members}
    found = (look(wanted, start, end) for look in (_first_days, _meetings, _weekly))
    return [entry for entries in found for entry in entries]


def _first_days(wanted, start, end):
    rows = _running(wanted).filter(start_date__range=_days(start, end))
    for plan in rows.order_by("start_date", "pk"):
        if plan.manager_id in wanted:
            yield first_day(plan)
        if plan.hire_id in wanted:
            yield first_day(plan, own=True)


def _running(wanted):
    theirs = Q(manager__in=wanted) | Q(buddy__in=wanted) | Q(hire__in=wanted)
    return Onboarding.objects.filter(theirs).running().with_people().select_related("first_day_call")


def _days(start, end):
    """A day more on each side: somewhere it is yesterday still, or tomorrow already."""
    return start.astimezone(UTC).date() - DAY, end.astimezone(UTC).date() + DAY


def first_day(plan, *, own=False) -> agenda.Entry:
    """For the manager, or with `own` for the new colleague."""
    begins, ends = hours_of_first_day(plan)
    values = {"name": plan.hire, "company": plan.company.name}
    heard = None if own else getattr(plan, "first_day_call", None)
    name = "onboarding:today" if own else "onboarding:plan"
    return agenda.Entry(
        uid=number_of(plan, "own" if own else "day"),
        start=begins,
        end=ends,
        title=(_("First day at %(company)s") if own else _("First day of %(name)s")) % values,
        changed_at=heard.changed_at if heard else plan.created_at,
        sequence=heard.sequence if heard else 0,
        place=plan.place or plan.video_link,
        url=absolute(reverse(name, args=[] if own else [plan.pk])),
        kind="first_day",
        zone=plan.zone.key,
        busy=not own,
    )


def hours_of_first_day(plan) -> tuple[datetime, datetime]:
    """From when the new colleague comes until when questions are answered; eight hours where that makes no day."""
    begins = datetime.combine(plan.start_date, plan.start_time, tzinfo=plan.zone)
    ends = datetime.combine(plan.start_date, plan.ask_until, tzinfo=plan.zone)
    begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
    return begins, ends if ends > begins else begins + LONG_DAY


def _meetings(wanted, start, end):
    rows = Step.objects.filter(kind=Kind.MEETING, at__isnull=False, due_on__range=_days(start, end))
    rows = rows.filter(onboarding__in=_running(wanted)).exclude(state__in=NOT_HELD)
    people = [f"onboarding__{name}" for name in ("company", "hire__user", "manager__user", "buddy__user")]
    for step in rows.select_related(*people).in_order():
        parts = [part for part in Part if step.concerns(part)]
        if wanted & {step.onboarding.people(part).pk for part in parts}:
            yield _meeting(step)


def _meeting(step) -> agenda.Entry:
    plan = step.onboarding
    begins = datetime.combine(step.due_on, step.at, tzinfo=plan.zone).astimezone(UTC)
    return agenda.Entry(
        uid=number_of(step, "step"),
        start=begins,
        end=begins + timedelta(minutes=step.minutes),
        title=_("%(step)s (%(name)s)") % {"step": step.label, "name": plan.hire},
        changed_at=step.changed_at or step.created_at,
        place=plan.video_link or plan.place,
        url=absolute(reverse("onboarding:step", args=[step.pk])),
        kind="meeting",
        zone=plan.zone.key,
        sequence=step.revision - 1,
    )


def _weekly(wanted, start, end):
    people = ("company", "hire__user", "manager__user")
    rows = Meeting.objects.filter(state__in=[MeetingState.PLANNED, MeetingState.HELD])
    rows = rows.filter(on__range=_days(start, end), onboarding__cancelled_at=None)
    rows = rows.filter(Q(onboarding__hire__in=wanted) | Q(onboarding__manager__in=wanted))
    for meeting in rows.select_related(*[f"onboarding__{name}" for name in people]).order_by("on", "pk"):
        yield meeting_of(meeting)


def meeting_of(meeting) -> agenda.Entry:
    """Never what it will speak of: that stands on its page."""
    plan = meeting.onboarding
    values = {"hire": plan.hire, "manager": plan.manager}
    return agenda.Entry(
        uid=str(meeting.uid),
        start=meeting.starts_at,
        end=meeting.ends_at,
        title=_("Weekly meeting: %(hire)s and %(manager)s") % values,
        changed_at=meeting.changed_at,
        place=meeting.video_link or meeting.place,
        url=absolute(reverse("onboarding:meetings", args=[plan.pk])),
        kind="meeting",
        zone=meeting.zone,
        sequence=meeting.sequence,
    )


def number_of(row, what: str) -> str:
    """Stays for good, and no other installation has the same: made of what of a row never changes."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{what}:{row.pk}:{row.created_at.isoformat()}"))
