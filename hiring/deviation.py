"""Whether two dates or two numbers that somebody typed lie further apart than a slip of memory. It tells; people judge.

Dates differ by more than a month, numbers by more than a fifth of what the applicant said. Years and months are
taken in doubt for the applicant: "2019" and "2020" may be a month apart.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

MONTHS = 1
SHARE = Decimal("0.2")
YEARS = range(1950, 2101)
NO_MONTHS: Mapping[str, int] = {}
_NUMBER = re.compile(r"\d+(?:[.,'’ \u00a0\u202f]\d+)*")
_GROUPS = re.compile(r"[ '’\u00a0\u202f]")


@dataclass(frozen=True)
class Deviation:
    """`apart`: whole months at least for dates; for numbers the share of the first one, 1 for anything beside zero."""

    kind: Literal["dates", "numbers"]
    apart: Decimal
    past: bool


def compare(claimed: str, found: str, months: Mapping[str, int] = NO_MONTHS) -> Deviation | None:
    """None unless both are dates, or both are numbers. `months` are names in the reader's language, folded."""
    dates = _span(claimed, months), _span(found, months)
    if dates[0] and dates[1]:
        return _dates(*dates)
    numbers = _number(claimed), _number(found)
    if numbers[0] is None or numbers[1] is None or any(dates):
        return None
    return _numbers(*numbers)


# -- dates: a day, a month or a year, as the first and the last day it may mean


def _dates(one: tuple[date, date], other: tuple[date, date]) -> Deviation:
    first, second = sorted((one, other))
    if first[0] == first[1] and second[0] == second[1]:
        past = second[0] > _month_later(first[0])
        whole = _index(second[0]) - _index(first[0]) - (second[0].day < first[0].day)
        return Deviation("dates", Decimal(max(whole, 0)), past)
    least = max(_index(second[0]) - _index(first[1]), 0)
    return Deviation("dates", Decimal(least), least > MONTHS)


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_later(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, _last(year, month).day))


def _last(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _span(text: str, months: Mapping[str, int]) -> tuple[date, date] | None:
    """What a text may mean as a date; None when it is none. Day before month, as everywhere but in one country."""
    text = _plain(text)
    found = _named(text, months) or _figures(re.split(r"[-./ ]+", text))
    try:
        return _days(*found) if found and found[0] in YEARS else None
    except ValueError:
        return None


def _named(text, months) -> tuple[int, int | None, int | None] | None:
    """“May 2023”, “3 May 2023”."""
    words = re.findall(r"[^\W\d]+|\d+", text)
    names = [months[word] for word in words if word in months]
    numbers = [int(word) for word in words if word.isdigit()]
    if len(names) != 1 or not 1 <= len(numbers) <= 2 or len(words) != 1 + len(numbers):
        return None
    day = min(numbers) if len(numbers) == 2 else None
    return max(numbers), names[0], day


def _figures(parts) -> tuple[int, int | None, int | None] | None:
    if not parts or len(parts) > 3 or not all(part.isdigit() and len(part) <= 4 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[-1]) == 4:
        numbers.reverse()
    elif len(parts[0]) != 4:
        return None
    return tuple([*numbers, None, None][:3])


def _days(year, month, day) -> tuple[date, date]:
    if day is not None:
        return date(year, month, day), date(year, month, day)
    if month is not None:
        return date(year, month, 1), _last(year, month)
    return date(year, 1, 1), date(year, 12, 31)


# -- numbers


def _numbers(claimed: Decimal, found: Decimal) -> Deviation:
    if claimed == 0:
        return Deviation("numbers", Decimal(found != 0), found != 0)
    apart = abs(found - claimed) / abs(claimed)
    return Deviation("numbers", apart, apart > SHARE)


def _number(text: str) -> Decimal | None:
    """The one number in a text, with its thousands grouped in any way; None for none, and for several."""
    found = _NUMBER.findall(_plain(text))
    if len(found) != 1:
        return None
    digits = _GROUPS.sub("", found[0])
    points = [char for char in digits if char in ".,"]
    fraction = bool(points) and _is_decimal(digits, points)
    whole, _point, part = digits.rpartition(points[-1]) if fraction else (digits, "", "0")
    return Decimal(f"{re.sub('[.,]', '', whole)}.{part}")


def _is_decimal(digits, points) -> bool:
    """1.5 and 1,250.5 have a fraction; 1,250 and 1.250.000 are whole."""
    if points.count(points[-1]) > 1:
        return False
    return len(set(points)) > 1 or len(digits.rpartition(points[-1])[2]) != 3


def _plain(text: str) -> str:
    """Small letters, single spaces, and the figures of every script as 0 to 9."""
    found = (
        str(unicodedata.digit(char)) if unicodedata.digit(char, None) is not None else char for char in text
    )
    return " ".join("".join(found).casefold().split())
