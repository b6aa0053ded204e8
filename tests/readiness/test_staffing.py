import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy import stats

from readiness import staffing

traffic = st.floats(0.01, 60)
people = st.integers(1, 80)


def test_workload_and_paid_hours_of_the_worked_example():
    work = staffing.workload_hours([(400, 7)])
    assert work == pytest.approx(46.6666667)
    assert staffing.paid_hours(work) == pytest.approx(78.4313725)
    assert staffing.paid_hours(work) / 40 == pytest.approx(1.9607843)


def test_workload_adds_the_channels():
    assert staffing.workload_hours([(60, 10), (30, 4)]) == pytest.approx(12)


@given(st.floats(1, 1000), st.floats(1, 60))
def test_hours_and_minutes_days_and_weeks_are_the_same_work(tickets, minutes):
    by_day = staffing.workload_hours([(tickets / 7, minutes)] * 7)
    assert staffing.workload_hours([(tickets, minutes)]) == pytest.approx(by_day)


def test_load_of_own_hours_is_net():
    assert staffing.load(20, 20) == 1
    assert staffing.load(28, 40, shrinkage=0.3) == pytest.approx(1)


def test_load_without_hours():
    assert staffing.load(1, 0) == math.inf
    assert staffing.load(0, 0) == 0


def test_a_full_week_lets_the_backlog_grow_by_what_is_too_much():
    work, hours = 22, 20
    grown = staffing.backlog_after(0, arrivals=work, capacity=hours)
    assert grown == pytest.approx((staffing.load(work, hours) - 1) * hours)


def test_backlog_never_goes_below_nothing():
    assert staffing.backlog_after(3, arrivals=10, capacity=20) == 0


def test_time_to_clear():
    assert staffing.time_to_clear(30, arrivals=8, capacity=10) == 15
    assert staffing.time_to_clear(30, arrivals=10, capacity=10) == math.inf
    assert staffing.time_to_clear(0, arrivals=10, capacity=5) == 0


def test_age_of_the_oldest():
    assert staffing.oldest_age(30, capacity=10) == 3
    assert staffing.oldest_age(0, capacity=0) == 0
    assert staffing.oldest_age(1, capacity=0) == math.inf


def test_capacity_that_keeps_a_promise_of_a_day():
    capacity = staffing.capacity_for_deadline(arrivals=8, deadline=1, share=0.95)
    assert capacity == pytest.approx(10.7045, abs=5e-5)
    assert 8 / capacity == pytest.approx(0.7473, abs=5e-5)


def test_a_promise_to_everybody_is_refused():
    with pytest.raises(ValueError, match="share"):
        staffing.capacity_for_deadline(arrivals=8, deadline=1, share=1)
    with pytest.raises(ValueError, match="share"):
        staffing.people_needed(5, handle_time=180, within=20, share=1)


@given(st.floats(0.1, 50), st.floats(0.01, 10), st.integers(1, 5))
def test_needed_capacity_keeps_the_promise(arrivals, deadline, responders):
    need = {"arrivals": arrivals, "deadline": deadline, "responders": responders}
    capacity = staffing.capacity_for_deadline(share=0.9, **need)
    assert staffing.late_probability(capacity=capacity, **need) <= 0.1 + 1e-9
    assert staffing.late_probability(capacity=capacity * 0.999, **need) > 0.1 - 1e-3


def test_late_for_certain_without_capacity():
    assert staffing.late_probability(arrivals=5, capacity=5, deadline=100) == 1
    assert staffing.late_probability(arrivals=5, capacity=0, deadline=100) == 1


@pytest.mark.parametrize(
    ("servers", "offered", "waits", "level", "wait"),
    [
        (14, 10, 0.1741319335950498, 0.8883500191794669, 7.83593701177724),
        (11, 10, 0.6821182047, 0.3896138117, 122.78128),
        (16, 10, 0.0573403309, 0.9705604925, 1.7202099),
    ],
)
def test_erlang_c_reference_values(servers, offered, waits, level, wait):
    assert staffing.erlang_c(servers, offered) == pytest.approx(waits, rel=1e-9)
    served = staffing.service_level(servers, offered, handle_time=180, within=20)
    assert served == pytest.approx(level, rel=1e-9)
    assert staffing.mean_wait(servers, offered, handle_time=180) == pytest.approx(wait, rel=1e-7)


