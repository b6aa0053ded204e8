"""Who may read what is spoken of between a new colleague and who leads them: they two, the owners, a named buddy."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.models import Role
from onboarding.kinds import Part
from onboarding.models import Onboarding


def of(membership, onboarding) -> str:
    """The part this member has in these talks; empty for everybody else, managers of others included."""
    if membership.company_id != onboarding.company_id:
        return ""
    if membership.pk == onboarding.hire_id:
        return Part.HIRE
    if membership.pk == onboarding.manager_id or membership.role == Role.OWNER:
        return Part.MANAGER
    return Part.BUDDY if membership.pk == onboarding.buddy_id else ""


def check(membership, onboarding, *parts) -> str:
    """The member's part when it is one of `parts`. Raises PermissionDenied."""
    part = of(membership, onboarding)
    if part not in parts:
        raise PermissionDenied
    return part


def open_to(membership):
    """The onboardings of their company in which this member has a part."""
    rows = Onboarding.objects.with_people().for_company(membership.company_id)
    if membership.role == Role.OWNER:
        return rows
    theirs = Q(hire=membership) | Q(manager=membership) | Q(buddy=membership)
    return rows.filter(theirs)
