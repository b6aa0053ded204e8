"""An offer's values in words, in the language that is active, and what changed from one version to the next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring import contract, rules
from hiring.models import Offer
from hiring.offers import TERMS

LONG = ("benefits", "description", "terms")


@dataclass(frozen=True)
class Change:
    """Empty words stand for nothing said."""

    label: str
    before: str
    after: str
    is_long: bool = False


def changes(old: Offer, new: Offer) -> list[Change]:
    """What `new` says otherwise, in the order of the form. Money, period and sum are one thing."""
    found = []
    for name in (
        "pay",
        *(name for name in TERMS if name not in {"pay", "currency", "pay_period", "not_apply"}),
    ):
        before, after = shown(old, name), shown(new, name)
        if before != after:
            found.append(Change(label(name), before, after, name in LONG))
    return found


def label(name) -> str:
    return str(Offer._meta.get_field(name).verbose_name)


def shown(offer, name) -> str:
    """One value as a person reads it."""
    value = getattr(offer, name)
    if not value:
        return pgettext("of a contract's term", "does not apply") if name in offer.not_apply else ""
    words = {
        "pay": lambda: contract.pay(offer) if offer.currency else contract.number(value),
        "hours_week": lambda: contract.number(value),
        "leave_days": lambda: contract.number(value),
        "start_date": lambda: contract.day(value),
        "end_date": lambda: contract.day(value),
        "probation_months": lambda: contract.probation(offer),
        "condition_codes": lambda: contract.chosen(offer),
    }
    return words[name]() if name in words else str(value)


def before(offer) -> Offer | None:
    """The version the candidate had last, before this one."""
    if offer.version == 1:
        return None
    rows = Offer.objects.filter(application=offer.application_id, version__lt=offer.version)
    return rows.exclude(sent_at=None).order_by("-version").first()


def changed(offer) -> list[Change]:
    """Since the version before; nothing for the first."""
    old = before(offer)
    return changes(old, offer) if old else []


def in_short(found: list[Change]) -> str:
    """ "Changed since the last one: first day, pay", or "" """
    if not found:
        return ""
    return _("Changed since the last one: %(what)s") % {"what": ", ".join(change.label for change in found)}


def advice(offer, by) -> list[str]:
    """Two lines before an offer leaves: nobody else was looked at, a stage was skipped. They only tell."""
    told = {
        "only_one": _(
            "Nobody else was ever considered for this job. Take the time to look at one more, if you can."
        ),
        "skipped": _("A stage was skipped on the way here. Nothing asks what it would have asked."),
    }
    asked = (rule for rule in rules.RULES if rule.code in told)
    return [told[rule.code] for rule in asked if rule.open(offer.application, by)]
