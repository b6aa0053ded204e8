import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Membership
from mailroom.models import Mail
from onboarding import plans, steps, words
from onboarding.kinds import Kind, Part, State
from onboarding.models import Acknowledgement, Onboarding, Step, StepAnswer, StepEvent
from tests.factories import make_member
from tests.onboarding.factories import make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def events(step):
    return list(StepEvent.objects.filter(step=step).order_by("pk").values_list("action", "before", "after"))


def mails(message):
    return Mail.objects.filter(message=message)


def read(onboarding, key, by):
    step = step_of(onboarding, key)
    shown = words.of_step(step)
    steps.acknowledge(step, by=by, subject=shown.subject, number=shown.number, body=shown.body)
    return step


# One side


def test_a_tick_is_done_with_who_and_when(plan, hire):
    step = step_of(plan, "values")
    assert steps.tick(step, by=hire)
    step.refresh_from_db()
    assert (step.state, step.completed_by) == (State.DONE, hire)
    assert step.completed_at
    assert events(step) == [("tick", "open", "done")]


def test_ticking_three_times_happens_once(plan, hire):
    step = step_of(plan, "values")
    assert [steps.tick(step_of(plan, "values"), by=hire) for _ in range(3)] == [True, False, False]
    assert len(events(step)) == 1


def test_an_untick_opens_it_again(plan, hire):
    step = step_of(plan, "values")
    steps.tick(step, by=hire)
    assert steps.untick(step, by=hire)
    step.refresh_from_db()
    assert (step.state, step.completed_at, step.completed_by) == (State.OPEN, None, None)
    assert events(step) == [("tick", "open", "done"), ("untick", "done", "open")]


def test_a_meeting_is_ticked_by_either(plan, hire, owner):
    assert steps.tick(step_of(plan, "welcome"), by=hire)
    assert steps.tick(step_of(plan, "walk_through"), by=owner)


@pytest.mark.parametrize("key", ["accounts_given", "gate_1", "review_90"])
def test_the_hire_cannot_tick_the_managers_steps(plan, hire, key):
    with pytest.raises(PermissionDenied):
        steps.tick(step_of(plan, key), by=hire)
    assert step_of(plan, key).state == State.OPEN


def test_the_manager_cannot_tick_what_the_hire_does_alone(plan, owner):
    with pytest.raises(PermissionDenied):
        steps.tick(step_of(plan, "values"), by=owner)


def test_nobody_of_another_company_moves_anything(plan, rival):
    for action in steps.MOVES:
        assert not steps.may(action, step_of(plan, "welcome"), rival)


def test_another_hire_moves_nothing(plan, company):
    other = make_member(company, "hire")
    for action in steps.MOVES:
        assert not steps.may(action, step_of(plan, "welcome"), other)


def test_an_interviewer_moves_the_buddys_steps_only_as_buddy(plan, interviewer):
    step = step_of(plan, "mails_read")
    assert not steps.may("tick", step, interviewer)
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    assert steps.tick(step_of(plan, "mails_read"), by=interviewer)


def test_an_owner_who_is_the_hire_does_not_receive_their_own_papers(company, owner, manager, clock):
    onboarding = make_onboarding(company, owner, manager)
    step = step_of(onboarding, "paperwork")
    steps.give(step, by=owner)
    with pytest.raises(PermissionDenied):
        steps.receive(step, by=owner)
    assert steps.receive(step, by=manager)


def test_an_ended_plan_stands_still(plan, hire, owner):
    plans.cancel(plan, by=owner, reason="Moved away")
    with pytest.raises(steps.Refused):
        steps.tick(step_of(plan, "values"), by=hire)


# Two sides


def test_given_waits_and_received_is_done(plan, hire, owner):
    step = step_of(plan, "bank_details")
    assert steps.give(step, by=hire)
    assert step_of(plan, "bank_details").state == State.SUBMITTED
    assert steps.receive(step, by=owner)
    done = step_of(plan, "bank_details")
    assert (done.state, done.completed_by) == (State.DONE, owner)


@pytest.mark.parametrize("key", ["paperwork", "bank_details", "identity", "who_to_ask"])
def test_the_hire_gives_and_cannot_receive(plan, hire, key):
    step = step_of(plan, key)
    steps.give(step, by=hire)
    with pytest.raises(PermissionDenied):
        steps.receive(step, by=hire)


def test_a_two_sided_step_is_never_just_ticked(plan, hire):
    with pytest.raises(steps.Refused):
        steps.tick(step_of(plan, "paperwork"), by=hire)


