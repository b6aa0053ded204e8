"""Blocks become strips: what stands on one height of the page and is never cut. All lengths in points.

A strip's things count from its own top and from the side on which a line starts, whichever that is.
"""

from dataclasses import dataclass, replace
from itertools import zip_longest

from vault.papers import letters
from vault.papers.lines import Line, Setter, Style

INK, QUIET, HAIR, SOFT = "#17211c", "#515d56", "#c9cfc9", "#f5f6f3"
BODY, SMALL = Style(10.5), Style(8.5)
LABEL = Style(9.2)
LEAD = {"ar": 1.62, "zh": 1.62}  # the height of a line over its size
GUTTER = 14.0
MANY_ROWS = 12  # a table row of more lines may be cut between two of them
FEW_ROWS = 6  # as many pairs or bars stand on one page


@dataclass(frozen=True)
class Words:
    """A line of text. `top`: of its line box; `align`: "start", "end" or "middle" of `width`, or "left" and "right"."""

    start: float
    top: float
    width: float
    height: float
    line: Line
    style: Style
    colour: str = INK
    align: str = "start"


@dataclass(frozen=True)
class Rect:
    start: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Picture:
    start: float
    top: float
    width: float
    height: float
    data: bytes


Thing = Words | Rect | Picture


@dataclass(frozen=True)
class Strip:
    """`before`: air above, not at the top of a page. `keep`: on the same page as the next. `tag`: what it is to
    somebody who hears the page. `header`: stands again above it when it opens a page. `entry`: in the outline.
    """

    height: float
    things: tuple[Thing, ...] = ()
    before: float = 0.0
    keep: bool = False
    tag: str = "P"
    header: "Strip | None" = None
    entry: tuple[int, str] | None = None
    new_page: bool = False


