"""The way from application to hired. Nothing else writes a stage or an outcome.

Every function here is one transaction: it locks (company, job, application, offer, in that order), looks, and writes
the row, one line of history, the mail as an outbox row and the trail together. The company is locked only where
somebody comes into the team or leaves it: hiring, and undoing it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring import (
    evidence,
    hand_off,
    letters,
    reference_letters,
    refusals,
    rules,
    sample_letters,
    talk_ends,
    telling,
)
from hiring.locking import Refused, lock, lock_job
from hiring.models import (
    Application,
    Candidate,
    CvCheck,
    How,
    JobStatus,
    Offer,
    OfferState,
    Outcome,
    Reason,
    Stage,
    StageMove,
    Told,
)
from hiring.models.judging import Mark
from hiring.models.moves import ORDER, OUTCOMES, Step, between, step
from mailroom import outbox
from vault import folding, trail


class NotOpen(Refused):
    """The job takes no applications (any more)."""


class Stale(Exception):
    """The row is not where the form saw it. `application` is as it is now, `move` its last move."""

    def __init__(self, application):
        self.application = application
        self.move = application.moves.select_related("actor").order_by("-pk").first()
        super().__init__(f"application {application.pk} is {application.standing}")


class NeedsAnswers(Exception):
    """The move goes through after one tap on a chip for each of `asks`."""

    def __init__(self, asks):
        self.asks = asks
        super().__init__(", ".join(ask.code for ask in asks))


# -- in


@transaction.atomic
def receive(job, *, by=None, how=How.FORM, **fields) -> tuple[Application, bool]:
    """Enters an application for `job`: (application, whether it is new).

    `fields` are the application's own (name, email, cover_letter, submission_key ...). The same submission_key
    again gives the application it made, also when the job has been closed since. Raises NotOpen unless the job
    is open; entering by hand (`by` a membership) needs a job that is not over. Sends no mail.
    """
    job = lock_job(job.pk)
    key = fields.get("submission_key")
    if key and (existing := Application.objects.filter(job=job, submission_key=key).first()):
        return existing, False
    if not (job.takes_applications if by is None else not job.is_over):
        raise NotOpen(_("This job takes no applications any more."))
    return _enter(job, by, how, fields), True


def _enter(job, by, how, fields) -> Application:
    job.last_number += 1
    job.save(update_fields=["last_number"])
    application = Application.objects.create(
        company_id=job.company_id,
        job=job,
        number=job.last_number,
        candidate=Candidate.objects.create(company_id=job.company_id),
        entered_by=by,
        **(folded(fields) | fields),
    )
    _write(application, "", "", by=by, how=how, by_link=by is None, at=application.submitted_at)
    _trail("application.received", application, by)
    return application


def folded(fields) -> dict:
    """What a person is found and sorted by."""
    words = " ".join(fields.get(name, "") for name in ("name", "email", "phone"))
    return {"search": folding.fold(words), "sort_name": folding.sort_key(fields["name"])[:250]}


@transaction.atomic
def receive_many(job, people: list[dict], *, by) -> list[Application]:
    """Enters people from another system in their order, with numbers that follow each other; the rows as they are now.

    Each dict holds the application's own fields as in `receive`, and may say where that person stands: `stage` (not
    hired) and `ended` (why no message goes out to somebody who was not selected there). The same number of queries
    for three people as for one. Raises NotOpen for a job that is over, Refused. Sends no mail, tells nobody.
    """
    job = lock_job(job.pk)
    if job.is_over:
        raise NotOpen(_("This job takes no applications any more."))
    first, job.last_number = job.last_number + 1, job.last_number + len(people)
    job.save(update_fields=["last_number"])
    groups = Candidate.objects.bulk_create(Candidate(company_id=job.company_id) for _person in people)
    numbers = range(first, job.last_number + 1)
    rows = [_brought(job, by, *person) for person in zip(numbers, groups, people, strict=True)]
    Application.objects.bulk_create(rows)
    StageMove.objects.bulk_create(_first_lines(rows, people, by))
    pks = [row.pk for row in rows]
    actor_id = by.user_id if by else None
    trail.record_many(
        "application.received", company_id=job.company_id, actor_id=actor_id, kind="application", pks=pks,
        fields=["stage", "outcome"],
    )  # fmt: skip
    return rows


def _brought(job, by, number, group, person) -> Application:
    fields = {name: value for name, value in person.items() if name != "ended"}
    if fields.get("stage") == Stage.HIRED:
        raise Refused(_("Nobody is hired without a signature. Send the offer, or upload the signed copy."))
    if "ended" in person:
        now = timezone.now()
        fields |= {"outcome": Outcome.NOT_SELECTED, "ended_at": now, "read_at": now}
        fields |= {"told": Told.NONE, "told_at": now}
    return Application(
        company_id=job.company_id, job=job, number=number, candidate=group, entered_by=by,
        **(folded(fields) | fields),
    )  # fmt: skip


def _first_lines(rows, people, by):
    """That they came, in the stage where they stand; and that it ended, for whom it had."""
    for row, person in zip(rows, people, strict=True):
        skipped = [str(stage) for stage in ORDER[: ORDER.index(row.stage)]]
        line = _line(row, "", "", by=by, how=How.IMPORT, at=row.submitted_at, skipped=skipped)
        line.to_outcome = Outcome.ACTIVE
        yield line
        if "ended" in person:
            yield _line(
                row, row.stage, Outcome.ACTIVE, by=by, how=How.IMPORT, text=person["ended"], told=Told.NONE
            )


# -- on


@transaction.atomic
def advance(application, *, to, by, expected, how, answers=None, text="", by_link=False) -> StageMove:
    """Moves somebody to the stage `to`, in the table's ways only, and returns the line of history.

    `expected` is the `standing` the caller saw. `by` is a membership, or None for the candidate behind a link
    (`by_link`). `answers` are {rule: chip} for what `rules.asks` asks. Raises Stale, Refused, NeedsAnswers.
    """
    job, application = lock(application, company=to == Stage.HIRED)
    _fresh(application, expected)
    kind = step(application.stage, to)
    if not application.is_active or kind in {None, Step.UNHIRE}:
        raise Refused(_("There is no such step from here."))
    answers = _answered(application, kind, to, by, answers or {})
    if kind == Step.HIRE:
        return hire(job, application, _signed_offer(application), by=by, how=how, by_link=by_link)
    at = timezone.now()
    if application.stage == Stage.OFFER:
        withdraw_offers(application, at)
    elif application.stage == Stage.CV:
        _leave_cv(application, by)
    skipped = between(application.stage, to) if kind == Step.SKIP else []
    return _move(application, to, by=by, how=how, at=at, answers=answers, text=text, skipped=skipped)


def _move(application, to, *, by, how, by_link=False, **fields) -> StageMove:
    start = application.stage
    _place(application, to)
    move = _write(application, start, Outcome.ACTIVE, by=by, how=how, by_link=by_link, **fields)
    _trail("application.moved", application, by, link="offer" if by_link else "")
    return move


def _answered(application, kind, to, by, answers) -> dict:
    """The answers worth recording. Raises NeedsAnswers with what is still open."""
    asked = rules.asks(application, kind, to=to, by=by)
    if open_ := rules.unanswered(asked, answers):
        raise NeedsAnswers(open_)
    return {ask.code: answers[ask.code] for ask in asked}


@transaction.atomic
def put_aside(application, *, expected) -> None:
    """Read later: out of the pile until it is looked at again. Raises Stale when somebody decided meanwhile."""
    _job, application = lock(application)
    _fresh(application, expected)
    if application.standing != Stage.CV:
        raise Refused(_("There is no such step from here."))
    _set_aside(application, timezone.now())


@transaction.atomic
def put_back(application) -> None:
    """Back on the pile, wherever the person stands by now."""
    _job, application = lock(application)
    _set_aside(application, None)


def _set_aside(application, when):
    application.later_at = when
    application.save(update_fields=["later_at"])


def _read(application):
    """The first reading counts, and the list as it is then."""
    if application.read_at is None:
        application.read_at, application.rubric_version = timezone.now(), application.job.rubric_version


def _leave_cv(application, by):
    """Must-haves nobody touched become questions for the call."""
    CvCheck.objects.bulk_create(
        CvCheck(
            company_id=application.company_id,
            application=application,
            requirement=requirement,
            mark=Mark.UNCLEAR,
            by=by,
        )
        for requirement in rules.untouched_musts(application)
    )
    _read(application)
    application.later_at = None
    telling.read(application)


def _signed_offer(application) -> Offer:
    offer = _offers(application).filter(state=OfferState.ACCEPTED).first()
    if offer is None:
        raise Refused(_("Nobody is hired without a signature. Send the offer, or upload the signed copy."))
    return offer


def hire(job, application, offer, *, by, how, by_link=False) -> StageMove:
    """Signed: hired. The caller has locked all four, the company first, and `offer` is accepted.

    `by` is None behind the candidate's link. Raises Refused when every opening is taken, nobody could come in, or
    the employer has not signed yet.
    """
    if application.standing != Stage.OFFER or offer.state != OfferState.ACCEPTED:
        raise Refused(_("There is no such step from here."))
    if not offer.signed_outside and not evidence.employer_signed(offer):
        raise Refused(_("Sign the contract for the shop first."))
    hand_off.fill(job, application, offer, by)
    return _move(application, Stage.HIRED, by=by, how=how, by_link=by_link)


# -- out


@transaction.atomic
def not_select(application, *, by, expected, reason, tell, how, text="", why="") -> StageMove:
    """Ends somebody's way for a reason about the job, and queues the message.

    `tell` is a Told: mail leaves after the undo minutes, "morning" at 9:00 of the next working day. `why` says
    why no message goes out and is required then. Raises Stale, Refused.
    """
    _job, application = lock(application)
    _fresh(application, expected)
    _may_end(application, Outcome.NOT_SELECTED)
    if reason not in Reason.values:
        raise Refused(_("Choose a reason."))
    _check_message(application, tell, why)
    at = timezone.now()
    withdraw_offers(application, at)
    _end(application, Outcome.NOT_SELECTED, reason=reason, told=tell)
    move = _write(
        application, application.stage, Outcome.ACTIVE, by=by, how=how, at=at, reason=reason, text=text or why,
        told=tell,
    )  # fmt: skip
    refusals.post(application, tell, by, key=f"not-selected-{move.pk}")
    _trail("application.not_selected", application, by)
    return move


def _check_message(application, tell, why):
    if tell not in Told.values:
        raise Refused(_("Choose how they hear of it."))
    if tell in {Told.MAIL, Told.MORNING} and not application.email:
        raise Refused(_("There is no e-mail address: tell them by phone."))
    if tell == Told.NONE and not why.strip():
        raise Refused(_("Say why no message goes out."))


@transaction.atomic
def withdraw(application, *, by=None, expected=None, how=How.LINK, text="", by_link=False) -> StageMove:
    """The person no longer wants it. No message. Behind their own link nothing is expected. Raises Stale, Refused.

    Behind it also a refusal that they have not heard of gives way, and its message does not leave: for them the
    application was still running, and what they said is what the history ends with.
    """
    _job, application = lock(application)
    if not by_link:
        _fresh(application, expected)
    _may_withdraw(application, by_link)
    start, at = application.outcome, timezone.now()
    withdraw_offers(application, at)
    outbox.cancel(about=("application", application.pk), message=letters.REFUSAL)
    _end(application, Outcome.WITHDRAWN)
    move = _write(application, application.stage, start, by=by, how=how, at=at, by_link=by_link, text=text)
    _trail("application.withdrawn", application, by, link="status" if by_link else "")
    return move


def _may_withdraw(application, by_link):
    _may_end(application, Outcome.WITHDRAWN)
    if not application.is_active and (not by_link or refusals.has_heard(application)):
        raise Refused(_("There is no such step from here."))


@transaction.atomic
def take_up(application, *, by, expected, reason, how, text="") -> StageMove:
    """Takes somebody up again where it ended, with a reason; an unsent refusal is cancelled. Raises Stale, Refused."""
    job, application = lock(application)
    _fresh(application, expected)
    if Outcome.ACTIVE not in OUTCOMES[application.outcome]:
        raise Refused(_("There is no such step from here."))
    if job.is_over:
        raise Refused(_("This job is over. Open it again first."))
    if not reason:
        raise Refused(_("Choose a reason."))
    start = application.outcome
    _resume(application, application.stage)
    move = _write(application, application.stage, start, by=by, how=how, reason=reason, text=text)
    _trail("application.taken_up", application, by)
    return move


@transaction.atomic
def unhire(application, *, by, expected, reason, how, text="") -> StageMove:
    """Somebody who never starts: the opening is back, the onboarding ends, the offer and all notes stay.

    The person ends as withdrawn at the offer stage; the job is paused, to be opened again by hand.
    """
    job, application = lock(application, company=True)
    _fresh(application, expected)
    if application.stage != Stage.HIRED:
        raise Refused(_("There is no such step from here."))
    if reason not in dict(rules.UNHIRE):
        raise Refused(_("Choose a reason."))
    if job.status == JobStatus.FILLED:
        job.status, job.closed_at = JobStatus.PAUSED, None
        job.save(update_fields=["status", "closed_at"])
    hand_off.cancel(job, application, by=by, reason=text or reason)
    _place(application, Stage.OFFER)
    _end(application, Outcome.WITHDRAWN, reason=reason)
    move = _write(application, Stage.HIRED, Outcome.ACTIVE, by=by, how=how, reason=reason, text=text)
    _trail("application.unhired", application, by)
    return move


@transaction.atomic
def undo(move, *, by) -> StageMove:
    """Takes back one's own last move within ten minutes; the message is held back, and the offer is on the table again.

    Raises Stale when something happened since, Refused when it is too late, somebody else's, a hire, or when the
    message has left.
    """
    _job, application = lock(move.application)
    if application.moves.order_by("-pk").values_list("pk", flat=True).first() != move.pk:
        raise Stale(application)
    _may_undo(move, by)
    _hold_back(application, move)
    start, outcome = application.stage, application.outcome
    if move.from_outcome == Outcome.ACTIVE:
        _resume(application, move.from_stage)
    else:
        _end(application, move.from_outcome, **_end_before(move))
    _offers_again(application, move)
    back = _write(application, start, outcome, by=by, how=How.UNDO, undoes=move)
    _trail("application.undone", application, by)
    return back


def _hold_back(application, move):
    """The message and its undo meet in one row of the outbox: whoever comes second sees it, and gives way."""
    by_mail = move.told in {Told.MAIL, Told.MORNING}
    if by_mail and not letters.hold_back(("application", application.pk), letters.REFUSAL):
        raise Refused(_("The message has left by now. Take this person up again instead, and tell them."))


def _offers_again(application, move):
    """What this very move took off the table: the moment is the same."""
    rows = _offers(application).filter(state=OfferState.WITHDRAWN, answered_at=move.at)
    for offer in rows.select_related("sent_by"):
        put_offer_back(offer, application)


def put_offer_back(offer, application):
    """On the table again as it was. The caller has locked all three; no other offer is live."""
    offer.state, offer.answered_at = OfferState.SENT, None
    offer.save(update_fields=["state", "answered_at"])
    letters.offer_again(offer, application)


def may_undo(move, by) -> bool:
    """Whether an Undo is shown beside this line of history, the last one."""
    try:
        _may_undo(move, by)
    except Refused:
        return False
    return True


def _may_undo(move, by):
    if move.actor_id is None or move.actor_id != by.pk or not move.from_stage or move.how == How.UNDO:
        raise Refused(_("Only your own last step can be taken back."))
    if move.to_stage == Stage.HIRED or move.from_stage == Stage.HIRED:
        raise Refused(_("A hire is undone with a reason, on the candidate's page."))
    if move.at <= timezone.now() - timedelta(minutes=settings.UNDO_MINUTES):
        raise Refused(_("Ten minutes are over: move them back instead."))


def _end_before(move) -> dict:
    """Why it had ended, and whether they have heard, before somebody was taken up again by mistake."""
    ended = (
        move.application.moves.filter(pk__lt=move.pk, to_outcome=move.from_outcome).order_by("-pk").first()
    )
    about = ("application", move.application_id)
    by_mail = ended.told in {Told.MAIL, Told.MORNING}
    heard = not by_mail or outbox.state(about=about, message=letters.REFUSAL) == "sent"
    return {"reason": ended.reason, "told": ended.told if heard else ""}


# -- the parts


def _offers(application):
    rows = Offer.objects.filter(application=application)
    return rows.select_for_update(no_key=True, of=("self",)).order_by("pk")


def _fresh(application, expected):
    if application.standing != expected:
        raise Stale(application)


def _may_end(application, outcome):
    if application.stage == Stage.HIRED or outcome not in OUTCOMES[application.outcome]:
        raise Refused(_("There is no such step from here."))


def withdraw_offers(application, at) -> list[int]:
    """Whoever leaves the offer stage has no offer on the table any more; the link's page says so. Which offers."""
    rows = list(_offers(application).filter(state=OfferState.SENT))
    for offer in rows:
        offer.state, offer.answered_at = OfferState.WITHDRAWN, at
        offer.save(update_fields=["state", "answered_at"])
        outbox.cancel(about=("offer", offer.pk), message=letters.OFFER)
    return [offer.pk for offer in rows]


