"""Every sentence of the result, in each of its branches: one, some, none, and what has no number."""

import math
import re
from dataclasses import replace

import pytest
from django.utils import translation

from readiness import advice, reasons, scoring, words
from readiness.scoring import DEFAULT, Inputs
from tests.readiness.answers import BUSY, CALM
from tests.readiness.test_advice import QUICK

RESULT = {
    "recommendation": "part_time", "expand": False, "by_the_hour": False, "hours": 15, "firm": True, "open": [],
    "flips": [], "messages_week": 300, "days_week": 5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "numbers", "sentence"),
    [
        ("share", {"support": 1, "brand": 0}, "You spend 1 hour on customers and 0 on the shop."),
        ("share", {"support": 25.5, "brand": 12}, "You spend 25.5 hours on customers and 12 on the shop."),
        ("messages", {"messages": 1, "well": 0},
         "1 message arrives on a normal day, and you can answer 0 well."),
        ("messages", {"messages": 60.4, "well": 51},
         "60.4 messages arrive on a normal day, and you can answer 51 well."),
        ("load", {"percent": 124.6, "work": 25, "available": 20},
         "Your support week is 125 % full: 25 hours of work, and you can give 20."),
        ("oldest", {"days": 1, "promised": 1}, "No customer waits longer than you promise."),
        ("oldest", {"days": 1, "promised": 0.5}, "The oldest message has waited about 1 day."),
        ("oldest", {"days": 2.5, "promised": 1}, "The oldest message has waited about 2.5 days."),
        ("breath", {"level": 4}, "You jump between tasks with no time to breathe."),
        ("breath", {"level": 3}, "You jump between tasks with no time to breathe."),
        ("breath", {"level": 2}, "You still have time to breathe."),
        ("keeping_up", {"level": 2}, "The messages come faster than they can be answered."),
        ("keeping_up", {"level": 1}, "The messages are being kept up with."),
        ("stars", {"before": 4.75, "now": 4.5}, "Your stars went from 4.75 down to 4.5."),
        ("stars", {"before": 4.5, "now": 4.5}, "Your stars hold: 4.5 before, 4.5 now."),
        ("low_stars", {"before": 2, "now": 7.5},
         "Of 100 reviews, 2 had one or two stars before and 7.5 have now."),
        ("ratings", {"word": "better"}, "Your ratings are getting better."),
        ("ratings", {"word": "same"}, "Your ratings are steady."),
        ("ratings", {"word": "worse"}, "Your ratings are getting worse."),
        ("ratings", {"word": "much_worse"}, "Your ratings are getting much worse."),
        ("trend", {"word": "fewer"}, "Fewer messages come than three months ago."),
        ("trend", {"word": "same"}, "As many messages come as three months ago."),
        ("trend", {"word": "more"}, "A bit more messages come than three months ago."),
        ("trend", {"word": "much_more"}, "A lot more messages come than three months ago."),
        ("resolution", {"before": 8, "now": 12.25}, "A case is solved in 12.2 hours; it took 8 before."),
        ("satisfaction", {"percent": 80, "asked": 50, "wanted": 90},
         "80 of 100 customers are satisfied, and you aim for 90."),
        ("projected", {"percent": 70, "ahead": 10, "weeks": 4},
         "At this pace your week stays well below full: 70 % in 10 weeks."),
        ("projected", {"percent": 71, "ahead": 10, "weeks": 1.2},
         "At this growth you are full in 1 week, and hiring takes 10."),
        ("projected", {"percent": 71, "ahead": 10, "weeks": 7},
         "At this growth you are full in 7 weeks, and hiring takes 10."),
        ("projected", {"percent": 131, "ahead": 10, "weeks": 0},
         "By the time a new person carries a full share, your week is 131 % full."),
        ("projected", {"percent": 99, "ahead": 10, "weeks": None},
         "By the time a new person carries a full share, your week is 99 % full."),
        ("hours", {"hours": 1}, "About 1 hour a week can be handed over."),
        ("hours", {"hours": 15}, "About 15 hours a week can be handed over."),
        ("few_hours", {"hours": 1, "enough": 10}, "About 1 hour a week can be handed over; a job needs 10."),
        ("few_hours", {"hours": 6, "enough": 10}, "About 6 hours a week can be handed over; a job needs 10."),
        ("can_pay", {}, "The shop can pay for six months of help."),
        ("cannot_pay", {}, "The shop cannot pay for six months of help."),
        ("some_hours", {}, "The shop can pay for some hours only."),
        ("pay_unknown", {}, "You are not sure that the shop can pay for six months of help."),
        ("takes_time", {"weeks": 1},
         "Finding and teaching somebody takes about 1 week, and it costs you hours first."),
        ("takes_time", {"weeks": 10},
         "Finding and teaching somebody takes about 10 weeks, and it costs you hours first."),
        ("look_again", {"weeks": 1},
         "Finding and teaching somebody takes about 1 week: look again before your week is full."),
        ("look_again", {"weeks": 10},
         "Finding and teaching somebody takes about 10 weeks: look again before your week is full."),
    ],
)  # fmt: skip
def test_each_reason_in_words(code, numbers, sentence):
    assert words.reason(code, numbers) == sentence


