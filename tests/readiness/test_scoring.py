import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import scoring
from readiness.scoring import DEFAULT, Config, Inputs, Part, Ramp
from tests.readiness.answers import BUSY, FIELDS, WORSE_DOWN, WORSE_UP, inputs

scores = st.fixed_dictionaries({code: st.none() | st.floats(0, 100) for code in DEFAULT.parts})
signals = st.fixed_dictionaries(
    {code: st.none() | st.floats(0, 100).map(lambda score: round(score, 6)) for code in DEFAULT.signals}
)


def test_ramp_is_clipped_at_both_ends():
    ramp = Ramp(0.7, 1.1)
    assert [ramp(x) for x in (0, 0.7, 1.1, 9)] == [0, 0, pytest.approx(100), 100]
    assert ramp(0.9) == pytest.approx(50)


def test_weights_are_those_of_the_model():
    assert DEFAULT.signals == {"overload": 0.40, "feedback": 0.225, "metrics": 0.15, "growth": 0.225}
    assert sum(DEFAULT.signals.values()) == pytest.approx(1)
    assert {part.signal for part in DEFAULT.parts.values()} == set(scoring.SIGNALS)


def test_the_familiar_shop():
    assert scoring.minutes_each(BUSY) == 5
    assert scoring.load(BUSY) == pytest.approx(300 / 255)
    assert scoring.hours_to_hand_over(BUSY) == 15
    assert scoring.weeks_until_full(BUSY) == 0


@pytest.mark.parametrize(
    ("answers", "code", "score"),
    [
        ({"messages_day": 9, "well_day": 10}, "load", 50),
        ({"support_hours": 18, "available_hours": 20}, "load", 50),
        ({"oldest_days": 1.25}, "oldest", 50),
        ({"oldest_days": 2.5, "promised_days": 2}, "oldest", 50),
        ({"support_hours": 35, "brand_hours": 65}, "share", 50),
        ({"support_hours": 13, "brand_hours": 12}, "share", 100),
        ({"support_hours": 0, "brand_hours": 0}, "share", 0),
        ({"breath": 2}, "breath", 50),
        ({"keeping_up": 4}, "keeping_up", 100),
        ({"stars_before": 4.8, "stars_now": 4.25}, "stars", 50),
        ({"stars_before": 4.8, "stars_now": 3.0, "reviews_now": 0}, "stars", 0),
        ({"low_before": 5, "low_now": 10}, "low_stars", 50),
        ({"ratings": "worse"}, "ratings", 80),
        ({"resolution_before": 10, "resolution_now": 15}, "resolution", 100),
        ({"resolution_before": 10, "resolution_now": 9}, "resolution", 0),
        ({"satisfied": 0, "asked": 50}, "satisfaction", 100),
        ({"satisfied": 50, "asked": 50}, "satisfaction", 0),
        ({"trend": "more"}, "trend", 60),
    ],
)
def test_sub_indicators(answers, code, score):
    assert scoring.part_scores(Inputs.of(answers))[code] == pytest.approx(score)


def test_hours_are_preferred_to_counts():
    counted = Inputs(messages_day=20, well_day=10, support_hours=10, available_hours=20)
    assert scoring.load(counted) == 0.5


def test_own_hours_are_not_compared_with_themselves():
    """Hours spent, over hours spent, would call everybody exactly full."""
    assert scoring.load(Inputs(support_hours=25, messages_day=60)) is None


def test_shop_values_count_only_as_far_as_support_got_worse_too():
    falling = {"sales_before": 150, "sales_now": 100}
    alone = scoring.part_scores(Inputs.of(falling))
    steady = scoring.part_scores(Inputs.of({**falling, "resolution_before": 10, "resolution_now": 10}))
    both = scoring.part_scores(Inputs.of({**falling, "resolution_before": 10, "resolution_now": 15}))
    assert (alone["value"], steady["value"], both["value"]) == (None, 0, pytest.approx(100))


def test_satisfaction_of_few_answers_is_not_a_miss():
    few, many = (Inputs(satisfied=8 * n, asked=10 * n) for n in (1, 40))
    assert scoring.part_scores(few)["satisfaction"] == 0
    assert scoring.part_scores(many)["satisfaction"] > 0


def test_growth_prefers_what_was_counted():
    told = Inputs(trend="fewer", orders_before=100, orders_now=200, messages_before=10, messages_day=20)
    assert scoring.growth(replace(told, measured_growth=0.5)) == 0.5
    assert scoring.growth(told) == pytest.approx(math.log(2) / 13)
    assert scoring.growth(Inputs(customers_before=100, customers_now=150)) == pytest.approx(
        math.log(1.5) / 13
    )
    assert scoring.growth(Inputs(trend="fewer")) < 0
    assert scoring.growth(Inputs()) is None


