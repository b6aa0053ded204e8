"""The offer as the candidate sees it, behind the link of their mail. Reading changes nothing."""

from allauth.account.adapter import get_adapter
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST

from accounts.guards import by_link
from hiring import certificates, evidence, offer_more, pipeline, signed_pdf, signing, terms_lists
from hiring.models import Offer, OfferState, Stage
from hiring.offer_forms import DeclineForm, SignForm


def offer_of(request) -> Offer:
    rows = Offer.objects.select_related(
        "application__job__company", "sent_by", "signed_file", "signed_contract__file"
    )
    found = rows.filter(pk=request.link.subject_id, company_id=request.link.company_id).first()
    if found is None:  # a test that was removed, or a person who was erased
        raise Http404
    return found


def _page(request, token, offer, *, status=200, why="", **forms):
    open_ = offer.state == OfferState.SENT and not offer.has_expired()
    context = {
        "offer": offer,
        "company": offer.application.job.company,
        "token": token,
        "open": open_,
        "expired": offer.state == OfferState.EXPIRED or (offer.state == OfferState.SENT and not open_),
        "why": why,
        "sign_form": forms.get("sign_form") or SignForm(),
        "decline_form": forms.get("decline_form") or DeclineForm(),
        **_signing(offer, open_),
        **offer_more.context(offer, forms),
    }
    with translation.override(offer.application.language):
        return render(request, "hiring/link_offer.html", context, status=status)


def _signing(offer, open_) -> dict:
    """What the page says of signatures: to sign, signed by one, signed by both, and whether all is unchanged."""
    accepted = offer.state == OfferState.ACCEPTED
    return {
        "opening": evidence.opening(offer) if open_ else "",
        "employer": evidence.employer(offer),
        "signed_on": evidence.signed_on(offer),
        "waits_for_employer": accepted and offer.application.stage != Stage.HIRED,
        "preparing": signed_pdf.is_waited_for(offer),
        "check": evidence.check(offer) if accepted else None,
        "consent": certificates.consent("candidate"),
        "by_hand": terms_lists.of(offer.application.job.company.country).signature in terms_lists.BY_HAND,
    }


@by_link("offer")
def page(request, token):
    return _page(request, token, offer_of(request))


@by_link("offer")
@require_POST
def accept(request, token):
    offer = offer_of(request)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, token, offer, sign_form=form, status=422)
    proof = {"link": request.link.pk, "opened": evidence.opened_at(offer, request.POST.get("opened", ""))}
    return _answer(
        request, token, offer, lambda: signing.accept(offer, **proof, **signature_of(request, form))
    )


def signature_of(request, form) -> dict:
    """The name as typed, and where: for evidence.Signature."""
    return {
        "name": form.cleaned_data["name"],
        "address": get_adapter().get_client_ip(request),  # behind a proxy the browser's, not the proxy's
        "agent": request.headers.get("User-Agent", ""),
    }


@by_link("offer")
@require_POST
def decline(request, token):
    offer = offer_of(request)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, token, offer, decline_form=form, status=422)
    said = form.cleaned_data | {"link": request.link.pk}
    return _answer(request, token, offer, lambda: signing.decline(offer, **said))


def _answer(request, token, offer, act):
    """Answered by redirect, so that sending the page again asks for nothing; refused with the present state."""
    with translation.override(offer.application.language):
        try:
            act()
        except (pipeline.Refused, pipeline.Stale) as why:
            return _page(request, token, offer_of(request), why=str(why), status=409)
    return redirect("hiring_links:offer", token)
