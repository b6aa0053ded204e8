"""From a row to the mail server: claimed, sent outside any transaction, stamped. Safe to run twice."""

import smtplib
import sys
from contextlib import suppress
from datetime import timedelta
from email import policy
from email.parser import BytesParser

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.db import transaction
from django.utils import timezone

from mailroom import quiet_hours, told, told_kinds
from mailroom.compose import one_line, sender_address
from mailroom.models import Mail
from vault import work
from vault.work import State

# Longer than a mail server may take over one message: each of its some eight answers has EMAIL_TIMEOUT (30 s).
LEASE = timedelta(minutes=5)
# Seconds between tries. Greylisting servers want minutes, a server under repair hours; then a person decides.
DELAYS = (60, 300, 1800, 7200, 21600, 43200)
BODY_KEPT = timedelta(days=30)
# What still leaves a shop that is being closed: answers to what somebody has just asked for, and that it closes.
RECEIPTS = {"application_received", "data_copy", "data_erasing", "links_again", "shop_closing"}
FROZEN = timedelta(hours=12)  # then it is asked again whether the shop changed its mind


class Refused(Exception):
    """The mail server will never take this message."""


class TryLater(Exception):
    """The mail server is there, and wants to be asked again (greylisting, full disk, too many at once)."""


def deliver_for(pk) -> int:
    """Sends what is due to the reader of row `pk`, the oldest first; how many left.

    While another worker is busy with this person's mail we leave the rest to it, or to the sweeper: one
    person's messages arrive in the order in which they were due.
    """
    recipient = Mail.objects.filter(pk=pk).values_list("recipient", flat=True).first()
    sent = 0
    while (row := _next_for(recipient)) is not None:
        sent += deliver(row)
    return sent


def _next_for(recipient) -> Mail | None:
    theirs = Mail.objects.filter(recipient=recipient)
    if theirs.filter(state=State.RUNNING, lease_until__gt=timezone.now()).exists():
        return None
    first = work.due(Mail).filter(recipient=recipient).values_list("pk", flat=True).first()
    return first and work.claim(Mail, first, lease=LEASE)


def deliver(row) -> bool:
    """Sends one claimed row and writes down what became of it: sent, to be tried again, or set aside."""
    if _stays_here(row):
        return False
    try:
        kept = hand_out(row)
    except Refused as error:
        _failed(row, one_line(error), delays=())
    except Exception as error:  # a poisonous mail must not stop the others; its tries are counted
        _failed(row, one_line(describe(error)), delays=DELAYS)
    else:
        return work.done(row, sent_at=timezone.now(), kept=kept)
    return False


def _stays_here(row) -> bool:
    """Looked at again when it leaves: a shop that closes writes to nobody, nobody is written to at night, and nobody
    is told of a team they left.
    """
    if row.company is None:
        return False
    if row.company.closes_at and row.message not in RECEIPTS:
        return work.put_off(row, until=timezone.now() + FROZEN)
    if until := quiet_hours.sleeps_until(row):
        return work.put_off(row, until=until)
    return told.left_the_team(row) and work.call_off(row, key=None)


def _failed(row, error, *, delays) -> None:
    with transaction.atomic():
        if work.failed(row, error, delays=delays) and row.state == State.PARKED:
            told_kinds.tell_failed(row)


def hand_out(row) -> bool:
    """Gives the row's message away; True when it stayed on this computer.

    Raises Refused for a permanent refusal; anything else that is raised is worth another try.
    """
    if settings.KEEP_MAIL or (row.company and row.company.is_demo):
        if row.company is None:
            show(row)
        return True
    try:
        transmit(row.recipient, bytes(row.body))
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(*next(iter(error.recipients.values()))) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _answer(error.smtp_code, error.smtp_error) from None
    return False


def transmit(recipient: str, body: bytes) -> None:
    """One message over one connection. An error while saying good-bye is none: the message was accepted."""
    connection = EmailBackend()
    connection.open()
    try:
        to = sanitize_address(recipient, "utf-8")
        connection.connection.sendmail(sender_address(), [to], body)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def show(row) -> None:
    """Keep mode: a reset or confirmation link belongs on nobody's page, so it is shown on the terminal."""
    rule = "-" * 72
    block = f"{rule}\nMail to {row.recipient}: {row.subject}\n\n{text_of(row).strip()}\n{rule}\n"
    sys.stdout.write(block)
    sys.stdout.flush()


def text_of(row) -> str:
    """The text part of the row's message; empty once the body is gone."""
    if not row.body:
        return ""
    message = BytesParser(policy=policy.default).parsebytes(bytes(row.body))
    part = message.get_body(preferencelist=("plain",))
    return part.get_content() if part else ""


def describe(error) -> str:
    """What went wrong, in one line a shop owner can pass on. Never the message itself."""
    if isinstance(error, TryLater):
        return str(error)
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def forget(now=None) -> int:
    """Empties the bodies of mails that left 30 days ago, or were due then and never will; how many."""
    before = (now or timezone.now()) - BODY_KEPT
    old = Mail.objects.exclude(state__in=[State.WAITING, State.RUNNING]).filter(body__isnull=False)
    return old.filter(due_at__lte=before).exclude(sent_at__gt=before).update(body=None)


def _answer(code, text) -> Exception:
    """RFC 5321: 5xx is final, 4xx is not."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return (Refused if code >= 500 else TryLater)(f"{code} {said}")
