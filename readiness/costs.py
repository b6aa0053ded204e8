"""What help costs a month, what doing nothing costs, and from which value of an hour on a hire pays.

Standard library only. Money is a plain number of one currency; hours are a week; a month has 52/12 weeks.
"""

import math
from dataclasses import dataclass

WEEKS = 52 / 12
# How much of a new person's hours is useful in the first months, and fully after them: a judgement of ours.
RAMP_UP = (0.50, 0.75)
LONGEST = 120  # months looked ahead for the day a hire has paid


@dataclass(frozen=True)
class Hire:
    """`wage` an hour; `on_cost` the employer's share, .30 = 30 %; `seat` a month; `up_front` once, over `tenure`.

    `tenure`: months somebody stays, at least 1. `risk`: chance of a wrong hire, 0 to 1; `loss`: what one costs.
    """

    wage: float
    hours: float
    on_cost: float = 0.30
    seat: float = 0
    up_front: float = 0
    tenure: float = 12
    risk: float = 0
    loss: float = 0


def month_hours(hours):
    """Hours a week -> hours a month."""
    return hours * WEEKS


def pay(hire):
    """Wage with the employer's share, a month."""
    return hire.wage * month_hours(hire.hours) * (1 + hire.on_cost)


def monthly(hire):
    """{pay, seat, up_front, risk, total}: what a month costs, and of what it is made."""
    parts = {
        "pay": pay(hire),
        "seat": hire.seat,
        "up_front": hire.up_front / hire.tenure,
        "risk": hire.risk * hire.loss / hire.tenure,
    }
    return parts | {"total": sum(parts.values())}


def break_even(hire):
    """From which value of a founder's hour on the hire costs no more than it gives back; inf without hours."""
    hours = month_hours(hire.hours)
    return monthly(hire)["total"] / hours if hours else math.inf


def doing_nothing(hours, value):
    """What a month of the founder's own hours on customers is worth."""
    return month_hours(hours) * value


def useful(month):
    """Share of the hours that help in this month, counted from 1."""
    return RAMP_UP[month - 1] if month <= len(RAMP_UP) else 1.0


def payback(hire, value):
    """The first month at whose end the hours given back are worth all that was spent; inf when never.

    `value` of a founder's hour. What is paid once is paid before the first month.
    """
    running = pay(hire) + hire.seat + hire.risk * hire.loss / hire.tenure
    back = -hire.up_front
    for month in range(1, LONGEST + 1):
        back += doing_nothing(hire.hours, value) * useful(month) - running
        if back >= 0:
            return month
    return math.inf


def default_loss(hire, share=0.30):
    """What a wrong hire costs when nobody knows better: a share of the first year's pay."""
    return share * 12 * pay(hire)
