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


FINE = [
    "Support person, 24/7",  # a promise to customers, no day
    "Web 2.0 support",
    "Kravings support person",  # no kroner in it
    "Support for Northern shops",
    "B2B support person",
    "Support since 1987",
    "Support person *",
    "客服专员",
]


@pytest.mark.parametrize("title", FINE)
def test_what_only_looks_alike_is_left_alone(title):
    assert faults(title) == []


@pytest.mark.parametrize(
    ("title", "places", "months", "wanted"),
    [
        ("Support, Malmo", ["Malmö"], (), ["place"]),
        ("Support, ŁÓDŹ", ["Łódź"], (), ["place"]),
        ("Support in New York", ["New York"], (), ["place"]),
        ("New support for York", ["New York"], (), []),
        ("دعم العملاء القاهرة", ["القاهرة"], (), ["place"]),
        ("دعم ٢٠٢٧", [], (), ["date"]),
        ("Tuki 5. tammikuuta", [], ("tammikuuta",), ["date"]),
        ("Tammikuuta tuki", [], ("tammikuuta",), []),
    ],
)
def test_in_other_scripts_and_with_accents(title, places, months, wanted):
    assert titlecheck.faults(title, places=places, months=months) == wanted


@given(st.sampled_from(FINE), st.sampled_from(["Turku", "Oulu", "上海"]))
def test_a_town_that_is_named_is_found_at_either_end(title, town):
    ends = [titlecheck.faults(text, places=[town]) for text in (f"{town} {title}", f"{title}, {town}")]
    assert ends == [["place"], ["place"]]


@given(st.text(max_size=80))
def test_capitals_hide_no_town(title):
    shouted = titlecheck.faults(f"{title} TURKU", places=["Turku"], months=[])
    assert "place" in shouted
