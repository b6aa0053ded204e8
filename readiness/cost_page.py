"""The page "What would it cost?": its form with the defaults of a place, and the answer in sentences and rows."""

import math

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts import places
from readiness import cost_ways, costs, quoted, words
from readiness.fields import NumberField
from readiness.money import money


class CostForm(forms.Form):
    """Read from the address, so that the page can be kept and sent. `defaults`: of initial()."""

    wage = NumberField(
        label=gettext_lazy("Wage an hour, before tax"),
        help_text=gettext_lazy("No default: look at three adverts near you."),
        low=0.01,
        high=10**7,
        required=True,
    )
    hours = NumberField(label=gettext_lazy("Hours a week"), low=1, high=168, required=True)
    value = NumberField(
        label=gettext_lazy("What is an hour of yours worth to the shop?"),
        help_text=gettext_lazy("What you could earn or build in it. Try a low and a high number."),
        high=10**8,
    )
    on_cost = NumberField(label=gettext_lazy("On top of the wage, in %"), high=200)
    up_front = NumberField(label=gettext_lazy("Hiring and onboarding, once"), high=10**9)
    tenure = NumberField(label=gettext_lazy("Months to spread that over"), low=1, high=600)
    seat = NumberField(label=gettext_lazy("Help desk for one person, a month"), high=10**7)
    risk = NumberField(
        label=gettext_lazy("How likely is a wrong hire, in %?"),
        help_text=gettext_lazy("Left empty, it is not counted."),
        high=100,
    )
    loss = NumberField(label=gettext_lazy("What a wrong hire would cost"), high=10**10)
    currency = forms.ChoiceField(label=pgettext_lazy("money", "Currency"), choices=places.currencies)
    part_hours = NumberField(
        label=gettext_lazy("Part-time: hours a week"),
        help_text=gettext_lazy("Left empty: half of the hours above."),
        low=0.5,
        high=168,
    )
    tool_price = NumberField(label=gettext_lazy("Tools: price for one person, a month"), high=10**7)
    tool_people = NumberField(label=gettext_lazy("Tools: people who use them"), low=1, high=1000)
    set_up = NumberField(
        label=gettext_lazy("Tools: hours of yours to set them up, once"),
        help_text=gettext_lazy("Ten is our judgement."),
        high=10**4,
    )
    deflected = NumberField(
        label=gettext_lazy("Tools: hours of answering they save a week"),
        help_text=gettext_lazy("Left empty: one hour in five, our judgement."),
        high=168,
    )
    messages = NumberField(label=gettext_lazy("Outside: messages a week"), high=10**7)
    price = NumberField(
        label=gettext_lazy("Outside: price of a message"),
        help_text=gettext_lazy("No default: ask two agencies. By the hour works too."),
        high=10**6,
    )
    rate = NumberField(label=gettext_lazy("Outside: price of an hour"), high=10**7)
    minimum = NumberField(label=gettext_lazy("Outside: fee a month, at least"), high=10**9)

    FIRST = ("wage", "hours", "value")
    OTHER_WAYS = (
        "part_hours", "tool_price", "tool_people", "set_up", "deflected", "messages", "price", "rate", "minimum",
    )  # fmt: skip
    WHY = {
        "wage": gettext_lazy("It is most of what a hire costs, and only you know what is paid where you are."),
        "hours": gettext_lazy("Cost and relief both grow with the hours; yours come from the two-minute check."),
        "value": gettext_lazy("Without it nobody can say whether doing nothing is cheaper."),
        "on_cost": gettext_lazy("Employers pay contributions on top of the wage, and how much depends on the country."),
        "up_front": gettext_lazy("Adverts, your own hours and the first weeks cost something before help comes."),
        "tenure": gettext_lazy("The longer somebody stays, the less each month carries of the beginning."),
        "seat": gettext_lazy("A second person usually needs a seat of their own."),
        "risk": gettext_lazy("A hire may go wrong; whoever wants to count that in can."),
        "loss": gettext_lazy("Only you know what starting again would cost; the default is a share of the pay."),
        "currency": gettext_lazy("So that the sums are in your money. Changing it converts nothing."),
        "part_hours": gettext_lazy("Many shops begin with few hours and add more as the week fills."),
        "tool_price": gettext_lazy("A tool may be enough for now, and it costs a seat for everybody who uses it."),
        "tool_people": gettext_lazy("Help desks are paid for by the person."),
        "set_up": gettext_lazy("Somebody has to write the ready replies, and that somebody is you."),
        "deflected": gettext_lazy("What customers find alone needs no answer. Yours is the better guess."),
        "messages": gettext_lazy("Agencies count messages; yours come from the two-minute check."),
        "price": gettext_lazy("It is what most agencies ask by."),
        "rate": gettext_lazy("Freelancers are paid by the hour, for the hours above."),
        "minimum": gettext_lazy("Most agencies have one, and small shops pay it."),
    }  # fmt: skip

    def __init__(self, data=None, *, country, defaults):
        super().__init__(data, initial=defaults, use_required_attribute=False, label_suffix="")
        notes = notes_of(country, defaults["currency"])
        for name, note in notes.items():
            self.fields[name].help_text = note

    @property
    def first(self):
        return [self[name] for name in self.FIRST]

    @property
    def taken(self):
        """What is filled in already, folded away."""
        return [self[name] for name in self.fields if name not in {*self.FIRST, *self.OTHER_WAYS}]

    @property
    def taken_is_wrong(self) -> bool:
        return bool(set(self.errors) - {*self.FIRST, *self.OTHER_WAYS})

    @property
    def other_ways(self):
        """What the ways besides a hire are reckoned from, folded away, too."""
        return [self[name] for name in self.OTHER_WAYS]

    @property
    def other_ways_are_wrong(self) -> bool:
        return bool(set(self.errors) & set(self.OTHER_WAYS))

    def hire(self) -> costs.Hire:
        given = {name: value or 0 for name, value in self.cleaned_data.items()}
        plain = costs.Hire(
            wage=given["wage"],
            hours=given["hours"],
            on_cost=given["on_cost"] / 100,
            seat=given["seat"],
            up_front=given["up_front"],
            tenure=given["tenure"] or quoted.TENURE,
        )
        loss = given["loss"] or costs.default_loss(plain, quoted.LOSS_SHARE)
        return costs.Hire(**vars(plain) | {"risk": given["risk"] / 100, "loss": loss})


