"""Weekly series: what an export hides, against brute force and other programs; drawings; reasons in their order."""

import datetime
import itertools
import math
import random
from dataclasses import replace
from statistics import median

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from readiness import charts, measured, reasons, scoring, staffing, trends
from readiness.scoring import DEFAULT, Inputs
from readiness.tally import Tally
from tests.readiness import logs
from tests.readiness.answers import BUSY, CALM, inputs
from tests.readiness.test_reasons import case, codes

HOUR, DAY, WEEK = (datetime.timedelta(**{unit: 1}) for unit in ("hours", "days", "weeks"))
MONDAY = datetime.date(2024, 1, 1)


def of(counts, shape="events", **options):
    return measured.summarise(logs.cases_by_week(counts, **options), shape=shape)


# -- weeks and months


@given(st.lists(st.dates(datetime.date(2022, 1, 1), datetime.date(2024, 12, 31)), min_size=1, max_size=50))
@settings(max_examples=40)
def test_whole_weeks_count_each_day_between_the_ends_once(dates):
    weeks = trends.whole_weeks(dates)
    first, last = (trends.week_of(end(dates)) for end in (min, max))
    inner = [day for day in dates if first + WEEK <= day < last]
    assert sum(count for _, count in weeks) == len(inner)
    assert [monday for monday, _ in weeks] == [first + n * WEEK for n in range(1, (last - first).days // 7)]


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31)))
@settings(max_examples=40)
def test_a_day_belongs_to_its_monday_and_its_first(day):
    assert trends.week_of(day).isocalendar()[:2] == day.isocalendar()[:2]
    assert trends.week_of(day).weekday() == 0
    assert (trends.month_of(day).month, trends.month_of(day).day) == (day.month, 1)


@pytest.mark.parametrize("dates", [[], [MONDAY], [MONDAY, MONDAY + 6 * DAY], [MONDAY, MONDAY + 7 * DAY]])
def test_without_a_week_between_there_is_none(dates):
    assert trends.whole_weeks(dates) == []


def test_months_of_every_length_follow_each_other():
    dates = [datetime.date(2024, month, 28) for month in range(1, 13)]
    assert [month.month for month, _ in trends.whole_months(dates)] == list(range(2, 12))


# -- how large and how sure


@given(st.lists(st.integers(0, 40), min_size=3, max_size=25), st.integers(1, 9), st.integers(-50, 50))
@settings(max_examples=40)
def test_the_slope_turns_and_moves_with_the_series(values, factor, shift):
    slope = trends.theil_sen(values)
    assert trends.theil_sen([factor * v + shift for v in values]) == pytest.approx(factor * slope)
    assert trends.theil_sen(values[::-1]) == pytest.approx(-slope)


def test_one_wild_week_moves_the_slope_little():
    steady = [20 + week for week in range(21)]
    wild = [*steady[:18], 4000, *steady[19:]]
    assert trends.theil_sen(wild) == pytest.approx(1, abs=0.2)
    assert stats.linregress(range(21), wild).slope > 30  # what a straight line by least squares would say


@pytest.mark.parametrize(("n", "most"), [(0, 0), (1, 0), (2, 1), (5, 10), (12, 66), (13, 78)])
def test_the_largest_possible_s(n, most):
    kendall = trends.mann_kendall(list(range(n)))
    assert (kendall.s, kendall.s_max) == (most, most)


@pytest.mark.parametrize("n", range(2, 7))
def test_exact_probabilities_are_those_of_all_orders(n):
    all_s = [
        sum((b > a) - (b < a) for a, b in itertools.combinations(order, 2))
        for order in itertools.permutations(range(n))
    ]
    for s in set(all_s):
        assert trends._exact_p(n, s) == pytest.approx(sum(each >= s for each in all_s) / len(all_s))
    assert trends._exact_p(n, -n * n) == 1
    assert sum(trends._orders_by_inversions(n)) == math.factorial(n)


def test_one_tie_makes_it_normal_and_twelve_without_are_exact():
    assert trends.mann_kendall(list(range(12))).exact is True
    assert trends.mann_kendall([0, 0, *range(2, 12)]).exact is False
    assert trends.mann_kendall(list(range(13))).exact is False


