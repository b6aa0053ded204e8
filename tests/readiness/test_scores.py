"""Each sub-indicator at the ends of its ramp, the need against another program's arithmetic, and what has no unit."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from readiness import scoring, trends
from readiness.scoring import BEYOND, DEFAULT, Inputs
from tests.readiness.answers import BUSY, CALM, inputs


def score(code, **answers):
    return scoring.part_scores(Inputs(**answers))[code]


# -- where each ramp begins and ends


@pytest.mark.parametrize(
    ("code", "calm", "loud"),
    [
        ("load", {"messages_day": 7, "well_day": 10}, {"messages_day": 11, "well_day": 10}),
        ("load", {"support_hours": 14, "available_hours": 20}, {"support_hours": 22, "available_hours": 20}),
        ("oldest", {"oldest_days": 0.5}, {"oldest_days": 2}),
        ("oldest", {"oldest_days": 1, "promised_days": 2}, {"oldest_days": 4, "promised_days": 2}),
        ("share", {"support_hours": 2, "brand_hours": 8}, {"support_hours": 5, "brand_hours": 5}),
        ("breath", {"breath": 0}, {"breath": 4}),
        ("keeping_up", {"keeping_up": 0}, {"keeping_up": 4}),
        ("stars", {"stars_before": 4.5, "stars_now": 4.4, "reviews_now": 20},
         {"stars_before": 4.5, "stars_now": 3.5, "reviews_now": 20}),
        ("low_stars", {"low_before": 4, "low_now": 4}, {"low_before": 4, "low_now": 14}),
        ("ratings", {"ratings": "better"}, {"ratings": "much_worse"}),
        ("resolution", {"resolution_before": 20, "resolution_now": 21},
         {"resolution_before": 20, "resolution_now": 30}),
        ("trend", {"trend": "fewer"}, {"trend": "much_more"}),
        ("projected", {"messages_day": 7, "well_day": 10, "trend": "same"},
         {"messages_day": 11, "well_day": 10, "trend": "same"}),
    ],
)  # fmt: skip
def test_a_ramp_begins_at_nothing_and_ends_at_all(code, calm, loud):
    assert score(code, **calm) == pytest.approx(0, abs=1e-6)
    assert score(code, **loud) == pytest.approx(100)


@pytest.mark.parametrize(
    ("code", "better", "worse"),
    [
        ("load", {"messages_day": 1, "well_day": 10}, {"messages_day": 999, "well_day": 1}),
        ("oldest", {"oldest_days": 0}, {"oldest_days": 60}),
        ("stars", {"stars_before": 3, "stars_now": 5}, {"stars_before": 5, "stars_now": 1, "reviews_now": 999}),
        ("low_stars", {"low_before": 50, "low_now": 0}, {"low_before": 0, "low_now": 100}),
        ("satisfaction", {"satisfied": 99, "asked": 99}, {"satisfied": 0, "asked": 99}),
        ("resolution", {"resolution_before": 9, "resolution_now": 1},
         {"resolution_before": 1, "resolution_now": 999}),
    ],
)  # fmt: skip
def test_beyond_its_ends_a_ramp_says_no_more(code, better, worse):
    assert (score(code, **better), score(code, **worse)) == (0, 100)


@pytest.mark.parametrize("code", ["ratings", "trend"])
def test_a_word_nobody_offered_is_no_answer(code):
    assert score(code, **{code: "splendid"}) is None


@pytest.mark.parametrize(
    "half",
    [
        {"support_hours": 3}, {"brand_hours": 3}, {"messages_day": 3}, {"well_day": 3}, {"available_hours": 3},
        {"stars_before": 4}, {"stars_now": 4}, {"low_before": 4}, {"low_now": 4}, {"resolution_before": 4},
        {"resolution_now": 4}, {"satisfied": 4}, {"asked": 4}, {"sales_before": 4}, {"sales_now": 4},
        {"lifetime_before": 4}, {"lifetime_now": 4}, {"satisfied": 4, "asked": 0}, {"promised_days": 1},
        {"resolution_before": 0, "resolution_now": 4}, {"resolution_before": 4, "resolution_now": 0},
    ],
)  # fmt: skip
def test_half_an_answer_is_none(half):
    assert set(scoring.part_scores(Inputs(**half)).values()) == {None}


# -- load


def test_a_promise_of_nothing_is_the_usual_promise():
    assert score("oldest", oldest_days=2, promised_days=0) == score("oldest", oldest_days=2)


def test_who_can_answer_none_well_is_as_full_as_it_gets():
    assert scoring.load(Inputs(messages_day=1, well_day=0)) == BEYOND
    assert scoring.load(Inputs(messages_day=0, well_day=0)) == 0
    assert math.isfinite(scoring.projected_load(Inputs(messages_day=1, well_day=0, trend="much_more")))


def test_minutes_count_before_the_hours_that_are_remembered():
    told = Inputs(messages_day=60, support_hours=99, handle_minutes=6, available_hours=30)
    assert scoring.work_hours(told) == pytest.approx(30)
    assert scoring.load(told) == pytest.approx(1)


def test_the_part_that_can_be_handed_over():
    assert scoring.hours_to_hand_over(Inputs(support_hours=25)) == 15
    assert scoring.hours_to_hand_over(Inputs(support_hours=25, handover_hours=0)) == 0
    assert scoring.hours_to_hand_over(Inputs()) is None


@pytest.mark.parametrize(("messages", "hours"), [(0, 25), (None, 25), (60, None)])
def test_minutes_a_message_need_both_and_no_nothing(messages, hours):
    assert scoring.minutes_each(Inputs(messages_day=messages, support_hours=hours)) is None


@given(st.floats(0.5, 300), st.floats(0.5, 300), st.sampled_from([1, 2, 5, 7]))
@settings(max_examples=40)
def test_a_day_and_a_week_are_equally_full(messages, well, days):
    by_day = Inputs(messages_day=messages, well_day=well, days_week=days)
    by_week = Inputs(measured_week=messages * days, well_day=well, days_week=days)
    assert scoring.load(by_day) == pytest.approx(scoring.load(by_week))


@given(st.floats(1, 300), st.floats(0.5, 60), st.floats(1, 100))
@settings(max_examples=40)
def test_minutes_and_hours_are_the_same_work(messages, minutes, available):
    in_minutes = Inputs(messages_day=messages, handle_minutes=minutes, available_hours=available)
    in_hours = Inputs(support_hours=messages * 5 * minutes / 60, available_hours=available)
    assert scoring.load(in_minutes) == pytest.approx(scoring.load(in_hours))


# -- growth


def test_growth_takes_the_first_pair_that_was_given():
    told = {"messages_before": 10, "messages_day": 11, "orders_before": 1, "orders_now": 9}
    assert scoring.growth(Inputs(**told)) == pytest.approx(math.log(1.1) / 13)
    assert scoring.growth(Inputs(**{**told, "messages_before": 0})) == pytest.approx(math.log(9) / 13)
    both = {"orders_before": 2, "orders_now": 3, "customers_before": 1, "customers_now": 9}
    assert scoring.growth(Inputs(**both)) == pytest.approx(math.log(1.5) / 13)


def test_a_shop_whose_messages_stopped_is_judged_by_its_word():
    stopped = Inputs(messages_before=10, messages_day=0, trend="fewer")
    assert scoring.growth(stopped) == pytest.approx(math.log(0.85) / 13)


@pytest.mark.parametrize(
    ("word", "factor"), [("fewer", 0.85), ("same", 1), ("more", 1.15), ("much_more", 1.5)]
)
def test_words_for_growth_stand_for_three_months(word, factor):
    assert math.exp(13 * scoring.growth(Inputs(trend=word))) == pytest.approx(factor)


@given(st.floats(0.05, 0.99), st.floats(0.001, 0.2))
@settings(max_examples=40)
def test_weeks_until_full_are_those_after_which_it_is_full(full, rate):
    shop = Inputs(messages_day=100 * full, well_day=100, measured_growth=rate)
    weeks = scoring.weeks_until_full(shop)
    assert full * math.exp(rate * weeks) == pytest.approx(1)


@pytest.mark.parametrize("rate", [0, -0.1, -50])
def test_without_growth_it_is_never_full(rate):
    assert scoring.weeks_until_full(Inputs(messages_day=9, well_day=10, measured_growth=rate)) == math.inf


def test_nothing_never_becomes_too_much():
    assert scoring.weeks_until_full(Inputs(messages_day=0, well_day=10, measured_growth=0.1)) == math.inf


@pytest.mark.parametrize("rate", [1e-300, 1e-9, 1.0, 700.0, -700.0])
def test_no_growth_is_too_much_for_the_arithmetic(rate):
    shop = Inputs(messages_day=9, well_day=10, measured_growth=rate)
    assert 0 <= scoring.projected_load(shop) <= BEYOND
    assert scoring.weeks_until_full(shop) > 0 or rate == 700.0


def test_full_already_is_full_without_knowing_the_growth():
    assert scoring.weeks_until_full(Inputs(messages_day=10, well_day=10)) == 0


# -- ratings and satisfaction


def test_stars_of_few_reviews_are_pulled_to_what_they_were():
    told = {"stars_before": 4.6, "stars_now": 4.2}
    few, some, many = (score("stars", **told, reviews_now=n) for n in (1, 20, 400))
    assert 0 <= few < some < many <= 100
    assert some == pytest.approx(DEFAULT.parts["stars"].ramp(0.2))


@given(st.integers(1, 200), st.data())
@settings(max_examples=40)
def test_a_satisfaction_missed_is_missed_by_the_whole_interval(asked, data):
    satisfied = data.draw(st.integers(0, asked))
    high = stats.binomtest(satisfied, asked).proportion_ci(method="wilson").high
    missed = score("satisfaction", satisfied=satisfied, asked=asked) > 0
    assert missed == (high < 0.9 - 1e-12) == (trends.target(satisfied, asked, 0.9) == "missed")


def test_the_shops_own_target_counts():
    told = {"satisfied": 40, "asked": 50}
    assert score("satisfaction", **told, satisfaction_target=0.7) == 0
    assert score("satisfaction", **told, satisfaction_target=1.0) > score("satisfaction", **told)


def test_more_satisfied_than_asked_is_everybody():
    assert score("satisfaction", satisfied=99, asked=50) == 0


# -- sales count only beside support


@pytest.mark.parametrize(
    ("own", "support", "expected"),
    [
        ({"sales_before": 150, "sales_now": 100}, {"resolution_before": 10, "resolution_now": 15}, 100),
        ({"sales_before": 150, "sales_now": 100}, {"resolution_before": 15, "resolution_now": 10}, 0),
        ({"sales_before": 100, "sales_now": 150}, {"resolution_before": 10, "resolution_now": 15}, 0),
        ({"lifetime_before": 150, "lifetime_now": 100}, {"satisfied": 0, "asked": 400}, 100),
        ({"lifetime_before": 150, "lifetime_now": 100}, {"satisfied": 400, "asked": 400}, 0),
    ],
)
def test_a_falling_shop_speaks_only_with_falling_support(own, support, expected):
    assert score("value", **own, **support) == pytest.approx(expected, abs=1e-6)


def test_the_worse_of_two_signs_of_the_shop_is_the_one():
    support = {"resolution_before": 10, "resolution_now": 15}
    sales, both = {"sales_before": 110, "sales_now": 100}, {"lifetime_before": 150, "lifetime_now": 100}
    assert score("value", **sales, **support) < score("value", **sales, **both, **support)


# -- from parts to signals to the need


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 100)), min_size=4, max_size=4))
@settings(max_examples=50)
def test_the_need_is_scipys_power_mean(pairs):
    weights = dict(zip(DEFAULT.signals, (weight for weight, _ in pairs), strict=True))
    values = dict(zip(DEFAULT.signals, (value for _, value in pairs), strict=True))
    expected = stats.pmean(list(values.values()), 2, weights=list(weights.values()))
    assert scoring.need(values, replace(DEFAULT, signals=weights)) == pytest.approx(expected)


@given(st.lists(st.floats(0.1, 100), min_size=4, max_size=4))
@settings(max_examples=40)
def test_each_share_is_its_weight_times_its_square(values):
    signals = dict(zip(DEFAULT.signals, values, strict=True))
    total = sum(DEFAULT.signals[code] * value**2 for code, value in signals.items())
    expected = {code: 100 * DEFAULT.signals[code] * value**2 / total for code, value in signals.items()}
    assert scoring.contributions(signals) == pytest.approx(expected)


def test_a_signal_without_a_part_is_absent_and_not_calm():
    scores = scoring.part_scores(Inputs(breath=4))
    assert scoring.signal_scores(scores) == {
        "overload": 100, "feedback": None, "metrics": None, "growth": None,
    }  # fmt: skip
    assert scoring.need_of(scores) == 100


def test_parts_of_a_signal_are_weighed():
    scores = dict.fromkeys(DEFAULT.parts) | {"load": 100.0, "oldest": 0.0, "share": 0.0}
    assert scoring.signal_scores(scores)["overload"] == pytest.approx(300 / 7)


@given(inputs)
@settings(max_examples=40)
def test_the_range_is_that_of_nothing_and_of_all(given_):
    scores = scoring.part_scores(given_)
    low = scoring.need_of({code: 0.0 if value is None else value for code, value in scores.items()})
    high = scoring.need_of({code: 100.0 if value is None else value for code, value in scores.items()})
    assert scoring.need_range(scores) == (low, high)


@given(inputs, st.data())
@settings(max_examples=40)
def test_whatever_is_still_open_turns_out_inside_the_range(given_, data):
    scores = scoring.part_scores(given_)
    turned_out = {
        code: data.draw(st.floats(0, 100)) if value is None else value for code, value in scores.items()
    }
    low, high = scoring.need_range(scores)
    assert low - 1e-9 <= scoring.need_of(turned_out) <= high + 1e-9


def test_all_answered_the_range_is_a_point():
    scores = dict.fromkeys(DEFAULT.parts, 42.0)
    assert scoring.need_range(scores) == pytest.approx((42, 42))


def test_the_loudest_signal_is_not_drowned():
    """Three calm signals and one that shouts: a plain mean would say 22, and nobody would look."""
    loud = {"overload": 0.0, "feedback": 100.0, "metrics": 0.0, "growth": 0.0}
    assert scoring.need(loud) == pytest.approx(100 * math.sqrt(0.225))


@given(inputs)
@settings(max_examples=40)
def test_the_same_answers_are_the_same_score(given_):
    assert scoring.part_scores(given_) == scoring.part_scores(replace(given_))


@given(inputs, st.integers(2, 9))
@settings(max_examples=40)
def test_hours_or_minutes_until_solved_are_the_same(given_, factor):
    assume(given_.resolution_now)
    other = replace(
        given_,
        resolution_now=given_.resolution_now * factor,
        resolution_before=given_.resolution_before and given_.resolution_before * factor,
    )
    assert scoring.part_scores(other)["resolution"] == pytest.approx(
        scoring.part_scores(given_)["resolution"], abs=1e-9
    )


# -- measured


def test_one_measured_end_of_the_time_to_solve_is_not_mixed_with_a_remembered_one():
    told = Inputs(resolution_before=10, resolution_now=20, measured_resolution_now=99.0)
    assert scoring.resolution_times(told) == (10, 20)


def test_counted_weeks_scale_the_load_that_is_there():
    hours = replace(CALM, available_hours=10, measured_week=50, measured_weeks=(25, 50, 100, 200))
    assert scoring.last_loads(hours) == pytest.approx([0.25, 0.5, 1, 2])


@pytest.mark.parametrize("changes", [{"measured_weeks": ()}, {"measured_week": 0, "measured_weeks": (1, 2)}])
def test_without_counted_weeks_each_is_the_one_load(changes):
    assert len(set(scoring.last_loads(replace(BUSY, **changes)))) == 1


def test_a_log_of_nothing_is_a_load_of_nothing():
    assert scoring.load(replace(BUSY, measured_week=0)) == 0
