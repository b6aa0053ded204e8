"""A document from its blocks: measure, set, put on pages, write."""

from dataclasses import fields, is_dataclass, replace
from io import BytesIO

from PIL import Image

from vault.papers import letters, pages
from vault.papers.blocks import Paper, Signatures
from vault.papers.drawing import Canvas
from vault.papers.lines import Setter, Style
from vault.papers.refusals import TooLong
from vault.papers.shaping import Fonts
from vault.papers.strips import HAIR, INK, QUIET, SMALL, Maker, Picture, Rect, Words

LONGEST = 1_000_000  # characters
A4, LETTER_SIZE = (595.28, 841.89), (612.0, 792.0)
# Where paper is letter: CLDR's list of US paper sizes.
LETTER = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())
SIDE, TOP, FOOT = 68.0, 56.0, 70.0
HEAD = 40.0  # what the shop's name and the date take on the first page


def make(paper: Paper) -> bytes:
    """The document as PDF, the same bytes for the same values. Raises TooLong for more than LONGEST characters or
    `pages.MOST` pages.
    """
    texts = list(_texts(paper))
    if sum(map(len, texts)) > LONGEST:
        raise TooLong
    width, height = LETTER_SIZE if paper.country in LETTER else A4
    known = set("0123456789.").union(*map(letters.clean, [*texts, paper.page_of(1, 1)]))
    setter = Setter(Fonts(known, paper.language), rtl=paper.rtl)
    maker = Maker(setter, width=width - 2 * SIDE, language=paper.language, accent=paper.accent)
    strips = []
    for block in paper.blocks:
        if isinstance(block, Signatures):  # nobody signs a page that says nothing
            strips[-3:] = [replace(strip, keep=True) for strip in strips[-3:]]
        strips += maker.strips(block)
    body = height - TOP - FOOT
    filled = pages.fill(strips, height=body, first=body - HEAD)
    return _Writer(paper, setter, (width, height)).write(filled)


def _texts(value):
    """Every text in the blocks, in a shop's name and in the lines above and below."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


class _Writer:
    def __init__(self, paper, setter, size):
        self.paper, self.setter, self.size = paper, setter, size
        self.width = size[0] - 2 * SIDE
        self.canvas = Canvas(paper, setter.fonts, size)

    def write(self, filled) -> bytes:
        for number, page in enumerate(filled, 1):
            self.canvas.page()
            top = TOP + (HEAD if number == 1 else 0)
            if number == 1:
                self._head()
            for at, strip in page.strips:
                self._strip(strip, top + at)
            self._foot(number, len(filled))
        return self.canvas.finish()

    def _strip(self, strip, top):
        if strip.entry:
            self.canvas.entry(*strip.entry, top)
        if not strip.things:
            return
        self.canvas.begin(strip.tag if any(isinstance(thing, Words) for thing in strip.things) else None)
        for thing in strip.things:
            self._thing(thing, top)
        self.canvas.end()

    def _thing(self, thing, top):
        left, y = self._left(thing.start, thing.width), top + thing.top
        if isinstance(thing, Rect):
            self.canvas.rect(thing, left, y)
        elif isinstance(thing, Picture):
            self.canvas.picture(thing, left, y)
        else:
            self.canvas.words(thing, left + self._aligned(thing), y)

    def _left(self, start, width) -> float:
        return self.size[0] - SIDE - start - width if self.paper.rtl else SIDE + start

    def _aligned(self, words) -> float:
        free = words.width - words.line.width
        if words.align == "middle":
            return free / 2
        return free if (words.align == "end") != self.paper.rtl else 0

    def _head(self):
        """Logo or the shop's name at the start, the date at the end, a line below."""
        half, start = self.width / 2, 0.0
        self.canvas.begin(None)
        if picture := _logo(self.paper.logo):
            self._thing(picture, TOP - 12)
            start = picture.width + 9
        self._furniture(self.paper.shop, start, TOP - 6, half * 1.3 - start, Style(9.5, bold=True), INK)
        self._furniture(self.paper.date, half * 1.3, TOP - 6, half * 0.7, LABEL_END, QUIET, align="end")
        self._thing(Rect(0, 0, self.width, 1.2, self.paper.accent), TOP + 17)
        self.canvas.end()

    def _foot(self, number, count):
        top = self.size[1] - FOOT + 26
        self.canvas.begin(None)
        self._thing(Rect(0, 0, self.width, 0.6, HAIR), top)
        self._furniture(self.paper.footer or self.paper.title, 0, top + 7, self.width * 0.7, SMALL, QUIET)
        page_of = self.paper.page_of(number, count)
        self._furniture(page_of, self.width * 0.7, top + 7, self.width * 0.3, SMALL, QUIET, align="end")
        self.canvas.end()

    def _furniture(self, text, start, top, width, style, colour, align="start"):
        """One line, cut where it is too long."""
        text = letters.clean(text).replace("\n", " ").strip()
        if text:
            line = self.setter.fill(text, width, style)[0]
            self._thing(Words(start, 0, width, style.size * 1.5, line, style, colour, align), top)


LABEL_END = Style(9.2)


def _logo(data) -> Picture | None:
    """At most 26 points high and 120 wide; a picture that cannot be read is left out."""
    if not data:
        return None
    try:
        with Image.open(BytesIO(data)) as image:
            image.load()
            width, height = image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    scale = min(26 / height, 120 / width)
    return Picture(0, 0, width * scale, height * scale, data)
