"""Interviewers whose card is not in yet are told so: an hour after the interview's end, and once more the next day.

Never before, never of an interview that was called off or that nobody came to, and not once somebody decided.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import zones
from hiring import interview_times, telling
from hiring.models import CardReminder, Interview, InterviewHost, Outcome, Scorecard, Stage
from mailroom import told
from mailroom.models import How

KIND = "card"
AFTER = timedelta(hours=1)
AGAIN_AT = 9  # o'clock of the next day, where the shop is
OLDEST = timedelta(days=3)  # after that it is no reminder any more
LONGEST = timedelta(hours=8)  # an interview's: hiring.models.Interview
BATCH = 500


def register() -> None:
    told.register(
        KIND,
        label=gettext_lazy("A scorecard of yours is not in yet"),
        default=How.ONCE,
        roles=telling.TALKERS,
        look=look,
        noun="interview",
    )


def remind() -> int:
    """Tells whom it is time to tell; how many people. A doubled run tells once."""
    now = timezone.now()
    recent = Q(starts_at__gte=now - OLDEST - LONGEST, starts_at__lt=now)
    rows = Interview.objects.filter(recent, cancelled_at=None, application__ended_at=None)
    rows = rows.filter(application__stage=Stage.INTERVIEW, hosts__isnull=False).distinct()
    return sum(_remind(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _remind(pk) -> int:
    rows = Interview.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk)
    row = rows.select_related("application__job__company").first()
    if row is None or not _is_owed(row):
        return 0
    there = {done.membership_id: done for done in CardReminder.objects.filter(interview=row)}
    due = [host for host in owing(row) if _is_time(row, there.get(host.pk))]
    for host in due:
        _note(row, host, there.get(host.pk))
        told.tell(kind=KIND, members=[host], about=row.pk)
    return len(due)


def _is_owed(row) -> bool:
    """Still in the interview stage, and the time is the interview: not the call before it."""
    application = row.application
    return (
        application.outcome == Outcome.ACTIVE
        and application.stage == Stage.INTERVIEW
        and application.deleted_at is None
        and interview_times.is_interview(row, application)
    )


def owing(row) -> list:
    """Members who sat in and whose card on this person is not in, in order."""
    done = Scorecard.objects.filter(application=row.application_id).submitted().values("interviewer")
    hosts = InterviewHost.objects.filter(interview=row, membership__removed_at=None)
    hosts = hosts.exclude(membership__in=done).select_related("membership__user", "membership__company")
    return [host.membership for host in hosts.order_by("membership")]


def _is_time(row, there) -> bool:
    if there is None:
        return row.ends_at + AFTER <= timezone.now() < row.ends_at + OLDEST
    return there.times == 1 and second_at(row) <= timezone.now()


def second_at(row):
    """Nine o'clock of the day after the interview, by the shop's clock."""
    zone = zones.named(row.application.job.company.timezone)
    day = timezone.localtime(row.ends_at + AFTER, zone) + timedelta(days=1)
    return day.replace(hour=AGAIN_AT, minute=0, second=0, microsecond=0)


def _note(row, host, there):
    if there is None:
        CardReminder.objects.create(company_id=row.company_id, interview=row, membership=host)
        return
    there.times, there.at = there.times + 1, timezone.now()
    there.save(update_fields=["times", "at"])


# -- looking


def look(members, pks) -> dict[int, told.Thing]:
    rows = Interview.objects.for_company(members[0].company_id).filter(pk__in=pks)
    rows = list(rows.select_related("application__job").order_by("pk"))
    see = telling.readers(members, [row.application for row in rows])
    found = {}
    for row in rows:
        owe = {member.pk for member in owing(row)} if _is_owed(row) else set()
        path = reverse("hiring:kit", args=[row.application_id])
        found[row.pk] = told.Thing(see[row.application_id] & owe, not owe, path, partial(_say, row))
    return found


def _say(row, reader) -> str:
    values = {"name": row.application.shown_name, "job": row.application.job.title}
    return _("Your scorecard on %(name)s is not in yet: %(job)s.") % values
