"""Card numbers that customers write into their messages: only the last four digits are kept.

Imports no Django.
"""

import re

# 13 to 19 digits, as people group them: spaces, dashes or dots between any two.
_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,\-])\d(?:[ \u00a0.\-]?\d){12,18}(?![\d])")
_LONGEST_LEFT = 4
DOT = "•"


def mask(text: str) -> str:
    """`text` with the digits of every card number as dots, but the last four; lengths and spaces stay."""
    return _NUMBER.sub(lambda found: _dotted(found[0]) if _is_card(found[0]) else found[0], text)


def _is_card(run: str) -> bool:
    """The check digit of ISO/IEC 7812: a parcel number or a phone number seldom has it right."""
    digits = [int(sign) for sign in reversed(run) if sign.isdecimal()]
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[1::2]]
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _dotted(run: str) -> str:
    left = sum(sign.isdecimal() for sign in run) - _LONGEST_LEFT
    signs = []
    for sign in run:
        signs.append(DOT if sign.isdecimal() and left > 0 else sign)
        left -= sign.isdecimal()
    return "".join(signs)
