"""Hours for questions, without a database: what is open, what has been worked, what is usual."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import asking
from onboarding.asking import Hours

HELSINKI = ZoneInfo("Europe/Helsinki")
NINE_TO_FIVE = (time(9), time(17))
WEEK = Hours(HELSINKI, dict.fromkeys(range(5), NINE_TO_FIVE))


def at(text, zone=HELSINKI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def minutes(hours, since, until):
    return asking.worked(hours, at(since), at(until)) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("since", "until", "worked"),
    [
        ("2026-12-07 09:00", "2026-12-07 10:00", 60),
        ("2026-12-07 08:00", "2026-12-07 09:30", 30),
        ("2026-12-07 16:30", "2026-12-08 09:30", 60),  # over night
        ("2026-12-11 16:30", "2026-12-14 09:30", 60),  # over the weekend
        ("2026-12-12 10:00", "2026-12-13 10:00", 0),
        ("2026-12-07 09:00", "2026-12-14 09:00", 5 * 480),
        ("2026-12-07 10:00", "2026-12-07 09:00", 0),
    ],
)
def test_only_the_open_hours_count(since, until, worked):
    assert minutes(WEEK, since, until) == worked


def test_days_away_do_not_count():
    away = Hours(HELSINKI, WEEK.windows, away=(date(2026, 12, 8), date(2026, 12, 9)))
    assert minutes(away, "2026-12-07 16:00", "2026-12-10 10:00") == 120


def test_the_reader_may_be_anywhere():
    asked = datetime(2026, 12, 7, 20, 0, tzinfo=ZoneInfo("Pacific/Auckland"))  # 9:00 in Helsinki
    assert asking.worked(WEEK, asked, asked + timedelta(hours=1)) == timedelta(hours=1)


def test_the_night_the_clocks_change_is_as_long_as_it_is():
    sunday = Hours(HELSINKI, {6: (time(0), time(23, 59))})
    whole = asking.worked(sunday, at("2026-10-25 00:00"), at("2026-10-26 00:00"))
    assert whole == timedelta(hours=24, minutes=59)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-12-07 08:59", None),
        ("2026-12-07 09:00", "2026-12-07 17:00"),
        ("2026-12-07 16:59", "2026-12-07 17:00"),
        ("2026-12-07 17:00", None),
        ("2026-12-12 12:00", None),
    ],
)
def test_open_now_until(now, until):
    assert asking.closes(WEEK, at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-07 08:00", "2026-12-07 09:00"),
        ("2026-12-07 12:00", "2026-12-08 09:00"),
        ("2026-12-11 18:00", "2026-12-14 09:00"),
    ],
)
def test_open_again_from(now, opens):
    assert asking.opens(WEEK, at(now)) == at(opens)


def test_open_again_after_a_long_time_away():
    away = Hours(HELSINKI, WEEK.windows, away=(date(2026, 12, 7), date(2027, 1, 31)))
    assert asking.opens(away, at("2026-12-07 10:00")) == at("2027-02-01 09:00")


@pytest.mark.parametrize("windows", [{}, {0: (time(17), time(9))}, {0: (time(9), time(9))}])
def test_hours_that_are_none_open_never(windows):
    none = Hours(HELSINKI, windows)
    now = at("2026-12-07 10:00")
    assert (asking.closes(none, now), asking.opens(none, now), asking.week(none, now)) == (None, None, [])


def test_the_week_begins_today_and_knows_no_holiday():
    away = Hours(HELSINKI, WEEK.windows, away=(date(2026, 12, 7), date(2026, 12, 30)))
    days = [begin.astimezone(HELSINKI).weekday() for begin, _ in asking.week(away, at("2026-12-10 10:00"))]
    assert days == [3, 4, 0, 1, 2]


@pytest.mark.parametrize(
    ("waits", "usual"),
    [
        ([], None),
        ([10, 20], None),
        ([10, 20, 30], 20),
        ([1, 2, 3], 5),
        ([11, 11, 11], 15),
        ([5, 10, 20, 500], 15),
        ([0, 0, 0], 5),
    ],
)
def test_three_answers_make_a_habit(waits, usual):
    assert asking.usual([timedelta(minutes=n) for n in waits]) == usual


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
windows = st.dictionaries(st.integers(0, 6), st.tuples(st.times(), st.times()))


@given(moments, moments, moments, windows)
def test_time_worked_adds_up(a, b, c, open_):
    a, b, c = sorted([a, b, c])
    hours = Hours(HELSINKI, open_)
    assert asking.worked(hours, a, b) + asking.worked(hours, b, c) == asking.worked(hours, a, c)


@given(moments, moments, windows)
def test_nobody_works_longer_than_the_clock(a, b, open_):
    a, b = sorted([a, b])
    assert timedelta() <= asking.worked(Hours(HELSINKI, open_), a, b) <= b - a


@given(moments, windows)
def test_open_now_and_time_passing_agree(now, open_):
    hours = Hours(HELSINKI, open_)
    soon = timedelta(microseconds=1)
    assert (asking.closes(hours, now) is not None) == (asking.worked(hours, now, now + soon) == soon)
