"""The first day and the meetings with an hour, in the calendars of those who are there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts import agenda, feed
from hiring import busy
from onboarding import arrivals, in_calendars, plans, steps
from onboarding.models import Onboarding, Step
from tests.factories import make_member
from tests.hiring.calendars import unfolded
from tests.onboarding.factories import MONDAY, make_onboarding, step_of

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def plan(plan, company):
    company.timezone = "Europe/Helsinki"
    company.save()
    return plan


def at(hour, minute=0, day=7):
    return datetime(2026, 12, day, hour, minute, tzinfo=HELSINKI)


def of(*members, days=2):
    return agenda.of(list(members), at(0), at(0) + timedelta(days=days))


def titles(*members, **span):
    return [entry.title for entry in of(*members, **span)]


FIRST = ["First day of Sara", "Welcome: meet and settle in (Sara)"]
WALK = "See how an order travels: shop, packing, shipping, returns (Sara)"


def test_the_managers_day(plan, owner):
    entries = of(owner, days=1)
    assert sorted(entry.title for entry in entries) == sorted([*FIRST, WALK])
    block = next(entry for entry in entries if entry.kind == "first_day")
    assert (block.start, block.end, block.busy) == (at(9), at(17), True)


def test_the_new_colleagues_own(plan, hire):
    assert sorted(titles(hire, days=1)) == sorted(["First day at Lumi", FIRST[1], WALK])


def test_no_interview_over_it(plan, owner, interviewer):
    """The meetings lie inside the block; all of it is taken for who books interviews."""
    spans = busy.of([owner], at(0), at(23))
    assert (min(spans)[0], max(end for _start, end in spans)) == (at(9), at(17))
    assert (at(9), at(17)) in spans
    assert busy.of([owner], at(17), at(23)) == []
    assert busy.of([interviewer], at(0), at(23)) == []


def test_a_buddy_has_the_meetings_with_the_buddy(plan, interviewer):
    Onboarding.objects.update(buddy=interviewer)
    Step.objects.filter(key="mails_read").update(at="13:00", due_on=MONDAY)
    assert titles(interviewer) == ["Go through 15 answered customer e-mails together (Sara)"]


def test_others_and_other_companies_have_none_of_it(plan, interviewer, rival, company):
    other = make_member(company, "hire")
    assert [titles(member, days=100) for member in (interviewer, rival, other)] == [[], [], []]


def test_what_was_left_out_is_not_held(plan, owner):
    steps.leave_out(step_of(plan, "welcome"), by=owner)
    assert sorted(titles(owner, days=1)) == sorted([FIRST[0], WALK])


def test_an_ended_plan_takes_nobodys_time(plan, owner):
    plans.cancel(plan, by=owner, reason="No")
    assert titles(owner, days=100) == []


def test_moved_it_is_the_same_entry_on_another_day(plan, owner):
    def block():
        return next(entry for entry in of(owner, days=30) if entry.kind == "first_day")

    before = block()
    arrivals.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
    after = block()
    assert (after.uid, after.start) == (before.uid, at(9, day=14))


@pytest.mark.parametrize(
    ("begins", "until", "hours"), [("10:00", "16:00", 6), ("12:00", "12:00", 8), ("18:00", "17:00", 8)]
)
def test_how_long_it_is(plan, owner, begins, until, hours):
    Onboarding.objects.update(start_time=begins, ask_until=until)
    block = next(entry for entry in of(owner) if entry.kind == "first_day")
    assert block.end - block.start == timedelta(hours=hours)


def test_the_hours_are_the_new_colleagues(plan, hire, owner):
    hire.user.timezone = "America/New_York"
    hire.user.save()
    block = next(entry for entry in of(owner) if entry.kind == "first_day")
    assert block.start == datetime(2026, 12, 7, 14, tzinfo=UTC)


def test_in_the_feed_of_a_new_hire(plan, hire, client):
    address = feed.renew(hire, seen=0).removeprefix("http://localhost:8000")
    lines = unfolded(client.get(address).content)
    assert "SUMMARY:First day at Lumi" in lines
    assert "DTSTART;TZID=Europe/Helsinki:20261207T090000" in lines
    assert len([line for line in lines if line.startswith("TRANSP:TRANSPARENT")]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_three_queries_for_any_number(company, owner, clock, rows, django_assert_num_queries):
    clock.move_to("2026-11-20 08:00 +0000")
    for _ in range(rows):
        make_onboarding(company, make_member(company, "hire"), owner)
    with django_assert_num_queries(3):
        assert len(list(in_calendars.entries([owner], at(0), at(23)))) == rows * 3
