"""What cannot be is refused by the cores with the name of what is wrong, and never computed with."""

import math

import pytest

from readiness import staffing, trends

WRONG = [-1, -1e-9, math.nan]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("tickets", lambda x: staffing.workload_hours([(x, 5)])),
        ("minutes", lambda x: staffing.workload_hours([(5, x)])),
        ("workload", lambda x: staffing.paid_hours(x)),
        ("shrinkage", lambda x: staffing.paid_hours(10, shrinkage=x)),
        ("occupancy", lambda x: staffing.paid_hours(10, occupancy=x)),
        ("hours", lambda x: staffing.full_time(x)),
        ("week", lambda x: staffing.full_time(10, week=x)),
        ("workload", lambda x: staffing.load(x, 10)),
        ("hours", lambda x: staffing.load(10, x)),
        ("shrinkage", lambda x: staffing.load(10, 10, shrinkage=x)),
        ("workload", lambda x: staffing.piles_up(x, 10)),
        ("backlog", lambda x: staffing.backlog_after(x, arrivals=1, capacity=1)),
        ("arrivals", lambda x: staffing.time_to_clear(5, arrivals=x, capacity=1)),
        ("capacity", lambda x: staffing.oldest_age(5, capacity=x)),
        ("deadline", lambda x: staffing.late_probability(arrivals=1, capacity=2, deadline=x)),
        ("responders", lambda x: staffing.late_probability(arrivals=1, capacity=2, deadline=1, responders=x)),
        ("deadline", lambda x: staffing.capacity_for_deadline(arrivals=1, deadline=x, share=0.9)),
        ("share", lambda x: staffing.capacity_for_deadline(arrivals=1, deadline=1, share=x)),
        ("servers", lambda x: staffing.erlang_b(x, 1)),
        ("traffic", lambda x: staffing.erlang_b(2, x)),
        ("traffic", lambda x: staffing.erlang_c(2, x)),
        ("traffic", lambda x: staffing.mean_in_system(2, x)),
        ("handle_time", lambda x: staffing.mean_wait(2, 1, handle_time=x)),
        ("handle_time", lambda x: staffing.service_level(2, 1, handle_time=x, within=1)),
        ("within", lambda x: staffing.service_level(2, 1, handle_time=1, within=x)),
        ("servers", lambda x: staffing.roster(x)),
        ("shrinkage", lambda x: staffing.roster(2, shrinkage=x)),
        ("share", lambda x: staffing.people_needed(2, handle_time=1, within=1, share=x)),
        ("within", lambda x: staffing.erlang_a(2, 1, handle_time=1, patience=1, within=x)),
        ("traffic", lambda x: staffing.erlang_a(2, x if math.isnan(x) else math.inf, handle_time=1, patience=1)),
    ],
)  # fmt: skip
def test_staffing_names_what_is_wrong(name, call, wrong):
    with pytest.raises(ValueError, match=name):
        call(wrong)


@pytest.mark.parametrize(
    "call",
    [
        lambda: staffing.paid_hours(10, shrinkage=1),
        lambda: staffing.paid_hours(10, occupancy=0),
        lambda: staffing.paid_hours(10, occupancy=1.1),
        lambda: staffing.roster(2, shrinkage=1),
        lambda: staffing.occupancy(0, 1),
        lambda: staffing.erlang_b(10**18, 5),
        lambda: staffing.erlang_c(5, math.inf),
        lambda: staffing.people_needed(1e18, handle_time=1, within=1, share=0.8),
        lambda: staffing.people_needed(math.inf, handle_time=1, within=1, share=0.8),
        lambda: staffing.erlang_a(5, 1, handle_time=1e300, patience=1e-300),
        lambda: trends.wilson(3, 2),
        lambda: trends.wilson(-1, 2),
        lambda: trends.wilson(1, 2, confidence=1),
        lambda: trends.shrunk_mean(3, 0, base=4, strength=0),
        lambda: trends.growth_rate([5]),
        lambda: trends.theil_sen([5]),
    ],
)
def test_a_whole_or_no_end_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_what_piles_up_is_the_load_beyond_full_times_the_capacity():
    assert staffing.piles_up(22, 20) == pytest.approx((staffing.load(22, 20) - 1) * 20)
    assert staffing.piles_up(28, 40, shrinkage=0.5) == pytest.approx(8)
    assert staffing.piles_up(10, 20) == 0


def test_paid_hours_as_full_weeks():
    assert staffing.full_time(staffing.paid_hours(140 / 3)) == pytest.approx(1.9607843137)
    assert staffing.full_time(30, week=37.5) == 0.8
