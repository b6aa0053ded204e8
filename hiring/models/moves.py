"""Which stage follows which: the one table of moves. `hiring.pipeline` reads it and is the only one to act on it."""

from enum import Enum

from hiring.models.applications import Outcome, Stage

ORDER = (Stage.CV, Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER, Stage.HIRED)


class Step(Enum):
    NEXT = "next"  # one stage forward
    SKIP = "skip"  # further: what lies between is recorded as skipped, and a reason is asked
    BACK = "back"  # a reason is asked
    HIRE = "hire"  # needs the recorded signature
    UNHIRE = "unhire"  # somebody who never starts


MOVES = {
    Stage.CV: {
        Stage.PHONE: Step.NEXT,
        Stage.INTERVIEW: Step.SKIP,
        Stage.REFERENCES: Step.SKIP,
        Stage.OFFER: Step.SKIP,
    },
    Stage.PHONE: {
        Stage.CV: Step.BACK,
        Stage.INTERVIEW: Step.NEXT,
        Stage.REFERENCES: Step.SKIP,
        Stage.OFFER: Step.SKIP,
    },
    Stage.INTERVIEW: {
        Stage.CV: Step.BACK,
        Stage.PHONE: Step.BACK,
        Stage.REFERENCES: Step.NEXT,
        Stage.OFFER: Step.SKIP,
    },
    Stage.REFERENCES: {
        Stage.CV: Step.BACK,
        Stage.PHONE: Step.BACK,
        Stage.INTERVIEW: Step.BACK,
        Stage.OFFER: Step.NEXT,
    },
    Stage.OFFER: {
        Stage.CV: Step.BACK,
        Stage.PHONE: Step.BACK,
        Stage.INTERVIEW: Step.BACK,
        Stage.REFERENCES: Step.BACK,
        Stage.HIRED: Step.HIRE,
    },
    Stage.HIRED: {Stage.OFFER: Step.UNHIRE},
}

# Which outcome may follow which; a person may be taken up again, at the stage where it ended. Whoever has not heard yet
# that they were refused may still withdraw, by their own link.
OUTCOMES = {
    Outcome.ACTIVE: (Outcome.NOT_SELECTED, Outcome.WITHDRAWN),
    Outcome.NOT_SELECTED: (Outcome.ACTIVE, Outcome.WITHDRAWN),
    Outcome.WITHDRAWN: (Outcome.ACTIVE,),
}


def step(start: str, to: str) -> Step | None:
    """The kind of move from one stage to another; None when the table has none."""
    return MOVES.get(start, {}).get(to)


def between(start: str, to: str) -> list[str]:
    """The stages jumped over on the way forward."""
    low, high = ORDER.index(start), ORDER.index(to)
    return [str(stage) for stage in ORDER[low + 1 : high]]


def following(start: str) -> Stage | None:
    """The stage a forward button leads to; None after the last."""
    place = ORDER.index(start) + 1
    return ORDER[place] if place < len(ORDER) else None