@given(st.lists(st.integers(0, 9), min_size=8, max_size=30))
@settings(max_examples=40)
def test_ties_only_take_variance_away(values):
    ties = [values.count(v) for v in set(values) if values.count(v) > 1]
    assert 0 <= trends._variance(len(values), ties) <= trends._variance(len(values), [])


@pytest.mark.parametrize(
    ("p", "word"),
    [(0, "strong"), (0.01, "strong"), (0.0101, "some"), (0.05, "some"), (0.0501, "none"), (1, "none")],
)
def test_the_edges_of_the_words(p, word):
    assert trends.evidence(p) == word


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
@settings(max_examples=40)
def test_holm_is_holm(ps):
    """By the definition: the largest of (m - j) p(j) over all that are as small."""
    ordered = sorted(ps)
    for p, adjusted in zip(ps, trends.holm(ps), strict=True):
        upto = len(ordered) - ordered[::-1].index(p)
        expected = max(min(1, (len(ps) - j) * ordered[j]) for j in range(upto))
        assert adjusted == pytest.approx(expected)


@given(st.integers(1, 300), st.data(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
@settings(max_examples=40)
def test_surer_is_wider_and_more_answers_narrower(n, data, confidence):
    good = data.draw(st.integers(0, n))
    low, high = trends.wilson(good, n, confidence=confidence)
    wider = trends.wilson(good, n, confidence=0.999)
    more = trends.wilson(4 * good, 4 * n, confidence=confidence)
    assert wider[0] <= low <= good / n <= high <= wider[1]
    assert more[1] - more[0] < high - low


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=30))
@settings(max_examples=40)
def test_the_median_of_open_cases_is_scipys(durations):
    assume(any(finished for _, finished in durations))
    data = stats.CensoredData(
        uncensored=[length for length, done in durations if done],
        right=[length for length, done in durations if not done],
    )
    curve = stats.ecdf(data).sf
    below = [q for q, p in zip(curve.quantiles, curve.probabilities, strict=True) if p <= 0.5 + 1e-9]
    assert trends.censored_median(durations) == (min(below) if below else None)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=20), st.integers(61, 99))
@settings(max_examples=30)
def test_an_open_case_never_makes_it_look_faster(lengths, still):
    closed = [(length, True) for length in lengths]
    with_open = trends.censored_median([*closed, (still, False)])
    assert with_open is None or with_open >= trends.censored_median(closed)


# -- what an export hides


@pytest.mark.parametrize(("days", "cut"), [(13, False), (14, False), (15, True), (60, True)])
def test_a_log_is_cut_when_cases_end_long_after_the_last_begins(days, cut):
    cases = logs.cases_by_week([*[20] * 20, 1, 0, 0])
    begun = max(created for created, _ in cases)
    cases[-1] = (begun, begun + days * DAY)
    assert measured.summarise(cases, shape="events")["cut"] is False  # its thin week is the partial last one
    thin = logs.cases_by_week([*[20] * 20, 1, 1])
    begun = max(created for created, _ in thin)
    thin[-1] = (begun, begun + days * DAY)
    assert measured.summarise(thin, shape="events")["cut"] is cut


def test_a_cut_never_takes_more_than_leaves_eight_weeks():
    weeks = [(MONDAY + n * WEEK, count) for n, count in enumerate([100] * 4 + [1] * 9)]
    kept = measured._without_cut(weeks, logs.START, logs.START + 90 * DAY)
    assert len(kept) >= trends.TEST_FROM


def test_a_week_of_six_tenths_is_not_thin():
    weeks = [(MONDAY + n * WEEK, 10) for n in range(12)] + [(MONDAY + 12 * WEEK, 6)]
    assert measured._without_cut(weeks, logs.START, logs.START + 90 * DAY) == weeks
    thinner = [*weeks[:-1], (MONDAY + 12 * WEEK, 5)]
    assert measured._without_cut(thinner, logs.START, logs.START + 90 * DAY) == weeks[:-1]


@pytest.mark.parametrize(("hours", "only"), [(3, False), (24, False), (24 * 4, True), (24 * 20, True)])
def test_only_closed_ones_show_where_several_would_be_open(hours, only):
    """Twenty a week that take four days each: eleven are open at any time, and none is in the file."""
    assert measured.closed_only(Tally.of(logs.cases_by_week([20] * 20, hours=lambda week: hours))) is only


