"""Several files of one kind: which speaks for which week, where they hang together, and what is asked."""

import datetime

import pytest

from readiness import measured, shopdata, weekly
from readiness.tally import Tally, median
from tests.readiness import logs

MONDAY = datetime.date(2024, 1, 1)


def log(counts, *, start=logs.START, hours=30):
    return measured.log_of(
        Tally.of(logs.cases_by_week(counts, start=start, hours=lambda week: hours)), shape="events"
    )


def counts(series):
    return [count for _, count, _ in series["weeks"]]


def test_one_file_says_what_it_says_alone():
    one = log([5, 6, 7, 8, 9])
    assert measured.together([one]) is one.series


def test_of_weeks_that_both_have_the_file_in_front_counts():
    front, behind = log([5] * 8), log([9] * 10)
    assert counts(measured.together([front, behind])) == [5] * 6 + [9] * 2
    assert counts(measured.together([behind, front])) == [9] * 8


def test_what_neither_has_ends_the_series():
    old, new = log([5] * 6), log([7] * 6, start=logs.START + 20 * logs.WEEK)
    series = measured.together([old, new])
    assert (counts(series), series["gap"]) == ([7] * 4, True)


def test_two_halves_of_a_week_are_one():
    cut = logs.START + 5 * logs.WEEK + datetime.timedelta(days=3)
    cases = logs.cases_by_week([14] * 10)
    parts = [[c for c in cases if c[0].date() < cut.date()], [c for c in cases if c[0].date() >= cut.date()]]
    both = [measured.log_of(Tally.of(part), shape="events") for part in parts]
    assert counts(measured.together(both)) == counts(log([14] * 10).series)


def test_together_in_any_order_without_an_overlap():
    one, two = log([5] * 6), log([7] * 6, start=logs.START + 4 * logs.WEEK)
    assert counts(measured.together([one, two])) == counts(measured.together([two, one]))


def test_an_overlap_is_of_whole_weeks():
    one, two = log([5] * 6), log([7] * 6, start=logs.START + 3 * logs.WEEK)
    assert weekly.overlap(one.series, two.series) == [MONDAY + datetime.timedelta(weeks=4)]


def test_one_flag_is_enough():
    one, two = log([5] * 6), log([7] * 6, start=logs.START + 4 * logs.WEEK)
    one.series["closed_only"] = True
    found = measured.together([one, two])
    assert (found["closed_only"], found["evidence"]) == (True, "refused")


def test_weeks_of_a_shop_are_added_up():
    one, two = shopdata.OrderWeek(2, 500, 2, 1, 1, 1), shopdata.OrderWeek(1, 100, 1)
    assert one.plus(two) == shopdata.OrderWeek(3, 600, 3, 1, 1, 1)
    assert shopdata.ReviewWeek(1, 500).plus(shopdata.ReviewWeek(1, 200, 1)).shown() == (2, 3.5)


@pytest.mark.parametrize(
    ("closed", "waiting", "found"),
    [
        ([[1, 10], [1, 20]], [], 10),
        ([[1, 10], [1, 20], [1, 30]], [], 20),
        ([[1, 10], [1, 20]], [[2, 15]], 20),
        ([], [[3, 5]], None),
        ([[2, 10]], [[2, 5]], 10),
    ],
)
def test_the_median_counts_what_waits(closed, waiting, found):
    assert median(closed, waiting) == found
