"""What of hiring can be deleted, put back for 14 days, and goes for good: jobs, people entered by hand, notes,
requirements and questions that were taken off an advert."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accounts import deleting
from accounts.deleting import Kind, Refused
from hiring import copying, notes, pipeline, questions, requirements, sent_files
from hiring.models import (
    Answer,
    Application,
    Candidate,
    CvCheck,
    Job,
    JobStatus,
    JobTemplate,
    Note,
    Offer,
    OfferState,
    Question,
    Rating,
    Requirement,
    Stage,
)
from hiring.models.offers import LIVE
from mailroom import outbox
from vault import erasing, files, keep, trail
from vault.models import StoredFile

BATCH = 200


# -- jobs


@transaction.atomic
def delete_job(job, *, by) -> Job:
    """A draft, or a job that is over, with everybody who applied. Raises Refused."""
    job = pipeline.lock_job(job.pk)
    _may_delete(job)
    deleting.stamp(job, by=by)
    job.save(update_fields=deleting.STAMP)
    # The same moment marks who went with the job: putting it back brings exactly these back.
    Application.objects.filter(job=job).update(deleted_at=job.deleted_at, deleted_by=by)
    _record("job.deleted", job, by)
    return job


def _may_delete(job):
    people = Application.objects.filter(job=job)
    if job.status in {JobStatus.OPEN, JobStatus.PAUSED}:
        raise Refused(_("Close the job first; then everybody who applied can be told."))
    if job.status == JobStatus.DRAFT and people.active().exists():
        raise Refused(_("People are in the running for this job."))
    if Offer.objects.filter(application__job=job, state__in=LIVE).exists():
        raise Refused(
            _("An offer of this job is on the table or signed: it is kept as proof for both sides.")
        )


@transaction.atomic
def put_back_job(job, *, by) -> None:
    job = pipeline.lock_job(job.pk, deleted=True)
    if job.deleted_at is None:
        return
    Application.everything.filter(job=job, deleted_at=job.deleted_at).update(deleted_at=None, deleted_by=None)
    deleting.stamp(job, by=None)
    job.save(update_fields=deleting.STAMP)
    _record("job.put_back", job, by)


def purge_job(job) -> None:
    """For good; of very many applicants some at a time, the job itself with the last of them."""
    for application in Application.everything.filter(job=job).order_by("pk")[:BATCH]:
        purge_person(application)
    with transaction.atomic():
        job = pipeline.lock_job(job.pk, deleted=True)
        if not Application.everything.filter(job=job).exists():
            _record("job.purged", job, None)
            job.delete()


# -- somebody entered by hand


def may_delete_person(application) -> bool:
    return application.entered_by_id is not None and application.stage != Stage.HIRED


@transaction.atomic
def delete_person(application, *, by) -> None:
    """Somebody typed in by mistake; who applied themselves is refused or erased instead. Raises Refused."""
    _job, application = pipeline.lock(application)
    if not may_delete_person(application):
        raise Refused(_("Only somebody who was entered by hand, and not hired, can be deleted."))
    if application.offers.exclude(state=OfferState.DRAFT).exists():
        raise Refused(_("This person had an offer from you: it is kept as proof for both sides."))
    deleting.stamp(application, by=by)
    application.save(update_fields=deleting.STAMP)
    outbox.cancel(about=("application", application.pk), message="application_received")
    _record("application.deleted", application, by)


@transaction.atomic
def put_back_person(application, *, by) -> None:
    if pipeline.lock_job(application.job_id, deleted=True).deleted_at:
        raise Refused(_("The job was deleted too. Put the job back first."))
    rows = Application.everything.filter(pk=application.pk).exclude(deleted_at=None)
    if rows.update(deleted_at=None, deleted_by=None):
        _record("application.put_back", application, by)


def purge_person(application) -> None:
    """At once and for good, with all files. A legal hold keeps the row where it lies, out of everybody's sight; so
    does a contract that the law orders to keep, and then everything but that contract's files goes."""
    if erasing.holds("candidate", legal_only=True).filter(subject_id=application.candidate_id).exists():
        return
    with transaction.atomic():
        people = Application.everything.filter(pk=application.pk)
        going = sent_files.of(people)
        kept = keep.rule(StoredFile).kept(sent_files.rows(people))
        if not _purge_rows(application):
            going = [stored for stored in going if stored.pk not in kept]
        for stored in going:
            files.delete(stored)


