"""How far a number has come towards its target. Numbers in, codes and numbers out; sentences are elsewhere.

`up` means that more is better, `down` that less is. Nothing here judges a person: a number has a direction, no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

UP, DOWN = "up", "down"
# Where a number stands: beyond its target, at it, nearer than it began, where it began, farther away, not known.
PASSED, REACHED, CLOSER, SAME, AWAY, UNKNOWN = "passed", "reached", "closer", "same", "away", "unknown"
CLOSE = frozenset({PASSED, REACHED})
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Point:
    day: date
    value: Decimal


def better_by(direction: str, before: Decimal, now: Decimal) -> Decimal:
    """How much better `now` is than `before`; negative when it is worse."""
    return now - before if direction == UP else before - now


def standing(direction: str, *, target: Decimal, start: Decimal | None, value: Decimal | None) -> str:
    """`start` is what it was at the beginning; without it only the target can be spoken of."""
    if value is None:
        return UNKNOWN
    beyond = better_by(direction, target, value)
    if beyond >= 0:
        return PASSED if beyond else REACHED
    if start is None:
        return UNKNOWN
    moved = better_by(direction, start, value)
    return CLOSER if moved > 0 else AWAY if moved < 0 else SAME


def progress(
    direction: str, *, target: Decimal, start: Decimal | None, value: Decimal | None
) -> Decimal | None:
    """Of the way from `start` to `target` in percent, 0 to 100; 100 exactly when the target is reached.

    None when the way is not known: no reading, no beginning, or a target that was never ahead.
    """
    if value is None or start is None:
        return None
    way = better_by(direction, start, target)
    if better_by(direction, target, value) >= 0:
        return HUNDRED
    if way <= 0:
        return None
    gone = better_by(direction, start, value)
    return min(HUNDRED, max(Decimal(0), HUNDRED * gone / way))


def trend(direction: str, points: Sequence[Point]) -> str:
    """The newest reading beside the one before it: CLOSER, SAME, AWAY; UNKNOWN with fewer than two."""
    if len(points) < 2:
        return UNKNOWN
    before, now = (point.value for point in sorted(points, key=lambda point: point.day)[-2:])
    moved = better_by(direction, before, now)
    return CLOSER if moved > 0 else AWAY if moved < 0 else SAME


def beginning(baseline: Decimal | None, points: Sequence[Point]) -> Decimal | None:
    """What it is compared with: the number given for the beginning, else the first reading once there are two."""
    if baseline is not None:
        return baseline
    return min(points, key=lambda point: point.day).value if len(points) > 1 else None


def share(part: int, whole: int) -> Decimal:
    """Percent with one decimal; 100 only when it is all of them, 0 only when it is none."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("a part of nothing, or more than all")
    rounded = round(HUNDRED * part / whole, 1)
    if rounded == HUNDRED and part < whole:
        return Decimal("99.9")
    if rounded == 0 and part:
        return Decimal("0.1")
    return rounded


# -- the picture: 600 wide, 160 high, days as far apart as they were

WIDTH, BASE, TOP, EDGE = 600, 140, 12, 8


@dataclass(frozen=True)
class Picture:
    line: str  # for <polyline points>
    dots: list[tuple[str, str]]
    target: str  # height of the line of the target
    first: date
    last: date


def picture(points: Sequence[Point], target: Decimal) -> Picture | None:
    """None without a reading. A single one is a dot in the middle."""
    if not points:
        return None
    points = sorted(points, key=lambda point: point.day)
    first, last = points[0].day, points[-1].day
    low, high = (pick([target, *(point.value for point in points)]) for pick in (min, max))
    days = (last - first).days
    dots = [(_across((point.day - first).days, days), _height(point.value, low, high)) for point in points]
    line = " ".join(f"{x},{y}" for x, y in dots)
    return Picture(line, dots, _height(target, low, high), first, last)


def _across(day: int, days: int) -> str:
    share_ = day / days if days else 0.5
    return f"{EDGE + (WIDTH - 2 * EDGE) * share_:.2f}"


def _height(value: Decimal, low: Decimal, high: Decimal) -> str:
    share_ = float((value - low) / (high - low)) if high > low else 0.5
    return f"{BASE - EDGE - (BASE - TOP - EDGE) * share_:.2f}"
