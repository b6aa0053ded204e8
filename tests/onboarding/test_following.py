"""Steps that follow another one, that are counted from the signature, and from the end of probation."""

from datetime import date, timedelta

import pytest

from onboarding import changing, overview, plans, reminders, steps, today
from onboarding.kinds import Part, Rule
from onboarding.models import PlanVersion, Step, TemplateStep
from onboarding.views.steps import WITH_PLAN
from tests.factories import make_company
from tests.onboarding.factories import MONDAY, make_onboarding, step_of

pytestmark = pytest.mark.django_db
THURSDAY = MONDAY + timedelta(days=3)


def version_of(company, *rows) -> PlanVersion:
    """A version of the default plan that holds only these steps."""
    template = plans.default_version(company).template
    version = PlanVersion.objects.create(company=company, template=template, number=2)
    for position, row in enumerate(rows, 1):
        values = {"title": row["ref"], "position": position, "owner": Part.HIRE} | row
        TemplateStep.objects.create(company=company, version=version, **values)
    return version


TOOLS = {"ref": "tools", "number": 3}
DRAFTS = {"ref": "drafts", "rule": Rule.AFTER, "after": "tools", "number": 2}
SHOW = {"ref": "show", "rule": Rule.AFTER, "after": "drafts", "number": 0}


def begin(company, owner, *rows, **fields):
    version_of(company, *rows)
    return make_onboarding(company, manager=owner, **fields)


def named(plan, ref) -> Step:
    return Step.objects.select_related("onboarding", *WITH_PLAN).get(onboarding=plan, ref=ref)


def days(plan):
    return {step.ref: (step.due_on.day, step.waits) for step in plan.steps.all()}


class TestAfterAnotherStep:
    def test_waits_on_the_day_it_may_be_expected(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS, SHOW)
        assert days(plan) == {"tools": (9, False), "drafts": (11, True), "show": (11, True)}

    def test_is_dated_when_that_step_is_done(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS, SHOW)
        clock.move_to("2026-12-10 12:00 +0000")
        steps.tick(named(plan, "tools"), by=plan.hire)
        assert days(plan) == {"tools": (9, False), "drafts": (14, False), "show": (14, True)}

    @pytest.mark.parametrize("move", ["skip", "leave_out"])
    def test_is_dated_when_that_step_will_not_be_done(self, company, owner, clock, move):
        plan = begin(company, owner, TOOLS, DRAFTS)
        getattr(steps, move)(named(plan, "tools"), by=owner, reason="No need")
        assert days(plan)["drafts"] == (9, False)

    def test_waits_again_when_the_tick_is_taken_back(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS, SHOW)
        before = days(plan)
        steps.tick(named(plan, "tools"), by=plan.hire)
        steps.untick(named(plan, "tools"), by=plan.hire)
        assert days(plan) == before

    def test_done_early_it_stays_done(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS)
        steps.tick(named(plan, "drafts"), by=plan.hire)
        steps.tick(named(plan, "tools"), by=plan.hire)
        steps.untick(named(plan, "tools"), by=plan.hire)
        assert named(plan, "drafts").state == "done"

    def test_is_neither_late_nor_reminded_of_nor_asked_for_today(self, company, owner, clock):
        plan = begin(company, owner, {**TOOLS, "required": False}, DRAFTS)
        clock.move_to("2026-12-21 10:00 +0000")
        step = named(plan, "drafts")
        view = today.build([step], plan.local_now())
        assert (step.is_late(plan.today()), view.todo, view.more, reminders.send()) == (False, [], [], 0)
        assert overview.mirrors(company, owner)[0].late == []

    def test_counts_for_progress(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS)
        assert today.progress(list(plan.steps.all())) == today.Progress(0, 2)

    def test_of_a_step_that_is_not_for_this_person_counts_from_the_first_day(self, company, owner, clock):
        plan = begin(company, owner, {**TOOLS, "when": "remote"}, DRAFTS)
        assert days(plan) == {"drafts": (9, False)}

    def test_a_ring_hangs_nobody(self, company, owner, clock):
        one = {"ref": "one", "rule": Rule.AFTER, "after": "two", "number": 1}
        two = {"ref": "two", "rule": Rule.AFTER, "after": "one", "number": 1}
        plan = begin(company, owner, one, two)
        assert set(days(plan)) == {"one", "two"}
        steps.tick(named(plan, "one"), by=plan.hire)
        assert named(plan, "two").waits is False

    def test_moves_with_the_first_day_while_it_waits(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS, SHOW)
        plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
        assert days(plan) == {"tools": (16, False), "drafts": (18, True), "show": (18, True)}

    def test_dated_it_stays_when_the_first_day_moves(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS)
        steps.tick(named(plan, "tools"), by=plan.hire)
        plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
        assert days(plan)["drafts"] == (9, False)

    def test_a_day_chosen_by_hand_waits_for_nothing(self, company, owner, clock):
        plan = begin(company, owner, TOOLS, DRAFTS)
        step = named(plan, "drafts")
        changing.change(
            step, by=owner, seen=1, title="drafts", body="", due_on=THURSDAY, minutes=15, owner="hire"
        )
        steps.tick(named(plan, "tools"), by=plan.hire)
        assert (named(plan, "drafts").due_on, named(plan, "drafts").waits) == (THURSDAY, False)

    @pytest.mark.parametrize("followers", [1, 3])
    def test_costs_two_queries_however_many_follow(
        self, company, owner, clock, followers, django_assert_num_queries
    ):
        more = [{**DRAFTS, "ref": f"drafts-{n}"} for n in range(followers)]
        plan = begin(company, owner, TOOLS, *more)
        alone = begin(make_company("Rival"), None, TOOLS)
        step, lone = named(plan, "tools"), named(alone, "tools")
        with django_assert_num_queries(5):
            steps.tick(lone, by=alone.hire)
        with django_assert_num_queries(5 + 2):
            steps.tick(step, by=plan.hire)


