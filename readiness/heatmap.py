"""When customers write: counts by weekday and hour -> steps to draw, and the hours that stand out.

Standard library only. A heat is 7 lists (Monday first) of 24 counts, in the shop's own time. Words are the caller's.
"""

from dataclasses import dataclass
from itertools import accumulate

DAYS, HOURS = 7, 24
STEPS = 5
# Below this one busy evening would be called a pattern.
FEWEST = 50
# A cell counts towards the busy hours as far as it is above this many times the average cell.
ABOVE = 1.25


@dataclass(frozen=True)
class Busy:
    """From `first_day` to `last_day` (0 = Monday, may run over Sunday), from hour `begin` up to `end` (1 to 24).

    `share`: of all messages, 0 to 1.
    """

    first_day: int
    last_day: int
    begin: int
    end: int
    share: float

    @property
    def days(self):
        return (self.last_day - self.first_day) % DAYS + 1


def usable(heat):
    """The heat itself when it has the right shape and a message in it, else None."""
    if not isinstance(heat, list) or len(heat) != DAYS:
        return None
    rows = [row for row in heat if isinstance(row, list) and len(row) == HOURS and all(map(_count, row))]
    return heat if len(rows) == DAYS and total(heat) else None


def _count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def total(heat):
    return sum(map(sum, heat))


def steps(heat):
    """The same shape with 0 (none) to STEPS (the busiest): equal parts of the highest count."""
    highest = max(map(max, heat))
    return [[-(-count * STEPS // highest) if highest else 0 for count in row] for row in heat]


def busiest(heat):
    """The run of days and hours that stands out most; None when there are too few messages or no hour does.

    It is the rectangle with the largest sum of counts above ABOVE times the average: neither one loud hour
    nor the whole week. Days may run over Sunday, hours not over midnight.
    """
    everything = total(heat)
    if everything < FEWEST:
        return None
    usual = ABOVE * everything / (DAYS * HOURS)
    best, found = 0.0, None
    for first in range(DAYS):
        columns = [0] * HOURS
        for days in range(1, DAYS + 1):
            row = heat[(first + days - 1) % DAYS]
            columns = [count + more for count, more in zip(columns, row, strict=True)]
            excess, begin, end = _best_run([count - days * usual for count in columns])
            if excess > best:
                share = sum(columns[begin:end]) / everything
                best, found = excess, Busy(first, (first + days - 1) % DAYS, begin, end, share)
    return _from_monday(found)


def _best_run(values):
    """(sum, begin, end) of the run of values with the largest sum."""
    sums = [0, *accumulate(values)]
    best, lowest = (sums[1], 0, 1), 0
    for end in range(1, len(sums)):
        if sums[end] - sums[lowest] > best[0]:
            best = (sums[end] - sums[lowest], lowest, end)
        if sums[end] < sums[lowest]:
            lowest = end
    return best


def _from_monday(busy):
    """All seven days begin on Monday, whichever was tried first."""
    if busy is None or busy.days < DAYS:
        return busy
    return Busy(0, DAYS - 1, busy.begin, busy.end, busy.share)
