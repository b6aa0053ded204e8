from django.db.models import Subquery
from django.utils.translation import gettext as _

from accounts.panels import Panel
from readiness import bridging, words
from readiness.models import Assessment, Bridge


def for_member(membership) -> list[Panel]:
    """Whether to hire, for those who decide it: the check as the next step, or last of all its answer.

    Before that a bridge plan whose day to look again has come, one at a time.
    """
    if not membership.is_boss:
        return []
    row, bridge = _latest(membership.company)
    context = {"row": row, "headline": words.headline(row.result) if row else _("Should you hire?")}
    panel = Panel(order=40 if row else 5, template="readiness/_panel.html", context=context)
    return [panel] if bridge is None else [_bridge(*bridge), panel]


def _latest(company):
    """The answer and (number, kind) of the plan to look at, in one query where there is an answer."""
    due = bridging.due(company)
    rows = Assessment.objects.for_company(company).annotate(
        bridge=Subquery(due.values("pk")[:1]), bridge_kind=Subquery(due.values("kind")[:1])
    )
    row = rows.order_by("-created_at", "-pk").first()
    if row is None:
        return None, due.values_list("pk", "kind").first()
    return row, (row.bridge, row.bridge_kind) if row.bridge else None


def _bridge(pk, kind) -> Panel:
    context = {"pk": pk, "name": Bridge(kind).label}
    return Panel(order=3, template="readiness/_panel_bridge.html", context=context)
