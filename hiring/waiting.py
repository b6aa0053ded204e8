"""People beyond their CV who ask something of somebody: a talk today, an offer to see to, a next step with a date."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring import answering
from hiring.models import (
    Application,
    Decision,
    Interview,
    Offer,
    OfferApproval,
    OfferQuestion,
    OfferState,
    Outcome,
    Stage,
)
from hiring.models.judging import InterviewKind

MOST = 100  # looked at; a shop has fewer people beyond their CV
TO_SEE_TO = (OfferState.DRAFT, OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN)


@dataclass(frozen=True)
class Row:
    """One line of the work list. `since` is what the list is sorted by; `action` the words on the button."""

    since: datetime
    name: str
    url: str
    text: str
    action: str
    join: str = ""  # the address of a video call


def rows(mine, company_id) -> list[Row]:
    """The oldest first. One query, whatever the number of applicants; `mine` are those of the company one may see."""
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    end = day + timedelta(days=1)
    mine = mine.filter(pk__in=_near(company_id, day, end))
    found = _asking(mine, company_id, day, end).order_by("stage_entered_at", "pk")
    return sorted((_row(person) for person in found[:MOST]), key=lambda row: row.since)


def _wrote(person) -> Row:
    url = reverse("hiring:messages", args=[person.pk])
    waits = answering.letter(person)
    return Row(waits.since, person.shown_name, url, waits.sentence, pgettext("a letter", "Answer"))


def _near(company_id, begin, end):
    """Numbers of those who may ask for something: by a talk, a dated next step, an offer or a letter.

    A union, so that each goes along its own index and nobody else is looked at, however many there are.
    """
    mine = Application.objects.for_company(company_id).filter(outcome=Outcome.ACTIVE).order_by()
    talks = Interview.objects.filter(company=company_id, starts_at__gte=begin, starts_at__lt=end)
    return (
        mine.filter(stage=Stage.OFFER)
        .values("pk")
        .union(
            mine.filter(next_step_on__isnull=False).values("pk"),
            talks.order_by().values("application"),
            answering.writers(company_id),
        )
    )


def _asking(mine, company_id, begin, end):
    """Each with its talk of today, and where its newest offer stands."""
    talks = Interview.objects.filter(
        application=OuterRef("pk"), cancelled_at=None, starts_at__gte=begin, starts_at__lt=end
    ).order_by("starts_at")
    offers = Offer.objects.filter(application=OuterRef("pk")).order_by("-version")
    people = mine.annotate(
        talk_at=Subquery(talks.values("starts_at")[:1]),
        talk_kind=Subquery(talks.values("kind")[:1]),
        talk_place=Subquery(talks.values("place")[:1]),
        offer_state=Subquery(offers.values("state")[:1]),
        offer_asks=Exists(OfferQuestion.objects.filter(offer__application=OuterRef("pk")).open()),
        offer_waits=Exists(
            OfferApproval.objects.filter(offer__application=OuterRef("pk"), decision=Decision.OPEN)
        ),
        offer_at=Subquery(offers.values(at=Coalesce(F("answered_at"), F("created_at")))[:1]),
        **answering.columns_of_letters(),
    )
    to_see_to = Q(offer_state=None) | Q(offer_state__in=TO_SEE_TO) | Q(offer_asks=True)
    going = Q(outcome=Outcome.ACTIVE, ended_at=None) & ~Q(stage=Stage.CV)
    offer = Q(stage=Stage.OFFER) & to_see_to
    asks = going & (Q(talk_at__isnull=False) | Q(next_step_on__isnull=False) | offer)
    asking = people.filter(
        asks | Q(pk__in=answering.writers(company_id))
    )  # a letter at whatever stage they are
    return asking.select_related("job").defer("cover_letter", "cv_text", "search")


def _row(person) -> Row:
    """The nearest of what it asks: the talk of today, then a letter, the offer, the next step."""
    if person.talk_at and person.is_active:
        return _talk(person)
    if person.waits_at:
        return _wrote(person)
    if person.stage == Stage.OFFER and person.next_step_on is None:
        return _offer(person)
    since = datetime.combine(person.next_step_on, time(0), timezone.get_current_timezone())
    text = person.next_step or _("A next step is due.")
    return _line(person, since, _dated(text, since), pgettext("button", "Open"))


def _dated(text, since) -> str:
    return _("%(day)s: %(what)s") % {"day": date_format(since, "SHORT_DATE_FORMAT"), "what": text}


def _talk(person) -> Row:
    values = {
        "time": date_format(timezone.localtime(person.talk_at), "TIME_FORMAT"),
        "kind": InterviewKind(person.talk_kind).label,
    }
    join = person.talk_place if person.talk_place.startswith("https://") else ""
    text = _("Today at %(time)s: %(kind)s") % values
    return _line(person, person.talk_at, text, pgettext("button", "Prepare"), join)


def _offer(person) -> Row:
    state = person.offer_state
    if person.offer_asks and state == OfferState.SENT:
        return _line(person, person.offer_at, _("Question open: they ask about your offer."), _("Answer"))
    if person.offer_waits and state == OfferState.DRAFT:
        said = _("The offer waits for an owner's approval.")
        return _line(person, person.offer_at, said, pgettext("button", "Open"))
    text, action = {
        OfferState.DRAFT: (_("The offer is written and has not left."), _("Send the offer")),
        OfferState.DECLINED: (_("Your offer was declined."), _("Decide what comes next")),
        OfferState.EXPIRED: (_("Your offer has expired without an answer."), _("Decide what comes next")),
        OfferState.WITHDRAWN: (_("Your offer was withdrawn."), _("Decide what comes next")),
    }.get(state, (_("No offer has been written yet."), _("Write the offer")))
    return _line(person, person.offer_at or person.stage_entered_at, text, action)


def _line(person: Application, since, text, action, join="") -> Row:
    url = reverse("hiring:candidate", args=[person.pk])
    return Row(since, person.shown_name, url, text, action, join)
