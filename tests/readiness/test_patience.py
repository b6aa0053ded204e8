"""Erlang A: reference values, its two ends (nobody hangs up, everybody does), and a chain solved another way."""

import math
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import stats

from readiness import staffing

people = st.integers(1, 40)
traffic = st.floats(0.05, 60)
patience = st.floats(0.05, 50)


def queue(servers, offered, patience, within=0.0):
    return staffing.erlang_a(servers, offered, handle_time=1, patience=patience, within=within)


# -- reference values


@pytest.mark.parametrize(
    ("name", "value"),
    [("waits", 0.145260114), ("abandons", 0.0139837441), ("occupancy", 0.704297326)],
)
def test_a_hundred_calls_in_half_an_hour(name, value):
    found = staffing.erlang_a(14, 10, handle_time=3, patience=5, within=20 / 60)
    assert getattr(found, name) == pytest.approx(value, abs=5e-10)


def test_one_person_whose_callers_leave_as_fast_as_they_are_served_has_poisson_states():
    found = queue(1, 2.0, 1.0)
    assert found.waits == pytest.approx(1 - math.exp(-2))
    assert found.occupancy == pytest.approx(1 - math.exp(-2))
    assert found.abandons == pytest.approx(1 - (1 - math.exp(-2)) / 2)


# -- the two ends


@given(people, st.floats(0.05, 0.95))
def test_endless_patience_is_erlang_c(servers, share):
    offered = servers * share
    found = staffing.erlang_a(servers, offered, handle_time=1, patience=1e9, within=0.5)
    assert found.waits == pytest.approx(staffing.erlang_c(servers, offered), rel=1e-6)
    level = staffing.service_level(servers, offered, handle_time=1, within=0.5)
    assert found.served_within == pytest.approx(level, rel=1e-6)


@given(people, traffic)
def test_no_patience_is_erlang_b(servers, offered):
    blocked = staffing.erlang_b(servers, offered)
    assert queue(servers, offered, 1e-9).abandons == pytest.approx(blocked, rel=1e-6, abs=1e-12)


def test_overload_with_patience_serves_all_it_can():
    found = queue(5, 50, 500)
    assert found.occupancy == pytest.approx(1)
    assert found.abandons == pytest.approx(0.9)


# -- another way: the chain with fifty digits, and the time to be served from scipy's beta


def weights(servers, offered, patience):
    mp.dps = 50
    found = [mpf(1)]
    while len(found) < servers + 400:
        j = len(found)
        leaves = min(j, servers) + max(0, j - servers) / mpf(patience)
        found.append(found[-1] * mpf(offered) / leaves)
    total = sum(found)
    return [weight / total for weight in found]


@settings(max_examples=25)
@given(people, traffic, st.floats(0.05, 5))
def test_shares_are_those_of_the_chain(servers, offered, patience):
    chain = weights(servers, offered, patience)
    found = queue(servers, offered, patience)
    assert found.waits == pytest.approx(float(sum(chain[servers:])), rel=1e-9, abs=1e-300)
    leaving = sum(k * weight for k, weight in enumerate(chain[servers:])) / mpf(patience) / mpf(offered)
    assert found.abandons == pytest.approx(float(leaving), rel=1e-9, abs=1e-300)


@settings(max_examples=25)
@given(people, traffic, st.floats(0.1, 5), st.floats(0, 5))
def test_served_in_time_is_that_of_the_beta_distribution(servers, offered, patience, within):
    chain = weights(servers, offered, patience)
    c = servers * patience
    late = [
        float(weight) * c / (c + k + 1) * stats.beta.sf(math.exp(-within / patience), c + 1, k + 1)
        for k, weight in enumerate(chain[servers:])
    ]
    expected = float(sum(chain[:servers])) + sum(late)
    assert queue(servers, offered, patience, within).served_within == pytest.approx(expected, abs=1e-9)


# -- properties


@given(people, traffic, patience, st.floats(0, 20))
def test_shares_are_shares(servers, offered, patience, within):
    found = queue(servers, offered, patience, within)
    for share in (found.waits, found.abandons, found.occupancy, found.served_within):
        assert 0 <= share <= 1 + 1e-12


@given(people, traffic, patience)
def test_one_more_person_helps(servers, offered, patience):
    before, after = queue(servers, offered, patience, 0.3), queue(servers + 1, offered, patience, 0.3)
    assert after.waits <= before.waits + 1e-12
    assert after.abandons <= before.abandons + 1e-12
    assert after.served_within >= before.served_within - 1e-12


@given(people, traffic, patience)
def test_whoever_waits_long_enough_is_served_or_gone(servers, offered, patience):
    found = queue(servers, offered, patience, 1e6)
    assert found.served_within == pytest.approx(1 - found.abandons, abs=1e-9)


@given(people, traffic, patience)
def test_who_is_served_is_who_keeps_people_busy(servers, offered, patience):
    found = queue(servers, offered, patience)
    assume(found.occupancy < 1)
    assert found.occupancy * servers == pytest.approx(offered * (1 - found.abandons))


@given(st.floats(1, 1000))
def test_seconds_or_minutes_are_the_same_answer(unit):
    minutes = staffing.erlang_a(4, 3, handle_time=5, patience=2, within=1)
    other = staffing.erlang_a(4, 3, handle_time=5 * unit, patience=2 * unit, within=unit)
    assert other.served_within == pytest.approx(minutes.served_within)
    assert other.mean_wait == pytest.approx(minutes.mean_wait * unit)


# -- the edges


def test_nobody_calls():
    assert queue(3, 0, 1) == staffing.Impatient(0.0, 0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(("servers", "patience"), [(0, 1), (-1, 1), (1, 0), (1, -2), (1, math.nan)])
def test_what_cannot_be_is_refused(servers, patience):
    with pytest.raises(ValueError, match="above nothing"):
        queue(servers, 1, patience)


@pytest.mark.parametrize("offered", [99_000, 100_000, 120_000])
def test_a_hundred_thousand_people_neither_overflow_nor_take_long(offered):
    started = time.process_time()
    found = staffing.erlang_a(100_000, offered, handle_time=3, patience=5, within=0.3)
    assert time.process_time() - started < 1
    assert found.abandons >= max(0, 1 - 100_000 / offered) - 1e-9
