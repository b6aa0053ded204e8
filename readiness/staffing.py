"""How much work there is, and how many people it takes.

Standard library only. Units are said in each docstring; a rate and a time in one call share one unit. What cannot
be (negative, not a number, more people than `LARGEST`) raises ValueError with the name of what was wrong.
E-mail is the ordinary case of a small shop (load, backlog, deadlines); Erlang C and A are for live chat and
telephone. Sources: Erlang 1917 (B, C); Palm 1957, Garnett, Mandelbaum and Reiman 2002 (A); Little 1961 (age).
"""

import math
from dataclasses import dataclass
from fractions import Fraction

SHRINKAGE = 0.30
OCCUPANCY = 0.85
FULL_TIME = 40
LARGEST = 1_000_000  # people; beyond that a number is a slip of the finger


def _not_negative(**given):
    for name, value in given.items():
        if not value >= 0:
            raise ValueError(f"{name} is 0 or more")


def _positive(**given):
    for name, value in given.items():
        if not (value > 0 and math.isfinite(value)):
            raise ValueError(f"{name} is above 0")


def _below_one(**given):
    for name, value in given.items():
        if not 0 <= value < 1:
            raise ValueError(f"{name} is a share, from 0 to below 1")


def _queue(servers, traffic):
    if not 0 <= servers <= LARGEST:
        raise ValueError(f"servers are 0 to {LARGEST}")
    if not 0 <= traffic < math.inf:
        raise ValueError("traffic is 0 or more, in erlang")


def workload_hours(channels):
    """Hours of answering a week, from pairs of (tickets a week, minutes a ticket with all its touches).

    ValueError for anything below 0.
    """
    channels = list(channels)
    for tickets, minutes in channels:
        _not_negative(tickets=tickets, minutes=minutes)
    return sum(tickets * minutes / 60 for tickets, minutes in channels)


def paid_hours(workload, *, shrinkage=SHRINKAGE, occupancy=OCCUPANCY):
    """Hours a week to pay for `workload` hours: breaks, holidays (shrinkage) and quiet spells come on top.

    Shares of one: `shrinkage` of the paid time is absent, `occupancy` of the time present is filled (above 0, at
    most 1). ValueError outside of that.
    """
    _not_negative(workload=workload)
    _below_one(shrinkage=shrinkage)
    if not 0 < occupancy <= 1:
        raise ValueError("occupancy is a share above 0")
    return workload / ((1 - shrinkage) * occupancy)


def full_time(hours, *, week=FULL_TIME):
    """Paid hours a week as people of a full week each (full-time equivalents)."""
    _not_negative(hours=hours)
    _positive(week=week)
    return hours / week


def load(workload, hours, *, shrinkage=0.0):
    """Work over capacity, both in hours a week: 1 = full, infinite without any capacity.

    A founder's own hours are net already, hence no shrinkage by default. ValueError below 0.
    """
    _not_negative(workload=workload, hours=hours)
    _below_one(shrinkage=shrinkage)
    capacity = hours * (1 - shrinkage)
    if capacity <= 0:
        return math.inf if workload > 0 else 0.0
    return workload / capacity


def piles_up(workload, hours, *, shrinkage=0.0):
    """Hours of work by which the backlog grows each week: (load - 1) x capacity, none while the week is not full."""
    _not_negative(workload=workload, hours=hours)
    _below_one(shrinkage=shrinkage)
    return max(0.0, workload - hours * (1 - shrinkage))


def backlog_after(backlog, *, arrivals, capacity):
    """Unanswered tickets one period later; never below none. ValueError below 0."""
    _not_negative(backlog=backlog, arrivals=arrivals, capacity=capacity)
    return max(0.0, backlog + arrivals - capacity)


def time_to_clear(backlog, *, arrivals, capacity):
    """Periods until nothing waits; infinite when no more is answered than arrives. ValueError below 0."""
    _not_negative(backlog=backlog, arrivals=arrivals, capacity=capacity)
    if backlog <= 0:
        return 0.0
    return math.inf if capacity <= arrivals else backlog / (capacity - arrivals)


def oldest_age(backlog, *, capacity):
    """Age in periods of the oldest ticket when the first in is the first out. ValueError below 0."""
    _not_negative(backlog=backlog, capacity=capacity)
    if backlog <= 0:
        return 0.0
    return math.inf if capacity <= 0 else backlog / capacity


