"""The pure core of before and after: what moved, hours back, rises, the picture."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import relief
from readiness.relief import HEAVIER, LIGHTER, PERHAPS_HEAVIER, PERHAPS_LIGHTER, SAME, Rise, Span, Week

MONDAY = date(2026, 12, 7)
scores = st.tuples(*[st.floats(0, 100, allow_nan=False)] * 3).map(lambda found: Span(*sorted(found)))
hours = st.none() | st.floats(0, 168, allow_nan=False)


def weeks(*pairs):
    return [Week(MONDAY + timedelta(weeks=n), *pair) for n, pair in enumerate(pairs)]


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ((60, 70, 80), (20, 30, 40), LIGHTER),
        ((60, 70, 80), (20, 50, 60), PERHAPS_LIGHTER),
        ((60, 70, 80), (60, 66, 80), SAME),
        ((20, 50, 60), (60, 70, 80), PERHAPS_HEAVIER),
        ((20, 30, 40), (60, 70, 80), HEAVIER),
        ((70, 70, 70), (65, 65, 65), LIGHTER),
    ],
)
def test_what_moved(before, now, code):
    assert relief.moved(Span(*before), Span(*now)) == code


def test_nothing_moves_beside_what_is_not_known():
    assert relief.moved(None, Span(1, 2, 3)) == relief.moved(Span(1, 2, 3), None) == relief.UNKNOWN


TURNED = {
    LIGHTER: HEAVIER,
    PERHAPS_LIGHTER: PERHAPS_HEAVIER,
    SAME: SAME,
    PERHAPS_HEAVIER: PERHAPS_LIGHTER,
    HEAVIER: LIGHTER,
}


@given(scores, scores)
def test_the_other_way_round_it_is_the_opposite(one, two):
    assert relief.moved(two, one) == TURNED[relief.moved(one, two)]


@given(scores)
def test_the_same_is_the_same(one):
    assert relief.moved(one, one) == SAME


def test_the_mean_of_the_last_four_weeks_that_were_written_down():
    assert relief.recent([30, 8, None, 6, 6, 4]) == 6
    assert relief.recent([None, 6, 4]) == 5
    assert relief.recent([6]) is None
    assert relief.recent([]) is None


@given(hours, hours)
def test_hours_back_turn_around_with_then_and_now(then, now):
    back, other = relief.given_back(then, now), relief.given_back(now, then)
    assert (back is None) == (then is None or now is None)
    assert back is None or back == -other


def test_each_rise_from_the_last_week_that_is_known():
    found = relief.rises(weeks((20, 10), (18, None), (15, 12), (15, 12), (15, 8), (9, 16)))
    assert found == [Rise(MONDAY + timedelta(weeks=2), 10, 12), Rise(MONDAY + timedelta(weeks=5), 8, 16)]


def test_more_than_was_agreed_is_a_rise():
    assert relief.rises(weeks((20, 22)), agreed=20) == [Rise(MONDAY, 20, 22)]
    assert relief.rises(weeks((20, 20)), agreed=20) == relief.rises(weeks((20, 22))) == []


@given(st.lists(st.tuples(hours, hours), max_size=12), hours)
def test_every_rise_rises_and_what_never_falls_rises_to_its_last(pairs, agreed):
    found = relief.rises(weeks(*pairs), agreed)
    assert all(rise.now > rise.before for rise in found)
    assert [rise.monday for rise in found] == sorted({rise.monday for rise in found})


@given(st.lists(st.tuples(hours, hours), max_size=8), st.randoms())
def test_the_order_of_weeks_does_not_matter(pairs, shuffler):
    rows = weeks(*pairs)
    mixed = list(rows)
    shuffler.shuffle(mixed)
    assert relief.rises(mixed, 10) == relief.rises(rows, 10)
    assert relief.picture(mixed) == relief.picture(rows)


def test_no_picture_without_an_hour():
    assert relief.picture([]) is None
    assert relief.picture(weeks((None, None))) is None


def test_a_line_breaks_where_nobody_wrote_anything_down():
    drawn = relief.picture(weeks((20, None), (10, 10), (None, 10), (5, 20), (5, 20)), [Rise(MONDAY, 10, 20)])
    assert drawn.owner == ["10.00,12.00 155.00,76.00", "445.00,108.00 590.00,108.00"]
    assert drawn.person == ["155.00,76.00 300.00,76.00 445.00,12.00 590.00,12.00"]
    assert (drawn.marks, drawn.highest, len(drawn.dots)) == ([("10.00", "12.00")], 20, 8)


@given(st.lists(st.tuples(hours, hours), min_size=1, max_size=12))
def test_everything_is_drawn_inside_the_picture(pairs):
    drawn = relief.picture(weeks(*pairs))
    places = [(float(x), float(y)) for _, x, y in drawn.dots] if drawn else []
    assert all(0 <= x <= 600 and 0 <= y <= 160 for x, y in places)
    owners = [x for who, x, _ in drawn.dots if who == "owner"] if drawn else []
    assert all(float(a) < float(b) for a, b in pairwise(owners))
