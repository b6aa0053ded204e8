"""What a week of mail asks of the people who answer it.

Standard library only; the mathematics is that of readiness.staffing. Messages and hours are a week.
"""

import math
from dataclasses import dataclass

from readiness import staffing

KEPT = 0.95  # a promise holds when at least this share is answered in time: a judgement of ours


@dataclass(frozen=True)
class Mail:
    """`minutes` a message, above 0; `hours` one person has for it, above 0; `people` who answer, at least 1.

    `promised`: working days until an answer is begun, above 0. `backlog`: messages that wait today. `days`: of a
    working week. Raises ValueError for a number that cannot be.
    """

    messages: float
    minutes: float
    hours: float
    people: int = 1
    promised: float = 1.0
    backlog: float = 0
    days: float = 5

    def __post_init__(self):
        numbers = vars(self).items()
        if any(not math.isfinite(value) or value < 0 for _, value in numbers):
            raise ValueError("every number is finite and from 0 up")
        if any(value == 0 for name, value in numbers if name not in {"messages", "backlog"}):
            raise ValueError("only messages and backlog may be 0")

    @property
    def each(self):
        """Messages a week that one person can answer."""
        return self.hours * 60 / self.minutes

    @property
    def capacity(self):
        """Messages a week that all of them can answer."""
        return self.people * self.each


@dataclass(frozen=True)
class Week:
    """`work` and `paid` in hours a week; `load` 1 = full; `people` to employ; `grows` messages a week.

    `kept`: share answered in time once nothing old waits. `hours_to_keep`: hours a week for each of them so that 95 of
    100 are. `clear`: weeks until nothing waits (infinite when never); `oldest`: working days until today's last
    message is answered.
    """

    work: float
    paid: float
    load: float
    people: int
    grows: float
    kept: float
    hours_to_keep: float
    clear: float
    oldest: float

    @property
    def holds(self):
        return self.kept >= KEPT


def week_of(mail) -> Week:
    work = staffing.workload_hours([(mail.messages, mail.minutes)])
    paid = staffing.paid_hours(work)
    a_day = {"arrivals": mail.messages / mail.days, "deadline": mail.promised, "responders": mail.people}
    needed = staffing.capacity_for_deadline(share=KEPT, **a_day)
    oldest = staffing.oldest_age(mail.backlog, capacity=mail.capacity)
    return Week(
        work=work,
        paid=paid,
        load=staffing.load(work, mail.hours * mail.people),
        people=people(paid, mail.hours),
        grows=max(0.0, mail.messages - mail.capacity),
        kept=1 - staffing.late_probability(capacity=mail.each / mail.days, **a_day),
        hours_to_keep=needed * mail.minutes / 60 * mail.days,
        clear=staffing.time_to_clear(mail.backlog, arrivals=mail.messages, capacity=mail.capacity),
        oldest=oldest * mail.days,
    )


def people(paid, hours):
    """People with `hours` a week each for `paid` hours, at least one; 80 / 40 is 2 whatever the last bit says."""
    return max(1, math.ceil(round(paid / hours, 9)))
