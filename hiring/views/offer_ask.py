"""A question about an offer, asked behind its link."""

from django.views.decorators.http import require_POST

from accounts.guards import by_link
from hiring import offer_questions
from hiring.offer_forms import QuestionForm
from hiring.views import offer_link


@by_link("offer")
@require_POST
def ask(request, token):
    offer = offer_link.offer_of(request)
    form = QuestionForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return offer_link._page(request, token, offer, ask_form=form, status=422)
    text = form.cleaned_data["text"]
    return offer_link._answer(request, token, offer, lambda: offer_questions.ask(offer, text=text))