def test_erlang_c_small_and_very_large():
    assert staffing.erlang_c(2, 2 / 3) == pytest.approx(1 / 6)
    assert staffing.mean_in_system(2, 2 / 3) == pytest.approx(0.75)
    assert staffing.erlang_c(2, 0.5) == pytest.approx(0.1, rel=1e-14)
    assert staffing.erlang_c(12421, 12345) == pytest.approx(0.3812250151, rel=1e-8)


def test_erlang_b_reference_values():
    assert staffing.erlang_b(2, 1) == pytest.approx(0.2)
    assert staffing.erlang_b(132, 123) == pytest.approx(0.03124282105, rel=1e-8)


@given(people, traffic)
def test_erlang_b_against_its_definition(servers, offered):
    """A poisson count cut at the number of lines: scipy is the independent witness."""
    expected = stats.poisson.pmf(servers, offered) / stats.poisson.cdf(servers, offered)
    assert staffing.erlang_b(servers, offered) == pytest.approx(expected, rel=1e-7)


@given(people, st.floats(0.05, 0.99))
def test_erlang_c_against_fifty_digits(servers, full):
    offered = servers * full
    with mp.workdps(50):
        top = mpf(offered) ** servers / mp.factorial(servers) * servers / (servers - mpf(offered))
        rest = sum(mpf(offered) ** n / mp.factorial(n) for n in range(servers))
        expected = float(top / (rest + top))
    assert staffing.erlang_c(servers, offered) == pytest.approx(expected, rel=1e-9)


def test_nobody_keeps_up_with_more_than_they_can_do():
    assert staffing.erlang_c(3, 3) == 1
    assert staffing.mean_wait(3, 4, handle_time=60) == math.inf
    assert staffing.mean_in_system(3, 4) == math.inf
    assert staffing.service_level(3, 4, handle_time=60, within=20) == 0
    assert staffing.occupancy(3, 4) == 1


def test_occupancy_of_the_reference():
    assert staffing.occupancy(14, 10) == pytest.approx(0.7142857)


@given(st.integers(1, 60), traffic)
def test_one_more_person_never_makes_it_worse(servers, offered):
    more, fewer = (
        staffing.service_level(n, offered, handle_time=180, within=20) for n in (servers + 1, servers)
    )
    assert more >= fewer - 1e-12
    assert staffing.mean_wait(servers + 1, offered, handle_time=180) <= staffing.mean_wait(
        servers, offered, handle_time=180
    )


@given(people, traffic, st.floats(0.01, 5))
def test_waiting_rises_with_the_traffic(servers, offered, more):
    assert staffing.erlang_c(servers, offered + more) >= staffing.erlang_c(servers, offered) - 1e-12


def test_the_same_work_in_other_units():
    half_hour = staffing.mean_wait(14, 100 / 1800 * 180, handle_time=180)
    hour = staffing.mean_wait(14, 200 / 60 * 3, handle_time=3) * 60
    assert half_hour == pytest.approx(hour)


def test_roster_is_exact():
    assert staffing.roster(21) == 30
    assert staffing.roster(14) == 20
    assert staffing.roster(14.5) == 21


def test_people_needed_is_the_fewest():
    assert staffing.people_needed(10, handle_time=180, within=20, share=0.8) == 14
    assert staffing.people_needed(10, handle_time=180, within=20, share=0.0) == 11


def test_three_numbers_of_people_beside_each_other():
    rows = staffing.beside_each_other(2, 1.5, handle_time=180, within=20)
    assert [row["people"] for row in rows] == [1, 2, 3]
    assert [row["waits"] for row in rows] == sorted((row["waits"] for row in rows), reverse=True)
    assert [row["people"] for row in staffing.beside_each_other(1, 0.5, handle_time=1, within=1)] == [1, 2]
