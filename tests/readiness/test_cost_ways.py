"""What the form's numbers become for each way to get help, and the sentences about them."""

import math

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from readiness import cost_ways, costs
from readiness.costs import Hire

HIRE = Hire(wage=20, hours=10, on_cost=0)
EMPTY = dict.fromkeys(
    ("part_hours", "tool_price", "tool_people", "set_up", "deflected", "messages", "price", "rate", "minimum")
)
GIVEN = EMPTY | {"hours": 10, "value": 30, "tenure": 12, "currency": "EUR"}


def rows(**given):
    return cost_ways.beside(HIRE, GIVEN | given)["rows"]


def codes(**given) -> set:
    return {row["code"] for row in rows(**given)}


# -- from the form to the core


def test_part_time_is_half_unless_said():
    assert cost_ways.part_time_of(HIRE, GIVEN).hours == 5
    assert cost_ways.part_time_of(HIRE, GIVEN | {"part_hours": 7}).hours == 7


@pytest.mark.parametrize("hours", [10, 11, 168])
def test_part_time_is_never_as_much_as_the_hire(hours):
    assert cost_ways.part_time_of(HIRE, GIVEN | {"part_hours": hours}) is None


def test_part_time_keeps_what_does_not_depend_on_hours():
    hire = Hire(wage=20, hours=10, on_cost=0.2, seat=42, up_front=3400, tenure=24, risk=0.1, loss=900)
    part = cost_ways.part_time_of(hire, GIVEN)
    assert (part.seat, part.up_front, part.tenure, part.risk, part.loss) == (42, 3400, 24, 0.1, 900)


def test_tools_without_a_price_are_none():
    assert cost_ways.tools_of(GIVEN) is None
    assert cost_ways.tools_of(GIVEN | {"tool_people": 3, "set_up": 10}) is None


@pytest.mark.parametrize(("people", "seats"), [(None, 49), (1, 49), (3, 147)])
def test_seats_are_for_everybody(people, seats):
    assert cost_ways.tools_of(GIVEN | {"tool_price": 49, "tool_people": people}).seats == seats


@pytest.mark.parametrize(("deflected", "hours"), [(None, 2), (0, 0), (3.5, 3.5)])
def test_what_tools_save_is_a_fifth_unless_said(deflected, hours):
    assert cost_ways.tools_of(GIVEN | {"tool_price": 49, "deflected": deflected}).deflected == pytest.approx(
        hours
    )


def test_a_tool_for_nothing_is_a_tool():
    assert cost_ways.tools_of(GIVEN | {"tool_price": 0}).seats == 0


@pytest.mark.parametrize(
    "asked", [{}, {"messages": 300}, {"price": 2}, {"price": 0, "messages": 300}, {"minimum": 0}, {"rate": 0}]
)
def test_without_a_price_there_is_no_help_from_outside(asked):
    assert cost_ways.outside_of(GIVEN | asked) is None


@pytest.mark.parametrize("asked", [{"price": 2, "messages": 300}, {"rate": 25}, {"minimum": 400}])
def test_any_of_three_prices_is_enough(asked):
    assert costs.outsourcing(cost_ways.outside_of(GIVEN | asked)) > 0


# -- the rows


def test_a_hire_part_time_and_nothing_need_no_more_numbers():
    assert codes() == {"nothing", "part_time", "hire"}


def test_with_all_numbers_there_are_five():
    assert len(codes(tool_price=49, rate=20)) == 5


def test_the_cheapest_is_first_and_the_dearest_fills_its_bar():
    found = rows(tool_price=49, rate=20)
    assert [row["share"] for row in found] == sorted(row["share"] for row in found)
    assert (found[0]["least"], found[-1]["share"]) == (True, 100)


def test_two_that_are_cheapest_both_say_so():
    same = Hire(wage=30, hours=10, on_cost=0)
    found = cost_ways.beside(same, GIVEN)["rows"]
    assert [row["least"] for row in found] == [True, True, True]


@given(st.floats(0.01, 10**6), st.floats(1, 168), st.floats(0.01, 10**6))
def test_every_bar_is_a_share(wage, hours, value):
    hire = Hire(wage=wage, hours=hours)
    found = cost_ways.beside(hire, GIVEN | {"hours": hours, "value": value, "tool_price": 49, "rate": 20})
    assert all(0 <= row["share"] <= 100 for row in found["rows"])
    assert any(row["least"] for row in found["rows"])


# -- the sentences


@pytest.mark.parametrize(
    ("saved", "said"),
    [
        (0.4, "Both cost the same: what else speaks for it decides."),
        (-0.4, "Both cost the same: what else speaks for it decides."),
        (1, "Hiring is cheaper than doing nothing by €1 a month."),
        (-1234.5, "Doing nothing is cheaper than hiring by €1,234 a month, in money."),
    ],
)
def test_who_is_cheaper(saved, said):
    assert cost_ways._verdict(saved, "EUR") == said


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (1, "it has paid for itself after 1 month."),
        (7, "it has paid for itself after 7 months."),
        (120, "it has paid for itself after 120 months."),
        (121, "it does not pay for itself within ten years."),
        (math.inf, "it does not pay for itself within ten years."),
    ],
)
def test_when_it_has_paid(months, said):
    assert cost_ways._payback(months).endswith(said)


@pytest.mark.parametrize(
    ("tool", "said"),
    [
        (costs.Tools(seats=49), "The tools take more hours than they save: they never pay."),
        (costs.Tools(seats=0, deflected=1), "worth more than €0.00."),
        (costs.Tools(seats=52, deflected=12), "worth more than €1.00."),
    ],
)
def test_from_when_tools_pay(tool, said):
    assert cost_ways._tools(tool, "EUR").endswith(said)


def test_by_the_hour_there_is_no_number_of_messages():
    found = cost_ways.beside(HIRE, GIVEN | {"rate": 20})
    assert (found["outside"], found["no_outside"]) == ("", False)


def test_one_message_is_singular():
    hire = Hire(wage=1, hours=1, on_cost=0)
    assert (
        cost_ways._outside(hire, {"price": 9}, "EUR")
        == "At €9.00 a message, a hire is cheaper from 1 message a week on."
    )


@pytest.mark.parametrize("language", ["fi", "sv", "pl", "ar", "zh-hans"])
def test_every_language_can_say_all_of_it(language):
    with translation.override(language):
        found = cost_ways.beside(HIRE, GIVEN | {"tool_price": 49, "price": 2, "messages": 300})
    assert len(found["rows"]) == 5
    assert all(found[name] for name in ("verdict", "payback", "tools", "outside"))
