import datetime

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
