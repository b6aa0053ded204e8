"""The cores against programs that know nothing of them (scipy, pymannkendall, mpmath), to nine digits."""

import datetime
import math
import time
import warnings
from itertools import pairwise
from statistics import NormalDist

import pymannkendall
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import stats

from readiness import scoring, staffing, trends
from readiness.scoring import DEFAULT

people = st.integers(1, 60)
full = st.floats(0.05, 0.99)
times = st.floats(0.1, 1000)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-12)


def poisson_chain(servers, offered):
    """(B, C) of the states 0..servers, with fifty digits."""
    weights = [mpf(offered) ** n / mp.factorial(n) for n in range(servers + 1)]
    blocked = weights[-1] / sum(weights)
    waits = blocked / (1 - mpf(offered) / servers * (1 - blocked))
    return blocked, waits


@given(people, full)
def test_erlang_b_and_c(servers, share):
    with mp.workdps(50):
        blocked, waits = poisson_chain(servers, servers * share)
        assert staffing.erlang_b(servers, servers * share) == near(float(blocked))
        assert staffing.erlang_c(servers, servers * share) == near(float(waits))


@given(people, st.floats(0.05, 0.95), times, times)
def test_service_level_and_waits(servers, share, handle_time, within):
    offered = servers * share
    with mp.workdps(50):
        waits = poisson_chain(servers, offered)[1]
        late = waits * mp.exp(-(servers - mpf(offered)) * within / handle_time)
        mean = waits * handle_time / (servers - mpf(offered))
        level = staffing.service_level(servers, offered, handle_time=handle_time, within=within)
        assert 1 - level == pytest.approx(float(late), rel=1e-9, abs=1e-14)
        assert staffing.mean_wait(servers, offered, handle_time=handle_time) == near(float(mean))


@given(st.integers(1, 8), st.floats(0.05, 0.95), st.floats(0.5, 50), st.floats(0.01, 5))
def test_the_reply_deadline(responders, share, capacity, deadline):
    arrivals = responders * capacity * share
    with mp.workdps(50):
        waits = poisson_chain(responders, arrivals / capacity)[1]
        expected = waits * mp.exp(-(responders * mpf(capacity) - arrivals) * deadline)
    found = staffing.late_probability(
        arrivals=arrivals, capacity=capacity, deadline=deadline, responders=responders
    )
    assert found == pytest.approx(float(expected), rel=1e-9, abs=1e-14)


@given(st.floats(0.1, 40), st.floats(0, 0.99))
def test_people_needed_by_brute_force(offered, share):
    wanted = math.floor(offered) + 1
    while staffing.service_level(wanted, offered, handle_time=180, within=20) < share:
        wanted += 1
    assert staffing.people_needed(offered, handle_time=180, within=20, share=share) == wanted


@pytest.mark.parametrize("offered", [95_000, 99_900])
def test_a_hundred_thousand_people_take_less_than_a_second(offered):
    started = time.process_time()
    waits = staffing.erlang_c(100_000, offered)
    needed = staffing.people_needed(offered, handle_time=180, within=20, share=0.8)
    assert time.process_time() - started < 1
    assert (0 <= waits <= 1, offered < needed < offered * 1.01) == (True, True)


numbers = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=2, max_size=30)


@given(numbers)
def test_the_slope(values):
    assert trends.theil_sen(values) == near(float(stats.theilslopes(values)[0]))


@given(st.lists(st.integers(-999, 999), min_size=2, max_size=12, unique=True))
def test_exact_probabilities(values):
    for direction, found in (("greater", "p_rising"), ("less", "p_falling")):
        p = stats.kendalltau(range(len(values)), values, method="exact", alternative=direction).pvalue
        assert getattr(trends.mann_kendall(values), found) == near(float(p))


longer = st.lists(st.integers(0, 40), min_size=13, max_size=45).filter(lambda values: len(set(values)) > 1)


@given(longer)
def test_normal_probabilities(values):
    theirs, ours = pymannkendall.original_test(values), trends.mann_kendall(values)
    assert (ours.s, ours.strength) == (theirs.s, near(theirs.Tau))
    assert ours.z == near(float(theirs.z))
    assert 2 * min(ours.p_rising, ours.p_falling, 0.5) == pytest.approx(float(theirs.p), rel=1e-9, abs=1e-12)


