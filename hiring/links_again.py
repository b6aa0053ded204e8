"""New links for somebody who lost theirs: the page of the application, and the offer that waits for an answer."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.addresses import absolute
from hiring import reference_letters, sample_letters, talk_letters
from hiring.applying import responsible
from hiring.models import Application, Booking, Offer, OfferState, RefereesAsked, WorkSample
from hiring.status_links import LINK_DAYS, status_address
from mailroom import lost, outbox
from vault import links

MOST = 5  # applications of one address that are written about; the newest
OFFER_DAYS = 60


def send(email: str) -> None:
    """To whoever applied with this address within the year; once an hour for each application."""
    since = timezone.now() - timedelta(days=LINK_DAYS)
    found = Application.objects.filter(email__iexact=email, submitted_at__gte=since, is_test=False)
    for application in found.select_related("job__company", "job__created_by").order_by("-pk")[:MOST]:
        _post(application)


def _post(application) -> None:
    key = f"links_again:{application.pk}:{lost.this_hour()}"
    if outbox.exists(company=application.job.company, key=key):
        return
    outbox.post(
        message="links_again",
        to=application.email,
        company=application.job.company,
        about=("application", application.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": application.job.title,
            "status_url": status_address(application),
            "offer_url": _offer_address(application),
            "sample_url": _sample_address(application),
            "booking_url": _booking_address(application),
            "referees_url": _referees_address(application),
        },
        key=key,
        reply_to=responsible(application.job),
    )


def _offer_address(application) -> str:
    """Of the offer that can be answered; empty without one."""
    offer = Offer.objects.filter(application=application, state=OfferState.SENT).order_by("-pk").first()
    if offer is None:
        return ""
    token = links.mint(
        purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=OFFER_DAYS
    )
    return absolute(reverse("hiring_links:offer", args=[token]))


def _sample_address(application) -> str:
    """Of the work sample that can be written; empty without one."""
    sample = WorkSample.objects.filter(application=application).standing().first()
    return sample_letters.address(sample) if sample and sample.is_open else ""


def _booking_address(application) -> str:
    """Where a time is chosen, moved or cancelled; empty when nothing can be."""
    rows = (
        Booking.objects.filter(application=application).standing().select_related("interview", "application")
    )
    booking = next((row for row in rows.order_by("-pk") if row.is_open), None)
    return talk_letters.address(booking) if booking else ""


def _referees_address(application) -> str:
    """Where they name referees; empty where nobody asked for any, or out of the running."""
    asked = application.is_active and RefereesAsked.objects.filter(application=application).exists()
    return reference_letters.names_address(application) if asked else ""
