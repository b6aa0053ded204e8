"""The sentences for the codes of `advice`, in the reader's language."""

import math
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from readiness.scoring import DEFAULT

FULL_TIME = 40


def number(value, digits=1):
    """As people write it: no decimals where there are none."""
    value = round(value, digits)
    return number_format(int(value) if value == int(value) else value)


def hours_of(result):
    """Whole hours a week to hand over, or None."""
    return None if result["hours"] is None else min(FULL_TIME, max(1, round(result["hours"])))


def headline(result):
    hours = hours_of(result)
    if hours is None:
        return _headline_without_hours(result)
    values = {"hours": number(hours)}
    match result["recommendation"], result["expand"]:
        case "hire_now", False:
            return (
                ngettext(
                    "Hire now, about %(hours)s hour a week.", "Hire now, about %(hours)s hours a week.", hours
                )
                % values
            )
        case "hire_now", True:
            return (
                ngettext(
                    "Expand the team now, about %(hours)s hour a week.",
                    "Expand the team now, about %(hours)s hours a week.",
                    hours,
                )
                % values
            )
        case "part_time", False:
            return (
                ngettext(
                    "Hire part-time now, about %(hours)s hour a week.",
                    "Hire part-time now, about %(hours)s hours a week.",
                    hours,
                )
                % values
            )
        case "part_time", True:
            return (
                ngettext(
                    "Expand the team part-time, about %(hours)s hour a week.",
                    "Expand the team part-time, about %(hours)s hours a week.",
                    hours,
                )
                % values
            )
    if result["by_the_hour"]:
        return (
            ngettext(
                "Get help by the hour, about %(hours)s hour a week.",
                "Get help by the hour, about %(hours)s hours a week.",
                hours,
            )
            % values
        )
    return _headline_without_hours(result)


def _headline_without_hours(result):
    return {
        ("hire_now", False): _("Hire now."),
        ("hire_now", True): _("Expand the team now."),
        ("part_time", False): _("Hire part-time now."),
        ("part_time", True): _("Expand the team part-time."),
        ("bridge", False): _("Not a hire yet: bridge the gap."),
        ("bridge", True): _("Don't expand the team yet: bridge the gap."),
        ("not_yet", False): _("Not yet."),
        ("not_yet", True): _("No bigger team yet."),
    }[result["recommendation"], result["expand"]]


ANSWERS = {
    "not_yet": pgettext_lazy("answer", "Not yet"),
    "bridge": pgettext_lazy("answer", "Bridge the gap"),
    "part_time": pgettext_lazy("answer", "Hire part-time"),
    "hire_now": pgettext_lazy("answer", "Hire now"),
}


def firmness(result):
    if result["firm"]:
        return _("Firm: nothing you left open would change this.")
    count = len(result["open"])
    return ngettext(
        "Likely: %(count)s open answer could still change it.",
        "Likely: %(count)s open answers could still change it.",
        count,
    ) % {"count": number(count)}


def get_back(result):
    hours = hours_of(result)
    if hours is None or result["recommendation"] not in {"part_time", "hire_now"}:
        return ""
    return ngettext(
        "You would get back about %(hours)s hour a week.",
        "You would get back about %(hours)s hours a week.",
        hours,
    ) % {"hours": number(hours)}


def come_back(result):
    """When to look again, for "not yet": the number of messages at which the answer changes."""
    for flip in result["flips"]:
        if flip["input"] in {"messages_day", "measured_week"} and flip["to"] > flip["from"]:
            a_day = flip["input"] == "messages_day"
            week = round(flip["to"] * (result.get("days_week", DEFAULT.days_a_week) if a_day else 1))
            return ngettext(
                "Come back when you pass %(messages)s message a week. Until then:",
                "Come back when you pass %(messages)s messages a week. Until then:",
                week,
            ) % {"messages": number(week)}
    return _("Come back when something changes. Until then:")


def full(load):
    """The line that speaks while one types."""
    return _("Your support week is %(percent)s %% full.") % {"percent": number(100 * load, 0)}


def too_few(missing):
    return ngettext(
        "%(count)s more answer and we can say something.",
        "%(count)s more answers and we can say something.",
        missing,
    ) % {"count": number(missing)}


def two_tabs(replaced, left):
    """Sentences for what another tab had said: replaced by this one, or left as it is. Labels of questions."""
    said = [
        (_("Another tab had answered differently; this answer counts now: %(questions)s"), replaced),
        (_("Answered in another tab, and kept: %(questions)s"), left),
    ]
    return [sentence % {"questions": " · ".join(map(str, labels))} for sentence, labels in said if labels]


