"""The answer to an offer: signed behind the link, signed outside, or declined; and the employer's own signature.

The last signature hires, and whoever is hired gets a place in the team: there the company is locked before job,
application and offer.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role
from hiring import contract, evidence, offers, pipeline, signed_pdf, telling
from hiring.models import How, Offer, OfferState, Stage
from hiring.pipeline import Refused


@transaction.atomic
def accept(offer, *, name, address, agent, link=None, opened=None) -> Offer:
    """The candidate's signature behind their link, kept with its evidence. Signed by both, it hires them at once.

    `name` as typed, `address` and `agent` of the browser; `link` is the number of the link, `opened` when the page
    was opened (evidence.opened_at). Accepting twice changes nothing. Raises Refused when the offer is withdrawn,
    declined or expired, or nobody's name was typed.
    """
    job, application, offer = offers.lock(offer, company=True)
    if offer.state == OfferState.ACCEPTED:
        return offer
    _may_answer(offer)
    signature = _signature(name, address, agent)
    offer.signed_name, offer.signed_address, offer.signed_agent = signature.fields.values()
    offer.consent_version = contract.CONSENT_VERSION
    offers.close(offer, OfferState.ACCEPTED)
    evidence.accepted(offer, signature, link=link, opened=opened)
    offers.record("offer.accepted", offer, None, by_link="offer")
    if evidence.employer_signed(offer):
        pipeline.hire(job, application, offer, by=None, how=How.LINK, by_link=True)
        signed_pdf.due(offer)
    telling.answered(offer, application)
    return offer


def _signature(name, address, agent):
    if not name.strip():
        raise Refused(_("Type your name to sign."))
    return evidence.Signature(name, address, agent)


@transaction.atomic
def countersign(offer, *, by, name, address, agent) -> Offer:
    """The employer's signature after the candidate's: the last one, so it hires. Twice changes nothing.

    Raises Refused unless the candidate has signed and still stands at the offer.
    """
    job, application, offer = offers.lock(offer, company=True)
    if application.stage == Stage.HIRED and offer.state == OfferState.ACCEPTED:
        return offer
    if offer.state != OfferState.ACCEPTED or application.standing != Stage.OFFER:
        raise Refused(_("There is nothing to sign for the shop here any more."))
    evidence.countersigned(offer, by, _signature(name, address, agent))
    offers.record("offer.countersigned", offer, by)
    pipeline.hire(job, application, offer, by=by, how=How.PAGE)
    signed_pdf.due(offer)
    return offer


@transaction.atomic
def decline(offer, *, note="", reason="", link=None) -> Offer:
    """The candidate says no, `reason` being a DeclineReason or nothing; twice changes nothing.

    Raises Refused when there is nothing to decline any more.
    """
    _job, application, offer = offers.lock(offer)
    if offer.state == OfferState.DECLINED:
        return offer
    _may_answer(offer)
    offer.answer_note, offer.decline_reason = note[:1_000], reason
    offers.close(offer, OfferState.DECLINED)
    evidence.declined(offer, link=link)
    offers.record("offer.declined", offer, None, by_link="offer")
    telling.answered(offer, application)
    return offer


@transaction.atomic
def signed_outside(offer, *, by, file, name, signed_on=None) -> Offer:
    """The contract was signed on paper or elsewhere, on the day `signed_on`; `file` is the copy (a StoredFile).

    Hires them at once.

    Also for an offer that was never mailed: then its words are fixed now, and a manager needs an owner's approval of
    them. Raises Refused as `send` does.
    """
    job, application, offer = offers.lock(offer, company=True)
    if offer.state == OfferState.ACCEPTED:
        return offer
    if offer.state == OfferState.DRAFT:
        offers.may_send(job, application, offer)
        _need_owner(offer, by)
        offers.void_earlier(application)
        offers.fix(offer, by, offers.DAYS)
    elif offer.state != OfferState.SENT:
        raise Refused(_("This offer is off the table."))
    offer.signed_outside, offer.signed_file, offer.signed_name = True, file, name
    offers.close(offer, OfferState.ACCEPTED)
    evidence.outside(offer, by, name=name, signed_on=signed_on, file=file)
    offers.record("offer.signed_outside", offer, by)
    pipeline.hire(job, application, offer, by=by, how=How.PAGE)
    return offer


def _need_owner(offer, by):
    if by.role != Role.OWNER and not offers.is_approved(offer):
        raise Refused(
            _("An owner approves this offer before it leaves. Or an owner uploads the signed copy.")
        )


def _may_answer(offer):
    if offer.state == OfferState.SENT and not offer.has_expired():
        return
    if offer.state in {OfferState.SENT, OfferState.EXPIRED}:
        raise Refused(_("This offer has expired. Write to us if you still want it."))
    raise Refused(_("This offer is off the table."))
