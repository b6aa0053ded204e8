"""Goals: when they open, who sets them, numbers and their corrections, and that a reached one is said once."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from accounts import conflicts, undoing
from mailroom.models import Mail, Notice
from onboarding import goals, onward, plans
from onboarding.kinds import State
from onboarding.models import Goal, GoalKind, GoalReading, Onward, Reader
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding
from tests.onboarding.goals import VALUES, make_goal, said
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
SUNDAY = MONDAY - timedelta(days=1)


@pytest.fixture
def goal(plan):
    return make_goal(plan)


def verbs():
    return list(
        TrailEntry.objects.filter(action__startswith="goal.").order_by("pk").values_list("action", flat=True)
    )


# -- when they open


def test_goals_are_closed_while_steps_are_open(plan):
    found = onward.opening(plan)
    asked = plan.steps.filter(required=True).count()
    assert (found.open, found.over, found.left) == (False, False, asked)
    with pytest.raises(goals.Refused):
        goals.create(plan, by=plan.manager, kind="csat", **VALUES[GoalKind.CSAT])


def test_they_open_with_the_last_required_step_done_or_left_out(plan):
    plan.steps.filter(required=True).update(state=State.DONE)
    last = plan.steps.filter(required=True).first()
    for state, how in [
        (State.OPEN, ""),
        (State.SUBMITTED, ""),
        (State.SKIPPED, "done"),
        (State.LEFT_OUT, "done"),
    ]:
        plan.steps.filter(pk=last.pk).update(state=state, skip_reason="No")
        assert onward.opening(plan).how == how, state


def test_what_is_not_required_keeps_nobody_waiting(plan):
    plan.steps.filter(required=True).update(state=State.DONE)
    plan.steps.filter(pk=plan.steps.first().pk).update(required=False, state=State.OPEN)
    assert onward.opening(plan).over


def test_settled_opens_them_and_is_said_once(plan, owner):
    assert onward.settle(plan, by=owner) is True
    assert onward.settle(plan, by=owner) is False
    found = onward.opening(plan)
    assert (found.how, found.over, found.row.settled_by) == ("settled", True, owner)
    assert TrailEntry.objects.filter(action="onboarding.settled").count() == 1


def test_opened_early_with_a_reason_and_not_over(plan, owner):
    assert onward.open_goals(plan, by=owner, reason="  She is   quick ") is True
    found = onward.opening(plan)
    assert (found.how, found.over, found.row.goals_reason) == ("early", False, "She is quick")
    assert onward.open_goals(plan, by=owner, reason="Again") is False


def test_no_reason_no_opening(plan, owner):
    with pytest.raises(onward.Refused):
        onward.open_goals(plan, by=owner, reason=" ")
    assert not Onward.objects.exists()


def test_settled_and_opening_are_taken_back(plan, owner):
    onward.settle(plan, by=owner)
    onward.open_goals(plan, by=owner, reason="Quick")
    for what in (onward.SETTLING, onward.OPENING):
        onward.take_back(plan, undoing.offered(onward.of(plan), what, owner), by=owner)
    row = Onward.objects.get()
    assert (row.settled_at, row.settled_by, row.goals_at, row.goals_reason) == (None, None, None, "")
    assert not onward.opening(plan).open


def test_after_ten_minutes_settled_stays(plan, owner, clock):
    onward.settle(plan, by=owner)
    mark = undoing.offered(onward.of(plan), onward.SETTLING, owner)
    clock.move_to("2026-12-07 07:41 +0000")
    with pytest.raises(undoing.Refused):
        onward.take_back(plan, mark, by=owner)
    assert onward.opening(plan).over


@pytest.mark.parametrize("act", ["settle", "open", "set", "take_back"])
@pytest.mark.parametrize("role", ["hire", "interviewer"])
def test_only_who_leads_opens_and_sets(plan, request, role, act):
    member = request.getfixturevalue(role)
    acts = {
        "settle": lambda: onward.settle(plan, by=member),
        "open": lambda: onward.open_goals(plan, by=member, reason="Me"),
        "set": lambda: goals.create(plan, by=member, kind="csat", **VALUES[GoalKind.CSAT]),
        "take_back": lambda: onward.take_back(plan, "settled-1", by=member),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()


def test_a_manager_does_not_set_goals_for_themselves(plan, company, owner):
    manager = make_member(company, "manager")
    own = make_onboarding(company, manager, owner)
    with pytest.raises(PermissionDenied):
        onward.settle(own, by=manager)


# -- the goal


def test_a_goal_is_kept_as_it_was_set(plan, owner, goal):
    assert (goal.kind, goal.label, goal.target, goal.created_by) == ("reply", "Faster replies", D(4), owner)
    assert verbs() == ["goal.set"]


def test_the_same_goal_sent_twice_is_one(plan, goal):
    again = goals.create(plan, by=plan.manager, kind="reply", **VALUES[GoalKind.REPLY])
    assert (again.pk, Goal.objects.count(), verbs()) == (goal.pk, 1, ["goal.set"])


def test_a_second_one_of_a_kind_with_other_numbers_is_refused(plan, goal):
    with pytest.raises(goals.Refused):
        make_goal(plan, target=D(2))
    assert Goal.objects.get().target == D(4)


def test_own_goals_differ_by_their_name(plan):
    make_goal(plan, GoalKind.OWN)
    make_goal(plan, GoalKind.OWN, name="Fewer returns")
    assert list(Goal.objects.in_order().values_list("name", flat=True)) == ["Help pages", "Fewer returns"]


def test_a_name_like_a_template_is_stored_as_typed(plan):
    name = "Hi {{ customer.first_name }} {% load x %}"
    make_goal(plan, GoalKind.OWN, name=name)
    assert Goal.objects.get().label == name


def test_the_three_that_fit_without_those_that_are_there():
    assert goals.suggested([]) == [GoalKind.CSAT, GoalKind.REPEAT, GoalKind.REPLY]
    assert goals.suggested(["reply", "own"]) == [GoalKind.CSAT, GoalKind.REPEAT]


def test_a_change_and_its_undo(goal, owner):
    assert goals.change(goal, by=owner, seen=1, target=D("2.5"), until=date(2027, 1, 31)) is True
    goal.refresh_from_db()
    assert (goal.target, goal.until, goal.revision) == (D("2.5"), date(2027, 1, 31), 2)
    goals.take_back(goal, undoing.offered(goal, goals.GOAL, owner), by=owner)
    goal.refresh_from_db()
    assert (goal.target, goal.until) == (D(4), None)


def test_the_same_again_changes_nothing(goal, owner):
    assert goals.change(goal, by=owner, target=D("4.00")) is False
    goal.refresh_from_db()
    assert (goal.revision, verbs()) == (1, ["goal.set"])


def test_two_tabs_do_not_overwrite_each_other(goal, owner):
    goals.change(goal, by=owner, seen=1, target=D(3))
    with pytest.raises(conflicts.Changed):
        goals.change(goal, by=owner, seen=1, target=D(2))
    goal.refresh_from_db()
    assert goal.target == 3


def test_an_own_goal_does_not_take_the_name_of_another(plan, owner):
    make_goal(plan, GoalKind.OWN)
    other = make_goal(plan, GoalKind.OWN, name="Other")
    with pytest.raises(goals.Refused):
        goals.change(other, by=owner, name="Help pages")


def test_an_ended_goal_keeps_its_numbers_and_makes_room_for_another(plan, goal, owner):
    goals.read(goal, said(MONDAY, 12), by=owner)
    assert goals.end(goal, by=owner, reason="The desk measures it now") is True
    assert goals.end(goal, by=owner, reason="Again") is False
    goal.refresh_from_db()
    assert (goal.end_reason, goal.readings.count()) == ("The desk measures it now", 1)
    assert make_goal(plan, target=D(2)).pk != goal.pk


def test_an_end_is_taken_back_unless_another_has_come(plan, goal, owner):
    goals.end(goal, by=owner, reason="Slip")
    goal.refresh_from_db()
    mark = undoing.offered(goal, goals.END, owner)
    other = make_goal(plan, target=D(2))
    with pytest.raises(undoing.Gone):
        goals.take_back(goal, mark, by=owner)
    other.delete()
    goals.take_back(goal, mark, by=owner)
    goal.refresh_from_db()
    assert (goal.ended_at, goal.end_reason) == (None, "")


def test_an_end_needs_a_reason(goal, owner):
    with pytest.raises(goals.Refused):
        goals.end(goal, by=owner, reason="\n ")


@pytest.mark.parametrize("ended", ["goal", "plan"])
def test_what_has_ended_takes_no_numbers_and_no_changes(goal, plan, owner, ended):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    if ended == "goal":
        goals.end(goal, by=owner, reason="Over")
    else:
        plans.cancel(plan, by=owner, reason="Left")
    for act in (
        lambda: goals.read(goal, said(SUNDAY, 10), by=owner),
        lambda: goals.correct(reading, said(MONDAY, 10), by=owner),
        lambda: goals.remove(reading, by=owner),
        lambda: goals.change(goal, by=owner, target=D(1)),
    ):
        with pytest.raises(goals.Refused):
            act()
    assert goal.readings.get().value == 12


# -- numbers


def test_a_number_of_a_day_by_the_hire(goal, hire):
    reading = goals.read(goal, said(MONDAY, "12.5"), by=hire)
    assert (reading.day, reading.value, reading.by) == (MONDAY, D("12.5"), hire)


def test_counts_give_their_share(plan, owner):
    goal = make_goal(plan, GoalKind.CSAT)
    reading = goals.read(goal, said(MONDAY, positive=114, total=120), by=owner)
    assert (reading.value, reading.positive, reading.total) == (D("95.0"), 114, 120)


def test_the_same_number_twice_is_one(goal, owner):
    one, two = (goals.read(goal, said(MONDAY, 12), by=owner) for _ in range(2))
    assert (one.pk, GoalReading.objects.count()) == (two.pk, 1)


def test_another_number_for_the_day_is_refused(goal, owner):
    goals.read(goal, said(MONDAY, 12), by=owner)
    with pytest.raises(goals.Refused):
        goals.read(goal, said(MONDAY, 11), by=owner)
    assert goal.readings.get().value == 12


def test_tomorrow_is_where_the_hire_is(goal, hire):
    with pytest.raises(goals.Refused):
        goals.read(goal, said(MONDAY + timedelta(days=1), 12), by=hire)
    hire.user.timezone = "Pacific/Kiritimati"
    hire.user.save()
    goals.read(Goal.objects.get(pk=goal.pk), said(MONDAY, 12), by=hire)


def test_a_goal_for_managers_only_takes_no_number_of_the_hire(plan, hire):
    goal = make_goal(plan, reader=Reader.MANAGER)
    with pytest.raises(PermissionDenied):
        goals.read(goal, said(MONDAY, 12), by=hire)


def test_nobody_elses_numbers(goal, company, interviewer):
    reading = goals.read(goal, said(MONDAY, 12), by=goal.onboarding.manager)
    other = make_member(company, "hire")
    for member in (interviewer, other, make_member(make_company("Rival"), "hire")):
        assert not goals.may_read(member, goal)
        for act in (goals.read, goals.correct):
            with pytest.raises(PermissionDenied):
                act(goal if act is goals.read else reading, said(SUNDAY, 1), by=member)
        with pytest.raises(PermissionDenied):
            goals.remove(reading, by=member)


def test_a_correction_keeps_what_was_said_before(goal, owner, hire):
    reading = goals.read(goal, said(MONDAY, 12), by=hire)
    assert goals.correct(reading, said(SUNDAY, 10), by=owner, seen=1) is True
    reading.refresh_from_db()
    assert (reading.day, reading.value, reading.by, reading.revision) == (SUNDAY, D(10), owner, 2)
    before = reading.versions.get()
    assert (before.day, before.value, before.by) == (MONDAY, D(12), hire)
    assert verbs() == ["goal.set", "goal.read", "goal.corrected"]


def test_a_correction_is_taken_back_with_both_kept(goal, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    goals.correct(reading, said(MONDAY, 10), by=owner)
    reading.refresh_from_db()
    goals.take_back_reading(reading, undoing.offered(reading, goals.READING, owner), by=owner)
    reading.refresh_from_db()
    assert reading.value == 12
    assert sorted(reading.versions.values_list("value", flat=True)) == [D(10), D(12)]


def test_the_same_correction_keeps_nothing(goal, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    assert goals.correct(reading, said(MONDAY, "12.00"), by=owner) is False
    assert not reading.versions.exists()


def test_a_correction_does_not_take_another_days_place(goal, owner):
    goals.read(goal, said(SUNDAY, 12), by=owner)
    reading = goals.read(goal, said(MONDAY, 11), by=owner)
    with pytest.raises(goals.Refused):
        goals.correct(reading, said(SUNDAY, 11), by=owner)


def test_two_corrections_of_one_number(goal, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    goals.correct(reading, said(MONDAY, 10), by=owner, seen=1)
    with pytest.raises(conflicts.Changed):
        goals.correct(reading, said(MONDAY, 9), by=owner, seen=1)


def test_taken_off_and_put_back(goal, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    assert (goals.remove(reading, by=owner), goals.remove(reading, by=owner)) == (True, False)
    assert goals.points(goal) == []
    reading.refresh_from_db()
    goals.take_back_reading(reading, undoing.offered(reading, goals.READING, owner), by=owner)
    assert [point.value for point in goals.points(goal)] == [D(12)]


def test_a_number_that_was_written_down_is_taken_back(goal, hire):
    reading = goals.read(goal, said(MONDAY, 12), by=hire)
    goals.take_back_reading(reading, undoing.offered(reading, goals.READING, hire), by=hire)
    assert goals.points(goal) == []


def test_what_was_taken_off_does_not_come_back_beside_another(goal, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    goals.remove(reading, by=owner)
    goals.read(goal, said(MONDAY, 11), by=owner)
    reading.refresh_from_db()
    with pytest.raises(undoing.Gone):
        goals.take_back_reading(reading, undoing.offered(reading, goals.READING, owner), by=owner)
    assert [point.value for point in goals.points(goal)] == [D(11)]


def test_what_was_taken_off_is_not_corrected(goal, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    goals.remove(reading, by=owner)
    with pytest.raises(goals.Refused):
        goals.correct(reading, said(MONDAY, 11), by=owner)


def test_a_hire_does_not_take_back_what_the_manager_wrote(goal, owner, hire):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    mark = undoing.offered(reading, goals.READING, owner)
    with pytest.raises(undoing.Refused):
        goals.take_back_reading(reading, mark, by=hire)


# -- reached


def mails():
    rows = Mail.objects.filter(message="onboarding_goal").exclude(state="cancelled")
    return sorted(rows.values_list("recipient", flat=True))


def test_reached_is_said_once_to_the_other_one(goal, owner, hire):
    goals.read(goal, said(SUNDAY, 4), by=hire)
    goals.read(goal, said(MONDAY, 3), by=hire)
    goal.refresh_from_db()
    assert goal.reached_at is not None
    assert mails() == [owner.email]
    assert list(Notice.objects.filter(kind="goal").values_list("member", flat=True)) == [owner.pk]


def test_on_the_way_nobody_is_told(goal, owner):
    goals.read(goal, said(MONDAY, 5), by=owner)
    goal.refresh_from_db()
    assert (goal.reached_at, mails()) == (None, [])


def test_the_newest_number_counts_not_the_best(goal, owner):
    goals.read(goal, said(MONDAY, 9), by=owner)
    goals.read(goal, said(SUNDAY, 3), by=owner)
    goal.refresh_from_db()
    assert goal.reached_at is None


def test_a_slip_put_right_in_time_is_said_to_nobody(goal, owner, hire):
    reading = goals.read(goal, said(MONDAY, 1), by=owner)
    assert mails() == [hire.email]
    goals.correct(reading, said(MONDAY, 10), by=owner)
    goal.refresh_from_db()
    assert (goal.reached_at, mails(), Notice.objects.filter(kind="goal").count()) == (None, [], 0)


def test_later_it_has_been_noticed_and_is_not_said_again(goal, owner, hire, clock):
    goals.read(goal, said(SUNDAY, 4), by=owner)
    clock.move_to("2026-12-07 09:00 +0000")
    goals.read(goal, said(MONDAY, 9), by=owner)
    clock.move_to("2026-12-08 09:00 +0000")
    goals.read(goal, said(MONDAY + timedelta(days=1), 3), by=owner)
    assert mails() == [hire.email]


def test_an_easier_target_may_be_reached_by_it(goal, owner, hire):
    goals.read(goal, said(MONDAY, 9), by=owner)
    goals.change(goal, by=owner, target=D(10))
    assert mails() == [hire.email]