def minutes_question(hours, messages, minutes):
    return ngettext(
        "%(hours)s hours for %(messages)s messages is %(minutes)s minute each. Right?",
        "%(hours)s hours for %(messages)s messages is %(minutes)s minutes each. Right?",
        round(minutes),
    ) % {"hours": number(hours), "messages": number(messages, 0), "minutes": number(minutes)}


def reason(code, numbers):
    """One reason as a sentence with its numbers."""
    return REASONS[code](numbers)


def _share(n):
    return ngettext(
        "You spend %(support)s hour on customers and %(brand)s on the shop.",
        "You spend %(support)s hours on customers and %(brand)s on the shop.",
        round(n["support"]),
    ) % {"support": number(n["support"]), "brand": number(n["brand"])}


def _messages(n):
    return ngettext(
        "%(messages)s message arrives on a normal day, and you can answer %(well)s well.",
        "%(messages)s messages arrive on a normal day, and you can answer %(well)s well.",
        round(n["messages"]),
    ) % {"messages": number(n["messages"]), "well": number(n["well"])}


def _load(n):
    return _(
        "Your support week is %(percent)s %% full: %(work)s hours of work, and you can give %(available)s."
    ) % {
        "percent": number(n["percent"], 0),
        "work": number(n["work"]),
        "available": number(n["available"]),
    }


def _oldest(n):
    if n["days"] <= n["promised"]:
        return _("No customer waits longer than you promise.")
    return ngettext(
        "The oldest message has waited about %(days)s day.",
        "The oldest message has waited about %(days)s days.",
        round(n["days"]),
    ) % {"days": number(n["days"])}


def _breath(n):
    if n["level"] >= 3:
        return _("You jump between tasks with no time to breathe.")
    return _("You still have time to breathe.")


def _keeping_up(n):
    if n["level"] >= 2:
        return _("The messages come faster than they can be answered.")
    return _("The messages are being kept up with.")


def _stars(n):
    if n["now"] < n["before"]:
        return _("Your stars went from %(before)s down to %(now)s.") % _both(n, 2)
    return _("Your stars hold: %(before)s before, %(now)s now.") % _both(n, 2)


def _low_stars(n):
    return _("Of 100 reviews, %(before)s had one or two stars before and %(now)s have now.") % _both(n)


def _both(n, digits=1):
    return {"before": number(n["before"], digits), "now": number(n["now"], digits)}


def _ratings(n):
    return {
        "better": _("Your ratings are getting better."),
        "same": _("Your ratings are steady."),
        "worse": _("Your ratings are getting worse."),
        "much_worse": _("Your ratings are getting much worse."),
    }[n["word"]]


def _trend(n):
    return {
        "fewer": _("Fewer messages come than three months ago."),
        "same": _("As many messages come as three months ago."),
        "more": _("A bit more messages come than three months ago."),
        "much_more": _("A lot more messages come than three months ago."),
    }[n["word"]]


def _resolution(n):
    return _("A case is solved in %(now)s hours; it took %(before)s before.") % _both(n)


def _satisfaction(n):
    return _("%(percent)s of 100 customers are satisfied, and you aim for %(wanted)s.") % {
        "percent": number(n["percent"], 0),
        "wanted": number(n["wanted"], 0),
    }


def _projected(n):
    if n["percent"] <= 70:
        return _("At this pace your week stays well below full: %(percent)s %% in %(ahead)s weeks.") % {
            "percent": number(n["percent"], 0),
            "ahead": number(n["ahead"]),
        }
    if n["weeks"]:
        return ngettext(
            "At this growth you are full in %(weeks)s week, and hiring takes %(ahead)s.",
            "At this growth you are full in %(weeks)s weeks, and hiring takes %(ahead)s.",
            round(n["weeks"]),
        ) % {"weeks": number(n["weeks"], 0), "ahead": number(n["ahead"])}
    return _("By the time a new person carries a full share, your week is %(percent)s %% full.") % {
        "percent": number(n["percent"], 0)
    }


def _hours(n):
    return ngettext(
        "About %(hours)s hour a week can be handed over.",
        "About %(hours)s hours a week can be handed over.",
        round(n["hours"]),
    ) % {"hours": number(n["hours"], 0)}


def _few_hours(n):
    return ngettext(
        "About %(hours)s hour a week can be handed over; a job needs %(enough)s.",
        "About %(hours)s hours a week can be handed over; a job needs %(enough)s.",
        round(n["hours"]),
    ) % {"hours": number(n["hours"], 0), "enough": number(n["enough"])}


def _takes_time(n):
    return ngettext(
        "Finding and teaching somebody takes about %(weeks)s week, and it costs you hours first.",
        "Finding and teaching somebody takes about %(weeks)s weeks, and it costs you hours first.",
        round(n["weeks"]),
    ) % {"weeks": number(n["weeks"])}


