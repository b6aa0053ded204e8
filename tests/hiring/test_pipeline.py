from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring import pipeline, refusals
from hiring.models import Application, CvCheck, How, JobStatus, Outcome, Reason, Stage, StageMove, Told
from hiring.pipeline import NeedsAnswers, NotOpen, Refused, Stale
from mailroom import outbox
from tests.hiring.factories import (
    ANSWERS,
    bring,
    go,
    make_application,
    make_job,
    make_offer,
    make_reference,
    make_screen,
)
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def application(job):
    return make_application(job)


def refuse(application, by, **fields):
    values = {"reason": Reason.REQUIREMENT, "tell": Told.MAIL, "how": How.PAGE} | fields
    move = pipeline.not_select(application, by=by, expected=application.standing, **values)
    application.refresh_from_db()
    return move


# -- receiving


def test_applicants_are_numbered_within_their_job(company):
    first, second = make_job(company), make_job(company)
    numbers = [make_application(job).number for job in (first, first, second)]
    assert numbers == [1, 2, 1]


def test_the_first_line_of_the_history_is_the_application(application):
    assert list(application.moves.values_list("from_stage", "to_stage", "how", "by_link")) == [
        ("", "cv", "form", True)
    ]


def test_the_same_form_twice_is_one_application(job):
    first = make_application(job, submission_key="k")
    assert pipeline.receive(job, name="Again", submission_key="k") == (first, False)


@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.PAUSED, JobStatus.CLOSED, JobStatus.FILLED])
def test_only_an_open_job_takes_applications(company, status):
    closed = timezone.now() if status in {JobStatus.CLOSED, JobStatus.FILLED} else None
    job = make_job(company, status=status, closed_at=closed)
    with pytest.raises(NotOpen):
        make_application(job)


def test_a_person_is_entered_by_hand_while_the_job_is_paused(company, owner):
    application = make_application(make_job(company, status=JobStatus.PAUSED), by=owner)
    assert (application.entered_by, application.moves.get().by_link) == (owner, False)


def test_names_are_folded_for_search_and_sorting(job):
    application = make_application(job, name="Łukasz Öberg", email="LO@mail.example")
    assert (application.search, application.sort_name) == (
        "lukasz oberg lo mail example",
        "lukasz oberg",
    )


# -- moving on


def test_a_step_writes_the_row_the_history_and_the_trail(application, owner):
    move = go(application, Stage.PHONE, owner, how=How.BOARD)
    assert (application.stage, application.outcome, application.ended_at) == ("phone", "active", None)
    assert (move.from_stage, move.to_stage, move.actor, move.how) == ("cv", "phone", owner, "board")
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.actor_id, entry.subject_id, entry.fields) == (
        "application.moved", owner.user_id, application.pk, ["stage", "outcome"],
    )  # fmt: skip


def test_untouched_musts_become_questions_for_the_call(application, owner):
    first = application.job.requirements.first()
    CvCheck.objects.create(company=owner.company, application=application, requirement=first, mark="met")
    go(application, Stage.PHONE, owner)
    marks = application.cv_checks.order_by("requirement__position").values_list("mark", flat=True)
    assert list(marks) == ["met", "unclear"]


def test_a_stale_move_changes_nothing_and_says_who_was_faster(application, owner, manager):
    go(application, Stage.PHONE, manager)
    with pytest.raises(Stale) as stale:
        pipeline.advance(application, to=Stage.PHONE, by=owner, expected="cv", how=How.BOARD)
    assert (stale.value.move.actor, stale.value.application.stage) == (manager, "phone")
    assert application.moves.count() == 2


def test_a_skip_asks_why_and_records_what_was_skipped(application, owner):
    with pytest.raises(NeedsAnswers) as needed:
        pipeline.advance(application, to=Stage.INTERVIEW, by=owner, expected="cv", how=How.PAGE)
    assert [ask.code for ask in needed.value.asks] == ["skip"]
    move = go(application, Stage.INTERVIEW, owner)
    assert (move.skipped, move.answers) == (["phone"], {"skip": "known"})


def test_an_answer_that_is_no_chip_is_no_answer(application, owner):
    with pytest.raises(NeedsAnswers):
        go(application, Stage.INTERVIEW, owner, answers={"skip": "because"})


def test_going_back_asks_unless_it_takes_back_ones_own_fresh_move(application, owner, manager):
    go(application, Stage.PHONE, owner)
    with pytest.raises(NeedsAnswers):
        go(application, Stage.CV, manager, answers={})
    go(application, Stage.CV, owner, answers={})
    assert application.stage == Stage.CV


