"""The answer to an offer: signed behind the link, signed outside, or declined.

A signature hires, and whoever is hired gets a place in the team: there the company is locked before job, application
and offer.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from hiring import contract, offers, pipeline, telling
from hiring.models import How, Offer, OfferState
from hiring.pipeline import Refused


@transaction.atomic
def accept(offer, *, name, address, agent) -> Offer:
    """The candidate's signature behind their link, kept with its evidence; hires them at once.

    `name` as typed, `address` and `agent` of the browser. Accepting twice changes nothing. Raises Refused when the
    offer is withdrawn, declined or expired, or nobody's name was typed.
    """
    job, application, offer = offers.lock(offer, company=True)
    if offer.state == OfferState.ACCEPTED:
        return offer
    _may_answer(offer)
    if not name.strip():
        raise Refused(_("Type your name to sign."))
    offer.signed_name, offer.signed_address, offer.signed_agent = name.strip(), address or None, agent[:300]
    offer.consent_version = contract.CONSENT_VERSION
    offers.close(offer, OfferState.ACCEPTED)
    offers.record("offer.accepted", offer, None, by_link="offer")
    pipeline.hire(job, application, offer, by=None, how=How.LINK, by_link=True)
    telling.answered(offer, application)
    return offer


@transaction.atomic
def decline(offer, *, note="", reason="") -> Offer:
    """The candidate says no, `reason` being a DeclineReason or nothing; twice changes nothing.

    Raises Refused when there is nothing to decline any more.
    """
    _job, application, offer = offers.lock(offer)
    if offer.state == OfferState.DECLINED:
        return offer
    _may_answer(offer)
    offer.answer_note, offer.decline_reason = note[:1_000], reason
    offers.close(offer, OfferState.DECLINED)
    offers.record("offer.declined", offer, None, by_link="offer")
    telling.answered(offer, application)
    return offer


@transaction.atomic
def signed_outside(offer, *, by, file, name) -> Offer:
    """The contract was signed on paper or elsewhere: `file` is the copy (a StoredFile). Hires them at once.

    Also for an offer that was never mailed: then its words are fixed now. Raises Refused as `send` does.
    """
    job, application, offer = offers.lock(offer, company=True)
    if offer.state == OfferState.ACCEPTED:
        return offer
    if offer.state == OfferState.DRAFT:
        offers.may_send(job, application, offer)
        offers.void_earlier(application)
        offers.fix(offer, by, offers.DAYS)
    elif offer.state != OfferState.SENT:
        raise Refused(_("This offer is off the table."))
    offer.signed_outside, offer.signed_file, offer.signed_name = True, file, name
    offers.close(offer, OfferState.ACCEPTED)
    offers.record("offer.signed_outside", offer, by)
    pipeline.hire(job, application, offer, by=by, how=How.PAGE)
    return offer


def _may_answer(offer):
    if offer.state == OfferState.SENT and not offer.has_expired():
        return
    if offer.state in {OfferState.SENT, OfferState.EXPIRED}:
        raise Refused(_("This offer has expired. Write to us if you still want it."))
    raise Refused(_("This offer is off the table."))
