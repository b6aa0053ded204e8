"""Who waits too long in a stage: after how many days, which manager looks after it, and telling them once a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from accounts import zones
from accounts.models import Membership, Role
from hiring import filters, telling
from hiring.models import Application, JobMember, JobStatus, Outcome, Stage, StageLimit
from mailroom import told
from mailroom.models import How
from vault import trail

KIND = "stale"
DEFAULTS = {Stage.CV: 5, Stage.PHONE: 7, Stage.INTERVIEW: 10, Stage.REFERENCES: 7, Stage.OFFER: 5}  # days
FROM_HOUR = 5  # where the shop is: in time for the mail of the morning
BATCH = 500
CAP = 100  # people of one stage; more are "100+"


@dataclass(frozen=True)
class Limit:
    """`owner` is a membership, or None where nobody in particular looks after the stage."""

    stage: Stage
    days: int
    owner: Membership | None = None

    def passed(self, application, now: datetime) -> bool:
        return filters.waits_longer(application.stage_entered_at, self.days, now)


def limits(job) -> dict[str, Limit]:
    """{stage: Limit} of this job: its own, else the usual. One query, none where the job was asked already."""
    found = {stage: Limit(stage, days) for stage, days in DEFAULTS.items()}
    if not getattr(job, "has_limits", True):
        return found
    rows = StageLimit.objects.for_company(job.company_id).filter(job=job.pk).select_related("owner")
    return found | {row.stage: Limit(Stage(row.stage), row.days, _still_here(row.owner)) for row in rows}


def _still_here(member):
    return member if member and not member.removed_at else None


def line(limit: Limit, late: int, more: bool) -> str:
    """Over a column: "3 wait longer than 7 days · Mika". `more`: those behind them may wait as long."""
    if not late:
        return ""
    count = f"{late}+" if more else str(late)
    values = {"count": count, "days": limit.days}
    days = ngettext("%(days)d day", "%(days)d days", limit.days) % values
    text = ngettext("%(count)s waits longer than %(days)s", "%(count)s wait longer than %(days)s", late)
    text %= {"count": count, "days": days}
    return f"{text} · {limit.owner}" if limit.owner else text


# -- setting


@transaction.atomic
def keep(job, chosen: dict[str, tuple[int, Membership | None]], *, by) -> None:
    """{stage: (days, owner)}. Whoever takes over a stage is told of it the next morning."""
    for stage, (days, owner) in chosen.items():
        mine = {"company_id": job.company_id, "job_id": job.pk, "stage": stage}
        row = StageLimit.objects.select_for_update(no_key=True, of=("self",)).filter(**mine).first()
        if row is None:
            StageLimit.objects.update_or_create(**mine, defaults={"days": days, "owner": owner})
        elif (row.days, row.owner_id) != (days, owner and owner.pk):
            row.days, row.owner, row.told_on = days, owner, None
            row.save(update_fields=["days", "owner", "told_on"])
    trail.record(
        "job.limits_set",
        company_id=job.company_id,
        actor_id=by.user_id,
        kind="job",
        pk=job.pk,
        fields=["days"],
    )


# -- telling


def register() -> None:
    told.register(
        KIND,
        label=gettext_lazy("People wait too long in a stage you look after"),
        default=How.DIGEST,
        roles=telling.BOSSES,
        look=look,
        noun=KIND,
    )


def remind() -> int:
    """Tells each manager once a day of a stage of theirs where people wait too long; how many stages."""
    rows = StageLimit.objects.filter(owner__removed_at=None, owner__isnull=False)
    rows = rows.filter(job__status__in=[JobStatus.OPEN, JobStatus.PAUSED], job__deleted_at=None)
    day = timezone.now().date() + timedelta(days=1)  # somewhere it is tomorrow already
    pks = list(rows.exclude(told_on__gte=day).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(_remind(pk) for pk in pks)


@transaction.atomic
def _remind(pk) -> bool:
    locked = StageLimit.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
    row = locked.select_related("job__company", "owner__user", "owner__company").filter(pk=pk).first()
    if row is None or row.owner is None:
        return False
    here = timezone.localtime(timezone=zones.named(row.job.company.timezone))
    if here.hour < FROM_HOUR or (row.told_on and row.told_on >= here.date()) or not waiting(row):
        return False
    row.told_on = here.date()
    row.save(update_fields=["told_on"])
    told.tell(kind=KIND, members=[row.owner], about=row.pk)
    return True


def waiting(row) -> int:
    """How many wait too long there, counted to CAP."""
    return len(_late(row.job_id, row.company_id, row.stage, row.days))


def _late(job_id, company_id, stage, days) -> list:
    rows = Application.objects.for_company(company_id).filter(job=job_id, outcome=Outcome.ACTIVE, stage=stage)
    late = rows.filter(stage_entered_at__lte=filters.before(timezone.now(), days))
    return list(late.order_by("stage_entered_at", "pk").values_list("pk", flat=True)[: CAP + 1])


def look(members, pks) -> dict[int, told.Thing]:
    rows = StageLimit.objects.for_company(members[0].company_id).filter(pk__in=pks, job__deleted_at=None)
    see = _readers(members)
    found = {}
    for row in rows.select_related("job").order_by("pk"):
        late = waiting(row)
        found[row.pk] = told.Thing(see(row), not late, page(row), partial(_say, row, late))
    return found


def _readers(members):
    """Who looks after the stage, while they may still see the job."""
    owners = {member.pk for member in members if member.role == Role.OWNER}
    managers = [member.pk for member in members if member.role == Role.MANAGER]
    on_jobs = set(JobMember.objects.filter(membership__in=managers).values_list("job", "membership"))
    return lambda row: {row.owner_id} & (owners | {member for job, member in on_jobs if job == row.job_id})


def page(row) -> str:
    return f"{reverse('hiring:board', args=[row.job_id])}?show={row.stage}"


def _say(row, late, reader) -> str:
    values = {
        "count": f"{CAP}+" if late > CAP else late,
        "stage": Stage(row.stage).label,
        "job": row.job.title,
        "days": ngettext("%(days)d day", "%(days)d days", row.days) % {"days": row.days},
    }
    return (
        ngettext(
            "%(count)s person waits longer than %(days)s at %(stage)s: %(job)s.",
            "%(count)s people wait longer than %(days)s at %(stage)s: %(job)s.",
            late,
        )
        % values
    )