def test_one_moment_is_no_span():
    assert measured.closed_only(Tally.of([(logs.START, logs.START + 90 * DAY)] * 9)) is False
    assert measured.by_close_date(Tally.of([(logs.START, logs.START + HOUR)] * 9)) is False


def test_an_honest_log_is_not_called_chosen_by_its_end():
    for seed in range(5):
        draw = random.Random(seed)
        cases = [
            (first, first + draw.expovariate(1 / 30) * HOUR) for first, _ in logs.cases_by_week([12] * 25)
        ]
        assert measured.by_close_date(Tally.of(cases)) is False


@pytest.mark.parametrize("flag", ["closed_only", "by_close_date"])
def test_what_an_export_hides_gives_no_growth_and_no_time(flag):
    flags = {"closed_only": False, "by_close_date": False} | {flag: True}
    assert measured._growth([5] * 20, flags)["evidence"] == "refused"
    weeks = list(Tally.of(logs.cases_by_week([12] * 40)).weeks().items())
    found = measured._measured(weeks, flags)
    assert set(found) == {"measured_week", "measured_weeks"}


@pytest.mark.parametrize(
    ("weeks", "known"),
    [(3, set()), (4, {"measured_week", "measured_weeks"}), (7, {"measured_week", "measured_weeks"}),
     (8, {"measured_week", "measured_weeks", "measured_growth"})],
)  # fmt: skip
def test_what_a_number_of_whole_weeks_can_carry(weeks, known):
    assert set(of([9] * (weeks + 2))["measured"]) == known


def test_a_normal_week_is_the_median_of_the_last_eight():
    counts = [99] * 20 + [1, 2, 3, 4, 50, 60, 70, 80]
    assert of([5, *counts, 5])["measured"]["measured_week"] == median(counts[-8:]) == 27


def test_growth_is_that_of_the_last_half_year():
    found = of([5, *[200 - n for n in range(40)], *[50 + 3 * n for n in range(26)], 5])
    assert (found["direction"], found["evidence"]) == ("rising", "strong")
    assert found["growth"] == pytest.approx(trends.growth_rate([50 + 3 * n for n in range(26)]))


