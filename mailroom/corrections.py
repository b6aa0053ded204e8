"""A mail that never arrived gets the right address: where the app holds it, and on the message itself."""

from email import policy
from email.parser import BytesParser

from django.db import transaction

from mailroom import outbox
from mailroom.compose import address
from mailroom.models import Mail
from vault import trail, work
from vault.work import State

# Kind of thing a mail is about -> callable (pk, email, by) that writes the address where that app holds it, and
# raises LookupError when there is no such thing any more. Apps add themselves in AppConfig.ready.
holders: dict = {}


class TooLate(Exception):
    """It has been sent again meanwhile, or its text is gone."""


def possible(mail) -> bool:
    return mail.state == State.PARKED and mail.about_kind in holders


def correct(mail, *, email: str, by) -> Mail:
    """Writes `email` down where the app holds it, puts it on this mail and sends it again.

    Only for mails that were set aside. Raises ValueError for what is no address, TooLate.
    """
    email = address(email)
    with transaction.atomic():
        row = Mail.objects.select_for_update(no_key=True, of=("self",)).defer(None).get(pk=mail.pk)
        if not possible(row) or not row.body:
            raise TooLate
        try:
            holders[row.about_kind](row.about_id, email, by)
        except LookupError:
            raise TooLate from None
        row.recipient, row.body = email, _readdressed(bytes(row.body), email)
        row.save(update_fields=["recipient", "body"])
        work.retry(row)
        trail.record(
            "mail.readdressed",
            company_id=row.company_id,
            actor_id=by.user_id,
            kind="mail",
            pk=row.pk,
            fields=["recipient"],
        )
        transaction.on_commit(lambda: outbox.hand_over(row.pk), robust=True)
    return row


def _readdressed(body: bytes, email: str) -> bytes:
    """The same message to somebody else; everything but the header stays as it was."""
    message = BytesParser(policy=policy.compat32).parsebytes(body)
    message.replace_header("To", email)
    return message.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))