@given(longer)
def test_weeks_that_resemble_each_other_never_make_it_surer(values):
    """Hamed and Rao's variance where it is larger, else the plain one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # theirs takes the root of a variance below 0
        plain, theirs = pymannkendall.original_test(values), pymannkendall.hamed_rao_modification_test(values)
    ours = trends.mann_kendall(values, corrected=True)
    larger = max(float(plain.var_s), float(theirs.var_s))
    expected = 0.0 if plain.s == 0 else (plain.s - math.copysign(1, plain.s)) / math.sqrt(larger)
    assert ours.z == near(expected)
    assert abs(ours.z) <= abs(trends.mann_kendall(values).z) + 1e-12


# Each week is near the one before it.
SLOW = [
    64, 68, 67, 63, 60, 60, 57, 54, 56, 58, 61, 58, 59, 60, 56,
    59, 61, 69, 69, 67, 71, 70, 72, 69, 69, 72, 73, 72, 67, 69,
]  # fmt: skip


def test_a_slow_series_is_less_sure_than_it_looks():
    assert trends.mann_kendall(SLOW).z == pytest.approx(3.317351828)
    assert trends.mann_kendall(SLOW, corrected=True).z == pytest.approx(2.184782179)
    assert trends.verdict(SLOW)[0] == trends.SOME


def test_twelve_without_ties_stay_exact():
    assert trends.mann_kendall(list(range(12)), corrected=True) == trends.mann_kendall(list(range(12)))


@given(st.integers(1, 3000), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson(n, data, confidence):
    good = data.draw(st.integers(0, n))
    theirs = stats.binomtest(good, n).proportion_ci(confidence, method="wilson")
    assert trends.wilson(good, n, confidence=confidence) == (
        near(float(theirs.low)),
        near(float(theirs.high)),
    )


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=8))
def test_holm_rejects_what_stepping_down_rejects(ps):
    """By the definition: the smallest against .05/m, the next against .05/(m-1), and so on until one fails."""
    rejected = set()
    for rank, i in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        if ps[i] * (len(ps) - rank) > 0.05:
            break
        rejected.add(i)
    assert {i for i, p in enumerate(trends.holm(ps)) if p <= 0.05} == rejected


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 100)), min_size=4, max_size=4))
@settings(max_examples=60)
def test_the_power_mean(pairs):
    weights, values = zip(*pairs, strict=True)
    signals = dict(zip(DEFAULT.signals, values, strict=True))
    with mp.workdps(50):
        total = sum(mpf(w) * mpf(v) ** 2 for w, v in pairs) / sum(map(mpf, weights))
        expected = float(mp.sqrt(total))
    config = scoring.Config(version="x", signals=dict(zip(DEFAULT.signals, weights, strict=True)))
    assert scoring.need(signals, config) == near(expected)


@given(st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=3, max_size=20))
def test_noise_is_the_median_jump_of_a_normal_series(values):
    jumps = sorted(abs(b - a) for a, b in pairwise(values))
    middle = (jumps[(len(jumps) - 1) // 2] + jumps[len(jumps) // 2]) / 2
    assert trends.noise(values) == near(middle / (math.sqrt(2) * NormalDist().inv_cdf(0.75)))


# -- seasons


def months(counts, start=2020):
    return [(datetime.date(start + n // 12, n % 12 + 1, 1), count) for n, count in enumerate(counts)]


@pytest.mark.parametrize("given_", [0, 12, 23])
def test_below_two_years_nothing_is_said_of_seasons(given_):
    assert trends.seasons(months([10] * given_)) is None


def test_a_known_season_is_found_again_under_growth():
    shape = [0.8, 0.8, 0.9, 1, 1, 1, 1, 1, 1, 1, 1.2, 1.3]
    found = trends.seasons(months([1000 * shape[n % 12] * 1.01**n for n in range(48)]))
    assert [round(found[month], 2) for month in range(1, 13)] == pytest.approx(shape, abs=0.02)


@given(st.integers(1, 999), st.integers(24, 60))
def test_without_a_season_every_month_is_as_usual(level, n):
    assert set(trends.seasons(months([level] * n)).values()) == {1.0}


@given(st.lists(st.integers(0, 99), min_size=24, max_size=48))
def test_seasons_are_one_on_average_and_have_no_unit(counts):
    found = trends.seasons(months(counts))
    assume(found)
    assert sum(found.values()) / 12 == pytest.approx(1)
    assert trends.seasons(months([7 * count for count in counts])) == pytest.approx(found)


def test_a_year_of_nothing_has_no_season():
    assert trends.seasons(months([0] * 24)) is None
