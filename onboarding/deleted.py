"""What of onboarding can be deleted and put back for 14 days: plans to begin with, pages of the handbook."""

from django.utils.translation import gettext_lazy as _l

from accounts import deleting
from accounts.deleting import Kind
from onboarding import handbook, planning
from onboarding.models import HandbookPage, PlanTemplate

KINDS = (
    Kind(
        code="handbook",
        name=_l("Page of the handbook"),
        rows=lambda: HandbookPage.everything.exclude(deleted_at=None),
        label=str,
        put_back=handbook.put_back,
        purge=handbook.purge,
        may=lambda rows, membership: rows if membership.is_boss else rows.none(),
    ),
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
