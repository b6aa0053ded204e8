"""The days of a weekly meeting and the moment each begins, in several zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import series

ZONES = ["Europe/Helsinki", "America/New_York", "Africa/Cairo", "Pacific/Auckland", "America/St_Johns"]
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
weekdays = st.integers(0, 6)
MONDAY = date(2026, 12, 7)


def test_every_friday():
    found = series.days(MONDAY, MONDAY + timedelta(days=20), 4)
    assert found == [date(2026, 12, 11), date(2026, 12, 18), date(2026, 12, 25)]


def test_a_day_off_has_none_and_none_instead():
    off = {date(2026, 12, 25)}
    found = series.days(date(2026, 12, 14), date(2027, 1, 3), 4, off)
    assert found == [date(2026, 12, 18), date(2027, 1, 1)]


def test_both_ends_count():
    assert series.days(MONDAY, MONDAY, 0) == [MONDAY]
    assert series.days(MONDAY, MONDAY, 1) == []
    assert series.days(MONDAY + series.DAY, MONDAY, 0) == []


@pytest.mark.parametrize(("own", "weekday"), [({0, 1, 2, 3, 4}, 4), ({0, 2}, 2), ({4, 6}, 4), ({6}, 6)])
def test_friday_is_suggested_to_whoever_works_then(own, weekday):
    assert series.suggested(own) == weekday


def test_nobody_works_never():
    with pytest.raises(ValueError):
        series.suggested([])


@pytest.mark.parametrize("weekday", [-1, 7])
def test_there_are_seven_weekdays(weekday):
    with pytest.raises(ValueError):
        series.day_in(MONDAY, weekday)


@given(days, st.integers(0, 400), weekdays, st.sets(days, max_size=5))
def test_one_a_week_on_its_weekday_within_the_time(first, length, weekday, off):
    last = first + timedelta(days=length)
    found = series.days(first, last, weekday, off)
    assert {day.weekday() for day in found} <= {weekday}
    assert all(first <= day <= last and day not in off for day in found)
    assert len({series.week_of(day) for day in found}) == len(found)
    assert set(found) | off >= {
        first + timedelta(days=n)
        for n in range(length + 1)
        if (first + timedelta(days=n)).weekday() == weekday
    }


@given(days, weekdays)
def test_the_day_of_a_week_lies_in_it(day, weekday):
    found = series.day_in(day, weekday)
    assert (series.week_of(found), found.weekday()) == (series.week_of(day), weekday)


@given(days, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(ZONES))
def test_the_hour_on_the_wall_stays(day, at, zone):
    """Except one that the clocks leave out: that one is later by what they leave out."""
    moment = series.begins(day, at, ZoneInfo(zone))
    there = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    assert there == wanted or timedelta(0) < there - wanted <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Europe/Helsinki", 13, 12),
        ("America/New_York", 20, 19),
        ("Africa/Cairo", 13, 12),
        ("Pacific/Auckland", 3, 2),  # its summer is the north's winter
    ],
)
def test_summer_and_winter(zone, winter, summer):
    january, july = (series.begins(date(2027, month, 15), time(15), ZoneInfo(zone)).hour for month in (1, 7))
    assert {january, july} == {winter, summer}


def test_half_hours_of_st_johns():
    moment = series.begins(date(2027, 1, 15), time(15), ZoneInfo("America/St_Johns"))
    assert moment == datetime(2027, 1, 15, 18, 30, tzinfo=UTC)


def test_the_first_of_an_hour_that_comes_twice():
    moment = series.begins(date(2027, 10, 31), time(3, 30), ZoneInfo("Europe/Helsinki"))
    assert moment == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
