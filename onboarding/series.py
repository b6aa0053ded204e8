"""The days of a weekly meeting, and the moment each begins. No Django here.

Weekdays are 0 (Monday) to 6 (Sunday). A week is named by its Monday: it has one meeting at most.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SUGGESTED = 4  # Friday


def week_of(day: date) -> date:
    return day - day.weekday() * DAY


def day_in(week: date, weekday: int) -> date:
    """The meeting's day in the week that begins on this Monday. Raises ValueError for no weekday."""
    if weekday not in range(7):
        raise ValueError("a weekday is 0 to 6")
    return week_of(week) + weekday * DAY


def days(first: date, last: date, weekday: int, off: Collection[date] = ()) -> list[date]:
    """Every such day from `first` to `last`, both counted; a day off has no meeting, and none stands in for it."""
    day = day_in(first, weekday)
    found = []
    while day <= last:
        if day >= first and day not in off:
            found.append(day)
        day += WEEK
    return found


def suggested(weekdays: Collection[int]) -> int:
    """Friday, else the last day of the week that this person works. Raises ValueError for a week without one."""
    own = set(weekdays) & set(range(7))
    return SUGGESTED if SUGGESTED in own else max(own)


def begins(day: date, at: time, zone: tzinfo) -> datetime:
    """In UTC. The hour on the wall stays through summer and winter.

    An hour that the clocks leave out is the one after it; of an hour that comes twice it is the first.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
