"""When something is due. Days are the person's own working days less the days off; reviews follow the calendar.

Weekdays are 0 (Monday) to 6 (Sunday), as `date.weekday()` counts them; `off` are days on which nobody works.
No Django here.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

ONE = timedelta(days=1)
WEEK = timedelta(days=7)
EVERY_DAY = frozenset(range(7))
NONE: frozenset[date] = frozenset()
MOST_MONTHS = 24


def working_day(start: date, number: int, weekdays: Collection[int], off: Collection[date] = NONE) -> date:
    """The working day `number`: 1 is the start date itself, whatever its weekday; -1 is the one before it.

    Raises ValueError for day 0, which does not exist, and for a week without a working day.
    """
    if number == 0:
        raise ValueError("there is no day 0")
    if number == 1:
        return start
    return _step(start, number - 1 if number > 0 else number, _checked(weekdays), off)


def days_after(day: date, count: int, weekdays: Collection[int], off: Collection[date] = NONE) -> date:
    """`count` working days after `day`; 0 is that day when it is worked on, else the next one that is."""
    return _step(day - ONE, count + 1, _checked(weekdays), off)


def calendar_day(start: date, days: int, weekdays: Collection[int], off: Collection[date] = NONE) -> date:
    """`days` after the start, moved back to a day this person works, never forward: a review is not late by plan."""
    return max(start, last_working_day(start + timedelta(days=days), weekdays, off))


def end_of_week(start: date, number: int, weekdays: Collection[int], off: Collection[date] = NONE) -> date:
    """The last working day of the seven days number `number` since the start (1 is the first seven)."""
    if number < 1:
        raise ValueError("weeks count from 1")
    return max(start, last_working_day(start + number * WEEK - ONE, weekdays, off))


def before_end(
    start: date, end: date, number: int, weekdays: Collection[int], off: Collection[date] = NONE
) -> date:
    """`number` (0 or less) working days before `end`, never before the start; 0 is the last one up to `end`."""
    if number > 0:
        raise ValueError("nothing is counted after the end")
    found = _step(end, number, _checked(weekdays), off) if number else last_working_day(end, weekdays, off)
    return max(start, found)


def last_working_day(day: date, weekdays: Collection[int], off: Collection[date] = NONE) -> date:
    """`day` itself when it is worked on, else the nearest earlier one that is."""
    own = _checked(weekdays)
    while not _worked(day, own, off):
        day -= ONE
    return day


def day_number(start: date, today: date, weekdays: Collection[int], off: Collection[date] = NONE) -> int:
    """How many working days have begun, counting the start as 1; 0 before it."""
    if today < start:
        return 0
    own = _checked(weekdays)
    weeks, rest = divmod((today - start).days, 7)
    days = weeks * len(own)
    days += sum((start + timedelta(days=n + 1)).weekday() in own for n in range(rest))
    return days + 1 - sum(start < day <= today and day.weekday() in own for day in set(off))


def months_end(start: date, months: int) -> date:
    """The last day of `months` months that begin with `start`."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    if start.day > last:  # 31 August and six months: the last of February is within them
        return date(year, month + 1, last)
    return date(year, month + 1, start.day) - ONE


def moved_end(start: date, end: date, new_start: date) -> date:
    """Where a time that began with `start` ends when it begins another day: as many months, else as many days."""
    for months in range(1, MOST_MONTHS + 1):
        if months_end(start, months) == end:
            return months_end(new_start, months)
    return end + (new_start - start)


def _step(day: date, count: int, own: Collection[int], off: Collection[date]) -> date:
    move = ONE if count > 0 else -ONE
    for _ in range(abs(count)):
        day += move
        while not _worked(day, own, off):
            day += move
    return day


def _worked(day: date, own: Collection[int], off: Collection[date]) -> bool:
    return day.weekday() in own and day not in off


def _checked(weekdays: Collection[int]) -> frozenset[int]:
    own = frozenset(weekdays) & EVERY_DAY
    if not own:
        raise ValueError("a week needs a working day")
    return own
