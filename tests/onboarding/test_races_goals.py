"""Two people at once with one goal, on PostgreSQL: the first transaction is held open while the second tries."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from accounts import conflicts
from mailroom.models import Mail
from onboarding import goals, lessons, onward
from onboarding.models import Goal, GoalReading, Lesson, Onward
from readiness import after
from readiness.models import BeforeAfter, HoursWeek
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding
from tests.onboarding.goals import VALUES, make_goal, said
from tests.onboarding.test_races import while_open

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def onboarding():
    company = make_company()
    hire, owner = make_member(company, "hire"), make_member(company, "owner")
    start = owner.created_at.date() - timedelta(days=30)
    return make_onboarding(company, hire, owner, start_date=start)


def test_a_goal_sent_twice_at_once_is_one(onboarding):
    onward.settle(onboarding, by=onboarding.manager)
    act = lambda: goals.create(onboarding, by=onboarding.manager, kind="reply", **VALUES["reply"]).pk  # noqa: E731
    first, second = while_open(act, act)
    assert first == second
    assert Goal.objects.count() == 1


def test_two_numbers_for_one_day_leave_the_first(onboarding):
    goal, day = make_goal(onboarding), onboarding.today()
    first, second = while_open(
        lambda: goals.read(goal, said(day, 12), by=onboarding.hire).value,
        lambda: goals.read(goal, said(day, 11), by=onboarding.manager),
    )
    assert (first, second) == (D(12), goals.Refused)
    assert GoalReading.objects.get().value == 12


def test_one_number_sent_twice_is_one_and_told_once(onboarding):
    goal, day = make_goal(onboarding), onboarding.today()
    act = lambda: goals.read(goal, said(day, 3), by=onboarding.hire).pk  # noqa: E731
    first, second = while_open(act, act)
    assert first == second
    assert Mail.objects.filter(message="onboarding_goal").count() == 1


def test_two_corrections_at_once_keep_the_first(onboarding):
    goal, day = make_goal(onboarding), onboarding.today()
    reading = goals.read(goal, said(day, 12), by=onboarding.hire)
    first, second = while_open(
        lambda: goals.correct(reading, said(day, 10), by=onboarding.hire, seen=1),
        lambda: goals.correct(reading, said(day, 9), by=onboarding.manager, seen=1),
    )
    assert (first, second) == (True, conflicts.Changed)
    assert reading.versions.count() == 1


def test_a_number_beside_the_end_of_its_goal(onboarding):
    goal, day = make_goal(onboarding), onboarding.today()
    first, second = while_open(
        lambda: goals.end(goal, by=onboarding.manager, reason="Over"),
        lambda: goals.read(goal, said(day, 9), by=onboarding.hire),
    )
    assert (first, second) == (True, goals.Refused)
    assert not GoalReading.objects.exists()


def test_settled_twice_at_once_is_said_once(onboarding):
    act = lambda: onward.settle(onboarding, by=onboarding.manager)  # noqa: E731
    assert while_open(act, act) == (True, False)
    assert Onward.objects.count() == 1


def test_two_lessons_at_once_lose_nothing(onboarding):
    texts = {"change": "", "drop": "", "longest": ""}
    first, second = while_open(
        lambda: lessons.write(onboarding, by=onboarding.manager, seen=0, keep="One", **texts),
        lambda: lessons.write(onboarding, by=onboarding.manager, seen=0, keep="Two", **texts),
    )
    assert (first, second) == (True, conflicts.Changed)
    assert Lesson.objects.get().keep == "One"


def begin(onboarding, reference=None):
    return after.begin(
        company=onboarding.company,
        by=onboarding.manager,
        start_date=onboarding.start_date,
        job_title="Support person",
        reference=reference,
    )


def test_one_hire_compared_twice_at_once_is_one_row_and_one_mail(onboarding):
    first, second = while_open(lambda: begin(onboarding, "a-1").pk, lambda: begin(onboarding, "a-1").pk)
    assert first == second
    assert BeforeAfter.objects.count() == 1
    assert Mail.objects.filter(message="readiness_after_look").count() == 1


def test_one_week_written_twice_at_once_is_one(onboarding):
    row, monday = begin(onboarding), after.monday_of(onboarding.start_date)
    act = lambda: after.write_week(row, by=onboarding.manager, monday=monday, owner=9).pk  # noqa: E731
    first, second = while_open(act, act)
    assert first == second
    assert HoursWeek.objects.count() == 1
