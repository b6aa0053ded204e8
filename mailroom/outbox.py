"""The way out: a mail is a row first, written with the business row it speaks of, and leaves after the commit."""

import logging
import time
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from mailroom.compose import compose
from mailroom.models import Mail
from vault.work import State

log = logging.getLogger(__name__)
# After the queue refused one, this process leaves it alone for a moment: a page with ten mails must not wait
# ten times. The sweeper finds the rows.
BROKER_REST = 5.0
_rest_until = 0.0


def post(
    *,
    message: str,
    to: str,
    company=None,
    about: tuple[str, int] | None = None,
    language: str = "",
    context: dict | None = None,
    not_before: datetime | None = None,
    key: str | None = None,
    reply_to: str | tuple[str, str] | None = None,
    attachments=(),
    follows=None,
    own: tuple[str, str] | None = None,
) -> Mail:
    """Writes the message into the outbox, in the caller's transaction; it leaves after the commit.

    `message` names templates/emails/<message>.{subject,txt,html}; they get `context`, `company`,
    `company_name`, `subject`, `site_url`, `language_code`. `language` empty means the company's.
    `key` is unique within a company: the same mail twice is one row, and the first one is returned.
    `not_before` leaves time for undo (`soon()`). `reply_to` is an address or (name, address). `follows` is
    an earlier mail whose thread this one joins: anything with a `message_id`. `attachments` are (name, bytes,
    type). `own` is (subject, text) in the shop's own words, which stand for the templates.
    Raises ValueError when `to` or `reply_to` is not one plain address.
    """
    email, fields = _finished(
        message, to, company, about, language, context, not_before, key, reply_to, attachments, follows, own
    )
    return keep(email, **fields)


def post_many(letters: list[dict]) -> list[Mail]:
    """The same for many at once, each a dict of what `post` takes, in one INSERT; the sweeper takes them along.

    Raises IntegrityError for a key that is there already.
    """
    rows = []
    for letter in letters:
        email, fields = _finished(**letter)
        rows.append(_row(email, **fields))
    return Mail.objects.bulk_create(rows)


def _finished(
    message, to, company=None, about=None, language="", context=None, not_before=None, key=None,
    reply_to=None, attachments=(), follows=None, own=None,
):  # fmt: skip
    """The composed message, and the fields of its row."""
    language = language or (company.language if company else settings.LANGUAGE_CODE)
    email = compose(
        message=message,
        to=to,
        company=company,
        language=language,
        context=context or {},
        reply_to=reply_to,
        follows=follows,
        date=not_before,
        attachments=attachments,
        own=own,
    )
    kind, pk = about or ("", None)
    return email, {
        "recipient": email.to[0],
        "company": company,
        "message": message,
        "about_kind": kind,
        "about_id": pk,
        "language": language,
        "key": own_key(company, key),
        "due_at": not_before or timezone.now(),
    }


def soon() -> datetime:
    """When a mail leaves that follows a decision: until then the decision can be undone."""
    return timezone.now() + timedelta(minutes=settings.UNDO_MINUTES)


def cancel(*, about: tuple[str, int], message: str) -> int:
    """Stops what has not been sent yet; how many. The key is free again: a second decision sends its own mail."""
    unsent = Mail.objects.about(*about).filter(message=message, state__in=[State.WAITING, State.PARKED])
    return unsent.update(state=State.CANCELLED, key=None)


def state(*, about: tuple[str, int], message: str) -> str | None:
    """What became of the newest such mail: "waiting", "sent", "parked", "cancelled"; None when there is none.

    A mail kept on this computer counts as sent; one that a worker holds this moment as waiting.
    """
    rows = Mail.objects.about(*about).filter(message=message).order_by("-pk")
    found = rows.values_list("state", flat=True).first()
    return {State.DONE: "sent", State.RUNNING: "waiting"}.get(found, found)


def troubles(**pks) -> list[Mail]:
    """Mails that never arrived, about things by kind: troubles(application=[5, 6], offer=a_query_of_numbers).

    Oldest first, in one query. `last_error` is what the mail server said; an owner sends one again from its page.
    """
    kinds = [Q(about_kind=kind, about_id__in=numbers) for kind, numbers in pks.items()]
    return list(Mail.objects.parked().filter(reduce(or_, kinds)).order_by("pk"))


def came_back(mail: Mail, said: str) -> bool:
    """A mail server far away took it and then sent it back: set aside like one that was refused at once.

    False for a mail that never left, or that is known to have failed already. In the caller's transaction.
    """
    gone = Mail.objects.filter(pk=mail.pk, state=State.DONE, kept=False)
    if not gone.update(state=State.PARKED, last_error=said[:300]):
        return False
    mail.state, mail.last_error = State.PARKED, said[:300]
    return True


def set_aside(why: str) -> int:
    """Parks everything that has not left; how many. Each can be sent again from its page, as one that failed."""
    waiting = Mail.objects.filter(state__in=[State.WAITING, State.RUNNING])
    return waiting.update(state=State.PARKED, last_error=why, lease_until=None)


def keep(email, *, recipient, **fields) -> Mail:
    """The finished message as a row; of two with one `key` the first."""
    row = _row(email, recipient, **fields)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if row.key and (first := Mail.objects.filter(key=row.key).first()):
            return first
        raise
    if row.due_at <= timezone.now():
        transaction.on_commit(lambda: hand_over(row.pk), robust=True)
    return row


def _row(email, recipient, **fields) -> Mail:
    return Mail(
        recipient=recipient,
        subject=str(email.subject)[:300],
        message_id=email.extra_headers["Message-ID"],
        body=email.message().as_bytes(linesep="\r\n"),
        **fields,
    )


def hand_over(pk: int) -> bool:
    """Puts the row's number on the queue. False when the queue is not there: the sweeper will find the row."""
    from mailroom.tasks import deliver

    global _rest_until
    if time.monotonic() < _rest_until:
        return False
    try:
        deliver.delay(pk)
    except Exception as error:  # whatever a broker's client raises: the row is safe
        _rest_until = time.monotonic() + BROKER_REST
        log.warning("the queue is not there (%s): mail waits for the sweeper", type(error).__name__)
        return False
    return True


def exists(*, company, key: str) -> bool:
    """Was the mail of this key posted already? For what should not even mint a link for a mail that is not sent."""
    return Mail.objects.filter(key=own_key(company, key)).exists()


def own_key(company, key) -> str | None:
    """Keys of two companies never meet."""
    return own_key_of(company.pk if company else 0, key) if key else None


def own_key_of(company_id: int, key: str) -> str:
    return f"{company_id}:{key}"
