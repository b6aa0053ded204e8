"""When customers write, as a sentence."""

from datetime import time

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from readiness.words.written import number


def weekdays():
    """(name, short name), Monday first."""
    return [(str(WEEKDAYS[day]), str(WEEKDAYS_ABBR[day])) for day in range(7)]


def hour(number_of_day):
    """0 to 24 as the reader writes times; 24 is midnight again."""
    return time_format(time(number_of_day % 24), "TIME_FORMAT")


def busy(found):
    """`found`: heatmap.Busy or None."""
    if found is None:
        return _("Messages come at all times; no hours stand out.")
    return _sentence(found.days) % {
        "first": WEEKDAYS[found.first_day],
        "last": WEEKDAYS[found.last_day],
        "begin": hour(found.begin),
        "end": hour(found.end),
        "share": number(100 * found.share, 0),
    }


def _sentence(days):
    if days == 1:
        return _("Most messages come on %(first)s, %(begin)s to %(end)s: %(share)s of 100.")
    if days == len(WEEKDAYS):
        return _("Most messages come %(begin)s to %(end)s, every day: %(share)s of 100.")
    return _("Most messages come %(first)s to %(last)s, %(begin)s to %(end)s: %(share)s of 100.")


def too_few_messages():
    return _("Too few messages were counted to say when most of them come.")
