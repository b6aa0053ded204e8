"""What a candidate asks behind the link of an offer, and what the shop answers. Locks as hiring.offers does."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring import offer_letters, offer_telling, offers
from hiring.models import OfferQuestion, OfferState
from hiring.pipeline import Refused

MOST = 20  # of one offer: whoever asks more picks up the telephone


def of(offer) -> list[OfferQuestion]:
    """The thread, the oldest first."""
    return list(OfferQuestion.objects.filter(offer=offer).select_related("answered_by").order_by("pk"))


@transaction.atomic
def ask(offer, *, text: str) -> OfferQuestion:
    """By the link. The same words twice in a row are one question.

    Raises Refused without words, when the offer is off the table, or after so many questions.
    """
    _job, application, offer = offers.lock(offer)
    text = text.strip()
    if not text:
        raise Refused(_("Write your question first."))
    if offer.state != OfferState.SENT or offer.has_expired():
        raise Refused(_("This offer is off the table. Answer our mail instead."))
    asked = of(offer)
    if asked and asked[-1].text == text:
        return asked[-1]
    if len(asked) >= MOST:
        raise Refused(_("These are many questions: let us talk. Answer our mail with your phone number."))
    row = OfferQuestion.objects.create(company_id=offer.company_id, offer=offer, text=text)
    offers.record("offer.question_asked", offer, None, by_link="offer")
    offer_telling.question(row, application)
    return row


@transaction.atomic
def answer(question, *, by, text: str) -> OfferQuestion:
    """The candidate gets it by mail and reads it on the page of the offer. Raises Refused when it was answered."""
    _job, application, offer = offers.lock(question.offer)
    row = OfferQuestion.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)
    if row.answered_at:
        raise Refused(_("This was answered already. Your answer was not sent."))
    if not text.strip():
        raise Refused(_("Write the answer first."))
    row.answer, row.answered_by, row.answered_at = text.strip(), by, timezone.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    row.offer = offer
    if application.email:
        offer_letters.answer(row, application, by)
    offers.record("offer.question_answered", offer, by)
    offer_telling.settled(offer)
    return row
