"""Reading mails that people bring in: the parent's side of hiring.mailfile. Nothing is stored here."""

import json
import re
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from hiring.mailfile import MAX_ANSWER, MAX_BYTES, MAX_LETTER
from vault import extraction

SECONDS = 6  # of processor time for one mail; an ordinary one takes a twentieth
TOGETHER = 20  # by the clock, for everything one request reads: a mail that is made to be slow has company
_NUMBER = re.compile(r"<[!-;=?-~]{3,250}>")
OLDEST = timedelta(days=366)
SENTENCES = {
    "broken": _("This mail cannot be read. Save it once more from your mail program, or paste its text."),
    "depth": _("This mail holds a mail in a mail in a mail. Save the innermost one and choose that."),
    "empty": _("This mail is empty."),
    "later": _("Too much at once: this mail was not read. Bring it next."),
    "large": _("This mail is larger than 25 MB. Paste its text, and add the CV on the next page."),
    "msg": _(
        "This is a mail in Outlook's own format (.msg), which is not read here. Save it as .eml, or paste its text."
    ),
    "no_mail": _("This is not a mail. A CV as a file is entered by hand; mails end in .eml."),
    "parts": _("This mail has more than 50 parts. Paste its text, and add the CV on the next page."),
    "slow": _("Reading this mail took too long. Paste its text instead."),
}
REMARKS = {
    "winmail": _(
        "The attachments are packed in a file named winmail.dat, which only Outlook opens. Ask for the CV as a PDF."
    ),
    "encrypted": _("A part of this mail is encrypted and cannot be read here."),
    "pictures": _("Pictures of a signature or a layout are left out."),
    "mail_inside": _("Another mail is attached to this one. It is left out."),
    "more_mails": _(
        "Several mails were passed on in this one. Only the first is shown; save the others by themselves."
    ),
    "cut": _("The text was longer than 20,000 characters; its end is missing."),
}


class Unreadable(Exception):
    """`str()` is a sentence for whoever brought the mail."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code

    def __str__(self):
        return str(SENTENCES[self.code])


class Patience:
    """How long one request reads on, however many mails and letters it brought."""

    def __init__(self):
        self.until = time.monotonic() + TOGETHER

    def share(self, most: int) -> int:
        """How many seconds the next thing may take, up to `most`. Raises Unreadable when there are none left."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise Unreadable("later")
        return max(1, min(most, int(left)))


@dataclass(frozen=True)
class Found:
    """What a mail says. `mark` is a hash that two copies of it share; `files` are (name, bytes)."""

    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    letter: str = ""
    sent_at: datetime | None = None
    mark: str = ""
    remarks: list[str] = field(default_factory=list)
    forwarded_by: tuple[str, str] | None = None
    files: list[tuple[str, bytes]] = field(default_factory=list)
    message_id: str = ""
    answers: list[str] = field(default_factory=list)  # numbers of the mails before it
    bounce: dict | None = None  # hiring.mailbounce: it says that a mail of ours did not arrive


def read(file, kind: str = "eml", *, seconds: int = SECONDS) -> Found:
    """`file` is an upload (eml) or the pasted words (text). Raises Unreadable."""
    with _folder() as source, _folder() as answer:
        _copy(file, source)
        code = extraction.child("hiring.mailfile", kind, source=source, answer=answer, seconds=seconds)
        if code:
            raise Unreadable("slow" if code < 0 else "broken")
        answer.seek(0)
        return _found(answer.read(MAX_ANSWER))


def _folder():
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)


def _copy(file, source) -> None:
    """No more than the child would take, whatever size somebody claims."""
    size = 0
    for chunk in [file.encode(errors="replace")] if isinstance(file, str) else file.chunks():
        size += len(chunk)
        if size > MAX_BYTES:
            raise Unreadable("large")
        source.write(chunk)
    source.flush()
    source.seek(0)


def _found(answer: bytes) -> Found:
    """The child read a stranger's mail: of what it says nothing is believed beyond kind and length."""
    line, _newline, rest = answer.partition(b"\n")
    said = json.loads(line)
    if "refused" in said:
        raise Unreadable(said["refused"] if said["refused"] in SENTENCES else "broken")
    longest = {"name": 200, "email": 254, "phone": 40, "subject": 300, "letter": MAX_LETTER, "mark": 64}
    words = {key: str(said[key]).replace("\0", "")[:most] for key, most in longest.items()}
    outer = said["forwarded_by"]
    return Found(
        **words,
        sent_at=parse_datetime(said["sent_at"]) if said["sent_at"] else None,
        remarks=[code for code in said["remarks"] if code in REMARKS],
        forwarded_by=(str(outer[0])[:200], str(outer[1])[:254]) if outer else None,
        files=_files(said["files"], rest),
        message_id=_number(said["message_id"]),
        answers=[number for number in map(_number, said["answers"][:20]) if number],
        bounce=_bounce(said["bounce"]),
    )


def _number(text) -> str:
    """A message number that may stand in a header of ours."""
    return str(text) if _NUMBER.fullmatch(str(text)) else ""


def _bounce(said) -> dict | None:
    if said is None:
        return None
    words = " ".join(str(said["said"]).replace("\0", "").split())[:300]
    return {
        "to": str(said["to"])[:254],
        "said": words,
        "message_id": _number(said["message_id"]),
        "final": said["final"] is True,
    }


def _files(sizes, rest: bytes) -> list[tuple[str, bytes]]:
    found, at = [], 0
    for name, size in sizes:
        found.append((str(name), rest[at : at + size]))
        at += size
    return found


def received(sent_at: datetime | None) -> tuple[datetime, str]:
    """(when the application came, why it is not what the mail says: "", none, future or old)."""
    now = timezone.now()
    if sent_at is None:
        return now, "none"
    if sent_at > now:
        return now, "future"
    return (now, "old") if sent_at < now - OLDEST else (sent_at, "")
