"""What one person has read, filled in and handed over: for themselves on Me, and for whoever leads."""

from dataclasses import dataclass

from onboarding import words
from onboarding.kinds import Kind, Part, State
from onboarding.models import Acknowledgement, Onboarding, Step, Wording


@dataclass(frozen=True)
class Record:
    read: list[
        Acknowledgement
    ]  # the newest first, each with the words as they stood; `newer` is a later version
    unread: list[Step]
    forms: list[Step]
    papers: list[Step]

    @property
    def empty(self) -> bool:
        return not (self.read or self.unread or self.forms or self.papers)


def of(onboarding: Onboarding, steps: list[Step] | None = None) -> Record:
    """Three queries, two where the steps are given."""
    rows = list(onboarding.steps.in_order()) if steps is None else steps
    own = [step for step in rows if step.owner == Part.HIRE and step.state != State.LEFT_OUT]
    return Record(
        read=_read(onboarding),
        unread=[step for step in own if step.kind == Kind.ACK and step.undone and _asks_to_read(step)],
        forms=[step for step in own if step.kind == Kind.FORM and step.asks],
        papers=[step for step in own if step.kind == Kind.HANDOVER and step.key != "who_to_ask"],
    )


def _asks_to_read(step) -> bool:
    return step.key in words.OF_STEP


def _read(onboarding) -> list[Acknowledgement]:
    rows = list(onboarding.acknowledgements.order_by("-at", "-pk"))
    newest = _newest(onboarding)
    seen = {}
    for row in rows:
        row.newer = seen.setdefault(row.subject, row) is row and newest.get(row.subject, 0) > row.number
    return rows


def _newest(onboarding) -> dict[str, int]:
    """The number of the newest version of each text that concerns this person."""
    company = Wording.objects.filter(company_id=onboarding.company_id)
    rows = company.filter(onboarding=None) | company.filter(onboarding=onboarding)
    newest = {}
    for subject, number in rows.order_by("number").values_list("subject", "number"):
        newest[subject] = number
    return newest
