"""Four signals, each with size, line, evidence and the numbers behind."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from readiness import assessments, signal_page, stored
from readiness.assessments import Current
from readiness.models import Assessment
from readiness.scoring import DEFAULT
from readiness.signal_page import Given
from tests.readiness.factories import BUSY
from tests.readiness.test_evidence import LEVEL, RISING, series

DAY = datetime.date(2026, 3, 2)
COUNTED = {"measured_week": 40.0, "measured_weeks": [36, 38, 40, 42], "measured_growth": 0.03}


def given(answers=BUSY, found=None, *, weeks=None, earlier=(), config=DEFAULT):
    result = stored.opened(assessments.compute(answers, found))
    return Given(result, assessments.inputs_of(answers, found), config, weeks, list(earlier))


def shown(*args, **options):
    return {each["code"]: each for each in signal_page.signals(given(*args, **options))}


def earlier(*scores, code="feedback"):
    return [
        (DAY + datetime.timedelta(days=n), {"signals": [{"code": code, "score": score}]})
        for n, score in enumerate(scores)
    ]


# -- size and parts


def test_the_size_is_the_sentence_of_the_loudest_part():
    signals = shown()
    assert signals["overload"]["size"] == "60 messages arrive on a normal day, and you can answer 51 well."
    assert signals["feedback"]["size"] == "Your ratings are steady."
    assert signals["metrics"]["size"] == ""


def test_every_known_part_has_its_sentence():
    parts = [part for signal in shown().values() for part in signal["parts"]]
    assert all(bool(part["said"]) == (part["score"] is not None) for part in parts)
    assert sum(part["score"] is not None for part in parts) == 7


def test_a_lost_configuration_leaves_the_bars_without_sentences():
    signal = shown(config=None)["overload"]
    assert (signal["score"], signal["size"], signal["parts"][0]["said"]) == (98, "", "")


def test_the_bar_spans_the_range():
    signal = shown()["overload"]
    assert signal["bar"]["x"] <= signal["bar"]["mark"] <= signal["bar"]["x"] + signal["bar"]["width"]
    assert shown()["metrics"]["bar"] is None


# -- lines


def test_counted_weeks_draw_three_of_the_four():
    found = shown(found=COUNTED, weeks=series(RISING, LEVEL))
    titles = {code: str(each["line"]["title"]) if each["line"] else None for code, each in found.items()}
    assert titles == {
        "overload": "How full each week was, in %",
        "feedback": None,
        "metrics": "Hours until half of the week's tickets were solved",
        "growth": "New tickets a week",
    }


def test_how_full_each_week_was_is_the_load_of_its_count():
    page = given(found=COUNTED, weeks=series([20, 40]))
    line = signal_page.line("overload", page)
    load = page.result["load"]
    assert [value for _, value in line["rows"]] == pytest.approx([50 * load, 100 * load])
    assert line["limit"] is not None


def test_without_hours_or_counts_nothing_is_full():
    answers = {key: value for key, value in BUSY.items() if key != "well_day"}
    assert signal_page.line("overload", given(answers, COUNTED, weeks=series(RISING))) is None


def test_weeks_that_were_not_used_draw_nothing():
    assert shown(weeks=series(RISING))["growth"]["line"] is None


def test_earlier_answers_draw_what_no_weeks_do():
    line = shown(earlier=earlier(20, None, 35))["feedback"]["line"]
    assert (line["of_answers"], [value for _, value in line["rows"]]) == (True, [20, 35])
    assert str(line["title"]) == "This sign in your earlier answers, 0 to 100"


def test_counted_weeks_come_before_earlier_answers():
    line = shown(found=COUNTED, weeks=series(RISING), earlier=earlier(1, 2, code="growth"))["growth"]["line"]
    assert line["of_answers"] is False


@pytest.mark.parametrize("scores", [(), (20,), (None, None), (None, 20)])
def test_one_earlier_answer_is_no_line(scores):
    assert shown(earlier=earlier(*scores))["feedback"]["line"] is None


# -- evidence


def test_own_answers_prove_nothing_by_themselves():
    signals = shown()
    assert {each["evidence"] for each in signals.values()} == {"told"}
    assert str(signals["growth"]["evidence_word"]) == "Your own answer, not counted"


def test_growth_and_time_are_proved_by_weeks():
    signals = shown(found=COUNTED, weeks=series(RISING, LEVEL))
    assert (signals["growth"]["evidence"], signals["metrics"]["evidence"]) == ("strong", "none")
    assert signals["growth"]["evidence_said"].startswith("Messages grow by about")
    assert signals["growth"]["behind"] == [
        "The latest 12 weeks were looked at.",
        "If nothing had changed, weeks like these would come about in fewer than 1 of 1,000 cases.",
    ]


def test_weeks_that_do_not_speak_prove_nothing():
    assert shown(weeks=series(RISING))["growth"]["evidence"] == "told"


@pytest.mark.parametrize(
    ("weeks", "code", "said"),
    [
        ([20, 20, 20, 20], "none", "Full weeks among the last 4: 0."),
        ([20, 20, 20, 300], "some", "Full weeks among the last 4: 1."),
        ([20, 300, 300, 300], "strong", "Full weeks among the last 4: 3."),
    ],
)
def test_overload_is_proved_by_full_weeks(weeks, code, said):
    signal = shown(found=COUNTED | {"measured_weeks": weeks})["overload"]
    assert (signal["evidence"], signal["evidence_said"]) == (code, said)


def test_full_weeks_need_a_load():
    answers = {key: value for key, value in BUSY.items() if key != "well_day"}
    assert shown(answers, COUNTED)["overload"]["evidence"] == "told"


@pytest.mark.parametrize(("satisfied", "code"), [(20, "strong"), (52, "none"), (60, "none")])
def test_satisfaction_is_proved_by_how_many_were_asked(satisfied, code):
    signal = shown(BUSY | {"asked": 60, "satisfied": satisfied})["metrics"]
    assert signal["evidence"] == code
    assert "With 60 answers" in signal["evidence_said"]


def test_more_satisfied_than_asked_is_all_of_them():
    page = given(BUSY | {"asked": 60, "satisfied": 60})
    page = replace(page, inputs=replace(page.inputs, satisfied=99))
    assert signal_page._satisfied(page)[0] == "none"


# -- which weeks an answer knew


def row(**fields):
    return Assessment(created_at=timezone.now(), **fields)


def now(row):
    return Current(BUSY, {}, "", row)


def test_an_answer_knows_the_weeks_it_was_computed_from():
    assert signal_page.last_day(now(row(measured={"counted_until": "2026-03-01"}))) == datetime.date(
        2026, 3, 1
    )


def test_an_answer_that_does_not_say_knew_the_weeks_before_it():
    week = datetime.timedelta(days=7)
    assert signal_page.last_day(now(row(measured={}))) == timezone.now().date() - week


def test_a_stranger_has_no_weeks_to_cut():
    assert signal_page.last_day(now(None)) == datetime.date.max


def test_later_weeks_are_left_out():
    weeks = series(RISING)
    third = datetime.date.fromisoformat(weeks["weeks"][2][0])
    assert len(signal_page.until(weeks, third)["weeks"]) == 3
    assert len(weeks["weeks"]) == 12
    assert signal_page.until(None, third) is None
