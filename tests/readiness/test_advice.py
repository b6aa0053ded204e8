import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import advice
from readiness.advice import BRIDGE, HIRE_NOW, NOT_YET, ORDER, PART_TIME, Facts
from readiness.scoring import DEFAULT, Inputs
from tests.readiness.answers import BUSY, CALM, FIELDS, WORSE_DOWN, WORSE_UP, inputs

# A thousand draws of the weights for each of a hundred examples would test the patience only.
QUICK = replace(DEFAULT, draws=5)


def facts(score=0.0, **known):
    start = {
        "load": 0.5,
        "full_weeks": False,
        "weeks_until_full": math.inf,
        "support_over_brand": False,
        "messages_over_well": False,
        "hours": 25.0,
        "afford": "yes",
    }
    return Facts(scores=dict.fromkeys(DEFAULT.parts, score), **{**start, **known})


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (facts(34.9), NOT_YET),
        (facts(35), BRIDGE),
        (facts(34.9, load=0.84), NOT_YET),
        (facts(34.9, load=0.85), PART_TIME),
        (facts(34.9, weeks_until_full=26), BRIDGE),
        (facts(34.9, weeks_until_full=26.1), NOT_YET),
        (facts(34.9, weeks_until_full=9.9), PART_TIME),
        (facts(34.9, weeks_until_full=10), BRIDGE),
        (facts(49.9), BRIDGE),
        (facts(50), PART_TIME),
        (facts(64.9), PART_TIME),
        (facts(65), HIRE_NOW),
        (facts(65, hours=19.9), PART_TIME),
        (facts(65, hours=9.9), BRIDGE),
        (facts(65, afford="some"), PART_TIME),
        (facts(65, afford=None), PART_TIME),
        (facts(65, afford="no"), BRIDGE),
        (facts(65, hours=None), PART_TIME),
        (facts(0, full_weeks=True, load=1.2), HIRE_NOW),
        (facts(0, support_over_brand=True), HIRE_NOW),
        (facts(0, support_over_brand=True, hours=5), BRIDGE),
        (facts(0, messages_over_well=True), BRIDGE),
        (facts(0, load=1.0, hours=0, afford="no"), BRIDGE),
        (facts(0, load=None, weeks_until_full=None), NOT_YET),
    ],
)
def test_the_table(case, expected):
    assert advice.recommend(case) == expected


def test_the_familiar_shop():
    answer = advice.assess(BUSY)
    assert (answer["recommendation"], answer["hours"], answer["firm"]) == (PART_TIME, 15, True)
    assert [reason["code"] for reason in answer["reasons"]] == ["share", "messages", "projected"]
    assert [reason["code"] for reason in answer["against"]] == ["ratings"]
    assert answer["open"] == []


def test_the_calm_shop_is_told_why_not():
    answer = advice.assess(CALM)
    assert answer["recommendation"] == NOT_YET
    assert [reason["code"] for reason in answer["reasons"]] == ["projected", "messages", "oldest"]
    assert answer["against"] == [{"code": "look_again", "numbers": {"weeks": 10}}]
    assert answer["weeks_until_full"] == "never"


def test_nothing_answered_has_no_answer():
    assert advice.assess(Inputs()) is None


def test_an_existing_team_is_expanded():
    assert advice.assess(replace(BUSY, helpers=2), QUICK)["expand"] is True


def test_few_hours_are_helped_by_the_hour():
    answer = advice.assess(replace(BUSY, support_hours=13), QUICK)
    assert (answer["recommendation"], answer["by_the_hour"]) == (BRIDGE, True)
    assert answer["bridges"][0] == {"code": "outsource", "fits": True}
    assert [reason["code"] for reason in answer["reasons"]] == ["share", "messages", "few_hours"]


@pytest.mark.parametrize(
    ("answers", "fits"),
    [
        ({"repeatable": 30}, ["self_service"]),
        ({"repeatable": 29}, []),
        ({"live_chat": True}, ["chatbot"]),
        ({"out_of_hours": True}, ["chatbot"]),
        ({"seasonal": True, "repeatable": 80}, ["self_service", "outsource"]),
        ({"afford": "no"}, ["outsource"]),
    ],
)
def test_which_bridge(answers, fits):
    given_ = Inputs.of(answers)
    rows = advice.bridges(given_, advice.facts_of(given_))
    assert [row["code"] for row in rows if row["fits"]] == fits
    assert len(rows) == 3