def initial(*, country, currency, hours=None, messages=None) -> dict:
    """What the form starts with: the suggested hours, the messages a week, and what is quoted in this money."""
    known = quoted.in_money(currency)
    return {
        "hours": hours or quoted.HOURS,
        "on_cost": quoted.on_cost(country),
        "up_front": known.up_front if known else None,
        "seat": known.seat if known else None,
        "tenure": quoted.TENURE,
        "currency": currency,
        "tool_price": known.seat if known else None,
        "tool_people": 1,
        "set_up": quoted.SET_UP_HOURS,
        "messages": None if messages is None else round(messages),
    }


def notes_of(country, currency) -> dict:
    """Where each default comes from, beside its field."""
    dollars = quoted.ELSEWHERE
    if quoted.in_money(currency):
        up_front = seat = _("As quoted in the advice this page follows. Change it.")
    else:
        up_front = _("Quoted: up to %(sum)s. Write it in your money.") % {
            "sum": money(dollars.up_front, "USD")
        }
        seat = _("Quoted: %(sum)s. Write it in your money.") % {"sum": money(dollars.seat, "USD")}
    known = country in quoted.ON_COST
    place = places.country_name(country)
    on_cost = (
        _("A rough default for %(country)s, January 2026. Your accountant knows better.") % {"country": place}
        if known
        else _("A rough default, January 2026: we have none for %(country)s. Your accountant knows better.")
        % {"country": place}
    )
    loss = _(
        "Left empty: 30 %% of the first year's pay, our judgement. Often quoted is %(sum)s; we never found the study."
    )
    return {
        "up_front": up_front,
        "seat": seat,
        "tool_price": seat,
        "on_cost": on_cost,
        "tenure": _("Twelve is our judgement."),
        "loss": loss % {"sum": money(quoted.WRONG_HIRE, "USD")},
    }  # fmt: skip


def answer(form) -> dict:
    """The sentences and rows for a valid form."""
    hire, value, currency = form.hire(), form.cleaned_data["value"], form.cleaned_data["currency"]
    parts, even = costs.monthly(hire), costs.break_even(hire)
    return {
        "headline": _headline(hire, money(parts["total"], currency)),
        "even": _("It pays as soon as an hour of yours is worth more than %(sum)s.")
        % {"sum": money(even, currency, cents=True)},
        "rows": _rows(hire, parts, currency),
        "total": money(parts["total"], currency),
        "beside": cost_ways.beside(hire, form.cleaned_data) if value else None,
    }


def _headline(hire, total) -> str:
    return ngettext(
        "About %(total)s a month for %(hours)s hour a week.",
        "About %(total)s a month for %(hours)s hours a week.",
        math.ceil(hire.hours),
    ) % {"total": total, "hours": words.number(hire.hours)}


def _rows(hire, parts, currency) -> list:
    labels = {
        "pay": _("Wage with what comes on top"),
        "seat": _("Help desk seat"),
        "up_front": ngettext(
            "Hiring and onboarding, spread over %(months)s month",
            "Hiring and onboarding, spread over %(months)s months",
            math.ceil(hire.tenure),
        )
        % {"months": words.number(hire.tenure)},
        "risk": _("The chance of a wrong hire"),
    }
    return [(label, money(parts[name], currency)) for name, label in labels.items() if parts[name]]
