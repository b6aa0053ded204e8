"""Reminders of a talk: the day before and two hours before, by day where the applicant is; none at night."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts import zones
from hiring import talk_letters
from hiring.models import Interview
from mailroom import outbox
from mailroom.models import Mail

DAY, HOURS = "day", "hours"
BEFORE = {DAY: timedelta(hours=24), HOURS: timedelta(hours=2)}
BY_DAY = {DAY: (9, 19), HOURS: (7, 21)}  # o'clock, where the applicant is
QUIET = {
    DAY: timedelta(hours=12),
    HOURS: timedelta(hours=3),
}  # whoever was written to just now is not reminded
TOO_LATE = timedelta(minutes=30)  # before it begins: then a mail helps nobody any more


def due(starts: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Which reminder is right at this moment: "day", "hours" or "" (at night, too early, too late)."""
    left, hour = starts - now, now.astimezone(zone).hour
    if left <= TOO_LATE:
        return ""
    what = HOURS if left <= BEFORE[HOURS] else DAY if left <= BEFORE[DAY] else ""
    first, last = BY_DAY.get(what, (0, 0))
    return what if first <= hour < last else ""


def remind() -> int:
    """Writes what is due; how many mails. A doubled run, and one every few minutes, remind once."""
    now = timezone.now()
    rows = _ahead(now).order_by("starts_at", "pk").values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(rows))


def _ahead(now):
    """Times in the next day of people in the running whom one can write to."""
    rows = Interview.objects.filter(cancelled_at=None, starts_at__gt=now, starts_at__lte=now + BEFORE[DAY])
    people = rows.filter(application__ended_at=None, application__deleted_at=None)
    return people.exclude(application__email="")


@transaction.atomic
def _remind(pk, now) -> bool:
    rows = _ahead(now).select_for_update(no_key=True, of=("self",)).filter(pk=pk)
    interview = rows.select_related("application__job__company", "created_by").first()
    if interview is None:
        return False
    zone = zones.named(talk_letters.zone_of(interview)) or timezone.get_default_timezone()
    what = due(interview.starts_at, now, zone)
    if not what or not _told_long_ago(interview, now - QUIET[what]) or _reminded(interview, what):
        return False
    talk_letters.reminder(interview, what)
    return True


def _told_long_ago(interview, before) -> bool:
    """They know of this time, and not since a moment ago. Who was not invited by mail is not reminded by mail."""
    told = Mail.objects.about("interview", interview.pk).filter(message__in=talk_letters.SAID, state="done")
    newest = told.order_by("-pk").values_list("due_at", flat=True).first()
    return newest is not None and newest <= before


def _reminded(interview, what) -> bool:
    key = talk_letters.reminder_key(interview, what)
    return outbox.exists(company=interview.application.job.company, key=key)