class Maker:
    """Makes strips of `width`, in a document's language and colour."""

    def __init__(self, setter: Setter, *, width: float, language: str, accent: str):
        self.setter, self.width, self.accent = setter, width, accent
        self.lead = LEAD.get(language[:2], 1.48)

    def strips(self, block) -> list[Strip]:
        return getattr(self, f"_{type(block).__name__.lower()}")(block)

    # -- text

    def _fill(self, text, width, style) -> list[tuple[Line | None, bool]]:
        """The lines of a text with its own line ends, and whether each is one of several of its paragraph.

        None is half a line of air; there is one of them where the text has any number of empty lines.
        """
        found = []
        for part in letters.clean(text).strip("\n").split("\n"):
            if part.strip():
                lines = self.setter.fill(part.strip(), width, style)
                found += [(line, len(lines) > 1) for line in lines]
            elif found and found[-1][0] is not None:
                found.append((None, False))
        return found

    def _height(self, style) -> float:
        return style.size * self.lead

    def _rows(self, text, style, *, start=0.0, width=None, colour=INK, align="start", own_side=False):
        """[(height, Words or None)]. `own_side`: a paragraph of several lines in the other direction stands on the
        other side; a name of one line does not.
        """
        width = self.width - start if width is None else width
        height = self._height(style)
        rows = []
        for line, wrapped in self._fill(text, width, style):
            if line is None:
                rows.append((height / 2, None))
                continue
            other = own_side and wrapped and line.rtl != self.setter.rtl
            rows.append(
                (height, Words(start, 0, width, height, line, style, colour, "end" if other else align))
            )
        return rows

    def _paragraph(self, text, style, *, before=0.0, tag="P", **look) -> list[Strip]:
        rows = self._rows(text, style, **look)
        strips = [Strip(height, (words,) if words else (), tag=tag) for height, words in rows]
        return _together(strips, before)

    def _title(self, block):
        big = self._paragraph(block.text, Style(21, bold=True), before=4, tag="H1")
        big = [replace(strip, keep=True) for strip in big]
        big[:1] = [replace(strip, entry=(0, block.text)) for strip in big[:1]]
        if block.under:
            big += self._paragraph(block.under, Style(11), before=3, colour=QUIET)
        return [*big, Strip(6)]

    def _heading(self, block):
        found = self._paragraph(block.text, Style(12.5, bold=True), before=15, tag="H2")
        found = [replace(strip, keep=True) for strip in found]
        found[:1] = [replace(strip, entry=(1, block.text)) for strip in found[:1]]
        return found

    def _text(self, block):
        style, colour = (LABEL, QUIET) if block.quiet else (BODY, INK)
        return self._paragraph(block.text, style, before=5, colour=colour, own_side=True)

    def _points(self, block):
        strips = []
        indent = 20.0 if block.numbered else 13.0
        for number, item in enumerate(block.items, 1):
            rows = self._paragraph(item, BODY, before=3.5, tag="LI", start=indent)
            mark = f"{number}." if block.numbered else ""
            rows[:1] = [self._marked(strip, mark) for strip in rows[:1]]
            strips += rows
        return strips

    def _marked(self, strip, mark):
        if mark:
            line = self.setter.fill(mark, 40, BODY)[0]
            thing = Words(0, 0, 16, strip.height, line, BODY, QUIET)
        else:
            thing = Rect(2.5, strip.height / 2 - 0.6, 3.2, 3.2, self.accent)
        return replace(strip, things=(thing, *strip.things))

    # -- beside each other

    def _cells(self, cells, *, padding, tag="P", rule=None) -> list[Strip]:
        """A row of texts [(text, style, start, width, colour, align)]: a strip, or one for each line when long."""
        columns = [
            self._rows(text, style, start=start, width=width, colour=colour, align=align)
            for text, style, start, width, colour, align in cells
        ]
        tall = max((style.size for _, style, *_ in cells), default=BODY.size) * self.lead
        found = []
        for beside in zip_longest(*columns, fillvalue=(0, None)):
            height = max(height for height, _ in beside)
            height = max(height, tall) if any(words for _, words in beside) else height
            things = tuple(replace(words, height=height) for _, words in beside if words)
            found.append(Strip(height, things, tag=tag))
        found = [Strip(padding), *(found or [Strip(tall)]), Strip(padding)]
        if rule:
            found[-1] = replace(found[-1], things=(Rect(0, padding, self.width, 0.6, rule),))
        if len(found) <= MANY_ROWS:
            return [_stacked(found, tag)]
        return [
            replace(strip, keep=at in {0, 1, len(found) - 3, len(found) - 2})
            for at, strip in enumerate(found)
        ]

    def _pairs(self, block):
        left = min(
            0.38 * self.width, 8 + max((self._natural(what, LABEL) for what, _ in block.rows), default=0)
        )
        strips = [Strip(6, keep=True)]
        for what, value in block.rows:
            label = (what, LABEL, 0, left - 4, QUIET, "start")
            said = (value, BODY, left + GUTTER, self.width - left - GUTTER, INK, "start")
            strips += self._cells([label, said], padding=2.2)
        return _kept(strips)

    def _natural(self, text, style):
        return max((self.setter.natural(part, style) for part in letters.clean(text).split("\n")), default=0)

    def _table(self, block):
        shares = list(block.widths) or [1.0] * len(block.header)
        free = self.width - GUTTER * (len(shares) - 1)
        widths = [free * share / sum(shares) for share in shares]
        starts = [sum(widths[:n]) + GUTTER * n for n in range(len(widths))]
        sides = ["end" if n in block.numbers else "start" for n in range(len(widths))]

        def row(texts, style, colour, **look):
            cells = [
                (text, style, start, width, colour, side)
                for text, start, width, side in zip(texts, starts, widths, sides, strict=True)
            ]
            return self._cells(cells, **look)

        bold = Style(LABEL.size, bold=True)
        header = _stacked(row(block.header, bold, QUIET, padding=3, tag="TH", rule=INK), "TH")
        strips = [replace(header, before=6, keep=True)]
        for texts in block.rows:
            strips += [
                replace(strip, header=header)
                for strip in row(texts, Style(9.8), INK, padding=3, tag="TD", rule=HAIR)
            ]
        return strips

    def _bars(self, block):
        left, right = 0.36 * self.width, 0.34 * self.width
        middle = self.width - left - right - 2 * GUTTER
        strips = [Strip(3, keep=True)]
        for what, share, said in block.rows:
            label = (what, BODY, 0, left, INK, "start")
            value = (said, LABEL, self.width - right, right, QUIET, "start")
            row = _stacked(self._cells([label, value], padding=3), "P")
            top = 3 + self._height(BODY) / 2 - 3
            bar = [Rect(left + GUTTER, top, middle, 6, HAIR)] if share is not None else []
            if share:
                bar.append(Rect(left + GUTTER, top, middle * min(100, max(0, share)) / 100, 6, self.accent))
            strips.append(replace(row, things=(*bar, *row.things)))
        return _kept(strips)

    # -- set apart

    def _note(self, block):
        rows = []
        if block.title:
            rows += self._rows(block.title, Style(LABEL.size, bold=True), start=14, width=self.width - 28)
        rows += self._rows(block.text, LABEL, start=14, width=self.width - 28)
        rows = [(9.0, None), *rows, (9.0, None)]
        strips = [
            Strip(
                height,
                (
                    Rect(0, 0, self.width, height + 0.3, SOFT),
                    Rect(0, 0, 2.6, height + 0.3, self.accent),
                    *([words] if words else []),
                ),
            )
            for height, words in rows
        ]
        return _together(strips, 9.0, most=16)

    def _signatures(self, block):
        strips = []
        width = (self.width - 2 * GUTTER) / 2
        for n in range(0, len(block.parties), 2):
            cells = [
                [(name, BODY, at * (width + 2 * GUTTER), width, INK, "start"),
                 (role, LABEL, at * (width + 2 * GUTTER), width, QUIET, "start")]
                for at, (name, role) in enumerate(block.parties[n : n + 2])
            ]  # fmt: skip
            lines = tuple(Rect(cell[0][2], 0, width, 0.8, INK) for cell in cells)
            names = self._cells([cell[0] for cell in cells], padding=1)
            roles = self._cells([cell[1] for cell in cells], padding=0)
            strips += [Strip(46, keep=True), _stacked([Strip(3, lines), *names, *roles], "P")]
        return strips

    def _break(self, block):
        return [Strip(0, new_page=True)]


def _together(strips, before, most=3) -> list[Strip]:
    """Air above the first; neither the first nor the last line of a paragraph stands alone."""
    if not strips:
        return []
    last = len(strips) - 1
    kept = range(last) if last < most else (0, last - 1)
    strips = [replace(strip, keep=at in kept) for at, strip in enumerate(strips)]
    return [replace(strips[0], before=before), *strips[1:]]


def _kept(strips) -> list[Strip]:
    """A short list on one page; of a longer one neither the first nor the last row stands alone."""
    last = len(strips) - 1
    together = range(last) if last <= FEW_ROWS else (0, 1, last - 1)
    return [replace(strip, keep=strip.keep or at in together) for at, strip in enumerate(strips)]


def _stacked(strips, tag) -> Strip:
    """Several strips as one that is not cut."""
    things, top = [], 0.0
    for strip in strips:
        top += strip.before
        things += [replace(thing, top=thing.top + top) for thing in strip.things]
        top += strip.height
    return Strip(top, tuple(things), tag=tag)
