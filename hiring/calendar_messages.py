"""An agreed time as a calendar message (RFC 5545, RFC 5546): asked for, moved, called off.

The number of an event stays, its sequence rises with every change; the same state gives the same bytes. Times stand
on the wall of the zone they were agreed in, with that zone's changes around them.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import zones
from accounts.addresses import absolute
from hiring import applying
from mailroom.compose import CALENDAR, sender_address

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone, vCalAddress

PRODUCT = "-//Firsthire//Hiring//EN"
FILE = "interview.ics"
# Every way in which some program breaks a line; in a calendar a line is broken by "\n" alone.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True)
class Words:
    """What a reader is told. `private`: others who see the reader's calendar see that it is busy, and no more."""

    summary: str
    description: str
    location: str = ""
    private: bool = False


Attachment = tuple[str, bytes, str]  # as mailroom.outbox.post takes them


# -- what goes out


def for_applicant(interview, *, hosts: Sequence[str] = (), url: str = "") -> Attachment:
    """For the mail to the applicant. `hosts` are names; `url` is where they choose another time or call it off.

    The addresses of those who sit in stay in the team: only who answers for the job is named with one.
    """
    application = interview.application
    named = [name for name in hosts if "@" not in name]  # an address stands for somebody without a name
    with translation.override(application.language):
        words = _words_for_applicant(interview, named, url)
    return _attachment(interview, words, [Person(application.name, application.email)])


def for_host(interview, member) -> Attachment:
    """For a mail to somebody who sits in: nothing of the applicant but the name, as far as it is shown now."""
    return _attachment(interview, words_for_team(interview), [Person(str(member), member.email)])


def _attachment(interview, words, attendees) -> Attachment:
    method = "CANCEL" if interview.cancelled_at else "REQUEST"
    found = calendar(method=method)
    event = event_of(interview, words)
    event.add("organizer", _address(organizer(interview)), encode=0)
    for person in attendees:
        event.add("attendee", _attendee(person), encode=0)
    add_zone(found, event)
    found.add_component(event)
    return FILE, found.to_ical(), f"{CALENDAR}{method}"


def organizer(interview) -> Person:
    """Who agreed it, while they are in the team; else who answers for the job, else the shop."""
    member, job = interview.created_by, interview.application.job
    if member is not None and member.removed_at is None and not member.is_erased:
        return Person(str(member), member.email)
    name, email = applying.responsible(job) or (job.company.name, job.company.privacy_contact)
    return Person(name, email or sender_address())


def _words_for_applicant(interview, hosts, url) -> Words:
    job = interview.application.job
    values = {"company": job.company.name, "job": job.title}
    lines = [_("Talk with %(company)s about the job as %(job)s.") % values, _how(interview)]
    if hosts:
        lines.append(_("You talk with: %(names)s") % {"names": ", ".join(hosts)})
    lines.append(
        _("Choose another time, or call it off: %(url)s") % {"url": url}
        if url
        else _("If that time does not suit you, answer the mail that this came with.")
    )
    summary = _("Talk with %(company)s: %(job)s") % values
    return Words(summary, "\n".join(lines), interview.place)


def words_for_team(interview) -> Words:
    """In the language that is active; masked while the job hides names."""
    application = interview.application
    values = {
        "how": interview.get_kind_display(),
        "name": application.shown_name,
        "job": application.job.title,
    }
    page = absolute(reverse("hiring:candidate", args=[application.pk]))
    lines = [_how(interview), _("The applicant's page: %(url)s") % {"url": page}]
    summary = _("%(how)s with %(name)s: %(job)s") % values
    return Words(summary, "\n".join(lines), interview.place, private=True)


def _how(interview) -> str:
    return _("How: %(kind)s") % {"kind": interview.get_kind_display()}


# -- the parts of a calendar


def calendar(*, method: str) -> "Calendar":
    from icalendar import Calendar  # nine megabytes that most processes never need

    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", method)
    return found


def event_of(interview, words: Words) -> "Event":
    """DTSTAMP is when the time was last changed: the same state is the same bytes."""
    from icalendar import Event

    event = Event()
    event.add("uid", uid(interview))
    event.add("sequence", interview.sequence)
    event.add("dtstamp", interview.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", on_the_wall(interview.starts_at, interview.zone))
    event.add("dtend", on_the_wall(interview.ends_at, interview.zone))
    event.add("status", "CANCELLED" if interview.cancelled_at else "CONFIRMED")
    event.add("transp", "OPAQUE")
    for name in ("summary", "description", "location"):
        if text := clean(getattr(words, name)):
            event.add(name, text)
    if words.private:
        event.add("class", "PRIVATE")
    return event


def uid(interview) -> str:
    """Never the address of this installation: that may be another one when the time is called off."""
    return f"{interview.uid}@firsthire"


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


def _address(person: Person) -> "vCalAddress":
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{person.email}")
    if name := " ".join(clean(person.name).replace('"', "'").split()):
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
