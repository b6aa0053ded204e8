"""The numbers behind an answer: what was counted, what was computed, and what is our judgement."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from readiness import scoring
from readiness.words.written import day, number

# What files of orders, reviews and mails answer: fields of scoring.Inputs that people may also have typed.
COUNTED = {
    "orders_now": _l("Orders a week, lately"),
    "orders_before": _l("Orders a week, before"),
    "sales_now": _l("Sales a week, lately"),
    "sales_before": _l("Sales a week, before"),
    "customers_now": _l("Customers a week, lately"),
    "customers_before": _l("Customers a week, before"),
    "stars_now": _l("Stars, lately"),
    "stars_before": _l("Stars, before"),
    "low_now": _l("Reviews of one or two stars, lately, in %"),
    "low_before": _l("Reviews of one or two stars, before, in %"),
    "repeatable": _l("Questions that repeat, in %"),
}


def measured_instead(counted, said, until=None):
    """`until`: the last day counted, an ISO date; older results do not know it."""
    values = {"counted": number(counted), "said": number(said)}
    if until is None:
        return (
            _(
                "Counted in your tickets: %(counted)s messages a week. This is used instead of the %(said)s you said."
            )
            % values
        )
    return _(
        "Counted in your tickets up to %(day)s: %(counted)s messages a week. This is used instead of the %(said)s "
        "you said."
    ) % (values | {"day": day(until)})


def counted_too_long_ago(until, config):
    return ngettext(
        "Your tickets were counted up to %(day)s. That is more than %(weeks)s week ago, so what you say counts.",
        "Your tickets were counted up to %(day)s. That is more than %(weeks)s weeks ago, so what you say counts.",
        round(config.log_speaks_weeks),
    ) % {"day": day(until.isoformat()), "weeks": number(config.log_speaks_weeks)}


def numbers(result):
    """(label, value) pairs of what was computed on the way: only those that are known."""
    rows = [
        (_("Messages a week"), result["messages_week"]),
        (_("Minutes a message takes"), result["minutes_each"]),
        (_("Hours of answering a week"), result["work_hours"]),
        (_("Hours that can be handed over"), result["hours"]),
        (_("Hours to pay for them, with breaks, holidays and quiet spells"), result["paid_hours"]),
        (_("How full your week is, in %"), _times(result["load"], 100)),
        (_("How full it will be when somebody new can help, in %"), _times(result["projected"], 100)),
        (_("Growth of messages a week, in %"), _times(result["growth"], 100)),
        (_("Weeks until your week is full"), _finite(result["weeks_until_full"])),
        (_("Weeks to find and teach somebody"), result["weeks_ahead"]),
    ]
    return [(label, number(value)) for label, value in rows if value is not None]


def beside(told, counted, config):
    """(label, what was said, what was counted) where both could be known; None for what is not.

    `told`, `counted`: scoring.Inputs without and with what was measured.
    """
    rows = [
        (
            _("Messages a week"),
            _times(told.messages_day, scoring.days_week(told, config)),
            counted.measured_week,
        ),
        (
            _("Growth of messages a week, in %"),
            _times(scoring.growth(told, config), 100),
            _times(counted.measured_growth, 100),
        ),
        (
            _("Hours until a case was solved, before"),
            told.resolution_before,
            counted.measured_resolution_before,
        ),
        (_("Hours until a case is solved now"), told.resolution_now, counted.measured_resolution_now),
        *_from_files(told, counted),
    ]
    return [
        (label, _written(said), _written(found))
        for label, said, found in rows
        if said is not None or found is not None
    ]


def _from_files(told, counted):
    """Where a file said something else than was told, or said it alone."""
    said_and_found = ((label, getattr(told, name), getattr(counted, name)) for name, label in COUNTED.items())
    return [
        (label, said, found) for label, said, found in said_and_found if found is not None and found != said
    ]


def _written(value):
    return None if value is None else number(value)


def _times(value, factor):
    return None if value is None else value * factor


def _finite(value):
    return None if value == "never" else value


PERCENT = {"load", "projected", "share"}
RATIO = {"resolution", "value"}


def ramp_end(code, value):
    """Where a sign begins or ends to count, as people would say it."""
    if code in RATIO:
        return _("%(percent)s %% worse") % {"percent": number(100 * (math.exp(value) - 1), 0)}
    if code in PERCENT:
        return _("%(percent)s %%") % {"percent": number(100 * value, 0)}
    return number(value, 2)


def thresholds(config):
    """(label, value) of what decides between the answers."""
    rows = [
        (_("Not yet: need for help below"), config.need_low),
        (_("Part-time: need for help from"), config.need_middle),
        (_("Hire now: need for help from"), config.need_high),
        (_("A week counts as full, in %"), 100 * config.load_high),
        (_("Weeks in which it must not fill up, for a not yet"), config.far_off_weeks),
        (_("Hours to hand over, for part-time"), config.hours_middle),
        (_("Hours to hand over, for a hire now"), config.hours_high),
        (_("Part of the answering that can be handed over, in %"), 100 * config.handover_share),
        (_("Weeks for which counted tickets speak"), config.log_speaks_weeks),
        (_("Weeks to find somebody"), config.weeks_to_hire),
        (_("Weeks to teach somebody"), config.weeks_to_ramp_up),
    ]
    return [(label, number(value)) for label, value in rows]
