"""The weekly meeting as a series: begun, filled up, changed, ended."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import conflicts
from onboarding import meetings, plans, steps, weekly
from onboarding.models import Meeting, Series
from tests.factories import make_member
from tests.onboarding.factories import MONDAY
from tests.onboarding.weeks import FRIDAY, change, meeting, planned, set_up
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def series(plan):
    return set_up(plan)


def test_it_has_the_meetings_of_eight_weeks(plan, series):
    assert planned(plan)[0] == FRIDAY
    assert len(planned(plan)) == 8
    assert TrailEntry.objects.latest("pk").action == "weekly.set_up"


def test_set_up_before_the_first_day_it_begins_with_it(plan, clock):
    clock.move_to("2026-11-20 08:00 +0000")
    set_up(plan)
    assert (planned(plan)[0], len(planned(plan))) == (FRIDAY, 8)


def test_filled_up_again_it_adds_only_new_weeks(plan, series, clock):
    assert weekly.fill_all() == 0
    clock.move_to("2026-12-21 08:00 +0000")
    assert weekly.fill_all() == 2
    assert len(planned(plan)) == 10


def test_days_off_are_left_out(plan):
    set_up(plan, off=[FRIDAY + WEEK])
    assert planned(plan)[:2] == [FRIDAY, FRIDAY + 2 * WEEK]


def test_until_its_end(plan):
    set_up(plan, ends_on=FRIDAY + WEEK)
    assert planned(plan) == [FRIDAY, FRIDAY + WEEK]


def test_one_is_enough(plan, series):
    with pytest.raises(steps.Refused):
        set_up(plan)
    assert Series.objects.count() == 1


def test_not_in_a_plan_that_has_ended(plan, owner):
    plans.cancel(plan, by=owner, reason="No")
    with pytest.raises(steps.Refused):
        set_up(plan)


@pytest.mark.parametrize("role", ["hire", "manager", "interviewer"])
def test_only_who_leads_this_one_sets_it_up(plan, company, role):
    other = plan.hire if role == "hire" else make_member(company, role)
    with pytest.raises(PermissionDenied):
        weekly.set_up(plan, by=other, weekday=4, at=time(15), minutes=30)


def test_all_move_to_another_day_and_hour(plan, series):
    numbers = list(Meeting.objects.order_by("on").values_list("uid", flat=True))
    assert change(series, weekday=2, at=time(10)) is True
    assert planned(plan)[:2] == [MONDAY + timedelta(days=2), MONDAY + timedelta(days=9)]
    rows = Meeting.objects.order_by("on")
    assert [row.uid for row in rows][:8] == numbers
    assert {(row.at, row.sequence) for row in rows[:8]} == {(time(10), 1)}


def test_the_same_again_changes_nothing(plan, series):
    assert change(series) is False
    assert set(Meeting.objects.values_list("sequence", flat=True)) == {0}


def test_only_those_from_a_day_on(plan, series):
    change(series, since=FRIDAY + WEEK, at=time(9))
    assert list(Meeting.objects.order_by("on").values_list("at", flat=True)[:3]) == [
        time(15),
        time(9),
        time(9),
    ]


def test_a_day_that_is_over_in_this_week_has_no_meeting(plan, series, clock):
    clock.move_to("2026-12-10 08:00 +0000")
    change(series, weekday=1)
    assert planned(plan)[0] == date(2026, 12, 15)
    assert meeting(plan, date(2026, 12, 8)).state == "cancelled"


def test_what_was_held_stays(plan, series, clock, owner):
    clock.move_to("2026-12-11 14:00 +0000")
    meetings.hold(meeting(plan), by=owner)
    change(series, at=time(9))
    assert (meeting(plan).at, meeting(plan).state) == (time(15), "held")


def test_ended_early_and_going_on(plan, series):
    change(series, ends_on=FRIDAY)
    assert planned(plan) == [FRIDAY]
    series.refresh_from_db()
    change(series, ends_on=None)
    assert len(planned(plan)) == 8


def test_one_called_off_by_itself_does_not_come_back(plan, series, owner):
    meetings.call_off(meeting(plan, FRIDAY + WEEK), by=owner)
    change(series, at=time(9))
    assert FRIDAY + WEEK not in planned(plan)


def test_two_who_change_it_meet(plan, series):
    change(series, seen=1, at=time(9))
    with pytest.raises(conflicts.Changed):
        change(series, seen=1, at=time(10))
    assert set(Meeting.objects.values_list("at", flat=True)) == {time(9)}


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_for_new_weeks_costs_two_queries_each(company, owner, clock, rows, django_assert_num_queries):
    from tests.onboarding.factories import make_onboarding

    for _ in range(rows):
        set_up(make_onboarding(company, make_member(company, "hire"), owner))
    with django_assert_num_queries(1 + rows):
        assert weekly.fill_all() == 0