def late_probability(*, arrivals, capacity, deadline, responders=1):
    """P(an answer is begun later than `deadline`): Poisson arrivals, each responder answers `capacity`.

    Arrivals and capacity per period, the deadline in periods. C(c, a) exp(-(c capacity - arrivals) deadline);
    1 when no more is answered than arrives. ValueError below 0 and for less than one responder.
    """
    _not_negative(arrivals=arrivals, capacity=capacity, deadline=deadline)
    _positive(responders=responders)
    if capacity <= 0 or arrivals >= responders * capacity:
        return 1.0
    waits = erlang_c(responders, arrivals / capacity)
    return waits * math.exp(-(responders * capacity - arrivals) * deadline)


def capacity_for_deadline(*, arrivals, deadline, share, responders=1):
    """Capacity of one responder that begins `share` (below 1) of the answers within `deadline`, found by bisection.

    Units as in `late_probability`; ValueError as there, and for a share of everybody: that takes no end of people.
    """
    _below_one(share=share)
    _not_negative(arrivals=arrivals, deadline=deadline)
    _positive(responders=responders)
    low = high = max(arrivals / responders, 1e-12)

    def late(capacity):
        return late_probability(
            arrivals=arrivals, capacity=capacity, deadline=deadline, responders=responders
        )

    while late(high) > 1 - share:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if late(middle) > 1 - share else (low, middle)
    return high


def erlang_b(servers, traffic):
    """Share of calls refused by `servers` lines offered `traffic` erlang; the recurrence cannot overflow.

    ValueError for traffic below 0 or without end, and for more people than LARGEST.
    """
    _queue(servers, traffic)
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = traffic * blocked / (n + traffic * blocked)
    return blocked


def erlang_c(servers, traffic):
    """Probability that somebody has to wait. 1 when the traffic is as much as the people, or more.

    Errors as Erlang B.
    """
    _queue(servers, traffic)
    return 1.0 if traffic >= servers else _waits(servers, traffic, erlang_b(servers, traffic))


def _waits(servers, traffic, blocked):
    return servers * blocked / (servers - traffic * (1 - blocked))


def service_level(servers, traffic, *, handle_time, within):
    """Share answered within `within`, in the unit of `handle_time` (above 0); 0 when the queue never ends.

    Errors as Erlang B, and ValueError for times that cannot be.
    """
    _queue(servers, traffic)
    _positive(handle_time=handle_time)
    _not_negative(within=within)
    if traffic >= servers:
        return 0.0
    return _in_time(servers, traffic, erlang_b(servers, traffic), within / handle_time)


def _in_time(servers, traffic, blocked, within):
    return 1 - _waits(servers, traffic, blocked) * math.exp(-(servers - traffic) * within)


def mean_wait(servers, traffic, *, handle_time):
    """Average time to an answer (ASA) in the unit of `handle_time`, those who do not wait included.

    Infinite when the queue never ends. Errors as `service_level`.
    """
    _queue(servers, traffic)
    _positive(handle_time=handle_time)
    if traffic >= servers:
        return math.inf
    return erlang_c(servers, traffic) * handle_time / (servers - traffic)


def mean_in_system(servers, traffic):
    """Customers waiting or being served on average; infinite when the queue never ends. Errors as Erlang B."""
    _queue(servers, traffic)
    if traffic >= servers:
        return math.inf
    return erlang_c(servers, traffic) * traffic / (servers - traffic) + traffic


def occupancy(servers, traffic):
    """Share of their time the people are busy; never more than all of it. ValueError without anybody."""
    _queue(servers, traffic)
    _positive(servers=servers)
    return min(1.0, traffic / servers)


def roster(servers, *, shrinkage=SHRINKAGE):
    """People to employ so that `servers` are at work. Exact: 21 at .7 is 30, where floating point says 31.

    ValueError for a shrinkage of everybody or below 0.
    """
    _not_negative(servers=servers)
    _below_one(shrinkage=shrinkage)
    return math.ceil(Fraction(str(servers)) / (1 - Fraction(str(shrinkage))))


def people_needed(traffic, *, handle_time, within, share):
    """Fewest people at work who answer `share` (below 1) within `within`, in the unit of `handle_time`.

    The recurrence of Erlang B goes on from one number of people to the next. Errors as `service_level`; ValueError
    for a share of everybody, and where more than LARGEST would be needed.
    """
    _below_one(share=share)
    _positive(handle_time=handle_time)
    _not_negative(within=within)
    _queue(math.floor(traffic) + 1 if math.isfinite(traffic) else 0, traffic)
    servers = math.floor(traffic) + 1
    blocked = erlang_b(servers, traffic)
    while _in_time(servers, traffic, blocked, within / handle_time) < share:
        servers += 1
        blocked = traffic * blocked / (servers + traffic * blocked)
    return servers