def test_what_was_not_given_is_not_received(plan, owner):
    with pytest.raises(steps.Stale):
        steps.receive(step_of(plan, "paperwork"), by=owner)


def test_given_can_be_taken_back_until_it_is_received(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    assert steps.take_back(step, by=hire)
    steps.give(step, by=hire)
    steps.receive(step, by=owner)
    with pytest.raises(steps.Stale):
        steps.take_back(step, by=hire)


def test_receiving_can_be_undone(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.receive(step, by=owner)
    assert steps.unreceive(step, by=owner)
    assert step_of(plan, "paperwork").state == State.SUBMITTED


def test_sent_back_says_what_is_missing_and_tells_the_hire(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    assert steps.send_back(step, by=owner, message="Page two is not signed")
    back = step_of(plan, "paperwork")
    assert (back.state, back.message) == (State.RETURNED, "Page two is not signed")
    assert mails("onboarding_returned").get().recipient == hire.email


def test_sending_back_without_a_word_is_refused(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    with pytest.raises(steps.Refused, match="Say what is missing"):
        steps.send_back(step, by=owner, message="  ")


def test_given_again_after_it_came_back_clears_the_message(plan, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.send_back(step, by=owner, message="Sign it")
    steps.give(step, by=hire)
    assert (step_of(plan, "paperwork").state, step_of(plan, "paperwork").message) == (State.SUBMITTED, "")


def test_giving_three_times_tells_the_manager_once(plan, hire, owner):
    for _ in range(3):
        steps.give(step_of(plan, "paperwork"), by=hire)
    assert mails("onboarding_given").get().recipient == owner.email


def test_taken_back_within_ten_minutes_nobody_is_told(plan, hire):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.take_back(step, by=hire)
    assert mails("onboarding_given").get().state == "cancelled"


def test_given_taken_back_and_given_tells_once(plan, hire):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.take_back(step, by=hire)
    steps.give(step, by=hire)
    assert mails("onboarding_given").exclude(state="cancelled").count() == 1


def test_a_second_round_tells_a_second_time(plan, hire, owner, clock):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.send_back(step, by=owner, message="Sign it")
    steps.give(step, by=hire)
    assert mails("onboarding_given").exclude(state="cancelled").count() == 2


# What is written


def test_a_required_text_is_required(plan, hire):
    with pytest.raises(steps.Refused, match="Write a few words"):
        steps.give(step_of(plan, "review_30"), by=hire, body=" ")
    assert step_of(plan, "review_30").state == State.OPEN


@pytest.mark.parametrize("mood", ["", "splendid"])
def test_the_evening_asks_for_one_of_three(plan, hire, mood):
    with pytest.raises(steps.Refused, match="Choose one"):
        steps.give(step_of(plan, "day_one"), by=hire, mood=mood)


def test_submitted_twice_is_stored_once(plan, hire):
    for _ in range(2):
        steps.give(step_of(plan, "day_one"), by=hire, mood="good", body="The scanner")
    answer = StepAnswer.objects.get()
    assert (answer.number, answer.mood, answer.body, answer.by) == (1, "good", "The scanner", hire)


def test_reopening_keeps_the_answers_as_versions(plan, hire, owner):
    step = step_of(plan, "review_30")
    steps.give(step, by=hire, body="First words")
    steps.send_back(step, by=owner, message="Say more")
    steps.give(step, by=hire, body="More words")
    assert list(step.answers.order_by("number").values_list("number", "body")) == [
        (1, "First words"),
        (2, "More words"),
    ]


def test_macros_of_a_help_desk_are_stored_as_typed(plan, hire):
    steps.give(step_of(plan, "review_30"), by=hire, body="Hi {{ customer.first_name }} {% load x %}")
    assert StepAnswer.objects.get().body == "Hi {{ customer.first_name }} {% load x %}"


# What is read


def test_reading_keeps_the_version_and_the_words(plan, hire, owner, company):
    words.write(company=company, subject=words.Subject.ASK_FIRST, by=owner, body="Over 50 EUR: ask.", seen=0)
    step = read(plan, "ask_first", hire)
    kept = Acknowledgement.objects.get()
    assert (kept.number, kept.body, kept.by) == (1, "Over 50 EUR: ask.", hire)
    assert step.state == State.DONE


def test_a_later_version_leaves_what_was_read_alone(plan, hire, owner, company):
    read(plan, "ask_first", hire)
    words.write(company=company, subject=words.Subject.ASK_FIRST, by=owner, body="New", seen=0)
    assert Acknowledgement.objects.get().number == 0
    assert "custom order" in Acknowledgement.objects.get().body


def test_expectations_are_read_by_one_and_checked_by_the_other(plan, hire, owner, company):
    words.write(
        company=company,
        subject=words.Subject.EXPECTATIONS,
        by=owner,
        body="Answers easy tickets.",
        seen=0,
        onboarding=plan,
    )
    step = read(plan, "expectations", hire)
    assert step.state == State.SUBMITTED
    assert steps.receive(step, by=owner)


def test_what_is_not_written_cannot_be_confirmed(plan, hire):
    with pytest.raises(steps.Refused, match="nothing to read"):
        read(plan, "expectations", hire)


def test_a_reading_is_not_ticked_unread_and_not_unread_again(plan, hire):
    with pytest.raises(steps.Refused):
        steps.tick(step_of(plan, "ask_first"), by=hire)
    step = read(plan, "ask_first", hire)
    with pytest.raises(steps.Refused):
        steps.untick(step, by=hire)


# Skipping


def test_skipping_needs_a_reason_and_a_leader(plan, hire, owner):
    step = step_of(plan, "tone_guide")
    with pytest.raises(PermissionDenied):
        steps.skip(step, by=hire, reason="Boring")
    with pytest.raises(steps.Refused, match="Say why"):
        steps.skip(step, by=owner, reason="")
    assert steps.skip(step, by=owner, reason="Not written yet")
    assert step_of(plan, "tone_guide").skip_reason == "Not written yet"


def test_a_skipped_step_comes_back(plan, owner):
    step = step_of(plan, "tone_guide")
    steps.skip(step, by=owner, reason="Not written yet")
    assert steps.unskip(step, by=owner)
    back = step_of(plan, "tone_guide")
    assert (back.state, back.skip_reason, back.completed_at) == (State.OPEN, "", None)


def test_the_database_refuses_a_skip_without_a_reason(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(onboarding=plan, key="values").update(state=State.SKIPPED)


# The table


@pytest.mark.parametrize("action", steps.MOVES)
@pytest.mark.parametrize("state", State.values)
def test_every_state_and_move(plan, action, state):
    """Allowed where the table says so, nothing to do where it is so already, refused everywhere else."""
    move = steps.MOVES[action]
    key = "paperwork" if move.two_sided else "welcome"
    done = {"completed_at": "2026-12-07T08:00Z"} if state in ("done", "skipped") else {}
    Step.objects.filter(key=key).update(state=state, skip_reason="x", **done)
    by = plan.hire if move.side in (steps.OWNER, steps.EITHER) else plan.manager
    if state in move.before or state == move.after:
        assert steps._move(action, step_of(plan, key), by=by, note="n") == (state != move.after)
        assert step_of(plan, key).state == move.after
    else:
        with pytest.raises(steps.Stale):
            steps._move(action, step_of(plan, key), by=by, note="n")
        assert step_of(plan, key).state == state


def test_one_tick_costs_three_queries(plan, hire, django_assert_num_queries):
    step = step_of(plan, "values")
    with django_assert_num_queries(5):  # with the savepoint's two
        steps.tick(step, by=hire)


def test_the_trail_names_the_field_and_not_the_words(plan, hire):
    steps.give(step_of(plan, "review_30"), by=hire, body="Secret words")
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.fields, entry.actor_id) == ("step.give", ["state"], hire.user_id)


# Two at once


@pytest.mark.parametrize("action", ["give", "take_back"])
def test_who_saw_an_older_state_changes_nothing(plan, hire, owner, action):
    seen = step_of(plan, "paperwork")
    seen.state = State.OPEN if action == "give" else State.SUBMITTED
    steps.give(step_of(plan, "paperwork"), by=hire)
    steps.receive(step_of(plan, "paperwork"), by=owner)
    with pytest.raises(steps.Stale):
        getattr(steps, action)(seen, by=hire)
    assert step_of(plan, "paperwork").state == State.DONE


def test_a_member_who_left_leaves_their_ticks(plan, hire, interviewer):
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    steps.tick(step_of(plan, "mails_read"), by=interviewer)
    Onboarding.objects.filter(pk=plan.pk).update(buddy=None)
    Membership.objects.filter(pk=interviewer.pk).update(removed_at="2026-12-08T08:00Z")
    assert step_of(plan, "mails_read").completed_by == interviewer


def test_the_default_plan_uses_every_kind(plan):
    assert {step.kind for step in plan.steps.all()} == set(Kind.values)
    assert {step.owner for step in plan.steps.all()} == {Part.HIRE, Part.MANAGER}
