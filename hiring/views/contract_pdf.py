"""The contract as a file, for the shop and behind the candidate's link: whoever may read the page may take it along."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.guards import by_link, fetch, member
from hiring import contract
from hiring.models import OfferState
from hiring.views.moves import BOSSES
from hiring.views.offer_link import offer_of
from hiring.views.offers import OFFERS
from vault import files, trail


@member(*BOSSES)
@require_GET
def of_shop(request, pk):
    offer = fetch(request, OFFERS, pk=pk)
    if not offer.contract_text and (missing := contract.missing(offer)):
        messages.error(request, _("Still missing: %(names)s.") % {"names": ", ".join(missing)})
        return redirect("hiring:contract", offer.pk)
    return _file(offer, actor_id=request.user.pk, evidence=True)


@by_link("offer")
@require_GET
def of_candidate(request, token):
    """As long as the page shows the words: while the offer is open, and once it is signed."""
    offer = offer_of(request)
    open_ = offer.state == OfferState.SENT and not offer.has_expired()
    if not open_ and offer.state != OfferState.ACCEPTED:
        raise Http404
    return _file(offer, actor_id=None, by_link="offer")


def _file(offer, *, actor_id, by_link="", evidence=False):
    from hiring import contract_paper  # fonts and their engine: only for a process that is asked for paper

    made = contract_paper.pdf(offer, evidence=evidence)
    trail.record(
        "offer.downloaded",
        company_id=offer.company_id,
        actor_id=actor_id,
        kind="offer",
        pk=offer.pk,
        by_link=by_link,
    )
    return files.made(made, name=contract_paper.name(offer), kind="application/pdf")
