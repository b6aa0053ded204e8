from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from mailroom import outbox
from mailroom.compose import new_message_id


class OutboxBackend(BaseEmailBackend):
    """What packages send (reset, confirmation) takes the same way out, as rows without a company.

    The layers below cannot call `outbox.post`: they send a Django message and set `message.outbox`, a dict with
    any of company, about (kind, id), kind (name of the message), key, not_before and language.
    """

    def send_messages(self, email_messages):
        return sum(_store(email) for email in email_messages)


def _store(email) -> int:
    """One row for each reader, so that one refused address does not send the mail to the others again."""
    email.extra_headers.setdefault("Message-ID", new_message_id())
    recipients = email.recipients()
    for recipient in recipients:
        outbox.keep(email, recipient=recipient, **_columns(getattr(email, "outbox", {})))
    return bool(recipients)


def _columns(told: dict) -> dict:
    kind, pk = told.get("about") or ("", None)
    return {
        "company": told.get("company"),
        "message": told.get("kind", ""),
        "about_kind": kind,
        "about_id": pk,
        "language": told.get("language") or translation.get_language() or settings.LANGUAGE_CODE,
        "key": outbox.own_key(told.get("company"), told.get("key")),
        "due_at": told.get("not_before") or timezone.now(),
    }
