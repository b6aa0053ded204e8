"""An offer from draft until it is on the table, and off it again; what the candidate answers is in hiring.signing.

Every verb locks job, application and offer, in that order.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing, zones
from accounts.models import Role
from hiring import contract, contract_templates, evidence, letters, offer_letters, offer_telling, pipeline
from hiring.models import Application, Decision, Offer, OfferState, Outcome, Stage
from hiring.models.offers import LIVE
from hiring.pipeline import Refused
from mailroom import outbox
from vault import links, trail

DAYS = 7  # an offer stands this long unless said otherwise
BY_SENDING = object()  # the employer signs with the name of whoever sends
TERMS = (
    "job_title", "pay", "currency", "pay_period", "hours_week", "start_date", "end_date", "place", "working_days",
    "benefits", "leave_days", "probation_months", "notice", "training", "collective_agreement", "social_security",
    "condition_codes", "conditions", "description", "terms", "not_apply",
)  # fmt: skip
CHECK = ("contract_check", "checked_who", "checked_on")  # asked once, before the first version leaves
ROUND = (*TERMS, *CHECK)  # what the next version begins with


def draft_for(application) -> Offer:
    """The draft, else an unsaved new one filled from the last version or from the job."""
    if draft := application.offers.filter(state=OfferState.DRAFT).first():
        return draft
    last = application.offers.order_by("-version").first()
    values = {name: getattr(last, name) for name in ROUND} if last else _from_job(application)
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
def save_draft(application, *, by, values, seen: int | None = None) -> Offer:
    """Keeps the draft. An offer that is on the table stays there until the new one is sent.

    A change makes an approval of the draft void. `seen` is the revision the values were typed into, 0 for a new
    draft. Raises conflicts.Changed when somebody saved meanwhile.
    """
    _job, application = pipeline.lock(application)
    offer = draft_for(application)
    if offer.pk is None:
        newest = application.offers.aggregate(n=Max("version"))["n"] or 0
        offer.version, offer.created_by, offer.revision = newest + 1, by, 0
    conflicts.check(offer, seen)
    before = {name: getattr(offer, name) for name in values}
    for name in set(values) & set(ROUND):
        setattr(offer, name, values[name])
    if offer.pk is None or any(getattr(offer, name) != before[name] for name in values):
        offer.revision += 1
        offer.save()
        _void_approvals(offer)
    return offer


def _void_approvals(offer):
    """What an owner was asked about, or said yes to, are other words now."""
    standing = offer.approvals.filter(decision__in=[Decision.OPEN, Decision.APPROVED])
    standing.update(decision=Decision.VOID)


@transaction.atomic
def send(
    offer, *, by, days=DAYS, until: date | None = None, check: dict | None = None, signature=BY_SENDING
) -> Offer:
    """Fixes the contract's words and mails the link; an earlier offer is void from now on.

    Who sends signs for the employer: with `signature` (evidence.Signature), else with their own name; None signs
    after the candidate (hiring.signing.countersign).

    It stands to the end of the day `until` where the shop is, else for `days`. `check` are the values of CHECK.
    Raises Refused: to somebody out of the running or at another stage, with a missing value, without an address,
    before anybody said where the contract's words come from, by a manager without an owner's approval of these very
    words, or when as many offers are live as there are openings left.
    """
    job, application, offer = lock(offer)
    may_send(job, application, offer)
    _need_address(application)
    _need_check(offer, check or {})
    _need_approval(offer, by)
    signature = evidence.Signature(by.name) if signature is BY_SENDING else signature
    _need_name(signature)
    undoing.remember(offer, "sent", void_earlier(application), by=by)
    fix(offer, by, days, until)
    evidence.sent(offer, by, signature)
    letters.offer(offer, application, by)
    offer_telling.settled(offer)
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
    if live_elsewhere(job, application) >= job.openings:
        raise Refused(_("As many offers are out as there are openings. Withdraw one, or add an opening."))


def _need_address(application):
    if not application.email:
        raise Refused(_("There is no e-mail address: print the contract and upload the signed copy."))


def _need_check(offer, check):
    for name in set(check) & set(CHECK):
        setattr(offer, name, check[name])
    if not offer.contract_check:
        raise Refused(_("Say first where the words of the contract come from."))


def _need_name(signature):
    """An address is no signature."""
    if signature and not signature.name.strip():
        raise Refused(_("Your name stands below the contract: write it down first."))


def _need_approval(offer, by):
    if by.role != Role.OWNER and not is_approved(offer):
        raise Refused(_("An owner approves this offer before it leaves."))


def is_approved(offer) -> bool:
    """Whether an owner said yes to the very words that would leave now: a changed template counts, too."""
    yes = offer.approvals.filter(decision=Decision.APPROVED).values_list("sha256", flat=True)
    return contract.sha256(contract.text(offer)) in set(yes)


def live_elsewhere(job, application) -> int:
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


def fix(offer, by, days=DAYS, until: date | None = None):
    company = offer.application.job.company
    offer.template, body = contract_templates.current(company, offer.application.language)
    offer.contract_text = contract.text(offer, body)
    offer.contract_sha256 = contract.sha256(offer.contract_text)
    offer.state, offer.sent_at, offer.sent_by = OfferState.SENT, timezone.now(), by
    offer.expires_at = end_of(until or day_in(days, company), company)
    offer.save()
    evidence.prepared(offer, by)


def day_in(days: int, company) -> date:
    """So many days from today, where the shop is."""
    return timezone.localdate(timezone=zones.named(company.timezone)) + timedelta(days=days)


def day_of(moment: datetime, company) -> date:
    """The day of a moment, where the shop is."""
    return timezone.localdate(moment, zones.named(company.timezone))


def end_of(day: date, company) -> datetime:
    """The last minute of a day where the shop is; the later one on a night when the clock shows it twice."""
    here = datetime.combine(day, time(23, 59, fold=1), zones.named(company.timezone))
    return here.astimezone(UTC)  # two moments of a repeated hour compare by their place in time only there


@transaction.atomic
def withdraw(offer, *, by) -> Offer:
    """Takes an offer off the table. Raises Refused once it was accepted: that binds."""
    _job, _application, offer = lock(offer)
    if offer.state == OfferState.WITHDRAWN:
        return offer
    if offer.state != OfferState.SENT:
        raise Refused(_("Only an offer that is on the table can be withdrawn."))
    close(offer, OfferState.WITHDRAWN)
    for message in (letters.OFFER, offer_letters.MORE_TIME):
        outbox.cancel(about=("offer", offer.pk), message=message)
    record("offer.withdrawn", offer, by)
    return offer


def expire(now=None) -> int:
    """Ends offers whose time is over; how many. Run by the beat, and harmless twice."""
    now = now or timezone.now()
    due = Offer.objects.filter(state=OfferState.SENT, expires_at__lte=now).values_list("pk", flat=True)
    return sum(_expire_one(pk, now) for pk in list(due))


@transaction.atomic
def _expire_one(pk, now) -> bool:
    _job, application, offer = lock(Offer.objects.get(pk=pk))
    if offer.state != OfferState.SENT or not offer.has_expired(now):
        return False
    close(offer, OfferState.EXPIRED)
    record("offer.expired", offer, None)
    offer_telling.expired(offer, application)
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
