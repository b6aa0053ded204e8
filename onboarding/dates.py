"""When something is due. Days are the person's own working days; reviews follow the calendar.

Weekdays are 0 (Monday) to 6 (Sunday), as `date.weekday()` counts them. No Django here.
"""

from collections.abc import Collection
from datetime import date, timedelta

ONE = timedelta(days=1)
WEEK = timedelta(days=7)
EVERY_DAY = frozenset(range(7))


def working_day(start: date, number: int, weekdays: Collection[int]) -> date:
    """The working day `number`: 1 is the start date itself, whatever its weekday; -1 is the one before it.

    Raises ValueError for day 0, which does not exist, and for a week without a working day.
    """
    if number == 0:
        raise ValueError("there is no day 0")
    if number == 1:
        return start
    return _step(start, number - 1 if number > 0 else number, _checked(weekdays))


def calendar_day(start: date, days: int, weekdays: Collection[int]) -> date:
    """`days` after the start, moved back to a day this person works, never forward: a review is not late by plan."""
    return max(start, last_working_day(start + timedelta(days=days), weekdays))


def end_of_week(start: date, number: int, weekdays: Collection[int]) -> date:
    """The last working day of the seven days number `number` since the start (1 is the first seven)."""
    if number < 1:
        raise ValueError("weeks count from 1")
    return max(start, last_working_day(start + number * WEEK - ONE, weekdays))


def last_working_day(day: date, weekdays: Collection[int]) -> date:
    """`day` itself when it is worked on, else the nearest earlier one that is."""
    own = _checked(weekdays)
    while day.weekday() not in own:
        day -= ONE
    return day


def day_number(start: date, today: date, weekdays: Collection[int]) -> int:
    """How many working days have begun, counting the start as 1; 0 before it."""
    if today < start:
        return 0
    own = _checked(weekdays)
    weeks, rest = divmod((today - start).days, 7)
    days = weeks * len(own)
    days += sum((start + timedelta(days=n + 1)).weekday() in own for n in range(rest))
    return days + 1


def _step(day: date, count: int, own: Collection[int]) -> date:
    move = ONE if count > 0 else -ONE
    for _ in range(abs(count)):
        day += move
        while day.weekday() not in own:
            day += move
    return day


def _checked(weekdays: Collection[int]) -> frozenset[int]:
    own = frozenset(weekdays) & EVERY_DAY
    if not own:
        raise ValueError("a week needs a working day")
    return own
