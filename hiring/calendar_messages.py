"""An agreed time as a calendar message (RFC 5545, RFC 5546): asked for, moved, called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import ical
from accounts.addresses import absolute
from accounts.agenda import Entry
from hiring import applying
from mailroom import calendar_mail
from mailroom.calendar_mail import Attachment, Person
from mailroom.compose import sender_address

if TYPE_CHECKING:
    from icalendar import Event

FILE = "interview.ics"


@dataclass(frozen=True)
class Words:
    """What a reader is told. `private`: others who see the reader's calendar see that it is busy, and no more."""

    summary: str
    description: str
    location: str = ""
    private: bool = False


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
    return calendar_mail.message(
        entry(interview, words),
        organizer=organizer(interview),
        attendees=attendees,
        cancelled=bool(interview.cancelled_at),
        name=FILE,
    )


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


# -- as an entry of a calendar


def entry(interview, words: Words) -> Entry:
    return Entry(
        uid=str(interview.uid),
        start=interview.starts_at,
        end=interview.ends_at,
        title=words.summary,
        changed_at=interview.changed_at,
        place=words.location,
        text=words.description,
        kind="interview",
        zone=interview.zone,
        sequence=interview.sequence,
        private=words.private,
    )


def event_of(interview, words: Words) -> "Event":
    return ical.event(entry(interview, words), cancelled=bool(interview.cancelled_at))
