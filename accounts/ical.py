"""Calendars as bytes (RFC 5545), for feeds and for messages.

The same state gives the same bytes. Times stand on the wall of the zone they were agreed in, with that zone's
changes around them.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from accounts import zones

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

    from accounts.agenda import Entry

PRODUCT = "-//Firsthire//Hiring//EN"
# Every way in which some program breaks a line; in a calendar a line is broken by "\n" alone.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def calendar(*, method: str) -> "Calendar":
    from icalendar import Calendar  # nine megabytes that most processes never need

    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    return found


def event(entry: "Entry", *, cancelled: bool = False) -> "Event":
    """DTSTAMP is when it was last changed: the same state is the same bytes.

    Never the address of this installation in the UID: that may be another one when the time is called off.
    """
    from icalendar import Event

    found = Event()
    found.add("uid", f"{entry.uid}@firsthire")
    found.add("sequence", entry.sequence)
    found.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    found.add("dtstart", on_the_wall(entry.start, entry.zone))
    found.add("dtend", on_the_wall(entry.end, entry.zone))
    found.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    found.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    for name, text in (("summary", entry.title), ("description", entry.text), ("location", entry.place)):
        if text := clean(text):
            found.add(name, text)
    if entry.url:
        found.add("url", entry.url)
    if entry.private:
        found.add("class", "PRIVATE")
    return found


def on_the_wall(moment: datetime, name: str) -> datetime:
    """In its zone; in UTC where the zone is unknown, or where the hour comes twice and the second is meant."""
    zone = zones.named(name)
    if zone is None or name in {"UTC", "Etc/UTC"}:
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def add_zone(found: "Calendar", *events: "Event") -> None:
    """The zones that the events stand in, with their changes from a year before to a year after."""
    years: dict[str, set[int]] = {}
    for moment in (event[name].dt for event in events for name in ("dtstart", "dtend")):
        if isinstance(moment.tzinfo, ZoneInfo):
            years.setdefault(moment.tzinfo.key, set()).add(moment.year)
    for name, of_zone in sorted(years.items()):
        found.add_component(_zone(name, min(of_zone), max(of_zone)))


@lru_cache(maxsize=200)
def _zone(name: str, first: int, last: int) -> "Timezone":
    from icalendar import Timezone

    zone = Timezone.from_tzinfo(
        ZoneInfo(name), name, first_date=date(first - 1, 1, 1), last_date=date(last + 2, 1, 1)
    )
    zone.pop("comment", None)
    return zone


def clean(text) -> str:
    """Without what no calendar may hold; every kind of line break is the one that a calendar writes."""
    kept = _BREAKS.sub("\n", str(text))
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
