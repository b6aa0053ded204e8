"""Letters to applicants that wait ten minutes, and are held back when what they tell is taken back."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.addresses import absolute
from hiring import message_templates, outward
from mailroom import outbox
from vault import links

OFFER_LINK_DAYS = 60  # outlives the offer: the page says that it has expired
REFUSAL, OFFER = "not_selected", "offer"
INVITATION, CALLED_OFF = "interview_invitation", "interview_cancelled"
# What can wait until the morning (mailroom.quiet_hours). That a talk is called off cannot.
BY_DAY = {
    REFUSAL, OFFER, INVITATION, "booking_choose", "pool_ask", "pool_invitation", "work_sample",
    "work_sample_reminder", "written_message",
}  # fmt: skip


def hold_back(about: tuple[str, int], message: str) -> bool:
    """Stops such a letter. False when it has left, or a worker is handing it over this very moment.

    Of us and that worker exactly one wins: both change the one row, and the second sees what the first has written.
    """
    if outbox.cancel(about=about, message=message):
        return True
    return outbox.state(about=about, message=message) in {None, "cancelled"}


def offer(row, application, by) -> None:
    token = links.mint(
        purpose="offer", subject=("offer", row.pk), company_id=row.company_id, days=OFFER_LINK_DAYS
    )
    url, sender = (
        absolute(reverse("hiring_links:offer", args=[token])),
        outward.name(by, application.job.company),
    )
    with translation.override(application.language):
        until = date_format(timezone.localtime(row.expires_at), "DATETIME_FORMAT")
    outbox.post(
        message=OFFER,
        to=application.email,
        company=application.job.company,
        about=("offer", row.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": row.job_title,
            "expires_at": row.expires_at,
            "url": url,
            "sender": sender,
        },
        not_before=outbox.soon(),
        key=f"offer-{row.pk}",
        reply_to=(by.name, by.email),
        own=message_templates.own(
            "offer_letter", application, sender=sender, more={"link": url, "until": until}
        ),
    )


def offer_again(row, application) -> None:
    """An offer that is on the table again: whoever has its letter has it, else it leaves anew."""
    if outbox.state(about=("offer", row.pk), message=OFFER) == "cancelled" and row.sent_by:
        offer(row, application, row.sent_by)
