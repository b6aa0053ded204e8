"""An owner looks at an offer before a manager sends it. An owner's own offers need nobody.

Every verb locks job, application and offer, in that order, and holds for the very words of the contract: whoever
changes the draft, the template or the shop's name asks anew.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from hiring import contract, offer_telling, offers
from hiring.models import Decision, OfferApproval, OfferState
from hiring.pipeline import Refused

REMIND_AFTER = timedelta(days=1)


class Stale(Refused):
    """It was decided meanwhile, or the words are others than those that were read (409)."""


def newest(offer) -> OfferApproval | None:
    rows = OfferApproval.objects.filter(offer=offer).select_related("asked_by", "decided_by")
    return rows.order_by("-pk").first()


@transaction.atomic
def ask(offer, *, by) -> OfferApproval:
    """A manager asks the owners. Asking twice about the same words is one question.

    Raises Refused when the offer could not leave anyway.
    """
    job, application, offer = offers.lock(offer)
    offers.may_send(job, application, offer)
    if by.role == Role.OWNER:
        raise Refused(_("You are an owner: send it."))
    digest = contract.sha256(contract.text(offer))
    standing = offer.approvals.filter(decision__in=[Decision.OPEN, Decision.APPROVED]).order_by("-pk").first()
    if standing and standing.sha256 == digest:
        return standing
    offer.approvals.filter(decision__in=[Decision.OPEN, Decision.APPROVED]).update(decision=Decision.VOID)
    row = OfferApproval.objects.create(
        company_id=offer.company_id, offer=offer, sha256=digest, asked_by=by, asked_at=timezone.now()
    )
    offers.record("offer.approval_asked", offer, by)
    offer_telling.asked(offer, by=by)
    return row


@transaction.atomic
def approve(approval, *, by) -> OfferApproval:
    """The manager may send these words. Twice changes nothing. Raises Refused, Stale when the words have changed."""
    offer, row = _lock(approval, by)
    if row.decision == Decision.APPROVED:
        return row
    _decide(offer, row, Decision.APPROVED, by)
    offers.record("offer.approved", offer, by)
    return row


@transaction.atomic
def send_back(approval, *, by, comment: str) -> OfferApproval:
    """Back to whoever asked, with what to change. Twice changes nothing. Raises Refused, Stale as `approve` does."""
    offer, row = _lock(approval, by)
    if row.decision == Decision.RETURNED:
        return row
    if not comment.strip():
        raise Refused(_("Say what to change."))
    row.comment = comment.strip()
    _decide(offer, row, Decision.RETURNED, by)
    offers.record("offer.sent_back", offer, by)
    return row


def _lock(approval, by):
    if by.role != Role.OWNER:
        raise Refused(_("Only an owner approves an offer."))
    _job, _application, offer = offers.lock(approval.offer)
    rows = OfferApproval.objects.select_for_update(no_key=True, of=("self",)).select_related("asked_by")
    return offer, rows.get(pk=approval.pk)


def _decide(offer, row, decision, by):
    if row.decision != Decision.OPEN or offer.state != OfferState.DRAFT:
        raise Stale(_("This was decided, or the offer was changed meanwhile. Look at it again."))
    if contract.missing(offer) or contract.sha256(contract.text(offer)) != row.sha256:
        raise Stale(_("The words of the contract have changed since you were asked. Look at it again."))
    row.decision, row.decided_by, row.decided_at = decision, by, timezone.now()
    row.save(update_fields=["decision", "decided_by", "decided_at", "comment"])
    offer_telling.decided(offer, row, by=by)


def remind(now=None) -> int:
    """Owners hear once more of what has waited for a day; how many offers. Harmless twice."""
    now = now or timezone.now()
    due = OfferApproval.objects.filter(
        decision=Decision.OPEN, reminded_at=None, asked_at__lte=now - REMIND_AFTER
    )
    return sum(_remind(pk, now) for pk in list(due.values_list("pk", flat=True)[:200]))


@transaction.atomic
def _remind(pk, now) -> bool:
    rows = OfferApproval.objects.select_for_update(no_key=True, of=("self",)).select_related("asked_by")
    row = rows.filter(pk=pk, decision=Decision.OPEN, reminded_at=None).first()
    if row is None:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    offer_telling.asked(row.offer, by=row.asked_by)
    return True


def needed(by) -> bool:
    """Whether this member asks an owner before an offer leaves. Where there is nobody but owners, nobody does."""
    return by.role != Role.OWNER


def owners(company):
    return Membership.objects.for_company(company).in_role(Role.OWNER)
