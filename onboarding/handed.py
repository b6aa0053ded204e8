"""What other apps know and pages here show: config hands the functions in at the start. Plain values only.

Onboarding knows nothing of where they come from, and does without them.
"""

from collections.abc import Callable
from datetime import date

# A membership -> one sentence on the hours a hire has given back, in the reader's language; empty when not known.
relief: list[Callable] = []
# A company -> (day, hours until the first reply) of the newest mail that was counted, or None.
first_reply: list[Callable] = []


def relief_of(person) -> str:
    return next(filter(None, (tell(person) for tell in relief)), "")


def first_reply_of(company) -> tuple[date, float] | None:
    return next(filter(None, (tell(company) for tell in first_reply)), None)
