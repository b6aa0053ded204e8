"""A question that waits: the manager hears of it once more after an hour of their own hours, then who steps in."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from onboarding import answering, mails
from onboarding.models import Question

BATCH = 200
AFTER = timedelta(hours=1)
NEXT = timedelta(hours=2)
WITH_PEOPLE = (
    "onboarding__company",
    "onboarding__hire__user",
    "onboarding__manager__user",
    "onboarding__manager__answer_hours__stand_in__user",
    "onboarding__manager__answer_hours__stand_in__company",
)


def send(*, batch=BATCH) -> int:
    """How many were told. Three queries for a batch of questions; each mail costs what the outbox costs.

    Doubled runs tell once: the questions of a batch are locked, and another run leaves them alone.
    """
    told, last = 0, 0
    while True:
        with transaction.atomic():
            rows = _locked(last, batch)
            told += _tell(rows, timezone.now())
        if len(rows) < batch:
            return told
        last = rows[-1].pk


def _locked(after, batch) -> list[Question]:
    somebody = Q(onboarding__manager__answer_hours__stand_in__removed_at=None)
    somebody &= ~Q(onboarding__manager__answer_hours__stand_in=None)
    untold = Q(reminded_at=None) | (Q(passed_on_at=None) & somebody)
    rows = Question.objects.open().filter(untold, onboarding__company__closes_at=None, pk__gt=after)
    lock = rows.select_related(*WITH_PEOPLE).select_for_update(no_key=True, of=("self",), skip_locked=True)
    return list(lock.order_by("pk")[:batch])


def _tell(rows, now) -> int:
    """Whoever is away is not reminded: the other one is told at once."""
    waited = {row.pk: answering.waits(row, now) for row in rows}
    away = {row.pk for row in rows if _is_away(row, now)}
    remind = [row for row in rows if not row.reminded_at and row.pk not in away and waited[row.pk] >= AFTER]
    next_ = [row for row in rows if not row.passed_on_at and answering.stand_in(row.onboarding)]
    pass_on = [row for row in next_ if row.pk in away or waited[row.pk] >= NEXT]
    Question.objects.filter(pk__in=[row.pk for row in remind]).update(reminded_at=now)
    Question.objects.filter(pk__in=[row.pk for row in pass_on]).update(passed_on_at=now)
    for row in remind:
        mails.question_waits(row)
    for row in pass_on:
        mails.step_in(row, answering.stand_in(row.onboarding))
    return len(remind) + len(pass_on)


def _is_away(question, now) -> bool:
    hours = answering.hours_of(question.onboarding)
    return hours.is_away(hours.day(now))
