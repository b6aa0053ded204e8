"""An application comes in: by the public form, as a test of one's own, or typed in by hand."""

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from hiring import answers, consents, message_templates, pipeline, placements, telling
from hiring.models import Answer, Application, How, QuestionKind
from hiring.models.consents import Purpose
from hiring.status_links import status_address
from mailroom import outbox
from vault import files

NOTICE = "2026-11b"  # version of the words under "What happens with your data"; stored with each application


def submission(job, key: str) -> str:
    """A form's own key bound to its job, so that one from elsewhere cannot collide with it."""
    return hashlib.sha256(f"{job.pk}:{key}".encode()).hexdigest()


def already(job, key: str) -> Application | None:
    """The application this very form has made, when it was sent before."""
    return Application.objects.filter(job=job, submission_key=submission(job, key)).first()


def says_else(application, *, person: dict, given: dict, uploads: dict) -> bool:
    """Does a form that was sent before say anything now that its application does not?"""
    if any(getattr(application, name) != words for name, words in person.items()):
        return True
    if any(upload and not _is(getattr(application, name), upload) for name, upload in uploads.items()):
        return True
    there = {answer.question_id: answer for answer in application.answers.select_related("file")}
    return any(_answers_else(there.get(question.pk), question, said) for question, said in given.items())


def _answers_else(there, question, said) -> bool:
    if question.kind == QuestionKind.FILE:
        return bool(said) and not _is(there and there.file, said)
    made = answers.make(question, said)
    return (there.text if there else "") != (made["text"] if made else "")


def _is(stored, upload) -> bool:
    """By its size: a browser that goes back sends the very same file."""
    return bool(stored) and stored.size == upload.size


class NotKept(files.Refused):
    """The file of the form's field `field` could not be taken in."""

    def __init__(self, field, refused):
        super().__init__(refused.code, **refused.values)
        self.field = field


def apply(
    job,
    *,
    person: dict,
    answers: dict,
    key: str,
    cv=None,
    letter=None,
    keep_longer=False,
    via="",
    is_test=False,
):
    """The public form's way in: the application with its answers and files, the trail, a receipt with the status link.

    `person` holds the application's own fields (name, email, phone, cover_letter, cv_text, adjustments), `answers`
    what was said by question (hiring.answers), `via` the tracked link somebody came by first. Never looks at, or
    writes to, whoever applied before. The same `key` again gives the application it made. Raises pipeline.NotOpen,
    and NotKept for a kept upload that is gone.
    """
    source, placement = placements.first_touch(job, via)
    fields = person | {
        "language": job.language,
        "source": source,
        "placement": placement,
        "is_test": is_test,
        "submission_key": submission(job, key),
        "consent_version": NOTICE,
    }
    agreed = [Purpose.KEEP] if keep_longer else []
    uploads = {"cv": cv, "letter": letter}
    return _enter(job, by=None, how=How.FORM, fields=fields, given=answers, uploads=uploads, agreed=agreed)


def enter_by_hand(job, *, person: dict, by, cv=None, letter=None, source="", receipt=False):
    """Somebody met elsewhere, typed in by a member; written to only with `receipt`.

    Raises pipeline.NotOpen and NotKept.
    """
    where = {"source": source, "placement": placements.latest(job, source)}
    fields = person | {"language": job.language} | where
    uploads = {"cv": cv, "letter": letter}
    return _enter(job, by=by, how=How.PAGE, fields=fields, given={}, uploads=uploads, receipt=receipt)


def _enter(job, *, by, how, fields, given, uploads, agreed=(), receipt=True) -> Application:
    with taking_in(job.company_id, uploads, given, actor_id=by.user_id if by else None) as taken:
        with transaction.atomic():
            application, is_new = pipeline.receive(job, by=by, how=how, **fields, **taken.files)
            if is_new:
                _answers(application, taken.given)
                consents.give(application, agreed)
                if receipt:
                    send_receipt(application, by=by)
                telling.applied(application, by=by)
        taken.wanted = is_new
    return application


@dataclass
class Taken:
    """Uploads that are stored files now: `files` by field, `given` answers by question."""

    files: dict
    given: dict
    stored: list
    wanted: bool = True


@contextmanager
def taking_in(company_id, uploads, given, *, actor_id=None):
    """Stores the files before the caller's transaction begins; they go again when it fails or does not want them."""
    taken = Taken({}, dict(given), [])
    try:
        for name, upload in uploads.items():
            if upload:
                taken.files[name] = _store(taken, upload, name, company_id, actor_id)
        for question, said in given.items():
            if said and question.kind == QuestionKind.FILE:
                name = f"question-{question.pk}"
                taken.given[question] = _store(taken, said, name, company_id, actor_id)
        yield taken
    except BaseException:
        taken.wanted = False
        raise
    finally:
        if not taken.wanted:
            for stored in taken.stored:
                files.delete(stored)


def _store(taken, upload, name, company_id, actor_id):
    try:
        stored = files.store(upload, company_id=company_id, actor_id=actor_id)
    except files.Refused as refused:
        raise NotKept(name, refused) from refused
    taken.stored.append(stored)
    return stored


def _answers(application, given: dict) -> None:
    made = ((question, answers.make(question, said)) for question, said in given.items())
    Answer.objects.bulk_create(
        Answer(company_id=application.company_id, application=application, question=question, **values)
        for question, values in made
        if values
    )


def send_receipt(application, *, by=None, again="") -> None:
    """At once; ten minutes later to whoever was entered by a member, who may have erred. `again`: not the first."""
    job, company, address = application.job, application.job.company, status_address(application)
    answers_to = responsible(job)
    sender = answers_to[0] if answers_to else ""
    outbox.post(
        message="application_received",
        to=application.email,
        company=company,
        about=("application", application.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": job.title,
            "status_url": address,
            "privacy_contact": company.privacy_contact,
        },
        not_before=outbox.soon() if by else None,
        key=f"application_received:{application.pk}{again}",
        reply_to=answers_to,
        own=message_templates.own("received", application, sender=sender, link=lambda: address),
    )


def responsible(job) -> tuple[str, str] | None:
    """(name, address) of who answers applicants: who made the job, while they are in the company."""
    person = job.created_by
    return (person.name or job.company.name, person.email) if person and person.removed_at is None else None
