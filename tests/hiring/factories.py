"""Jobs and applicants for tests."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from hiring import offers, pipeline, signing
from hiring.models import (
    How,
    Interview,
    Job,
    JobMember,
    JobStatus,
    Rating,
    Requirement,
    Scorecard,
    Stage,
    StageMove,
)
from hiring.models.judging import PhoneScreen
from hiring.models.references import Referee, ReferenceCall

_number = count(1)
MUSTS = ("Writes clearly", "Stays calm")


def make_job(company, *, members=(), musts=MUSTS, **fields) -> Job:
    """An open job with two must-haves of its own; `members` are the managers on it."""
    n = next(_number)
    values = {
        "title": "Support person",
        "slug": f"support-{n}",
        "status": JobStatus.OPEN,
        "first_opened_at": timezone.now() - timedelta(days=20),
        "hide_names": False,
        "hours_week": Decimal(20),
        "currency": "EUR",
        "summary": "You answer our customers.",
    }
    job = Job.objects.create(company=company, **(values | fields))
    for member in members:
        JobMember.objects.create(company=company, job=job, membership=member)
    for position, text in enumerate(musts):
        Requirement.objects.create(company=company, job=job, text=text, position=position, weight=3)
    return job


def make_application(job, *, name=None, email=None, **fields):
    """An application at the CV stage, entered through the form."""
    n = next(_number)
    name = name or f"Person {n}"
    email = f"person{n}@mail.example" if email is None else email
    application, _new = pipeline.receive(job, name=name, email=email, **fields)
    return application


ANSWERS = {
    "skip": "known",
    "back": "mistake",
    "judgements": "clear",
    "musts": "learn",
    "cards": "told",
    "finalists": "close",
    "references": "employed",
    "contradiction": "minor",
    "only_one": "right",
    "skipped": "enough",
}


def go(application, to, by, **fields) -> StageMove:
    """One move with every question answered; the application is refreshed."""
    values = {"expected": application.standing, "how": How.PAGE, "answers": ANSWERS} | fields
    move = pipeline.advance(application, to=to, by=by, **values)
    application.refresh_from_db()
    return move


WAY = (Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER)


def bring(application, to, by):
    """Through every stage up to `to`; hired with a copy signed elsewhere."""
    for stage in WAY[: WAY.index(to) + 1 if to in WAY else len(WAY)]:
        go(application, stage, by)
    if to == Stage.HIRED:
        sign(application, by)
    return application


def sign(application, by):
    """Hires with a copy signed elsewhere; what a manager uploads has been approved by an owner."""
    from tests.hiring.acts import approve_offer

    offer = make_offer(application, by)
    approve_offer(offer, by)
    signing.signed_outside(offer, by=by, file=None, name=application.name)
    application.refresh_from_db()
    return application


def offer_values(**values) -> dict:
    return {
        "job_title": "Support person",
        "pay": Decimal("14.50"),
        "currency": "EUR",
        "pay_period": "hour",
        "hours_week": Decimal(20),
        "start_date": date(2027, 1, 11),
        "place": "",
        "benefits": "25 days of holiday",
        "description": "You answer our customers.",
        "terms": "Two months' notice on both sides.",
        "contract_check": "standard",
    } | values


def make_offer(application, by, **values):
    return offers.save_draft(application, by=by, values=offer_values(**values))


def make_screen(application, **fields) -> PhoneScreen:
    values = {"direct": "yes", "polite": "yes", "interested": "unsure"}
    return PhoneScreen.objects.create(
        company_id=application.company_id, application=application, **(values | fields)
    )


def make_reference(application, **fields) -> ReferenceCall:
    referee = Referee.objects.create(
        company_id=application.company_id,
        application=application,
        name="Rolf Former",
        agreed_at=timezone.now(),
    )
    values = {"overall": "good", "done_at": timezone.now()}
    return ReferenceCall.objects.create(
        company_id=application.company_id, application=application, referee=referee, **(values | fields)
    )


def make_interview(application, by, *, hours=24, **fields) -> Interview:
    """Agreed for `hours` from now (negative: it was)."""
    values = {"starts_at": timezone.now() + timedelta(hours=hours), "created_by": by}
    return Interview.objects.create(
        company_id=application.company_id, application=application, **(values | fields)
    )


def make_card(application, interviewer, *, submitted=True, levels=(), **fields) -> Scorecard:
    """A scorecard with `levels` for the job's requirements in order."""
    values = {"recommendation": "yes", "submitted_at": timezone.now() if submitted else None}
    card = Scorecard.objects.create(
        company_id=application.company_id,
        application=application,
        interviewer=interviewer,
        **(values | fields),
    )
    for requirement, level in zip(application.job.requirements.order_by("position"), levels, strict=False):
        Rating.objects.create(
            company_id=card.company_id, scorecard=card, requirement=requirement, level=level
        )
    return card
