"""What the panels of offer and hired say of signatures: plain values for their templates."""

from hiring import certificates, evidence
from hiring.models import OfferState, SignedContract, Stage
from hiring.signing_forms import CountersignForm

NOTHING = {"countersign_form": None, "consent": "", "made": None}


def context(member, application, offer, forms) -> dict:
    """`countersign_form` where the candidate has signed and the shop has not; `made` how far the file is."""
    if offer is None or offer.state != OfferState.ACCEPTED:
        return NOTHING
    if application.standing != Stage.OFFER or offer.signed_outside or evidence.employer_signed(offer):
        return NOTHING | {"made": SignedContract.objects.filter(offer=offer).first()}
    form = forms.get("countersign_form") or CountersignForm(
        initial={"name": str(member)}, auto_id="countersign_%s"
    )
    return NOTHING | {"countersign_form": form, "consent": certificates.consent("employer")}
