"""A step changed, left out or taken back in the moment somebody ticks it; the first transaction is held open."""

from datetime import timedelta

import pytest

from accounts import conflicts, undoing
from onboarding import changing, plans, steps
from onboarding.kinds import State
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from tests.onboarding.test_changing import change
from tests.onboarding.test_races import while_open

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LATER = MONDAY + timedelta(days=4)


@pytest.fixture
def plan():
    company = make_company()
    return make_onboarding(company, make_member(company, "hire"), make_member(company, "owner"))


def seen(plan):
    return step_of(plan, "values")


def tick(plan):
    step = seen(plan)
    return lambda: steps.tick(step, by=plan.hire)


def untick(plan):
    step = seen(plan)
    return lambda: steps.untick(step, by=plan.hire)


def leave_out(plan):
    step = seen(plan)
    return lambda: steps.leave_out(step, by=plan.manager)


def moved(plan):
    step = seen(plan)
    return lambda: change(step, plan.manager, due_on=LATER)


def test_left_out_while_it_is_ticked(plan):
    first, second = while_open(tick(plan), leave_out(plan))
    assert (first, second, seen(plan).state) == (True, steps.Stale, State.DONE)


def test_ticked_while_it_is_left_out(plan):
    first, second = while_open(leave_out(plan), tick(plan))
    assert (first, second, seen(plan).state) == (True, steps.Stale, State.LEFT_OUT)


def test_left_out_twice_is_once(plan):
    first, second = while_open(leave_out(plan), leave_out(plan))
    assert (first, second, seen(plan).events.count()) == (True, False, 1)


def test_put_back_while_it_is_put_back(plan):
    steps.leave_out(seen(plan), by=plan.manager)
    one, other = seen(plan), seen(plan)
    found = while_open(
        lambda: steps.put_back(one, by=plan.manager), lambda: steps.put_back(other, by=plan.manager)
    )
    assert (found, seen(plan).state) == ((True, False), State.OPEN)


def test_a_second_tick_while_the_first_is_undone_adds_nothing(plan):
    """A colleague's page still shows it open: their tick finds it done, as it was then, and the undo counts."""
    again = tick(plan)
    steps.tick(seen(plan), by=plan.hire)
    first, second = while_open(untick(plan), again)
    assert (first, second, seen(plan).state) == (True, False, State.OPEN)
    actions = seen(plan).events.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["tick", "untick"]


def test_undone_while_a_second_tick_is_under_way_it_is_done_by_the_second(plan):
    undo_first = untick(plan)  # on a page that showed it open nothing is to be undone
    first, second = while_open(tick(plan), undo_first)
    assert (first, second, seen(plan).state) == (True, False, State.DONE)


def test_a_tick_undone_twice_is_undone_once(plan):
    steps.tick(seen(plan), by=plan.hire)
    assert while_open(untick(plan), untick(plan)) == (True, False)
    assert seen(plan).state == State.OPEN


def test_ticked_while_its_day_moves_it_is_done_on_the_new_day(plan):
    first, second = while_open(moved(plan), tick(plan))
    row = seen(plan)
    assert (first, second, row.state, row.due_on) == (True, True, State.DONE, LATER)


def test_its_day_does_not_move_once_it_is_ticked(plan):
    first, second = while_open(tick(plan), moved(plan))
    row = seen(plan)
    assert (first, second, row.state, row.due_on) == (True, steps.Refused, State.DONE, MONDAY)


def test_two_who_change_one_step_meet(plan):
    first, second = while_open(moved(plan), moved(plan))
    assert (first, second) == (True, conflicts.Changed)


def taken_back(plan):
    step = seen(plan)
    mark = undoing.offered(step, "change", plan.manager)
    return lambda: bool(changing.take_back(step, mark, by=plan.manager))


def test_ticked_while_the_change_is_taken_back(plan):
    moved(plan)()
    first, second = while_open(taken_back(plan), tick(plan))
    row = seen(plan)
    assert (first, second, row.state, row.due_on) == (True, True, State.DONE, MONDAY)


def test_a_change_is_not_taken_back_from_under_a_tick(plan):
    moved(plan)()
    first, second = while_open(tick(plan), taken_back(plan))
    row = seen(plan)
    assert (first, second, row.state, row.due_on) == (True, undoing.Gone, State.DONE, LATER)


def test_a_change_is_taken_back_once(plan):
    moved(plan)()
    assert while_open(taken_back(plan), taken_back(plan)) == (True, undoing.Gone)


def test_the_first_day_moves_while_one_step_gets_its_own(plan):
    plan_row = plans.Onboarding.objects.get(pk=plan.pk)
    start = MONDAY + timedelta(days=14)
    while_open(moved(plan), lambda: plans.move_start(plan_row, by=plan.manager, start_date=start))
    assert (seen(plan).due_on, step_of(plan, "tone_guide").due_on) == (LATER, start)
