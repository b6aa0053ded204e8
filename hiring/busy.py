"""When people of the team are taken."""

from datetime import datetime, timedelta

from accounts import agenda
from hiring import hosting
from hiring.models import BusyTime

APP = "hiring"
LONGEST = timedelta(minutes=480)


def of(members, start: datetime, end: datetime, *, leaving_out=None) -> list[tuple[datetime, datetime]]:
    """Spans in UTC between two moments in which one or more of `members` are taken, the earliest first.

    `leaving_out` is an interview that is being moved: it stands in nobody's way.
    """
    rows = hosting.talks_of(members).filter(starts_at__lt=end, starts_at__gt=start - LONGEST)
    if leaving_out:
        rows = rows.exclude(pk=leaving_out.pk)
    talks = [(row.starts_at, row.ends_at) for row in rows.only("starts_at", "minutes")]
    elsewhere = agenda.taken(members, start, end, besides=APP)
    spans = [*talks, *elsewhere, *_own_calendars(members, start, end)]
    return sorted(span for span in spans if span[1] > start)


def _own_calendars(members, start, end) -> list[tuple[datetime, datetime]]:
    """What the members' own calendars said when they were read last."""
    rows = BusyTime.objects.filter(member__in=members, source__removed_at=None)
    rows = rows.filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at")
    return list(rows.values_list("starts_at", "ends_at"))
