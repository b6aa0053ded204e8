"""Quick find: what an app answers with, and what of accounts one may look for."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from vault import folding

TEAM = 500  # members looked through; a team is smaller
BOSSES = frozenset({Role.OWNER, Role.MANAGER})
ALL = frozenset(Role)


@dataclass(frozen=True)
class Found:
    """One line: `group` is a key of config.find.GROUPS, `sub` what stands small beside the label."""

    group: str
    label: str
    url: str
    sub: str = ""


def matches(terms: list[str], text: str) -> bool:
    """Does each term begin a word of `text`, as people spell it?"""
    words = f" {folding.fold(text)}"
    return all(f" {term}" in words for term in terms)


def begins(column: str, terms: list[str]) -> Q:
    """The same for a folded column in the database."""
    found = Q()
    for term in terms:
        found &= Q(**{f"{column}__startswith": term}) | Q(**{f"{column}__contains": f" {term}"})
    return found


def pages(rows, role, terms) -> list[Found]:
    """`rows` are (label, address, roles): the pages of this role whose label the terms name."""
    return [
        Found("pages", label, url) for label, url, roles in rows if role in roles and matches(terms, label)
    ]


def for_member(membership, terms) -> list[Found]:
    """Colleagues, for those who see the team, and the pages of accounts."""
    team = _team(membership, terms) if membership.role in BOSSES else []
    return team + pages(_pages(), membership.role, terms)


def _team(membership, terms) -> list[Found]:
    rows = Membership.objects.for_company(membership.company_id).active().order_by("name", "pk")
    return [
        Found("team", row.name or row.email, _address(membership, row), row.get_role_display())
        for row in rows.only("name", "email", "role")[:TEAM]
        if matches(terms, f"{row.name} {row.email}")
    ]


def _address(membership, row) -> str:
    """Only owners have a page for each member."""
    if membership.role == Role.OWNER:
        return reverse("accounts:member", args=[row.pk])
    return reverse("accounts:team")


def _pages() -> list[tuple]:
    owner = {Role.OWNER}
    return [
        (_("Your account"), reverse("accounts:profile"), ALL),
        (_("Language and time zone"), reverse("accounts:profile"), ALL),
        (_("Change the e-mail"), reverse("account_email"), ALL),
        (_("Change the password"), reverse("account_change_password"), ALL),
        (_("Second factor"), reverse("mfa_index"), ALL),
        (_("Team"), reverse("accounts:team"), BOSSES),
        (_("Invite somebody"), reverse("accounts:invite"), BOSSES),
        (_("Shop details"), reverse("accounts:company"), owner),
        (_("Trail"), reverse("accounts:trail"), owner),
    ]
