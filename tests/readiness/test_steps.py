"""CUSUM: a lasting step is found soon and on its side, noise and a slow season are not."""

import random
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import trends
from readiness.trends import Step

LEVEL = [10, 11, 10, 9, 10, 11, 9, 10]


def test_a_step_is_seen_where_it_began():
    assert trends.step_change([*LEVEL, 14, 15, 14, 16], base=8) == Step("rising", 8, 9)


def test_a_step_down_is_one_too():
    assert trends.step_change([*LEVEL, 6, 5, 6, 4], base=8) == Step("falling", 8, 9)


def test_a_level_series_has_none():
    assert trends.step_change(LEVEL * 3, base=8) is None


def test_one_odd_week_alone_is_no_step():
    sigma = trends.noise(LEVEL)
    assert trends.step_change([*LEVEL, 10 + 4 * sigma, *LEVEL], base=8) is None


def test_a_small_step_takes_longer():
    small = trends.step_change(LEVEL + [12, 13] * 6, base=8, sigma=1)
    assert (small.direction, small.began) == ("rising", 8)
    assert small.seen > 9


@pytest.mark.parametrize(("threshold", "seen"), [(4, 9), (30, None)])
def test_the_threshold_decides(threshold, seen):
    found = trends.step_change([*LEVEL, 14, 15, 14, 16], base=8, sigma=1.5, threshold=threshold)
    assert (found and found.seen) == seen


def test_a_level_needs_four_values():
    with pytest.raises(ValueError, match="a level needs 4"):
        trends.step_change(LEVEL, base=3)


def test_noise_needs_two_values():
    with pytest.raises(ValueError, match="two values"):
        trends.noise([1])


def test_noise_of_a_normal_series_is_its_deviation():
    draw = random.Random(7)
    values = [draw.gauss(50, 4) for _ in range(4_000)]
    assert trends.noise(values) == pytest.approx(stdev(values), rel=0.06)


def test_noise_does_not_grow_by_a_step():
    assert trends.noise(LEVEL + [v + 100 for v in LEVEL]) == pytest.approx(trends.noise(LEVEL), rel=0.5)


def test_noise_seldom_cries():
    """At a threshold of 5 a false alarm comes about once in 465 weeks a side (Hawkins and Olwell 1998)."""
    draw = random.Random(11)
    series = [[draw.gauss(0, 1) for _ in range(30)] for _ in range(300)]
    alarms = sum(_false_alarm(values) for values in series)
    assert 5 <= alarms <= 60


def _false_alarm(values):
    level = [0.0] * 8
    return trends.step_change(level + values, base=8, sigma=1, threshold=5) is not None


@given(st.floats(0.01, 1000), st.floats(-1e4, 1e4))
def test_units_do_not_matter(scale, shift):
    values = [v * scale + shift for v in [*LEVEL, 14, 15, 14, 16]]
    found = trends.step_change(values, base=8, sigma=1.5 * scale)
    assert (found.direction, found.seen) == ("rising", 9)


@given(st.lists(st.integers(0, 50), min_size=8, max_size=30))
def test_turned_upside_down_it_turns(values):
    found = trends.step_change(values, base=8, sigma=3)
    turned = trends.step_change([-v for v in values], base=8, sigma=3)
    assert (found and found.seen) == (turned and turned.seen)
