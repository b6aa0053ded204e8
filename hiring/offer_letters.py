"""Letters about an offer that is on the table: more time, the day before it ends, and answers to questions."""

from django.urls import reverse

from accounts.addresses import absolute
from hiring import outward
from hiring.letters import OFFER_LINK_DAYS
from mailroom import outbox
from vault import links

MORE_TIME, REMINDER, ANSWER = "offer_more_time", "offer_reminder", "offer_answer"


def _post(message, offer, application, *, by=None, key, not_before=None, **context):
    token = links.mint(
        purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=OFFER_LINK_DAYS
    )
    values = {
        "name": application.name,
        "job_title": offer.job_title,
        "expires_at": offer.expires_at,
        "url": absolute(reverse("hiring_links:offer", args=[token])),
        "sender": outward.name(by, application.job.company),
    }
    return outbox.post(
        message=message,
        to=application.email,
        company=application.job.company,
        about=("offer", offer.pk),
        language=application.language,
        context=values | context,
        key=key,
        not_before=not_before,
        reply_to=(by.name, by.email) if by else None,
    )


def more_time(offer, application, by) -> None:
    """Leaves after the minutes in which it can be taken back."""
    key = f"{MORE_TIME}-{offer.pk}-{offer.expires_at:%Y%m%d}"
    _post(MORE_TIME, offer, application, by=by, key=key, not_before=outbox.soon())


def reminder(offer, application) -> None:
    key = f"{REMINDER}-{offer.pk}-{offer.expires_at:%Y%m%d}"
    _post(REMINDER, offer, application, by=offer.sent_by, key=key)


def answer(row, application, by) -> None:
    """At once: somebody waits for it."""
    words = {"question": row.text, "answer": row.answer}
    _post(ANSWER, row.offer, application, by=by, key=f"{ANSWER}-{row.pk}", **words)
