"""Card numbers in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import cardnumbers as cards


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My card is 4111 1111 1111 1111.", "My card is •••• •••• •••• 1111."),
        ("4111-1111-1111-1111", "••••-••••-••••-1111"),
        ("4111111111111111", "••••••••••••1111"),
        ("378282246310005 amex", "•••••••••••0005 amex"),
        ("4111 1111 1111 1111 12/27", "•••• •••• •••• 1111 12/27"),
        ("4111 1111 1111 1111 123", "•••• •••• •••• 1111 123"),
        ("order 17 4111 1111 1111 1111", "order 17 •••• •••• •••• 1111"),
        ("4111 1111 1111 1111 5555 5555 5555 4444", "•••• •••• •••• 1111 •••• •••• •••• 4444"),
        ("٤١١١١١١١١١١١١١١١", "••••••••••••١١١١"),
    ],
)
def test_all_but_the_last_four_digits_go(typed, kept):
    assert cards.mask(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "4111 1111 1111 1112",
        "Call +358 40 123 4567",
        "Parcel 00340434161094015902",
        "IBAN FI21 1234 5600 0007 85",
        "1000000000000008",
        "4111 1111 1111\n1111",
        "{{ customer.first_name }} {% if x %} 12.50",
    ],
)
def test_other_numbers_stay(typed):
    assert cards.mask(typed) == typed


@given(st.text(max_size=300))
def test_what_is_no_digit_is_never_touched(text):
    kept = cards.mask(text)
    assert len(kept) == len(text)
    assert [a for a, b in zip(text, kept, strict=True) if a != b and not a.isdecimal()] == []


@given(st.lists(st.sampled_from("0123456789 -,x"), max_size=80).map("".join))
def test_masking_twice_changes_nothing_more(text):
    assert cards.mask(cards.mask(text)) == cards.mask(text)


@given(st.integers(2, 6), st.lists(st.integers(0, 9), min_size=11, max_size=17))
def test_every_number_with_a_right_check_digit_is_found(first, middle):
    digits = next(
        number for last in range(10) if cards.is_card(number := "".join(map(str, [first, *middle, last])))
    )
    assert cards.mask(digits) == cards.DOT * (len(digits) - 4) + digits[-4:]
