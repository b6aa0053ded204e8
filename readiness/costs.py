"""What help costs a month: a hire, part-time, tools, help from outside, or doing nothing; and from when each pays.

Standard library only. Money is a plain number of one currency; hours and messages are a week; every result is a month
unless it says otherwise. A month has 52/12 weeks. Where the field has one rule it is named; the shares of the first
months are a judgement of ours.

Every function takes what its dataclass has checked. A number that cannot be (below nothing, not finite, a chance
above 1) raises ValueError when the dataclass is made.
"""

import math
from dataclasses import dataclass

WEEKS = 52 / 12
# How much of a new person's hours is useful in the first months, and fully after them: a judgement of ours.
RAMP_UP = (0.50, 0.75)
# Weeks a year in which somebody works: 52 without holidays, public holidays and days of illness. A judgement of ours.
WORKING_WEEKS = 46
FULL_WEEK = 40


def _check(row, *, above_nothing=(), chances=()):
    """Raises ValueError for a field that is below nothing or not finite, 0 where it may not be, or no chance."""
    for name, value in vars(row).items():
        if not math.isfinite(value) or value < 0:
            raise ValueError(f"{name} is a number from 0 up")
        if name in above_nothing and value == 0:
            raise ValueError(f"{name} is above 0")
        if name in chances and value > 1:
            raise ValueError(f"{name} is a chance, from 0 to 1")


@dataclass(frozen=True)
class Hire:
    """`wage` an hour; `on_cost` the employer's share, .30 = 30 %; `seat` a month; `up_front` once, over `tenure`.

    `tenure`: months somebody stays, above 0. `risk`: chance of a wrong hire, 0 to 1; `loss`: what one costs.
    """

    wage: float
    hours: float
    on_cost: float = 0.30
    seat: float = 0
    up_front: float = 0
    tenure: float = 12
    risk: float = 0
    loss: float = 0

    def __post_init__(self):
        _check(self, above_nothing=("tenure",), chances=("risk",))


@dataclass(frozen=True)
class Tools:
    """`seats`: what the tool asks a month for everybody; `set_up`: hours of the founder, once, over `tenure` months.

    `deflected`: hours of answering a week that nobody has to do any more.
    """

    seats: float
    set_up: float = 0
    deflected: float = 0
    tenure: float = 12

    def __post_init__(self):
        _check(self, above_nothing=("tenure",))


@dataclass(frozen=True)
class Outsourcing:
    """`price` a message with `messages` a week, or `rate` an hour with `hours` a week; at least `minimum` a month."""

    messages: float = 0
    price: float = 0
    minimum: float = 0
    rate: float = 0
    hours: float = 0

    def __post_init__(self):
        _check(self)


def month_hours(hours):
    """Hours (or messages) a week -> a month. 12 months are 52 weeks."""
    return hours * WEEKS


def year_hours(hours, weeks=WORKING_WEEKS):
    """Hours a week -> hours a year of `weeks` working weeks. ValueError unless 0 <= weeks <= 52."""
    if not 0 <= weeks <= 52:
        raise ValueError("a year has 0 to 52 working weeks")
    return hours * weeks


# -- a hire


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


def default_loss(hire, share=0.30):
    """What a wrong hire costs when nobody knows better: a share of the first year's pay."""
    return share * 12 * pay(hire)


def useful(month):
    """Share of the hours that help in this month, counted from 1: 50 %, 75 %, then all. ValueError below 1."""
    if month < 1:
        raise ValueError("months are counted from 1")
    return RAMP_UP[month - 1] if month <= len(RAMP_UP) else 1.0


def payback(hire, value):
    """The first month at whose end the hours given back are worth all that was spent; inf when never.

    `value` of a founder's hour. What is paid once is paid before the first month. From the month on in which
    everything is learned each month brings the same, so the rest is a division.
    """
    running = pay(hire) + hire.seat + hire.risk * hire.loss / hire.tenure
    worth = doing_nothing(hire.hours, value)
    back = -hire.up_front
    for month in range(1, len(RAMP_UP) + 1):
        back += worth * useful(month) - running
        if back >= 0:
            return month
    gain = worth - running
    return len(RAMP_UP) + math.ceil(-back / gain) if gain > 0 else math.inf


# -- without a hire


def doing_nothing(hours, value):
    """What a month of the founder's own hours on customers is worth."""
    return month_hours(hours) * value


def tools(tool, value):
    """{seats, set_up, saved, total}: `total` = seats + set-up hours x value - deflected hours x value.

    `value` of a founder's hour. Below nothing when the tool saves more than it costs.
    """
    parts = {
        "seats": tool.seats,
        "set_up": tool.set_up * value / tool.tenure,
        "saved": -doing_nothing(tool.deflected, value),
    }
    return parts | {"total": sum(parts.values())}


def tools_break_even(tool):
    """From which value of a founder's hour on the tool saves more than it costs; inf when it never does."""
    net = month_hours(tool.deflected) - tool.set_up / tool.tenure
    if net <= 0:
        return 0.0 if net == 0 and tool.seats == 0 else math.inf
    return tool.seats / net


def outsourcing(outside):
    """max(minimum fee, price x messages + rate x hours): agencies ask by the message, freelancers by the hour."""
    asked = outside.price * month_hours(outside.messages) + outside.rate * month_hours(outside.hours)
    return max(outside.minimum, asked)


def break_even_messages(hire, price):
    """Messages a week above which the hire is cheaper than `price` a message; inf when the price is nothing."""
    return monthly(hire)["total"] / price / WEEKS if price > 0 else math.inf


# -- beside each other


@dataclass(frozen=True)
class Way:
    """`paid`: leaves the account; `own`: the founder's hours that stay, at their value. Both a month."""

    code: str
    paid: float
    own: float

    @property
    def total(self):
        return self.paid + self.own


def beside_each_other(*, hours, value, hire=None, part_time=None, tool=None, outside=None, taken=None):
    """The ways to get `hours` of answering a week done, as [Way], doing nothing first; those not given are left out.

    Whoever takes fewer hours than there are leaves the rest to the founder: `hire` and `part_time` by their own
    hours, `tool` by what it deflects (its set-up is own time, too), `outside` by `taken` hours, all when None.
    """
    ways = [Way("nothing", 0.0, doing_nothing(hours, value))]
    if tool is not None:
        parts = tools(tool, value)
        kept = doing_nothing(max(0.0, hours - tool.deflected), value)
        ways.append(Way("tools", parts["seats"], kept + parts["set_up"]))
    if outside is not None:
        ways.append(
            Way("outside", outsourcing(outside), _left(hours, hours if taken is None else taken, value))
        )
    for code, person in (("part_time", part_time), ("hire", hire)):
        if person is not None:
            ways.append(Way(code, monthly(person)["total"], _left(hours, person.hours, value)))
    return ways


def _left(hours, taken, value):
    return doing_nothing(max(0.0, hours - taken), value)
