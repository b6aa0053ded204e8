"""A mail that says that one of ours did not arrive (RFC 3464). Imports no Django: a child process uses it."""

import re
from collections.abc import Iterator
from email import message_from_string
from email.policy import compat32

from hiring import mailtext

SHORT = 300
_PARTS = 50
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_ID = re.compile(r"<[^<>\s]{3,250}>")


def find(message) -> dict | None:
    """{"to", "said", "message_id", "final"} of a delivery report; None for every other mail.

    `final` is False where the server goes on trying. `said` begins with the code when there is one.
    """
    parts = list(_walk(message))
    report = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if report is None:
        return None
    fields = _fields(report)
    if fields.get("action", "") in {"delivered", "relayed", "expanded"}:
        return None
    status = _STATUS.search(fields.get("status", ""))
    return {
        "to": _address(fields.get("original-recipient") or fields.get("final-recipient", "")),
        "said": _said(fields, status),
        "message_id": next((found for part in parts if (found := _number_of(part))), ""),
        "final": fields.get("action") == "failed" or bool(status and status[1] == "5"),
    }


def _walk(message) -> Iterator:
    """The parts, also those of what was sent back; no more than anybody needs."""
    stack, seen = [message], 0
    while stack and seen < _PARTS:
        part, seen = stack.pop(), seen + 1
        yield part
        if part.is_multipart():
            stack.extend(reversed(part.get_payload()))


def _fields(report) -> dict[str, str]:
    """Of the last block of fields that names a recipient: one for each reader, ours had one."""
    found: dict[str, str] = {}
    for block in report.get_payload() if report.is_multipart() else []:
        values = {
            key.lower(): " ".join(mailtext.clean(str(value)).split()) for key, value in block.raw_items()
        }
        if "final-recipient" in values or "original-recipient" in values:
            found = values
    found["action"] = found.get("action", "").lower()
    return found


def _address(field: str) -> str:
    hit = mailtext.ADDRESS.search(field[:1_000])
    return hit[0][:254] if hit else ""


def _said(fields, status) -> str:
    words = re.sub(r"^\s*smtp\s*;\s*", "", fields.get("diagnostic-code", ""), flags=re.IGNORECASE)
    code = status[0] if status and status[0] not in words else ""
    return " ".join(f"{code} {words}".split())[:SHORT] or "5.0.0"


def _number_of(part) -> str:
    """Of our mail, as it or its header lines came back."""
    if part.get_content_type() == "text/rfc822-headers":
        part = message_from_string(str(part.get_payload())[:20_000], policy=compat32)
    elif part.get_content_type() == "message/rfc822" and part.is_multipart():
        part = part.get_payload(0)
    else:
        return ""
    hit = _ID.search(str(part.get("Message-ID", ""))[:1_000])
    return hit[0] if hit else ""


def numbers(text: str) -> list[str]:
    """The message numbers in the value of a header, in their order, at most 20."""
    return _ID.findall(text)[:20]
