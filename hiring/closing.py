"""When a job stops, and telling everybody who has not heard."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import undoing
from hiring import hand_off, pipeline, refusals
from hiring.models import Application, How, Job, JobStatus, Reason, Told
from vault import trail


@transaction.atomic
def stop(job, *, by) -> None:
    """No more applications from this moment. Never refused; stopping a stopped job changes nothing."""
    job = pipeline.lock_job(job.pk)
    if job.status != JobStatus.OPEN:
        return
    _become(job, JobStatus.PAUSED, by=by)
    _trail("job.stopped", job, by)


@transaction.atomic
def close(job, *, by) -> None:
    """The job is over without anybody (more). People in the running stay until they are told."""
    job = pipeline.lock_job(job.pk)
    if job.is_over:
        return
    if job.status == JobStatus.DRAFT:
        raise pipeline.NotOpen
    _become(job, JobStatus.CLOSED, by=by)
    _trail("job.closed", job, by)


@transaction.atomic
def resume(job, *, by) -> None:
    """A paused, closed or filled job takes applications again. Raises Refused while every opening is filled."""
    job = pipeline.lock_job(job.pk)
    if job.status not in {JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.FILLED}:
        return
    if stands_in_the_way := hindrance(job, hand_off.hired(job)):
        raise pipeline.Refused(str(HINDRANCES[stands_in_the_way]))
    _become(job, JobStatus.OPEN, by=by)
    _trail("job.reopened", job, by)


HINDRANCES = {
    "full": gettext_lazy("Every opening is filled. First say below how many people you need."),
    "day": gettext_lazy("The day to apply by is over. First choose a later one in the advert."),
}


def hindrance(job, hired: int) -> str:
    """Why the job takes no applications again: "full", "day", or "" when nothing stands in the way."""
    if hired >= job.openings:
        return "full"
    return "day" if job.day_is_over else ""


def acts(job, hired: int) -> list[str]:
    """What can be done with it now, of "stop", "resume" and "close"."""
    if job.status == JobStatus.DRAFT:
        return []
    if job.is_open:
        return ["stop", "close"]
    again = [] if hindrance(job, hired) else ["resume"]
    return again if job.is_over else [*again, "close"]


def stop_overdue() -> int:
    """Jobs whose day to apply by is over take no applications any more; how many. For applicants they stopped at once.

    Run by the beat, and harmless twice. Nobody did it, so nobody takes it back: a later day opens it again.
    """
    tomorrow = timezone.now().date() + timedelta(days=1)  # somewhere it is tomorrow already
    due = Job.objects.filter(status=JobStatus.OPEN, answer_by__lt=tomorrow).order_by("pk")
    return sum(_stop_overdue(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _stop_overdue(pk) -> bool:
    try:
        job = pipeline.lock_job(pk)
    except pipeline.Refused:  # deleted meanwhile
        return False
    if not (job.is_open and job.day_is_over):
        return False
    job.status, job.changed_at = JobStatus.PAUSED, timezone.now()
    job.save(update_fields=["status", "changed_at"])
    _trail("job.day_over", job, None)
    return True


def _become(job, status, *, by):
    before = {"status": job.status, "closed_at": job.closed_at and job.closed_at.isoformat()}
    undoing.remember(job, "state", before, by=by, now=status)
    job.status = status
    job.changed_at = timezone.now()
    job.closed_at = job.changed_at if status == JobStatus.CLOSED else None
    job.save(update_fields=["status", "changed_at", "closed_at", *undoing.FIELDS])


@transaction.atomic
def take_back(job, mark: str, *, by) -> None:
    """The last stop, closing or opening, while the job still stands as that left it. Raises undoing.Refused."""
    job = pipeline.lock_job(job.pk)
    set_to = job.undoable.get("state", {}).get("now")
    taken = undoing.take(job, mark, by=by)
    if job.status != set_to:
        raise undoing.Gone(_("The job has gone on since. Nothing was changed."))
    closed_at = taken.values["closed_at"]
    job.status, job.closed_at = taken.values["status"], closed_at and datetime.fromisoformat(closed_at)
    job.changed_at = timezone.now()
    job.save(update_fields=["status", "changed_at", "closed_at", *undoing.FIELDS])
    _trail("job.taken_back", job, by)


def not_told(job):
    """Everybody who was not hired, did not withdraw, and has not heard."""
    return Application.objects.filter(job=job, is_test=False).not_told()


def tell_all(job, *, by) -> int:
    """Ends everybody who has not heard, by mail where there is an address; how many.

    Each person is a transaction of their own: a move made meanwhile by somebody else stays as it is.
    """
    told = 0
    for application in not_told(job).select_related("job__company").order_by("pk"):
        told += _tell(application, by=by, reason=_reason(job))
    return told


def tell_one(application, *, by, told: str, expected: str):
    """One of those who have not heard, by mail or because they were phoned; the move, None when there was none.

    `application` comes with its job, which is over. Raises Stale, Refused.
    """
    if not application.is_active:
        if not refusals.tell(application, by=by, told=told):
            raise pipeline.Refused(_("They have heard meanwhile. Nothing was sent."))
        return None
    return pipeline.not_select(
        application, by=by, expected=expected, reason=_reason(application.job), tell=told, how=How.LIST
    )


def _reason(job) -> str:
    return Reason.FILLED if job.status == JobStatus.FILLED else Reason.JOB_CLOSED


def _tell(application, *, by, reason) -> bool:
    mail = bool(application.email)
    try:
        if not application.is_active:
            return refusals.tell(application, by=by)
        pipeline.not_select(
            application,
            by=by,
            expected=application.standing,
            reason=reason,
            tell=Told.MAIL if mail else Told.NONE,
            why="" if mail else "no address",
            how=How.BULK,
        )
    except (pipeline.Stale, pipeline.Refused):
        return False
    return True


def _trail(action, job, by):
    trail.record(
        action,
        company_id=job.company_id,
        actor_id=by.user_id if by else None,
        kind="job",
        pk=job.pk,
        fields=["status"],
    )
