"""The place in a text where somebody's words stand, to be shown beside what was found."""

import re
from functools import lru_cache

from vault import folding

BEFORE, AFTER = 60, 160  # characters around the first hit
_WORD = re.compile(r"\w+")


def snippet(text: str, terms: list[str]) -> list[tuple[str, bool]]:
    """Pieces of `text` around the first word that one of the folded `terms` begins: (piece, is it a hit).

    Empty when there is none. White space is made single; a cut is marked with an ellipsis.
    """
    first = next((found for found in _WORD.finditer(text) if _hits(found[0], terms)), None)
    if first is None:
        return []
    start, end = _start(text, first.start()), _end(text, first.end())
    return list(_pieces(text[start:end], terms, cut=(start > 0, end < len(text))))


def _hits(word: str, terms) -> bool:
    return any(each.startswith(term) for each in _folded(word) for term in terms)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> tuple:
    return tuple(folding.terms(word))


def _start(text, at):
    """Before the hit, where a word begins; in a script without spaces, anywhere."""
    near = max(0, at - BEFORE)
    space = text.rfind(" ", near, at) if near else -1
    return near if space < 0 else text.find(" ", near, at) + 1


def _end(text, at):
    far = min(len(text), at + AFTER)
    return far if far == len(text) or (space := text.rfind(" ", at, far)) < 0 else space


def _pieces(window, terms, cut):
    """Runs of hits and of the rest, in order."""
    before, after = cut
    done = 0
    if before:
        yield "… ", False
    for found in _WORD.finditer(window):
        if _hits(found[0], terms):
            if found.start() > done:
                yield _single(window[done : found.start()]), False
            yield found[0], True
            done = found.end()
    if rest := _single(window[done:]):
        yield rest, False
    if after:
        yield " …", False


def _single(text):
    return re.sub(r"\s+", " ", text)
