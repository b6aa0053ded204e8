"""Quick find: the pages about whether to hire."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import find


def for_member(membership, terms) -> list[find.Found]:
    rows = [
        (_("Should you hire?"), reverse("readiness:check"), find.BOSSES),
        (_("Readiness"), reverse("readiness:home"), find.BOSSES),
        (_("What would it cost?"), reverse("readiness:costs"), find.BOSSES),
    ]
    return find.pages(rows, membership.role, terms)
