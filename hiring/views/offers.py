"""The offer as the shop sees it."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import fetch, member
from hiring import contract as contracts
from hiring import offers, pipeline, signing
from hiring.models import Offer, Stage
from hiring.offer_forms import OfferForm, SendForm, SignedForm
from hiring.undo_addresses import offer_address
from hiring.views.candidate import person
from hiring.views.moves import BOSSES, stale_page
from hiring.views.stages import panel, refused
from vault import files

OFFERS = Offer.objects.select_related("application__job__company")


@member(*BOSSES)
def edit(request, pk):
    """The draft's values; a new draft after one was sent becomes the next version."""
    application = person(request, pk)
    draft = offers.draft_for(application)
    form = OfferForm(request.POST if request.method == "POST" else None, instance=draft)
    if request.method == "POST" and form.is_valid():
        offers.save_draft(application, by=request.membership, values=form.values())
        messages.success(request, _("Offer kept. Nothing has been sent."))
        return panel(application, Stage.OFFER)
    context = {"application": application, "form": form, "required": contracts.REQUIRED}
    return render(request, "hiring/offer.html", context, status=422 if form.errors else 200)


@member(*BOSSES)
@require_POST
def send(request, pk):
    offer = fetch(request, OFFERS, pk=pk)
    form = SendForm(request.POST, auto_id="send_%s")
    if not form.is_valid():
        return refused(
            request, person(request, offer.application_id), panel=Stage.OFFER.value, send_form=form
        )
    return _act(
        request,
        offer,
        _("The offer leaves in ten minutes."),
        lambda: offers.send(offer, by=request.membership, days=form.cleaned_data["days"]),
    )


@member(*BOSSES)
@require_POST
def withdraw(request, pk):
    offer = fetch(request, OFFERS, pk=pk)
    return _act(
        request, offer, _("The offer is withdrawn."), lambda: offers.withdraw(offer, by=request.membership)
    )


def _act(request, offer, said, act):
    try:
        act()
    except pipeline.Refused as why:
        messages.error(request, str(why))
    except pipeline.Stale as stale:
        return stale_page(request, stale)
    else:
        offer.refresh_from_db(fields=undoing.FIELDS)
        notices.undo(request, said, offer_address(offer, request.membership))
    return panel(offer.application, Stage.OFFER)


@member(*BOSSES)
@require_POST
def signed(request, pk):
    """Signed elsewhere: the copy is kept, and the person is hired."""
    offer = fetch(request, OFFERS, pk=pk)
    form = SignedForm(request.POST, request.FILES, auto_id="signed_%s")
    if not form.is_valid():
        return refused(
            request, person(request, offer.application_id), panel=Stage.OFFER.value, signed_form=form
        )
    stored = files.store(
        form.cleaned_data["file"],
        company_id=offer.company_id,
        actor_id=request.user.pk,
        accept=files.DOCUMENTS,
    )
    answer = _act(
        request,
        offer,
        _("Signed. %(who)s is hired.") % {"who": offer.application.name},
        lambda: signing.signed_outside(
            offer, by=request.membership, file=stored, name=form.cleaned_data["name"]
        ),
    )
    if not Offer.objects.filter(
        company=offer.company, signed_file=stored
    ).exists():  # refused, or hired already by the first click
        files.delete(stored)
    return answer


@member(*BOSSES)
def contract(request, pk):
    """The contract's words, to read and print; for a draft with whatever is still missing."""
    offer = fetch(request, OFFERS, pk=pk)
    missing = contracts.missing(offer) if not offer.contract_text else []
    text = offer.contract_text or ("" if missing else contracts.text(offer))
    context = {"offer": offer, "application": offer.application, "text": text, "missing": missing}
    return render(request, "hiring/contract.html", context)
