"""In which encoding somebody's plain text was written. Imports no Django: the extracting child uses it too."""

import codecs
import unicodedata

from vault.unfit import Unfit

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNS = set("–—‘’‚“”„…•·«»°€§©®\xa0،؛؟")
# Letters that tell one-byte encodings apart: what the shops' languages really use.
_EXPECTED = {
    "cp1252": set("äöåéüßøæñçáíóúàèìòùâêîôûëïÄÖÅÉÜØÆÑÇ"),
    "cp1250": set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻčšžřěůýáíé"),
    "cp1256": set(map(chr, range(0x0621, 0x0653))),
    "cp1251": set(map(chr, range(0x0410, 0x0450))),
}
_HAN = {*map(chr, range(0x3000, 0x3040)), *map(chr, range(0x4E00, 0xA000)), *map(chr, range(0xFF00, 0xFFF0))}
_LAYOUT = set("\t\n\r\f\v\x1a")
_MARKUP = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "<%", "#!", "{\\rtf")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeness(text: str | None, expected: set[str]) -> float:
    """Which part of the letters beyond ASCII is expected in this encoding."""
    strange = [char for char in text or "" if char > "\x7f"]
    return sum(char in expected or char in _SIGNS for char in strange) / len(strange) if strange else 0.0


def _is_chinese(sample: bytes) -> bool:
    """Valid pairs of common characters all along: elsewhere the first word of odd length breaks them."""
    try:
        text = codecs.getincrementaldecoder("gb2312")().decode(sample)
    except UnicodeDecodeError:
        return False
    strange = [char for char in text if char > "\x7f"]
    return sum(char in _HAN for char in strange) > 0.9 * len(strange) > 0


def encoding(data: bytes) -> str:
    """UTF-8 and UTF-16 for sure; an older encoding by what the text would say in it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if _decoded(data, "utf-8") is not None:
        return "utf-8"
    sample = data[:65_536]
    scores = {name: _likeness(_decoded(sample, name), letters) for name, letters in _EXPECTED.items()}
    best = max(scores, key=scores.get)
    if scores[best] < 0.95 and _is_chinese(sample):
        return "gb18030"
    return best if scores[best] else "cp1252"


def decode(data: bytes) -> str:
    return data.decode(encoding(data), "replace")


def check(data: bytes) -> None:
    """Raises Unfit unless this is text for people: no control characters, no page or program."""
    text = decode(data)
    if any(unicodedata.category(char) == "Cc" and char not in _LAYOUT for char in set(text)):
        raise Unfit("type")
    if text.lstrip("\ufeff \t\r\n").lower().startswith(_MARKUP):
        raise Unfit("markup")
    if not text.strip("\ufeff \t\r\n"):
        raise Unfit("empty")
