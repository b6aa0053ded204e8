import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import cardnumbers


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("4111 1111 1111 1111", "•••• •••• •••• 1111"),
        ("4111-1111-1111-1111", "••••-••••-••••-1111"),
        ("4111111111111111", "••••••••••••1111"),
        ("Amex 378282246310005, thanks", "Amex •••••••••••0005, thanks"),
        ("(5500.0000.0000.0004)", "(••••.••••.••••.0004)"),
        ("Twice: 4111111111111111 and 4111111111111111", "Twice: ••••••••••••1111 and ••••••••••••1111"),
    ],
)
def test_of_a_card_number_four_digits_stay(written, kept):
    assert cardnumbers.mask(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Order 4111 1111 1111 1112",
        "Tracking JJFI64574900000000001",
        "+358 40 123 4567",
        "0000 0000 0000 0000",
        "12.12.2026 14:00, 3 x 19.90",
        "411111111111111111111111",
        "{{ customer.first_name }} {% if x %}",
    ],
)
def test_other_numbers_stay_as_they_are(text):
    assert cardnumbers.mask(text) == text


def test_digits_of_another_script_count_too():
    assert cardnumbers.mask("٤١١١١١١١١١١١١١١١") == "••••••••••••١١١١"


@given(st.text(alphabet="0123456789 -.ab٤١", max_size=60))
def test_a_masked_text_stays_and_keeps_its_length(text):
    masked = cardnumbers.mask(text)
    assert len(masked) == len(text)
    assert cardnumbers.mask(masked) == masked
