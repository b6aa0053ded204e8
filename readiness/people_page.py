"""The page "How many people?": mail first, calls and chats behind a fold; numbers in, sentences out."""

import math

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readiness import mail_load, staffing, words
from readiness.fields import NumberField
from readiness.scoring import DEFAULT


class MailForm(forms.Form):
    messages = NumberField(label=gettext_lazy("Messages a week"), high=10**6, required=True)
    minutes = NumberField(
        label=gettext_lazy("Minutes for one, all its answers together"), low=0.1, high=600, required=True
    )
    hours = NumberField(
        label=gettext_lazy("Hours a week one person has for it"), low=0.5, high=168, required=True
    )
    people = NumberField(label=gettext_lazy("People who answer now"), low=1, high=1000)
    promised = NumberField(
        label=gettext_lazy("You promise an answer within so many hours"), low=0.5, high=1000
    )
    backlog = NumberField(label=gettext_lazy("Messages waiting today"), high=10**6)

    MORE = ("people", "promised", "backlog")
    WHY = {
        "messages": gettext_lazy("Messages times minutes is the work; everything else follows from it."),
        "minutes": gettext_lazy("A question that goes back and forth three times is one message here."),
        "hours": gettext_lazy("Only the hours that are really free for answering."),
        "people": gettext_lazy("Two who share a pile keep a promise better than one with the hours of both."),
        "promised": gettext_lazy("A promise of 24 hours counts as one working day."),
        "backlog": gettext_lazy("A pile from last month keeps today's mail waiting."),
    }

    def __init__(self, data=None, *, initial):
        super().__init__(data, initial=initial, use_required_attribute=False, label_suffix="")

    @property
    def first(self):
        return [self[name] for name in ("messages", "minutes", "hours")]

    @property
    def more(self):
        return [self[name] for name in self.MORE]

    @property
    def more_was_said(self) -> bool:
        """Something in the fold is wrong, or is not what stands there by itself."""
        if not self.is_bound:
            return False
        wrong = set(self.MORE) & set(self.errors)
        return bool(wrong) or any(self.cleaned_data[name] != self.initial.get(name) for name in self.MORE)


class CallForm(forms.Form):
    calls = NumberField(
        label=gettext_lazy("Calls or chats an hour"),
        help_text=gettext_lazy("In your busiest hour."),
        high=2000,
    )
    call_minutes = NumberField(label=gettext_lazy("Minutes each, with the notes after it"), low=0.1, high=60)
    within = NumberField(label=gettext_lazy("Answered within so many seconds"), high=3600)
    share = NumberField(label=gettext_lazy("For how many of 100?"), low=1, high=99.9)
    patience = NumberField(
        label=gettext_lazy("Minutes until somebody hangs up"),
        help_text=gettext_lazy("Left empty, everybody waits."),
        low=0.1,
        high=120,
    )

    DEFAULTS = {"call_minutes": 5, "within": 20, "share": 80}

    def __init__(self, data=None):
        super().__init__(data, initial=self.DEFAULTS, use_required_attribute=False, label_suffix="")

    @property
    def shown(self) -> bool:
        return bool(self.errors or (self.is_bound and self.data.get("calls")))


def initial(now) -> dict:
    """What the check knows of it; one person and a promise of a day otherwise."""
    found = {"people": 1, "promised": 24}
    if now.result is None:
        return found
    known = {
        "messages": now.result["messages_week"],
        "minutes": now.result["minutes_each"],
        "hours": now.answers.get("support_hours"),
        "promised": now.answers.get("promised_hours"),
    }
    return found | {name: round(value, 1) for name, value in known.items() if value}


def said(known) -> dict | None:
    """What the check knows as if it had been typed, when that is enough for an answer."""
    enough = known.keys() >= {"messages", "minutes", "hours"}
    return {name: str(value) for name, value in known.items()} if enough else None


def mail_answer(given) -> dict:
    mail = mail_load.Mail(
        messages=given["messages"],
        minutes=given["minutes"],
        hours=given["hours"],
        people=max(1, math.floor(given["people"] or 1)),
        promised=(given["promised"] or 24) / 24,
        backlog=given["backlog"] or 0,
        days=DEFAULT.days_a_week,
    )
    week = mail_load.week_of(mail)
    return {
        "headline": _hours_of_answering(week.work),
        "people": _people(week, mail),
        "full": words.full(week.load),
        "percent": min(100, round(100 * week.load)),
        "over": week.load >= 1,
        "grows": _grows(week.grows) if week.load >= 1 else "",
        "promise": _promise(week, given["promised"] or 24),
        "holds": week.holds,
        "pile": _pile(week, mail) if mail.backlog else [],
    }


