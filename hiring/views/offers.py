"""The offer as the shop sees it."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, places, undoing
from accounts.guards import fetch, member
from hiring import approvals, evidence, offer_words, offers, pipeline, signing, terms_lists
from hiring import contract as contracts
from hiring.models import Offer, OfferState, Stage
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
    if request.method != "POST":
        return _edit_page(request, application, OfferForm(instance=draft))
    form = OfferForm(request.POST, instance=draft)
    if not form.is_valid():
        return _edit_page(request, application, form, status=422)
    try:
        offers.save_draft(
            application, by=request.membership, values=form.values(), seen=form.cleaned_data["seen"]
        )
    except conflicts.Changed as now:
        theirs = [OfferForm(instance=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    messages.success(request, _("Offer kept. Nothing has been sent."))
    return panel(application, Stage.OFFER)


def _edit_page(request, application, form, *, status=200):
    found = terms_lists.of(request.company.country)
    context = {
        "application": application,
        "form": form,
        "required": contracts.REQUIRED,
        "list": found,
        "country": places.country_name(request.company.country),
        "extras": _extras(form, found),
    }
    return render(request, "hiring/offer.html", context, status=status)


def _extras(form, found) -> list[dict]:
    """Those the country's list names come first; each with what it is, and what the country asks of it."""
    items = {column: item for item in found.items for column in item.columns}
    rows = [_extra(field, no, items.get(field.name), found.hints) for field, no in form.extras]
    return sorted(rows, key=lambda row: not row["listed"])


def _extra(field, no, item, hints) -> dict:
    what, hint = (item.what, hints.get(item.code, "")) if item else ("", "")
    return {"field": field, "no": no, "listed": bool(item), "what": what, "hint": hint}


@member(*BOSSES)
def send(request, pk):
    """The last look before it leaves: what is still open, what the country is like, and until when it stands."""
    offer = fetch(request, OFFERS, pk=pk)
    if request.method != "POST":
        return _send_page(request, offer, SendForm(offer=offer, by=request.membership))
    form = SendForm(request.POST, offer=offer, by=request.membership)
    if not form.is_valid():
        return _send_page(request, offer, form, status=422)
    said = _("The offer leaves in ten minutes.")
    values = form.values() | {"signature": _signature(request, form)}
    return _act(request, offer, said, lambda: offers.send(offer, by=request.membership, **values))


def _signature(request, form):
    """Who sends signs for the shop, from this browser; or after the candidate."""
    if form.cleaned_data["sign_later"]:
        return None
    address = get_adapter().get_client_ip(request)  # behind a proxy the browser's, not the proxy's
    return evidence.Signature(form.name, address, request.headers.get("User-Agent", ""))


def _send_page(request, offer, form, *, status=200):
    if offer.state != OfferState.DRAFT:
        messages.info(request, _("This offer has left already."))
        return panel(offer.application, Stage.OFFER)
    found = terms_lists.of(request.company.country)
    context = {
        "offer": offer,
        "application": offer.application,
        "form": form,
        "gaps": contracts.gaps(offer),
        "lines": terms_lists.lines(offer),
        "open": terms_lists.still_open(offer),
        "list": found,
        "country": places.country_name(request.company.country),
        "advice": offer_words.advice(offer, request.membership),
        "changed": offer_words.changed(offer),
        "asks": approvals.needed(request.membership),
        "approved": contracts.missing(offer) == [] and offers.is_approved(offer),
    }
    return render(request, "hiring/offer_send.html", context, status=status)


@member(*BOSSES)
@require_POST
def withdraw(request, pk):
    offer = fetch(request, OFFERS, pk=pk)
    return _act(
        request, offer, _("The offer is withdrawn."), lambda: offers.withdraw(offer, by=request.membership)
    )


def _act(request, offer, said, act):
    """Done, with an Undo where there is one; refused with why; 409 where the person has moved meanwhile."""
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
    form = SignedForm(request.POST, request.FILES, offer=offer, auto_id="signed_%s")
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
            offer,
            by=request.membership,
            file=stored,
            name=form.cleaned_data["name"],
            signed_on=form.cleaned_data["signed_on"],
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
    gaps = contracts.gaps(offer) if not offer.contract_text else []
    text = offer.contract_text or ("" if gaps else contracts.text(offer))
    context = {"offer": offer, "application": offer.application, "text": text, "gaps": gaps}
    context["signed_on"] = evidence.signed_on(offer)
    return render(request, "hiring/contract.html", context)
