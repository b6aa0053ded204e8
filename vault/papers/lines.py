"""Text filled into lines: where it may break, and how the pieces of a line stand from left to right."""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from vault.papers import bidi, letters
from vault.papers.shaping import Fonts, Shaped

# Chinese: these never start a line, and these never end one.
_NOT_FIRST = set("，。、；：！？）》」』】〕〗’”…—·％℃,.;:!?)]}%")
_NOT_LAST = set("（《「『【〔〖‘“([{")
STRETCH = 4_000  # characters whose order is told at once: longer lines are no sentences


@dataclass(frozen=True)
class Line:
    """Pieces with their distance from the line's left edge, in points; both they and `text` in the order of reading."""

    pieces: tuple[tuple[float, Shaped], ...]
    width: float
    text: str
    rtl: bool


@dataclass(frozen=True)
class Style:
    size: float
    bold: bool = False


@dataclass(frozen=True)
class _Atom:
    """A part of a word in one font and one direction."""

    text: str
    shaped: Shaped
    level: int


class Setter:
    """Sets text in the fonts of one document. `rtl`: the direction of lines without a letter of their own."""

    def __init__(self, fonts: Fonts, *, rtl: bool):
        self.fonts, self.rtl = fonts, rtl

    def fill(self, text: str, width: float, style: Style) -> list[Line]:
        """One line of cleaned text, broken into as many of at most `width` points as it needs; at least one."""
        rtl = self._direction(text)
        lines, now, used = [], [], 0.0
        for word in self._words(text, rtl, style, width):
            body = _width(word[: _last_ink(word)], style)
            if now and used + body > width + 0.01:
                lines.append(now)
                now, used = [], 0.0
            now += word
            used += _width(word, style)
        return [self._line(atoms, rtl, style) for atoms in [*lines, now]]

    def natural(self, text: str, style: Style) -> float:
        """How wide the text is on one line."""
        rtl = self._direction(text)
        return sum(_width(word, style) for word in self._words(text, rtl, style, float("inf")))

    def _direction(self, text) -> bool:
        """The document's, unless the text has letters of the other one alone."""
        kinds = {unicodedata.bidirectional(char) for char in text}
        right, left = bool(kinds & {"R", "AL"}), "L" in kinds
        return right if right != left else self.rtl

    def _words(self, text, rtl, style, width):
        """Lists of atoms between which a line may break, each short enough for one."""
        for stretch in _stretches(text):
            levels = bidi.levels(stretch, rtl)
            scripts = letters.scripts(stretch, self.fonts.chinese)
            for start, end in _breaks(stretch):
                word = self._atoms(stretch, levels, scripts, start, end, style)
                if _width(word, style) > width and end - start > 1:
                    yield from self._chopped(stretch, levels, scripts, start, end, style, width)
                else:
                    yield word

    def _atoms(self, text, levels, scripts, start, end, style) -> list[_Atom]:
        places = [at for at in range(start, end) if text[at] not in bidi.CONTROLS]
        atoms = []
        for (level, script, _), group in groupby(
            places, key=lambda at: (levels[at], scripts[at], text[at] in " \u3000")
        ):
            piece = "".join(text[at] for at in group)
            shaped = self.fonts.shape(piece, script, bold=style.bold, rtl=bool(level % 2))
            atoms.append(_Atom(piece, shaped, level))
        return atoms

    def _chopped(self, text, levels, scripts, start, end, style, width):
        """A word longer than the line, in pieces that fit; a letter keeps its marks."""
        while start < end:
            stop = min(end, start + max(1, int(width / (style.size * 0.35))))
            while stop > start + 1:
                word = self._atoms(text, levels, scripts, start, stop, style)
                over = _width(word[: _last_ink(word)], style) / width
                if over <= 1:
                    break
                stop = max(start + 1, min(stop - 1, start + int((stop - start) / over)))
            stop = _whole(text, start, stop, end)
            yield self._atoms(text, levels, scripts, start, stop, style)
            start = stop

    def _line(self, atoms, rtl, style) -> Line:
        ink = _last_ink(atoms)
        text, atoms = "".join(atom.text for atom in atoms[:ink]), atoms[:ink]
        left, x = [0.0] * ink, 0.0
        for place in bidi.visual([atom.level for atom in atoms]):
            left[place] = x
            x += atoms[place].shaped.width(style.size)
        pieces = zip(left, (atom.shaped for atom in atoms), strict=True)
        return Line(tuple(pieces), x, text, rtl)


def _width(atoms, style) -> float:
    return sum(atom.shaped.width(style.size) for atom in atoms)


def _last_ink(atoms) -> int:
    """How many atoms there are without the blanks at the end."""
    count = len(atoms)
    while count and not atoms[count - 1].text.strip(" \u3000"):
        count -= 1
    return count


def _stretches(text):
    start = 0
    while len(text) - start > STRETCH:
        cut = text.rfind(" ", start, start + STRETCH) + 1 or start + STRETCH
        yield text[start:cut]
        start = cut
    yield text[start:]


def _breaks(text):
    """(start, end) of what stays together, blanks behind it included."""
    start = 0
    for at in range(1, len(text)):
        if _may_break(text, at):
            yield start, at
            start = at
    if start < len(text):
        yield start, len(text)


def _may_break(text, at) -> bool:
    before, after = text[at - 1], text[at]
    if after in " \u3000\u200d" or unicodedata.combining(after):
        return False
    if before in " \u3000":
        return True
    if before == "-":
        return after.isalpha() and text[max(0, at - 4) : at - 1].isalpha() and at > 3
    if not (_is_wide(before) or _is_wide(after)) or before == "\u00a0" or after == "\u00a0":
        return before in "/&?=" and after.isalnum() and text[at - 2 : at - 1].isalnum() and at > 20
    return after not in _NOT_FIRST and before not in _NOT_LAST


def _is_wide(char) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}


def _whole(text, start, stop, end) -> int:
    """No cut between a letter and its marks or inside a joined emoji; a tower of marks is none of ours."""
    limit = min(end, stop + 30)
    while stop < limit and (unicodedata.combining(text[stop]) or "\u200d" in text[stop - 1 : stop + 1]):
        stop += 1
    return stop
