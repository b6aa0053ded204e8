"""Cases counted as they pass: when they began, hour by hour, and how long they took, week by week of their beginning.

Standard library only. Times to solve are counted in classes 3 % wide or narrower that keep their own mean, so that a
median read from them is as good as one of the cases themselves, and millions of cases leave a few hundred numbers.
"""

import datetime
from array import array
from dataclasses import dataclass, field

from readiness.ticketlog import OPEN
from vault.moments import seconds_of, time_of

HOUR, DAY, WEEK = 3600, 86_400, 604_800
SINCE_MONDAY = 3 * DAY  # 1970 began on a Thursday
FINE = 6  # bits of a length that are kept: classes are at most 1/32 wide
SHIFT = 12


@dataclass
class Week:
    """`hours`: how many began in each of its 168 hours, Monday first. `closed`: [how many, seconds they took on
    average]; `open`: [how many, seconds they have waited]."""

    hours: list = field(default_factory=lambda: [0] * 168)
    closed: list = field(default_factory=list)
    open: list = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(self.hours)

    @property
    def days(self) -> list:
        return [sum(self.hours[day * 24 : day * 24 + 24]) for day in range(7)]

    def plus(self, other):
        """Two halves of one week, from two files."""
        hours = [a + b for a, b in zip(self.hours, other.hours, strict=True)]
        return Week(hours, self.closed + other.closed, self.open + other.open)


class Tally:
    """`parts()` gives lists of (created, ended or OPEN) in seconds on the wall; it may be asked twice."""

    def __init__(self, parts):
        self.parts = parts
        self.began, self.lengths, self.waiting = {}, {}, array("q")
        self.cases = 0
        self.first_end = self.last_end = None
        for part in parts():
            self._take(part)

    @classmethod
    def of(cls, cases):
        """From (created, ended or None) as times."""
        part = [(seconds_of(first), OPEN if last is None else seconds_of(last)) for first, last in cases]
        return cls(lambda: [part])

    def _take(self, part):
        began, lengths, waiting = self.began, self.lengths, self.waiting
        for created, ended in part:
            hour = created // HOUR
            began[hour] = began.get(hour, 0) + 1
            if ended == OPEN:
                waiting.append(created)
                continue
            length = ended - created
            coarse = max(0, length.bit_length() - FINE)
            place = (created + SINCE_MONDAY) // WEEK << SHIFT | coarse << FINE | length >> coarse
            if place in lengths:
                known = lengths[place]
                known[0] += 1
                known[1] += length
            else:
                lengths[place] = [1, length]
        self._sum_up(part)

    def _sum_up(self, part):
        self.cases += len(part)
        ends = [ended for _, ended in part if ended != OPEN]
        if ends:
            self.first_end = min(ends) if self.first_end is None else min(self.first_end, min(ends))
            self.last_end = max(ends) if self.last_end is None else max(self.last_end, max(ends))

    # Beginnings to the hour are exact enough for spans of weeks; the last moment of all is exact.

    @property
    def first(self) -> datetime.datetime:
        return time_of(min(self.began) * HOUR)

    @property
    def last_created(self) -> datetime.datetime:
        return time_of(max(self.began) * HOUR)

    @property
    def end(self) -> datetime.datetime:
        """The last thing that happened: until then what is open was seen to wait."""
        return max(self.last_created, time_of(self.last_end or 0))

    @property
    def total(self) -> int:
        """Seconds that all closed ones took together."""
        return sum(total for _, total in self.lengths.values())

    @property
    def usual(self) -> float | None:
        """Seconds within which half of the closed ones were solved."""
        return median([[n, total / n] for n, total in self.lengths.values()], [])

    def early(self, before) -> list:
        """Seconds that those took which began before this second and are closed; goes through everything again."""
        return [
            ended - created
            for part in self.parts()
            for created, ended in part
            if ended != OPEN and created < before
        ]

    def weeks(self) -> dict:
        """{Monday: Week} of all weeks with a case, the first and the last included."""
        found, end = {}, seconds_of(self.end)
        for hour, count in self.began.items():
            week, within = divmod(hour * HOUR + SINCE_MONDAY, WEEK)
            found.setdefault(week, Week()).hours[within // HOUR] += count
        for place, (count, total) in sorted(self.lengths.items()):
            found[place >> SHIFT].closed.append([count, round(total / count, 1)])
        ages = {}
        for created in self.waiting:
            place = (created + SINCE_MONDAY) // WEEK, max(0, end - created) // HOUR
            ages[place] = ages.get(place, 0) + 1
        for (week, hours), count in sorted(ages.items()):
            found[week].open.append([count, hours * HOUR])
        return {_monday(week): found[week] for week in sorted(found)}


def _monday(week) -> datetime.date:
    return time_of(week * WEEK - SINCE_MONDAY).date()


def median(closed, waiting) -> float | None:
    """Seconds within which half are solved, of [how many, seconds] classes: the Kaplan-Meier median, in which those
    that still wait count as long as they were seen to. None when fewer than half are seen to be solved."""
    at_risk = sum(count for count, _ in closed) + sum(count for count, _ in waiting)
    steps = sorted(
        [(length, 0, count) for count, length in closed] + [(length, 1, count) for count, length in waiting]
    )
    surviving = 1.0
    for length, still, count in steps:
        surviving *= 1 if still else 1 - count / at_risk
        if surviving <= 0.5 + 1e-12:
            return length
        at_risk -= count
    return None
