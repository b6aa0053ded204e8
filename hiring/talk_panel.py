"""The times of one applicant, as the panels of the call and of the interview show them."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts import notices, undoing
from hiring import hosting
from hiring.booking_forms import OfferTimesForm
from hiring.models import Booking, Interview, InterviewHost
from hiring.talk_forms import InterviewForm
from hiring.undo_addresses import booking_address, talk_address


def times(member, application, forms, **initial) -> dict:
    """`initial` is what the forms begin with (kind, minutes); `forms` may hold one that was refused.

    The person's talks that stand, the newest last; links to choose a time that nobody has used; both forms.
    """
    talks = _talks(member, application)
    context = {"interviews": talks, "links": [], "talking": any(_is_on(talk) for talk in talks)}
    if not member.is_boss:
        return context | {"interview_form": None, "booking_form": None}
    team = hosting.team(application.job)
    given = {"team": team, "by": member, "initial": initial}
    return context | {
        "links": _links(member, application),
        "interview_form": forms.get("interview_form") or InterviewForm(auto_id="plan_%s", **given),
        "booking_form": forms.get("booking_form") or OfferTimesForm(auto_id="offer_%s", **given),
    }


def _talks(member, application) -> list[Interview]:
    rows = Interview.objects.filter(application=application, cancelled_at=None).select_related("outcome_by")
    named = Prefetch("hosts", InterviewHost.objects.select_related("membership").order_by("pk"))
    rows = list(rows.prefetch_related(named).order_by("starts_at"))
    for row in rows:
        row.undo = talk_address(row, member)
        row.names = hosting.listed([str(host.membership) for host in row.hosts.all()])
        row.begun = row.starts_at <= timezone.now()
    return rows


def _is_on(talk) -> bool:
    return talk.begun and not talk.outcome and talk.ends_at > timezone.now()


def _links(member, application) -> list[Booking]:
    """Those without a time that stands, newest first; one that was just ended, with its Undo."""
    rows = Booking.objects.filter(application=application).select_related("interview")
    found = []
    for row in rows.order_by("-pk")[:5]:
        row.undo = booking_address(row, undoing.offered(row, "ended", member))
        if row.undo or (row.ended_at is None and not row.booked):
            row.undo_sent = _undo_sent(row, application, member)
            row.over = row.ended_at is not None or row.expires_at <= timezone.now()
            found.append(row)
    return found


def _undo_sent(row, application, member) -> str:
    """The sending of this link, as long as it can be taken back."""
    mark = row.batch if not row.ended_at and undoing.offered(row, "sent", member) else ""
    return notices.marked(reverse("hiring:bookings_take_back", args=[application.job_id]), mark)
