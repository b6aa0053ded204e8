"""When customers write: shape, steps, and the hours that are called busy."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import heatmap
from readiness.heatmap import DAYS, HOURS, Busy

counts = st.lists(st.lists(st.integers(0, 40), min_size=HOURS, max_size=HOURS), min_size=DAYS, max_size=DAYS)


def empty():
    return [[0] * HOURS for _ in range(DAYS)]


def filled(days, hours, count=10, *, beside=0):
    """`count` in every hour of `hours` on `days`, `beside` in the others."""
    return [
        [count if day in days and hour in hours else beside for hour in range(HOURS)] for day in range(DAYS)
    ]


# -- what can be drawn


@pytest.mark.parametrize(
    "heat",
    [
        None,
        {},
        "heat",
        [],
        [[1] * HOURS] * 6,
        [[1] * 23] * DAYS,
        [None] * DAYS,
        [["1"] * HOURS] * DAYS,
        [[1.5] * HOURS] * DAYS,
        [[True] * HOURS] * DAYS,
        [[-1] * HOURS] * DAYS,
        [[float("nan")] * HOURS] * DAYS,
    ],
)
def test_another_shape_is_nothing_to_draw(heat):
    assert heatmap.usable(heat) is None


def test_no_message_is_nothing_to_draw():
    assert heatmap.usable(empty()) is None


def test_days_without_times_are_nothing_to_draw():
    assert heatmap.usable(filled(range(DAYS), [0])) is None


def test_one_message_with_a_time_is_drawn():
    heat = filled([3], [23], 1)
    assert heatmap.usable(heat) is heat
    assert heatmap.total(heat) == 1


# -- steps


def test_the_busiest_hour_is_the_last_step_and_none_is_none():
    heat = empty()
    heat[0][:5] = [100, 80, 79, 1, 0]
    assert heatmap.steps(heat)[0][:5] == [5, 4, 4, 1, 0]


def test_a_single_message_is_seen_beside_a_thousand():
    heat = empty()
    heat[2][9], heat[2][10] = 10**18, 1
    assert heatmap.steps(heat)[2][9:11] == [5, 1]


def test_steps_of_nothing():
    assert heatmap.steps(empty()) == empty()


@given(counts)
@settings(max_examples=40)
def test_more_messages_are_never_a_lighter_step(heat):
    steps = heatmap.steps(heat)
    pairs = sorted(
        (count, step)
        for row, drawn in zip(heat, steps, strict=True)
        for count, step in zip(row, drawn, strict=True)
    )
    assert [step for _, step in pairs] == sorted(step for _, step in pairs)
    assert {step for _, step in pairs} <= set(range(heatmap.STEPS + 1))
    assert all((count == 0) == (step == 0) for count, step in pairs)


# -- the busy hours


def test_monday_to_wednesday_nine_to_twelve():
    found = heatmap.busiest(filled(range(3), range(9, 12), 20, beside=1))
    assert (found.first_day, found.last_day, found.begin, found.end) == (0, 2, 9, 12)
    assert found.days == 3
    assert found.share == pytest.approx(180 / (180 + 159))


def test_one_day():
    found = heatmap.busiest(filled([4], range(18, 24), 20))
    assert (found.first_day, found.last_day, found.days) == (4, 4, 1)
    assert (found.begin, found.end) == (20, 24) or found.end - found.begin == 4


def test_every_day_at_the_same_hours_begins_on_monday():
    heat = filled(range(DAYS), [20], 20)
    for day in range(DAYS):
        heat[day][9] = 1
    found = heatmap.busiest(heat)
    assert (found.begin, found.end) == (20, 21)
    assert found.days < DAYS  # four evenings hold more than half already


def test_a_whole_week_is_said_from_monday_on():
    heat = filled(range(DAYS), [9], 52)
    for day in range(DAYS):
        heat[day][21] = 48
    assert heatmap.busiest(heat) == Busy(0, 6, 9, 10, pytest.approx(0.52))


def test_a_weekend_runs_over_sunday():
    found = heatmap.busiest(filled([6, 0], range(10, 14), 20, beside=1))
    assert (found.first_day, found.last_day, found.days) == (6, 0, 2)


def test_evenly_spread_messages_have_no_busy_hours():
    assert heatmap.busiest(filled(range(DAYS), range(HOURS))) is None


@pytest.mark.parametrize(("messages", "found"), [(49, False), (50, True)])
def test_few_messages_are_no_pattern(messages, found):
    assert (heatmap.busiest(filled([1], [9], messages)) is not None) is found


@pytest.mark.parametrize(("inside", "beside", "hours"), [(50, 50, 2), (51, 49, 1)])
def test_most_is_more_than_half(inside, beside, hours):
    heat = empty()
    heat[1][9], heat[1][10] = inside, beside
    found = heatmap.busiest(heat)
    assert found.end - found.begin == hours


@given(counts)
@settings(max_examples=30, deadline=None)
def test_a_busy_block_is_small_and_holds_most(heat):
    found = heatmap.busiest(heat)
    if found is None:
        return
    days = [(found.first_day + n) % DAYS for n in range(found.days)]
    inside = sum(heat[day][hour] for day in days for hour in range(found.begin, found.end))
    assert found.share == pytest.approx(inside / heatmap.total(heat))
    assert found.share > 0.5
    assert found.days * (found.end - found.begin) <= heatmap.MOST_CELLS


def test_no_smaller_block_holds_most():
    """Against looking at every block there is."""
    draw = random.Random(7)
    for _ in range(5):
        heat = [[int(draw.expovariate(0.2) ** 1.7) for _ in range(HOURS)] for _ in range(DAYS)]
        found, everything = heatmap.busiest(heat), heatmap.total(heat)
        sizes = [
            days * (end - begin)
            for first in range(DAYS)
            for days in range(1, DAYS + 1)
            for begin in range(HOURS)
            for end in range(begin + 1, HOURS + 1)
            if sum(sum(heat[(first + n) % DAYS][begin:end]) for n in range(days)) > heatmap.MOST * everything
        ]
        smallest = min(sizes)
        assert (found is None) == (smallest > heatmap.MOST_CELLS)
        assert found is None or found.days * (found.end - found.begin) == smallest


@given(counts, st.integers(0, DAYS - 1))
@settings(max_examples=20, deadline=None)
def test_a_week_that_begins_later_is_the_same_pattern(heat, later):
    found, moved = heatmap.busiest(heat), heatmap.busiest(heat[later:] + heat[:later])
    assert (found is None) == (moved is None)
    if found is not None:
        assert found.days * (found.end - found.begin) == moved.days * (moved.end - moved.begin)
        assert found.share == pytest.approx(moved.share)