def _look_again(n):
    return ngettext(
        "Finding and teaching somebody takes about %(weeks)s week: look again before your week is full.",
        "Finding and teaching somebody takes about %(weeks)s weeks: look again before your week is full.",
        round(n["weeks"]),
    ) % {"weeks": number(n["weeks"])}


REASONS = {
    "share": _share,
    "messages": _messages,
    "load": _load,
    "oldest": _oldest,
    "breath": _breath,
    "keeping_up": _keeping_up,
    "stars": _stars,
    "low_stars": _low_stars,
    "ratings": _ratings,
    "trend": _trend,
    "resolution": _resolution,
    "satisfaction": _satisfaction,
    "value": lambda n: _("Sales or customer value move together with your support."),
    "projected": _projected,
    "hours": _hours,
    "can_pay": lambda n: _("The shop can pay for six months of help."),
    "few_hours": _few_hours,
    "cannot_pay": lambda n: _("The shop cannot pay for six months of help."),
    "some_hours": lambda n: _("The shop can pay for some hours only."),
    "pay_unknown": lambda n: _("You are not sure that the shop can pay for six months of help."),
    "takes_time": _takes_time,
    "look_again": _look_again,
}

SIGNALS = {
    "overload": pgettext_lazy("signal", "Overload"),
    "feedback": pgettext_lazy("signal", "Ratings and reviews"),
    "metrics": pgettext_lazy("signal", "How support and the shop do"),
    "growth": pgettext_lazy("signal", "Growth"),
}
ABOUT = {
    "overload": gettext_lazy("Do more messages come than you can answer well?"),
    "feedback": gettext_lazy("Do stars drop and bad reviews come?"),
    "metrics": gettext_lazy("Do cases take longer, are customers less satisfied, do sales fall?"),
    "growth": gettext_lazy("Will there be more than you can answer by the time somebody new can help?"),
}
PARTS = {
    "load": gettext_lazy("How full your week is"),
    "oldest": gettext_lazy("How long the oldest message has waited"),
    "share": gettext_lazy("Your hours on customers and on the shop"),
    "breath": gettext_lazy("Time to breathe"),
    "keeping_up": gettext_lazy("Keeping up"),
    "stars": gettext_lazy("Average stars"),
    "low_stars": gettext_lazy("Reviews with one or two stars"),
    "ratings": gettext_lazy("Ratings lately"),
    "resolution": gettext_lazy("Time until a case is solved"),
    "satisfaction": gettext_lazy("Satisfied customers"),
    "value": gettext_lazy("Sales and customer value"),
    "projected": gettext_lazy("How full your week will be"),
    "trend": gettext_lazy("Messages compared with three months ago"),
    "hours": gettext_lazy("Hours a week on customers"),
    "afford": gettext_lazy("Whether the shop can pay for help"),
}
# The page on which an open answer is given.
ASKED_ON = {
    "load": "check", "oldest": "check", "share": "check", "breath": "check", "ratings": "check",
    "trend": "check", "hours": "check", "afford": "check", "keeping_up": "overload", "stars": "feedback",
    "low_stars": "feedback", "resolution": "metrics", "satisfaction": "metrics", "value": "metrics",
    "projected": "growth",
}  # fmt: skip
INPUTS = {
    "messages_day": gettext_lazy("Messages on a normal day"),
    "measured_week": gettext_lazy("Messages a week"),
    "well_day": gettext_lazy("Messages a day you can answer well"),
    "support_hours": gettext_lazy("Hours a week on customers"),
    "brand_hours": gettext_lazy("Hours a week on the shop"),
    "available_hours": gettext_lazy("Hours a week you can give to customers"),
    "handle_minutes": gettext_lazy("Minutes a message takes"),
    "handover_hours": gettext_lazy("Hours a week somebody else could take over"),
    "oldest_days": gettext_lazy("Days the oldest message has waited"),
    "stars_now": gettext_lazy("Average stars"),
    "resolution_now": gettext_lazy("Hours until a case is solved"),
    "afford": gettext_lazy("Whether the shop can pay for help"),
}


def flip_value(flip):
    """The value at which the answer changes, as one would say it."""
    if flip["input"] == "afford":
        return {
            "yes": pgettext("the shop can pay", "yes"),
            "some": pgettext("the shop can pay", "for some hours"),
            "no": pgettext("the shop can pay", "no"),
        }[flip["to"]]
    value = {"value": number(flip["to"], 2)}
    return (_("%(value)s or more") if flip["to"] > flip["from"] else _("%(value)s or less")) % value


def day(text):
    """An ISO date as the reader writes dates."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


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


def numbers(result, told, measured, config):
    """(label, value) pairs for "The numbers": only those that are known."""
    rows = [
        (_("Messages a week, as you said"), _times(told.messages_day, told.days_week or config.days_a_week)),
        (_("Messages a week, measured"), measured.get("measured_week")),
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
