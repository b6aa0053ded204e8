import csv
import datetime
import json

import pytest

from readiness import measured, trends
from readiness.tally import Tally
from tests.readiness import logs
from tests.sample_data import sample

HOUR = datetime.timedelta(hours=1)


def of(counts, shape="events", **options):
    return measured.summarise(logs.cases_by_week(counts, **options), shape=shape)


def test_first_and_last_week_are_dropped():
    assert [count for _, count, _ in of([9, 4, 5, 6, 2])["weeks"]] == [4, 5, 6]


def test_a_log_without_a_case():
    with pytest.raises(ValueError, match="without a case"):
        measured.summarise([], shape="events")


def test_growth_of_a_known_log():
    """Twenty cases, then one more each week: always rising, and by a known median rate."""
    found = of([20 + week for week in range(30)])
    assert (found["evidence"], found["direction"]) == (trends.STRONG, "rising")
    assert found["growth"] == pytest.approx(trends.growth_rate([23 + week for week in range(26)]))
    assert found["measured"]["measured_week"] == 44.5
    assert found["measured"]["measured_weeks"] == [45, 46, 47, 48]


def test_few_weeks_say_little():
    assert of([5, 5, 5, 5])["evidence"] == trends.NOT_ENOUGH
    few = of([5, 5, 6, 7, 8, 5])
    assert (few["evidence"], few["direction"]) == (trends.DIRECTION_ONLY, "rising")
    assert "measured_growth" not in few["measured"]
    assert few["measured"]["measured_week"] == 6.5


def test_a_cut_log_loses_its_thin_end():
    found = measured.summarise(logs.growing_and_cut(), shape="events")
    assert found["cut"] is True
    assert [count for _, count, _ in found["weeks"]] == [20 + week for week in range(1, 40)]
    assert found["dropped_weeks"] == 1
    assert found["evidence"] == trends.STRONG


def test_a_quiet_end_is_no_cut():
    assert of([20] * 20 + [5, 2])["cut"] is False


def test_only_closed_tickets_refuse_the_growth():
    found = of([20] * 20, shape="tickets", hours=lambda week: 24 * 10)
    assert (found["closed_only"], found["evidence"], found["growth"]) == (True, "refused", None)
    assert set(found["measured"]) == {"measured_week", "measured_weeks"}


def test_quickly_solved_tickets_may_all_be_closed():
    assert of([20] * 20, shape="tickets", hours=lambda week: 3)["closed_only"] is False


def test_open_tickets_show_that_it_is_not_only_closed():
    cases = logs.cases_by_week([20] * 20, hours=lambda week: 240)
    cases[-1] = (cases[-1][0], None)
    assert measured.closed_only(Tally.of(cases)) is False
    assert measured.closed_only(Tally.of([(logs.START, logs.START + HOUR)])) is False


def test_chosen_by_the_day_of_closing_refuses_the_growth():
    cases = logs.cases_by_week([20] * 30, hours=lambda week: 24)
    slow = logs.cases_by_week([4] * 30, hours=lambda week: 24 * 40)
    since = logs.START + 10 * logs.WEEK
    found = measured.summarise([c for c in cases + slow if c[1] >= since], shape="events")
    assert (found["by_close_date"], found["evidence"]) == (True, "refused")
    assert measured.by_close_date(Tally.of(cases)) is False


def test_slower_weeks_are_measured_by_when_they_began():
    found = of([12] * 40, hours=lambda week: 10 if week < 31 else 20)["measured"]
    assert found["measured_resolution_before"] == pytest.approx(10)
    assert found["measured_resolution_now"] == pytest.approx(20)


def test_open_tickets_count_as_still_running():
    cases = [
        (created, None if n % 3 else ended)
        for n, (created, ended) in enumerate(logs.cases_by_week([12] * 20))
    ]
    found = measured.summarise(cases, shape="tickets")
    assert found["open"] == 160
    assert found["weeks"][0][2] is None


def test_when_customers_wrote():
    found = of([7] * 4)["heat"]
    assert ([len(hours) for hours in found], sum(map(sum, found))) == ([24] * 7, 28)
    assert found[0][9] == 4  # the first of each week comes on Monday at nine


def test_the_numbers_fit_in_json():
    found = of([9, 4, 5, 6, 2, 3, 3, 3, 3, 3, 3])
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_months_of_a_generated_log():
    """Months of the cut log in which each whole month had more cases than the one before."""
    found = measured.summarise(logs.cases_by_week([20 + week for week in range(80)]), shape="events")[
        "months"
    ]
    n = len(found["rows"])
    assert found["s"] > 0.9 * n * (n - 1) / 2
    assert found["slope"] == pytest.approx(19, abs=3)


@pytest.mark.sample_data
def test_the_real_log():
    path = sample("helpdesk_log.csv")
    cases = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            when = datetime.datetime.fromisoformat(row["CompleteTimestamp"])
            first, last = cases.get(row["CaseID"], (when, when))
            cases[row["CaseID"]] = (min(first, when), max(last, when))
    found = measured.summarise(list(cases.values()), shape="events")
    months = found["months"]
    assert (found["cases"], len(months["rows"]), months["s"]) == (3804, 31, 252)
    assert months["z"] == pytest.approx(4.267950, abs=5e-7)
    assert months["slope"] == pytest.approx(3.666667, abs=5e-7)
    assert (found["cut"], found["evidence"]) == (True, trends.STRONG)
