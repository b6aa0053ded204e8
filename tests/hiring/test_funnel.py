"""Shares, intervals and money of a hiring, as numbers alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.funnel import Cost, Share, Source, Stage, expected_loss, per


@given(st.integers(0, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval(counted):
    share = Share(*counted)
    low, high = share.interval
    assert 0 <= low <= (share.value or 0) or share.n == 0
    assert (share.value is None) == (share.n == 0)
    assert low <= high <= 1


@pytest.mark.parametrize(("n", "few"), [(0, True), (4, True), (5, False), (100, False)])
def test_of_few_people_no_share_is_told(n, few):
    assert Share(0, n).is_few == few


def test_those_still_there_stand_beside_the_share():
    stage = Stage("cv", entered=10, over=6, passed=2)
    assert (stage.share, stage.open) == (Share(2, 6), 4)


@pytest.mark.parametrize(
    ("amount", "n", "each"),
    [
        (Decimal(170), 3, Decimal("56.67")),
        (Decimal(0), 3, None),
        (None, 3, None),
        (Decimal(170), 0, None),
    ],
)
def test_money_for_each(amount, n, each):
    assert per(amount, n) == each


def test_a_source_has_its_share_and_its_price():
    source = Source("wwr", people=4, called=3, past_call=1, hired=1, spent=Decimal(170), currency="EUR")
    assert (source.share, source.each) == (Share(1, 3), Decimal("42.50"))


def test_what_a_hire_cost():
    cost = Cost(Decimal(170), Decimal(30), hours=Decimal(20), rate=Decimal(40), hires=2)
    assert (cost.total, cost.each) == (Decimal(1000), Decimal("500.00"))
    assert Cost(Decimal(1), Decimal(0), Decimal(0), Decimal(0), hires=0).each is None


def test_the_loss_of_a_scenario():
    assert expected_loss(Decimal(240_000), Decimal("0.2")) == Decimal("48000.00")


@pytest.mark.parametrize(("total", "chance"), [(1, "1.1"), (1, "-0.1"), (-1, "0.5")])
def test_a_scenario_that_is_none(total, chance):
    with pytest.raises(ValueError, match="not negative"):
        expected_loss(Decimal(total), Decimal(chance))
