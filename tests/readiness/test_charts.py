import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import charts

START = datetime.date(2024, 1, 1)


def rows(values):
    return [[(START + datetime.timedelta(weeks=n)).isoformat(), value] for n, value in enumerate(values)]


def test_bars_stand_on_the_base_and_the_highest_reaches_the_top():
    drawn = charts.bars(rows([5, 10]))
    low, high = drawn["bars"]
    assert (high["y"], high["y"] + high["height"]) == (charts.TOP, charts.BASE)
    assert low["height"] == high["height"] / 2
    assert drawn["highest"] == 10


def test_a_week_without_a_value_has_a_place_but_no_bar():
    drawn = charts.bars(rows([5, None, 0, 10]))
    assert len(drawn["bars"]) == 2
    assert drawn["bars"][1]["x"] > charts.WIDTH * 0.7
    assert len(drawn["rows"]) == 4


def test_nothing_to_draw():
    assert charts.bars([]) is None
    assert charts.bars(rows([None, 0])) is None


def test_two_years_are_drawn_the_latest():
    drawn = charts.bars(rows(range(1, 201)))
    assert len(drawn["bars"]) == charts.MOST
    assert drawn["last"] == START + datetime.timedelta(weeks=199)
    assert drawn["first"] == START + datetime.timedelta(weeks=200 - charts.MOST)


@given(st.lists(st.none() | st.floats(0.01, 1e6), min_size=1, max_size=150))
def test_every_bar_is_inside_the_picture(values):
    drawn = charts.bars(rows(values))
    for bar in drawn["bars"] if drawn else []:
        assert 0 <= bar["x"] <= bar["x"] + bar["width"] <= charts.WIDTH + 0.02
        assert charts.TOP - 0.01 <= bar["y"] <= charts.BASE


# -- small lines


def numbers(path):
    return [float(each) for each in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)]


def test_a_line_runs_from_edge_to_edge():
    drawn = charts.spark(rows([0, 5, 10]))
    assert drawn["path"] == "M0 36L0 36L100 20L200 4"
    assert (drawn["from"], drawn["to"], drawn["limit"]) == (0, 10, None)
    assert (drawn["first"], drawn["last"]) == (START, START + datetime.timedelta(weeks=2))


def test_a_missing_value_breaks_the_line_and_one_alone_is_a_dot():
    drawn = charts.spark(rows([0, None, 10, None, 5]))
    assert drawn["path"] == "M0 36L0 36M100 4L100 4M200 20L200 20"
    assert [value for _, value in drawn["rows"]] == [0, 10, 5]


@pytest.mark.parametrize("values", [[], [3], [None, 3, None], [None, None]])
def test_a_line_needs_two_values(values):
    assert charts.spark(rows(values)) is None


def test_what_never_changes_runs_through_the_middle():
    assert charts.spark(rows([7, 7]))["path"] == "M0 20L0 20L200 20"


def test_the_limit_has_its_place_in_the_picture():
    drawn = charts.spark(rows([50, 75]), limit=100)
    assert (drawn["limit"], drawn["path"]) == (4, "M0 36L0 36L200 20")
    assert charts.spark(rows([100, 150]), limit=100)["limit"] == 36


def test_a_line_shows_two_years_at_most():
    assert len(charts.spark(rows(range(1, 300)))["rows"]) == charts.MOST


@given(st.lists(st.none() | st.floats(0, 1e12), min_size=2, max_size=150))
def test_every_line_is_inside_the_picture(values):
    drawn = charts.spark(rows(values), limit=100)
    if drawn is None:
        return
    found = numbers(drawn["path"])
    assert all(0 <= x <= charts.SPARK_WIDTH + 0.01 for x in found[::2])
    edge = charts.SPARK_EDGE
    assert all(edge - 0.01 <= y <= charts.SPARK_HEIGHT - edge + 0.01 for y in [*found[1::2], drawn["limit"]])


# -- ranges


def test_a_range_with_its_mark():
    assert charts.span(42, 47.5, 54) == {"x": 42, "width": 12, "mark": 47.5}


@pytest.mark.parametrize(("value", "mark"), [(0, 1), (100, 99), (50, 50)])
def test_the_mark_stays_inside(value, mark):
    drawn = charts.span(value, value, value)
    assert (drawn["mark"], drawn["width"]) == (mark, 0.5)


# -- the need over time


def days(*weeks):
    return [START + datetime.timedelta(weeks=week) for week in weeks]


def test_two_results_are_a_line_with_its_band():
    first, last = days(0, 10)
    drawn = charts.history([(first, 0, 0, 50), (last, 100, 100, 100)])
    assert drawn["line"] == "12,140 588,12"
    assert drawn["band"] == "12,76 588,12 588,12 12,140"
    assert (drawn["first"], drawn["last"]) == (first, last)


@pytest.mark.parametrize("results", [[], [(START, 50, 40, 60)]])
def test_one_result_is_no_history(results):
    assert charts.history(results) is None


def test_days_stand_as_far_apart_as_they_were():
    drawn = charts.history([(day, 50, 40, 60) for day in days(0, 1, 4)])
    assert [point["x"] for point in drawn["points"]] == [12, 156, 588]


def test_results_of_one_day_stand_side_by_side():
    drawn = charts.history([(START, need, need, need) for need in (10, 20, 30)])
    assert [point["x"] for point in drawn["points"]] == [12, 300, 588]


@given(st.lists(st.tuples(st.integers(0, 900), st.floats(0, 100)), min_size=2, max_size=24))
def test_every_point_of_the_history_is_inside(found):
    rows_ = [(START + datetime.timedelta(days=day), need, 0, 100) for day, need in sorted(found)]
    for point in charts.history(rows_)["points"]:
        assert 0 <= point["x"] <= charts.WIDTH
        assert charts.TOP - 0.01 <= point["high"] <= point["y"] <= point["low"] <= charts.BASE + 0.01
