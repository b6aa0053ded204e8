"""Text made fit for paper, and which of the shipped fonts draws which character."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).resolve().parent.parent / "fonts"
LATIN, ARABIC, CHINESE = "latin", "arabic", "chinese"
FILES = {
    (LATIN, False): "NotoSans-Regular.ttf",
    (LATIN, True): "NotoSans-Bold.ttf",
    (ARABIC, False): "NotoNaskhArabic-Regular.ttf",
    (ARABIC, True): "NotoNaskhArabic-Bold.ttf",
    (CHINESE, False): "NotoSansSC-Regular.ttf",  # bold is drawn with a thicker edge
}
_KEPT = "\u200c\u200d\u2066\u2067\u2068\u2069"  # joiners are part of Persian and of emoji; isolates of mixed lines
_SPACES = re.compile(r"[^\S\n\u00a0\u202f\u3000]")
_QUOTES = set("‘’“”—…·")  # wide in Chinese text, narrow between Latin letters
_WIDE = re.compile(
    r"[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]|[\U00020000-\U0003ffff]"
)


def clean(text: str) -> str:
    """NFC without control characters, order marks and overrides; other line ends become new lines."""
    text = re.sub(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", str(text))
    text = "".join(_shown(char) for char in _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", text)


@lru_cache(65_536)
def _shown(char: str) -> str:
    group = unicodedata.category(char)
    if group == "Cs":
        return "\ufffd"
    return "" if group in {"Cc", "Cf"} and char != "\n" and char not in _KEPT else char


@cache
def face(script: str, bold: bool) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(FONTS / FILES[script, bold])))


@cache
def _drawn_by(script: str) -> frozenset[int]:
    return frozenset(face(script, False).unicodes)


def scripts(text: str, chinese: bool) -> list[str]:
    """The font of each character; a mark goes with its letter, a character no font has is a box of the Latin one."""
    found = []
    for at, char in enumerate(text):
        code = ord(char)
        if unicodedata.combining(char) and found and code in _drawn_by(found[-1]):
            found.append(found[-1])
        elif chinese and char in _QUOTES and not _in_latin(text, at):
            found.append(CHINESE)
        else:
            found.append(_script(char))
    return found


def _in_latin(text: str, at: int) -> bool:
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all(char.isalpha() and ord(char) < 0x2E80 for char in around)


@lru_cache(65_536)
def _script(char: str) -> str:
    order = (CHINESE, LATIN, ARABIC) if _WIDE.match(char) else (LATIN, ARABIC, CHINESE)
    return next((script for script in order if ord(char) in _drawn_by(script)), LATIN)
