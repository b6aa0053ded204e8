"""Writing down how long a CV was read, and what its reader is told of it: nobody else is."""

from django.utils import timezone

from hiring import reading_times
from hiring.models import ReadingHabit, ReadingTime
from hiring.reading_times import Reading

MOST = 500  # readings looked at
LOOK_BACK = reading_times.PILE * 4


def mine(job, by) -> list[Reading]:
    """What `by` has read of this job lately, oldest first. One query."""
    rows = ReadingTime.objects.filter(by=by, job=job, at__gt=timezone.now() - LOOK_BACK).order_by(
        "-at", "-pk"
    )
    found = rows.values_list("application", "seconds", "at")[:MOST]
    return [Reading(*row) for row in reversed(found)]


def sitting(rows) -> list[Reading]:
    return reading_times.since_break(rows, reading_times.BREAK, timezone.now())


def pile(rows) -> list[Reading]:
    return reading_times.since_break(rows, reading_times.PILE, timezone.now())


def keep(application, *, by, seconds: int | None) -> None:
    """One decision, in its transaction. The reader's own pace follows."""
    rows = mine(application.job, by)
    at = timezone.now()
    ReadingTime.objects.create(
        company_id=application.company_id,
        application=application,
        job_id=application.job_id,
        by=by,
        seconds=seconds,
        position=len(reading_times.people(sitting(rows))) + 1,
        at=at,
    )
    if pace := reading_times.pace([*rows, Reading(application.pk, seconds, at)]):
        _habit(by, pace=pace)


def know_keys(by) -> None:
    _habit(by, keys_known_at=timezone.now())


def _habit(by, **values):
    ReadingHabit.objects.update_or_create(
        member=by, defaults=values, create_defaults=values | {"company_id": by.company_id}
    )


def habit(by) -> ReadingHabit:
    return ReadingHabit.objects.filter(member=by).first() or ReadingHabit(member=by)
