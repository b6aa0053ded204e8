"""Weeks of several files put together: which file speaks for which week, and where they hang together.

Standard library only. What a week holds is its owner's matter, as long as two halves of one can be added by `plus`.
"""

import datetime
from dataclasses import dataclass

from readiness.trends import week_of

WEEK = datetime.timedelta(days=7)


@dataclass
class Log:
    """One file as it is kept: what is said of it (`weeks` in there are the whole ones that count, each with its
    Monday first; `first` and `last_created` its days), and {Monday: week} with the partial ones at both ends."""

    series: dict
    weeks: dict

    @property
    def mondays(self) -> list:
        return mondays_of(self.series)


def mondays_of(series) -> list:
    return [datetime.date.fromisoformat(row[0]) for row in series["weeks"]]


def whole(counts) -> list:
    """[(Monday, count)] of {Monday: count}, without the first and the last, which are partial; gaps as 0."""
    first, last = min(counts), max(counts)
    mondays = [first + n * WEEK for n in range(1, (last - first) // WEEK)]
    return [(monday, counts.get(monday, 0)) for monday in mondays]


@dataclass
class Joined:
    """`weeks` {Monday: week} without a gap, from the files `used` (places in the list); was something left out?"""

    weeks: dict
    used: list
    gap: bool


def join(logs, empty) -> Joined:
    """Of weeks that two files have whole, the file in front is used; halves of a week at the seam of two files make a
    whole one. Only what hangs together up to the last week is used. `empty()` is a week in which nothing happened."""
    found = _whole_weeks(logs, empty) | _seams(logs)
    mondays = _last_run(sorted(found))
    used = sorted({i for monday in mondays for i in found[monday][0]})
    return Joined({monday: found[monday][1] for monday in mondays}, used, len(mondays) < len(found))


def _whole_weeks(logs, empty) -> dict:
    """{Monday: ({which file}, week)}."""
    found = {}
    for i, log in enumerate(logs):
        for monday in log.mondays:
            found.setdefault(monday, ({i}, log.weeks.get(monday) or empty()))
    return found


def _seams(logs) -> dict:
    """Weeks in whose midst one file ends and another begins on the next day."""
    return {
        monday: ({i, j}, one.weeks[monday].plus(two.weeks[monday]))
        for i, one in enumerate(logs)
        for j, two in enumerate(logs)
        if (monday := _seam(one.series, two.series)) and monday in one.weeks and monday in two.weeks
    }


def _seam(one, two):
    ends, begins = (datetime.date.fromisoformat(day) for day in (one["last_created"], two["first"]))
    return week_of(ends) if (begins - ends).days == 1 and week_of(ends) == week_of(begins) else None


def _last_run(mondays) -> list:
    """The weeks up to the last one, between which at most one at a time is missing."""
    run = mondays[-1:]
    for monday in reversed(mondays[:-1]):
        if run[0] - monday > 2 * WEEK:
            break
        run.insert(0, monday)
    return run


def overlap(one, two) -> list:
    """The Mondays of the whole weeks that two series both have."""
    return sorted(set(mondays_of(one)) & set(mondays_of(two)))
