from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from mailroom import outbox
from mailroom.compose import new_message_id


class OutboxBackend(BaseEmailBackend):
    """What leaves through django.core.mail takes the same way out.

    Mails of packages (reset, confirmation) become rows without a company. A message of ours from below this
    app carries what the row should know as `message.outbox`: a dict of company, about, kind, key, not_before
    and language.
    """

    def send_messages(self, email_messages):
        return sum(_store(email) for email in email_messages)


def _store(email) -> int:
    """One row for each reader, so that one refused address does not send the mail to the others again."""
    email.extra_headers.setdefault("Message-ID", new_message_id())
    email.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    fields = _fields(**getattr(email, "outbox", {}))
    recipients = email.recipients()
    for recipient in recipients:
        outbox.keep(email, recipient=recipient, **fields)
    return bool(recipients)


def _fields(*, company=None, about=("", None), kind="", key=None, not_before=None, language="") -> dict:
    return {
        "company": company,
        "message": kind,
        "about_kind": about[0],
        "about_id": about[1],
        "key": outbox.own_key(company, key),
        "due_at": not_before or timezone.now(),
        "language": language or translation.get_language() or settings.LANGUAGE_CODE,
    }
