"""`{name}` in the shop's words: allow-listed names, plain replacement, once. Imports no Django.

Nothing here is a template language: what is put in is never looked at again, and whatever is not one of the
names stays as it was typed.
"""

import difflib
import re

NAMES = ("name", "job", "shop", "sender", "status_link")
# A word between single braces. Doubled braces, `%s`, a lone brace and a sentence in braces are text.
_TYPED = re.compile(r"(?<!\{)\{[ \t]{0,3}([^\W\d]\w{0,30})[ \t]{0,3}\}(?!\})")
_ALLOWED = re.compile(r"(?<!\{)\{(" + "|".join(NAMES) + r")\}(?!\})")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def used(text: str) -> set[str]:
    """Which of NAMES stand in `text`."""
    return set(_ALLOWED.findall(text))


def unknown(text: str) -> list[tuple[str, str]]:
    """[(as typed, the name that was probably meant or "")], each once, of what looks like a name and is none."""
    found = {hit[0]: _nearest(hit[1]) for hit in _TYPED.finditer(text) if not _ALLOWED.fullmatch(hit[0])}
    return list(found.items())


def _nearest(word: str) -> str:
    close = difflib.get_close_matches(word.lower(), NAMES, n=1, cutoff=0.5)
    return f"{{{close[0]}}}" if close else ""


def fill(text: str, values: dict[str, str]) -> str:
    """`text` with each of NAMES replaced by its value, in one pass. Raises KeyError for one without a value."""
    return _ALLOWED.sub(lambda hit: values[hit[1]], text)


def fill_line(text: str, values: dict[str, str]) -> str:
    """The same for a subject: whatever a value holds, it stays one line."""
    return " ".join(_BREAKS.sub(" ", fill(text, values)).split())
