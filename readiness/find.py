"""Quick find: the pages about whether to hire."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import find


def for_member(membership, terms) -> list[find.Found]:
    rows = [
        (_("Should you hire?"), reverse("readiness:check"), find.BOSSES),
        (_("Readiness"), reverse("readiness:home"), find.BOSSES),
        (_("Weights and thresholds of the readiness answer"), reverse("readiness:weights"), find.BOSSES),
        (_("Bring your numbers in"), reverse("readiness:upload"), find.BOSSES),
        (_("What would it cost?"), reverse("readiness:costs"), find.BOSSES),
        (_("Bridge the gap until you hire"), reverse("readiness:home") + "#bridges", find.BOSSES),
        (_("Calculators"), reverse("readiness:calculators"), find.BOSSES),
        (_("How many people?"), reverse("readiness:people"), find.BOSSES),
        (_("What does a help desk cost?"), reverse("readiness:help_desks"), find.BOSSES),
        (_("What would you do with the hours?"), reverse("readiness:hours_back"), find.BOSSES),
    ]
    return find.pages(rows, membership.role, terms)
