"""What two texts have in common and where they part, and two changes of one text put together. Imports no Django."""

import re
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
# A run of blanks, one sign of a script without blanks, a word, or any other sign: together they are the whole text.
_PIECE = re.compile(r"\s+|[\u3005-\u9fff]|(?:(?![\u3005-\u9fff])\w)+|.", re.S)
MOST_PIECES = 3000  # of two passages compared word by word; longer ones are shown one after the other


def difference(old: str, new: str) -> list[tuple[str, str]]:
    """Pieces in reading order: SAME and GONE together are `old`, SAME and NEW together are `new`."""
    found = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in _steps(before, after):
        was, now = "".join(before[a:b]), "".join(after[c:d])
        found += [(SAME, was)] if tag == "equal" else _words(was, now)
    return _joined(found)


def _steps(before, after):
    return SequenceMatcher(None, before, after).get_opcodes()


def _words(was: str, now: str) -> list[tuple[str, str]]:
    before, after = _PIECE.findall(was), _PIECE.findall(now)
    if not was or not now or len(before) + len(after) > MOST_PIECES:
        return [(GONE, was), (NEW, now)]
    found = []
    for tag, a, b, c, d in _steps(before, after):
        gone, new = "".join(before[a:b]), "".join(after[c:d])
        found += [(SAME, gone)] if tag == "equal" else [(GONE, gone), (NEW, new)]
    return found


def _joined(pieces) -> list[tuple[str, str]]:
    """Neighbours of one kind in one piece, and none that is empty."""
    found: list[tuple[str, str]] = []
    for kind, text in pieces:
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + text)
        elif text:
            found.append((kind, text))
    return found


def merge(base: str, one: str, other: str) -> str | None:
    """Both changes of `base` in one text; None where they touch the same or neighbouring lines."""
    if one == base:
        return other
    if other in (base, one):
        return one
    lines = base.split("\n")
    ours, theirs = _changes(lines, one), _changes(lines, other)
    if any(a <= d and c <= b for a, b, _new in ours for c, d, _other in theirs):
        return None
    for start, end, new in sorted([*ours, *theirs], reverse=True):
        lines[start:end] = new
    return "\n".join(lines)


def _changes(lines, text) -> list[tuple[int, int, list[str]]]:
    after = text.split("\n")
    return [(a, b, after[c:d]) for tag, a, b, c, d in _steps(lines, after) if tag != "equal"]