def test_every_code_that_can_be_a_reason_has_its_sentence():
    others = {"messages", "hours", "can_pay", "few_hours", "cannot_pay", "some_hours", "pay_unknown"}
    assert set(words.REASONS) == set(DEFAULT.parts) | others | {"takes_time", "look_again"}
    assert set(reasons.NUMBERS) | {"value"} == set(DEFAULT.parts)


@pytest.mark.parametrize(
    ("recommendation", "expand", "hours", "headline"),
    [
        ("hire_now", False, 1, "Hire now, about 1 hour a week."),
        ("hire_now", False, 24, "Hire now, about 24 hours a week."),
        ("hire_now", True, 1, "Expand the team now, about 1 hour a week."),
        ("hire_now", True, None, "Expand the team now."),
        ("hire_now", False, None, "Hire now."),
        ("part_time", False, 0.2, "Hire part-time now, about 1 hour a week."),
        ("part_time", True, 12, "Expand the team part-time, about 12 hours a week."),
        ("part_time", True, None, "Expand the team part-time."),
        ("part_time", False, None, "Hire part-time now."),
        ("bridge", False, 15, "Not a hire yet: bridge the gap."),
        ("bridge", True, None, "Don't expand the team yet: bridge the gap."),
        ("not_yet", False, 40, "Not yet."),
        ("not_yet", True, 3, "No bigger team yet."),
    ],
)
def test_each_answer_in_words(recommendation, expand, hours, headline):
    found = RESULT | {"recommendation": recommendation, "expand": expand, "hours": hours}
    assert words.headline(found) == headline


@pytest.mark.parametrize(
    ("hours", "whole"), [(None, None), (0, 1), (0.4, 1), (1.5, 2), (39.6, 40), (40.5, 40), (400, 40)]
)
def test_hours_are_whole_and_never_more_than_a_full_week(hours, whole):
    assert words.hours_of({"hours": hours}) == whole


@pytest.mark.parametrize(
    ("recommendation", "hours", "sentence"),
    [
        ("part_time", 15, "You would get back about 15 hours a week."),
        ("hire_now", 1, "You would get back about 1 hour a week."),
        (
            "hire_now",
            None,
            "How many hours you would get back is not known yet; imagine twenty a week.",
        ),
        ("bridge", 15, ""),
        ("not_yet", 15, ""),
    ],
)
def test_what_one_would_get_back(recommendation, hours, sentence):
    assert words.get_back(RESULT | {"recommendation": recommendation, "hours": hours}) == sentence


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "Likely: 1 open answer could still change it."),
        (3, "Likely: 3 open answers could still change it."),
    ],
)
def test_how_likely_it_is(count, sentence):
    assert words.firmness(RESULT | {"firm": False, "open": ["load"] * count}) == sentence


@pytest.mark.parametrize(
    ("flip", "days", "week"),
    [
        ({"input": "messages_day", "from": 10, "to": 34}, 5, "170"),
        ({"input": "messages_day", "from": 10, "to": 34}, 7, "238"),
        ({"input": "messages_day", "from": 0, "to": 34}, 5, "170"),
        ({"input": "measured_week", "from": 50, "to": 171}, 5, "171"),
        ({"input": "measured_week", "from": 0, "to": 171}, 7, "171"),
    ],
)
def test_when_to_come_back_is_a_number_a_week(flip, days, week):
    found = words.come_back(RESULT | {"flips": [flip], "days_week": days})
    assert found == f"Come back when you pass {week} messages a week. Until then:"


@pytest.mark.parametrize(
    "flips",
    [[], [{"input": "messages_day", "from": 60, "to": 10}], [{"input": "breath", "from": 1, "to": 4}]],
)
def test_without_a_number_of_messages_it_is_something(flips):
    assert words.come_back(RESULT | {"flips": flips}) == "Come back when something changes. Until then:"


def test_a_result_stored_before_the_days_were_is_read_with_the_usual_five():
    old = {key: value for key, value in RESULT.items() if key != "days_week"}
    flip = {"input": "messages_day", "from": 10, "to": 34}
    assert "pass 170 messages" in words.come_back(old | {"flips": [flip]})