def test_going_back_later_asks(application, owner):
    move = go(application, Stage.PHONE, owner)
    StageMove.objects.filter(pk=move.pk).update(at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(NeedsAnswers):
        go(application, Stage.CV, owner, answers={})


def test_hired_is_out_of_reach_without_a_signature(application, owner):
    bring(application, Stage.OFFER, owner)
    make_offer(application, owner)
    with pytest.raises(Refused, match="signature"):
        go(application, Stage.HIRED, owner)
    assert application.stage == Stage.OFFER


def test_somebody_out_of_the_running_does_not_move(application, owner):
    refuse(application, owner)
    with pytest.raises(Stale):
        go(application, Stage.PHONE, owner, expected="cv")


def test_somebody_out_of_the_running_does_not_move_though_the_form_knew_it(application, owner):
    refuse(application, owner)
    with pytest.raises(Refused):
        go(application, Stage.PHONE, owner)


# -- not selected, withdrawn, taken up again


def test_not_selected_keeps_the_stage_and_waits_with_the_mail(application, owner):
    go(application, Stage.PHONE, owner)
    move = refuse(application, owner, text="Short answers")
    assert (application.stage, application.outcome, application.reason) == (
        "phone", "not_selected", "requirement",
    )  # fmt: skip
    assert application.ended_at is not None
    assert (move.told, move.text) == ("mail", "Short answers")
    assert outbox.state(about=("application", application.pk), message="not_selected") == "waiting"


def test_told_by_phone_sends_nothing(application, owner):
    refuse(application, owner, tell=Told.PHONE)
    assert outbox.state(about=("application", application.pk), message="not_selected") is None
    assert application.told_at is not None


@pytest.mark.parametrize(
    "fields",
    [{"reason": "smile"}, {"tell": "pigeon"}, {"tell": Told.NONE}, {"tell": Told.NONE, "why": "  "}],
)
def test_a_refusal_needs_a_reason_and_a_way_of_telling(application, owner, fields):
    with pytest.raises(Refused):
        refuse(application, owner, **fields)
    assert Application.objects.get().is_active


def test_without_an_address_no_mail_can_be_promised(job, owner):
    application = make_application(job, email="")
    with pytest.raises(Refused, match="phone"):
        refuse(application, owner)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)),  # Friday
        (datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)),  # Monday 1:00 there
        (datetime(2026, 11, 24, 5, tzinfo=UTC), datetime(2026, 11, 25, 7, tzinfo=UTC)),
        (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 6, tzinfo=UTC)),  # summer time begins
    ],
)
def test_the_next_working_morning_is_the_companys(company, now, expected):
    company.timezone = "Europe/Helsinki"
    assert refusals.next_morning(company, now) == expected


def test_withdrawing_sends_nothing(application, owner):
    move = pipeline.withdraw(application, by=owner, expected="cv", how=How.PAGE)
    application.refresh_from_db()
    assert (application.outcome, move.to_outcome) == ("withdrawn", "withdrawn")


def test_taking_up_again_needs_a_reason_and_cancels_the_mail(application, owner):
    refuse(application, owner)
    take_up = {"by": owner, "expected": "cv:not_selected", "how": How.PAGE}
    with pytest.raises(Refused):
        pipeline.take_up(application, reason="", **take_up)
    pipeline.take_up(application, reason="news", **take_up)
    application.refresh_from_db()
    assert (application.outcome, application.ended_at, application.told) == ("active", None, "")
    assert outbox.state(about=("application", application.pk), message="not_selected") == "cancelled"


def test_nobody_is_taken_up_in_a_job_that_is_over(application, owner):
    refuse(application, owner)
    job = application.job
    job.status, job.closed_at = JobStatus.CLOSED, timezone.now()
    job.save()
    with pytest.raises(Refused, match="over"):
        pipeline.take_up(application, by=owner, expected="cv:not_selected", reason="news", how=How.PAGE)


# -- undo


def test_undo_restores_the_stage_and_cancels_the_mail(application, owner):
    go(application, Stage.PHONE, owner)
    move = refuse(application, owner)
    back = pipeline.undo(move, by=owner)
    application.refresh_from_db()
    assert (application.stage, application.outcome, application.told) == ("phone", "active", "")
    assert (back.undoes, back.how, back.from_outcome) == (move, "undo", "not_selected")
    assert outbox.state(about=("application", application.pk), message="not_selected") == "cancelled"


def test_undo_of_a_step_goes_back_without_a_question(application, owner):
    pipeline.undo(go(application, Stage.PHONE, owner), by=owner)
    application.refresh_from_db()
    assert application.stage == Stage.CV


