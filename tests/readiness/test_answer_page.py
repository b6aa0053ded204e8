from dataclasses import asdict

import pytest

from readiness import answer_page, assessments
from readiness.assessments import Current
from readiness.models import Assessment
from readiness.scoring import DEFAULT
from tests.readiness.factories import BUSY, CALM


def page(answers=BUSY, measured=None):
    result = assessments.compute(answers, measured)
    row = Assessment(answers=answers, measured=measured or {}, result=result, pk=1)
    return answer_page.context(Current(answers, result, "", row))


def strip(**changes):
    return answer_page.strip({key: value for key, value in (BUSY | changes).items() if value is not None})


def test_the_strip_of_a_full_week():
    said = strip()
    assert (said["text"], said["percent"], said["over"]) == ("Your support week is 118 % full.", 100, True)
    assert said["minutes"] == "25 hours for 300 messages is 5 minutes each. Right?"


def test_the_strip_of_a_calm_week():
    said = answer_page.strip(CALM)
    assert (said["text"], said["percent"], said["over"]) == ("Your support week is 25 % full.", 25, False)


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ({}, "3 more answers and we can say something."),
        ({"breath": 1}, "2 more answers and we can say something."),
        ({"breath": 1, "trend": "same"}, "1 more answer and we can say something."),
        ({"breath": 1, "trend": "same", "ratings": "same"}, ""),
    ],
)
def test_the_strip_counts_what_is_missing(answers, text):
    said = answer_page.strip(answers)
    assert (said["text"], said["percent"], said["minutes"]) == (text, None, "")


def test_minutes_are_asked_once():
    assert answer_page.strip(BUSY, asked_minutes=False)["minutes"] == ""
    assert strip(messages_day=0)["minutes"] == ""


def test_every_signal_has_its_bar_and_its_parts():
    signals = page()["signals"]
    assert [signal["code"] for signal in signals] == list(DEFAULT.signals)
    assert sum(len(signal["parts"]) for signal in signals) == len(DEFAULT.parts)
    assert [signal["score"] for signal in signals] == [98, 20, None, 90]


def test_bridges_only_where_no_hire_is_advised():
    assert page()["bridges"] == []
    assert len(page(CALM)["bridges"]) == 3
    assert page(CALM)["come_back"].startswith("Come back when you pass")
    assert page(BUSY | {"afford": "no"})["come_back"] == ""


def test_a_measured_week_is_said_where_it_speaks():
    assert page()["measured_note"] == ""
    counted = page(measured={"measured_week": 150.0})["measured_note"]
    assert (
        counted == "Counted in your tickets: 150 messages a week. This is used instead of the 300 you said."
    )
    silent = {key: value for key, value in BUSY.items() if key != "messages_day"}
    assert page(silent, {"measured_week": 150.0})["measured_note"] == ""


def test_open_answers_lead_to_the_page_that_asks_them():
    found = page({key: value for key, value in BUSY.items() if key != "afford"})["open"]
    assert [each["page"] for each in found] == ["check"]


def test_the_whole_configuration_is_printed():
    printed = answer_page.judgement(DEFAULT)
    assert len(printed["ramps"]) == len(DEFAULT.parts)
    values = " ".join(value for _, value in printed["thresholds"]).split()
    for name in ("need_low", "need_middle", "need_high", "far_off_weeks", "weeks_to_hire"):
        assert f"{asdict(DEFAULT)[name]:g}" in values


def test_a_flip_says_from_what_to_what():
    flips = page()["flips"]
    first = flips[0]
    assert (str(first["label"]), first["now"], first["to"]) == (
        "Messages on a normal day",
        "60",
        "38 or less",
    )
    assert (flips[-1]["now"], flips[-1]["to"]) == (None, "no")
