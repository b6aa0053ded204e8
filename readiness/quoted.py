"""Numbers that others quoted or that we took for granted: dated, each in the money it was quoted in, all to be changed.

Nothing here is converted: where no figure exists in somebody's money, the one in US dollars is shown beside an
empty field.
"""

from dataclasses import dataclass

AS_OF = "2026-01"


@dataclass(frozen=True)
class Quoted:
    """`up_front`: hiring and onboarding one person, at most; `seat`: a help desk for one person and month."""

    up_front: int
    seat: int


IN_MONEY = {"USD": Quoted(4000, 49), "EUR": Quoted(3400, 42), "SEK": Quoted(36_000, 440)}
ELSEWHERE = IN_MONEY["USD"]
WRONG_HIRE = 240_000  # US dollars: quoted everywhere, and nobody names the study

# What an employer pays on top of the wage, in %, roughly; an accountant knows better.
ON_COST = {"FI": 20, "SE": 31.42, "PL": 20.5, "EE": 33.8, "NO": 14.1, "DE": 21, "GB": 15, "US": 10}
ON_COST_ELSEWHERE = 30
TENURE = 12
HOURS = 20
LOSS_SHARE = 0.30
# Judgements of ours, shown as such: what a help desk takes off a week of answering, and the hours to set it up.
DEFLECTED_SHARE = 0.20
SET_UP_HOURS = 10


def in_money(currency) -> Quoted | None:
    return IN_MONEY.get(currency)


def on_cost(country) -> float:
    """Percent on top of the wage."""
    return ON_COST.get(country, ON_COST_ELSEWHERE)
