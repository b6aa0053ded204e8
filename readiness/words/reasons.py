"""The reasons and what speaks against it, as sentences with their numbers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.words.written import number


def reason(code, numbers):
    """One reason as a sentence with its numbers."""
    return REASONS[code](numbers)


def said(reasons):
    """Sentences for stored reasons. An older one may lack a number, or be one that no sentence is left for."""
    found = []
    for each in reasons:
        try:
            found.append(reason(each["code"], each["numbers"]))
        except KeyError:
            continue
    return found


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
