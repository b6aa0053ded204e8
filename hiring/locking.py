"""The job and the application of a change, locked in the one order that all changes keep, and read afresh."""

from django.utils.translation import gettext as _

from accounts import team
from hiring.models import Application, Job


class Refused(Exception):
    """A rule nobody passes. `str()` is a sentence for people."""


def lock_job(pk, *, deleted=False) -> Job:
    """Raises Refused for a job that was deleted meanwhile, unless `deleted`."""
    rows = Job.everything.select_related("company").select_for_update(no_key=True, of=("self",))
    job = rows.get(pk=pk)
    if job.deleted_at and not deleted:
        raise Refused(_("This job was deleted meanwhile."))
    return job


def lock(application, *, company=False) -> tuple[Job, Application]:
    """The job and the application, locked in this order and read afresh.

    With `company` that is locked before them: hiring makes a place in the team, which locks it too.
    """
    if company:
        team.lock(application.company_id)
    job = lock_job(application.job_id)
    rows = Application.everything.select_for_update(no_key=True, of=("self",))
    application = rows.get(pk=application.pk)
    application.job = job
    if application.deleted_at:
        raise Refused(_("This application was deleted meanwhile."))
    return job, application
