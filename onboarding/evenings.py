"""How the first day went, to the manager only, in the evening of it, once."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from onboarding import mails, steps, today
from onboarding.models import Onboarding, Question, Step, StepAnswer

BATCH = 200
EVENING = time(18, 0)  # where the new hire is
LATEST = timedelta(hours=16)  # a machine that slept tells the next morning, and nothing after that


def send(*, batch=BATCH) -> int:
    """How many managers were told. Five queries for a batch of plans; each mail costs what the outbox costs."""
    told, last = 0, 0
    while True:
        with transaction.atomic():
            plans = _locked(last, batch)
            told += _tell([plan for plan in plans if _is_over(plan)])
        if len(plans) < batch:
            return told
        last = plans[-1].pk


def _locked(after, batch) -> list[Onboarding]:
    """Begun today, somewhere on earth; the exact hour is the hire's. A plan another run holds is that run's."""
    day, two = timezone.now().date(), timedelta(days=2)
    rows = Onboarding.objects.running().filter(company__closes_at=None, evening_told_at=None, pk__gt=after)
    begun = rows.filter(start_date__range=(day - two, day + two)).with_people()
    return list(begun.select_for_update(no_key=True, of=("self",), skip_locked=True).order_by("pk")[:batch])


def _is_over(plan) -> bool:
    evening = datetime.combine(plan.start_date, EVENING, tzinfo=plan.zone)
    return evening <= timezone.now() < evening + LATEST


def _tell(plans) -> int:
    by_pk = {plan.pk: [] for plan in plans}
    for step in Step.objects.filter(onboarding__in=by_pk).in_order():
        by_pk[step.onboarding_id].append(step)
    questions = Counter(
        Question.objects.filter(onboarding__in=by_pk).open().values_list("onboarding", flat=True)
    )
    answers = _answers(by_pk)
    Onboarding.objects.filter(pk__in=by_pk).update(evening_told_at=timezone.now())
    for plan in plans:
        built = today.build(by_pk[plan.pk], plan.local_now())
        answer = answers.get(plan.pk)
        mails.evening(plan, built, questions[plan.pk], answer, steps.MOODS.get(answer.mood) if answer else "")
    return len(plans)


def _answers(pks) -> dict[int, StepAnswer]:
    """The newest answer to "How was day one?" of each plan."""
    rows = StepAnswer.objects.filter(step__onboarding__in=pks, step__key="day_one").select_related("step")
    return {row.step.onboarding_id: row for row in rows.order_by("number")}
