"""The shop's own signature, and whether a contract is as it was signed."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.guards import fetch, member
from hiring import evidence, pipeline, signed_pdf, signing
from hiring.models import Stage
from hiring.signing_forms import CountersignForm
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.offer_link import signature_of
from hiring.views.offers import OFFERS
from hiring.views.stages import panel, refused
from vault import trail


@member(*BOSSES)
@require_POST
def countersign(request, pk):
    """The last signature, where the candidate has signed first. Asks for the password when that was a while ago."""
    return _countersign(request, fetch(request, OFFERS, pk=pk))


@reauthentication_required
def _countersign(request, offer):
    form = CountersignForm(request.POST, auto_id="countersign_%s")
    if not form.is_valid():
        application = person(request, offer.application_id)
        return refused(request, application, panel=Stage.OFFER.value, countersign_form=form)
    try:
        signing.countersign(offer, by=request.membership, **signature_of(request, form))
    except pipeline.Refused as why:
        messages.error(request, str(why))
        return panel(offer.application, Stage.OFFER)
    messages.success(request, _("Signed. %(who)s is hired.") % {"who": offer.application.name})
    return redirect("hiring:candidate", offer.application_id)


@member(*BOSSES)
@require_GET
def check(request, pk):
    """Every byte that counts, looked at now: the words, each line of the evidence, the file."""
    offer = fetch(request, OFFERS.select_related("signed_file", "signed_contract__file"), pk=pk)
    found = evidence.check(offer)
    trail.record(
        "offer.checked", company_id=offer.company_id, actor_id=request.user.pk, kind="offer", pk=offer.pk
    )
    context = {
        "offer": offer,
        "application": offer.application,
        "check": found,
        "file": signed_pdf.file_of(offer),
        "preparing": signed_pdf.is_waited_for(offer),
    }
    return render(request, "hiring/contract_check.html", context)
