"""What a contract names in the shop's country, and which form its signature has there.

General information, not legal advice: each list says on which day somebody held it against public pages. Nothing here
stops an offer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from hiring.wording import in_eu

State = Literal["filled", "not", "open"]
CHECKED = date(2026, 11, 22)


@dataclass(frozen=True)
class Item:
    """`columns` of an offer answer it: any one of them filled. `what` says what it is, in a sentence."""

    code: str
    label: object
    what: object
    columns: tuple[str, ...]


@dataclass(frozen=True)
class TermsList:
    """`hints`: {code of an item: what the country asks of it}. `signature`: about its form."""

    items: tuple[Item, ...]
    signature: object
    hints: dict
    checked: date = CHECKED


@dataclass(frozen=True)
class Line:
    item: Item
    hint: str
    state: State


ITEMS = {
    item.code: item
    for item in (
        Item("pay", _("Pay"), _("How much, in which money, for which time."), ("pay",)),
        Item("hours", _("Hours"), _("How many hours a week the person is employed for."), ("hours_week",)),
        Item("start", _("First day"), _("From which day the contract runs."), ("start_date",)),
        Item(
            "end",
            _("Last day"),
            _(
                "Only for a fixed term; a permanent job has none. A fixed term often needs a reason, in the terms."
            ),
            ("end_date",),
        ),
        Item(
            "place", _("Place of work"), _("Where the person works; at home counts as a place."), ("place",)
        ),
        Item(
            "days",
            _("Working days"),
            _("On which days and between which hours work is done."),
            ("working_days",),
        ),
        Item(
            "benefits",
            _("Benefits"),
            _("What comes on top of the pay, or that there is nothing."),
            ("benefits",),
        ),
        Item("leave", _("Leave"), _("How many paid days off a year."), ("leave_days",)),
        Item(
            "probation",
            _("Probation"),
            _("The first months, in which both sides may end the contract more easily."),
            ("probation_months",),
        ),
        Item(
            "notice",
            _("Notice"),
            _("How long before the end each side says so, and in which form."),
            ("notice",),
        ),
        Item(
            "training",
            _("Training"),
            _("What training the shop gives, if it has to or wants to."),
            ("training",),
        ),
        Item(
            "collective",
            _("Collective agreement"),
            _("The agreement between unions and employers that holds for this work, where there is one."),
            ("collective_agreement",),
        ),
        Item(
            "social",
            _("Social security"),
            _("The body that social-security contributions are paid to."),
            ("social_security",),
        ),
        Item(
            "conditions",
            _("Conditions"),
            _("What has to be so before the contract holds, for example the right to work."),
            ("condition_codes", "conditions"),
        ),
    )
}
SHORT = ("pay", "hours", "start", "end", "benefits", "place", "notice", "leave", "conditions")
# Directive (EU) 2019/1152, Article 4: what a worker is told in writing.
EUROPE = (
    "pay", "hours", "start", "end", "benefits", "place", "days", "leave", "notice", "probation", "training",
    "collective", "social", "conditions",
)  # fmt: skip
GULF = ("pay", "hours", "start", "end", "benefits", "place", "days", "leave", "notice", "probation", "social",
        "conditions")  # fmt: skip

USUAL = _("A typed name is usual here. An accepted offer binds.")
ASK = _("A typed name is usual in many countries. An accepted offer often binds already.")
ON_PAPER = _(
    "Here a contract of work is signed by hand or with a qualified electronic signature. Sign outside and upload the "
    "signed copy; the answer by link then only says that they agree."
)
REGISTERED = _(
    "Here a contract of work is often registered with the labour authority, in Arabic or in two languages. Register "
    "it there and upload the signed copy; the answer by link then only says that they agree."
)
WRITTEN = _(
    "Here a written contract is due within a month of the first day. Many shops sign it by hand as well: then upload "
    "the signed copy."
)

BY_HAND = (ON_PAPER, REGISTERED)  # where a typed name alone is not enough

LISTS = {
    "US": TermsList(
        tuple(ITEMS[code] for code in SHORT),
        USUAL,
        {
            "notice": _("Most jobs may be ended by either side at any time; the terms often say so."),
            "conditions": _("The right to work is shown within three days of the first day (Form I-9)."),
        },
    ),
    "FI": TermsList(
        tuple(ITEMS[code] for code in EUROPE),
        USUAL,
        {
            "probation": _("At most 6 months, and at most half of a fixed term."),
            "collective": _("Check whether a generally binding agreement holds for your trade."),
            "social": _("Your pension insurer, for example."),
            "end": _("A fixed term needs a reason that the law accepts."),
        },
    ),
    "SE": TermsList(
        tuple(ITEMS[code] for code in EUROPE),
        USUAL,
        {
            "probation": _("At most 6 months."),
            "leave": _("At least 25 days a year."),
            "collective": _("Only where the shop is bound by one."),
        },
    ),
    "PL": TermsList(
        tuple(ITEMS[code] for code in EUROPE),
        ON_PAPER,
        {
            "probation": _("A trial contract of its own, at most 3 months."),
            "social": _("ZUS: the person is registered within 7 days of the first day."),
            "conditions": _("A medical examination and a safety training come before the first minute of work."),
        },
    ),
    "CN": TermsList(
        tuple(ITEMS[code] for code in EUROPE if code != "collective"),
        WRITTEN,
        {
            "probation": _("At most 1, 2 or 6 months, by how long the contract runs."),
            "social": _("Registered within 30 days; the housing fund, too."),
        },
    ),
}  # fmt: skip
ARAB = TermsList(
    tuple(ITEMS[code] for code in GULF),
    REGISTERED,
    {
        "probation": _("Often at most 3 or 6 months."),
        "benefits": _("End-of-service pay and medical insurance are often due by law."),
        "conditions": _("Foreigners need a work permit; the shop often applies for it."),
    },
)
ARAB_COUNTRIES = frozenset("AE SA EG QA KW BH OM JO LB IQ MA TN DZ LY YE SY PS SD".split())
EU_LIST = TermsList(tuple(ITEMS[code] for code in EUROPE), USUAL, {})
ELSEWHERE = TermsList(tuple(ITEMS[code] for code in SHORT), ASK, {})


def of(country: str) -> TermsList:
    """By the shop's country, never by a language."""
    if country in LISTS:
        return LISTS[country]
    if country in ARAB_COUNTRIES:
        return ARAB
    return EU_LIST if in_eu(country) else ELSEWHERE


def lines(offer) -> list[Line]:
    """The list of the shop's country, each item with what the offer says of it."""
    found = of(offer.application.job.company.country)
    return [Line(item, str(found.hints.get(item.code, "")), state(offer, item)) for item in found.items]


def state(offer, item) -> State:
    if any(getattr(offer, column) for column in item.columns):
        return "filled"
    return "not" if any(column in offer.not_apply for column in item.columns) else "open"


def still_open(offer) -> list[Line]:
    return [line for line in lines(offer) if line.state == "open"]
