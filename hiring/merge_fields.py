"""`{name}` in a contract's template: allow-listed names, replaced once, never evaluated. Imports no Django.

What is put in is never looked at again, and whatever is not one of the names stays as it was typed.
"""

import difflib
import re

# A word between single braces; doubled braces, `%s`, a lone brace and a sentence in braces are text.
_WORD = re.compile(r"(?<!\{)\{[ \t]{0,3}([^\W\d]\w{0,40})[ \t]{0,3}\}(?!\})")


class Lacking(ValueError):
    """A sentence of the template needs values that are empty: `names`, in the order of the text."""

    def __init__(self, names):
        self.names = names
        super().__init__(", ".join(names))


def used(text: str, allowed) -> list[str]:
    """Which of `allowed` stand in the text, each once, in its order."""
    return list(dict.fromkeys(name for name in _names(text) if name in set(allowed)))


def _names(line) -> list[str]:
    return [hit[1] for hit in _WORD.finditer(line)]


def pieces(line: str) -> list[tuple[str, str | None]]:
    """The line cut into (words as typed, the name between the braces or None); joined they are the line."""
    found, at = [], 0
    for hit in _WORD.finditer(line):
        found += [(line[at : hit.start()], None), (hit[0], hit[1])]
        at = hit.end()
    return [(words, name) for words, name in [*found, (line[at:], None)] if words]


def unknown(text: str, allowed) -> list[tuple[str, str]]:
    """[(as it was typed, the name that was probably meant or "")], each once."""
    typed = {hit[0]: hit[1] for hit in _WORD.finditer(text) if hit[1] not in set(allowed)}
    return [(whole, _nearest(word, allowed)) for whole, word in typed.items()]


def _nearest(word, allowed) -> str:
    close = difflib.get_close_matches(word.lower(), list(allowed), n=1, cutoff=0.5)
    return f"{{{close[0]}}}" if close else ""


def fill(text: str, values: dict[str, str]) -> str:
    """The text with each name of `values` replaced by its value, in one pass.

    A line that has names and whose values are all empty is left out; a line with some of them empty is half a
    sentence. Raises Lacking with every name of such lines.
    """
    lines, lacking = [], []
    for line in text.split("\n"):
        names = [name for name in _names(line) if name in values]
        empty = [name for name in names if not values[name]]
        if not empty:
            lines.append(_WORD.sub(lambda hit: values.get(hit[1], hit[0]), line))
        elif len(empty) < len(names):
            lacking += empty
        else:
            lines.append(None)
    if lacking:
        raise Lacking(list(dict.fromkeys(lacking)))
    return "\n".join(_closed(lines))


def _closed(lines) -> list[str]:
    """Without what was left out, and without the second of two blank lines that would meet there."""
    found, gap = [], False
    for line in lines:
        if line is None:
            gap = True
            continue
        if not (gap and line == "" and found and found[-1] == ""):
            found.append(line)
        gap = False
    return found
