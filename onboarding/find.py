"""Quick find: new colleagues, and the pages of one's own first weeks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import find
from accounts.models import Role
from onboarding.models import Onboarding

MOST = 500  # plans looked through; they end after 90 days


def for_member(membership, terms) -> list[find.Found]:
    rows = [
        (_("Onboarding"), reverse("onboarding:home"), find.BOSSES),
        (_("Today"), reverse("onboarding:today"), {Role.HIRE}),
        (_("Ask"), reverse("onboarding:ask"), {Role.HIRE}),
        (_("When to ask first"), reverse("onboarding:ask_first"), find.ALL),
    ]
    return _plans(membership, terms) + find.pages(rows, membership.role, terms)


def _plans(membership, terms) -> list[find.Found]:
    """Nobody finds themselves here: their own plan is Today."""
    running = Onboarding.objects.for_company(membership.company_id).visible_to(membership).running()
    rows = running.exclude(hire=membership).select_related("hire").order_by("-pk")[:MOST]
    return [
        find.Found("plans", str(row.hire), reverse("onboarding:plan", args=[row.pk]), row.job_title)
        for row in rows
        if find.matches(terms, f"{row.hire.name} {row.hire.email}")
    ]
