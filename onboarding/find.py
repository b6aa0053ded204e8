"""Quick find: new colleagues, and the pages of one's own first weeks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import find
from accounts.models import Role
from onboarding import handbook_shown
from onboarding.models import Onboarding

MOST = 500  # plans looked through; they end after 90 days

PAGES = 20  # of the handbook


def for_member(membership, terms) -> list[find.Found]:
    rows = [
        (_("Onboarding"), reverse("onboarding:home"), find.BOSSES),
        (_("Today"), reverse("onboarding:today"), {Role.HIRE}),
        (_("Ask"), reverse("onboarding:ask"), {Role.HIRE}),
        (_("When to ask first"), reverse("onboarding:ask_first"), find.ALL),
        (_("Replies"), reverse("onboarding:replies"), {Role.HIRE}),
        (_("Replies that wait"), reverse("onboarding:replies_waiting"), find.BOSSES),
        (_("Rules when to ask first"), reverse("onboarding:rules"), find.BOSSES),
        (_("Would this need approval?"), reverse("onboarding:rule_check"), find.ALL),
        (_("Handbook"), reverse("onboarding:handbook"), find.ALL),
        (_("Example replies"), reverse("onboarding:examples"), find.BOSSES | {Role.HIRE}),
        (_("How we sound"), reverse("onboarding:tone"), find.BOSSES | {Role.HIRE}),
        (_("What customers say"), reverse("onboarding:friction"), find.ALL),
        (_("E-mails together"), reverse("onboarding:together"), {Role.HIRE}),
    ]
    pages = find.pages(rows, membership.role, terms)
    return _plans(membership, terms) + _handbook(membership, terms) + pages


def _handbook(membership, terms) -> list[find.Found]:
    """Pages that hold all the words; which line of them says so stands on the search of the handbook itself."""
    rows = handbook_shown.pages(membership).matching(terms).in_order().defer("body", "folded")
    return [
        find.Found(
            "handbook", row.label, reverse("onboarding:handbook_page", args=[row.pk]), row.get_shelf_display()
        )
        for row in rows[:PAGES]
    ]


def _plans(membership, terms) -> list[find.Found]:
    """Nobody finds themselves here: their own plan is Today."""
    running = Onboarding.objects.for_company(membership.company_id).visible_to(membership).running()
    rows = running.exclude(hire=membership).select_related("hire").order_by("-pk")[:MOST]
    return [
        find.Found("plans", str(row.hire), reverse("onboarding:plan", args=[row.pk]), row.job_title)
        for row in rows
        if find.matches(terms, f"{row.hire.name} {row.hire.email}")
    ]
