import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import costs
from readiness.costs import Hire, Outsourcing, Tools

YEAR = 42_830  # a year's pay; over 2,080 hours it is the 20.59 an hour of the worked example
EXAMPLE = {"wage": YEAR / 2080, "on_cost": 0.30, "seat": 49, "up_front": 4350, "tenure": 12}
money = st.floats(0, 1000)
hires = st.builds(
    Hire,
    wage=money,
    hours=st.floats(0.5, 60),
    on_cost=st.floats(0, 1),
    seat=money,
    up_front=st.floats(0, 20_000),
    tenure=st.floats(1, 60),
    risk=st.floats(0, 1),
    loss=st.floats(0, 50_000),
)


@pytest.mark.parametrize(
    ("hours", "total", "even"), [(10, 1571.48, 36.26), (20, 2731.46, 31.52), (40, 5051.42, 29.14)]
)
def test_the_worked_example(hours, total, even):
    hire = Hire(hours=hours, **EXAMPLE)
    assert round(costs.monthly(hire)["total"], 2) == total
    assert round(costs.break_even(hire), 2) == even


def test_the_parts_of_the_worked_example():
    parts = {name: round(value, 2) for name, value in costs.monthly(Hire(hours=10, **EXAMPLE)).items()}
    assert parts == {"pay": 1159.98, "seat": 49, "up_front": 362.5, "risk": 0, "total": 1571.48}


def test_a_month_has_52_twelfths_weeks():
    assert costs.month_hours(12) == pytest.approx(52)


def test_doing_nothing_is_the_founders_hours():
    assert costs.doing_nothing(15, 40) == pytest.approx(2600)


def test_a_wrong_hire_counts_by_its_chance():
    hire = Hire(wage=20, hours=10, on_cost=0, risk=0.2, loss=6000, tenure=12)
    assert costs.monthly(hire)["risk"] == pytest.approx(100)


def test_the_default_loss_is_a_share_of_the_first_years_pay():
    hire = Hire(wage=20, hours=12, on_cost=0)
    assert costs.default_loss(hire) == pytest.approx(0.30 * 20 * 12 * 52)


def test_no_hours_never_pay():
    assert costs.break_even(Hire(wage=20, hours=0, seat=49)) == math.inf


def test_the_first_two_months_are_learning():
    assert [costs.useful(month) for month in (1, 2, 3, 40)] == [0.5, 0.75, 1, 1]


def test_payback_counts_the_learning():
    """Hours worth 2,000 a month for 1,000: 0 after one month, 500 after two, then 1,000 more each."""
    hire = Hire(wage=10, hours=100 / costs.WEEKS, on_cost=0, up_front=1400)
    assert costs.payback(hire, 20) == 3
    assert costs.payback(Hire(wage=10, hours=100 / costs.WEEKS, on_cost=0), 20) == 1


def test_what_costs_more_than_it_gives_never_pays():
    assert costs.payback(Hire(wage=20, hours=10), 20) == math.inf


@given(hires, st.floats(0, 100), st.floats(0, 20))
def test_cost_rises_in_wage_and_hours(hire, more_wage, more_hours):
    dearer = Hire(**{**vars(hire), "wage": hire.wage + more_wage, "hours": hire.hours + more_hours})
    assert costs.monthly(dearer)["total"] >= costs.monthly(hire)["total"]


@given(hires)
def test_at_the_break_even_value_both_ways_cost_the_same(hire):
    nothing = costs.doing_nothing(hire.hours, costs.break_even(hire))
    assert nothing == pytest.approx(costs.monthly(hire)["total"])


@given(hires, st.floats(0.01, 100))
def test_any_currency_gives_the_same_answer(hire, rate):
    names = ("wage", "seat", "up_front", "loss")
    other = Hire(**{**vars(hire), **{name: getattr(hire, name) * rate for name in names}})
    assert costs.break_even(other) == pytest.approx(costs.break_even(hire) * rate)


@given(hires)
def test_the_parts_make_the_total(hire):
    parts = costs.monthly(hire)
    assert parts["total"] == pytest.approx(parts["pay"] + parts["seat"] + parts["up_front"] + parts["risk"])
    assert min(parts.values()) >= 0


@given(hires, st.floats(1, 60))
def test_who_stays_longer_costs_no_more_a_month(hire, months):
    longer = Hire(**{**vars(hire), "tenure": hire.tenure + months})
    assert costs.monthly(longer)["total"] <= costs.monthly(hire)["total"] + 1e-9


