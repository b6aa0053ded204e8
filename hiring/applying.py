"""An application comes in: by the public form, as a test of one's own, or typed in by hand."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.addresses import absolute
from hiring import pipeline, placements, telling
from hiring.models import Answer, Application, How
from mailroom import outbox
from vault import files, links

NOTICE = "2026-11b"  # version of the words under "What happens with your data"; stored with each application
KEEP_DAYS = 365  # how much longer somebody is kept who ticks the box
LINK_DAYS = 365


def submission(job, key: str) -> str:
    """A form's own key bound to its job, so that one from elsewhere cannot collide with it."""
    return hashlib.sha256(f"{job.pk}:{key}".encode()).hexdigest()


def already(job, key: str) -> Application | None:
    """The application this very form has made, when it was sent before."""
    return Application.objects.filter(job=job, submission_key=submission(job, key)).first()


def apply(job, *, person: dict, answers: dict, key: str, cv=None, keep_longer=False, via="", is_test=False):
    """The public form's way in: the application with its answers and CV, the trail, a receipt with the status link.

    `person` holds the application's own fields (name, email, phone, cover_letter, cv_text, adjustments), `answers`
    texts by question, `via` the tracked link somebody came by first. Never looks at, or writes to, whoever applied
    before. The same `key` again gives the application it made. Raises pipeline.NotOpen, and files.Refused for a kept
    upload that is gone.
    """
    source, placement = placements.first_touch(job, via)
    fields = person | {
        "language": job.language,
        "source": source,
        "placement": placement,
        "is_test": is_test,
        "submission_key": submission(job, key),
        "consent_version": NOTICE,
        "keep_longer_until": localdate() + timedelta(days=KEEP_DAYS) if keep_longer else None,
    }
    return _enter(job, by=None, how=How.FORM, fields=fields, answers=answers, cv=cv, receipt=True)


def enter_by_hand(job, *, person: dict, by, cv=None, source="", receipt=False):
    """Somebody met elsewhere, typed in by a member; written to only with `receipt`. Raises pipeline.NotOpen."""
    where = {"source": source, "placement": placements.latest(job, source)}
    fields = person | {"language": job.language} | where
    return _enter(job, by=by, how=How.PAGE, fields=fields, answers={}, cv=cv, receipt=receipt)


def _enter(job, *, by, how, fields, answers, cv, receipt) -> Application:
    stored = files.store(cv, company_id=job.company_id, actor_id=by.user_id if by else None) if cv else None
    if stored:
        fields = fields | {"cv": stored}
    try:
        with transaction.atomic():
            application, is_new = pipeline.receive(job, by=by, how=how, **fields)
            if is_new:
                _answers(application, answers)
                if receipt:
                    _receipt(application, responsible(job), by)
                telling.applied(application, by=by)
    except BaseException:
        _discard(stored)
        raise
    if not is_new:
        _discard(stored)
    return application


def _discard(stored) -> None:
    if stored is not None:
        files.delete(stored)


def _answers(application, answers: dict) -> None:
    Answer.objects.bulk_create(
        Answer(company_id=application.company_id, application=application, question=question, text=text)
        for question, text in answers.items()
        if text
    )


def _receipt(application, reply_to, by) -> None:
    """At once; ten minutes later to whoever was entered by a member, who may have erred."""
    job, company = application.job, application.job.company
    outbox.post(
        message="application_received",
        to=application.email,
        company=company,
        about=("application", application.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": job.title,
            "status_url": status_address(application),
            "privacy_contact": company.privacy_contact,
        },
        not_before=outbox.soon() if by else None,
        key=f"application_received:{application.pk}",
        reply_to=reply_to,
    )


def responsible(job) -> tuple[str, str] | None:
    """(name, address) of who answers applicants: who made the job, while they are in the company."""
    person = job.created_by
    return (person.name or job.company.name, person.email) if person and person.removed_at is None else None


def status_address(application) -> str:
    """A new link to the application's status page; older ones go on working."""
    token = links.mint(
        purpose="status",
        subject=("application", application.pk),
        company_id=application.company_id,
        days=LINK_DAYS,
    )
    return absolute(reverse("hiring_links:status", args=[token]))
