import pytest

from onboarding import panels, steps
from onboarding.models import Onboarding
from tests.onboarding.factories import step_of
from tests.onboarding.test_mine import text

pytestmark = pytest.mark.django_db


def templates(membership):
    return [panel.template for panel in panels.for_member(membership)]


def test_a_new_hires_home_is_today(plan, hire, sign_in):
    assert sign_in(hire).get("/").url == "/onboarding/today/"


def colleague(plan, interviewer):
    """Somebody who was in the team before the plan began keeps their own home, with the day on it."""
    Onboarding.objects.filter(pk=plan.pk).update(hire=interviewer)
    return interviewer


def test_a_colleague_sees_their_day_at_home(plan, interviewer, sign_in):
    assert templates(colleague(plan, interviewer)) == ["onboarding/_panel_today.html"]
    seen = text(sign_in(interviewer).get("/").content.decode())
    assert "Day 1 0 of 7. Next: Welcome: meet and settle in Today" in seen


def test_before_the_first_day_home_says_when(plan, interviewer, sign_in, clock):
    colleague(plan, interviewer)
    clock.move_to("2026-12-03 09:00 +0000")
    assert "You start on Monday, December 7 at 9:00." in text(sign_in(interviewer).get("/").content.decode())


def test_whoever_leads_sees_what_waits(plan, owner, hire, sign_in):
    steps.give(step_of(plan, "paperwork"), by=hire)
    seen = text(sign_in(owner).get("/").content.decode())
    assert "Paperwork, such as tax forms Sara waits for you Received" in seen


@pytest.mark.parametrize("who", ["interviewer", "rival"])
def test_others_see_nothing(plan, who, request):
    assert templates(request.getfixturevalue(who)) == []


def test_a_buddy_sees_their_own_tasks_only(plan, interviewer, clock):
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    assert templates(interviewer) == []
    clock.move_to("2026-12-09 09:00 +0000")
    assert templates(interviewer) == []


def test_a_plan_that_runs_by_itself_needs_no_place(plan, owner):
    plan.steps.update(state="done", completed_at="2026-12-07T06:00Z")
    assert templates(owner) == []


@pytest.mark.parametrize(("who", "queries"), [("hire", 2), ("owner", 3)])
def test_what_panels_cost(plan, who, queries, request, django_assert_num_queries):
    membership = request.getfixturevalue(who)
    steps.give(step_of(plan, "paperwork"), by=plan.hire)
    with django_assert_num_queries(queries):
        panels.for_member(membership)
