"""Which of the times agreed with somebody are the interview, and not the call before it."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from hiring.models import Interview, Stage, TalkOutcome
from hiring.models.judging import InterviewKind

BEFORE = (Stage.CV, Stage.PHONE)


def is_interview(row, application) -> bool:
    """Neither called off, nor one that nobody came to, nor the call that was agreed before the interview stage."""
    if row.cancelled_at or row.outcome == TalkOutcome.NO_SHOW:
        return False
    if row.stage:
        return row.stage not in BEFORE or row.kind == InterviewKind.ONSITE
    # From before the stage was kept: a talk on the phone is the call unless it came after the stage began.
    if row.kind != InterviewKind.PHONE:
        return True
    return application.stage not in BEFORE and row.starts_at >= application.stage_entered_at


def among(rows, application) -> list[Interview]:
    """Those of `rows` that are the interview, the first first."""
    found = [row for row in rows if is_interview(row, application)]
    return sorted(found, key=lambda row: (row.starts_at, row.pk))


def of(application) -> list[Interview]:
    return among(Interview.objects.filter(application=application, cancelled_at=None), application)


def not_begun(times) -> bool:
    """Whether a time is agreed and the first of `times` is still ahead."""
    return bool(times) and times[0].starts_at > timezone.now()


def hosted(times, member) -> Interview | None:
    """The one of `times` this member sits in: the next one, else the last one; without any the same of all."""
    prefetch_related_objects(times, "hosts")
    hosts = {row.pk: {host.membership_id for host in row.hosts.all()} for row in times}
    mine = [row for row in times if member.pk in hosts[row.pk]] or times
    ahead = [row for row in mine if row.ends_at > timezone.now()]
    return ahead[0] if ahead else (mine[-1] if mine else None)
