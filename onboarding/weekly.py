"""The weekly meeting as a series: the one writer of it, and of the days that its meetings have.

Single meetings are rows of their own, eight weeks ahead; a week has one at most, so filling up twice adds nothing.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts
from onboarding import parts, plans, series
from onboarding.kinds import Part
from onboarding.models import Meeting, MeetingState, Onboarding, Series
from onboarding.steps import Refused
from vault import trail

AHEAD = timedelta(weeks=8)
HOUR = ("at", "minutes", "place", "video_link")
CHANGED = ["weekday", *HOUR, "ends_on", "revision"]


def set_up(onboarding, *, by, weekday, at, minutes, place="", video_link="", ends_on=None) -> Series:
    """Begins the series with its meetings. Raises Refused where one runs already or the plan has ended."""
    parts.check(by, onboarding, Part.MANAGER)
    with transaction.atomic():
        plan = plans.locked(onboarding)
        if plan.cancelled_at:
            raise Refused(_("This plan has ended."))
        if Series.objects.filter(onboarding=plan).exists():
            raise Refused(_("There is a weekly meeting already. Change that one."))
        row = Series.objects.create(
            company_id=plan.company_id,
            onboarding=plan,
            weekday=weekday,
            at=at,
            minutes=minutes,
            place=place,
            video_link=video_link,
            zone=onboarding.zone.key,
            starts_on=max(onboarding.today(), plan.start_date),
            ends_on=ends_on,
        )
        fill(row)
        _record("set_up", row, by)
    return row


def change(row, *, by, seen, since=None, **wanted) -> bool:
    """Another day, hour or end, for all meetings from the day `since` on (today, where it is None).

    `seen` is the revision the form was made from. What was held stays as it was. False when nothing differs.
    Raises conflicts.Changed.
    """
    parts.check(by, row.onboarding, Part.MANAGER)
    with transaction.atomic():
        plans.locked(row.onboarding)
        now = Series.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
        now.onboarding = row.onboarding
        conflicts.check(now, seen)
        if all(getattr(now, name) == value for name, value in wanted.items()):
            return False
        ended = now.ends_on
        for name, value in wanted.items():
            setattr(now, name, value)
        now.revision += 1
        now.save(update_fields=CHANGED)
        _follow(now, since or row.onboarding.today(), ended)
        _record("changed", now, by, list(wanted))
    return True


def _follow(row, since, ended) -> None:
    """Planned meetings go where the series is now; those that an earlier end took away may come again."""
    planned = Meeting.objects.filter(onboarding=row.onboarding_id, on__gte=since)
    if ended and (row.ends_on is None or row.ends_on > ended):
        planned.filter(state=MeetingState.CANCELLED, on__gt=ended).update(state=MeetingState.PLANNED)
    off, today = row.onboarding.off, row.onboarding.today()
    moved = list(planned.filter(state=MeetingState.PLANNED).order_by("on", "pk"))
    for meeting in moved:
        _place(meeting, row, off, today)
    fields = ["on", "zone", *HOUR, "state", "sequence", "changed_at"]
    Meeting.objects.bulk_update(moved, fields)
    fill(row)


def _place(meeting, row, off, today) -> None:
    meeting.on = series.day_in(meeting.week, row.weekday)
    meeting.zone = row.zone
    for name in HOUR:
        setattr(meeting, name, getattr(row, name))
    over = row.ends_on is not None and meeting.on > row.ends_on
    if over or meeting.on in off or meeting.on < today:
        meeting.state = MeetingState.CANCELLED
    meeting.touch()


def fill(row) -> int:
    """The meetings of the next weeks that are not there yet. How many."""
    plan = row.onboarding
    today = plan.today()
    first = max(row.starts_on, plan.start_date, today)
    last = min(row.ends_on or today + AHEAD, today + AHEAD)
    last = max(last, first + AHEAD) if row.ends_on is None else last
    weeks = set(Meeting.objects.filter(onboarding=plan).values_list("week", flat=True))
    days = series.days(first, last, row.weekday, plan.off)
    new = [_new(row, day) for day in days if series.week_of(day) not in weeks]
    return len(Meeting.objects.bulk_create(new, ignore_conflicts=True))


def _new(row, day) -> Meeting:
    values = {name: getattr(row, name) for name in ("company_id", "onboarding_id", "zone", *HOUR)}
    return Meeting(week=series.week_of(day), on=day, **values)


def leader_leaves(membership) -> None:
    """Whoever leads next is asked to the meetings that are planned: to calendars they are changed."""
    rows = Meeting.objects.for_company(membership.company_id).filter(onboarding__manager=membership)
    planned = rows.filter(state=MeetingState.PLANNED)
    planned.update(sequence=F("sequence") + 1, changed_at=timezone.now())


def fill_all(*, batch=200) -> int:
    """Every day: the meetings of the weeks that came into sight. How many."""
    rows = Series.objects.filter(onboarding__cancelled_at=None, company__closes_at=None)
    rows = rows.select_related("onboarding__company", "onboarding__hire__user").order_by("pk")
    return sum(fill(row) for row in rows.iterator(chunk_size=batch))


def suggested(onboarding: Onboarding) -> int:
    return series.suggested(onboarding.weekdays)


def _record(action, row, by, fields=()) -> None:
    trail.record(
        f"weekly.{action}",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="weekly",
        pk=row.pk,
        fields=list(fields),
    )
