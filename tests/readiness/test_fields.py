import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from readiness.fields import ChoiceField, NumberField, parse_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12), (" 12 ", 12), ("2.5", 2.5), ("2,5", 2.5), ("1 200", 1200), ("1\u00a0200,5", 1200.5),
        ("1,200", 1200), ("1,200.5", 1200.5), ("1.200,5", 1200.5), ("0,125", 0.125), ("١٢٫٥", 12.5),
        ("۱۲", 12), ("٣٠٠", 300), ("１２", 12), ("-3", -3), ("+4", 4), ("5.", 5), ("1'200", 1200),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(typed, number):
    assert parse_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "abc", "1e5", "nan", "inf", "1-2", "12h", "--1", "1.2.3", ".", "²", "1" * 13]
)
def test_what_is_no_number(typed):
    with pytest.raises(ValueError, match="not a number"):
        parse_number(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text):
    form = forms.Form({"n": text})
    form.fields["n"] = NumberField()
    assert form.is_valid() or form.errors["n"]


@given(st.integers(0, 10_000))
def test_a_number_survives_its_own_page(value):
    assert NumberField().clean(str(value)) == value


@pytest.mark.parametrize("typed", ["0", "169", "-1"])
def test_out_of_range_says_the_range(typed):
    with pytest.raises(ValidationError, match="from 1 to 168"):
        NumberField(low=1, high=168).clean(typed)


def test_whole_numbers_stay_whole():
    assert isinstance(NumberField().clean("12,0"), int)
    assert NumberField().prepare_value(2.5) == "2.5"
    assert NumberField().prepare_value("2,x") == "2,x"


@pytest.mark.parametrize("typed", ["1" * 10_000, "\x00", "12\x00"])
def test_hostile_text_is_refused(typed):
    with pytest.raises(ValidationError):
        NumberField().clean(typed)


def test_choice_gives_value_or_nothing():
    field = ChoiceField(choices=[("2.5", "some days")], number=True)
    assert (field.clean("2.5"), field.clean("dont_know"), field.clean("")) == (2.5, None, None)
    assert field.prepare_value(2.5) == "2.5"
    with pytest.raises(ValidationError):
        field.clean("7")
