"""When a calendar says that somebody is taken: `python -m hiring.calendar_file FROM/TO/ZONE SECONDS < ics > spans`.

A process of its own: strangers' servers write these files, and a rule in them may repeat without end, so it limits
itself before it looks (vault.extract). No title, place or guest leaves it: the answer is JSON, spans as [from, to]
in seconds since 1970, in order, none touching another; or {"refused": code}.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from vault.extract import UNREADABLE, limit

MAX_BYTES = 5_000_000
MOST = 5_000  # spans; the nearest are kept
MAX_ANSWER = MOST * 30
NO_CALENDAR = "no_calendar"
BEGINS_WITHIN = 4_096
ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE")  # RFC 5545 3.6.1
# A time without a zone may stand a day beside where UTC has it.
MARGIN = timedelta(days=2)

Span = tuple[int, int]


class Refused(Exception):
    """`str()` is a code."""


def spans(data: bytes, *, start: datetime, end: datetime, zone: tzinfo) -> list[Span]:
    """What is taken between two moments. `zone` is where a day, and a time without a zone, is meant.

    Raises Refused; whatever else a broken file makes the parsers raise is the caller's.
    """
    found = []
    for calendar in _calendars(data):
        found += [*_events(calendar, start, end), *_told_busy(calendar)]
    first, last = int(start.timestamp()), int(end.timestamp())
    moments = ((_seconds(begin, zone), _seconds(finish, zone)) for begin, finish in found)
    return merged((max(begin, first), min(finish, last)) for begin, finish in moments)[:MOST]


def merged(rows) -> list[Span]:
    """In order, without those of no length; what overlaps or touches is one."""
    found: list[Span] = []
    for begin, finish in sorted(row for row in rows if row[0] < row[1]):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(finish, found[-1][1])
        else:
            found.append((begin, finish))
    return found


def _calendars(data: bytes) -> list:
    from icalendar import Calendar

    if b"BEGIN:VCALENDAR" not in data[:BEGINS_WITHIN].upper():
        raise Refused(NO_CALENDAR)
    return Calendar.from_ical(data.decode("utf-8-sig", "replace"), multiple=True)


def _events(calendar, start, end) -> Iterator[tuple[date, date]]:
    import recurring_ical_events

    parts = calendar.subcomponents
    calendar.subcomponents = [part for part in parts if part.name != "VEVENT" or _is_sound(part)]
    query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
    for event in query.between(start - MARGIN, end + MARGIN):
        if not _is_free(event):
            yield event["DTSTART"].dt, event["DTEND"].dt


def _is_sound(event) -> bool:
    """One that says when it is, and nothing twice that may be said once: the others must not fall with it."""
    from icalendar import vDDDTypes

    twice = any(isinstance(event.get(name), list) for name in ONCE)
    return not twice and isinstance(event.get("DTSTART"), vDDDTypes)


def _is_free(event) -> bool:
    """Called off, or marked as free: by the standard, or in Outlook's way."""
    return (
        _word(event, "STATUS") == "CANCELLED"
        or _word(event, "TRANSP") == "TRANSPARENT"
        or _word(event, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    )


def _word(component, name) -> str:
    return str(component.get(name, "")).strip().upper()


def _told_busy(calendar) -> Iterator[tuple[datetime, datetime]]:
    """Calendars that tell when somebody is taken and no more (RFC 5545 3.6.4)."""
    for component in calendar.walk("VFREEBUSY"):
        told = component.get("FREEBUSY", [])
        for line in told if isinstance(told, list) else [told]:
            if str(line.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                periods = getattr(line, "dts", [line])
                yield from ((period.start, period.end) for period in periods)


def _seconds(when: date, zone: tzinfo) -> int:
    if not isinstance(when, datetime):
        when = datetime.combine(when, time.min)
    return int((when if when.tzinfo else when.replace(tzinfo=zone)).timestamp())


def main(what: str, seconds: str) -> int:
    limit(int(seconds), MAX_ANSWER)
    start, end, zone = what.split("/", 2)
    data = sys.stdin.buffer.read(MAX_BYTES)
    try:
        window = {"start": _moment(start), "end": _moment(end), "zone": ZoneInfo(zone)}
        answer = spans(data, **window)
    except Refused as code:
        answer = {"refused": str(code)}
    except Exception:  # whatever a parser throws at a broken file
        return UNREADABLE
    sys.stdout.write(json.dumps(answer))
    return 0


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
