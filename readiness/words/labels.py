"""What signals, their parts and the inputs are called, and which page asks for them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from readiness.words.written import number

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
LINES = {
    "growth": gettext_lazy("New tickets a week"),
    "metrics": gettext_lazy("Hours until half of the week's tickets were solved"),
    "overload": gettext_lazy("How full each week was, in %"),
    "answers": gettext_lazy("This sign in your earlier answers, 0 to 100"),
}
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
