"""The page "What would you do with the hours?": hours back a week, in a year and in money."""

import math

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts import places
from readiness import costs, quoted, words
from readiness.fields import NumberField
from readiness.money import money


class HoursForm(forms.Form):
    hours = NumberField(label=gettext_lazy("Hours a week you get back"), low=0.5, high=168, required=True)
    value = NumberField(
        label=gettext_lazy("What is an hour of yours worth to the shop?"),
        help_text=gettext_lazy("What you could earn or build in it. Try a low and a high number."),
        high=10**8,
    )
    weeks = NumberField(
        label=gettext_lazy("Working weeks a year"),
        help_text=gettext_lazy("46 is our judgement: 52 without holidays and illness."),
        low=1,
        high=52,
    )
    currency = forms.ChoiceField(label=pgettext_lazy("money", "Currency"), choices=places.currencies)

    def __init__(self, data=None, *, defaults):
        super().__init__(data, initial=defaults, use_required_attribute=False, label_suffix="")

    def numbers(self) -> dict:
        """What was typed, or the defaults while nothing was."""
        return self.cleaned_data if self.is_bound else {"value": None, **self.initial}


def initial(result, *, currency) -> dict:
    """The hours of the answer; twenty, the example that is quoted, without one."""
    hours = words.hours_of(result) if result else None
    return {"hours": hours or quoted.HOURS, "weeks": costs.WORKING_WEEKS, "currency": currency}


def answer(numbers) -> dict:
    year = costs.year_hours(numbers["hours"], numbers["weeks"] or costs.WORKING_WEEKS)
    weeks = year / costs.FULL_WEEK
    hours = ngettext(
        "%(hours)s hour a week is %(year)s hours a year.",
        "%(hours)s hours a week are %(year)s hours a year.",
        math.ceil(numbers["hours"]),
    ) % {"hours": words.number(numbers["hours"]), "year": words.number(year)}
    working = ngettext(
        "That is %(weeks)s working week of %(full)s hours.",
        "That is %(weeks)s working weeks of %(full)s hours.",
        math.ceil(weeks),
    ) % {"weeks": words.number(weeks), "full": words.number(costs.FULL_WEEK)}
    return {"headline": hours, "weeks": working, "worth": _worth(year, numbers)}


def _worth(year, numbers) -> str:
    if not numbers["value"]:
        return ""
    return _("At %(value)s an hour they are worth %(sum)s a year.") % {
        "value": money(numbers["value"], numbers["currency"], cents=True),
        "sum": money(year * numbers["value"], numbers["currency"]),
    }