@given(hires, st.floats(0, 500), st.floats(0, 500))
def test_a_dearer_hour_pays_back_no_later(hire, value, more):
    assert costs.payback(hire, value + more) <= costs.payback(hire, value)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Hire, {"wage": -1, "hours": 10}),
        (Hire, {"wage": math.nan, "hours": 10}),
        (Hire, {"wage": 20, "hours": math.inf}),
        (Hire, {"wage": 20, "hours": 10, "tenure": 0}),
        (Hire, {"wage": 20, "hours": 10, "risk": 1.01}),
        (Tools, {"seats": -0.01}),
        (Tools, {"seats": 49, "tenure": 0}),
        (Outsourcing, {"messages": -1, "price": 2}),
        (Outsourcing, {"minimum": math.nan}),
    ],
)
def test_what_cannot_be_is_refused(kind, wrong):
    with pytest.raises(ValueError, match=r"is a number from 0 up|is above 0|is a chance"):
        kind(**wrong)


# -- tools: seats + set-up hours x value - deflected hours x value


def test_tools_by_hand():
    """2 seats at 49; 12 hours once over 12 months at 30; 3 hours a week saved = 13 a month."""
    parts = costs.tools(Tools(seats=98, set_up=12, deflected=3), 30)
    assert parts == pytest.approx({"seats": 98, "set_up": 30, "saved": -390, "total": -262})


def test_from_which_value_a_tool_saves_money():
    tool = Tools(seats=98, set_up=12, deflected=3)  # 98 for 13 - 1 hours a month
    assert costs.tools_break_even(tool) == pytest.approx(98 / 12)
    assert costs.tools(tool, 98 / 12)["total"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("tool", "value"),
    [
        (Tools(seats=49), math.inf),
        (Tools(seats=0), 0.0),
        (Tools(seats=0, set_up=12), math.inf),
        (Tools(seats=0, deflected=1), 0.0),
    ],
)
def test_a_tool_that_takes_over_nothing_never_pays(tool, value):
    assert costs.tools_break_even(tool) == value


tools = st.builds(
    Tools, seats=money, set_up=st.floats(0, 200), deflected=st.floats(0, 60), tenure=st.floats(1, 60)
)


@given(tools, money, st.floats(0, 20))
def test_more_deflected_hours_never_make_a_tool_dearer(tool, value, more):
    better = Tools(**vars(tool) | {"deflected": tool.deflected + more})
    assert costs.tools(better, value)["total"] <= costs.tools(tool, value)["total"]


@given(tools, money)
def test_the_parts_of_a_tool_make_its_total(tool, value):
    parts = costs.tools(tool, value)
    assert parts["total"] == pytest.approx(parts["seats"] + parts["set_up"] + parts["saved"])


# -- help from outside: max(minimum fee, price x messages), or by the hour


@pytest.mark.parametrize(
    ("outside", "sum"),
    [
        (Outsourcing(messages=120, price=2.5), 1300),
        (Outsourcing(messages=120, price=2.5, minimum=1500), 1500),
        (Outsourcing(hours=12, rate=25), 1300),
        (Outsourcing(hours=12, rate=25, minimum=1500), 1500),
        (Outsourcing(minimum=400), 400),
        (Outsourcing(), 0),
    ],
)
def test_what_outside_asks(outside, sum):
    assert costs.outsourcing(outside) == pytest.approx(sum)


@given(st.builds(Outsourcing, messages=money, price=money, minimum=money, rate=money, hours=money), money)
def test_outside_costs_at_least_its_minimum_and_rises(outside, more):
    fee = costs.outsourcing(outside)
    dearer = Outsourcing(**vars(outside) | {"messages": outside.messages + more})
    assert (fee >= outside.minimum, costs.outsourcing(dearer) >= fee) == (True, True)


def test_from_how_many_messages_a_hire_is_cheaper():
    hire = Hire(wage=10, hours=12, on_cost=0)  # 520 a month, 120 a week
    assert costs.break_even_messages(hire, 2) == pytest.approx(60)
    assert costs.break_even_messages(hire, 0) == math.inf


@given(hires, st.floats(0.01, 100))
def test_at_that_many_messages_both_cost_the_same(hire, price):
    messages = costs.break_even_messages(hire, price)
    asked = costs.outsourcing(Outsourcing(messages=messages, price=price))
    assert asked == pytest.approx(costs.monthly(hire)["total"])


# -- units


@given(st.floats(0, 1000))
def test_twelve_months_are_52_weeks(hours):
    assert 12 * costs.month_hours(hours) == pytest.approx(52 * hours)


