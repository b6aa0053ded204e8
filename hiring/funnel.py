"""What the counts of a hiring say: shares with their interval, money for each hire. Plain numbers in and out.

Definitions. *Entered* a stage: moved into it, counted once however often; a stage that was jumped over was not entered.
*Passed*: moved on to a later one after entering. *Over*: hired, refused or withdrawn. The share that passed is of those
who are over, because of the others nobody knows yet; they are counted beside it.
"""

from dataclasses import dataclass
from decimal import Decimal

from readiness.trends import wilson

FEW = 5  # below that a share is told as a count alone


@dataclass(frozen=True)
class Share:
    """`good` of `n`, with the 95 % interval of Wilson; `value` None when there is nobody."""

    good: int
    n: int

    @property
    def value(self) -> float | None:
        return self.good / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.good, self.n)

    @property
    def is_few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True)
class Stage:
    """One stage: people who `entered`, of whom `over` are at an end, of whom `passed` had gone on first.

    `spells` stays in the stage have ended, by a move or an outcome; half of them within `median_days`.
    """

    code: str
    entered: int = 0
    over: int = 0
    passed: int = 0
    spells: int = 0
    median_days: float | None = None

    @property
    def share(self) -> Share:
        return Share(self.passed, self.over)

    @property
    def open(self) -> int:
        """Entered and not over: beside the share, not in it."""
        return self.entered - self.over


@dataclass(frozen=True)
class Source:
    """Where people came from: how many, how many got past the phone call of those who had one and are over, hires."""

    code: str
    people: int = 0
    called: int = 0
    past_call: int = 0
    hired: int = 0
    spent: Decimal | None = None
    currency: str = ""

    @property
    def share(self) -> Share:
        return Share(self.past_call, self.called)

    @property
    def each(self) -> Decimal | None:
        """Money for one application, to the cent; None where nothing was paid or nobody came."""
        return per(self.spent, self.people)


def per(amount: Decimal | None, n: int) -> Decimal | None:
    return (amount / n).quantize(Decimal("0.01")) if amount and n else None


@dataclass(frozen=True)
class Cost:
    """What hiring cost: adverts and tools in money, the founder's hours at a rate."""

    adverts: Decimal
    tools: Decimal
    hours: Decimal
    rate: Decimal
    hires: int

    @property
    def total(self) -> Decimal:
        return self.adverts + self.tools + self.hours * self.rate

    @property
    def each(self) -> Decimal | None:
        """For one hire; None while nobody is hired."""
        return per(self.total, self.hires)


def expected_loss(total: Decimal, chance: Decimal) -> Decimal:
    """A scenario and no forecast: what one failed hire costs in all, times how likely one takes it to be (0 to 1).

    ValueError for a chance that is none, or a loss below nothing.
    """
    if not 0 <= chance <= 1 or total < 0:
        raise ValueError("a loss is not negative, and a chance is between 0 and 1")
    return (total * chance).quantize(Decimal("0.01"))