@given(st.lists(st.integers(1, 12), min_size=3, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_the_cases_is_irrelevant(counts, draw):
    cases = logs.cases_by_week(counts)
    other = list(cases)
    draw.shuffle(other)
    assert measured.summarise(other, shape="events") == measured.summarise(cases, shape="events")


@given(st.lists(st.integers(0, 9), min_size=3, max_size=12))
@settings(max_examples=20)
def test_every_case_is_in_the_count_and_every_whole_week_in_the_series(counts):
    assume(any(counts))
    found = of(counts)
    assert found["cases"] == sum(counts)
    assert all(count >= 0 for _, count, _ in found["weeks"])
    assert sum(count for _, count, _ in found["weeks"]) <= sum(counts)


def test_a_case_that_ends_with_its_beginning_took_no_time():
    found = of([9] * 12, hours=lambda week: 0)
    assert [hours for _, _, hours in found["weeks"]] == [0] * 10
    assert "measured_resolution_now" not in found["measured"]  # no ratio of nothing


# -- staffing beyond its references


@given(st.floats(0.1, 500), st.floats(0.05, 0.9), st.floats(0.1, 1))
@settings(max_examples=40)
def test_paid_hours_are_never_fewer_than_the_work(work, shrinkage, occupancy):
    paid = staffing.paid_hours(work, shrinkage=shrinkage, occupancy=occupancy)
    assert paid >= work
    assert paid * (1 - shrinkage) * occupancy == pytest.approx(work)


@given(st.floats(0, 99), st.floats(0, 99), st.floats(0.1, 99), st.integers(1, 30))
@settings(max_examples=40)
def test_a_backlog_is_cleared_in_the_time_that_was_said(backlog, arrivals, more, periods):
    capacity = arrivals + more
    left = backlog
    for _ in range(periods):
        left = staffing.backlog_after(left, arrivals=arrivals, capacity=capacity)
    clear = staffing.time_to_clear(backlog, arrivals=arrivals, capacity=capacity)
    assert (left <= 1e-6) == (clear <= periods + 1e-6) or abs(clear - periods) < 1e-6


@pytest.mark.parametrize("servers", [1, 2, 7])
def test_one_responder_waits_as_a_single_queue_does(servers):
    """With one, Erlang C is the load itself; the chance to be late falls as exp(-(mu - lambda) d)."""
    if servers == 1:
        assert staffing.erlang_c(1, 0.6) == pytest.approx(0.6)
    late = [
        staffing.late_probability(arrivals=0.6 * servers, capacity=1, deadline=d, responders=servers)
        for d in (0, 1, 2)
    ]
    assert late[1] / late[0] == pytest.approx(math.exp(-0.4 * servers))
    assert late[2] / late[1] == pytest.approx(math.exp(-0.4 * servers))


@given(st.floats(0.05, 40), st.floats(0.5, 0.99))
@settings(max_examples=30)
def test_people_needed_are_enough_and_one_fewer_is_not(traffic, share):
    n = staffing.people_needed(traffic, handle_time=180, within=20, share=share)
    level = [staffing.service_level(k, traffic, handle_time=180, within=20) for k in (n - 1, n)]
    assert level[0] < share <= level[1]


# -- drawings


@given(st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=130))
@settings(max_examples=30)
def test_bars_stand_in_order_beside_each_other_and_the_table_has_all(values):
    rows = [[(MONDAY + n * WEEK).isoformat(), value] for n, value in enumerate(values)]
    drawn = charts.bars(rows)
    if drawn is None:
        assert not any(values[-charts.MOST :])
        return
    ends = [(bar["x"], bar["x"] + bar["width"]) for bar in drawn["bars"]]
    assert all(one[1] <= two[0] + 0.03 for one, two in itertools.pairwise(ends))
    assert [value for _, value in drawn["rows"]] == values[-charts.MOST :]
    assert len(drawn["bars"]) == sum(bool(value) for value in values[-charts.MOST :])


# -- reasons


@given(inputs)
@settings(max_examples=40)
def test_reasons_are_three_at_most_and_none_is_repeated_against(given_):
    told = case(given_)
    for_it, against = codes(reasons.strongest(told)), codes(reasons.against(told))
    assert len(for_it) == len(set(for_it)) <= 3
    assert len(against) == 1
    assert not set(for_it) & set(against)


@given(inputs)
@settings(max_examples=40)
def test_the_order_is_that_of_what_each_part_adds_to_the_need(given_):
    told = case(given_)
    weight = {
        code: part.weight * DEFAULT.signals[part.signal] / reasons._parts_weight(told, part.signal)
        for code, part in DEFAULT.parts.items()
    }
    loud = [weight[code] * told.facts.scores[code] ** 2 for code in reasons._loudest(told)]
    assert loud == sorted(loud, reverse=True)
    assert all(told.facts.scores[code] >= DEFAULT.loud for code in reasons._loudest(told))
    assert all(told.facts.scores[code] < DEFAULT.quiet for code in reasons._calmest(told))


@pytest.mark.parametrize(
    ("changes", "against"),
    [
        ({"afford": "some", "ratings": "worse"}, "some_hours"),
        ({"afford": None, "ratings": "worse"}, "pay_unknown"),
        ({"ratings": "worse"}, "takes_time"),
        ({"ratings": "better"}, "ratings"),
        ({"breath": 1, "ratings": "worse"}, "breath"),
    ],
)
def test_what_a_careful_friend_would_say(changes, against):
    assert codes(reasons.against(case(replace(BUSY, oldest_days=9), **changes))) == [against]


def test_with_nothing_else_to_say_it_is_to_look_again():
    assert codes(reasons.against(case(CALM))) == ["look_again"]
    assert reasons.against(case(CALM))[0].numbers == {"weeks": DEFAULT.weeks_ahead}


@pytest.mark.parametrize("changes", [{"afford": "no"}, {"support_hours": 13}])
def test_a_bridge_says_what_keeps_it_from_being_a_hire(changes):
    told = case(**changes)
    assert told.recommendation == "bridge"
    assert set(codes(reasons.blockers(told))) <= set(codes(reasons.strongest(told)))


def test_a_reason_about_hours_unknown_has_no_enabler():
    unknown = Inputs(breath=4, ratings="much_worse", trend="much_more", afford="some")
    assert codes(reasons.enablers(case(unknown))) == []
    assert scoring.hours_to_hand_over(unknown) is None
