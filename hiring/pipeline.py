"""The way from application to hired. Nothing else writes a stage or an outcome."""

from django.db import transaction

from hiring.models import Application, Candidate, How, Job, Outcome, Stage, StageMove
from vault import trail


class Refused(Exception):
    """A rule nobody passes. `str()` is a sentence for people."""


class NotOpen(Refused):
    """The job takes no applications (any more)."""


@transaction.atomic
def receive(job, *, by=None, how=How.FORM, **fields) -> tuple[Application, bool]:
    """Enters an application for `job`: (application, whether it is new).

    `fields` are the application's own (name, email, cover_letter, submission_key ...). The same submission_key
    again gives the application it made, also when the job has been closed since. Raises NotOpen unless the job
    is open; entering by hand (`by` a membership) needs a job that is not over. Sends no mail.
    """
    job = Job.objects.select_for_update(no_key=True, of=("self",)).get(pk=job.pk)
    key = fields.get("submission_key")
    if key and (existing := Application.objects.filter(job=job, submission_key=key).first()):
        return existing, False
    if not (job.is_open if by is None else not job.is_over):
        raise NotOpen
    return _enter(job, by, how, fields), True


def _enter(job, by, how, fields) -> Application:
    job.last_number += 1
    job.save(update_fields=["last_number"])
    application = Application.objects.create(
        company_id=job.company_id,
        job=job,
        number=job.last_number,
        candidate=Candidate.objects.create(company_id=job.company_id),
        entered_by=by,
        **fields,
    )
    StageMove.objects.create(
        company_id=job.company_id,
        application=application,
        job_id_then=job.pk,
        to_stage=Stage.CV,
        to_outcome=Outcome.ACTIVE,
        actor=by,
        by_link=by is None,
        how=how,
        at=application.submitted_at,
        rubric_version=job.rubric_version,
    )
    trail.record(
        "application.received",
        company_id=job.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=application.pk,
    )
    return application
