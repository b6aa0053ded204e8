"""The contract's words, from the values of an offer. Pure text: what is signed is exactly these bytes."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, to_locale

from hiring import contract_templates, merge_fields
from hiring.models.offers import Condition

# What has to be there before an offer is sent.
REQUIRED = ("job_title", "pay", "currency", "hours_week", "start_date", "benefits", "description", "terms")
# The sentence one agrees to with one's name; a new wording gets a new version.
CONSENT_VERSION = "offer-1"


@dataclass(frozen=True)
class Gap:
    """A value that a contract needs and an offer lacks; without a `column` it is the shop's own (its settings)."""

    label: str
    column: str = ""


def gaps(offer, body: str | None = None) -> list[Gap]:
    """What is missing before this offer may leave: values every contract has, and those its template's sentences need.

    Terms are never guessed. `body` is the template where the caller has it already.
    """
    found = {name: _gap(offer, name) for name in REQUIRED if _is_empty(offer, name)}
    try:
        _filled(offer, body)
    except merge_fields.Lacking as lacking:
        columns = [contract_templates.FIELDS[name].column for name in lacking.names]
        found |= {name: _gap(offer, name) for name in columns if name}
    own = [] if offer.application.job.company.legal_name else [Gap(str(_("name of the employer")))]
    return [*found.values(), *own]


def _gap(offer, name) -> Gap:
    return Gap(str(offer._meta.get_field(name).verbose_name), name)


def _is_empty(offer, name) -> bool:
    """No benefits is an answer; every other of these has a value."""
    return not getattr(offer, name) and not (name == "benefits" and name in offer.not_apply)


def missing(offer, body: str | None = None) -> list[str]:
    """The names of what is missing, as the page calls them."""
    return [gap.label for gap in gaps(offer, body)]


def blanks(offer) -> bool:
    """Whether a text still has a blank to fill in ("____")."""
    return any("___" in text for text in (offer.benefits, offer.description, offer.terms))


def text(offer, body: str | None = None) -> str:
    """The contract in the applicant's language; raises ValueError when a value is missing.

    `body` is the template, else the one that counts now in that language.
    """
    if lacking := missing(offer, body):
        raise ValueError(", ".join(lacking))
    with translation.override(offer.application.language):
        return "\n\n".join([*_head(offer), _filled(offer, body)])


def _filled(offer, body) -> str:
    language = offer.application.language
    if body is None:
        _row, body = contract_templates.current(offer.application.job.company, language)
    with translation.override(language):
        return merge_fields.fill(body, values(offer))


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _head(offer) -> list[str]:
    """The two parties, the same above every template: they are never typed by hand."""
    company, person = offer.application.job.company, offer.application
    employer = "\n".join(line for line in (company.legal_name, company.address) if line)
    return [
        _("Employment contract"),
        "{}\n{}".format(_("Between the employer"), employer),
        "{}\n{}".format(_("and the employee"), "\n".join(filter(None, (person.name, person.email)))),
    ]


# -- the values, in the language that is active


def values(offer) -> dict[str, str]:
    """{name of a template: its words, "" for what is empty or does not apply}."""
    company, person = offer.application.job.company, offer.application
    plain = ("working_days", "place", "notice", "training", "collective_agreement", "social_security")
    return {
        "employer": company.legal_name,
        "employee": person.name,
        "job_title": offer.job_title,
        "description": offer.description,
        "hours": number(offer.hours_week),
        "first_day": day(offer.start_date),
        "last_day": day(offer.end_date),
        "pay": pay(offer) if offer.pay and offer.currency else "",
        "benefits": offer.benefits or (pgettext("benefits", "None") if "benefits" in offer.not_apply else ""),
        "probation": probation(offer),
        "leave_days": number(offer.leave_days),
        "conditions": conditions(offer),
        "terms": offer.terms,
    } | {name: getattr(offer, name) for name in plain}


def number(value) -> str:
    return "" if value is None else format_decimal(value, locale=_locale())


def day(value) -> str:
    return format_date(value, "long", locale=_locale()) if value else ""


def pay(offer) -> str:
    """ "14.50 EUR an hour" in the current language."""
    amount = format_currency(offer.pay, offer.currency, locale=_locale())
    return _("%(amount)s %(period)s") % {"amount": amount, "period": offer.get_pay_period_display()}


def probation(offer) -> str:
    """ "3 months, until 10 April 2027"."""
    n = offer.probation_months
    if not n:
        return ""
    months = ngettext("%(n)d month", "%(n)d months", n) % {"n": n}
    if not offer.start_date:
        return months
    until = months_later(offer.start_date, n) - timedelta(days=1)
    return _("%(months)s, until %(day)s") % {"months": months, "day": day(until)}


def months_later(start: date, months: int) -> date:
    """The same day of a later month, its last one where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def conditions(offer) -> str:
    """The chosen ones in the current language, then what was typed."""
    return "; ".join(filter(None, (chosen(offer), offer.conditions)))


def chosen(offer) -> str:
    codes = offer.condition_codes
    return "; ".join(str(condition.label) for condition in Condition if condition in codes)


def _locale():
    return to_locale(translation.get_language())


def when(moment, zone: str, language: str) -> str:
    """A time in words with its zone: "Monday, 7 December 2026, 09:00 (Europe/Helsinki)"."""
    locale = to_locale(language)
    local = moment.astimezone(ZoneInfo(zone))
    day, clock = format_date(local, "full", locale=locale), format_time(local, "short", locale=locale)
    return f"{day}, {clock} ({zone})"