def test_who_cannot_pay_is_told_so():
    answer = advice.assess(replace(BUSY, afford="no"), QUICK)
    assert answer["recommendation"] == BRIDGE
    assert "cannot_pay" in [reason["code"] for reason in answer["reasons"]]
    assert {"input": "afford", "from": "no", "to": "some", "becomes": PART_TIME} in answer["flips"]


def test_hesitation_stands_against_a_hire():
    loud = replace(BUSY, ratings="worse", breath=4, afford="some")
    assert [each["code"] for each in advice.assess(loud, QUICK)["against"]] == ["some_hours"]
    unsure = replace(loud, afford="not_sure")
    assert [each["code"] for each in advice.assess(unsure, QUICK)["against"]] == ["pay_unknown"]


def test_an_open_answer_that_decides_is_named():
    answer = advice.assess(replace(BUSY, afford="not_sure"), QUICK)
    assert (answer["firm"], answer["open"]) == (False, ["afford"])
    assert (answer["calm"], answer["pressed"]) == (BRIDGE, PART_TIME)


def test_several_open_answers_are_named_together():
    answer = advice.assess(Inputs(breath=0, ratings="better", trend="same"), QUICK)
    assert answer["firm"] is False
    assert "load" in answer["open"]


def test_the_answer_fits_in_json_and_is_the_same_again():
    answer = advice.assess(BUSY)
    assert json.loads(json.dumps(answer, allow_nan=False)) == advice.assess(BUSY)


def test_robustness_is_a_share_of_the_draws():
    assert advice.robustness(advice.facts_of(BUSY)) == 1
    by_signal = {"overload": 60.0, "feedback": 45.0, "metrics": 40.0, "growth": 40.0}
    near = replace(facts(), scores={code: by_signal[part.signal] for code, part in DEFAULT.parts.items()})
    assert 0 < advice.robustness(near) < 1


def test_not_yet_says_from_how_many_messages_on():
    found = [each for each in advice.assess(CALM, QUICK)["flips"] if each["input"] == "messages_day"]
    assert [each["becomes"] for each in found] == [BRIDGE]
    assert found[0]["to"] == 34


def test_measured_messages_are_the_dial_where_they_exist():
    names = {each["input"] for each in advice.flips(replace(CALM, measured_week=50))}
    assert "measured_week" in names
    assert "messages_day" not in names


@given(inputs)
@settings(max_examples=60)
def test_flip_values_flip(given_):
    here = advice.recommend(advice.facts_of(given_))
    for flip in advice.flips(given_):
        turned = replace(given_, **{flip["input"]: flip["to"]})
        assert advice.recommend(advice.facts_of(turned)) == flip["becomes"] != here


@given(inputs, st.sampled_from(WORSE_UP + WORSE_DOWN), st.data())
def test_the_bad_way_never_lowers_the_rank(given_, name, data):
    start, other = getattr(given_, name), data.draw(FIELDS[name])
    if start is None or other is None:
        return
    calm, worse = sorted([start, other], reverse=name in WORSE_DOWN)
    before, after = (advice.facts_of(replace(given_, **{name: value})) for value in (calm, worse))
    assert ORDER.index(advice.recommend(after)) >= ORDER.index(advice.recommend(before))


@given(inputs)
def test_a_full_week_is_never_not_yet(given_):
    known = advice.facts_of(given_)
    if (known.load or 0) >= 1 or known.support_over_brand or known.messages_over_well:
        assert advice.recommend(known) != NOT_YET


@given(inputs)
def test_the_point_lies_between_the_ends(given_):
    known = advice.facts_of(given_)
    calm, pressed = (ORDER.index(code) for code in advice.range_of(known))
    assert calm <= ORDER.index(advice.recommend(known)) <= pressed


@given(inputs)
@settings(max_examples=60)
def test_every_answer_has_reasons_and_something_against(given_):
    answer = advice.assess(given_, QUICK)
    if answer is not None:
        assert len(answer["reasons"]) <= 3
        assert len(answer["against"]) == 1
        assert json.dumps(answer, allow_nan=False)


@given(inputs)
@settings(max_examples=60)
def test_what_decides_is_the_first_reason(given_):
    answer = advice.assess(given_, QUICK)
    if answer and advice.facts_of(given_).support_over_brand:
        assert answer["reasons"][0]["code"] == "share"
