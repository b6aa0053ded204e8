"""Do two short texts speak of the same thing? Folded words compared as sets. Imports no Django.

The share of the shorter text's words that the other one has too, 0 to 1 (the overlap coefficient of Szymkiewicz and
Simpson): "tracking link missing" and "the link for tracking is missing on the phone" are one. Words of one or two
letters say nothing, except in Chinese, where one sign is a word.
"""

from collections.abc import Iterable

from vault import folding

ALIKE = 0.5  # from here on somebody is asked
_LEAST = 3  # letters


def words(text: str) -> frozenset[str]:
    """Folded words that say something; all of them when none is long enough."""
    found = folding.terms(text)
    return frozenset(word for word in found if len(word) >= _LEAST or not word.isascii()) or frozenset(found)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Two texts that share one word only are alike when one of them has no other."""
    shared, shorter = len(one & other), min(len(one), len(other))
    if not shorter or (shared < 2 and shared < max(len(one), len(other))):
        return 0.0
    return shared / shorter


def closest(text: str, others: Iterable[tuple[int, str]], most: int = 3) -> list[int]:
    """The numbers of those among `others` (number, text) that are alike, the most alike first."""
    mine = words(text)
    scored = [(likeness(mine, words(other)), number) for number, other in others]
    return [number for score, number in sorted(scored, key=lambda pair: -pair[0])[:most] if score >= ALIKE]
