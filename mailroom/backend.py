from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from mailroom import outbox
from mailroom.compose import new_message_id


class OutboxBackend(BaseEmailBackend):
    """What packages send (reset, confirmation) takes the same way out, as rows without a company."""

    def send_messages(self, email_messages):
        return sum(_store(email) for email in email_messages)


def _store(email) -> int:
    """One row for each reader, so that one refused address does not send the mail to the others again."""
    email.extra_headers.setdefault("Message-ID", new_message_id())
    language = translation.get_language() or settings.LANGUAGE_CODE
    recipients = email.recipients()
    for recipient in recipients:
        outbox.keep(email, recipient=recipient, language=language)
    return bool(recipients)
