"""Days, hours and names as the pages of a plan say them."""

import re
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from django import template
from django.utils import timezone, translation

from onboarding import countries, country_items, today

register = template.Library()
# A day of these weeks needs no year: it is cut from the language's own full date.
_YEAR = re.compile(r"[,،]?\s*y年?")


def _here(moment):
    """A moment by the reader's clock; a day or an hour without a zone is what it is."""
    aware = isinstance(moment, datetime) and timezone.is_aware(moment)
    return timezone.localtime(moment) if aware else moment


def _locale() -> Locale:
    try:
        return Locale.parse(translation.to_locale(translation.get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@register.filter
def long_day(day):
    """ "Monday, December 7" in the reader's order and words."""
    if not day:
        return ""
    locale = _locale()
    return format_date(_here(day), _YEAR.sub("", locale.date_formats["full"].pattern), locale=locale)


@register.filter
def short_day(day):
    """ "Mon, Dec 7"."""
    return format_skeleton("MMMEd", _here(day), locale=_locale()) if day else ""


@register.filter
def clock(time):
    """ "9:00", on the clock of 24 hours."""
    return f"{_here(time):%-H:%M}" if time else ""


@register.filter
def as_points(text) -> list[dict]:
    """Paragraphs and lists of a plain text: "- " begins a point, and lines right below belong to it."""
    blocks, goes_on = [], False
    for line in text.splitlines():
        if line.startswith("- "):
            if not blocks or "points" not in blocks[-1]:
                blocks.append({"points": []})
            blocks[-1]["points"].append([line[2:]])
        elif line.strip():
            _add_line(blocks, line, goes_on)
        goes_on = bool(line.strip())
    return blocks


def _add_line(blocks, line, goes_on) -> None:
    if not goes_on:
        blocks.append({"text": line})
    elif "points" in blocks[-1]:
        blocks[-1]["points"][-1].append(line)
    else:
        blocks[-1]["text"] += f"\n{line}"


@register.filter
def first_name(person):
    """How colleagues call this member."""
    return today.first_name(str(person)) if person else ""


@register.filter
def hours(minutes):
    """Whole hours, the last one begun: 90 minutes are two."""
    return -(-minutes // 60)


@register.filter
def day_typed(text):
    """A date as a form keeps it ("2026-12-07"), in the reader's words with its year."""
    return format_date(date.fromisoformat(text), "long", locale=_locale())


@register.filter
def is_order(key) -> bool:
    """Is a step of this key something a country asks for?"""
    return countries.is_order(key)


@register.simple_tag
def checked_on():
    """The day on which the countries' lists were looked at last."""
    return country_items.CHECKED
