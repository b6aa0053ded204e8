"""The mails of a talk: choose a time, agreed, moved, called off, soon. Each in the applicant's language and zone."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.addresses import absolute
from hiring import calendar_messages, hosting, message_templates, outward
from hiring.contract import when
from hiring.letters import CALLED_OFF, INVITATION
from hiring.models import Booking, BookingHost
from mailroom import outbox
from vault import links

CHOOSE, BOOKED, REMINDER = "booking_choose", "interview_booked", "interview_reminder"
SAID = (INVITATION, BOOKED)  # an applicant who got one of them knows of the time
TOLD = {"waiting", "sent", "parked"}
LINK_DAYS = 60  # outlives the invitation: the page says that its days are over


# -- to choose a time


def choose(booking, by, *, not_before=None) -> None:
    application, job = booking.application, booking.application.job
    named = BookingHost.objects.filter(booking=booking).select_related("membership").order_by("pk")
    hosts = _listed(outward.names([row.membership for row in named], job.company), application.language)
    url, sender = address(booking), outward.name(by, job.company)
    kind = _kind(booking, application.language)
    with translation.override(application.language):
        more = {
            "link": url,
            "details": details(minutes=booking.minutes, kind=kind, hosts=hosts),
            "until": date_format(timezone.localtime(booking.expires_at), "DATE_FORMAT"),
        }
    outbox.post(
        message=CHOOSE,
        to=application.email,
        company=job.company,
        about=("booking", booking.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": job.title,
            "minutes": booking.minutes,
            "kind": kind,
            "hosts": hosts,
            "until": booking.expires_at,
            "url": url,
            "sender": sender,
        },
        not_before=not_before,
        key=f"{CHOOSE}-{booking.pk}",
        reply_to=_answers(by),
        own=message_templates.own("choose_time", application, sender=sender, more=more),
    )


def address(booking) -> str:
    """A new link to the page of the times; older ones go on working."""
    days = (booking.expires_at - timezone.now()).days + LINK_DAYS
    token = links.mint(
        purpose="booking", subject=("booking", booking.pk), company_id=booking.company_id, days=max(days, 1)
    )
    return absolute(reverse("hiring_links:booking", args=[token]))


# -- of a time


def talk(interview, message, by, *, moved=False, not_before=None) -> None:
    """What the shop agreed, moved or called off; leaves in ten minutes."""
    _post(interview, message, by, not_before=not_before or outbox.soon(), moved=moved)


def booked(interview, booking, *, moved) -> None:
    """At once: the applicant has just chosen it. The mail has a way to move or cancel it."""
    _post(interview, BOOKED, booking.sent_by, moved=moved, url=address(booking))


def called_off_by_them(interview, booking) -> None:
    """At once: so that it leaves their calendar, and they can choose another time."""
    _post(interview, CALLED_OFF, booking.sent_by, by_them=True, url=address(booking))


def reminder(interview, what: str) -> None:
    """`what` is "day" or "hours"."""
    booking = Booking.objects.filter(interview=interview).select_related("sent_by").first()
    _post(
        interview,
        REMINDER,
        interview.created_by,
        key=reminder_key(interview, what),
        url=address(booking) if booking and booking.ended_at is None else "",
    )


def reminder_key(interview, what: str) -> str:
    return f"{REMINDER}-{what}-{interview.pk}-{interview.sequence}"


def stop(interview) -> tuple[bool, bool]:
    """Nothing that has not left leaves: (was the applicant told of this time, and had none of that left)."""
    about = ("interview", interview.pk)
    told = [message for message in SAID if outbox.state(about=about, message=message) in TOLD]
    held = [message for message in told if outbox.cancel(about=about, message=message)]
    outbox.cancel(about=about, message=REMINDER)
    return bool(told), bool(told) and len(held) == len(told)


def _post(interview, message, by, *, not_before=None, key="", **more) -> None:
    application, job = interview.application, interview.application.job
    language = application.language
    context = {
        "name": application.name,
        "job_title": job.title,
        "when": when(interview.starts_at, zone_of(interview), language),
        "minutes": interview.minutes,
        "kind": _kind(interview, language),
        "place": interview.place,
        "hosts": _listed(hosting.names(interview), language),
        "moved": False,
        "by_them": False,
        "url": "",
    } | more
    outbox.post(
        message=message,
        to=application.email,
        company=job.company,
        about=("interview", interview.pk),
        language=language,
        context=context,
        not_before=not_before,
        key=key or f"{message}-{interview.pk}-{interview.sequence}",
        reply_to=_answers(by),
        attachments=attachments_for(interview, message, url=context["url"]),
        own=_own(interview, message, by, context),
    )


def _own(interview, message, by, context):
    """The shop's words stand for the first invitation only: what was moved has to say so."""
    if message != INVITATION or context["moved"]:
        return None
    application = interview.application
    said = {name: context[name] for name in ("when", "minutes", "kind", "hosts", "place")}
    with translation.override(application.language):
        more = {"details": details(**said)}
    sender = outward.name(by, application.job.company)
    return message_templates.own("invitation", application, sender=sender, more=more)


def details(*, minutes, when="", kind="", hosts="", place="") -> str:
    """What somebody has to know of a talk, each on a line; what is not known has none."""
    how_long = ngettext("How long: %(minutes)s minute", "How long: %(minutes)s minutes", minutes)
    lines = [
        when and _("When: %(when)s") % {"when": when},
        how_long % {"minutes": minutes},
        kind and _("How: %(kind)s") % {"kind": kind},
        hosts and _("With: %(hosts)s") % {"hosts": hosts},
        place and _("Where: %(place)s") % {"place": place},
    ]
    return "\n".join(filter(None, lines))


def zone_of(interview) -> str:
    """The applicant's own zone where they chose one, else the zone in which the time was agreed."""
    zones = Booking.objects.filter(application=interview.application_id).exclude(zone="")
    return zones.order_by("-pk").values_list("zone", flat=True).first() or interview.zone


def _kind(row, language) -> str:
    with translation.override(language):
        return str(row.get_kind_display())


def _listed(names, language) -> str:
    with translation.override(language):
        return hosting.listed(names)


def _answers(by):
    return (by.name, by.email) if by and by.removed_at is None else None


def attachments_for(interview, message, *, url="") -> list[tuple[str, bytes, str]]:
    """What goes with such a letter, as (name, bytes, type): a reminder changes nothing in a calendar."""
    if message == REMINDER:
        return []
    return [calendar_messages.for_applicant(interview, hosts=hosting.names(interview), url=url)]
