"""The contract's words, from the values of an offer. Pure text: what is signed is exactly these bytes."""

import hashlib
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

# What has to be there before an offer is sent: field -> what it is called on the page.
REQUIRED = ("job_title", "pay", "currency", "hours_week", "start_date", "benefits", "description", "terms")
# The sentence one agrees to with one's name; a new wording gets a new version.
CONSENT_VERSION = "offer-1"


def missing(offer) -> list[str]:
    """The verbose names of values that a contract needs and this one lacks. Terms are never guessed."""
    absent = [name for name in REQUIRED if not getattr(offer, name)]
    names = [str(offer._meta.get_field(name).verbose_name) for name in absent]
    company = offer.application.job.company
    return names if company.legal_name or company.name else [*names, str(_("name of the employer"))]


def blanks(offer) -> bool:
    """Whether a text still has a blank to fill in ("____")."""
    return any("___" in text for text in (offer.benefits, offer.description, offer.terms))


def text(offer) -> str:
    """The contract in the applicant's language; raises ValueError when a value is missing."""
    if lacking := missing(offer):
        raise ValueError(", ".join(lacking))
    with translation.override(offer.application.language):
        return "\n\n".join(_parts(offer))


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _parts(offer) -> list[str]:
    company, person = offer.application.job.company, offer.application
    employer = "\n".join(line for line in (company.legal_name or company.name, company.address) if line)
    return [
        _("Employment contract"),
        "{}\n{}".format(_("Between the employer"), employer),
        "{}\n{}".format(_("and the employee"), "\n".join(filter(None, (person.name, person.email)))),
        "1. {}\n{}".format(_("The work"), _work(offer)),
        "2. {}\n{}".format(_("Pay"), pay(offer)),
        "3. {}\n{}".format(_("Benefits"), offer.benefits),
        "4. {}\n{}".format(_("Terms of employment"), offer.terms),
    ]


def _work(offer) -> str:
    locale = to_locale(translation.get_language())
    lines = [
        offer.job_title,
        offer.description,
        _("Hours a week: %(hours)s") % {"hours": format_decimal(offer.hours_week, locale=locale)},
        _("First day: %(day)s") % {"day": format_date(offer.start_date, "long", locale=locale)},
    ]
    if offer.place:
        lines.append(_("Place of work: %(place)s") % {"place": offer.place})
    return "\n".join(lines)


def pay(offer) -> str:
    """ "14.50 EUR an hour" in the current language."""
    locale = to_locale(translation.get_language())
    amount = format_currency(offer.pay, offer.currency, locale=locale)
    return _("%(amount)s %(period)s") % {"amount": amount, "period": offer.get_pay_period_display()}


def when(moment, zone: str, language: str) -> str:
    """A time in words with its zone: "Monday, 7 December 2026, 09:00 (Europe/Helsinki)"."""
    locale = to_locale(language)
    local = moment.astimezone(ZoneInfo(zone))
    day, clock = format_date(local, "full", locale=locale), format_time(local, "short", locale=locale)
    return f"{day}, {clock} ({zone})"
