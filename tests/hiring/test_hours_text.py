"""Hours of a day as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import hours_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9-17", [[540, 1020]]),
        ("9:00-17:00", [[540, 1020]]),
        ("09.30 – 12.15", [[570, 735]]),
        ("13-17, 9-12", [[540, 720], [780, 1020]]),
        ("9-12; 12-13", [[540, 780]]),
        ("9-12,10-11", [[540, 720]]),
        ("0-24", [[0, 1440]]),
        ("٩:٠٠-١٧:٠٠", [[540, 1020]]),
        ("٩-١٢، ١٣-١٧", [[540, 720], [780, 1020]]),
        ("９：００～１７：００".replace("～", "至"), [[540, 1020]]),
        ("  ", []),
        ("", []),
    ],
)
def test_is_read_as_it_is_written_in_many_places(text, found):
    assert hours_text.read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("9", "9-", "-9", "17-9", "9-9", "9-25", "24-25", "9:60-10", "9:5-10", "nine-ten", "9-12-15"),
        *("9am-5pm", "9--12", "1-2,3-4,5-6,7-8,9-10,11-12,13-14"),
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(hours_text.Unreadable):
        hours_text.read(text)


days = st.lists(st.integers(0, hours_text.DAY), min_size=0, max_size=12, unique=True).map(
    lambda marks: [list(pair) for pair in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)]
)


@given(days)
def test_what_is_shown_is_read_back(ranges):
    assert hours_text.read(hours_text.show(ranges)) == ranges


@given(st.text(max_size=40))
def test_no_text_is_an_error_page(text):
    try:
        found = hours_text.read(text)
    except hours_text.Unreadable:
        return
    assert all(0 <= begin < end <= hours_text.DAY for begin, end in found)
