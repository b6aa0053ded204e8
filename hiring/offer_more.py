"""What the page of an offer has besides the contract: what changed, and the thread of questions."""

from django.utils import translation

from hiring import offer_questions, offer_words
from hiring.models import OfferState
from hiring.offer_forms import QuestionForm


def context(offer, forms) -> dict:
    """For the candidate's page, in their language; `forms` may hold a refused `ask_form`."""
    open_ = offer.state == OfferState.SENT and not offer.has_expired()
    with translation.override(offer.application.language):
        changed = offer_words.in_short(offer_words.changed(offer)) if open_ else ""
    return {
        "changed": changed,
        "questions": offer_questions.of(offer),
        "ask_form": forms.get("ask_form") or QuestionForm(auto_id="ask_%s"),
    }