def _place(application, stage):
    application.stage, application.stage_entered_at = stage, timezone.now()
    application.ended_at = timezone.now() if stage == Stage.HIRED else None
    application.save(
        update_fields=["stage", "stage_entered_at", "ended_at", "read_at", "rubric_version", "later_at"]
    )  # fmt: skip


def _end(application, outcome, *, reason="", told=""):
    application.outcome, application.ended_at, application.reason = outcome, timezone.now(), reason
    application.told = told
    application.told_at = timezone.now() if told in {Told.PHONE, Told.NONE} else None
    _read(application)
    application.save(
        update_fields=["outcome", "ended_at", "reason", "told", "told_at", "read_at", "rubric_version"]
    )
    sample_letters.stop_of(application)
    reference_letters.stop_of(application)
    talk_ends.stop_of(application)
    telling.read(application)


def _resume(application, stage):
    """Back in the running at `stage`; nobody hears of a refusal that was taken back in time."""
    outbox.cancel(about=("application", application.pk), message=letters.REFUSAL)
    application.outcome, application.ended_at, application.reason = Outcome.ACTIVE, None, ""
    application.told, application.told_at = "", None
    if application.stage != stage:
        application.stage, application.stage_entered_at = stage, timezone.now()
    application.save(
        update_fields=[
            "outcome", "ended_at", "reason", "told", "told_at", "stage", "stage_entered_at",
        ]
    )  # fmt: skip
    sample_letters.again_of(application)
    reference_letters.again_of(application)
    talk_ends.again_of(application)


def _write(application, from_stage, from_outcome, *, by, how, at=None, **fields) -> StageMove:
    """One line of history: from where, to where the row stands now."""
    move = _line(application, from_stage, from_outcome, by=by, how=how, at=at, **fields)
    move.save()
    return move


def _line(application, from_stage, from_outcome, *, by, how, at=None, **fields) -> StageMove:
    return StageMove(
        company_id=application.company_id,
        application=application,
        job_id_then=application.job_id,
        from_stage=from_stage,
        to_stage=application.stage,
        from_outcome=from_outcome,
        to_outcome=application.outcome,
        actor=by,
        how=how,
        at=at or timezone.now(),
        rubric_version=application.job.rubric_version,
        **fields,
    )


def _trail(action, application, by, *, link=""):
    trail.record(
        action,
        company_id=application.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=application.pk,
        fields=["stage", "outcome"],
        by_link=link,
    )
