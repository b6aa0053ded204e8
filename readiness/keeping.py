"""What readiness keeps of people (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from readiness.models import (
    Assessment,
    BeforeAfter,
    BridgePlan,
    BridgeStep,
    Counted,
    FaqEntry,
    HoursWeek,
    ImportedWeek,
    TicketImport,
    Weighing,
)
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
        purpose=_("Count requests, orders and reviews a week from files; names of customers are never kept"),
        retention=_("the file until it is counted, the counts as long as the company keeps them"),
        export=False,
        erase="keep",
        of={},
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
    _weeks()
    _bridges()
    _after()


def _after() -> None:
    keep.called("beforeafter", BeforeAfter)
    keep.register(
        BeforeAfter,
        purpose=_("Show what a hire has changed for the shop"),
        retention=_("as long as the company keeps its answers"),
        export=True,
        erase="blank",
        of={"member": "person"},
        personal=["person"],
        hidden=["reference", "before"],
    )
    keep.register(
        HoursWeek,
        purpose=_("See how the hours of support move from one person to the other"),
        retention=_("as long as the company keeps its answers"),
        export=True,
        erase="keep",
        because=_("They are the shop's own hours; without the name they belong to nobody"),
        of={"member": "hire__person"},
        plain=["why"],
    )


def _bridges() -> None:
    for model, purpose, plain in (
        (BridgePlan, _("Remember how a shop gets by until it hires, and whether that helps"), []),
        (BridgeStep, _("Tick off what is to do for it"), ["text"]),
        (FaqEntry, _("Answer what customers ask again and again"), ["question", "answer"]),
    ):
        keep.register(
            model,
            purpose=purpose,
            retention=_("as long as the company keeps it"),
            export=False,
            erase="keep",
            of={},
            plain=plain,
        )


def _weeks() -> None:
    for model in (ImportedWeek, Counted):
        keep.register(
            model,
            purpose=_(
                "Weekly sums of imported files, from which results are computed; nobody is named in them"
            ),
            retention=_("as long as the import they were counted from"),
            export=False,
            erase="keep",
            of={},
        )
