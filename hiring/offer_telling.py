"""What an offer asks of somebody in the team (mailroom.told): a question, an approval, or that its time is over.

One kind for all of it: what it says is what the offer needs now, and with one owner and nobody else it never speaks
of approval.
"""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.addresses import absolute
from accounts.models import Membership, Role
from hiring import telling
from hiring.models import Decision, Offer, OfferApproval, OfferQuestion, OfferState
from mailroom import told
from mailroom.models import How

KIND = "offer_needs"


def register() -> None:
    told.letters |= {"offer_question", "offer_sent_back"}
    told.register(
        KIND,
        label=gettext_lazy("An offer needs you: somebody asks, or its time is over"),
        default=How.ONCE,
        roles=telling.BOSSES,
        look=look,
        noun="offer",
    )


# -- telling


def asked(offer, *, by) -> None:
    """Every owner: somebody wants to send this offer."""
    owners = Membership.objects.for_company(offer.company_id).in_role(Role.OWNER)
    members = owners.select_related("user", "company").order_by("pk")
    told.tell(kind=KIND, members=members, about=offer.pk, by=by)


def decided(offer, approval, *, by) -> None:
    """Whoever asked: with the owner's words where it came back. The owners have nothing to do with it any more."""
    settled(offer)
    letter = _sent_back(offer, approval) if approval.decision == Decision.RETURNED else None
    asker = Membership.objects.select_related("user", "company").filter(pk=approval.asked_by_id)
    told.tell(kind=KIND, members=asker, about=offer.pk, by=by, letter=letter)


def _sent_back(offer, approval):
    context = {"name": offer.application.name, "comment": approval.comment, "url": absolute(page(offer))}
    return told.Letter(
        "offer_sent_back", context, about=("offer", offer.pk), key=f"offer-sent-back-{approval.pk}"
    )


def question(row, application) -> None:
    """Whoever sent the offer, else those who lead the job. An answer to the mail goes to the candidate, too."""
    offer = row.offer
    sender = offer.sent_by
    members = [sender] if sender and not sender.removed_at else telling.leading(application.job)
    context = {"name": application.name, "question": row.text, "url": absolute(page(offer))}
    letter = told.Letter(
        "offer_question",
        context,
        about=("offer", offer.pk),
        key=f"offer-question-{row.pk}",
        reply_to=(application.name, application.email) if application.email else None,
    )
    told.tell(kind=KIND, members=members, about=offer.pk, letter=letter)


def expired(offer, application) -> None:
    """Whoever sent it, else those who lead the job."""
    sender = offer.sent_by
    members = [sender] if sender and not sender.removed_at else telling.leading(application.job)
    told.tell(kind=KIND, members=members, about=offer.pk)


def settled(offer) -> None:
    """Somebody has done what was asked."""
    told.handled(KIND, company_id=offer.company_id, about=offer.pk)


# -- looking: what an offer needs now, and of whom


def page(offer) -> str:
    return f"{reverse('hiring:candidate', args=[offer.application_id])}?panel=offer"


@dataclass(frozen=True)
class Needs:
    """Of one offer: its newest approval, and whether a question is open."""

    approval: OfferApproval | None
    question: bool


def look(members, pks) -> dict[int, told.Thing]:
    rows = Offer.objects.for_company(members[0].company_id).filter(pk__in=pks).order_by("pk")
    rows = list(rows.select_related("application__job"))
    see = telling.readers(members, [row.application for row in rows])
    approvals = {a.offer_id: a for a in _approvals(rows)}
    asked = set(OfferQuestion.objects.filter(offer__in=rows).open().values_list("offer", flat=True))
    owners = {member.pk for member in members if member.role == Role.OWNER}
    return {row.pk: _thing(row, Needs(approvals.get(row.pk), row.pk in asked), see, owners) for row in rows}


def _approvals(rows):
    """The newest of each offer comes last."""
    return OfferApproval.objects.filter(offer__in=rows).select_related("asked_by").order_by("pk")


def _thing(row, needs, see, owners):
    readers = set(see[row.application_id])
    if row.state == OfferState.DRAFT and needs.approval and needs.approval.is_open:
        readers &= owners
    return told.Thing(readers, _handled(row, needs), page(row), partial(_say, row, needs))


def _handled(row, needs) -> bool:
    """Nothing is asked of anybody by now."""
    if row.state == OfferState.DRAFT:
        return needs.approval is None or needs.approval.decision == Decision.VOID
    if row.state == OfferState.SENT:
        return not needs.question
    return row.state != OfferState.EXPIRED or not row.application.is_active


def _say(row, needs, reader) -> str:
    name = {"name": row.application.name}
    if row.state == OfferState.EXPIRED:
        return _("Your offer to %(name)s has expired without an answer.") % name
    if row.state == OfferState.SENT:
        return _("%(name)s asks something about your offer.") % name
    return _say_approval(needs.approval, name)


def _say_approval(approval, name) -> str:
    if approval is None or approval.is_open:
        who = {"who": str(approval.asked_by) if approval and approval.asked_by else _("A colleague")}
        return _("%(who)s asks you to approve the offer to %(name)s.") % (name | who)
    if approval.decision == Decision.APPROVED:
        return _("The offer to %(name)s is approved: you may send it.") % name
    return _("The offer to %(name)s came back to you.") % name
