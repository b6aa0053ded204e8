"""The answer, how firm it is, and what it gives back."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from readiness.scoring import DEFAULT
from readiness.words.written import number

FULL_TIME = 40
# Weeks after which a forecast says nothing any more.
FAR_OFF = 520


def hours_of(result):
    """Whole hours a week to hand over, or None."""
    hours = result.get("hours")
    return None if hours is None else min(FULL_TIME, max(1, round(hours)))


def headline(result):
    hours = hours_of(result)
    if hours is None:
        return _headline_without_hours(result)
    values = {"hours": number(hours)}
    match result["recommendation"], bool(result.get("expand")):
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
    if result.get("by_the_hour"):
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
    }[result["recommendation"], bool(result.get("expand"))]


ANSWERS = {
    "not_yet": pgettext_lazy("answer", "Not yet"),
    "bridge": pgettext_lazy("answer", "Bridge the gap"),
    "part_time": pgettext_lazy("answer", "Hire part-time"),
    "hire_now": pgettext_lazy("answer", "Hire now"),
}


def firmness(result):
    if result["firm"]:
        return _("Firm: nothing you left open would change this.")
    if not result["open"]:  # an older result, which did not keep them
        return _("Likely: what you left open could still change it.")
    count = len(result["open"])
    return ngettext(
        "Likely: %(count)s open answer could still change it.",
        "Likely: %(count)s open answers could still change it.",
        count,
    ) % {"count": number(count)}


def get_back(result):
    """What somebody's help gives back, for the question what to do with it."""
    hours = hours_of(result)
    if result["recommendation"] not in {"part_time", "hire_now"}:
        return ""
    if hours is None:
        return _("How many hours you would get back is not known yet; imagine twenty a week.")
    return ngettext(
        "You would get back about %(hours)s hour a week.",
        "You would get back about %(hours)s hours a week.",
        hours,
    ) % {"hours": number(hours)}


def until_full(result):
    """How long the founder's own hours last at this growth; empty when that is not known."""
    weeks, ahead = result["weeks_until_full"], result["weeks_ahead"]
    if weeks is None or ahead is None:
        return ""
    if weeks == "never" or weeks > FAR_OFF:
        return _("At this pace your week does not fill up.")
    if weeks <= 0:
        return ngettext(
            "Your week is full already, and hiring takes %(ahead)s week.",
            "Your week is full already, and hiring takes %(ahead)s weeks.",
            round(ahead),
        ) % {"ahead": number(ahead)}
    return ngettext(
        "At this growth you are full in %(weeks)s week, and hiring takes %(ahead)s.",
        "At this growth you are full in %(weeks)s weeks, and hiring takes %(ahead)s.",
        max(1, round(weeks)),
    ) % {"weeks": number(max(1, weeks), 0), "ahead": number(ahead)}


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
