import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import costs
from readiness.costs import Hire

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
