"""Card numbers that customers write into their messages: only the last four digits are kept.

Imports no Django.
"""

import re

# Digits in groups, divided by single blanks, dots or hyphens: a card number, perhaps with its expiry or code behind it.
_RUN = re.compile(r"\d+(?:[ \u00a0\u202f.-]\d+)*")
_GROUP = re.compile(r"\d+")
FIRST = frozenset("23456")  # what the numbers of card schemes begin with
LENGTHS = range(13, 20)
SHOWN = 4
DOT = "•"


def mask(text: str) -> str:
    """The text with all but the last four digits of each card number as dots; everything else as it was."""
    return _RUN.sub(lambda found: _in_run(found[0]), text)


def is_card(digits: str) -> bool:
    """A length and a beginning that cards have, and the right check digit of ISO/IEC 7812 (Luhn)."""
    if len(digits) not in LENGTHS or str(int(digits[0])) not in FIRST:
        return False
    values = [int(digit) for digit in digits]
    doubled = [sum(divmod(2 * value, 10)) for value in values[-2::-2]]
    return (sum(values[-1::-2]) + sum(doubled)) % 10 == 0


def _in_run(run: str) -> str:
    """Each stretch of whole groups that is a card, the longest from the left first."""
    spans = [found.span() for found in _GROUP.finditer(run)]
    begin, out, kept = 0, [], 0
    while begin < len(spans):
        end = _end_of_card(run, spans, begin)
        if end is None:
            begin += 1
            continue
        out += [run[kept : spans[begin][0]], _masked(run[spans[begin][0] : spans[end][1]])]
        kept, begin = spans[end][1], end + 1
    return "".join([*out, run[kept:]])


def _end_of_card(run, spans, begin) -> int | None:
    for end in range(min(len(spans), begin + max(LENGTHS)) - 1, begin - 1, -1):
        digits = "".join(run[a:b] for a, b in spans[begin : end + 1])
        if is_card(digits):
            return end
    return None


def _masked(number: str) -> str:
    hidden = sum(sign.isdigit() for sign in number) - SHOWN
    out = []
    for sign in number:
        out.append(DOT if sign.isdigit() and hidden > 0 else sign)
        hidden -= sign.isdigit()
    return "".join(out)
