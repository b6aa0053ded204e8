"""What people type, before anything believes it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

FAR = timedelta(days=10 * 366)


def text(data, name: str, most: int) -> str:
    """A posted text that no form field looks at: at most `most` characters, without NUL, which PostgreSQL refuses."""
    return data.get(name, "").replace("\x00", "")[:most]


def likely_day(day: date) -> None:
    """Refuses a day more than ten years away: a slip of the finger, and the last year has no day to count on to."""
    if abs(day - localdate()) > FAR:
        raise ValidationError(_("This day is very far away. Is the year right?"))
