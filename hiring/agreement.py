"""How far several people who rated the same saw the same. Plain values in, numbers out; no Django.

A unit is one person on one skill: {rater: level 1 to 5}; None ("no evidence") is no rating and pairs with nothing.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

APART = 2  # levels between two ratings that are worth a talk
ENOUGH = 30  # units with two ratings, below which a coefficient says nothing


@dataclass(frozen=True)
class Between:
    """Two raters on `n` units that both rated: shares from 0 to 1, and how much higher the first rates on average."""

    first: int
    second: int
    n: int
    exact: Fraction
    within_one: Fraction
    difference: Fraction


def known(units) -> list[dict[int, int]]:
    """Without what nobody could see."""
    return [{who: level for who, level in unit.items() if level is not None} for unit in units]


def paired(units) -> list[list[int]]:
    """The levels of every unit that at least two people rated."""
    return [list(unit.values()) for unit in known(units) if len(unit) > 1]


def between(units) -> list[Between]:
    """One for each two raters who have rated the same unit at least once, in the order of their numbers."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for unit in known(units):
        for first, second in combinations(sorted(unit), 2):
            pairs.setdefault((first, second), []).append(unit[first] - unit[second])
    return [_between(*who, apart) for who, apart in sorted(pairs.items())]


def _between(first, second, apart) -> Between:
    n = len(apart)
    return Between(
        first,
        second,
        n,
        Fraction(apart.count(0), n),
        Fraction(sum(abs(gap) <= 1 for gap in apart), n),
        Fraction(sum(apart), n),
    )


def differs(levels) -> bool:
    """Are two of these ratings of one unit APART or more?"""
    given = [level for level in levels if level is not None]
    return len(given) > 1 and max(given) - min(given) >= APART


def alpha(units) -> float | None:
    """Krippendorff's alpha for ordered levels; None with fewer than ENOUGH paired units, or when all say the same.

    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), the ordinal difference function.
    """
    values = paired(units)
    if len(values) < ENOUGH:
        return None
    together = _coincidences(values)
    totals: Counter = Counter()
    for (level, _other), weight in together.items():
        totals[level] += weight
    if len(totals) < 2:
        return None
    n = sum(totals.values())
    seen = sum(weight * _apart(*pair, totals) for pair, weight in together.items())
    by_chance = sum(totals[c] * totals[k] * _apart(c, k, totals) for c in totals for k in totals)
    return float(1 - (n - 1) * seen / by_chance)


def _coincidences(values) -> dict[tuple[int, int], Fraction]:
    """How often two levels stand beside each other; a unit with m ratings counts as m, not as its pairs."""
    found: dict[tuple[int, int], Fraction] = {}
    for levels in values:
        share = Fraction(1, len(levels) - 1)
        for pair in permutations(levels, 2):
            found[pair] = found.get(pair, Fraction(0)) + share
    return found


def _apart(first, second, totals) -> Fraction:
    """The squared distance of two levels: how many ratings lie from the one to the other, the ends by half."""
    low, high = sorted((first, second))
    steps = sum(totals[level] for level in totals if low <= level <= high)
    return (steps - Fraction(totals[low] + totals[high], 2)) ** 2
