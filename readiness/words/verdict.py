"""The answer, how firm it is, and what it gives back."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from readiness.scoring import DEFAULT
from readiness.words.written import number

FULL_TIME = 40


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
