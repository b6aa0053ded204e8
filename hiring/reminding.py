"""An advert that is about to run out in a place is said once: to those who lead the job, and on their home page."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import listed, zones
from accounts.models import Role
from accounts.panels import Panel
from hiring import channels, telling
from hiring.models import JobMember, JobStatus, Placement
from mailroom import told
from mailroom.models import How

KIND = "placement"
BEFORE = timedelta(days=3)
FROM_HOUR, TO_HOUR = 9, 18  # where the shop is
BATCH = 500
SHOWN = 5


def register() -> None:
    told.register(
        KIND,
        label=gettext_lazy("An advert is about to run out"),
        default=How.ONCE,
        roles=telling.BOSSES,
        look=look,
        noun=KIND,
    )


# -- once


def remind() -> int:
    """Tells of what runs out within three days; how many adverts. A doubled run tells once."""
    day = timezone.now().date()  # somewhere it is another already
    rows = _running_out().filter(
        reminded_at=None,
        expires_on__gte=day - timedelta(days=1),
        expires_on__lte=day + BEFORE + timedelta(days=1),
    )
    return sum(_remind(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]))


def _running_out():
    """Posted, and for a job that still looks for people."""
    return Placement.objects.up().filter(job__status=JobStatus.OPEN, job__deleted_at=None)


@transaction.atomic
def _remind(pk) -> bool:
    locked = _running_out().select_for_update(no_key=True, of=("self",)).filter(reminded_at=None)
    row = locked.select_related("job__company").filter(pk=pk).first()
    if row is None or not _is_time(row):
        return False
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    told.tell(kind=KIND, members=telling.leading(row.job), about=row.pk)
    return True


def _is_time(row) -> bool:
    now = timezone.localtime(timezone=zones.named(row.job.company.timezone))
    return FROM_HOUR <= now.hour < TO_HOUR and runs_out(row, now.date())


def runs_out(row, today) -> bool:
    return row.is_up and row.expires_on is not None and today <= row.expires_on <= today + BEFORE


# -- looking


def look(members, pks) -> dict[int, told.Thing]:
    company = members[0].company
    rows = Placement.objects.for_company(company).filter(pk__in=pks, job__deleted_at=None)
    names = _names(company)
    see = _readers(members)
    return {
        row.pk: told.Thing(see(row), _is_handled(row), page(row), partial(_say, row, names))
        for row in rows.select_related("job").order_by("pk")
    }


def _is_handled(row) -> bool:
    """Taken down, over, given another last day, or nobody is looked for any more."""
    return not row.job.is_open or not runs_out(row, timezone.localdate())


def _readers(members):
    owners = {member.pk for member in members if member.role == Role.OWNER}
    managers = [member.pk for member in members if member.role == Role.MANAGER]
    on_jobs = set(JobMember.objects.filter(membership__in=managers).values_list("job", "membership"))
    return lambda row: owners | {member for job, member in on_jobs if job == row.job_id}


def _names(company) -> dict[str, str]:
    entries = listed.entries(company, listed.CHANNEL)
    return {listed.code(entry): listed.name_of(entry) for entry in entries}


def page(row) -> str:
    return f"{reverse('hiring:job_live', args=[row.job_id])}?at={row.channel}#place-{row.channel}"


def _say(row, names, reader) -> str:
    values = {
        "place": names.get(row.channel) or channels.name_of(row.channel),
        "day": date_format(row.expires_on),
        "job": row.job.title,
    }
    return _("%(place)s: your advert runs out on %(day)s. %(job)s") % values


# -- on the home page


def _soon():
    today = timezone.localdate()
    return _running_out().filter(expires_on__gte=today, expires_on__lte=today + BEFORE)


def somewhere() -> Exists:
    """For a query of jobs: does its advert run out within three days in some place?"""
    return Exists(_soon().filter(job=OuterRef("pk")))


def panels(membership) -> list[Panel]:
    """What runs out within three days, until it is taken down or given another day. One query, two with a row."""
    rows = _soon().for_company(membership.company_id).visible_to(membership).select_related("job")
    found = list(rows.order_by("expires_on", "pk")[:SHOWN])
    if not found:
        return []
    names = _names(membership.company)
    lines = [{"text": _say(row, names, membership), "url": page(row)} for row in found]
    return [Panel(30, "hiring/_panel_placements.html", {"lines": lines})]
