"""An offer from draft until it is on the table, and off it again; what the candidate answers is in hiring.signing.

Every verb locks job, application and offer, in that order.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring import contract, evidence, letters, pipeline
from hiring.models import Application, Offer, OfferState, Outcome, Stage
from hiring.models.offers import LIVE
from hiring.pipeline import Refused
from mailroom import outbox
from vault import links, trail

DAYS = 7  # an offer stands this long unless said otherwise
BY_SENDING = object()  # the employer signs with the name of whoever sends
TERMS = (
    "job_title", "pay", "currency", "pay_period", "hours_week", "start_date", "place", "benefits", "description",
    "terms",
)  # fmt: skip


def draft_for(application) -> Offer:
    """The draft, else an unsaved new one filled from the last version or from the job."""
    if draft := application.offers.filter(state=OfferState.DRAFT).first():
        return draft
    last = application.offers.order_by("-version").first()
    values = {name: getattr(last, name) for name in TERMS} if last else _from_job(application)
    return Offer(company_id=application.company_id, application=application, **values)


def _from_job(application) -> dict:
    job = application.job
    return {
        "job_title": job.title,
        "pay": job.pay_min if job.pay_min == job.pay_max else None,
        "currency": job.currency or job.company.currency,
        "pay_period": job.pay_period,
        "hours_week": job.hours_week,
        "place": job.city if job.place == "onsite" else "",
        "benefits": job.benefits,
        "description": job.summary,
    }


@transaction.atomic
def save_draft(application, *, by, values) -> Offer:
    """Keeps the draft. An offer that is on the table stays there until the new one is sent."""
    _job, application = pipeline.lock(application)
    offer = draft_for(application)
    if offer.pk is None:
        newest = application.offers.aggregate(n=Max("version"))["n"] or 0
        offer.version, offer.created_by = newest + 1, by
    for name in TERMS:
        setattr(offer, name, values[name])
    offer.save()
    return offer


@transaction.atomic
def send(offer, *, by, days=DAYS, signature=BY_SENDING) -> Offer:
    """Fixes the contract's words and mails the link; an earlier offer is void from now on.

    Who sends signs for the employer: with `signature` (evidence.Signature), else with their own name; None signs
    after the candidate (hiring.signing.countersign).

    Raises Refused: to somebody out of the running or at another stage, with a missing value, without an address,
    or when as many offers are live as there are openings left.
    """
    job, application, offer = lock(offer)
    may_send(job, application, offer)
    _need_address(application)
    undoing.remember(offer, "sent", void_earlier(application), by=by)
    fix(offer, by, days)
    evidence.sent(offer, by, evidence.Signature(str(by)) if signature is BY_SENDING else signature)
    letters.offer(offer, application, by)
    record("offer.sent", offer, by)
    return offer


def may_send(job, application, offer):
    if application.outcome != Outcome.ACTIVE or application.stage != Stage.OFFER:
        raise Refused(_("An offer goes to somebody at the offer stage who is still in the running."))
    if offer.state != OfferState.DRAFT:
        raise Refused(_("This offer has left already."))
    if lacking := contract.missing(offer):
        raise Refused(_("Still missing: %(names)s.") % {"names": ", ".join(lacking)})
    if contract.blanks(offer):
        raise Refused(_("A text still has a blank to fill in."))
    if _live_elsewhere(job, application) >= job.openings:
        raise Refused(_("As many offers are out as there are openings. Withdraw one, or add an opening."))


def _need_address(application):
    if not application.email:
        raise Refused(_("There is no e-mail address: print the contract and upload the signed copy."))


def _live_elsewhere(job, application) -> int:
    """Openings taken, or promised to others. The job is locked."""
    others = Application.objects.filter(job=job, outcome=Outcome.ACTIVE).exclude(pk=application.pk)
    return others.filter(offers__state__in=LIVE).distinct().count()


def void_earlier(application) -> dict:
    """Off the table with what was sent, and with what was signed for a hire that was undone since.

    The evidence of that signature stays in its row; only the state says that it counts no more. Which offers.
    """
    signed = Offer.objects.filter(application=application, state=OfferState.ACCEPTED)
    void = {"signed": list(signed.values_list("pk", flat=True))}
    signed.update(state=OfferState.WITHDRAWN)
    return void | {"sent": pipeline.withdraw_offers(application, timezone.now())}


@transaction.atomic
def take_back(offer, mark: str, *, by) -> None:
    """A draft again, and what it made void is on the table as before. Raises undoing.Refused, also when it has left."""
    _job, application, offer = lock(offer)
    taken = undoing.take(offer, mark, by=by)
    if offer.state != OfferState.SENT or application.offers.filter(state=OfferState.DRAFT).exists():
        raise undoing.Gone(_("Somebody has gone on with this offer. Nothing was changed."))
    if not letters.hold_back(("offer", offer.pk), letters.OFFER):
        raise undoing.Refused(_("The offer has left. Withdraw it instead: then its page says so."))
    evidence.taken_back(offer, by)
    _unfix(offer)
    links.revoke(purpose="offer", subject=("offer", offer.pk))
    Offer.objects.filter(pk__in=taken.values["signed"]).update(state=OfferState.ACCEPTED)
    for earlier in Offer.objects.filter(pk__in=taken.values["sent"]).select_related("sent_by"):
        pipeline.put_offer_back(earlier, application)
    record("offer.taken_back", offer, by)


def _unfix(offer):
    offer.contract_text = offer.contract_sha256 = ""
    offer.state, offer.sent_at, offer.sent_by, offer.expires_at = OfferState.DRAFT, None, None, None
    offer.save()


def fix(offer, by, days):
    offer.contract_text = contract.text(offer)
    offer.contract_sha256 = contract.sha256(offer.contract_text)
    offer.state, offer.sent_at, offer.sent_by = OfferState.SENT, timezone.now(), by
    offer.expires_at = offer.sent_at + timedelta(days=days)
    offer.save()
    evidence.prepared(offer, by)


@transaction.atomic
def withdraw(offer, *, by) -> Offer:
    """Takes an offer off the table. Raises Refused once it was accepted: that binds."""
    _job, _application, offer = lock(offer)
    if offer.state == OfferState.WITHDRAWN:
        return offer
    if offer.state != OfferState.SENT:
        raise Refused(_("Only an offer that is on the table can be withdrawn."))
    close(offer, OfferState.WITHDRAWN)
    outbox.cancel(about=("offer", offer.pk), message=letters.OFFER)
    record("offer.withdrawn", offer, by)
    return offer


def expire(now=None) -> int:
    """Ends offers whose time is over; how many. Run by the beat, and harmless twice."""
    now = now or timezone.now()
    due = Offer.objects.filter(state=OfferState.SENT, expires_at__lte=now).values_list("pk", flat=True)
    return sum(_expire_one(pk, now) for pk in list(due))


@transaction.atomic
def _expire_one(pk, now) -> bool:
    _job, _application, offer = lock(Offer.objects.get(pk=pk))
    if offer.state != OfferState.SENT or not offer.has_expired(now):
        return False
    close(offer, OfferState.EXPIRED)
    record("offer.expired", offer, None)
    return True


def lock(offer, *, company=False):
    job, application = pipeline.lock(offer.application, company=company)
    rows = Offer.objects.select_related("sent_by__user", "sent_by__company").select_for_update(
        no_key=True, of=("self",)
    )
    offer = rows.get(pk=offer.pk)
    offer.application = application
    return job, application, offer


def close(offer, state):
    offer.state, offer.answered_at = state, timezone.now()
    offer.save()


def record(action, offer, by, *, by_link=""):
    trail.record(
        action,
        company_id=offer.company_id,
        actor_id=by.user_id if by else None,
        kind="offer",
        pk=offer.pk,
        fields=["state"],
        by_link=by_link,
    )
