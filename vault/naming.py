"""A file's name as its sender wrote it, made safe to show and to hand back."""

import re
import unicodedata

LONGEST = 120
# Order marks can make "gpj.exe" read as "exe.jpg"; joiners (U+200C, U+200D) are part of Persian and of emoji.
_KEPT_FORMAT = "\u200c\u200d"
_UNSAFE = re.compile(r'[<>:"|?*%]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def _shown(char: str) -> str:
    group = unicodedata.category(char)
    if group in {"Zl", "Zp"} or char in "\t\n\r":
        return " "
    return "" if group[0] == "C" and char not in _KEPT_FORMAT else char


def _cut(text: str, length: int) -> str:
    """The first `length` characters, never between a letter and its marks or inside a joined emoji."""
    while 0 < length < len(text) and (unicodedata.combining(text[length]) or _joins(text, length)):
        length -= 1
    return text[:length].rstrip()


def _joins(text: str, at: int) -> bool:
    return "\u200d" in text[at - 1 : at + 1] or "\ufe00" <= text[at] <= "\ufe0f"


def clean(name: str, extensions: tuple[str, ...] = ()) -> str:
    """At most 120 characters without paths, control or order marks; ends in one of `extensions` if any are given.

    A name that ends otherwise gets the first of them added: "cv.exe" that is a PDF becomes "cv.exe.pdf".
    """
    last = re.split(r"[/\\]", str(name))[-1]
    shown = "".join(_shown(char) for char in unicodedata.normalize("NFC", last))
    text = _UNSAFE.sub("_", re.sub(r"\s+", " ", shown)).strip(" .\u200c\u200d")
    if _DEVICES.fullmatch(text):
        text = f"_{text}"
    ending = _EXTENSION.search(text)
    ending = ending.group() if ending and ending.start() else ""
    stem = text.removesuffix(ending) or "file"
    if extensions and ending.lower() not in extensions:
        stem, ending = stem + ending, extensions[0]
    return (_cut(stem, LONGEST - len(ending)) or "file") + ending
