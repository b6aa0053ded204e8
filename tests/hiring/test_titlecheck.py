import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import titlecheck

MONTHS = ("January", "May", "December", "Jan.")


def faults(title, places=("Turku", "Finland"), months=MONTHS):
    return titlecheck.faults(title, places=places, months=months)


@pytest.mark.parametrize(
    "title",
    [
        "Customer support person, part-time, 20 hours a week",
        "Customer support person, 7.5 hours a week",
        "Support, 24 h a week",
        "You may be our first support person",
        "Turkuaz support person",
        "Client service 1st line",
        "",
    ],
)
def test_a_good_title_has_no_fault(title):
    assert faults(title) == []


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Support person €15", ["pay"]),
        ("Support person, 2000 EUR", ["pay"]),
        ("Support person 3 000 zł", ["pay"]),
        ("客服 月薪8千", ["pay"]),
        ("Support person in TURKU", ["place"]),
        ("Support, finland", ["place"]),
        ("Support person from 1.12.", ["date"]),
        ("Support person 12/24", ["date"]),
        ("Summer support 2027", ["date"]),
        ("Support from May 5", ["date"]),
        ("Support from 5 december", ["date"]),
        ("客服 12月入职", ["date"]),
        ("Support person REF 123", ["code"]),
        ("Support person #4", ["code"]),
        ("Support person!!", ["code"]),
        ("Support CS-1042", ["code"]),
        ("€15 in Turku from 1.2.2027 #5", ["pay", "place", "date", "code"]),
    ],
)
def test_what_has_a_line_of_its_own(title, wanted):
    assert faults(title) == wanted


def test_a_place_without_spaces_around_it_in_chinese():
    assert titlecheck.faults("上海客服", places=["上海"]) == ["place"]


def test_an_empty_place_is_in_no_title():
    assert titlecheck.faults("Support", places=["", "  "]) == []


@given(st.text(max_size=120), st.text(max_size=30), st.text(max_size=20))
def test_any_title_gets_an_answer(title, place, month):
    found = titlecheck.faults(title, places=[place], months=[month])
    assert set(found) <= set(titlecheck.CODES)
    assert found == sorted(found, key=titlecheck.CODES.index)
