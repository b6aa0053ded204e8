"""One mail, read: `python -m hiring.mailfile KIND SECONDS < mail > found`. A process of its own, like vault.extract.

It takes apart what strangers sent, so it limits itself before it looks and imports no Django. KIND is eml (a file) or
text (pasted). The answer is one line of JSON, then the bytes of the attachments one after the other; a mail that is
not taken gives {"refused": code}.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from hiring import mailbounce, mailtext
from vault import naming, textcodes
from vault.extract import UNREADABLE, limit
from vault.unfit import Unfit

MAX_BYTES = 25_000_000
MAX_ANSWER = MAX_BYTES + 2_000_000
MAX_PARTS = 50
MAX_DEPTH = 3  # mails inside mails
MAX_LETTER = 20_000  # what an application keeps of a letter
MAX_HEADER = 2_000
SHORT = 400  # characters of somebody who only passes a mail on
_OTHER_FILES = {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "msg", b"%PDF": "no_mail", b"PK\x03\x04": "no_mail"}
_OURS = ("From", "Subject", "Date", "Message-ID", "Received", "To")
_SEALED = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_SEALS = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_NOBODY = ("no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "notification", "mailer-daemon")
_ODD_CODES = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7"}


def read(data: bytes) -> tuple[dict, list[bytes]]:
    """What an .eml file says, and the bytes of its attachments. Raises Unfit with the code of a sentence."""
    message = _message(data)
    found = _Mail(message)
    bounce = mailbounce.find(message)
    inner = None if bounce else _passed_on(found)
    if inner is None:
        said, files = _told(found, *_first_writer(found))
        return said | {"bounce": bounce}, files
    outer = found.person()
    return _told(inner, inner.person(), inner.letter, inner.sent_at, inner.subject, outer)


def _message(data: bytes) -> EmailMessage:
    if not data.strip():
        raise Unfit("empty")
    if len(data) > MAX_BYTES:
        raise Unfit("large")
    for magic, code in _OTHER_FILES.items():
        if data.startswith(magic):
            raise Unfit(code)
    if data.startswith(b"From "):  # a mailbox with one mail in it
        data = data.partition(b"\n")[2]
    message = message_from_bytes(data, policy=default)
    if not any(raw(message, name) for name in _OURS):
        raise Unfit("no_mail")
    return message


def raw(message, name: str) -> str:
    """The first header of this name as it was sent, not decoded, no longer than anybody needs."""
    values = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return str(next(values, ""))[:MAX_HEADER]


def header(message, name: str) -> str:
    """Decoded, in one line. What is broken in it stays as it was sent."""
    text = raw(message, name)
    try:
        said = str(default.header_factory(name, _repaired(text)))
    except Exception:  # the parser of the standard library stumbles over some broken headers in its own ways
        try:
            said = str(make_header(decode_header(text)))
        except Exception:
            said = text
    return " ".join(mailtext.clean(said).split())


def _repaired(text: str) -> str:
    """Bytes beyond ASCII that nobody encoded: as what they probably are."""
    data = text.encode("ascii", "surrogateescape") if _has_bytes(text) else b""
    return textcodes.decode(data) if data else text.replace("\r", "").replace("\n", "")


def _has_bytes(text: str) -> bool:
    return text.isascii() is False and all(ord(char) < 128 or 0xDC80 <= ord(char) <= 0xDCFF for char in text)


# -- the parts


def leaves(message) -> Iterator[EmailMessage]:
    """The parts that hold something, in order; a mail inside counts as one. Raises Unfit beyond 50 parts."""
    stack, seen = [message], 0
    while stack:
        part, seen = stack.pop(), seen + 1
        if seen > MAX_PARTS:
            raise Unfit("parts")
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack.extend(reversed(part.get_payload()))
        else:
            yield part


class _Mail:
    """One mail, without those inside it."""

    def __init__(self, message):
        self.message = message
        self.plain, self.html, self.files, self.mails, self.remarks = [], [], [], [], []
        for part in leaves(message):
            self._sort(part)
        text = mailtext.clean("\n\n".join(self.plain))
        self.letter = text or mailtext.of_html("\n".join(self.html))
        self.subject = header(message, "Subject")[:300]
        self.sent_at = _moment(header(message, "Date"))

    def _sort(self, part):
        kind, name = part.get_content_type(), _name(part)
        kind = "text/plain" if kind.startswith("multipart/") else kind  # says it has parts, and has none
        if kind == "message/rfc822" and part.is_multipart():
            self.mails.append(part.get_payload(0))
        elif kind in _TNEF or name.lower() == "winmail.dat":
            self._remark("winmail")
        elif kind in _SEALED:
            self._remark("encrypted")
        elif _is_body(part, kind):
            (self.html if kind == "text/html" else self.plain).append(_words(part))
        elif _is_decoration(part, kind):
            self._remark("pictures")
        elif kind not in _SEALS and not kind.startswith("message/"):
            self.files.append((name, part.get_payload(decode=True) or b""))

    def _remark(self, code):
        if code not in self.remarks:
            self.remarks.append(code)

    def person(self) -> tuple[str, str]:
        """Who sent it; for a machine that answers nobody, who is to be answered."""
        name, email = mailtext.person(header(self.message, "From"))
        if email.lower().startswith(_NOBODY) and (reply := header(self.message, "Reply-To")):
            other, address = mailtext.person(reply)
            return (other or name, address) if address else (name, email)
        return name, email


def _is_body(part, kind) -> bool:
    return kind in {"text/plain", "text/html"} and not part.is_attachment() and not part.get_filename()


def _is_decoration(part, kind) -> bool:
    """A picture of the page or of a signature, or an invitation: not what somebody attached."""
    inline = not part.is_attachment() and (part["Content-ID"] or part.get_content_disposition() == "inline")
    return kind == "text/calendar" or bool(kind.startswith("image/") and inline)


def _name(part) -> str:
    try:
        said = part.get_filename() or ""
        said = str(make_header(decode_header(said))) if "=?" in said else said
    except Exception:  # as with headers
        said = ""
    return naming.clean(_repaired(said)) if said else ""


def _words(part) -> str:
    data = part.get_payload(decode=True) or b""
    return decoded(data[: 4 * MAX_BYTES // 10], part.get_content_charset("") or "")


def decoded(data: bytes, charset: str) -> str:
    """UTF-8 where it is that, whatever is claimed; else as claimed; else as it reads best."""
    if not data.isascii() and (text := _as(data, "utf-8")) is not None:
        return text
    name = charset.lower().replace("-", "_")
    name = "gb18030" if name in {"gb2312", "gbk", "gb_2312_80"} else name
    text = None if name in _ODD_CODES or not name else _as(data, name)
    return textcodes.decode(data) if text is None else text


def _as(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, LookupError, ValueError):
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


# -- who wrote first


def _passed_on(found: _Mail, depth: int = 1) -> _Mail | None:
    """The innermost mail, when this one only passes it on. Raises Unfit when they lie too deep."""
    if not found.mails:
        return None
    if not (mailtext.is_forward(found.subject, found.letter) or len(found.letter) < SHORT):
        found.remarks.append("mail_inside")
        return None
    if depth > MAX_DEPTH:
        raise Unfit("depth")
    inner = _Mail(found.mails[0])
    if len(found.mails) > 1:
        inner.remarks.append("more_mails")
    return _passed_on(inner, depth + 1) or inner


def _first_writer(found: _Mail):
    """(person, letter, date, subject, who passed it on): from lines in the text when it was forwarded there."""
    own = found.person()
    head = mailtext.head_of(found.letter) if mailtext.is_forward(found.subject, found.letter) else None
    if head is None:
        return own, found.letter, found.sent_at, found.subject, None
    said, rest = head
    subject = said.get("subject") or mailtext.plain_subject(found.subject)
    return mailtext.person(said["from"]), rest, _moment(said.get("date", "")) or found.sent_at, subject, own


def _told(found: _Mail, who, letter, sent_at, subject, outer) -> tuple[dict, list[bytes]]:
    remarks = found.remarks + (["cut"] if len(letter) > MAX_LETTER else [])
    mark = header(found.message, "Message-ID") or f"{who[1]}\n{sent_at}\n{subject}\n{letter}"
    said = {
        "name": who[0][:200],
        "email": who[1][:254],
        "phone": mailtext.phone(letter),
        "subject": mailtext.plain_subject(subject)[:300],
        "letter": letter[:MAX_LETTER],
        "sent_at": sent_at.isoformat() if sent_at else "",
        "mark": hashlib.sha256(mark.encode(errors="replace")).hexdigest(),
        "remarks": remarks,
        "forwarded_by": list(outer) if outer else None,
        "files": [[name, len(data)] for name, data in found.files],
        "message_id": (mailbounce.numbers(raw(found.message, "Message-ID")) or [""])[0],
        "answers": mailbounce.numbers(
            f"{raw(found.message, 'In-Reply-To')} {raw(found.message, 'References')}"
        ),
        "bounce": None,
    }
    return said, [data for _name, data in found.files]


# -- pasted


def read_text(data: bytes) -> tuple[dict, list[bytes]]:
    """The text of a mail as somebody copied it: its source, lines such as "From:" on top, or only the words."""
    text = mailtext.clean(data.decode("utf-8", "replace"))
    if not text:
        raise Unfit("empty")
    if _is_source(text):
        return read(data.lstrip())
    said, letter = mailtext.head_of(text, within=12) or ({}, text)
    who = mailtext.person(said["from"]) if said else _person_in(text)
    message = EmailMessage()
    found = _Mail(message)
    return _told(found, who, letter, _moment(said.get("date", "")), said.get("subject", ""), None)


def _is_source(text: str) -> bool:
    head = text.partition("\n\n")[0].lower()
    return "mime-version:" in head or "\nreceived:" in f"\n{head}" or "\nmessage-id:" in f"\n{head}"


def _person_in(text: str) -> tuple[str, str]:
    """The first line with an address, and the name before it when there is one."""
    line = next((line for line in text.split("\n")[:400] if mailtext.ADDRESS.search(line)), "")
    name, email = mailtext.person(line) if line else ("", "")
    return (name if 0 < len(name.split()) < 5 and ":" not in name else ""), email


# -- which file is what

_CV = tuple("cv resume résumé curriculum lebenslauf ansioluettelo merit życiorys سيرة 简历 履历".split())
_LETTER = tuple("letter cover motiv anschreiben hakemus saate brev ansökan list خطاب 求职信 自荐".split())


def roles(names: list[str]) -> list[str]:
    """cv, letter or out for each file: by its name, and the first that says nothing as CV. Only a proposal."""
    found = [_role(name.lower()) for name in names]
    if "cv" not in found and "" in found:
        found[found.index("")] = "cv"
    return ["out" if not role or role in found[:n] else role for n, role in enumerate(found)]


def _role(name: str) -> str:
    if any(word in name for word in _LETTER) and "cv" not in name:
        return "letter"
    return "cv" if any(word in name for word in _CV) else ""


def main(kind: str, seconds: str) -> int:
    limit(int(seconds), MAX_ANSWER)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        said, files = {"eml": read, "text": read_text}[kind](data)
    except Unfit as unfit:
        said, files = {"refused": unfit.code}, []
    except Exception:  # whatever the parser throws at a broken mail: it cannot be read
        return UNREADABLE
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    for file in files:
        sys.stdout.buffer.write(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
