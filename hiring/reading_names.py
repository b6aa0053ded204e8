"""Whether names are hidden while the CVs of a job are read."""

from django.db import transaction

from accounts import undoing
from hiring.locking import lock_job
from hiring.models import Job
from vault import trail


@transaction.atomic
def hide(job, *, on: bool, by) -> Job:
    """For everybody who reads; recorded. What is hidden already stays so, twice is once."""
    job = lock_job(job.pk)
    if job.hide_names != on:
        undoing.remember(job, "names", {"hide_names": job.hide_names}, by=by)
        put(job, on)
        trail.record(
            "job.changed",
            company_id=job.company_id,
            actor_id=by.user_id,
            kind="job",
            pk=job.pk,
            fields=["hide_names"],
        )
    return job


def put(job, on):
    job.hide_names = on
    job.save(update_fields=["hide_names", *undoing.FIELDS])
