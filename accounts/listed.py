"""Names and prices of tools and of places to advertise: ours to begin with, each shop's own to change.

Our names are examples and recommend nobody. Our prices are as they were quoted once, in the money they were quoted
in; nothing is converted.
"""

from dataclasses import dataclass, field

from babel.numbers import format_currency
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts import places
from accounts.models import Company, Listed
from vault import trail

TOOL, CHANNEL = "tool", "channel"
MOST = 40  # entries of one list
DAYS = 30  # for which the prices of our places were quoted
LONGEST = 366  # days of an advert in one place


@dataclass(frozen=True)
class Known:
    """`quoted`: currency -> price, for a person and month (tools) or 30 days (places). `note`: what to know of it."""

    key: str
    name: object
    quoted: dict = field(default_factory=dict)
    note: object = ""


OURS = {
    TOOL: (
        Known("gorgias", "Gorgias"),
        Known("zendesk", "Zendesk", {"USD": 49, "EUR": 42, "SEK": 440}),
        Known("helpscout", "Help Scout", {"USD": 20, "EUR": 17, "SEK": 180}),
        Known("frontapp", "FrontApp", {"USD": 19, "EUR": 16, "SEK": 170}),
        Known("kayako", "Kayako"),
    ),
    CHANNEL: (
        Known("linkedin", "LinkedIn", note=_("Good when people should know your trade already.")),
        Known(
            "wwr",
            "We Work Remotely",
            {"USD": 200, "EUR": 170, "SEK": 1800},
            _("For remote work; has a part for customer support."),
        ),
        Known(
            "supportdriven",
            "Support Driven",
            {"USD": 150, "EUR": 127, "SEK": 1300},
            _("Read by people who do support for a living."),
        ),
        Known(
            "friend",
            pgettext_lazy("where an advert goes", "A friend"),
            note=_("Costs nothing, and reaches people who are like you."),
        ),
        Known("own", pgettext_lazy("where an advert goes", "Your own site")),
        Known("notice", pgettext_lazy("where an advert goes", "A newspaper or notice board")),
    ),
}
BY_KEY = {known.key: known for kind in OURS.values() for known in kind}


def entries(company, kind) -> list[Listed]:
    """The shop's list in its order, hidden ones too; before anybody changed it, ours (not saved)."""
    if company is not None:
        rows = Listed.objects.for_company(company).filter(kind=kind)
        if found := list(rows.order_by("position", "pk")):
            for entry in found:
                entry.company = company  # known already: no query for each
            return found
    return ours(company, kind)


def shown(company, kind) -> list[Listed]:
    return [entry for entry in entries(company, kind) if not entry.hidden]


def ours(company, kind) -> list[Listed]:
    """Our list, in the shop's money where a price was quoted in it, else in US dollars."""
    money = company.currency if company else "USD"
    return [_ours(company, kind, known, money, n) for n, known in enumerate(OURS[kind])]


def _ours(company, kind, known, money, position) -> Listed:
    if known.quoted and money not in known.quoted:
        money = "USD"
    return Listed(
        company=company,
        kind=kind,
        key=known.key,
        price=known.quoted.get(money),
        currency=money,
        days=DAYS if known.quoted and kind == CHANNEL else None,
        position=position,
    )


def name_of(entry) -> str:
    return entry.name or str(BY_KEY[entry.key].name)


def note_of(entry) -> str:
    """What to know about the place, in the shop's words or ours; "" for nothing."""
    known = BY_KEY.get(entry.key)
    return entry.note or (str(known.note) if known else "")


def is_quoted(entry) -> bool:
    """Whether the price is still the one that was quoted, and for the time it was quoted for."""
    known = BY_KEY.get(entry.key)
    same_days = entry.kind != CHANNEL or entry.days == DAYS
    return (
        bool(known)
        and entry.price is not None
        and same_days
        and known.quoted.get(entry.currency) == entry.price
    )


def code(entry) -> str:
    """What names the entry in a form, before and after it is saved."""
    return entry.key or f"own{entry.pk}"


def price_of(entry, times=1) -> str:
    """The price as the reader writes money; "" where there is none."""
    if entry.price is None:
        return ""
    locale = places.reader()
    pattern = locale.currency_formats["standard"].pattern
    if entry.price == int(entry.price):
        pattern = pattern.replace(".00", "")
    return format_currency(
        entry.price * times, entry.currency, format=pattern, locale=locale, currency_digits=False
    )


def terms_of(entry) -> str:
    """The price and for how long, of a place; "" where there is no price."""
    values = {"price": price_of(entry), "days": entry.days}
    if not values["price"] or not entry.days:
        return values["price"]
    if is_quoted(entry):
        text = ngettext(
            "%(price)s for %(days)d day, as quoted.", "%(price)s for %(days)d days, as quoted.", entry.days
        )
    else:
        text = ngettext("%(price)s for %(days)d day.", "%(price)s for %(days)d days.", entry.days)
    return text % values


def locked(company, kind) -> list[Listed]:
    """The entries, each with a row, for whoever changes them; inside a transaction."""
    company = Company.objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)
    found = entries(company, kind)
    for entry in found:
        if entry.pk is None:
            entry.save()
    return found


def add(*, company, kind, name, price, position) -> Listed:
    """One of the shop's own. A place with a price runs for 30 days until somebody says otherwise."""
    days = DAYS if kind == CHANNEL and price is not None else None
    return Listed.objects.create(
        company=company,
        kind=kind,
        name=name,
        price=price,
        currency=company.currency,
        days=days,
        position=position,
    )


def arrange(rows) -> None:
    """Writes the order in which the entries stand."""
    with transaction.atomic():
        for position, row in enumerate(rows):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


def note(*, company, kind, by) -> None:
    trail.record(
        "list.changed", company_id=company.pk, actor_id=by.user_id, kind="list", pk=company.pk, fields=[kind]
    )
