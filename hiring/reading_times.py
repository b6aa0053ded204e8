"""Arithmetic of reading times: seconds in, seconds and answers out, told to whoever read. No Django in here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

LONGEST = 1_800  # seconds of one reading
BREAK = timedelta(hours=2)  # a longer pause ends a sitting
PILE = timedelta(days=3)  # a longer pause ends what the last page sums up
ENOUGH = 5  # readings before a pace is spoken of
RECENT = 40  # readings that make the pace
TEN, FROM, FACTOR = 10, 20, 2


@dataclass(frozen=True)
class Reading:
    """One decision: whose CV, how many seconds (None when nobody counted), when."""

    application: int
    seconds: int | None
    at: datetime


def bounded(said: str) -> int | None:
    """What a browser says it took, which may be anything: whole seconds from 1 to half an hour, else None."""
    if not (said.isascii() and said.isdigit() and len(said) < 9):
        return None
    return min(int(said), LONGEST) or None


def since_break(rows: Sequence[Reading], pause: timedelta, now: datetime) -> list[Reading]:
    """Of `rows`, oldest first, those after the last pause longer than `pause`; none when that has lasted until now."""
    found: list[Reading] = []
    later = now
    for row in reversed(rows):
        if later - row.at > pause:
            break
        found.append(row)
        later = row.at
    return found[::-1]


def people(rows: Iterable[Reading]) -> list[int]:
    """Everybody once, in the order in which they were last decided on."""
    return list(dict.fromkeys(row.application for row in reversed(list(rows))))[::-1]


def minutes(rows: Iterable[Reading]) -> int:
    """Counted minutes, begun ones whole; 0 when nothing was counted."""
    return -(-sum(row.seconds or 0 for row in rows) // 60)


def pace(rows: Sequence[Reading]) -> int | None:
    """Seconds a CV: the median of the last forty, None before there are five."""
    counted = [row.seconds for row in rows if row.seconds][-RECENT:]
    return round(median(counted)) if len(counted) >= ENOUGH else None


def minutes_left(count: int, seconds_each: int) -> int:
    return -(-count * seconds_each // 60)


def hurried(rows: Sequence[Reading]) -> list[int]:
    """The last ten people, when of twenty or more they got half the time of the first ten; else nobody.

    The median of each ten: one long reading hides nothing, and one short one proves nothing.
    """
    counted = [row for row in rows if row.seconds]
    if len(people(counted)) < FROM:
        return []
    first, last = counted[:TEN], counted[-TEN:]
    early, late = (median(row.seconds or 0 for row in part) for part in (first, last))
    return people(last) if early >= FACTOR * late else []
