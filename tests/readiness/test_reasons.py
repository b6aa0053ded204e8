"""Which reasons are said, in which order, with which numbers."""

from dataclasses import replace

import pytest

from readiness import advice, reasons
from readiness.reasons import Case
from readiness.scoring import DEFAULT, Inputs
from tests.readiness.answers import BUSY, CALM


def case(start=BUSY, **changes):
    inputs = replace(start, **changes)
    facts = advice.facts_of(inputs)
    return Case(inputs, facts, advice.recommend(facts), DEFAULT)


def codes(found):
    return [reason.code for reason in found]


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, ["share", "messages"]),
        ({"brand_hours": 30}, ["messages"]),
        ({"well_day": 80}, ["share"]),
        ({"well_day": 80, "brand_hours": 30}, []),
    ],
)
def test_what_decides_by_itself(changes, first):
    assert codes(reasons.decisive(case(**changes))) == first


def test_what_decides_comes_before_what_is_louder():
    quiet = case(messages_day=20, well_day=80, support_hours=13, brand_hours=12.5, trend="fewer")
    assert codes(reasons.strongest(quiet))[0] == "share"


@pytest.mark.parametrize(
    ("changes", "blockers"),
    [
        ({"support_hours": 13}, ["few_hours"]),
        ({"afford": "no"}, ["cannot_pay"]),
        ({"support_hours": 13, "afford": "no"}, ["few_hours", "cannot_pay"]),
        ({}, []),
    ],
)
def test_what_stands_in_the_way_of_a_hire(changes, blockers):
    assert codes(reasons.blockers(case(**changes))) == blockers


def test_a_bridge_names_its_blocker_among_the_three():
    told = reasons.strongest(case(afford="no"))
    assert codes(told) == ["share", "messages", "cannot_pay"]


def test_nothing_is_said_twice():
    in_counts = case(available_hours=None)
    told = codes(reasons.strongest(in_counts))
    assert len(told) == len(set(told)) == 3


def test_few_loud_signs_are_filled_up_with_what_makes_a_hire_possible():
    only = case(Inputs(support_hours=30, brand_hours=10, afford="yes"))
    assert only.recommendation == "part_time"
    assert codes(reasons.strongest(only)) == ["share", "hours", "can_pay"]
    assert codes(reasons.against(only)) == ["takes_time"]


def test_against_is_never_what_was_just_said_for_it():
    for start in (BUSY, CALM, replace(BUSY, afford="some"), replace(CALM, ratings="worse")):
        told = case(start)
        assert not set(codes(reasons.against(told))) & set(codes(reasons.strongest(told)))


def test_the_loudest_sign_speaks_against_not_yet():
    assert codes(reasons.against(case(CALM, breath=3))) == ["breath"]


@pytest.mark.parametrize(
    ("changes", "code", "numbers"),
    [
        ({}, "share", {"support": 25, "brand": 12}),
        (
            {"measured_week": 200},
            "load",
            {"messages": 40, "well": 51, "percent": pytest.approx(78.43, abs=0.01)},
        ),
        ({"days_week": 7}, "load", {"messages": 60, "well": 51, "percent": pytest.approx(117.65, abs=0.01)}),
        ({"promised_days": 0.5}, "oldest", {"days": 2.5, "promised": 0.5}),
        ({"available_hours": 20}, "load", {"percent": 125, "work": 25, "available": 20}),
        ({"stars_before": 4.8, "stars_now": 4.1}, "stars", {"before": 4.8, "now": 4.1}),
        ({"resolution_before": 8, "resolution_now": 12}, "resolution", {"before": 8, "now": 12}),
        ({"satisfied": 40, "asked": 50}, "satisfaction", {"percent": 80, "asked": 50, "wanted": 90}),
        ({"ratings": "worse"}, "ratings", {"word": "worse"}),
        ({"breath": 4}, "breath", {"level": 4}),
    ],
)
def test_reasons_carry_their_numbers(changes, code, numbers):
    assert reasons.reason(case(**changes), code).numbers == numbers


def test_a_far_day_is_not_a_number_of_weeks():
    slow = case(CALM, measured_growth=1e-6)
    assert reasons.reason(slow, "projected").numbers["weeks"] is None


def test_load_without_hours_is_told_in_messages():
    assert reasons.reason(case(available_hours=30, support_hours=None), "load").code == "messages"
