import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings

from readiness import advice, words
from readiness.scoring import DEFAULT, Inputs
from tests.readiness.answers import BUSY, CALM, inputs

QUICK = replace(DEFAULT, draws=5)


def answer(start=BUSY, **changes):
    return advice.assess(replace(start, **changes), QUICK)


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({}, "Hire part-time now, about 15 hours a week."),
        ({"helpers": 2}, "Expand the team part-time, about 15 hours a week."),
        ({"support_hours": 40}, "Hire now, about 24 hours a week."),
        ({"support_hours": 40, "helpers": 1}, "Expand the team now, about 24 hours a week."),
        ({"support_hours": 10, "brand_hours": 9}, "Get help by the hour, about 6 hours a week."),
        ({"afford": "no"}, "Not a hire yet: bridge the gap."),
        ({"support_hours": None}, "Hire part-time now."),
        ({"handover_hours": 90}, "Hire now, about 40 hours a week."),
    ],
)
def test_headlines(changes, headline):
    assert words.headline(answer(**changes)) == headline


def test_not_yet_says_when_to_come_back():
    calm = answer(CALM)
    assert words.headline(calm) == "Not yet."
    assert words.come_back(calm) == "Come back when you pass 170 messages a week. Until then:"
    assert words.come_back({**calm, "flips": []}) == "Come back when something changes. Until then:"
    assert words.get_back(calm) == ""


def test_firm_and_likely():
    assert words.firmness(answer()) == "Firm: nothing you left open would change this."
    unsure = answer(afford=None)
    assert words.firmness(unsure) == "Likely: 1 open answer could still change it."


def test_reasons_of_the_familiar_shop():
    said = [words.reason(**each) for each in answer()["reasons"]]
    assert said == [
        "You spend 25 hours on customers and 12 on the shop.",
        "60 messages arrive on a normal day, and you can answer 51 well.",
        "By the time a new person carries a full share, your week is 131 % full.",
    ]


def test_full_in_some_weeks():
    growing = replace(CALM, messages_day=32, measured_growth=0.032)
    said = [words.reason(**each) for each in advice.assess(growing, QUICK)["reasons"]]
    assert "At this growth you are full in 7 weeks, and hiring takes 10." in said


@given(inputs)
@settings(max_examples=80)
def test_whatever_is_answered_there_are_words(given_):
    found = advice.assess(given_, QUICK)
    if found is None:
        return
    lines = [words.headline(found), words.firmness(found), words.come_back(found)]
    lines += [words.reason(**each) for each in found["reasons"] + found["against"]]
    lines += [words.flip_value(flip) for flip in found["flips"]]
    assert all(lines)
    assert not any(re.search(r"%\(|None|nan|inf\b", line) for line in lines)
    assert not any(word in line for line in lines for word in ("rho", "Erlang", "Kendall", "\u03c1"))


@given(inputs)
@settings(max_examples=30)
def test_every_code_has_its_label_and_its_page(given_):
    found = advice.assess(given_, QUICK)
    if found:
        assert all(words.PARTS[code] and words.ASKED_ON[code] for code in found["open"])
        assert all(words.INPUTS[flip["input"]] for flip in found["flips"])


def test_every_reason_has_a_sentence():
    assert set(DEFAULT.parts) - {"value"} <= set(words.REASONS) | {"value"}
    assert words.reason("value", {}) == "Sales or customer value move together with your support."


def test_numbers_follow_the_language():
    assert words.number(1234.56) == "1234.6"
    with translation.override("fi"):
        assert words.number(2.5) == "2,5"


def test_the_numbers_show_told_and_measured_beside_each_other():
    counted = replace(BUSY, measured_week=150.0, measured_resolution_now=12.04)
    assert words.beside(BUSY, counted, DEFAULT) == [
        ("Messages a week", "300", "150"),
        ("Growth of messages a week, in %", "1.1", None),
        ("Hours until a case is solved now", None, "12"),
    ]
    assert words.beside(Inputs(), Inputs(), DEFAULT) == []


@pytest.mark.parametrize(
    ("told", "found", "rows"),
    [
        ({"stars_now": 4.5}, {"stars_now": 4.26}, [("Stars, lately", "4.5", "4.3")]),
        ({}, {"orders_now": 16.25}, [("Orders a week, lately", None, "16.2")]),
        ({"stars_now": 4.5}, {"stars_now": 4.5}, []),
        ({"repeatable": 20}, {"repeatable": 0}, [("Questions that repeat, in %", "20", "0")]),
    ],
)
def test_what_a_file_says_stands_beside_what_was_told(told, found, rows):
    shown = words.beside(Inputs(**told), Inputs(**found), DEFAULT)
    assert [(str(label), said, counted) for label, said, counted in shown] == rows


def test_never_is_no_number_of_weeks():
    rows = dict(words.numbers(answer(CALM)))
    assert "Weeks until your week is full" not in rows


def test_ramps_as_people_say_them():
    ramps = DEFAULT.parts
    assert words.ramp_end("load", ramps["load"].ramp.hi) == "110 %"
    assert words.ramp_end("resolution", ramps["resolution"].ramp.hi) == "50 % worse"
    assert words.ramp_end("oldest", ramps["oldest"].ramp.lo) == "0.5"


def test_thresholds_are_printed():
    assert ("Hire now: need for help from", "65") in words.thresholds(DEFAULT)


# -- until the week is full


@pytest.mark.parametrize(
    ("weeks", "ahead", "sentence"),
    [
        (7.2, 10, "At this growth you are full in 7 weeks, and hiring takes 10."),
        (0.3, 10, "At this growth you are full in 1 week, and hiring takes 10."),
        (0.0, 10, "Your week is full already, and hiring takes 10 weeks."),
        (0.0, 1, "Your week is full already, and hiring takes 1 week."),
        ("never", 10, "At this pace your week does not fill up."),
        (521, 10, "At this pace your week does not fill up."),
        (None, 10, ""),
        (7.2, None, ""),
    ],
)
def test_weeks_until_the_week_is_full(weeks, ahead, sentence):
    assert words.until_full({"weeks_until_full": weeks, "weeks_ahead": ahead}) == sentence


# -- what was answered


def told(**answers):
    return {name: (str(label), value) for name, label, value in words.answers.told(answers)}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("breath", 3, "Mostly"),
        ("breath", 3.0, "Mostly"),
        ("oldest_days", 2.5, "2-3 days"),
        ("oldest_days", 0, "From today"),
        ("afford", "some", "For some hours"),
        ("support_hours", 25, "25"),
        ("support_hours", 12.345, "12.35"),
        ("ratings", "much_worse", "much_worse"),  # no form offers it
        ("sales_now", 10**12, "1000000000000"),
    ],
)
def test_an_answer_as_it_was_chosen_or_typed(name, value, said):
    assert told(**{name: value})[name][1] == said


def test_open_and_unknown_answers_are_left_out():
    assert told(breath=None, shoe_size=41) == {}


def test_answers_stand_in_the_order_they_are_asked():
    found = list(told(sales_now=5, breath=1, support_hours=3))
    assert found == ["breath", "support_hours", "sales_now"]
    assert len(set(words.answers.fields())) == len(words.answers.fields())


def test_every_part_of_a_page_is_below_four_hundred_lines():
    folder = Path(words.__file__).parent
    assert all(len(path.read_text().splitlines()) < 400 for path in folder.glob("*.py"))
