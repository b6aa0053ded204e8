"""Two dates or two numbers that somebody typed: how far apart, and in doubt for the applicant."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import deviation
from hiring.deviation import compare

MONTHS = {"may": 5, "june": 6, "toukokuu": 5}


def past(claimed, found):
    seen = compare(claimed, found, MONTHS)
    return seen and (seen.kind, seen.past)


@pytest.mark.parametrize(
    ("claimed", "found", "is_past"),
    [
        ("3.5.2023", "3.6.2023", False),
        ("3.5.2023", "4.6.2023", True),
        ("2023-05-03", "3/5/2023", False),
        ("31.1.2023", "28.2.2023", False),
        ("31.1.2023", "1.3.2023", True),
        ("31.12.2022", "31.1.2023", False),
        ("2019-01", "2019-02", False),
        ("01/2019", "03.2019", True),
        ("12/2019", "2020-01", False),
        ("2019", "2020", False),
        ("2019", "2021", True),
        ("2019", "2020-01", False),
        ("2019", "2020-03", True),
        ("May 2023", "3 June 2023", False),
        ("Toukokuu 2023", "2023-08", True),
    ],
)
def test_dates_lie_apart_past_a_month(claimed, found, is_past):
    assert past(claimed, found) == ("dates", is_past)


@pytest.mark.parametrize(
    ("claimed", "found", "is_past"),
    [
        ("100", "120", False),
        ("100", "121", True),
        ("100", "80", False),
        ("100", "79", True),
        ("40 tickets a day", "about 20", True),
        ("1,250", "1250", False),
        ("1.5", "1,5", False),
        ("1.250.000", "1 250 000", False),
        ("1,250.5", "1.250,5", False),
        ("٤٠", "40", False),
        ("0", "0", False),
        ("0", "1", True),
        ("95 %", "70%", True),
    ],
)
def test_numbers_lie_apart_past_a_fifth_of_what_was_claimed(claimed, found, is_past):
    assert past(claimed, found) == ("numbers", is_past)


@pytest.mark.parametrize(
    ("claimed", "found"),
    [
        ("", ""),
        ("40", ""),
        ("many", "40"),
        ("2019-05", "40"),
        ("40", "May 2023"),
        ("5 to 6", "5"),
        ("31.2.2023", "1.3.2023"),
        ("13/2023", "1/2023"),
        ("0.0.2023", "x"),
        ("May June 2023", "5/2023"),
    ],
)
def test_anything_else_is_not_compared(claimed, found):
    assert compare(claimed, found, MONTHS) is None


def test_tells_how_far():
    assert (compare("2019-01", "2020-01").apart, compare("40", "30").apart) == (12, Decimal("0.25"))


DAYS = st.dates(date(1960, 1, 1), date(2089, 1, 1))  # years past 2100 are numbers


@given(day=DAYS, days=st.integers(0, 27))
def test_days_within_four_weeks_are_never_past(day, days):
    assert not compare(day.isoformat(), (day + timedelta(days=days)).isoformat()).past


@given(day=DAYS, days=st.integers(32, 4000))
def test_more_than_31_days_always_are(day, days):
    assert compare(day.isoformat(), (day + timedelta(days=days)).isoformat()).past


@given(one=DAYS, other=DAYS)
def test_of_two_dates_it_does_not_matter_who_is_first(one, other):
    assert compare(one.isoformat(), other.isoformat()) == compare(other.isoformat(), one.isoformat())


@given(one=st.integers(1, 10**6), other=st.integers(0, 10**6))
def test_numbers_are_past_exactly_beyond_a_fifth(one, other):
    seen = compare(f"{one} a", f"{other} b")
    assert (seen.kind, seen.past) == ("numbers", abs(one - other) * 5 > one)


@given(a=st.text(max_size=40), b=st.text(max_size=40))
def test_nothing_typed_is_an_error(a, b):
    seen = compare(a, b, MONTHS)
    assert seen is None or isinstance(seen, deviation.Deviation)


@given(st.text(alphabet="0123456789.,/- ", max_size=40))
def test_the_same_is_never_past(text):
    seen = compare(text, text)
    assert seen is None or not seen.past
