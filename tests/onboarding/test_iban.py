import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import iban

BODIES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=11, max_size=30)
COUNTRIES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)


def made(country, body) -> str:
    """With the check digits the standard orders."""
    number = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00"))
    return f"{country}{98 - number % 97:02d}{body}"


@pytest.mark.parametrize(
    "number",
    [
        "FI21 1234 5600 0007 85",
        "se45 5000 0000 0583 9825 7466",
        "PL61-1090-1014-0000-0712-1981-2874",
        "SA0380000000608010167519",
    ],
)
def test_right_ones(number):
    assert iban.is_right(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "FI21",
        "FI21 1234 5600 0007 86",
        "123456-785",
        "FI2112345600000785" * 3,
        "ＦＩ２１ 1234 5600 0007 85",
    ],
)
def test_wrong_ones(number):
    assert not iban.is_right(number)


@given(COUNTRIES, BODIES)
def test_the_check_digits_of_the_standard_are_right(country, body):
    assert iban.is_right(made(country, body))


@given(COUNTRIES, BODIES, st.data())
def test_one_wrong_digit_is_found(country, body, data):
    number = made(country, body)
    place = data.draw(st.sampled_from([n for n, sign in enumerate(number) if sign.isdigit()]))
    other = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != number[place]]))
    assert not iban.is_right(number[:place] + other + number[place + 1 :])


@given(st.text(max_size=80))
def test_anything_typed_is_answered(text):
    assert iban.is_right(text) in {True, False}