def beside_each_other(servers, traffic, *, handle_time, within):
    """One fewer, as asked, one more: with one or two people it is the whole step that decides.

    Rows of `people`, `waits` (share), `service_level` (share), `mean_wait` (unit of `handle_time`), `occupancy`.
    """
    return [
        {
            "people": n,
            "waits": erlang_c(n, traffic),
            "service_level": service_level(n, traffic, handle_time=handle_time, within=within),
            "mean_wait": mean_wait(n, traffic, handle_time=handle_time),
            "occupancy": occupancy(n, traffic),
        }
        for n in (servers - 1, servers, servers + 1)
        if n > 0
    ]


@dataclass(frozen=True)
class Impatient:
    """A queue that people leave. Times are in the unit of the handle time.

    `waits`: share that does not get through at once. `abandons`: share that hangs up. `mean_wait`: of everybody
    until they are answered or hang up. `served_within`: share of *all* who are answered in time.
    """

    waits: float
    abandons: float
    mean_wait: float
    occupancy: float
    served_within: float


def erlang_a(servers, traffic, *, handle_time, patience, within=0.0):
    """`traffic` erlang offered to `servers` people (at least 1), callers hang up after `patience` on average.

    A birth and death chain: with j waiting, one leaves the queue at the rate servers/handle_time + j/patience.
    Everything below the full house weighs 1 / B beside the full house itself, so nothing overflows.
    Raises ValueError for patience or handle_time that is not above 0, or fewer than one person.
    """
    if servers < 1 or not (handle_time > 0 and patience > 0 and math.isfinite(handle_time / patience)):
        raise ValueError("people, handle time and patience are above nothing")
    _queue(servers, traffic)
    _not_negative(within=within)
    if traffic <= 0:
        return Impatient(0.0, 0.0, 0.0, 0.0, 1.0)
    impatience = handle_time / patience  # people who hang up while one is served
    sums = _full_house(servers, traffic, impatience, math.exp(-within / patience))
    blocked = erlang_b(servers, traffic)
    everybody = (1 / blocked - 1 if blocked else math.inf) * sums.scale + sums.full
    abandons = impatience * sums.queue / everybody / traffic
    waits = sums.full / everybody
    return Impatient(
        waits=waits,
        abandons=abandons,
        mean_wait=abandons * patience,
        occupancy=min(1.0, traffic * (1 - abandons) / servers),
        served_within=max(0.0, 1 - waits) + sums.in_time / everybody,
    )


@dataclass
class _Sums:
    """Over the states with everybody busy: their weight, the people waiting, and the weight served in time."""

    full: float = 0.0
    queue: float = 0.0
    in_time: float = 0.0
    scale: float = 1.0  # the weight of the full house with nobody waiting; it shrinks when the others grow

    def add(self, weight, waiting, share_in_time):
        self.full += weight
        self.queue += weight * waiting
        self.in_time += weight * share_in_time

    def shrink(self, by):
        self.full, self.queue, self.in_time = self.full * by, self.queue * by, self.in_time * by
        self.scale *= by


def _full_house(servers, traffic, impatience, cut) -> _Sums:
    """States from the full house up, until a term is below 1e-15 of the sum.

    Somebody who finds `waiting` in front is answered after a sum of exponentials whose rates grow by one
    step of impatience each: minus the logarithm of a Beta(servers / impatience, waiting + 1) variable. The
    chance to be answered before hanging up *and* in time follows from its distribution (`_Beta`).
    """
    sums, weight, waiting, beta = _Sums(), 1.0, 0, _Beta(servers / impatience + 1, cut)
    while weight > 1e-15 * sums.full or servers + waiting * impatience < traffic:
        stays = (servers / impatience) / (servers / impatience + waiting + 1)
        sums.add(weight, waiting, stays * (1 - beta.below))
        waiting += 1
        weight *= traffic / (servers + waiting * impatience)
        beta.step()
        if weight > 1e200:
            sums.shrink(1e-200)
            weight *= 1e-200
    return sums


class _Beta:
    """P(Beta(a, b) <= x) for b = 1, 2, 3..: each step adds a positive term, so it stays exact."""

    def __init__(self, a, x):
        self.a, self.x, self.b = a, x, 1
        self.below = self._term = math.exp(a * math.log(x)) if x > 0 else 0.0

    def step(self):
        self._term *= (1 - self.x) * (self.a + self.b - 1) / self.b
        self.b += 1
        self.below = min(1.0, self.below + self._term)
