"""How long an offer stands: more time with one tap, and a word to the candidate the day before it ends."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing, zones
from hiring import letters, offer_letters, offer_telling, offers
from hiring.models import Offer, OfferState, Outcome, Stage
from hiring.pipeline import Refused

FROM_HOUR, TO_HOUR = 9, 18  # where the shop is
BATCH = 500


@transaction.atomic
def extend(offer, *, by, until: date | None = None) -> Offer:
    """The same version, the same words, more time: to the end of `until`, else of the seventh day from today.

    An offer that has expired is on the table again. Raises Refused when it was answered or withdrawn, when the person
    is out of the running, or when its opening is promised to somebody else meanwhile.
    """
    job, application, offer = offers.lock(offer)
    if offer.state not in {OfferState.SENT, OfferState.EXPIRED}:
        raise Refused(_("Only an offer that stands, or has expired, can be given more time."))
    if application.outcome != Outcome.ACTIVE or application.stage != Stage.OFFER:
        raise Refused(_("An offer goes to somebody at the offer stage who is still in the running."))
    if offer.state == OfferState.EXPIRED:
        _may_stand_again(job, application)
    ends = offers.end_of(until or offers.day_in(offers.DAYS, job.company), job.company)
    if ends == offer.expires_at and offer.state == OfferState.SENT:
        return offer
    answered = offer.answered_at and offer.answered_at.isoformat()
    before = {"state": offer.state, "expires_at": offer.expires_at.isoformat(), "answered_at": answered}
    undoing.remember(offer, "extended", before, by=by)
    offer.state, offer.expires_at, offer.answered_at, offer.reminded_at = OfferState.SENT, ends, None, None
    offer.save()
    if application.email:
        offer_letters.more_time(offer, application, by)
    offer_telling.settled(offer)
    offers.record("offer.extended", offer, by)
    return offer


def _may_stand_again(job, application):
    if application.offers.filter(state__in=offers.LIVE).exists():
        raise Refused(_("A newer version of this offer is on the table."))
    if offers.live_elsewhere(job, application) >= job.openings:
        raise Refused(_("As many offers are out as there are openings. Withdraw one, or add an opening."))


@transaction.atomic
def take_back_extension(offer, mark: str, *, by) -> None:
    """As it stood before. Raises undoing.Refused, Gone when it was answered meanwhile."""
    _job, _application, offer = offers.lock(offer)
    taken = undoing.take(offer, mark, by=by)
    if offer.state != OfferState.SENT:
        raise undoing.Gone(_("Somebody has gone on with this offer. Nothing was changed."))
    if not letters.hold_back(("offer", offer.pk), offer_letters.MORE_TIME):
        raise undoing.Refused(_("The letter has left: they know of the new day."))
    offer.state = taken.values["state"]
    offer.expires_at = datetime.fromisoformat(taken.values["expires_at"])
    answered = taken.values["answered_at"]
    offer.answered_at = datetime.fromisoformat(answered) if answered else None
    offer.save()
    offers.record("offer.extension_taken_back", offer, by)


# -- the day before


def remind(now=None) -> int:
    """Tells candidates, by day, of an offer that ends tomorrow; how many. Harmless twice."""
    now = now or timezone.now()
    near = Offer.objects.filter(
        state=OfferState.SENT, reminded_at=None, expires_at__gt=now, expires_at__lte=now + timedelta(days=2)
    )
    return sum(_remind(pk, now) for pk in list(near.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _remind(pk, now) -> bool:
    _job, application, offer = offers.lock(Offer.objects.get(pk=pk))
    if offer.state != OfferState.SENT or offer.reminded_at or not _is_time(offer, now):
        return False
    offer.reminded_at = now
    offer.save(update_fields=["reminded_at"])
    if not application.email or application.outcome != Outcome.ACTIVE:
        return False
    offer_letters.reminder(offer, application)
    return True


def _is_time(offer, now) -> bool:
    """By day where the shop is, on the day before the last; whoever got it a few hours ago is left in peace."""
    zone = zones.named(offer.application.job.company.timezone)
    here, last = now.astimezone(zone), offer.expires_at.astimezone(zone)
    tomorrow = here.date() + timedelta(days=1) == last.date()
    return tomorrow and FROM_HOUR <= here.hour < TO_HOUR and now - offer.sent_at > timedelta(hours=12)
