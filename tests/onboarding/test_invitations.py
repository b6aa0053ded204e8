"""What calendars are told of meetings and first days, read back by a parser that is not ours."""

from datetime import UTC, datetime, time, timedelta
from email import policy
from email.parser import BytesParser

import pytest

from accounts import team
from config.celery import app
from mailroom.models import Mail, Notice
from onboarding import arrivals, invitations, meetings, plans, tasks
from onboarding.models import FirstDayCall, Meeting, Onboarding
from tests.factories import make_member
from tests.hiring.calendars import by_vobject, unfolded
from tests.onboarding.factories import MONDAY, make_onboarding
from tests.onboarding.weeks import FRIDAY, change, meeting, set_up

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def plan(plan, company):
    company.timezone = "Europe/Helsinki"
    company.save()
    return plan


def mails(message="onboarding_meeting"):
    return list(Mail.objects.filter(message=message).order_by("pk"))


def calendars(mail) -> list[tuple[str, bytes]]:
    """(method, bytes) of the calendar that a mail carries: the method as one part says it, the bytes of the file."""
    parts = list(BytesParser(policy=policy.default).parsebytes(bytes(mail.body)).walk())
    methods = [part.get_param("method") for part in parts if part.get_content_type() == "text/calendar"]
    files = [part.get_content() for part in parts if part.get_content_type() == "application/ics"]
    return list(zip(methods, files, strict=True))


def event(mail):
    ((method, data),) = calendars(mail)
    return method, by_vobject(data)


def sent(message="onboarding_meeting"):
    """(to, method, sequence) of all mails."""
    rows = [(mail.recipient, *event(mail)) for mail in mails(message)]
    return [(to, method, found.sequence.value) for to, method, found in rows]


BOTH = ["sara@lumi.example", "olga@lumi.example"]


def both(method, sequence):
    return [(to, method, sequence) for to in BOTH]


# -- weekly meetings


def test_a_week_ahead_both_are_asked_once(plan):
    set_up(plan)
    assert [invitations.send() for _ in range(2)] == [2, 0]
    assert sent() == both("REQUEST", "0")


def test_it_says_when_who_and_where(plan):
    set_up(plan, video_link="https://meet.example/lumi")
    invitations.send()
    _method, found = event(mails()[0])
    assert found.dtstart.value == datetime(2026, 12, 11, 13, tzinfo=UTC)
    assert found.dtend.value - found.dtstart.value == timedelta(minutes=30)
    assert found.uid.value == f"{meeting(plan).uid}@firsthire"
    assert found.location.value == "https://meet.example/lumi"
    assert found.summary.value == "Weekly meeting: Sara and Olga"
    assert found.organizer.value == "mailto:olga@lumi.example"
    assert [each.value for each in found.attendee_list] == [f"mailto:{to}" for to in BOTH]


def test_what_is_on_it_is_never_in_it(plan, hire):
    set_up(plan)
    meetings.raise_point(plan, by=hire, text="Secret trouble")
    invitations.send()
    assert "Secret" not in "".join(unfolded(calendars(mails()[0])[0][1]))


def test_moved_it_is_the_same_event_one_higher(plan, owner):
    set_up(plan)
    invitations.send()
    row = meeting(plan)
    meetings.move(row, by=owner, seen=0, on=row.on, at=time(9), minutes=30, place="", video_link="")
    invitations.send()
    assert sent() == both("REQUEST", "0") + both("REQUEST", "1")
    assert event(mails()[2])[1].uid.value == event(mails()[0])[1].uid.value


def test_called_off_the_calendars_hear_of_it_once(plan, owner):
    set_up(plan)
    invitations.send()
    meetings.call_off(meeting(plan), by=owner)
    assert [invitations.send() for _ in range(2)] == [2, 0]
    assert sent()[2:] == both("CANCEL", "1")
    assert event(mails()[2])[1].status.value == "CANCELLED"


def test_called_off_and_taken_back_before_anybody_heard(plan, owner):
    set_up(plan)
    invitations.send()
    meetings.call_off(meeting(plan), by=owner)
    meetings.reopen(meeting(plan), by=owner)
    invitations.send()
    assert sent()[2:] == both("REQUEST", "2")


def test_one_that_nobody_heard_of_is_called_off_in_silence(plan, owner):
    set_up(plan)
    meetings.call_off(meeting(plan), by=owner)
    assert invitations.send() == 0


