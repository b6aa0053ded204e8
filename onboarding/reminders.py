"""Late steps are said once: a row for each step and person, and one mail for all that is late at that hour."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from onboarding import mails
from onboarding.kinds import UNDONE, Part, State
from onboarding.models import Onboarding, Reminder, Step

BATCH = 200
FROM_HOUR, TO_HOUR = 9, 18


def send(*, batch=BATCH) -> int:
    """Reminds whoever's turn it is of what is late, between 9 and 18 o'clock where they are. How many mails.

    Three queries for a batch of plans and one INSERT for all its rows, whatever the number of steps; each mail costs
    what the outbox costs. Doubled runs remind once: the plans of a batch are locked, the rows are unique.
    """
    sent, last = 0, 0
    while True:
        with transaction.atomic():
            plans = _locked(last, batch)
            sent += _remind(plans)
        if len(plans) < batch:
            return sent
        last = plans[-1].pk


def _locked(after, batch) -> list[Onboarding]:
    """The next plans with something late that nobody was told of. A plan another run holds is that run's."""
    late = _late().filter(onboarding=OuterRef("pk"))
    open_ = Onboarding.objects.running().filter(company__closes_at=None)  # a shop that closes reminds nobody
    rows = open_.filter(Exists(late), pk__gt=after).with_people()
    lock = rows.select_for_update(no_key=True, of=("self",), skip_locked=True)
    return list(lock.order_by("pk")[:batch])


def _late():
    """Open and past its day somewhere on earth; the exact day is the hire's."""
    told = Reminder.objects.filter(step=OuterRef("pk"))
    tomorrow = timezone.now().date() + timedelta(days=1)
    unfinished = Q(state__in=[*UNDONE, State.SUBMITTED])
    return Step.objects.filter(
        unfinished, ~Exists(told), missed=False, waits=False, required=True, due_on__lt=tomorrow
    )


def _too_early(plan, step) -> bool:
    """Before the first day nothing is asked of the new colleague."""
    return step.waits_for == Part.HIRE and plan.today() < plan.start_date


def _remind(plans) -> int:
    by_pk = {plan.pk: plan for plan in plans if FROM_HOUR <= plan.local_now().hour < TO_HOUR}
    turns = defaultdict(list)
    for step in _late().filter(onboarding__in=by_pk).in_order():
        plan = by_pk[step.onboarding_id]
        if step.is_late(plan.today()) and not _too_early(plan, step):
            turns[plan.pk, plan.people(step.waits_for)].append(step)
    Reminder.objects.bulk_create(
        Reminder(company_id=step.company_id, step=step, recipient=person)
        for (_, person), steps in turns.items()
        for step in steps
    )
    told = [(by_pk[pk], person, steps) for (pk, person), steps in turns.items() if not person.removed_at]
    for plan, person, steps in told:
        mails.late(plan, person, steps, key=f"late:{plan.pk}:{person.pk}:{max(step.pk for step in steps)}")
    return len(told)
