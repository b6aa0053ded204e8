"""Who stands where among people rated on the same skills. Plain values in, numbers out; no Django.

Must-haves are a floor: whoever is below it in one, or has no rating there, has no place in the ranking, however good
the rest is. The others are ordered by the weighted mean of what is nice to have and of the bonus. "No evidence" (None)
is in no mean and never a zero. Means are fractions, so that a tie is a tie.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

FLOOR = 3  # a must-have rated below this is not averaged away
MUST = "must"


@dataclass(frozen=True)
class Skill:
    """`level` is must, nice or bonus; `weight` a whole number from 1."""

    key: int
    level: str
    weight: int = 1


@dataclass(frozen=True)
class Standing:
    """`rank` from 1, shared by equals and None below the floor; `below` and `unrated` are keys of must-haves."""

    means: dict[int, Fraction | None]
    below: tuple[int, ...]
    unrated: tuple[int, ...]
    overall: Fraction | None
    rank: int | None

    @property
    def meets_floor(self) -> bool:
        return not (self.below or self.unrated)

    @property
    def covered(self) -> int:
        """Of how many skills there is any evidence."""
        return sum(mean is not None for mean in self.means.values())


def mean(levels: Iterable[int | None]) -> Fraction | None:
    """Of the levels there are; None without one."""
    known = [level for level in levels if level is not None]
    return Fraction(sum(known), len(known)) if known else None


def ranks(values: dict[int, Fraction | None]) -> dict[int, int | None]:
    """{who: 1 + how many are better}: equals share a place and the next is left out; without a value no place."""
    known = [value for value in values.values() if value is not None]
    return {
        who: None if value is None else 1 + sum(other > value for other in known)
        for who, value in values.items()
    }


def standings(skills: list[Skill], levels: dict[int, dict[int, list]]) -> dict[int, Standing]:
    """`levels` are {who: {skill: [level 1 to 5 or None of each rater]}}; a skill left out is not rated."""
    means = {who: {s.key: mean(given.get(s.key, ())) for s in skills} for who, given in levels.items()}
    counted = _counted(skills, means)
    found = {who: _standing(skills, counted, of_one) for who, of_one in means.items()}
    places = ranks({who: one.overall if one.meets_floor else None for who, one in found.items()})
    return {
        who: Standing(one.means, one.below, one.unrated, one.overall, places[who])
        for who, one in found.items()
    }


def by_skill(found: dict[int, Standing], key: int) -> dict[int, int | None]:
    """{who: place} on one skill alone."""
    return ranks({who: one.means[key] for who, one in found.items()})


def _counted(skills, means) -> list[Skill]:
    """What the mean is made of: beyond the must-haves; them, where nobody was rated on anything else."""
    known = {key for of_one in means.values() for key, value in of_one.items() if value is not None}
    beyond = [skill for skill in skills if skill.level != MUST and skill.key in known]
    return beyond or skills


def _standing(skills, counted, means) -> Standing:
    musts = [skill.key for skill in skills if skill.level == MUST]
    below = tuple(key for key in musts if means[key] is not None and means[key] < FLOOR)
    unrated = tuple(key for key in musts if means[key] is None)
    return Standing(means, below, unrated, _weighted(counted, means), None)


def _weighted(skills, means) -> Fraction | None:
    rated = [(means[skill.key], skill.weight) for skill in skills if means[skill.key] is not None]
    total = sum(weight for _mean, weight in rated)
    return sum(value * weight for value, weight in rated) / Fraction(total) if total else None
