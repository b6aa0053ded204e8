"""`/find/`: people, jobs, plans, pages and help by the beginnings of words, as far as this person may see them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import find as accounts
from accounts.guards import member
from accounts.models import Role
from config import help
from hiring import find as hiring
from mailroom import find as mailroom
from onboarding import find as onboarding
from readiness import find as readiness
from vault import folding

SHOWN = 5  # of each group
LONGEST = 100
GROUPS = {
    "people": gettext_lazy("Applicants"),
    "plans": gettext_lazy("New colleagues"),
    "team": gettext_lazy("Team"),
    "jobs": gettext_lazy("Jobs"),
    "handbook": gettext_lazy("Handbook"),
    "pages": gettext_lazy("Pages and settings"),
    "help": gettext_lazy("Help"),
}


def _ours(membership, terms) -> list[accounts.Found]:
    """The pages that only config knows: settings, and the docs by title."""
    rows = [
        (_("Settings"), reverse("settings"), {Role.OWNER}),
        (_("Second factor for everybody"), reverse("accounts:factors"), {Role.OWNER}),
        (_("Go live"), reverse("go_live"), {Role.OWNER}),
        (_("Recently deleted"), reverse("deleted"), {Role.OWNER, Role.MANAGER}),
    ]
    texts = [help.page(slug, get_language()) for slug in help.SLUGS]
    return accounts.pages(rows, membership.role, terms) + [
        accounts.Found("help", page.title, reverse("help", args=[page.slug]))
        for page in texts
        if accounts.matches(terms, page.title)
    ]


# Each takes (membership, terms) and answers with accounts.find.Found; another app adds its own here.
SOURCES = [
    hiring.for_member,
    onboarding.for_member,
    accounts.for_member,
    readiness.for_member,
    mailroom.for_member,
    _ours,
]


def gather(membership, query: str) -> list[dict]:
    """Groups with at most five lines each; nothing for an empty question."""
    terms = folding.terms(query[:LONGEST])[:8]
    found = [line for source in SOURCES for line in source(membership, terms)] if terms else []
    groups = [
        {"label": label, "lines": [line for line in found if line.group == key]}
        for key, label in GROUPS.items()
    ]
    return [_cut(group) for group in groups if group["lines"]]


def _cut(group) -> dict:
    return group | {"lines": group["lines"][:SHOWN], "more": len(group["lines"]) > SHOWN}


@member()
@require_safe
def find(request):
    query = request.GET.get("q", "").replace("\x00", "")
    groups = gather(request.membership, query)
    n = sum(len(group["lines"]) for group in groups)
    said = ngettext("%(n)s thing found.", "%(n)s things found.", n) % {"n": n} if n else _("Nothing found.")
    context = {"groups": groups, "query": query[:LONGEST], "said": said if query.strip() else ""}
    return render(request, "config/_found.html" if request.htmx else "config/find.html", context)