def test_undo_is_for_ones_own_last_fresh_step(application, owner, manager):
    move = go(application, Stage.PHONE, owner)
    with pytest.raises(Refused, match="own"):
        pipeline.undo(move, by=manager)
    StageMove.objects.filter(pk=move.pk).update(at=timezone.now() - timedelta(minutes=10, seconds=1))
    move.refresh_from_db()
    with pytest.raises(Refused, match="minutes"):
        pipeline.undo(move, by=owner)


def test_undo_after_somebody_went_on_is_stale(application, owner, manager):
    move = go(application, Stage.PHONE, owner)
    go(application, Stage.INTERVIEW, manager)
    with pytest.raises(Stale):
        pipeline.undo(move, by=owner)


def test_undo_twice_is_stale(application, owner):
    move = go(application, Stage.PHONE, owner)
    pipeline.undo(move, by=owner)
    with pytest.raises(Stale):
        pipeline.undo(move, by=owner)


def test_a_second_refusal_after_undo_sends_its_own_mail(application, owner):
    pipeline.undo(refuse(application, owner), by=owner)
    application.refresh_from_db()
    refuse(application, owner)
    assert outbox.state(about=("application", application.pk), message="not_selected") == "waiting"


def test_undoing_a_taking_up_ends_it_as_before(application, owner):
    refuse(application, owner, tell=Told.PHONE, reason=Reason.CALL)
    move = pipeline.take_up(application, by=owner, expected="cv:not_selected", reason="news", how=How.PAGE)
    pipeline.undo(move, by=owner)
    application.refresh_from_db()
    assert (application.outcome, application.reason, application.told) == ("not_selected", "call", "phone")


# -- the rules that ask


def asked(application, to, by):
    try:
        pipeline.advance(application, to=to, by=by, expected=application.standing, how=How.PAGE)
    except NeedsAnswers as needed:
        return [ask.code for ask in needed.asks]
    return []


def test_the_three_judgements_are_asked_for_after_the_call(application, owner):
    go(application, Stage.PHONE, owner)
    assert asked(application, Stage.INTERVIEW, owner) == ["judgements"]
    screen = make_screen(application, polite="")
    assert asked(application, Stage.INTERVIEW, owner) == ["judgements"]
    screen.polite = "no"
    screen.save()
    assert asked(application, Stage.INTERVIEW, owner) == []


def test_the_third_finalist_is_asked_about(job, owner):
    first, second, third = (bring(make_application(job), Stage.INTERVIEW, owner) for _ in range(3))
    assert "finalists" not in asked(first, Stage.REFERENCES, owner)
    go(first, Stage.REFERENCES, owner)
    go(second, Stage.REFERENCES, owner)
    assert asked(third, Stage.REFERENCES, owner) == ["musts", "finalists"]


def test_an_offer_asks_about_references_and_being_the_only_one(application, owner):
    bring(application, Stage.REFERENCES, owner)
    assert asked(application, Stage.OFFER, owner) == ["references", "only_one"]


def test_an_offer_after_a_call_and_among_others_asks_nothing(job, application, owner):
    make_application(job)
    bring(application, Stage.REFERENCES, owner)
    make_reference(application)
    assert asked(application, Stage.OFFER, owner) == []


def test_a_contradicted_fact_needs_what_they_said_to_it(job, application, owner):
    make_application(job)
    bring(application, Stage.REFERENCES, owner)
    call = make_reference(application, deviation=True, deviation_note="Left in May")
    assert asked(application, Stage.OFFER, owner) == ["contradiction"]
    call.candidate_said = "May was my last working day"
    call.save()
    assert asked(application, Stage.OFFER, owner) == []


def test_a_stage_skipped_earlier_is_asked_about_at_the_offer(job, application, owner):
    make_application(job)
    go(application, Stage.REFERENCES, owner)
    make_reference(application)
    assert asked(application, Stage.OFFER, owner) == ["skipped"]


def test_a_skip_into_the_offer_asks_once(application, owner):
    assert asked(application, Stage.OFFER, owner) == ["skip"]


# -- the database's own checks


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": Outcome.NOT_SELECTED},
        {"ended_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"stage": Stage.HIRED},
        {"stage": "limbo"},
        {"outcome": "gone"},
        {"stage": Stage.HIRED, "outcome": Outcome.WITHDRAWN, "ended_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_the_database_refuses_impossible_rows(application, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**broken)


def test_every_chip_of_the_test_answers_exists():
    from hiring import rules

    assert {rule.code for rule in rules.RULES} == set(ANSWERS)
    assert all(ANSWERS[rule.code] in dict(rule.chips) for rule in rules.RULES)
