"""Calendars read by others: vobject, dateutil, and by hand."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import vobject


def by_vobject(data: bytes):
    """The one event, as an independent parser reads it that has seen no other calendar before."""
    known = getattr(vobject.icalendar, "__tzidMap")
    for name in set(known) - {"UTC"}:
        del known[name]
    return vobject.readOne(data.decode()).vevent


def unfolded(data: bytes) -> list[str]:
    """The lines of a calendar by hand, as RFC 5545 3.1 says: CRLF ends one, CRLF and a blank goes on with it."""
    text = data.decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def text_of(lines: list[str], name: str) -> str:
    """The text of a property, its escapes undone by hand (RFC 5545 3.3.11)."""
    (line,) = [line for line in lines if line.startswith(f"{name}:")]
    out, letters = [], iter(line.removeprefix(f"{name}:"))
    for letter in letters:
        if letter == "\\":
            after = next(letters)
            out.append("\n" if after in "nN" else after)
        else:
            out.append(letter)
    return "".join(out)


def utc(*parts) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def local(zone, *parts) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))