class TestFromTheSignature:
    ROW = {"ref": "papers", "rule": Rule.SIGNED, "number": 2, "owner": Part.MANAGER}

    def test_is_counted_in_working_days(self, company, owner, clock):
        plan = begin(company, owner, self.ROW, signed_on=date(2026, 12, 10))
        assert named(plan, "papers").due_on == date(2026, 12, 14)

    def test_of_a_plan_begun_by_hand_is_counted_from_that_day(self, company, owner, clock):
        assert named(begin(company, owner, self.ROW), "papers").due_on == date(2026, 12, 9)

    def test_does_not_move_with_the_first_day(self, company, owner, clock):
        plan = begin(company, owner, self.ROW, signed_on=date(2026, 12, 10))
        plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
        assert named(plan, "papers").due_on == date(2026, 12, 14)


class TestProbation:
    def test_the_decision_is_dated_by_the_contract_and_said_ten_working_days_before(
        self, company, owner, clock
    ):
        plan = make_onboarding(company, manager=owner, probation_until=date(2027, 4, 30), country="US")
        assert step_of(plan, "probation").due_on == date(2027, 4, 30)
        assert step_of(plan, "review_90_ahead").due_on == date(2027, 4, 16)

    def test_without_one_it_is_day_90(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner)
        assert step_of(plan, "probation").due_on == date(2027, 3, 5)

    def test_moves_with_the_first_day_as_many_months(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner, probation_until=date(2027, 6, 6))
        plans.move_start(plan, by=owner, start_date=date(2027, 1, 11))
        plan.refresh_from_db()
        assert plan.probation_until == date(2027, 7, 10)
        assert step_of(plan, "probation").due_on == date(2027, 7, 9)

    def test_set_anew_moves_only_what_is_counted_from_it(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner)
        before = dict(plan.steps.exclude(rule=Rule.PROBATION).values_list("pk", "due_on"))
        assert plans.set_probation(plan, by=owner, until=date(2027, 2, 26)) == 2
        assert step_of(plan, "probation").due_on == date(2027, 2, 26)
        assert dict(plan.steps.exclude(rule=Rule.PROBATION).values_list("pk", "due_on")) == before

    def test_set_anew_can_be_taken_back(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner)
        plans.set_probation(plan, by=owner, until=date(2027, 2, 26))
        plan.refresh_from_db()
        plans.take_back(plan, plan.undoable["probation"]["mark"], by=owner)
        plan.refresh_from_db()
        assert (plan.probation_until, step_of(plan, "probation").due_on) == (None, date(2027, 3, 5))
