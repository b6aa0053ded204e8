"""Letters become glyphs: HarfBuzz, on fonts cut down to the characters of one document."""

from dataclasses import dataclass
from functools import cached_property

import uharfbuzz as hb

from vault.papers import letters

PER_EM = 1000  # all shipped fonts
SCALE = {letters.ARABIC: 1.14}  # Naskh is drawn small beside Latin letters of the same size


@dataclass(frozen=True)
class Glyph:
    """`text`: the characters it stands for, empty for further glyphs of a cluster. Numbers: 1/1000 of the size."""

    number: int
    text: str
    advance: int
    dx: int
    dy: int


@dataclass(frozen=True)
class Shaped:
    script: str
    bold: bool
    glyphs: tuple[Glyph, ...]
    units: int

    def width(self, size: float) -> float:
        return self.units * size * SCALE.get(self.script, 1) / PER_EM


class Font:
    """One of the shipped fonts, with the wanted characters alone."""

    def __init__(self, script: str, bold: bool, characters: set[int]):
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(characters | {0x20})
        wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE
        self.data = bytes(hb.subset(letters.face(script, bold), wanted).blob.data)
        self.font = hb.Font(hb.Face(hb.Blob(self.data)))


class Fonts:
    """The fonts of a document with these `characters`. Words are shaped once."""

    def __init__(self, characters: set[str], language: str):
        self._characters = {ord(char) for char in characters}
        self._language = language
        self.used: dict[tuple[str, bool], Font] = {}
        self._words: dict[tuple, Shaped] = {}

    @cached_property
    def chinese(self) -> bool:
        return self._language.startswith("zh")

    def shape(self, text: str, script: str, *, bold: bool, rtl: bool) -> Shaped:
        key = (text, script, bold, rtl)
        if key not in self._words:
            self._words[key] = self._shape(text, script, bold, rtl)
        return self._words[key]

    def font(self, script: str, bold: bool) -> Font:
        key = (script, bold and (script, True) in letters.FILES)
        if key not in self.used:
            self.used[key] = Font(*key, self._characters)
        return self.used[key]

    def _shape(self, text, script, bold, rtl) -> Shaped:
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = self._language
        hb.shape(self.font(script, bold).font, buffer)
        glyphs = tuple(_named(text, buffer.glyph_infos, buffer.glyph_positions))
        return Shaped(script, bold, glyphs, sum(glyph.advance for glyph in glyphs))


def _named(text, infos, positions):
    """Each glyph with the characters of its cluster; they are told once."""
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    for info, at in zip(infos, positions, strict=True):
        said = text[info.cluster : ends.pop(info.cluster)] if info.cluster in ends else ""
        yield Glyph(info.codepoint, said, at.x_advance, at.x_offset, at.y_offset)
