"""What is said about an offer before it is answered: an owner's approval, more time, answers to questions."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import approvals, offer_days, offer_questions, pipeline
from hiring.models import Offer, OfferApproval, OfferQuestion, Stage
from hiring.offer_forms import AnswerForm, CommentForm, UntilForm
from hiring.views.candidate import person
from hiring.views.moves import BOSSES, stale_page
from hiring.views.stages import panel, refused

OFFERS = Offer.objects.select_related("application__job__company")
APPROVALS = OfferApproval.objects.select_related("offer__application__job__company", "asked_by")
QUESTIONS = OfferQuestion.objects.select_related("offer__application__job__company")


def _done(request, application, said, act):
    try:
        act()
    except approvals.Stale as why:
        context = {"sentence": str(why), "back": offer_panel(application)}
        return render(request, "409.html", context, status=409)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    except pipeline.Stale as stale:
        return stale_page(request, stale)
    else:
        if said:
            messages.success(request, said)
    return panel(application, Stage.OFFER)


def offer_panel(application) -> str:
    return f"{reverse('hiring:candidate', args=[application.pk])}?panel=offer"


@member(*BOSSES)
@require_POST
def ask_approval(request, pk):
    offer = fetch(request, OFFERS, pk=pk)
    said = _("An owner is asked. You hear when they have looked.")
    return _done(request, offer.application, said, lambda: approvals.ask(offer, by=request.membership))


@member(Role.OWNER)
@require_POST
def decide(request, pk):
    """Approved with one tap, or sent back with a comment (`back`)."""
    approval = fetch(request, APPROVALS, pk=pk)
    application, by = approval.offer.application, request.membership
    if "back" not in request.POST:
        said = _("Approved. Whoever asked may send it now.")
        return _done(request, application, said, lambda: approvals.approve(approval, by=by))
    form = CommentForm(request.POST, auto_id="comment_%s")
    if not form.is_valid():
        page = person(request, application.pk)
        return refused(request, page, panel=Stage.OFFER.value, comment_form=form)
    said, comment = _("Sent back with your words. Nothing left the shop."), form.cleaned_data["comment"]
    return _done(request, application, said, lambda: approvals.send_back(approval, by=by, comment=comment))


@member(*BOSSES)
@require_POST
def extend(request, pk):
    """Without a day: seven more."""
    offer = fetch(request, OFFERS, pk=pk)
    form = UntilForm(
        request.POST if "until" in request.POST else None, company=request.company, auto_id="until_%s"
    )
    if form.is_bound and not form.is_valid():
        page = person(request, offer.application_id)
        return refused(request, page, panel=Stage.OFFER.value, until_form=form)
    until = form.cleaned_data["until"] if form.is_bound else None
    return _done(request, offer.application, "", lambda: _extend(request, offer, until))


def _extend(request, offer, until):
    row = offer_days.extend(offer, by=request.membership, until=until)
    mark = undoing.offered(row, "extended", request.membership)
    said = _("The offer stands longer. They hear of it in ten minutes.")
    address = reverse("hiring:offer_extend_take_back", args=[row.pk])
    notices.undo(request, said, notices.marked(address, mark))


@member(*BOSSES)
@require_POST
def take_back_extension(request, pk):
    offer = fetch(request, OFFERS, pk=pk)
    return notices.take_back(
        request,
        lambda mark: offer_days.take_back_extension(offer, mark, by=request.membership),
        back=offer_panel(offer.application),
    )


@member(*BOSSES)
@require_POST
def answer(request, pk):
    question = fetch(request, QUESTIONS, pk=pk)
    application = question.offer.application
    form = AnswerForm(request.POST, auto_id=f"answer_{question.pk}_%s")
    if not form.is_valid():
        page = person(request, application.pk)
        return refused(request, page, panel=Stage.OFFER.value, answer_form=form, answer_to=question.pk)
    text = form.cleaned_data["text"]
    said = _("Your answer is on its way to them.")
    return _done(
        request, application, said, lambda: offer_questions.answer(question, by=request.membership, text=text)
    )
