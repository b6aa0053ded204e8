"""When I am free: one's own page, one's own hours."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts import conflicts, undoing
from hiring import free_hours
from hiring.models import FreeHours
from tests.hiring.acts import text
from tests.hiring.booked import MONDAY, hours

pytestmark = pytest.mark.django_db
PAGE = "/hiring/free-hours/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def mine(manager, sign_in):
    return sign_in(manager)


def typed(**changes):
    week = {f"day_{n}": "9:00-17:00" if n < 5 else "" for n in range(7)}
    numbers = {"before": "15", "after": "15", "notice_hours": "24", "days_ahead": "14"}
    return week | numbers | {"zone": "Europe/Helsinki", "seen": "0"} | changes


def kept() -> FreeHours:
    return FreeHours.objects.get()


class TestTheStandard:
    def test_is_office_hours_in_the_shops_zone(self, manager):
        manager.company.timezone = "Africa/Cairo"
        found = free_hours.of([manager])[0]
        assert (found.zone, found.week[4], found.week[5]) == (ZoneInfo("Africa/Cairo"), ((540, 1020),), ())
        assert (found.before, found.after, found.notice, found.ahead) == (15, 15, 24, 14)

    def test_is_shown_and_not_saved(self, mine):
        page = text(mine.get(PAGE))
        assert ('value="9:00-17:00"' in page, "usual office hours" in page) == (True, True)
        assert not FreeHours.objects.exists()

    def test_a_zone_that_is_no_more_is_utc(self, manager):
        manager.company.timezone = "Mars/Base"
        assert free_hours.of([manager])[0].zone == ZoneInfo("UTC")

    def test_several_are_looked_up_at_once_in_their_order(self, manager, owner, django_assert_num_queries):
        free_hours.keep(owner, values=hours(before=0))
        with django_assert_num_queries(1):
            found = free_hours.of([manager, owner])
        assert [each.before for each in found] == [15, 0]


class TestKeeping:
    def test_takes_the_week_the_zone_and_the_numbers(self, mine):
        answer = mine.post(PAGE, typed(day_0="8-12, 13:30-16", day_5="10-11", before="5"))
        row = kept()
        assert (answer.status_code, row.week[0], row.week[5], row.week[6]) == (
            302,
            [[480, 720], [810, 960]],
            [[600, 660]],
            [],
        )
        assert (row.zone, row.before, row.revision) == ("Europe/Helsinki", 5, 1)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"day_0": "nine"},
            {"day_0": "17-9"},
            {"day_0": "9-17\x00"},
            {"day_0": "x" * 200},
            {"zone": "Mars/Base"},
            {"zone": ""},
            {"before": "-1"},
            {"after": "999"},
            {"notice_hours": ""},
            {"days_ahead": "0"},
            {"off_until": "2026-12-24"},
            {"off_from": "2026-12-24", "off_until": "2026-12-20"},
            {"off_from": "2020-01-01"},
            {"off_from": "9999-12-31"},
            {"off_from": "never"},
        ],
    )
    def test_refuses_beside_the_field_and_keeps_what_was_typed(self, mine, wrong):
        answer = mine.post(PAGE, typed(day_1="7:15-8:15", **wrong))
        assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
        assert ("7:15-8:15" in text(answer), FreeHours.objects.exists()) == (True, False)

    def test_is_undone_within_the_minutes(self, mine, manager):
        mine.post(PAGE, typed(day_0=""))
        mine.post(PAGE, typed(day_0="10-11", seen="1"))
        mark = undoing.offered(kept(), "hours", manager)
        mine.post(reverse("hiring:free_hours_take_back") + f"?mark={mark}")
        assert (kept().week[0], kept().revision) == ([], 3)
        assert mine.post(reverse("hiring:free_hours_take_back") + f"?mark={mark}").status_code == 409

    def test_of_two_tabs_the_second_sees_both(self, mine):
        mine.post(PAGE, typed(day_0="8-9"))
        answer = mine.post(PAGE, typed(day_0="10-11"))
        assert (answer.status_code, kept().week[0]) == (409, [[480, 540]])
        assert "10-11" in text(answer)

    def test_is_ones_own_only(self, mine, owner, sign_in):
        mine.post(PAGE, typed(day_0="8-9"))
        assert 'value="8:00-9:00"' not in text(sign_in(owner).get(PAGE))

    def test_is_for_interviewers_too_and_not_for_new_hires(self, interviewer, hire, sign_in):
        assert sign_in(interviewer).post(PAGE, typed()).status_code == 302
        assert sign_in(hire).get(PAGE).status_code == 403

    def test_nobody_makes_two_first_ones(self, manager):
        free_hours.keep(manager, values=hours(), seen=0)
        with pytest.raises(conflicts.Changed):
            free_hours.keep(manager, values=hours(), seen=0)
        assert FreeHours.objects.count() == 1


class TestDaysOff:
    def test_are_added_and_taken_off_again(self, mine):
        mine.post(PAGE, typed(off_from="2026-12-24", off_until="2026-12-26"))
        mine.post(PAGE, typed(stays="2026-12-24/2026-12-26", off_from="2027-01-01", seen="1"))
        assert kept().days_off == [["2026-12-24", "2026-12-26"], ["2027-01-01", "2027-01-01"]]
        mine.post(PAGE, typed(stays="2027-01-01/2027-01-01", seen="2"))
        assert kept().days_off == [["2027-01-01", "2027-01-01"]]

    def test_stand_on_the_page_in_words(self, mine):
        mine.post(PAGE, typed(off_from="2026-12-24", off_until="2026-12-26"))
        page = text(mine.get(PAGE))
        assert "24 December 2026 to 26 December 2026" in page or "Dec. 24, 2026 to Dec. 26, 2026" in page

    def test_are_plain_days_for_the_offering(self, manager):
        free_hours.keep(manager, values=hours(days_off=[["2026-12-24", "2026-12-26"]]))
        assert free_hours.of([manager])[0].off == ((date(2026, 12, 24), date(2026, 12, 26)),)

    def test_that_went_in_another_tab_are_not_made_up_again(self, mine):
        assert mine.post(PAGE, typed(stays="2026-12-30/2026-12-31")).status_code == 302
        assert kept().days_off == []

    def test_that_are_over_are_forgotten(self, manager):
        old, new = [["2026-12-01", "2026-12-05"]], [["2026-12-01", "2026-12-06"]]
        assert free_hours.keep(manager, values=hours(days_off=old + new)).days_off == new

    def test_are_not_endless(self, mine, manager):
        days = [(date(2027, 1, 1) + timedelta(days=n)).isoformat() for n in range(free_hours.MOST_OFF)]
        free_hours.keep(manager, values=hours(days_off=[[day, day] for day in days]))
        stays = [f"{day}/{day}" for day in days]
        assert mine.post(PAGE, typed(stays=stays, off_from="2027-06-01", seen="1")).status_code == 422


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_with_more_people(n, mine, owner, interviewer, django_assert_num_queries):
    for member in [owner, interviewer][: n - 1]:
        free_hours.keep(member, values=hours())
    with django_assert_num_queries(5):
        mine.get(PAGE)