def test_weeks_until_full():
    growing = Inputs(messages_day=50, well_day=100, measured_growth=math.log(2) / 7)
    assert scoring.weeks_until_full(growing) == pytest.approx(7)
    assert scoring.weeks_until_full(replace(growing, measured_growth=0)) == math.inf
    assert scoring.weeks_until_full(replace(growing, well_day=None)) is None


def test_projected_load_looks_as_far_as_a_hire_takes():
    growing = Inputs(messages_day=50, well_day=100, measured_growth=0.05)
    assert scoring.projected_load(growing) == pytest.approx(0.5 * math.exp(0.5))


def test_measured_weeks_replace_the_normal_day():
    measured = replace(BUSY, measured_week=150, measured_weeks=(255, 100, 300, 260))
    assert scoring.load(measured) == pytest.approx(150 / 255)
    assert [each >= 1 for each in scoring.last_loads(measured)] == [True, False, True, True]


def test_measured_resolution_beats_the_remembered():
    both = Inputs(
        resolution_before=10, resolution_now=99, measured_resolution_before=8, measured_resolution_now=8
    )
    assert scoring.part_scores(both)["resolution"] == 0


def test_nothing_answered_is_no_score():
    assert scoring.need_of(scoring.part_scores(Inputs())) is None


def test_one_loud_signal_can_speak():
    loud = {"overload": 100.0, "feedback": 0.0, "metrics": 0.0, "growth": 0.0}
    assert scoring.need(loud) == pytest.approx(100 * math.sqrt(0.4))


def test_unknown_keys_are_left_out():
    assert Inputs.of({"breath": 1, "nonsense": 2}) == Inputs(breath=1)


@given(signals)
def test_need_lies_between_its_signals(values):
    present = [value for value in values.values() if value is not None]
    need = scoring.need(values)
    assert (need is None) if not present else min(present) <= need <= max(present)


@given(st.floats(0, 100))
def test_equal_signals_give_themselves(value):
    assert scoring.need(dict.fromkeys(DEFAULT.signals, value)) == pytest.approx(value)


@given(signals)
def test_contributions_add_to_all_of_it(values):
    shares = scoring.contributions(values)
    assert sum(shares.values()) == pytest.approx(100 if any(values.values()) else 0)


@given(scores)
def test_range_contains_the_point(values):
    need = scoring.need_of(values)
    low, high = scoring.need_range(values)
    assert 0 <= low <= high <= 100
    assert need is None or low - 1e-9 <= need <= high + 1e-9


@given(scores, st.sampled_from(sorted(DEFAULT.parts)), st.floats(0, 100))
def test_an_added_answer_never_widens_the_range(values, code, score):
    low, high = scoring.need_range({**values, code: None})
    nearer_low, nearer_high = scoring.need_range({**values, code: score})
    assert low - 1e-9 <= nearer_low
    assert nearer_high <= high + 1e-9


@given(scores, st.sampled_from(sorted(DEFAULT.parts)))
def test_weight_nothing_is_absent(values, code):
    part = replace(DEFAULT.parts[code], weight=0)
    config = replace(DEFAULT, parts={**DEFAULT.parts, code: part})
    assert scoring.need_of(values, config) == scoring.need_of({**values, code: None})


@given(scores, st.sampled_from(sorted(DEFAULT.parts)), st.floats(0, 100))
def test_a_worse_part_never_lowers_the_need(values, code, more):
    worse = {**values, code: min(100, (values[code] or 0) + more)}
    start = {**values, code: values[code] or 0}
    assert scoring.need_of(worse) >= scoring.need_of(start) - 1e-9


@given(inputs, st.sampled_from(WORSE_UP + WORSE_DOWN), st.data())
def test_an_input_moved_the_bad_way_never_lowers_a_score(given_, name, data):
    start = getattr(given_, name)
    other = data.draw(FIELDS[name])
    if start is None or other is None:
        return
    calm, worse = sorted([start, other], reverse=name in WORSE_DOWN)
    before = scoring.part_scores(replace(given_, **{name: calm}))
    after = scoring.part_scores(replace(given_, **{name: worse}))
    assert all(after[code] >= before[code] - 1e-6 for code in before if before[code] is not None)


@given(inputs)
def test_every_score_is_a_percentage(given_):
    assert all(score is None or 0 <= score <= 100 for score in scoring.part_scores(given_).values())


@given(inputs)
def test_money_has_no_currency(given_):
    in_cents = replace(
        given_,
        sales_before=given_.sales_before and given_.sales_before * 100,
        sales_now=given_.sales_now and given_.sales_now * 100,
    )
    assert scoring.need_of(scoring.part_scores(in_cents)) == pytest.approx(
        scoring.need_of(scoring.part_scores(given_))
    )


def test_a_configuration_may_add_a_part_of_its_own_weight():
    config = Config(version="test", parts={"breath": Part("overload", 1, Ramp(0, 4))})
    assert scoring.need_of(scoring.part_scores(Inputs(breath=4), config), config) == 100
