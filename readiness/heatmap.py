"""When customers write: counts by weekday and hour -> steps to draw, and the hours that stand out.

Standard library only. A heat is 7 lists (Monday first) of 24 counts, in the shop's own time. Words are the caller's.
"""

from dataclasses import dataclass
from itertools import accumulate

DAYS, HOURS = 7, 24
STEPS = 5
# Below this one busy evening would be called a pattern.
FEWEST = 50
# More than half, in whole numbers of 100 too.
MOST = 0.505
# Most of the messages in more than a third of the week is no pattern: evenly spread they fill half of it.
MOST_CELLS = DAYS * HOURS // 3


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
    """The heat itself when it has the right shape and times in it, else None.

    A log that knows days and no times puts everything at midnight: that says nothing of hours.
    """
    if not isinstance(heat, list) or len(heat) != DAYS or not all(map(_row, heat)):
        return None
    return heat if any(sum(row[1:]) for row in heat) else None


def _row(row):
    return isinstance(row, list) and len(row) == HOURS and all(map(_count, row))


def _count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def total(heat):
    return sum(map(sum, heat))


def steps(heat):
    """The same shape with 0 (none) to STEPS (the busiest): equal parts of the highest count."""
    highest = max(map(max, heat))
    return [[-(-count * STEPS // highest) if highest else 0 for count in row] for row in heat]


def busiest(heat):
    """The smallest block of days and hours that holds more than half of all messages.

    None when there are too few messages, or when it takes more than a third of the week: no hours stand out.
    Days may run over Sunday, hours not over midnight. Of blocks of one size the fullest counts.
    """
    everything = total(heat)
    if everything < FEWEST:
        return None
    found = [block for first in range(DAYS) for block in _from(heat, first, everything)]
    return min(found, key=lambda block: (block.days * (block.end - block.begin), -block.share), default=None)


def _from(heat, first, everything):
    """For each number of days from `first` on, the shortest hours that hold more than half."""
    columns = [0] * HOURS
    for days in range(1, DAYS + 1):
        last = (first + days - 1) % DAYS
        columns = [count + more for count, more in zip(columns, heat[last], strict=True)]
        run = _shortest(columns, MOST * everything)
        if run and days * (run[1] - run[0]) <= MOST_CELLS:
            yield Busy(first, last, *run, share=sum(columns[slice(*run)]) / everything)


def _shortest(counts, more_than):
    """(begin, end) of the shortest run whose sum is above `more_than`, of those the fullest; None without one."""
    sums = [0, *accumulate(counts)]
    runs = [
        (end - begin, -(sums[end] - sums[begin]), begin, end)
        for begin in range(len(counts))
        for end in range(begin + 1, len(sums))
        if sums[end] - sums[begin] > more_than
    ]
    return min(runs)[2:] if runs else None
