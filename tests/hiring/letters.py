"""Letters to and from applicants, for tests."""

from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hiring import writing
from hiring.models import MessageFile
from mailroom.models import Mail
from tests.hiring.mails import make_mail
from vault import files
from vault.work import State

_number = count(1)


def write(application, by, **fields):
    """A letter that waits; the same `key` again is the same letter."""
    values = {"kind": "free", "language": "en", "subject": "About {job}", "text": "Hello {name}"}
    return writing.write(application, by=by, **(values | {"key": f"key-{next(_number):06}"} | fields))


def mail_of(message) -> Mail:
    return Mail.objects.get(about_kind="message", about_id=message.pk)


def leave():
    """As if the mail server had taken everything that waits."""
    Mail.objects.filter(state=State.WAITING).update(state=State.DONE, sent_at=timezone.now())


def came(application, by, *, text="Tuesday suits me", at=None, drafts=(), **fields):
    n = next(_number)
    values = {"sender": application.email, "subject": "Re: About", "text": text, "mark": f"{n:064}"}
    mail = writing.Came(
        **values | {"sent_at": at or timezone.now(), "message_id": f"<{n}@mail.example>"} | fields
    )
    return writing.keep(application, mail, by=by, drafts=drafts)


def draft(company, name="diploma.txt", words=b"I know all about tea. " * 3):
    return files.set_aside(SimpleUploadedFile(name, words), company_id=company.pk)


def with_file(application, by) -> MessageFile:
    return came(application, by, drafts=[draft(application.job.company)]).files.get()


def upload(**fields) -> SimpleUploadedFile:
    return SimpleUploadedFile("mail.eml", make_mail(**fields).as_bytes(), "message/rfc822")


REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: post@lumi.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@mx.example>
Date: Mon, 16 Nov 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 16 Nov 2026 09:29:58 +0000

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code}

--b
Content-Type: {kind}

{original}
--b--
"""


def report(
    to="ada@mail.example",
    *,
    number="",
    action="failed",
    status="5.1.1",
    code="550 5.1.1 User unknown",
    **more,
):
    """A delivery report (RFC 3464) as bytes; `number` is the Message-ID of what was sent back."""
    kind = more.get("kind", "message/rfc822")
    original = f"Message-ID: {number}\nSubject: About\n\nHello" if number else "Subject: About\n\nHello"
    words = REPORT.format(to=to, action=action, status=status, code=code, kind=kind, original=original)
    return words.replace("\n", "\r\n").encode()
