from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import typed


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ("", ""),
        ("words", "words"),
        ("a\x00b", "ab"),
        ("\x00", ""),
        ("two\nlines", "two\nlines"),
        ("x" * 30, "x" * 10),
        ("\x00" * 30 + "end", "end"),
        ("  spaces ", "  spaces "),
        ("漢字كلمات", "漢字كلمات"),
    ],
)
def test_a_posted_text_is_cut_and_has_no_nul(posted, kept):
    assert typed.text({"text": posted}, "text", 10) == kept


def test_what_was_not_posted_is_empty():
    assert typed.text(QueryDict("other=1"), "text", 10) == ""


def test_of_two_the_last_one_counts():
    assert typed.text(QueryDict("text=one&text=two"), "text", 10) == "two"


@settings(max_examples=40)
@given(st.text(max_size=60), st.integers(0, 40))
def test_any_text_fits_and_can_be_stored(posted, most):
    kept = typed.text({"text": posted}, "text", most)
    assert len(kept) <= most
    assert "\x00" not in kept
    assert posted.replace("\x00", "").startswith(kept)


@pytest.mark.parametrize("years", [0, 1, -1, 9, -9])
def test_days_of_a_working_life_are_likely(years):
    assert typed.likely_day(localdate() + timedelta(days=365 * years)) is None


@pytest.mark.parametrize("day", [date.min, date.max, date(1900, 1, 1), date(2206, 1, 11)])
def test_a_slip_of_the_finger_is_not(day):
    with pytest.raises(ValidationError, match="very far away"):
        typed.likely_day(day)


@pytest.mark.parametrize("side", [1, -1])
def test_ten_years_are_the_edge(side):
    assert typed.likely_day(localdate() + side * typed.FAR) is None
    with pytest.raises(ValidationError):
        typed.likely_day(localdate() + side * (typed.FAR + timedelta(days=1)))
