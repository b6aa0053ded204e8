"""The pure core of goals: direction, progress, trend, share, picture."""

from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import goal_numbers as g
from onboarding.goal_numbers import AWAY, CLOSER, DOWN, PASSED, REACHED, SAME, UNKNOWN, UP, Point

DAY = date(2026, 12, 7)
numbers = st.decimals(-10_000, 10_000, places=2)
directions = st.sampled_from([UP, DOWN])
maybe = st.none() | numbers


def other(direction):
    return DOWN if direction == UP else UP


def minus(value):
    return None if value is None else -value


@pytest.mark.parametrize(
    ("direction", "value", "code"),
    [
        (UP, 96, PASSED),
        (UP, 95, REACHED),
        (UP, 91, CLOSER),
        (UP, 88, SAME),
        (UP, 80, AWAY),
        (DOWN, 96, AWAY),
        (DOWN, 88, SAME),
    ],
)
def test_where_a_number_stands_that_began_at_88_and_wants_95_or_80(direction, value, code):
    target = D(95) if direction == UP else D(80)
    assert g.standing(direction, target=target, start=D(88), value=D(value)) == code


def test_without_a_number_or_a_beginning_little_is_known():
    assert g.standing(UP, target=D(95), start=D(88), value=None) == UNKNOWN
    assert g.standing(UP, target=D(95), start=None, value=D(90)) == UNKNOWN
    assert g.standing(UP, target=D(95), start=None, value=D(95)) == REACHED


@given(directions, numbers, maybe, maybe)
def test_turned_around_everything_stands_the_same(direction, target, start, value):
    turned = {"target": -target, "start": minus(start), "value": minus(value)}
    straight = {"target": target, "start": start, "value": value}
    assert g.standing(direction, **straight) == g.standing(other(direction), **turned)
    assert g.progress(direction, **straight) == g.progress(other(direction), **turned)


@given(directions, numbers, maybe, maybe)
def test_progress_keeps_its_bounds_and_is_100_exactly_when_reached(direction, target, start, value):
    done = g.progress(direction, target=target, start=start, value=value)
    close = g.standing(direction, target=target, start=start, value=value) in g.CLOSE
    assert done is None or 0 <= done <= 100
    assert done is None or (done == 100) == close


@given(directions, numbers, numbers, numbers, numbers)
def test_a_better_number_is_never_less_progress(direction, target, start, one, two):
    worse, better = sorted([one, two], reverse=direction == DOWN)
    low, high = (g.progress(direction, target=target, start=start, value=value) for value in (worse, better))
    assert low is None or (high is not None and low <= high)


def test_half_of_the_way():
    assert g.progress(DOWN, target=D(4), start=D(24), value=D(14)) == 50


def test_the_other_way_is_no_progress_and_never_less_than_none():
    assert g.progress(UP, target=D(95), start=D(88), value=D(10)) == 0


def test_a_target_that_was_never_ahead_has_no_way_to_it():
    assert g.progress(UP, target=D(95), start=D(97), value=D(94)) is None


def points(*values):
    return [Point(DAY + timedelta(days=n), D(value)) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "code"), [((), UNKNOWN), ((9,), UNKNOWN), ((9, 8), CLOSER), ((8, 9), AWAY), ((1, 9, 9), SAME)]
)
def test_the_newest_beside_the_one_before(values, code):
    assert g.trend(DOWN, points(*values)) == code


@given(st.lists(numbers, min_size=2, max_size=8), st.randoms())
def test_the_order_in_which_numbers_came_does_not_matter(values, shuffler):
    found = points(*values)
    mixed = list(found)
    shuffler.shuffle(mixed)
    assert g.trend(UP, mixed) == g.trend(UP, found)
    assert g.picture(mixed, D(5)) == g.picture(found, D(5))


def test_the_beginning_is_what_was_said_else_the_first_number_once_there_are_two():
    assert g.beginning(D(3), points(9, 8)) == 3
    assert g.beginning(None, points(9, 8)) == 9
    assert g.beginning(None, points(9)) is None
    assert g.beginning(None, []) is None


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (19, 20, "95.0"),
        (1, 3, "33.3"),
        (9999, 10_000, "99.9"),
        (1, 10_000, "0.1"),
        (7, 7, "100"),
        (0, 7, "0"),
    ],
)
def test_share(part, whole, percent):
    assert g.share(part, whole) == D(percent)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (0, 0), (3, 2), (-1, 2)])
def test_no_share_of_nothing_nor_of_more_than_all(part, whole):
    with pytest.raises(ValueError):
        g.share(part, whole)


@given(st.integers(1, 2**31), st.data())
def test_all_is_100_and_nothing_else_is(whole, data):
    part = data.draw(st.integers(0, whole))
    found = g.share(part, whole)
    assert 0 <= found <= 100
    assert (found == 100) == (part == whole)
    assert (found == 0) == (part == 0)


def test_no_picture_without_a_number_and_a_dot_in_the_middle_for_one():
    assert g.picture([], D(4)) is None
    found = g.picture(points(4), D(4))
    assert (found.dots, found.target) == ([("300.00", "72.00")], "72.00")


def test_days_stand_as_far_apart_as_they_were():
    found = [Point(DAY, D(24)), Point(DAY + timedelta(days=1), D(12)), Point(DAY + timedelta(days=4), D(4))]
    drawn = g.picture(found, D(4))
    assert [x for x, _ in drawn.dots] == ["8.00", "154.00", "592.00"]
    assert drawn.line == "8.00,12.00 154.00,84.00 592.00,132.00"
    assert (drawn.first, drawn.last) == (DAY, DAY + timedelta(days=4))


@given(
    st.lists(st.tuples(st.integers(0, 4000), numbers), min_size=1, max_size=9, unique_by=lambda p: p[0]),
    numbers,
)
def test_everything_is_drawn_inside_the_picture(rows, target):
    drawn = g.picture([Point(DAY + timedelta(days=days), value) for days, value in rows], target)
    xs = [float(x) for x, _ in drawn.dots]
    ys = [float(y) for _, y in drawn.dots] + [float(drawn.target)]
    assert all(0 <= x <= 600 for x in xs)
    assert all(0 <= y <= 160 for y in ys)
    assert all(a < b for a, b in pairwise(xs)) or len(xs) == 1
