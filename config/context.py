from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts import second_factors
from accounts.models import Role
from config import golive, help_texts

BOSSES = {Role.OWNER, Role.MANAGER}


def site(request) -> dict:
    """`site` for base.html: who is here, where they may go, and whether anything leaves this computer.

    `page_help` stands beside it, because the packages' own pages have a `site` that is not ours.
    """
    return {
        "site": SimpleLazyObject(lambda: _site(request)),
        "page_help": SimpleLazyObject(lambda: help_texts.of(request)),
    }


def _site(request) -> dict:
    membership = getattr(request, "membership", None)
    return {
        "company_name": membership.company.name if membership else "Firsthire",
        "user_label": (membership.name or membership.email) if membership else "",
        "nav": _nav(request, membership.role) if membership else [],
        "memberships_count": len(getattr(request, "memberships", ())),
        "closes_at": membership.company.closes_at if membership else None,
        "factor_from": _factor_from(membership),
        "trial": bool(membership and (golive.is_trial())),
    }


def _factor_from(membership):
    """The day until which this member has time to set up a second factor; None when there is nothing to do."""
    if membership is None or not second_factors.is_missing(membership):
        return None
    return None if second_factors.is_shut_out(membership) else membership.company.factors_from


def _nav(request, role) -> list[dict]:
    entries = [
        ("home", _("Home"), set(Role)),
        ("readiness:home", _("Readiness"), BOSSES),
        ("hiring:home", _("Hiring"), BOSSES | {Role.INTERVIEWER}),
        ("onboarding:home", _("Onboarding"), BOSSES | {Role.HIRE}),
        ("accounts:team", _("Team"), BOSSES),
        ("mailroom:sent", _("Sent mail"), {Role.OWNER}),
        ("accounts:trail", _("Trail"), {Role.OWNER}),
    ]
    return [_entry(request, name, label) for name, label, roles in entries if role in roles]


def _entry(request, name, label) -> dict:
    url = reverse(name)
    active = request.path == url if url == "/" else request.path.startswith(url)
    if name == "mailroom:sent":  # below its address, and not about sent mail
        active = active and not request.path.startswith((reverse("mailroom:told"), reverse("mailroom:new")))
    return {"url": url, "label": label, "active": active}
