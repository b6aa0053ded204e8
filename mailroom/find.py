"""Quick find: the pages about mail."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import find
from accounts.models import Role


def for_member(membership, terms) -> list[find.Found]:
    rows = [
        (_("What we tell you"), reverse("mailroom:told"), find.ALL),
        (_("What is new"), reverse("mailroom:new"), find.ALL),
        (_("Sent mail"), reverse("mailroom:sent"), {Role.OWNER}),
    ]
    return find.pages(rows, membership.role, terms)
