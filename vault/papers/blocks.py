"""What a document is made of. Plain values: no text here is ever read as markup."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Title:
    text: str
    under: str = ""  # a line in a quieter voice below it


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    """Paragraphs; a new line in the text is one on paper, an empty line leaves half a line of air."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Points:
    """A list: with a dot before each, or with numbers."""

    items: list[str]
    numbered: bool = False


@dataclass(frozen=True)
class Pairs:
    """(what, value) side by side."""

    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """The header stands again on every page. `numbers`: columns whose figures are set one below the other.

    `widths` share out the line; equal when empty.
    """

    header: list[str]
    rows: list[list[str]]
    numbers: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Bars:
    """(what, 0 to 100 or None, how it is said): a bar for each."""

    rows: list[tuple[str, float | None, str]]


@dataclass(frozen=True)
class Note:
    """Set apart in a box."""

    text: str
    title: str = ""


@dataclass(frozen=True)
class Signatures:
    """A line to sign on for each (name, in which capacity)."""

    parties: list[tuple[str, str]]


@dataclass(frozen=True)
class Break:
    """What follows starts on a new page."""


Block = Title | Heading | Text | Points | Pairs | Table | Bars | Note | Signatures | Break


@dataclass(frozen=True)
class Paper:
    """A document. `language`: a code of Django's ("zh-hans"); `made_at` also dates the file, so that the same input
    gives the same bytes; `page_of(2, 3)` says "Page 2 of 3"; `logo` is a PNG or JPEG.
    """

    title: str
    language: str
    blocks: list[Block]
    made_at: datetime
    page_of: Callable[[int, int], str]
    date: str = ""
    shop: str = ""
    logo: bytes = b""
    footer: str = ""
    country: str = ""  # ISO 3166: decides between A4 and letter
    accent: str = "#b8400f"
    keywords: list[str] = field(default_factory=list)

    @property
    def rtl(self) -> bool:
        return self.language.split("-")[0] in {"ar", "fa", "he", "ur"}
