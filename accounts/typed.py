"""What people type, before anything believes it."""

import re
import unicodedata
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

FAR = timedelta(days=10 * 366)
SEPARATORS = str.maketrans(
    {"٫": ".", "٬": "", "،": ",", "\u00a0": "", "\u202f": "", " ": "", "'": "", "’": ""}
)


def text(data, name: str, most: int) -> str:
    """A posted text that no form field looks at: at most `most` characters, without NUL, which PostgreSQL refuses."""
    return data.get(name, "").replace("\x00", "")[:most]


def likely_day(day: date) -> None:
    """Refuses a day more than ten years away: a slip of the finger, and the last year has no day to count on to."""
    if abs(day - localdate()) > FAR:
        raise ValidationError(_("This day is very far away. Is the year right?"))


def western(text: str) -> str:
    """The same with every digit as 0 to 9, whatever alphabet it was typed in."""
    return "".join(_digit(each) for each in text)


def _digit(character):
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def plain_number(text: str) -> str:
    """A number as a program writes it: any digits, decimal comma, thousands. ValueError when it is none."""
    text = western(text.strip()).translate(SEPARATORS)
    if "," in text and "." in text:
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(thousands, "")
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,12}([.,]\d{0,6})?", text, re.ASCII):
        raise ValueError("not a number")
    return text.replace(",", ".")
