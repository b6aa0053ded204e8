import pytest
from django.utils import translation

from accounts.models import Membership
from config.celery import app
from mailroom.models import Mail
from onboarding import plans, reminders, steps, tasks
from onboarding.kinds import State
from onboarding.models import Reminder, Step
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of

pytestmark = pytest.mark.django_db
LATE = "2026-12-08 10:00 +0000"


def mails():
    return Mail.objects.filter(message="onboarding_late").order_by("pk")


@pytest.fixture
def late(plan, owner, clock):
    """One step of the hire and none of anybody else is late."""
    Step.objects.filter(onboarding=plan, due_on__lt="2026-12-08").exclude(key="values").update(
        state=State.DONE, completed_at="2026-12-07T12:00Z"
    )
    clock.move_to(LATE)
    return step_of(plan, "values")


def test_who_is_late_is_told_once(late, hire):
    assert [reminders.send() for _ in range(3)] == [1, 0, 0]
    assert (mails().get().recipient, mails().get().subject) == (hire.email, "1 step is still open")
    assert Reminder.objects.get().recipient == hire


def test_all_that_is_late_is_one_mail(late, plan, owner):
    plans.add(plan, by=owner, title="Another", owner="hire", due_on=MONDAY)
    Step.objects.filter(title="Another").update(missed=False)
    assert reminders.send() == 1
    assert mails().get().subject == "2 steps are still open"
    assert Reminder.objects.count() == 2


@pytest.mark.parametrize(
    "moment", ["2026-12-07 22:00 +0000", "2026-12-08 08:59 +0000", "2026-12-08 18:00 +0000"]
)
def test_nobody_is_told_at_night_or_on_the_day_itself(late, clock, moment):
    clock.move_to(moment)
    assert reminders.send() == 0


def test_morning_is_where_the_person_is(late, hire, clock):
    hire.user.timezone = "Pacific/Auckland"
    hire.user.save()
    clock.move_to("2026-12-07 20:30 +0000")
    assert reminders.send() == 1


def test_it_speaks_the_persons_language(late, hire):
    hire.user.language = "fi"
    hire.user.save()
    with translation.override("pl"):
        reminders.send()
    assert mails().get().language == "fi"


def test_what_waits_for_the_manager_is_said_to_the_manager(plan, hire, owner, clock):
    Step.objects.filter(onboarding=plan).exclude(key="paperwork").update(
        state=State.DONE, completed_at="2026-12-07T12:00Z"
    )
    steps.give(step_of(plan, "paperwork"), by=hire)
    clock.move_to(LATE)
    assert reminders.send() == 1
    assert mails().get().recipient == owner.email


def test_steps_added_late_never_fire(late, plan, owner):
    steps.tick(late, by=plan.hire)
    plans.add(plan, by=owner, title="Another", owner="hire", due_on=MONDAY)
    assert reminders.send() == 0


def test_a_plan_begun_for_somebody_who_has_been_here_is_silent(company, owner, clock):
    clock.move_to("2027-03-20 10:00 +0000")
    make_onboarding(company, manager=owner)
    assert reminders.send() == 0


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_finished_steps_are_not_late(late, state):
    Step.objects.filter(pk=late.pk).update(state=state, skip_reason="x", completed_at="2026-12-07T12:00Z")
    assert reminders.send() == 0


def test_what_is_optional_is_never_late(late, plan):
    plan.steps.update(required=False)
    assert reminders.send() == 0


def test_an_ended_plan_is_silent(late, plan, owner):
    plans.cancel(plan, by=owner, reason="No")
    assert reminders.send() == 0


def test_somebody_who_left_is_not_written_to(late, hire):
    Membership.objects.filter(pk=hire.pk).update(removed_at="2026-12-08T08:00Z")
    assert reminders.send() == 0
    assert not mails().exists()


def test_batches_reach_everybody(late, company, owner, clock):
    for _ in range(2):
        with_clock(clock, "2026-11-20 08:00 +0000", lambda: make_onboarding(company, manager=owner))
    assert reminders.send(batch=1) == 5
    assert reminders.send(batch=1) == 0


def with_clock(clock, moment, call):
    clock.move_to(moment)
    call()
    clock.move_to(LATE)


@pytest.mark.parametrize("count", [1, 8])
def test_looking_costs_the_same_for_any_number_of_hires(
    company, owner, clock, count, django_assert_num_queries
):
    clock.move_to("2026-11-20 08:00 +0000")
    for _ in range(count):
        make_onboarding(company, make_member(company, "hire"), owner)
    clock.move_to(LATE)
    reminders.send()
    with django_assert_num_queries(4):  # with the savepoint's two
        assert reminders.send() == 0


def test_the_task_is_in_the_schedule_and_may_run_twice(late):
    assert app.conf.beat_schedule["remind-of-late-steps"]["task"] == tasks.remind.name
    tasks.remind()
    tasks.remind()
    assert mails().count() == 1


def test_a_shop_that_closes_reminds_nobody_and_later_does(plan, clock, company):
    clock.move_to("2026-12-08 09:00 +0000")
    type(company).objects.filter(pk=company.pk).update(closes_at="2026-12-20T00:00Z")
    assert (reminders.send(), Reminder.objects.count()) == (0, 0)
    type(company).objects.filter(pk=company.pk).update(closes_at=None)
    assert reminders.send() > 0
