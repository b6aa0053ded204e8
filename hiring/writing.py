"""Letters to an applicant and what comes back: written, taken back, kept, noted, asked. Locks job, then application."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring import locking, mail_reading, message_telling, message_templates, threads
from hiring.locking import Refused
from hiring.models import Message, MessageFile, MessageKind
from hiring.status_links import status_address
from mailroom import outbox, quiet_hours, told_kinds
from vault import files, trail

LETTER = "written_message"


# -- to them


@transaction.atomic
def write(
    application, *, by, kind: str, language: str, subject: str, text: str, key: str, at=None
) -> Message:
    """Writes to the applicant: in ten minutes, or at `at` when that is later, and never at night.

    `subject` and `text` hold placeholders. The same `key` again gives the letter it made. Raises Refused.
    """
    _job, application = locking.lock(application)
    submission = hashlib.sha256(f"{application.pk}:{key}".encode()).hexdigest()
    if existing := Message.objects.filter(submission_key=submission).first():
        return existing
    if not application.email:
        raise Refused(_("There is no e-mail address: call them."))
    subject, text = message_templates.written(
        subject, text, application, sender=by.name, link=lambda: status_address(application)
    )
    message = Message.objects.create(
        company_id=application.company_id, application=application, kind=MessageKind.WRITTEN, by=by,
        template=kind, language=language, subject=subject, text=text, submission_key=submission,
    )  # fmt: skip
    _post(message, application, by, at)
    message_telling.answered(application)
    _trail("message.written", message, by)
    return message


def leaves(application, at: datetime | None = None) -> datetime:
    """When a letter that is written now leaves, at the earliest at `at`."""
    soon = outbox.soon()
    return quiet_hours.leaves(max(soon, at or soon), application.job.company)


def _post(message, application, by, at) -> None:
    outbox.post(
        message=LETTER,
        to=application.email,
        company=application.job.company,
        about=("message", message.pk),
        language=message.language,
        own=(message.subject, message.text),
        not_before=leaves(application, at),
        key=f"written-{message.pk}",
        reply_to=(by.name, by.email),
        follows=threads.last_number(application),
    )


@transaction.atomic
def take_back(message, *, by) -> None:
    """A letter does not leave; a mail, a note or a line that was kept goes again. Raises undoing.Refused."""
    message = _locked(message)
    if message.kind == MessageKind.WRITTEN:
        _hold(message)
    else:
        undoing.take(message, message.undoable.get("kept", {}).get("mark", ""), by=by)
        for attached in message.files.select_related("file"):
            files.delete(attached.file)
        message.delete()
    _trail("message.taken_back", message, by)


def _hold(message) -> None:
    """Of us and the worker exactly one wins: both change the one row."""
    if message.cancelled_at:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    if not outbox.cancel(about=("message", message.pk), message=LETTER):
        raise undoing.Gone(_("The message has left by now."))
    message.cancelled_at = timezone.now()
    message.save(update_fields=["cancelled_at"])


def _locked(message) -> Message:
    _job, application = locking.lock(message.application)
    row = Message.objects.filter(pk=message.pk).first()
    if row is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    row.application = application
    return row


# -- from them


class AlreadyThere(Exception):
    """This very mail is on the thread already."""


@dataclass(frozen=True)
class Came:
    """A mail that somebody brought in; `mark` is a hash that two copies share."""

    sender: str
    subject: str
    text: str
    mark: str
    sent_at: datetime | None = None
    message_id: str = ""
    answers: tuple = ()


@transaction.atomic
def keep(application, mail: Came, *, by, drafts=()) -> Message:
    """Puts a mail onto the thread, at the moment it was sent. Raises AlreadyThere."""
    _job, application = locking.lock(application)
    fields = {"kind": MessageKind.MAIL, "by": by, "mark": mail.mark, "sender": mail.sender}
    fields |= {"subject": mail.subject, "text": mail.text, "message_id": mail.message_id}
    message = _made(application, at=mail_reading.received(mail.sent_at)[0], **fields)
    message.answers_mail = threads.number_of(application, mail.answers)
    undoing.remember(message, "kept", {}, by=by)
    _save_once(message)
    files.take_all(list(drafts), actor_id=by.user_id)
    MessageFile.objects.bulk_create(
        MessageFile(company_id=message.company_id, message=message, file=draft) for draft in drafts
    )
    _trail("message.kept", message, by)
    return message


@transaction.atomic
def ask(application, text: str) -> Message:
    """A question from the applicant's own page, told to those who lead the job. Raises AlreadyThere and Refused."""
    _job, application = locking.lock(application)
    mark = hashlib.sha256(f"asked:{timezone.now():%Y%m%d}:{text}".encode()).hexdigest()
    message = _made(application, kind=MessageKind.QUESTION, text=text, mark=mark, sender=application.email)
    _save_once(message)
    message_telling.asked(message, application)
    _trail("message.asked", message, None)
    return message


def _made(application, **fields) -> Message:
    return Message(company_id=application.company_id, application=application, **fields)


def _save_once(message) -> None:
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        raise AlreadyThere from None


@transaction.atomic
def note(application, *, by, text: str = "") -> Message:
    """What they said by phone; without words: no answer is needed to what they wrote. Either is an answer."""
    _job, application = locking.lock(application)
    kind = MessageKind.CALL if text else MessageKind.SETTLED
    message = _made(application, kind=kind, by=by, text=text)
    undoing.remember(message, "kept", {}, by=by)
    message.save()
    message_telling.answered(application)
    _trail("message.noted", message, by)
    return message


@transaction.atomic
def came_back(application, bounce: dict, *, by):
    """The mail of ours that a delivery report is about, set aside with what was said; None when there is none.

    A report of one that is set aside already changes nothing.
    """
    _job, application = locking.lock(application)
    mail = threads.sent_back(application, bounce)
    if mail is not None and outbox.came_back(mail, bounce["said"]):
        told_kinds.tell_failed(mail)
        trail.record(
            "message.bounced", company_id=application.company_id, actor_id=by.user_id, kind="application",
            pk=application.pk, fields=["mail"],
        )  # fmt: skip
    return mail


def _trail(action, message, by):
    trail.record(
        action,
        company_id=message.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=message.application_id,
        fields=[message.kind],
    )