@given(hires)
def test_a_wage_by_the_week_or_by_the_month_is_the_same_pay(hire):
    a_week = hire.wage * hire.hours * (1 + hire.on_cost)
    assert costs.pay(hire) * 12 == pytest.approx(a_week * 52)


@given(st.floats(0, 60), money, st.floats(0, 60))
def test_halves_make_the_whole(hours, value, more):
    parts = costs.doing_nothing(hours, value) + costs.doing_nothing(more, value)
    assert parts == pytest.approx(costs.doing_nothing(hours + more, value))


def test_a_year_has_46_working_weeks():
    assert costs.year_hours(20) == 920
    assert costs.year_hours(20, 52) == 1040


@pytest.mark.parametrize("weeks", [-1, 52.5, math.nan])
def test_no_year_has_more_weeks_than_52(weeks):
    with pytest.raises(ValueError, match="0 to 52"):
        costs.year_hours(20, weeks)


@pytest.mark.parametrize("month", [0, -3])
def test_months_are_counted_from_one(month):
    with pytest.raises(ValueError, match="from 1"):
        costs.useful(month)


# -- beside each other


def ways(**given):
    found = costs.beside_each_other(hours=20, value=30, **given)
    return {way.code: (round(way.paid), round(way.own)) for way in found}


def test_doing_nothing_is_always_there():
    assert ways() == {"nothing": (0, 2600)}


def test_whoever_takes_fewer_hours_leaves_the_rest_to_the_founder():
    half = Hire(wage=15, hours=10, on_cost=0)
    assert ways(part_time=half, hire=Hire(wage=15, hours=20, on_cost=0)) == {
        "nothing": (0, 2600),
        "part_time": (650, 1300),
        "hire": (1300, 0),
    }


def test_a_tool_leaves_what_it_does_not_take_over_and_its_set_up():
    assert ways(tool=Tools(seats=49, set_up=12, deflected=5)) == {"nothing": (0, 2600), "tools": (49, 1980)}


def test_outside_takes_all_or_the_hours_it_is_asked_for():
    asked = Outsourcing(messages=240, price=2)
    assert ways(outside=asked)["outside"] == (2080, 0)
    assert ways(outside=asked, taken=15)["outside"] == (2080, 650)


def test_nobody_takes_over_more_than_there_is():
    assert ways(hire=Hire(wage=15, hours=40, on_cost=0))["hire"] == (2600, 0)
    assert ways(tool=Tools(seats=0, deflected=99))["tools"] == (0, 0)


@given(hires, money, st.floats(0, 60))
def test_a_way_costs_what_its_own_function_says(hire, value, hours):
    nothing, way = costs.beside_each_other(hours=hours, value=value, hire=hire)
    assert (nothing.paid, way.paid) == (0, costs.monthly(hire)["total"])
    assert way.own <= nothing.own
    assert way.total == way.paid + way.own


@given(tools, money)
def test_a_tool_beside_doing_nothing_differs_by_its_own_sum(tool, value):
    """Where there is enough to deflect, the row of the table and the formula are one."""
    nothing, way = costs.beside_each_other(hours=tool.deflected + 1, value=value, tool=tool)
    assert way.total - nothing.total == pytest.approx(costs.tools(tool, value)["total"], abs=1e-6)


# -- payback


def test_what_pays_late_is_not_called_never():
    """1 a month gained on 1,000 spent: month 1 loses half, month 2 a quarter of the hours."""
    hire = Hire(wage=10, hours=100 / costs.WEEKS, on_cost=0, up_front=1000)
    assert costs.payback(hire, 10.01) == 2 + math.ceil((1000 + 499.5 + 249.25) / 1)


@given(hires, st.floats(0, 500))
def test_payback_is_the_first_month_that_is_not_below_nothing(hire, value):
    month = costs.payback(hire, value)
    spent = costs.pay(hire) + hire.seat + hire.risk * hire.loss / hire.tenure
    worth = costs.doing_nothing(hire.hours, value)
    if month == math.inf:
        assert worth <= spent
    elif month < 10_000:
        assert _balance(hire, worth - spent, worth, month) >= -1e-6 * (1 + hire.up_front + worth)
        assert month == 1 or _balance(hire, worth - spent, worth, month - 1) < 1e-6 * (
            1 + hire.up_front + worth
        )


def _balance(hire, gain, worth, months):
    lost = sum((1 - costs.useful(month)) * worth for month in range(1, min(months, 2) + 1))
    return months * gain - lost - hire.up_front
