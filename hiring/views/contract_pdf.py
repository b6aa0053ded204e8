"""The contract as a file, for the shop and behind the candidate's link: whoever may read the page may take it along.

Once both have signed it is one file for both, which a worker has made, or the copy that was signed outside; until then
its words are set as a document for whoever asks.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.guards import by_link, fetch, member
from hiring import contract, evidence, signed_pdf
from hiring.models import OfferState
from hiring.views.moves import BOSSES
from hiring.views.offer_link import offer_of
from hiring.views.offers import OFFERS
from vault import files, trail


@member(*BOSSES)
@require_GET
def of_shop(request, pk):
    offer = fetch(request, OFFERS.select_related("signed_file", "signed_contract__file"), pk=pk)
    if not offer.contract_text and (missing := contract.missing(offer)):
        messages.error(request, _("Still missing: %(names)s.") % {"names": ", ".join(missing)})
        return redirect("hiring:contract", offer.pk)
    if signed_pdf.is_waited_for(offer):
        messages.info(request, _("The signed contract is being prepared. Try again in a minute."))
        return redirect("hiring:contract", offer.pk)
    return _file(request, offer, member=request.membership)


@by_link("offer")
@require_GET
def of_candidate(request, token):
    """As long as the page shows the words: while the offer is open, and once it is signed."""
    offer = offer_of(request)
    open_ = offer.state == OfferState.SENT and not offer.has_expired()
    if not open_ and offer.state != OfferState.ACCEPTED:
        raise Http404
    if signed_pdf.is_waited_for(offer):
        with translation.override(offer.application.language):
            messages.info(request, _("The signed contract is being prepared. Try again in a minute."))
        return redirect("hiring_links:offer", token)
    return _file(request, offer, link=request.link.pk)


def _file(request, offer, *, member=None, link=None):
    stored = signed_pdf.file_of(offer)
    given = files.response(stored, request) if stored else _made(offer, evidence_too=member is not None)
    trail.record(
        "offer.downloaded",
        company_id=offer.company_id,
        actor_id=member.user_id if member else None,
        kind="offer",
        pk=offer.pk,
        by_link="" if member else "offer",
    )
    if stored:
        evidence.downloaded(offer, member=member, link=link)
    return given


def _made(offer, *, evidence_too):
    from hiring import contract_paper  # fonts and their engine: only for a process that is asked for paper

    made = contract_paper.pdf(offer, evidence=evidence_too)
    return files.made(made, name=contract_paper.name(offer), kind="application/pdf")