def test_moved_far_away_the_calendars_hear_of_it(plan, owner):
    set_up(plan)
    invitations.send()
    row = meeting(plan)
    far = FRIDAY + 5 * WEEK + timedelta(days=1)
    meetings.move(row, by=owner, seen=0, on=far, at=row.at, minutes=30, place="", video_link="")
    invitations.send()
    assert sent()[2:] == both("REQUEST", "1")


def test_all_moved_only_the_near_one_is_told(plan):
    row = set_up(plan)
    invitations.send()
    change(row, at=time(9))
    assert invitations.send() == 2


def test_what_was_held_is_not_spoken_of_again(plan, owner, clock):
    set_up(plan)
    invitations.send()
    clock.move_to("2026-12-11 14:00 +0000")
    meetings.hold(meeting(plan), by=owner)
    invitations.send()
    assert [row for row in sent() if row[1] == "CANCEL"] == []


def test_a_plan_that_ends_calls_off_and_one_that_goes_on_asks_again(plan, owner):
    set_up(plan)
    invitations.send()
    plans.cancel(plan, by=owner, reason="No")
    invitations.send()
    assert sent()[2:] == both("CANCEL", "1")
    Onboarding.objects.update(cancelled_at=None, cancel_reason="")
    invitations.send()
    assert sent()[4:] == both("REQUEST", "1")


def test_whoever_leads_next_is_asked(plan, owner, manager):
    Onboarding.objects.update(manager=manager)
    plan.refresh_from_db()
    set_up(plan)
    invitations.send()
    team.remove(manager, by=owner)
    invitations.send()
    assert sent()[2:] == both("REQUEST", "1")


def test_somebody_who_left_is_not_written_to(plan, hire):
    set_up(plan)
    type(hire).objects.filter(pk=hire.pk).update(removed_at="2026-12-07T08:00Z")
    invitations.send()
    assert sent() == [("olga@lumi.example", "REQUEST", "0")]


def test_a_shop_that_closes_asks_nobody(plan, company):
    set_up(plan)
    type(company).objects.update(closes_at="2026-12-20T00:00Z")
    assert (invitations.send(), invitations.first_days(), invitations.remind()) == (0, 0, 0)


def test_each_in_their_language_and_on_their_clock(plan, hire):
    hire.user.language, hire.user.timezone = "fi", "America/New_York"
    hire.user.save()
    set_up(plan)
    Meeting.objects.update(zone="Europe/Helsinki")
    invitations.send()
    assert [mail.language for mail in mails()] == ["fi", "en"]
    assert "8:00" in mails()[0].subject
    assert mails()[1].subject == "Your weekly meeting with Sara, Fri, Dec 11, 15:00"


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Africa/Cairo", "2027-01-08", 13),
        ("Pacific/Auckland", "2027-01-08", 2),
        ("America/St_Johns", "2027-01-08", 18),
        ("America/New_York", "2027-01-08", 20),
    ],
)
def test_the_hour_on_the_wall_of_any_zone(plan, clock, zone, day, hour):
    set_up(plan)
    Meeting.objects.update(zone=zone)
    clock.move_to(f"{day} 00:30 +0000")
    invitations.send()
    found = next(e for _m, e in map(event, mails()) if e.dtstart.value.date().isoformat() == day)
    assert found.dtstart.value.astimezone(UTC).hour == hour


# -- the reminder


def told():
    rows = Notice.objects.filter(kind="meeting_today").order_by("pk")
    return [row.member.name for row in rows]


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("2026-12-10 09:00 +0000", 0),  # the day before
        ("2026-12-11 05:30 +0000", 0),  # half past seven in Helsinki
        ("2026-12-11 06:30 +0000", 2),
        ("2026-12-11 12:59 +0000", 2),
        ("2026-12-11 13:00 +0000", 0),  # it has begun
    ],
)
def test_on_its_day_from_eight(plan, clock, moment, count):
    set_up(plan)
    clock.move_to(moment)
    invitations.remind()
    assert len(told()) == count


def test_once(plan, clock):
    set_up(plan)
    clock.move_to("2026-12-11 07:00 +0000")
    assert [invitations.remind() for _ in range(3)] == [1, 0, 0]
    assert told() == ["Sara", "Olga"]


def test_moved_on_its_day_it_is_said_again(plan, owner, clock):
    set_up(plan)
    clock.move_to("2026-12-11 07:00 +0000")
    invitations.remind()
    row = meeting(plan)
    meetings.move(row, by=owner, seen=0, on=row.on, at=time(16), minutes=30, place="", video_link="")
    assert invitations.remind() == 1


