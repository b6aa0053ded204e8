"""What a title should not hold: search engines for jobs drop adverts with pay, a place, a day or a code in it. Pure."""

import re
from itertools import pairwise

from vault import folding

CODES = ("pay", "place", "date", "code")
_PAY = re.compile(
    r"[€$£¥₽₺₹₴]|\b(?:eur|euro|euros|usd|gbp|sek|nok|dkk|pln|zł|kr|chf|cny|rmb|aed|sar|egp)\b|[元]/|薪|ريال|درهم|جنيه",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:20[2-4]\d|٢٠[٠-٩]{2})(?!\d)")
_DAY = re.compile(r"(?<!\d)(?!24/7)(?:\d{1,2}\.\s?\d{1,2}\.|\d{1,2}/\d{1,2}(?!\d)|\d{1,2}\s?[月日])")
_CODE = re.compile(r"#\s?\d|\b(?:ref|id|req|nr|no)\b[.:\s]*\d|\b[A-Z]{2,}-?\d{2,}\b|!!|\*{2,}", re.IGNORECASE)


def faults(title: str, *, places=(), months=()) -> list[str]:
    """Which of CODES the title holds. `places`: the job's town and country; `months`: their names as the advert says
    them. A month counts beside a number only: "may" is a word as well."""
    found = {
        "pay": bool(_PAY.search(title)),
        "place": any(_names(title, place) for place in places),
        "date": bool(_YEAR.search(title) or _DAY.search(title)) or any(_dated(title, m) for m in months),
        "code": bool(_CODE.search(title)),
    }
    return [code for code in CODES if found[code]]


def _names(title: str, place: str) -> bool:
    """Whole words, however they are accented; Chinese without spaces stands inside others."""
    words, wanted = folding.sort_key(title), folding.sort_key(place)
    if not wanted:
        return False
    return wanted in words if re.search(f"[{folding.UNSPACED}]", wanted) else f" {wanted} " in f" {words} "


def _dated(title: str, month: str) -> bool:
    words, month = folding.sort_key(title).split(), folding.sort_key(month)
    beside = [pair for pair in pairwise(words) if month in pair]
    return any(word.isdigit() for pair in beside for word in pair)
