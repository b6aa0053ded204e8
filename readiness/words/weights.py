"""What each number is called that an owner may set, what it does, and what is wrong with one."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from readiness.words.labels import ABOUT, PARTS, SIGNALS

SECTIONS = {
    "signals": (
        _l("The four signs"),
        _l("How much each speaks in the need for help. Only their proportion counts."),
    ),
    "answers": (_l("From the need to the answer"), _l("Where one answer ends and the next begins.")),
    "work": (_l("Work and time"), _l("What is used where you say nothing of your own.")),
    **{code: (format_lazy(_l("Inside “{sign}”"), sign=SIGNALS[code]), ABOUT[code]) for code in SIGNALS},
    "words": (_l("Answers in words"), _l("What a word counts, from 0 (calm) to 100 (pressing).")),
    "sure": (_l("How sure"), _l("How far few or old numbers are believed.")),
}
ENDS = {
    "weight": pgettext_lazy("a number on the settings page", "Weight"),
    "lo": pgettext_lazy("a number on the settings page", "Begins to count at"),
    "hi": pgettext_lazy("a number on the settings page", "Counts in full at"),
}
UNITS = {
    "load": _l("In % of a full week."),
    "oldest": _l("Days waited for each day promised: 2 is twice as long as promised."),
    "share": _l("In % of the hours you work."),
    "breath": _l("From 0, not true, to 4, very true."),
    "keeping_up": _l("From 0, yes, to 4, no."),
    "stars": _l("By how many stars the average has dropped."),
    "low_stars": _l("By how many of 100 reviews there are more with one or two stars."),
    "ratings": _l("What the words count is set further down."),
    "resolution": _l("By how many % longer it takes than before."),
    "satisfaction": _l("How many of 100 customers are missing to the goal."),
    "value": _l("By how many % it fell."),
    "projected": _l("In % of a full week, when somebody new can help."),
    "trend": _l("What the words count is set further down."),
}
# path -> (label, what it does)
PLAIN = {
    "need_low": (
        _l("Not yet: need for help below"),
        _l("From here on a calm week is no longer a plain not yet."),
    ),
    "need_middle": (
        _l("Part-time: need for help from"),
        _l("Somebody for some hours is advised from here on."),
    ),
    "need_high": (
        _l("Hire now: need for help from"),
        _l("A hire is advised from here on, if there are enough hours and it can be paid."),
    ),
    "load_high": (
        _l("A week counts as full, in %"),
        _l("A week this full is never a not yet, and speaks for part-time help."),
    ),
    "far_off_weeks": (
        _l("Weeks in which it must not fill up, for a not yet"),
        _l("A week that will be full before that is no plain not yet."),
    ),
    "full_weeks": (
        _l("Full weeks of the last four that decide by themselves"),
        _l("So many counted weeks beyond full speak for a hire, whatever the need."),
    ),
    "hours_middle": (
        _l("Hours to hand over, for part-time"),
        _l("With fewer hours a week, help by the hour is advised."),
    ),
    "hours_high": (
        _l("Hours to hand over, for a hire now"),
        _l("With fewer hours a week, part-time is the most that is advised."),
    ),
    "repeatable_from": (
        _l("Repeated questions that call for answers on the site, in %"),
        _l("From this share of the messages on, answers to read by oneself are the first bridge."),
    ),
    "weeks_to_hire": (_l("Weeks to find somebody"), _l("From deciding to the first day.")),
    "weeks_to_ramp_up": (
        _l("Weeks to teach somebody"),
        _l("From the first day to a full share of the work."),
    ),
    "handover_share": (
        _l("Part of the answering that can be handed over, in %"),
        _l("The rest stays with you: exceptions, decisions, teaching."),
    ),
    "shrinkage": (_l("Paid time without answering, in %"), _l("Holidays, illness, breaks, meetings.")),
    "occupancy": (
        _l("Share of the time at work that is filled with messages, in %"),
        _l("Nobody answers without a pause; below 85 is kinder."),
    ),
    "days_a_week": (_l("Days a week on which you answer"), _l("Turns messages a day into messages a week.")),
    "promised_days": (
        _l("Days in which you promise an answer"),
        _l("What the oldest waiting message is compared with."),
    ),
    "satisfaction_target": (
        _l("Satisfied customers you aim for, of 100"),
        _l("Fewer than that speak for help."),
    ),
    "star_strength": (
        _l("Reviews the old average stands for"),
        _l("The more, the less a few new reviews move it."),
    ),
    "log_speaks_weeks": (
        _l("Weeks for which counted tickets speak"),
        _l("After that, what you say counts again."),
    ),
    "loud": (_l("A sign is named as a reason from"), _l("Of 100. A calmer one is not named for a hire.")),
    "quiet": (
        _l("A sign is named as a reason against below"),
        _l("Of 100. A louder one is not named against a hire."),
    ),
    "draw_spread": (
        _l("How far the weights are shaken, in %"),
        _l("The answer is tried with 1,000 other weights, each up to this much more or less."),
    ),
}
GROUPS = {
    "ratings": PARTS["ratings"],
    "trend": PARTS["trend"],
    "trend_factor": _l("How many messages there are now, where it is not counted, in % of three months ago"),
}
RATINGS = {
    "better": pgettext_lazy("ratings", "Better"),
    "same": pgettext_lazy("ratings", "The same"),
    "worse": pgettext_lazy("ratings", "Worse"),
    "much_worse": pgettext_lazy("ratings", "Much worse"),
}
MESSAGES = {
    "fewer": pgettext_lazy("messages", "Fewer"),
    "same": pgettext_lazy("messages", "The same"),
    "more": pgettext_lazy("messages", "A bit more"),
    "much_more": pgettext_lazy("messages", "A lot more"),
}
WORDS = {"ratings": RATINGS, "trend": MESSAGES, "trend_factor": MESSAGES}


def group_of(path):
    """(code, heading, help) of the fields that are drawn together, or None for a field that stands alone."""
    name, *rest = path.split(".")
    if name == "parts":
        return rest[0], PARTS[rest[0]], UNITS[rest[0]]
    if name in GROUPS:
        return name, GROUPS[name], ""
    return None


def label(path):
    """The label of the field, below the heading of its group."""
    name, *rest = path.split(".")
    if not rest:
        return PLAIN[path][0]
    if name == "signals":
        return SIGNALS[rest[0]]
    return ENDS[rest[1]] if name == "parts" else WORDS[name][rest[0]]


def about(path):
    """What the number does; "" where the heading above says it."""
    name, *rest = path.split(".")
    if not rest:
        return PLAIN[path][1]
    return ABOUT[rest[0]] if name == "signals" else ""


def full_label(path):
    """The number named alone, as in a list of what was changed."""
    group = group_of(path)
    if group is None:
        return label(path)
    return format_lazy("{heading}: {label}", heading=group[1], label=label(path))


def problem(code, other, value):
    """Why a number cannot stand beside the others: `other` is the path it does not fit with, where `value` stands."""
    if code == "nothing":
        return _("One of these has to count: write a weight above 0.")
    values = {"other": full_label(other), "value": value}
    if code == "above":
        return _("This has to be above “%(other)s”, which is %(value)s.") % values
    return _("This must not be below “%(other)s”, which is %(value)s.") % values
