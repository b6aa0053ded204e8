"""The file an applicant sent, beside its text: which of the two can be shown, how, and what is said about it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hiring import masking
from vault import files

# What stands before an entry of a list in plain text.
_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–—-]|\d{1,2}[.)])\s+")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
MOSTLY = 0.4  # of the letters: the rest are names of tools and places
PICTURES = {"png", "jpeg"}


@dataclass(frozen=True)
class Block:
    """`kind`: heading, item or text; `begins` and `ends` say where a list does."""

    kind: str
    text: str
    begins: bool = False
    ends: bool = False


@dataclass(frozen=True)
class Original:
    """`way`: frame (a PDF in its sandbox), picture, blocks (our own rendering), or "" where nothing can be shown."""

    way: str
    blocks: tuple[Block, ...] = ()
    sentence: str = ""


def of(application) -> Original:
    """How the original is shown; the caller has checked masking.may_open_original."""
    cv = application.cv
    if cv.kind in PICTURES:
        return Original("picture", sentence=_("The CV is a picture, without text that could be read."))
    if cv.kind in files.SHOWN:
        return Original("frame", sentence=_about_pdf(cv))
    if cv.text:
        return Original("blocks", blocks(cv.text, cv.lines))
    return Original("", sentence=masking.without_words(cv))


def _about_pdf(cv) -> str:
    if cv.text_problem:
        return cv.text_problem
    if cv.text_state in masking.READING:
        return _("The text of the CV is being read; this is the file as it is.")
    if not cv.text:
        return _("This file has no text, probably it is a scan: this is the file as it is.")
    if is_right_to_left(cv.text):
        return _("Written from right to left: where the text stands in another order, this page is right.")
    return ""


def is_right_to_left(text: str) -> bool:
    letters = _LETTER.findall(text[:5_000])
    return len(_RTL.findall("".join(letters))) > MOSTLY * max(1, len(letters))


def blocks(text: str, lines: dict) -> tuple[Block, ...]:
    """Headings, entries of lists and paragraphs, in order. Addresses stay words: nothing here can be followed."""
    headings, items = set(lines.get("heading", ())), set(lines.get("item", ()))
    found = []
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        bullet = _BULLET.match(line)
        kind = "heading" if number in headings else "item" if number in items or bullet else "text"
        found.append((kind, line[bullet.end() :].strip() if bullet and kind == "item" else line.strip()))
    return tuple(_marked(found))


def _marked(found):
    for at, (kind, text) in enumerate(found):
        item = kind == "item"
        begins = item and (at == 0 or found[at - 1][0] != "item")
        ends = item and (at + 1 == len(found) or found[at + 1][0] != "item")
        yield Block(kind, text, begins, ends)
