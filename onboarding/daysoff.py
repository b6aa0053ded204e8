"""Days on which nobody works: the public holidays of the country somebody works in, and the shop's own days off.

A plan keeps those that matter to it (`Onboarding.days_off`), so that counting days asks the database nothing and
loads no calendar of the world.
"""

from datetime import date, timedelta
from functools import lru_cache

from django.utils import translation

from onboarding.models import DayOff

YEAR = timedelta(days=366)
# A plan looks this far back and ahead of its first day.
BEFORE, AFTER = timedelta(days=120), timedelta(days=420)


@lru_cache(maxsize=256)
def _calendar(country: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    import holidays  # 500 calendars: nobody waits for them at the start of the product

    try:
        found = holidays.country_holidays(country, years=year, language=language or None)
    except NotImplementedError:
        return ()
    return tuple(sorted(found.items()))


def public(country: str, first: date, last: date) -> set[date]:
    """Public holidays of the whole country; none for a country the calendar does not know."""
    return {day for day, _name in named(country, first, last, language="")}


def named(country: str, first: date, last: date, *, language=None) -> list[tuple[date, str]]:
    """The same with their names, in the reader's language where the calendar has it, else in the country's own."""
    if language is None:
        language = translation.to_locale(translation.get_language() or "en").partition("_")[0]
    years = range(first.year, last.year + 1)
    found = [row for year in years for row in _calendar(country, year, _spoken(country, language))]
    return [(day, name) for day, name in found if first <= day <= last]


@lru_cache(maxsize=256)
def _spoken(country: str, language: str) -> str:
    """The calendar's own word for this language; empty when it does not speak it."""
    import holidays

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return ""
    fitting = [each for each in known.supported_languages if language and each.partition("_")[0] == language]
    return fitting[0] if fitting else known.default_language or ""


def of_plan(company, country: str, start: date) -> list[str]:
    """What a plan with this first day keeps, as JSON holds it."""
    first, last = start - BEFORE, start + AFTER
    own = DayOff.objects.for_company(company).filter(day__range=(first, last)).values_list("day", flat=True)
    return [day.isoformat() for day in sorted(public(country, first, last) | set(own))]
