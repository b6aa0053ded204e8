"""What of onboarding can be deleted and put back for 14 days: plans to begin with."""

from django.utils.translation import gettext_lazy as _l

from accounts import deleting
from accounts.deleting import Kind
from onboarding import planning
from onboarding.models import PlanTemplate

KINDS = (
    Kind(
        code="plan",
        name=_l("Plan for new hires"),
        rows=lambda: PlanTemplate.everything.exclude(deleted_at=None),
        label=str,
        put_back=planning.put_back,
        purge=lambda row: row.delete(),
        may=lambda rows, membership: rows if membership.is_boss else rows.none(),
    ),
)


def for_member(membership) -> list[deleting.Line]:
    return deleting.lines(KINDS, membership) if membership.is_boss else []