def test_a_shop_without_a_message_is_told_a_number_that_is_true():
    """What it says is looked at: at that many messages the answer is another one, a message a day fewer it is not."""
    quiet = replace(CALM, messages_day=0)
    found = advice.assess(quiet, QUICK)
    week = int(re.search(r"pass (\d+) messages", words.come_back(found))[1])
    at, before = (advice.facts_of(replace(quiet, messages_day=week / 5 - less)) for less in (0, 1))
    assert (advice.recommend(before), advice.recommend(at) != advice.NOT_YET) == (advice.NOT_YET, True)


@pytest.mark.parametrize(
    ("flip", "said"),
    [
        ({"input": "messages_day", "from": 60, "to": 38}, "38 or less"),
        ({"input": "well_day", "from": 51, "to": 90.5}, "90.5 or more"),
        ({"input": "stars_now", "from": 4.5, "to": 4.05}, "4.05 or less"),
        ({"input": "afford", "from": "yes", "to": "no"}, "no"),
        ({"input": "afford", "from": "no", "to": "some"}, "for some hours"),
        ({"input": "afford", "from": None, "to": "yes"}, "yes"),
    ],
)
def test_what_would_change_it_in_words(flip, said):
    assert words.flip_value(flip) == said


def test_every_dial_has_a_name():
    assert set(words.INPUTS) == set(advice.DIALS) | {"afford"}


def test_every_open_answer_has_a_name_and_a_page_that_asks_it():
    asked = {*DEFAULT.parts, "hours", "afford"}
    assert set(words.PARTS) == set(words.ASKED_ON) == asked
    assert set(words.ASKED_ON.values()) == {"check", *scoring.SIGNALS}
    assert set(words.SIGNALS) == set(words.ABOUT) == set(scoring.SIGNALS)
    assert set(words.ANSWERS) == set(advice.ORDER)


@pytest.mark.parametrize(
    ("code", "lo", "hi"),
    [
        ("load", "70 %", "110 %"), ("share", "20 %", "50 %"), ("projected", "70 %", "110 %"),
        ("oldest", "0.5", "2"), ("breath", "0", "4"), ("stars", "0.05", "0.5"), ("low_stars", "0", "10"),
        ("resolution", "5 % worse", "50 % worse"), ("satisfaction", "0", "15"), ("value", "5 % worse", "50 % worse"),
    ],
)  # fmt: skip
def test_ramps_as_one_would_say_them(code, lo, hi):
    ramp = DEFAULT.parts[code].ramp
    assert (words.ramp_end(code, ramp.lo), words.ramp_end(code, ramp.hi)) == (lo, hi)


def test_every_threshold_is_printed_as_it_is():
    printed = dict(words.thresholds(DEFAULT))
    assert list(printed.values()) == ["35", "50", "65", "85", "26", "10", "20", "60", "12", "6", "4"]
    assert len(printed) == 11


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(0, 1, "0"), (2.0, 1, "2"), (2.04, 1, "2"), (2.05, 2, "2.05"), (99.96, 1, "100"), (-3.5, 1, "-3.5"),
     (1_000_000, 1, "1000000")],
)  # fmt: skip
def test_numbers_have_decimals_where_they_need_them(value, digits, said):
    assert words.number(value, digits) == said


def test_the_question_about_minutes_follows_the_minutes():
    said = "5 hours for 300 messages is 1 minute each. Right?"
    assert words.minutes_question(5, 300, 1) == said
    assert words.minutes_question(5, 300, 5.25).endswith("is 5.2 minutes each. Right?")


def test_percent_over_a_hundred_is_said_as_it_is():
    assert words.full(1.176) == "Your support week is 118 % full."
    assert words.full(0) == "Your support week is 0 % full."


def test_only_what_is_known_is_among_the_numbers():
    found = advice.assess(Inputs(breath=4, ratings="worse", afford="yes"), QUICK)
    labels = [label for label, _ in words.numbers(found)]
    assert labels == ["Weeks to find and teach somebody"]


def test_all_the_numbers_of_a_shop_that_said_everything():
    told = replace(BUSY, available_hours=30, messages_before=50)
    rows = dict(words.numbers(advice.assess(told, QUICK)))
    assert list(rows.values()) == ["300", "5", "25", "15", "25.2", "83.3", "95.9", "1.4", "13", "10"]
    assert math.isclose(25 / 30 * 1.2 ** (10 / 13) * 100, 95.9, abs_tol=0.05)


@pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans"])
def test_every_language_fills_every_sentence(language):
    """A catalogue whose sentence lost a %(name)s would say so here, before a founder reads it."""
    found = advice.assess(BUSY, QUICK) | {"by_the_hour": False}
    with translation.override(language):
        lines = [words.headline(found), words.firmness(found), words.get_back(found), words.come_back(found)]
        lines += [words.reason(**each) for each in found["reasons"] + found["against"]]
        lines += [words.flip_value(flip) for flip in found["flips"]]
        lines += [str(label) for label, _ in words.thresholds(DEFAULT)]
    assert not [line for line in lines if not line or "%(" in line]
