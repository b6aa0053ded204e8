"""How strong the counted weeks speak, in words without statistics."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from readiness.words.written import number

EVIDENCE = {
    "strong": pgettext_lazy("how much the weeks prove", "Strong evidence"),
    "some": pgettext_lazy("how much the weeks prove", "Some evidence"),
    "none": pgettext_lazy("how much the weeks prove", "No evidence"),
    "direction_only": pgettext_lazy("how much the weeks prove", "Too few weeks to be sure"),
    "not_enough": pgettext_lazy("how much the weeks prove", "Too few weeks"),
    "refused": pgettext_lazy("how much the weeks prove", "This export cannot say"),
    "told": pgettext_lazy("how much the weeks prove", "Your own answer, not counted"),
}


def trend(signal, found):
    """What the weeks show of growth or of the time until a case is solved (readiness.evidence); empty if nothing."""
    if found.rate is None:
        return ""
    rate = {"percent": number(100 * abs(math.expm1(found.rate)))}
    return (_growth() if signal == "growth" else _metrics())[found.direction] % rate


def _growth():
    return {
        "rising": _("Messages grow by about %(percent)s %% a week."),
        "falling": _("Messages become fewer by about %(percent)s %% a week."),
        "level": _("Messages stay level."),
    }


def _metrics():
    return {
        "rising": _("Until a case is solved it takes about %(percent)s %% longer each week."),
        "falling": _("Until a case is solved it takes about %(percent)s %% less each week."),
        "level": _("Until a case is solved it takes as long as before."),
    }


def chance(found):
    """How easily the same weeks would come about if nothing had changed."""
    if found.chance is None:
        return ""
    times = round(1000 * found.chance)
    if times < 1:
        return _("If nothing had changed, weeks like these would come about in fewer than 1 of 1,000 cases.")
    return ngettext(
        "If nothing had changed, weeks like these would come about in %(times)s of 1,000 cases.",
        "If nothing had changed, weeks like these would come about in %(times)s of 1,000 cases.",
        times,
    ) % {"times": number(times)}


def looked_at(weeks):
    if not weeks:
        return ""
    return ngettext("%(weeks)s week was looked at.", "The latest %(weeks)s weeks were looked at.", weeks) % {
        "weeks": number(weeks)
    }


def full_weeks(full, weeks):
    """Of the last counted weeks, those with more work than hours."""
    return _("Full weeks among the last %(weeks)s: %(full)s.") % {
        "full": number(full),
        "weeks": number(weeks),
    }


def satisfied(verdict, asked):
    """`verdict` of trends.target: is the aim missed, whatever chance did to so many answers?"""
    said = {
        "missed": ngettext(
            "With %(asked)s answer it is clear: fewer are satisfied than you aim for.",
            "With %(asked)s answers it is clear: fewer are satisfied than you aim for.",
            asked,
        ),
        "open": ngettext(
            "With %(asked)s answer it cannot be said yet whether you reach your aim.",
            "With %(asked)s answers it cannot be said yet whether you reach your aim.",
            asked,
        ),
        "met": ngettext(
            "With %(asked)s answer it is clear: you reach your aim.",
            "With %(asked)s answers it is clear: you reach your aim.",
            asked,
        ),
    }[verdict]
    return said % {"asked": number(asked)}
