"""The pure core of "How many people?" for mail."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import mail_load
from readiness.mail_load import Mail, week_of

mails = st.builds(
    Mail,
    messages=st.floats(0, 5000),
    minutes=st.floats(0.5, 60),
    hours=st.floats(1, 60),
    people=st.integers(1, 20),
    promised=st.floats(0.1, 10),
    backlog=st.floats(0, 5000),
)


def test_the_example_of_400_messages():
    """400 x 7 minutes are 46.667 hours, 78.431 paid ones, two people of 40 hours."""
    week = week_of(Mail(messages=400, minutes=7, hours=40))
    assert (round(week.work, 3), round(week.paid, 3), week.people) == (46.667, 78.431, 2)
    assert week.load == pytest.approx(46.667 / 40, rel=1e-4)
    assert week.grows == pytest.approx(400 - 40 * 60 / 7)


def test_one_person_eight_a_day_within_a_day():
    """95 of 100 within a day need a capacity of 10.7045 a day: at 6 minutes 5.352 hours a week."""
    week = week_of(Mail(messages=40, minutes=6, hours=5.3523, promised=1))
    assert week.hours_to_keep == pytest.approx(10.7045 * 5 / 10, rel=1e-4)
    assert week.kept == pytest.approx(0.95, abs=1e-4)


@pytest.mark.parametrize(("hours", "holds"), [(5.3, False), (5.4, True)])
def test_the_promise_holds_from_there_on(hours, holds):
    assert week_of(Mail(messages=40, minutes=6, hours=hours)).holds is holds


def test_a_full_week_keeps_no_promise_and_clears_nothing():
    week = week_of(Mail(messages=100, minutes=6, hours=10, backlog=30))
    assert (week.load, week.kept, week.clear, week.grows) == (1, 0, math.inf, 0)


def test_a_pile_is_cleared_by_what_is_left_over():
    """100 a week come, 150 can be answered: 75 are gone in a week and a half, the last of them after 2.5 days."""
    week = week_of(Mail(messages=100, minutes=6, hours=15, backlog=75))
    assert (week.clear, week.oldest) == (pytest.approx(1.5), pytest.approx(2.5))


def test_two_share_a_pile():
    one = week_of(Mail(messages=100, minutes=6, hours=12))
    two = week_of(Mail(messages=100, minutes=6, hours=6, people=2))
    assert one.load == two.load
    assert one.kept != two.kept


@pytest.mark.parametrize(
    ("paid", "hours", "n"), [(80, 40, 2), (80.0000000001, 40, 2), (80.1, 40, 3), (0, 40, 1)]
)
def test_people_are_rounded_up_and_not_for_a_last_bit(paid, hours, n):
    assert mail_load.people(paid, hours) == n


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": -1},
        {"minutes": 0},
        {"hours": 0},
        {"people": 0},
        {"promised": math.nan},
        {"backlog": math.inf},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"from 0 up|may be 0"):
        Mail(**{"messages": 10, "minutes": 5, "hours": 10} | wrong)


@given(mails)
def test_everything_is_a_number_that_can_be(mail):
    week = week_of(mail)
    assert 0 <= week.kept <= 1
    assert min(week.work, week.paid, week.load, week.grows, week.clear, week.oldest) >= 0
    assert (week.grows > 0) == (mail.messages > mail.capacity)


@given(mails, st.floats(0, 500))
def test_more_messages_never_make_it_easier(mail, more):
    now, then = week_of(mail), week_of(Mail(**vars(mail) | {"messages": mail.messages + more}))
    assert then.work >= now.work
    assert then.people >= now.people
    assert then.kept <= now.kept + 1e-9
    assert then.clear >= now.clear


@given(mails)
def test_the_hours_that_keep_the_promise_keep_it(mail):
    enough = week_of(mail).hours_to_keep
    if enough > 0:
        assert week_of(Mail(**vars(mail) | {"hours": enough * 1.001})).kept >= 0.95 - 1e-6
