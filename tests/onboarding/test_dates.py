from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import dates

OFFICE = (0, 1, 2, 3, 4)
MONDAY = date(2026, 12, 7)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
weeks = st.sets(st.integers(0, 6), min_size=1)
numbers = st.integers(-60, 120).filter(bool)


@pytest.mark.parametrize(
    ("number", "due"),
    [
        (1, date(2026, 12, 7)),
        (5, date(2026, 12, 11)),
        (6, date(2026, 12, 14)),
        (20, date(2027, 1, 1)),
        (-1, date(2026, 12, 4)),
        (-5, date(2026, 11, 30)),
        (-10, date(2026, 11, 23)),
    ],
)
def test_working_days_of_an_office_week(number, due):
    assert dates.working_day(MONDAY, number, OFFICE) == due


def test_a_three_day_week_is_not_late_on_day_two():
    assert dates.working_day(MONDAY, 2, (0, 2, 4)) == date(2026, 12, 9)


def test_the_start_counts_even_on_a_weekday_off():
    assert dates.working_day(MONDAY, 1, (3,)) == MONDAY
    assert dates.working_day(MONDAY, 2, (3,)) == date(2026, 12, 10)


@pytest.mark.parametrize("call", [dates.working_day, dates.end_of_week])
def test_there_is_no_day_0(call):
    with pytest.raises(ValueError):
        call(MONDAY, 0, OFFICE)


def test_a_week_without_working_days_is_refused():
    with pytest.raises(ValueError):
        dates.working_day(MONDAY, 2, ())


@pytest.mark.parametrize(
    ("after", "due"), [(30, date(2027, 1, 6)), (60, date(2027, 2, 5)), (90, date(2027, 3, 5))]
)
def test_reviews_count_calendar_days_and_never_fall_later(after, due):
    assert dates.calendar_day(MONDAY, after, OFFICE) == due


@pytest.mark.parametrize(("week", "number"), [(1, 5), (2, 10), (3, 15), (12, 60)])
def test_weekly_meetings_fall_on_days_5_10_15(week, number):
    assert dates.end_of_week(MONDAY, week, OFFICE) == dates.working_day(MONDAY, number, OFFICE)


@given(days, numbers, weeks)
def test_a_later_number_is_a_later_day(start, number, week):
    follower = number + 1 or 1
    assert dates.working_day(start, number, week) < dates.working_day(start, follower, week)


@given(days, numbers.filter(lambda n: n != 1), weeks)
def test_every_day_but_the_first_is_one_worked_on(start, number, week):
    assert dates.working_day(start, number, week).weekday() in week


@given(days, st.integers(1, 120), weeks)
def test_the_day_number_finds_the_day_back(start, number, week):
    assert dates.day_number(start, dates.working_day(start, number, week), week) == number


@given(days, st.integers(0, 200), weeks)
def test_the_day_number_stands_still_on_days_off(start, after, week):
    today = start + timedelta(days=after)
    tomorrow = today + timedelta(days=1)
    grows = dates.day_number(start, tomorrow, week) - dates.day_number(start, today, week)
    assert grows == (tomorrow.weekday() in week)


@given(days, st.integers(1, 400))
def test_before_the_start_there_is_no_day_number(start, before):
    assert dates.day_number(start, start - timedelta(days=before), OFFICE) == 0


@given(days, st.integers(1, 120), weeks)
def test_a_review_is_within_a_week_before_its_day(start, after, week):
    due = dates.calendar_day(start, after, week)
    assert start <= due <= start + timedelta(days=after)
    assert due == start or (start + timedelta(days=after) - due).days < 7
