"""Parts of the week: seven days of four parts each, as codes such as "mo-morning".

Standard library only. Which hours a shop wants covered, which somebody can work, how the two meet. Nobody is sorted or
left out by it: the numbers are for a sentence. Words are the caller's.
"""

from dataclasses import dataclass
from itertools import groupby

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
PARTS = ("morning", "afternoon", "evening", "night")
CODES = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
# The hours of each part, first and last + 1. The night of a day is its first hours.
HOURS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (0, 6)}


@dataclass(frozen=True)
class Piece:
    """The same parts on days that follow each other: `first` to `last` (numbers, 0 = Monday), `parts` of PARTS."""

    first: int
    last: int
    parts: tuple[str, ...]


def parse(said) -> tuple[str, ...]:
    """The codes among `said`, each once, in the order of the week; anything else is left out."""
    said = set(said)
    return tuple(code for code in CODES if code in said)


def to_text(codes) -> str:
    """As it is stored: a hexadecimal digit for each day, Monday first, its lowest bit the morning; "" for no part."""
    digits = [sum(1 << PARTS.index(part) for part in _parts(codes, day)) for day in DAYS]
    return "".join(f"{digit:x}" for digit in digits) if any(digits) else ""


def from_text(stored: str) -> tuple[str, ...]:
    """What to_text wrote; () for anything else."""
    if len(stored) != len(DAYS) or set(stored) - set("0123456789abcdef"):
        return ()
    return tuple(
        f"{day}-{part}"
        for day, digit in zip(DAYS, stored, strict=True)
        for bit, part in enumerate(PARTS)
        if int(digit, 16) >> bit & 1
    )


def _parts(codes, day) -> tuple[str, ...]:
    return tuple(part for part in PARTS if f"{day}-{part}" in codes)


def words(codes) -> list[Piece]:
    """The codes in as few pieces as read well, Monday first; days without a part have none."""
    days = [(number, _parts(codes, day)) for number, day in enumerate(DAYS)]
    runs = [(parts, [number for number, _ in run]) for parts, run in groupby(days, key=lambda day: day[1])]
    return [Piece(numbers[0], numbers[-1], parts) for parts, numbers in runs if parts]


def overlap(can, wanted) -> tuple[int, int]:
    """(how many of the wanted parts are covered, how many are wanted)."""
    wanted = set(parse(wanted))
    return len(wanted & set(can)), len(wanted)


def in_parts(heat) -> dict[str, int]:
    """A heat (seven lists of 24 counts, Monday first) as a count for each code."""
    return {
        f"{day}-{part}": sum(counts[slice(*HOURS[part])])
        for day, counts in zip(DAYS, heat, strict=True)
        for part in PARTS
    }


def share(heat, codes) -> float | None:
    """Which share of what was counted falls into these parts, 0 to 1; None when nothing was counted."""
    counts = in_parts(heat)
    everything = sum(counts.values())
    return sum(counts[code] for code in parse(codes)) / everything if everything else None
