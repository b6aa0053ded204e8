"""Faults seen in other systems, as far as plans go: each is one test here."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from onboarding import missed, planning, plans, reminders, steps, today
from onboarding.kinds import State
from onboarding.models import Onboarding, PlanTemplate, Reminder, Step, StepAnswer
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from tests.onboarding.test_planning import values

pytestmark = pytest.mark.django_db
MACRO = "Dear {{ customer.first_name }}, {% if late %}sorry{% endif %}"


def shown(client, plan) -> str:
    return client.get(reverse("onboarding:plan", args=[plan.pk])).content.decode()


def finish(plan, chosen):
    chosen.update(state=State.DONE, completed_at="2026-12-07T12:00Z", completed_by=plan.manager)


def test_progress_is_counted_anew_with_every_tick(plan, hire, owner, sign_in):
    client = sign_in(owner)
    total = plan.steps.filter(required=True).count()
    assert f"0 of {total} required steps done" in shown(client, plan)
    steps.tick(step_of(plan, "values"), by=hire)
    assert f"1 of {total} required steps done" in shown(client, plan)
    steps.untick(step_of(plan, "values"), by=hire)
    assert f"0 of {total} required steps done" in shown(client, plan)


@pytest.mark.parametrize("how", ["done", "skipped", "left out"])
def test_progress_never_sticks_short_of_100(plan, owner, how):
    last = step_of(plan, "probation")
    finish(plan, plan.steps.exclude(pk=last.pk))
    if how == "done":
        finish(plan, plan.steps.filter(pk=last.pk))
    elif how == "skipped":
        steps.skip(last, by=owner, reason="No probation here")
    else:
        steps.leave_out(last, by=owner)
    assert today.progress(plan.steps.all()).percent == 100


def test_done_work_does_not_vanish_when_its_day_has_passed(plan, hire, owner, sign_in, clock):
    steps.tick(step_of(plan, "values"), by=hire)
    clock.move_to("2027-02-20 09:00 +0000")
    assert "Read what matters to us: our values" in shown(sign_in(owner), plan)
    kept = today.build(list(plan.steps.in_order()), plan.local_now()).earlier
    assert "values" in {step.key for step in kept}


def test_deleting_a_plan_deletes_nobodys_work(company, owner, plan, hire):
    steps.tick(step_of(plan, "values"), by=hire)
    before = list(plan.steps.order_by("pk").values_list("pk", "state", "completed_at"))
    planning.choose_default(planning.make(company, by=owner, name="Other"), by=owner)
    planning.delete(plan.version.template, by=owner)
    PlanTemplate.everything.exclude(deleted_at=None).get().delete()
    assert list(plan.steps.order_by("pk").values_list("pk", "state", "completed_at")) == before


def test_editing_a_plan_rewrites_nobodys_steps(company, owner, plan):
    before = list(plan.steps.order_by("pk").values())
    template = plan.version.template
    planning.change_step(template, "values", by=owner, seen=1, values=values(title="Other words", number=9))
    planning.remove_step(template, "tone_guide", by=owner)
    planning.save(template, by=owner, seen=None)
    assert list(plan.steps.order_by("pk").values()) == before


def test_reopening_a_step_erases_no_answer(plan, hire, owner):
    step = step_of(plan, "day_one")
    steps.give(step, by=hire, mood="good", body="What is an SKU?")
    steps.receive(step, by=owner)
    steps.unreceive(step, by=owner)
    assert list(StepAnswer.objects.filter(step=step).values_list("body", flat=True)) == ["What is an SKU?"]


def test_what_people_type_is_not_run_as_a_template(plan, owner):
    template = plan.version.template
    step = planning.add_step(template, by=owner, values=values(title=MACRO, body=MACRO))
    planning.save(template, by=owner, seen=None)
    copied = make_onboarding(plan.company, manager=owner).steps.get(ref=step.ref)
    assert (copied.label, copied.text) == (MACRO, MACRO)


@pytest.mark.parametrize("verb", ["missed_now", "untick", "change_step"])
def test_a_manager_of_another_shop_reopens_nothing_by_an_id(plan, verb, sign_in):
    stranger = make_member(make_company("Rival"), "manager")
    step = step_of(plan, "values")
    assert sign_in(stranger).post(reverse(f"onboarding:{verb}", args=[step.pk])).status_code == 404
    assert step_of(plan, "values").state == State.OPEN


@pytest.mark.parametrize(
    ("zone", "moment", "late"),
    [
        ("Pacific/Auckland", "2026-12-07 10:59 +0000", False),
        ("Pacific/Auckland", "2026-12-07 11:00 +0000", True),
        ("America/Los_Angeles", "2026-12-08 07:59 +0000", False),
        ("America/Los_Angeles", "2026-12-08 08:00 +0000", True),
    ],
)
def test_the_day_changes_at_midnight_where_the_hire_is(plan, hire, clock, zone, moment, late):
    hire.user.timezone = zone
    hire.user.save()
    clock.move_to(moment)
    fresh = Onboarding.objects.with_people().get(pk=plan.pk)
    assert step_of(plan, "values").is_late(fresh.today()) is late


def test_a_buddy_opens_and_ticks_their_step(plan, interviewer, sign_in):
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    step = step_of(plan, "mails_read")
    client = sign_in(interviewer)
    assert client.get(reverse("onboarding:step", args=[step.pk])).status_code == 200
    client.post(reverse("onboarding:tick", args=[step.pk]))
    assert step_of(plan, "mails_read").state == State.DONE


def test_what_came_late_into_a_plan_fires_nothing_until_somebody_says_so(plan, owner, clock):
    Step.objects.filter(onboarding=plan).update(required=False)
    step = plans.add(plan, by=owner, title="Late", owner="hire", due_on=MONDAY - timedelta(days=3))
    clock.move_to("2026-12-09 10:00 +0000")
    assert reminders.send() == 0
    step.refresh_from_db()
    missed.do_now(step, by=owner)
    clock.move_to("2026-12-10 10:00 +0000")
    assert (reminders.send(), Reminder.objects.get().step) == (1, step)


@pytest.mark.parametrize("count", [1, 3])
def test_the_hourly_job_asks_as_often_for_many_as_for_one(
    company, owner, clock, count, django_assert_num_queries
):
    clock.move_to("2026-11-20 08:00 +0000")
    for _ in range(count):
        make_onboarding(company, make_member(company, "hire"), owner)
    clock.move_to("2026-12-09 10:00 +0000")
    reminders.send()
    with django_assert_num_queries(4):
        reminders.send()


def test_no_day_is_asked_for_before_the_first(company, owner, clock):
    clock.move_to("2026-11-20 08:00 +0000")
    plan = make_onboarding(company, manager=owner, weekdays=[5], signed_on=date(2026, 11, 2))
    before = plan.steps.filter(due_on__lt=plan.start_date, owner="hire")
    assert list(before) == []
