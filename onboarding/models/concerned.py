"""Rows of a company's support desk: for owners, managers, the new hire and whoever is somebody's buddy."""

from accounts.models import CompanyQuerySet, Role
from onboarding.models.plan import Onboarding


def concerned(membership) -> bool:
    """Has this member to do with anybody's first weeks? One query for those whose role does not say it."""
    return membership.is_boss or membership.role == Role.HIRE or _in_a_plan(membership)


def teaches(membership) -> bool:
    """Owners, managers and buddies: who shows somebody else how it is done."""
    return membership.is_boss or (membership.role != Role.HIRE and _in_a_plan(membership, buddy=membership))


def hears_customers(membership) -> bool:
    """Owners, managers and new hires: who writes down what customers say."""
    return membership.is_boss or membership.role == Role.HIRE or _in_a_plan(membership, hire=membership)


def _in_a_plan(membership, **fields) -> bool:
    running = Onboarding.objects.for_company(membership.company_id).running()
    return running.visible_to(membership).filter(**fields).exists()


class ConcernedQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if concerned(membership) else self.none()
