"""A time asked for, moved or called off, as the calendar message that goes with a mail (RFC 5546, RFC 6047).

The number of an event stays and its sequence rises with every change: a calendar moves what it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts import ical
from accounts.agenda import Entry
from mailroom.compose import CALENDAR

if TYPE_CHECKING:
    from icalendar import vCalAddress

Attachment = tuple[str, bytes, str]  # as mailroom.outbox.post takes them


@dataclass(frozen=True)
class Person:
    name: str
    email: str


def message(
    entry: Entry, *, organizer: Person, attendees: Sequence[Person], cancelled: bool = False, name: str
) -> Attachment:
    """`name` is what the file is called. CANCEL when it is called off, else REQUEST."""
    method = "CANCEL" if cancelled else "REQUEST"
    found = ical.calendar(method=method)
    event = ical.event(entry, cancelled=cancelled)
    event.add("organizer", _address(organizer), encode=0)
    for person in attendees:
        event.add("attendee", _attendee(person), encode=0)
    ical.add_zone(found, event)
    found.add_component(event)
    return name, found.to_ical(), f"{CALENDAR}{method}"


def _address(person: Person) -> "vCalAddress":
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{person.email}")
    if name := " ".join(ical.clean(person.name).replace('"', "'").split()):
        address.params["cn"] = name
    return address


def _attendee(person: Person) -> "vCalAddress":
    address = _address(person)
    address.params |= {
        "cutype": "INDIVIDUAL",
        "role": "REQ-PARTICIPANT",
        "partstat": "NEEDS-ACTION",
        "rsvp": "TRUE",
    }
    return address
