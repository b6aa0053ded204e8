"""Pages written as PDF by fpdf2: the glyphs as HarfBuzz gave them, their words behind them for search and for ears."""

from io import BytesIO

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import PDFResourceType
from fpdf.fonts import Glyph, SubsetMap, TTFFont
from fpdf.syntax import Name

from vault.papers import letters
from vault.papers.shaping import PER_EM, SCALE
from vault.papers.strips import Picture, Rect, Words

_TAGS = {
    "TH": "P",
    "TD": "P",
    "LI": "P",
}  # fpdf2 keeps a flat list of parts, and cells without a table are a fault
_BASELINE = 0.34  # of the size: the baseline below the middle of the line
_BOLDER = 0.02  # of the size: the edge that makes a letter bold whose font has no bold


class Canvas:
    """A document under the pen. Places are points from the upper left corner of the page."""

    def __init__(self, paper, fonts, size: tuple[float, float]):
        self.pdf = FPDF(unit="pt", format=size)
        self.pdf.set_auto_page_break(False)
        self.height = size[1]
        self._fonts, self._made = fonts, {}
        self._marks = 0
        self._describe(paper)

    def _describe(self, paper):
        pdf = self.pdf
        pdf.set_title(letters.clean(paper.title))
        pdf.set_lang(_LANGUAGES.get(paper.language, paper.language))
        pdf.set_creation_date(paper.made_at)
        pdf.set_keywords(", ".join(letters.clean(word) for word in paper.keywords))
        if paper.shop:
            pdf.set_author(letters.clean(paper.shop))
        pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        if paper.rtl:
            pdf.viewer_preferences._direction = Name(
                "R2L"
            )  # fpdf2 writes RTL, which is no word of the format

    def page(self) -> None:
        self.pdf.add_page()
        self._marks = 0

    def entry(self, level: int, text: str, top: float) -> None:
        """A line of the outline, leading here."""
        self.pdf.set_y(top)
        self.pdf.start_section(letters.clean(text).replace("\n", " ")[:200], level=level, strict=False)

    # -- what is heard

    def begin(self, tag: str | None) -> None:
        """What follows is one part of the text; None: it is furniture."""
        if tag is None:
            self.pdf._out("/Artifact BMC")
            return
        self.pdf._add_marked_content(struct_type=f"/{_TAGS.get(tag, tag)}", mcid=self._marks)
        self.pdf._out(f"/{_TAGS.get(tag, tag)} <</MCID {self._marks}>> BDC")
        self._marks += 1

    def end(self) -> None:
        self.pdf._out("EMC")

    # -- what is seen

    def rect(self, thing: Rect, x: float, y: float) -> None:
        bottom = self.height - y - thing.height
        box = f"{x:.2f} {bottom:.2f} {thing.width:.2f} {thing.height:.2f} re f"
        self.pdf._out(f"{_rgb(thing.colour)} rg {box}")

    def picture(self, thing: Picture, x: float, y: float) -> None:
        self.pdf.image(BytesIO(thing.data), x=x, y=y, w=thing.width, h=thing.height, keep_aspect_ratio=True)

    def words(self, thing: Words, x: float, y: float) -> None:
        """`x`: the left edge of the line, `y`: the top of its box."""
        base = self.height - y - thing.height / 2 - thing.style.size * _BASELINE
        said = thing.line.text.encode("utf-16-be").hex().upper()
        self.pdf._out(f"/Span <</ActualText <FEFF{said}>>> BDC")
        self.pdf._out(f"BT {_rgb(thing.colour)} rg {_rgb(thing.colour)} RG")
        for start, shaped in thing.line.pieces:
            self._piece(shaped, x + start, base, thing.style.size)
        self.pdf._out("ET EMC")

    def _piece(self, shaped, x, base, size):
        font = self._font(shaped.script, shaped.bold)
        size = size * SCALE.get(shaped.script, 1)
        thick = shaped.bold and (shaped.script, True) not in letters.FILES
        self.pdf._resource_catalog.add(PDFResourceType.FONT, font.i, self.pdf.page)
        edge = f"2 Tr {size * _BOLDER:.2f} w" if thick else "0 Tr"
        shown = _shown(font, shaped.glyphs, size)
        self.pdf._out(f"/F{font.i} {size:.2f} Tf {edge} 1 0 0 1 {x:.2f} {base:.2f} Tm {shown}")

    def _font(self, script, bold) -> TTFFont:
        key = (script, bold and (script, True) in letters.FILES)
        if key not in self._made:
            name = f"{script}{'B' if key[1] else ''}"
            self.pdf.fonts[name] = self._made[key] = TTFFont(
                self.pdf, BytesIO(self._fonts.font(*key).data), name, "B" if key[1] else ""
            )
        return self._made[key]

    def finish(self) -> bytes:
        try:
            return bytes(self.pdf.output())
        finally:  # fpdf2 remembers every font of every document for good
            SubsetMap.get_glyph.cache_clear()
            SubsetMap.pick.cache_clear()


_LANGUAGES = {"zh-hans": "zh-Hans"}


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _shown(font, glyphs, size) -> str:
    """The glyphs for TJ: each moved by what HarfBuzz says differs from its own width."""
    parts, rise = [], 0
    for glyph in glyphs:
        width = font.ttfont["hmtx"].metrics[font.ttfont.getGlyphName(glyph.number)][0]
        code = font.subset.pick_glyph(
            Glyph(glyph.number, tuple(map(ord, glyph.text)), font.ttfont.getGlyphName(glyph.number), width)
        )
        if glyph.dy != rise:
            parts.append(("rise", glyph.dy * size / PER_EM))
            rise = glyph.dy
        parts += [("move", -glyph.dx), ("code", code), ("move", glyph.dx + width - glyph.advance)]
    if rise:
        parts.append(("rise", 0))
    return _operators(parts)


def _operators(parts) -> str:
    """[(kind, number)] as "[<0003 0004> -20 <0005>] TJ", with a new one behind each rise."""
    done, now = [], ""
    for kind, number in parts:
        if kind == "code":
            now = f"{now[:-1]}{number:04X}>" if now.endswith(">") else f"{now}<{number:04X}>"
        elif kind == "move" and number:
            now += f" {number} "
        elif kind == "rise":
            done += [f"[{now}] TJ"] if now else []
            done.append(f"{number:.2f} Ts")
            now = ""
    return " ".join([*done, f"[{now}] TJ"] if now else done)