def _hours_of_answering(work) -> str:
    return ngettext(
        "%(hours)s hour of answering a week.", "%(hours)s hours of answering a week.", math.ceil(work)
    ) % {"hours": words.number(work)}


def _people(week, mail) -> list[str]:
    paid = ngettext(
        "With breaks, holidays and quiet spells that is %(hours)s paid hour.",
        "With breaks, holidays and quiet spells that is %(hours)s paid hours.",
        math.ceil(week.paid),
    ) % {"hours": words.number(week.paid)}
    people = ngettext(
        "At %(each)s hours each: %(people)s person.",
        "At %(each)s hours each: %(people)s people.",
        week.people,
    ) % {"each": words.number(mail.hours), "people": words.number(week.people)}
    return [paid, people]


def _grows(messages) -> str:
    if round(messages) < 1:
        return _("Just as much comes in as can be answered: the pile never gets smaller.")
    return ngettext(
        "More comes in than can be answered: the pile grows by %(n)s message a week.",
        "More comes in than can be answered: the pile grows by %(n)s messages a week.",
        round(messages),
    ) % {"n": words.number(messages, 0)}


def _promise(week, promised) -> list[str]:
    said = _("Within %(hours)s h you answer %(n)s of 100 messages.") % {
        "hours": words.number(promised),
        "n": words.number(math.floor(100 * week.kept + 1e-9), 0),
    }
    if week.holds:
        return [_("The promise holds."), said]
    hours = math.ceil(round(week.hours_to_keep, 6) * 10) / 10
    enough = ngettext(
        "For 95 of 100 each person needs %(hours)s hour a week.",
        "For 95 of 100 each person needs %(hours)s hours a week.",
        math.ceil(hours),
    ) % {"hours": words.number(hours)}
    return [_("The promise does not hold."), said, enough]


def _pile(week, mail) -> list[str]:
    if week.clear == math.inf:
        return [_("What waits today is never cleared with these hours.")]
    said = _cleared(math.ceil(round(week.clear, 6) * 10) / 10)
    if week.oldest > mail.promised:
        return [said, _("Until then the promise does not hold.")]
    return [said]


def _cleared(weeks) -> str:
    if weeks <= 1:
        return _("What waits today is cleared within a week.")
    return ngettext(
        "What waits today is cleared in %(weeks)s week.",
        "What waits today is cleared in %(weeks)s weeks.",
        math.ceil(weeks),
    ) % {"weeks": words.number(weeks)}


def calls_answer(given) -> dict | None:
    """None as long as nobody said that there are calls."""
    if not given["calls"]:
        return None
    given = {
        **given,
        **{name: given[name] or value for name, value in CallForm.DEFAULTS.items() if name != "within"},
    }
    within = CallForm.DEFAULTS["within"] if given["within"] is None else given["within"]
    handle = given["call_minutes"] * 60
    traffic, times = given["calls"] * handle / 3600, {"handle_time": handle, "within": within}
    people = staffing.people_needed(traffic, share=given["share"] / 100, **times)
    beside = staffing.beside_each_other(people, traffic, **times)
    return {
        "headline": _at_work(people),
        "roster": _to_employ(staffing.roster(people)),
        "within": within,
        "hangs_up": bool(given["patience"]),
        "rows": [_row(each, people, traffic, times, given["patience"]) for each in beside],
    }


def _at_work(people) -> str:
    return ngettext("%(n)s person at the same time.", "%(n)s people at the same time.", people) % {
        "n": words.number(people)
    }


def _to_employ(people) -> str:
    return ngettext(
        "With breaks, holidays and illness: %(n)s person to employ.",
        "With breaks, holidays and illness: %(n)s people to employ.",
        people,
    ) % {"n": words.number(people)}


def _row(each, needed, traffic, times, patience) -> dict:
    n, never = each["people"], math.isinf(each["mean_wait"])
    left = patience and staffing.erlang_a(
        n, traffic, patience=patience * 60, handle_time=times["handle_time"], within=times["within"]
    )
    return {
        "people": words.number(n),
        "needed": n == needed,
        "in_time": words.number(math.floor(100 * each["service_level"] + 1e-9), 0),
        "wait": _("The queue never ends") if never else _wait(each["mean_wait"]),
        "busy": words.number(100 * each["occupancy"], 0),
        "hang_up": words.number(100 * left.abandons) if left else "",
    }


def _wait(seconds) -> str:
    if seconds < 90:
        return _("%(n)s s") % {"n": words.number(seconds, 0 if seconds >= 1 else 1)}
    return _("%(n)s min") % {"n": words.number(seconds / 60)}
