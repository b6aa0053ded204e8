"""What readiness keeps of people (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from readiness.models import Assessment, TicketImport, Weighing
from vault import keep


def register() -> None:
    keep.seen_by("readiness", _("Owners and managers"))
    keep.register(
        Assessment,
        purpose=_("Answer whether it is time to hire, and show how the answer came about"),
        retention=_("as long as the company keeps it"),
        export=False,
        erase="keep",
        of={},
    )
    keep.register(
        TicketImport,
        purpose=_("Count requests a week from a ticket log; names of customers are never read"),
        retention=_("the file until it is counted, the counts as long as the company keeps them"),
        export=False,
        erase="keep",
        of={},
        hidden=["body"],
        plain=["name"],
    )
    keep.register(
        Weighing,
        purpose=_("Know with which weights and thresholds each answer was computed"),
        retention=_("as long as the company keeps its answers"),
        export=False,
        erase="keep",
        of={},
    )
