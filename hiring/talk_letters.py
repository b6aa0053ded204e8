"""The mails of a talk: agreed, moved, called off. Each in the applicant's language."""

from django.utils import translation

from hiring.contract import when
from mailroom import outbox


def talk(interview, message, by, *, moved=False) -> None:
    application, job = interview.application, interview.application.job
    with translation.override(application.language):
        kind = interview.get_kind_display()
    outbox.post(
        message=message,
        to=application.email,
        company=job.company,
        about=("interview", interview.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": job.title,
            "when": when(interview.starts_at, interview.zone, application.language),
            "minutes": interview.minutes,
            "kind": kind,
            "place": interview.place,
            "moved": moved,
        },
        not_before=outbox.soon(),
        key=f"{message}-{interview.pk}-{interview.sequence}",
        reply_to=(by.name, by.email),
        attachments=attachments_for(interview, message),
    )


def attachments_for(interview, message) -> list[tuple[str, bytes, str]]:
    """What goes with such a letter, as (name, bytes, type)."""
    return []
