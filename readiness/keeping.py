"""What readiness keeps of people (vault.keep)."""

from readiness.models import Assessment, TicketImport
from vault import keep


def register() -> None:
    keep.register(
        Assessment,
        purpose="Answer whether it is time to hire, and show how the answer came about",
        retention="as long as the company keeps it",
        export=False,
        erase="keep",
    )
    keep.register(
        TicketImport,
        purpose="Count requests a week from a ticket log; names of customers are never read",
        retention="the file until it is counted, the counts as long as the company keeps them",
        export=False,
        erase="keep",
        plain=["name"],
    )
