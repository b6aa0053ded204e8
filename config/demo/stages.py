"""One applicant through the pipeline, with what people write down on the way."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from config.demo import sample_work
from config.demo.cvs import cv
from hiring import answers, approvals, hours, offers, pipeline, placements, signing, telling
from hiring.models import (
    Answer,
    Application,
    Assignment,
    CvCheck,
    How,
    Level,
    Note,
    PhoneScreen,
    QuestionKind,
    Rating,
    Referee,
    ReferenceCall,
    Scorecard,
    Stage,
    StageMove,
)

ORDER = list(Stage)
HOURS = "Monday to Friday, 8 to 12. Every second Saturday is fine too."
WEEK = hours.to_text(f"{day}-morning" for day in hours.DAYS[:5])
GOOD = "The customer knows what happens next, and when. And somebody has read what they wrote."
NOTES = {
    Stage.PHONE: "Calm and friendly on the phone; asked good questions about returns.",
    Stage.INTERVIEW: "Answered the angry parcel mail in four sentences, date first.",
}


def walk(job, person, *, by, interviewer=None) -> Application:
    """Applies, and goes as far as the person is; then ends there when the person has ended."""
    application = _apply(job, person, email=person.email)
    for stage in ORDER[1 : ORDER.index(person.stage) + 1]:
        _prepare(application, by, interviewer)
        _advance(application, stage, by)
    if person.ended:
        pipeline.not_select(
            application, by=by, expected=application.standing, reason=person.ended, tell="mail", how=How.PAGE
        )
    elif person.stage == Stage.OFFER:
        _send(_offer(application, by, timezone.localdate() + timedelta(days=30)), by)
    if person.has_sample:
        sample_work.hand_in(application, by=by)
    _backdate(application, person.days_ago)
    return application


def hire(job, person, *, by, email, start) -> Application:
    """All the way, signed behind the candidate's own link."""
    application = _apply(job, person, email=email)
    for stage in ORDER[1:-1]:
        _prepare(application, by, None)
        _advance(application, stage, by)
    offer = _offer(application, by, start)
    _send(offer, by)
    signing.accept(offer, name=person.name, address="127.0.0.1", agent="Sample browser")
    _backdate(application, person.days_ago)
    return application


def _apply(job, person, *, email) -> Application:
    application, _new = pipeline.receive(
        job,
        name=person.name,
        email=email,
        cover_letter=person.letter,
        language=person.language,
        source=person.source,
        placement=placements.latest(job, person.source),
        cv=cv(person, job.company),
    )
    texts = dict(zip(["availability", "good_support"], [HOURS, GOOD], strict=True))
    for question, text in zip(job.questions.order_by("position"), texts.values(), strict=False):
        said = WEEK if question.kind == QuestionKind.HOURS else text
        Answer.objects.create(
            company=job.company, application=application, question=question, **answers.make(question, said)
        )
    telling.applied(application)
    return application


def _advance(application, to, by):
    """Answers whatever is asked with its first chip."""
    answers = {}
    try:
        pipeline.advance(application, to=to, by=by, expected=application.standing, how=How.BOARD)
    except pipeline.NeedsAnswers as needed:
        answers = {ask.code: ask.chips[0][0] for ask in needed.asks}
        pipeline.advance(
            application, to=to, by=by, expected=application.standing, how=How.BOARD, answers=answers
        )
    application.refresh_from_db()


def _prepare(application, by, interviewer):
    """What is written down at the stage before it is left."""
    {
        Stage.CV: _read,
        Stage.PHONE: _call,
        Stage.INTERVIEW: _interview,
        Stage.REFERENCES: _ask_referee,
    }.get(application.stage, lambda *_: None)(application, by, interviewer)
    if text := NOTES.get(application.stage):
        Note.objects.create(company_id=application.company_id, application=application, author=by, text=text)


def _read(application, by, interviewer):
    musts = application.job.requirements.filter(level=Level.MUST)
    CvCheck.objects.bulk_create(
        CvCheck(
            company_id=application.company_id,
            application=application,
            requirement=requirement,
            mark="met" if number % 3 else "unclear",
            by=by,
        )
        for number, requirement in enumerate(musts, application.number)
    )


def _call(application, by, interviewer):
    PhoneScreen.objects.create(
        company_id=application.company_id,
        application=application,
        by=by,
        direct="yes",
        polite="yes",
        interested="yes" if application.number % 4 else "unsure",
        notes="Could start in four weeks.",
    )


def _interview(application, by, interviewer):
    for person in filter(None, [by, interviewer]):
        if person != by:
            Assignment.objects.create(
                company_id=application.company_id, application=application, membership=person
            )
        card = Scorecard.objects.create(
            company_id=application.company_id,
            application=application,
            interviewer=person,
            submitted_at=timezone.now(),
            recommendation="yes" if application.number % 3 else "strong_yes",
            trust="Yes: friendly, exact, and says so when something is not known.",
        )
        Rating.objects.bulk_create(
            Rating(
                company_id=application.company_id,
                scorecard=card,
                requirement=requirement,
                level=3 + (application.number + number) % 3,
            )
            for number, requirement in enumerate(application.job.requirements.all())
        )


def _ask_referee(application, by, interviewer):
    referee = Referee.objects.create(
        company_id=application.company_id,
        application=application,
        name="Paula Lehto",
        relation="Team lead in the last job",
        email="paula.lehto@referees.example",
        agreed_at=timezone.now(),
    )
    ReferenceCall.objects.create(
        company_id=application.company_id,
        application=application,
        referee=referee,
        by=by,
        overall="good",
        notes="Would take them back at once.",
        done_at=timezone.now(),
    )


def _send(offer, by):
    """A manager's has been looked at by an owner."""
    if approvals.needed(by):
        approvals.approve(approvals.ask(offer, by=by), by=approvals.owners(by.company).first())
    offers.send(offer, by=by)


def _offer(application, by, start):
    values = {name: getattr(offers.draft_for(application), name) for name in offers.ROUND}
    values |= {
        "pay": Decimal("17.50"),
        "start_date": start,
        "terms": "Permanent. Finnish law.",
        "probation_months": 4,
        "notice": "One month on both sides",
        "contract_check": "standard",
        "place": "Turku, and at home",
        "benefits": "Lunch, a blanket a year",
    }
    return offers.save_draft(application, by=by, values=values)


def _backdate(application, days_ago):
    """The history as if it had taken its time; only times are touched, never where somebody stands."""
    moves = list(StageMove.objects.filter(application=application).order_by("pk"))
    now = timezone.now()
    start = now - timedelta(days=days_ago)
    for number, move in enumerate(moves):
        move.at = start + (now - start) * number / (len(moves) + 1)
    StageMove.objects.bulk_update(moves, ["at"])
    ended = {"ended_at": moves[-1].at} if Application.objects.get(pk=application.pk).ended_at else {}
    Application.objects.filter(pk=application.pk).update(
        submitted_at=start, stage_entered_at=moves[-1].at, **ended
    )
