import datetime
import math

import pymannkendall
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from readiness import trends

series = st.lists(st.integers(0, 50), min_size=4, max_size=40)
longer = st.lists(st.integers(0, 50), min_size=13, max_size=40).filter(lambda values: len(set(values)) > 1)
days = st.lists(st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)), max_size=60)


def test_slope_of_sen_1968():
    assert trends.theil_sen([9, 15, 19, 20, 45, 55, 78], [1, 2, 3, 4, 10, 12, 18]) == 4


def test_slope_needs_two_times():
    with pytest.raises(ValueError, match="two different times"):
        trends.theil_sen([1, 2], [3, 3])


@given(series)
def test_slope_against_scipy(values):
    assert trends.theil_sen(values) == pytest.approx(stats.theilslopes(values)[0])


@pytest.mark.parametrize("rate", [-0.02, 0.0, 0.03])
def test_growth_rate_of_steady_growth(rate):
    assert trends.growth_rate([100 * math.exp(rate * week) for week in range(20)]) == pytest.approx(rate)


def test_growth_rate_bears_an_empty_week():
    assert trends.growth_rate([0, 1, 2, 4]) == pytest.approx(math.log(2))


@given(st.lists(st.integers(1, 99), min_size=4, max_size=20), st.integers(2, 9))
def test_growth_rate_has_no_unit(values, factor):
    assert trends.growth_rate([v * factor for v in values]) == pytest.approx(trends.growth_rate(values))


def test_kendall_small_example():
    kendall = trends.mann_kendall([10, 15, 14, 20])
    assert (kendall.s, kendall.s_max, kendall.exact) == (4, 6, True)
    assert kendall.p_rising == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("n", "s", "p"), [(5, 8, 0.04167), (8, 16, 0.03051), (10, 21, 0.03628), (12, 28, 0.03143)]
)
def test_exact_probabilities(n, s, p):
    assert trends._exact_p(n, s) == pytest.approx(p, abs=5e-6)


@given(st.lists(st.integers(0, 999), min_size=4, max_size=12, unique=True))
def test_exact_kendall_against_scipy(values):
    expected = stats.kendalltau(range(len(values)), values, method="exact", alternative="greater").pvalue
    assert trends.mann_kendall(values).p_rising == pytest.approx(expected)


@given(longer)
def test_normal_kendall_against_pymannkendall(values):
    expected = pymannkendall.original_test(values)
    kendall = trends.mann_kendall(values)
    assert (kendall.s, kendall.z) == (expected.s, pytest.approx(expected.z))


@given(series)
def test_falling_is_rising_read_backwards(values):
    forwards, backwards = trends.mann_kendall(values), trends.mann_kendall(values[::-1])
    assert forwards.s == -backwards.s
    assert forwards.p_rising == pytest.approx(backwards.p_falling)


def test_a_level_series_shows_nothing():
    kendall = trends.mann_kendall([5] * 9)
    assert (kendall.s, kendall.z, kendall.p_rising) == (0, 0.0, 0.5)


def test_words_follow_the_number_of_weeks():
    assert trends.verdict([1, 2, 3])[0] == trends.NOT_ENOUGH
    assert trends.verdict([1, 2, 3, 4])[:2] == (trends.DIRECTION_ONLY, "rising")
    assert trends.verdict([4, 3, 2, 2])[:2] == (trends.DIRECTION_ONLY, "falling")
    assert trends.verdict([4, 4, 4, 4])[:2] == (trends.DIRECTION_ONLY, "level")
    assert trends.verdict(list(range(8)))[0] == trends.STRONG


def test_only_the_bad_direction_counts():
    falling = list(range(10, 0, -1))
    assert trends.verdict(falling, bad="rising")[0] == trends.NONE
    assert trends.verdict(falling, bad="falling")[0] == trends.STRONG


def test_words_for_evidence():
    assert [trends.evidence(p) for p in (0.009, 0.03, 0.2)] == [trends.STRONG, trends.SOME, trends.NONE]


def test_holm_by_hand():
    assert trends.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert trends.holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_never_helps(ps):
    assert all(adjusted >= p for adjusted, p in zip(trends.holm(ps), ps, strict=True))


def test_wilson_reference_values():
    assert trends.wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert trends.wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    assert trends.wilson(0, 0) == (0, 1)


@given(st.integers(1, 400), st.data())
def test_wilson_against_scipy(n, data):
    good = data.draw(st.integers(0, n))
    expected = stats.binomtest(good, n).proportion_ci(method="wilson")
    assert trends.wilson(good, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_target_is_decided_by_the_whole_interval():
    assert trends.target(50, 100, 0.9) == "missed"
    assert trends.target(399, 400, 0.9) == "met"
    assert trends.target(8, 10, 0.9) == "open"


def test_few_ratings_are_pulled_to_the_base():
    assert trends.shrunk_mean(3.0, 0, base=4.6, strength=20) == 4.6
    assert trends.shrunk_mean(3.0, 20, base=4.6, strength=20) == pytest.approx(3.8)


def test_whole_weeks_drop_both_ends_and_fill_the_gap():
    monday = datetime.date(2024, 1, 1)
    dates = [monday + datetime.timedelta(days=d) for d in (6, 7, 9, 23, 30)]
    assert trends.whole_weeks(dates) == [
        (datetime.date(2024, 1, 8), 2),
        (datetime.date(2024, 1, 15), 0),
        (datetime.date(2024, 1, 22), 1),
    ]


def test_whole_months_cross_a_year():
    dates = [datetime.date(2023, 11, 30), datetime.date(2023, 12, 31), datetime.date(2024, 2, 1)]
    assert trends.whole_months(dates) == [(datetime.date(2023, 12, 1), 1), (datetime.date(2024, 1, 1), 0)]


@given(days, st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant(dates, random):
    other = list(dates)
    random.shuffle(other)
    assert trends.whole_weeks(other) == trends.whole_weeks(dates)


def test_open_cases_are_censored_not_dropped():
    closed = [(1, True), (2, True), (3, True)]
    assert trends.censored_median(closed) == 2
    assert trends.censored_median([*closed, (9, False), (9, False)]) == 3
    assert trends.censored_median([(1, True), (9, False), (9, False)]) is None
    assert trends.censored_median([]) is None


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_median_without_open_cases_is_a_median(lengths):
    found = trends.censored_median([(length, True) for length in lengths])
    assert found == sorted(lengths)[(len(lengths) - 1) // 2]
