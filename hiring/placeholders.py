"""`{name}` in the shop's words: allow-listed names, plain replacement, once. Imports no Django.

Nothing here is a template language: what is put in is never looked at again, and whatever is not one of the
names stays as it was typed.
"""

import difflib
import re

NAMES = ("name", "job", "shop", "sender", "status_link")
MORE = ("link", "details", "until")  # of single kinds of message
# A word between single braces. Doubled braces, `%s`, a lone brace and a sentence in braces are text.
_TYPED = re.compile(r"(?<!\{)\{[ \t]{0,3}([^\W\d]\w{0,30})[ \t]{0,3}\}(?!\})")
_ALLOWED = re.compile(r"(?<!\{)\{(" + "|".join(NAMES + MORE) + r")\}(?!\})")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def used(text: str) -> set[str]:
    """Which of NAMES and MORE stand in `text`."""
    return set(_ALLOWED.findall(text))


def unknown(text: str, names=NAMES) -> list[tuple[str, str]]:
    """[(as typed, the name that was probably meant or "")], each once, of what looks like a name and is none."""
    known = {f"{{{name}}}" for name in names}
    found = {hit[0]: _nearest(hit[1], names) for hit in _TYPED.finditer(text) if hit[0] not in known}
    return list(found.items())


def _nearest(word: str, names) -> str:
    close = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.5)
    return f"{{{close[0]}}}" if close else ""


def fill(text: str, values: dict[str, str]) -> str:
    """`text` with each name replaced by its value, in one pass. Raises KeyError for one without a value."""
    return _ALLOWED.sub(lambda hit: values[hit[1]], text)


def fill_line(text: str, values: dict[str, str]) -> str:
    """The same for a subject: whatever a value holds, it stays one line."""
    return " ".join(_BREAKS.sub(" ", fill(text, values)).split())