def _purge_rows(application) -> bool:
    """Whether the application went; not while the law keeps a contract of it."""
    contracts = Offer.objects.filter(application=application)
    signed = keep.rule(Offer).kept(contracts)
    contracts.exclude(pk__in=list(signed)).delete()
    if signed:
        return False
    application.delete()
    Candidate.objects.filter(pk=application.candidate_id, applications=None).delete()
    return True


# -- requirements and questions


def put_back_row(row, *, by) -> None:
    put_back = requirements.put_back if isinstance(row, Requirement) else questions.put_back
    try:
        put_back(row, by=by)
    except pipeline.Refused as refused:
        raise Refused(str(refused)) from refused


# -- what this app puts on the page


def _jobs():
    return Job.everything.exclude(deleted_at=None)


def _people():
    """Not those who went with their job: they come back with it."""
    return Application.everything.exclude(deleted_at=None).filter(job__deleted_at=None).select_related("job")


def _notes():
    rows = Note.everything.exclude(deleted_at=None).filter(application__deleted_at=None)
    return rows.select_related("application__job")


def _templates():
    return JobTemplate.everything.exclude(deleted_at=None)


def _requirements():
    return _retired(Requirement, "requirement", CvCheck, Rating)


def _questions():
    return _retired(Question, "question", Answer)


def _retired(model, name, *written):
    """Those that something was written down with stay for good, off the list."""
    rows = model.objects.exclude(retired_at=None).filter(job__deleted_at=None).select_related("job")
    for words in written:
        rows = rows.exclude(Exists(words.objects.filter(**{name: OuterRef("pk")})))
    return rows


def _of_my_jobs(rows, membership):
    return rows.filter(job__in=Job.objects.visible_to(membership))


def _taken_off(code, name, rows) -> Kind:
    """A row of an advert: it is retired, not deleted, while something was written down with it."""
    return Kind(
        code=code,
        name=name,
        rows=rows,
        label=lambda row: f"{row.label} · {row.job.title}",
        put_back=put_back_row,
        purge=lambda row: row.delete(),
        may=_of_my_jobs,
        moment="retired_at",
        who="retired_by",
    )


KINDS = (
    Kind(
        code="job",
        name=_l("Job"),
        rows=_jobs,
        label=lambda job: job.title,
        put_back=put_back_job,
        purge=purge_job,
        may=lambda rows, membership: rows.visible_to(membership),
    ),
    Kind(
        code="person",
        name=_l("Person entered by hand"),
        rows=_people,
        label=lambda row: row.shown_name,
        put_back=put_back_person,
        purge=purge_person,
        may=lambda rows, membership: rows.visible_to(membership),
    ),
    Kind(
        code="note",
        name=_l("Note"),
        rows=_notes,
        label=lambda note: _("about %(who)s") % {"who": note.application.shown_name},
        put_back=notes.put_back,
        purge=notes.purge,
        may=lambda rows, membership: rows.visible_to(membership),
    ),
    Kind(
        code="template",
        name=_l("Template of a job"),
        rows=_templates,
        label=lambda row: row.name,
        put_back=copying.put_back_template,
        purge=lambda row: row.delete(),
        may=lambda rows, _membership: rows,
    ),
    _taken_off("requirement", _l("Requirement"), _requirements),
    _taken_off("question", _l("Question"), _questions),
)


def for_member(membership) -> list[deleting.Line]:
    return deleting.lines(KINDS, membership)


def _record(action, row, by):
    kind = "job" if isinstance(row, Job) else "application"
    trail.record(action, company_id=row.company_id, actor_id=by.user_id if by else None, kind=kind, pk=row.pk)
