"""Steps whose day had passed when they came into a plan: nobody is reminded, a manager says what becomes of them.

For somebody who has been here for weeks most of them were done long ago, so that many are settled at once.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding import changing, plans, steps
from onboarding.kinds import UNDONE, State
from onboarding.models import Step

DONE, NOT_NEEDED = "done", "not_needed"


def listed(onboarding) -> list[Step]:
    return list(onboarding.steps.filter(missed=True, state__in=UNDONE).in_order())


def settle(onboarding, pks, *, by, done: bool) -> int:
    """Done before, or not needed; how many there were. Taken back in one piece."""
    after, note = (State.DONE, "") if done else (State.SKIPPED, _("Not needed"))
    with transaction.atomic():
        row = plans.locked(onboarding)
        before = steps.settle_missed(row, pks, by=by, after=after, note=note)
        if before:
            plans.remember_missed(row, {"states": {str(step.pk): step.state for step in before}}, by=by)
    return len(before)


def do_now(step, *, by) -> bool:
    """On today's list of whoever does it. False when it is not missed any more."""
    if not step.missed or not step.undone:
        return False
    today = step.onboarding.today()
    words = {"title": step.label, "body": step.text, "minutes": step.minutes}
    return changing.change(step, by=by, seen=None, due_on=today, **words)
