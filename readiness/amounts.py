"""Sums of money and stars as people and programs write them.

Standard library only.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

AMOUNT = re.compile(r"-?\d[\d., '\u00a0\u202f\u2019]*", re.ASCII)
LARGEST = Decimal(10) ** 12


def amount(text) -> Decimal | None:
    """A sum as people write it: 1,234.50 - 1.234,50 - 1 234,5 - € 12 - ١٢. None when it is none.

    The last separator is the decimal one, unless it comes twice or three digits follow it alone.
    """
    plain = "".join(str(unicodedata.decimal(each, each)) for each in text).replace("٫", ".").replace("٬", ",")
    match = AMOUNT.search(plain)
    if not match or len(re.findall(r"\d+", AMOUNT.sub("", plain, count=1))) or len(plain) > 40:
        return None
    number = re.sub(r"[ '\u00a0\u202f\u2019]", "", match[0]).rstrip(".,")
    try:
        value = Decimal(_with_point(number))
    except InvalidOperation:
        return None
    return value if abs(value) < LARGEST else None


def _with_point(number) -> str:
    """Digits with at most one point: 1.234,5 -> 1234.5, 1,234 -> 1234, 0,125 -> 0.125."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number
    whole, rest = re.sub(r"[.,]", "", number[:last]), number[last + 1 :]
    alone = whole == number[:last]
    thousands = number.count(number[last]) > 1 or (len(rest) == 3 and alone and whole.strip("-0"))
    return whole + ("" if thousands else ".") + rest