def test_far_apart_it_is_said_two_hours_before_at_the_latest(plan, hire, clock):
    hire.user.timezone = "Pacific/Auckland"
    hire.user.save()
    set_up(plan)
    clock.move_to("2026-12-11 01:00 +0000")
    assert meeting(plan).starts_at == datetime(2026, 12, 11, 2, tzinfo=UTC)
    assert invitations.remind() == 1


def test_called_off_nobody_is_reminded(plan, owner, clock):
    set_up(plan)
    clock.move_to("2026-12-11 07:00 +0000")
    meetings.call_off(meeting(plan), by=owner)
    assert invitations.remind() == 0


@pytest.mark.parametrize("count", [1, 4])
def test_looking_costs_the_same_for_any_number(company, owner, clock, count, django_assert_num_queries):
    for _ in range(count):
        set_up(make_onboarding(company, make_member(company, "hire"), owner))
    tasks.call_together()
    with django_assert_num_queries(3):
        assert (invitations.send(), invitations.remind(), invitations.first_days()) == (0, 0, 0)


def test_the_tasks_are_in_the_schedule_and_may_run_twice(plan):
    set_up(plan)
    for name, task in {"call-together": tasks.call_together, "plan-meetings": tasks.plan_meetings}.items():
        assert app.conf.beat_schedule[name]["task"] == task.name
        task()
        task()
    assert len(mails()) == 2


# -- the manager's first day


CALL = "onboarding_first_day_call"


@pytest.fixture
def ahead(plan, clock):
    clock.move_to("2026-12-01 08:00 +0000")
    return plan


def test_the_managers_day_is_asked_for_once(ahead):
    assert [invitations.first_days() for _ in range(2)] == [1, 0]
    assert sent(CALL) == [("olga@lumi.example", "REQUEST", "0")]
    assert mails(CALL)[0].subject == "First day of Sara: Mon, Dec 7, 9:00-17:00"
    _method, found = event(mails(CALL)[0])
    assert found.dtstart.value.astimezone(UTC) == datetime(2026, 12, 7, 7, tzinfo=UTC)
    assert found.dtend.value.astimezone(UTC) == datetime(2026, 12, 7, 15, tzinfo=UTC)


def test_another_first_day_moves_it(ahead, owner):
    invitations.first_days()
    arrivals.move_start(ahead, by=owner, start_date=MONDAY + WEEK)
    invitations.first_days()
    assert [row[1:] for row in sent(CALL)] == [("REQUEST", "0"), ("REQUEST", "1")]
    assert len({event(mail)[1].uid.value for mail in mails(CALL)}) == 1


def test_the_feed_speaks_of_the_same_event(ahead, owner, client):
    from accounts import feed

    invitations.first_days()
    address = feed.renew(owner, seen=0).removeprefix("http://localhost:8000")
    assert event(mails(CALL)[0])[1].uid.value in client.get(address).content.decode().replace("\r\n ", "")


def test_an_ended_plan_gives_the_day_back(ahead, owner):
    invitations.first_days()
    plans.cancel(ahead, by=owner, reason="No")
    assert [invitations.first_days() for _ in range(2)] == [1, 0]
    assert sent(CALL)[1:] == [("olga@lumi.example", "CANCEL", "1")]


def test_ended_and_taken_back_it_is_asked_for_again(ahead, owner):
    invitations.first_days()
    plans.cancel(ahead, by=owner, reason="No")
    invitations.first_days()
    Onboarding.objects.update(cancelled_at=None, cancel_reason="")
    invitations.first_days()
    assert [row[1:] for row in sent(CALL)] == [("REQUEST", "0"), ("CANCEL", "1"), ("REQUEST", "2")]


def test_another_manager_gets_the_day_and_the_first_is_free(ahead, manager):
    invitations.first_days()
    Onboarding.objects.update(manager=manager)
    invitations.first_days()
    assert sent(CALL)[1:] == [("olga@lumi.example", "CANCEL", "1"), ("mika@lumi.example", "REQUEST", "1")]


def test_a_day_that_has_begun_is_left_alone(plan, clock):
    clock.move_to("2026-12-07 08:00 +0000")
    assert invitations.first_days() == 0
    assert not FirstDayCall.objects.exists()


def test_an_ended_plan_that_nobody_heard_of_is_silent(ahead, owner):
    plans.cancel(ahead, by=owner, reason="No")
    assert invitations.first_days() == 0
