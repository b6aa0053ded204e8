from django.utils.translation import gettext as _

from accounts.panels import Panel
from readiness import assessments, words


def for_member(membership) -> list[Panel]:
    """Whether to hire, for those who decide it: the check as the next step, or last of all its answer."""
    if not membership.is_boss:
        return []
    row = assessments.latest(membership.company)
    context = {"row": row, "headline": words.headline(row.result) if row else _("Should you hire?")}
    return [Panel(order=40 if row else 5, template="readiness/_panel.html", context=context)]
