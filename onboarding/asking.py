"""When somebody answers: the hours they named, working time between two moments, the usual wait. No Django here.

Weekdays are 0 (Monday) to 6 (Sunday). Moments are aware; spans are counted in UTC, so that a change of the clocks
makes an hour neither longer nor shorter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

ONE = timedelta(days=1)
LOOK_AHEAD = 14  # days in which the next open hour is looked for
ENOUGH = 3  # so many answers make a habit
STEP = 5  # minutes a wait is rounded up to


@dataclass(frozen=True)
class Hours:
    """From when to when on which weekday, on the clock of `zone`; none on the days `away` (both included)."""

    zone: ZoneInfo
    windows: Mapping[int, tuple[time, time]] = field(default_factory=dict)
    away: tuple[date, date] | None = None

    def window(self, day: date) -> tuple[datetime, datetime] | None:
        """The open hours of one day, in UTC."""
        named = self.windows.get(day.weekday())
        if named is None or self.is_away(day):
            return None
        begin, end = (datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC) for at in named)
        return (begin, end) if begin < end else None

    def is_away(self, day: date) -> bool:
        return self.away is not None and self.away[0] <= day <= self.away[1]

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def worked(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """How much of the open hours lies between two moments."""
    spans = _spans(hours, hours.day(since), hours.day(until))
    return sum((max(min(end, until) - max(begin, since), timedelta()) for begin, end in spans), timedelta())


def closes(hours: Hours, now: datetime) -> datetime | None:
    """Until when questions are answered now; None outside the hours."""
    window = hours.window(hours.day(now))
    return window[1] if window and window[0] <= now < window[1] else None


def opens(hours: Hours, now: datetime) -> datetime | None:
    """When the next open hour begins, at most two weeks after now or after being away; None without any."""
    first = hours.day(now)
    last = max(first, hours.away[1] if hours.away else first) + LOOK_AHEAD * ONE
    return next((begin for begin, _ in _spans(hours, first, last) if begin > now), None)


def week(hours: Hours, now: datetime) -> list[tuple[datetime, datetime]]:
    """The open hours of the seven days from today on, without regard to being away."""
    first = hours.day(now)
    return list(_spans(Hours(hours.zone, hours.windows), first, first + 6 * ONE))


def usual(waits: list[timedelta]) -> int | None:
    """The median wait in minutes, rounded up to five; None before there are three."""
    if len(waits) < ENOUGH:
        return None
    minutes = median(wait.total_seconds() for wait in waits) / 60
    return max(int(-(-minutes // STEP)) * STEP, STEP)


def _spans(hours: Hours, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    day = first
    while day <= last:
        if (window := hours.window(day)) is not None:
            yield window
        day += ONE
