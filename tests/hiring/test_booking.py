"""A link to choose a time: sent, taken back, ended; booked, moved, cancelled, and what is left for others."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import team, undoing
from accounts.models import Role
from hiring import booking, free_hours, interview_times, links_again, talks
from hiring.booking import Closed, Taken
from hiring.models import Assignment, Booking, BookingHost, Interview, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail, Notice
from tests.factories import make_member
from tests.hiring.acts import deliver, put, refuse, undo, withdraw
from tests.hiring.booked import MONDAY, WEDNESDAY_TEN, again, hours, letters_of, offered, words
from tests.hiring.factories import make_application, make_interview, make_job
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db
CHOOSE, BOOKED, OFF = "booking_choose", "interview_booked", "interview_cancelled"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def bo(job):
    return put(make_application(job, name="Bo Berg"), Stage.PHONE)


@pytest.fixture
def link(ada, manager):
    return offered(ada, manager)


@pytest.fixture
def booked(link):
    booking.book(link, WEDNESDAY_TEN, zone="America/New_York")
    return again(link)


def later(**fields):
    return time_machine.travel(MONDAY + timedelta(**fields), tick=False)


class TestALink:
    def test_waits_ten_minutes_and_says_how_long_how_and_with_whom(self, link):
        mail = Mail.objects.get(message=CHOOSE)
        assert (mail.state, mail.due_at - timezone.now()) == ("waiting", timedelta(minutes=10))
        parts = ("20 minutes", "Phone call", "Mika", "/my/booking/")
        assert [part for part in parts if part not in words(CHOOSE)] == []

    def test_speaks_the_language_of_the_applicant(self, job, manager):
        eve = put(make_application(job, language="fi"), Stage.PHONE)
        booking.book(offered(eve, manager), WEDNESDAY_TEN, zone="Europe/Helsinki")
        assert "keskiviikko 9. joulukuuta 2026, 12.00 (Europe/Helsinki)" in words(BOOKED)

    def test_goes_to_several_at_once_and_is_taken_back_from_all(self, job, ada, bo, manager):
        rows = booking.offer(
            job,
            [ada, bo],
            by=manager,
            kind="video",
            minutes=30,
            place="https://meet.example/1",
            hosts=[manager],
        )
        assert (len({row.batch for row in rows}), letters_of(CHOOSE)) == (1, ["waiting"] * 2)
        assert booking.take_back(job, rows[0].batch, by=manager) == 2
        assert (Booking.objects.count(), letters_of(CHOOSE)) == (0, ["cancelled"] * 2)
        assert not Link.objects.filter(purpose="booking", revoked_at=None).exists()

    def test_is_taken_back_once_in_time_and_by_whom_it_concerns(self, job, link, interviewer, manager):
        with pytest.raises(undoing.Refused):
            booking.take_back(job, link.batch, by=interviewer)
        booking.take_back(job, link.batch, by=manager)
        with pytest.raises(undoing.Gone):
            booking.take_back(job, link.batch, by=manager)

    def test_is_not_taken_back_once_it_has_left(self, job, link, manager):
        deliver(CHOOSE)
        with pytest.raises(undoing.Refused):
            booking.take_back(job, link.batch, by=manager)

    def test_is_not_for_people_out_of_the_running_or_without_an_address(self, job, manager, ada):
        nobody = put(make_application(job, email=""), Stage.PHONE)
        gone = put(make_application(job), Stage.PHONE)
        withdraw(gone)
        with pytest.raises(Refused):
            booking.offer(
                job, [nobody, gone], by=manager, kind="phone", minutes=20, place="", hosts=[manager]
            )
        rows = booking.offer(
            job, [nobody, ada], by=manager, kind="phone", minutes=20, place="", hosts=[manager]
        )
        assert [row.application for row in rows] == [ada]

    def test_needs_a_host(self, job, ada, manager):
        with pytest.raises(Refused):
            booking.offer(job, [ada], by=manager, kind="phone", minutes=20, place="", hosts=[])

    def test_takes_the_place_of_an_older_one_that_nobody_used(self, ada, manager, link):
        newer = offered(ada, manager)
        assert (bool(again(link).ended_at), letters_of(CHOOSE)) == (True, ["cancelled", "waiting"])
        booking.take_back(ada.job, newer.batch, by=manager)
        assert again(link).ended_at is None

    def test_leaves_an_older_one_alone_that_was_used(self, ada, manager, booked):
        offered(ada, manager)
        assert again(booked).is_open

    def test_lets_an_interviewer_see_whom_they_will_talk_to(self, ada, manager, interviewer):
        offered(ada, manager, hosts=[interviewer])
        assert Assignment.objects.get(application=ada).membership == interviewer


class TestEnding:
    def test_closes_it_and_can_be_taken_back(self, link, manager):
        booking.end(link, by=manager)
        assert (again(link).is_open, letters_of(CHOOSE)) == (False, ["cancelled"])
        with pytest.raises(Closed):
            booking.book(link, WEDNESDAY_TEN, zone="")
        row = again(link)
        booking.unend(row, undoing.offered(row, "ended", manager), by=manager)
        assert (again(link).is_open, letters_of(CHOOSE)) == (True, ["cancelled", "waiting"])

    def test_twice_is_once(self, link, manager):
        booking.end(link, by=manager)
        before = again(link).ended_at
        booking.end(link, by=manager)
        assert again(link).ended_at == before

    def test_leaves_a_time_that_was_booked(self, booked, manager):
        booking.end(booked, by=manager)
        assert again(booked).booked is not None


class TestWhatIsLeft:
    def test_is_what_the_host_is_free(self, link):
        found = booking.left(link)
        assert (found[0], found[-1]) == (
            datetime(2026, 12, 8, 9, 0, tzinfo=UTC),
            datetime(2026, 12, 21, 16, 30, tzinfo=UTC),
        )

    def test_follows_ones_own_hours(self, link, manager):
        free_hours.keep(manager, values=hours(week=[[]] * 3 + [[[600, 660]]] + [[]] * 3, days_ahead=3))
        assert [f"{at:%a %H:%M}" for at in booking.left(link)] == ["Thu 10:00", "Thu 10:30"]

    def test_leaves_out_talks_of_a_host_with_room_around(self, link, bo, manager):
        talks.plan(bo, by=manager, values=planned(WEDNESDAY_TEN), invite=False)
        day = [f"{at:%H:%M}" for at in booking.left(link) if at.date() == WEDNESDAY_TEN.date()]
        assert day[:4] == ["09:00", "11:30", "12:00", "12:30"]

    def test_leaves_out_what_any_of_several_hosts_has(self, ada, bo, manager, owner):
        link = offered(ada, manager, hosts=[manager, owner])
        talks.plan(bo, by=owner, values=planned(WEDNESDAY_TEN), invite=False)
        assert WEDNESDAY_TEN not in booking.left(link)

    def test_does_not_care_for_talks_of_others_or_called_off(self, link, bo, manager, owner):
        talks.plan(bo, by=owner, values=planned(WEDNESDAY_TEN), invite=False)
        talks.cancel(talks.plan(bo, by=manager, values=planned(WEDNESDAY_TEN), invite=False), by=manager)
        assert WEDNESDAY_TEN in booking.left(link)

    def test_is_nothing_when_no_host_is_left(self, link):
        BookingHost.objects.all().delete()
        assert booking.left(link) == []

    @pytest.mark.parametrize("n", [1, 3])
    def test_asks_the_database_as_often_for_three_hosts_as_for_one(
        self, n, ada, company, manager, django_assert_num_queries
    ):
        more = [make_member(company, Role.OWNER) for _ in range(n - 1)]
        row = Booking.objects.select_related("application", "interview").get(
            pk=offered(ada, manager, hosts=[manager, *more]).pk
        )
        with django_assert_num_queries(7):
            booking.left(row)


def planned(at, **fields):
    return {"starts_at": at, "minutes": 60, "kind": "video", "place": ""} | fields


class TestBooking:
    def test_makes_an_interview_in_the_applicants_zone_with_the_hosts(self, booked, manager):
        row = Interview.objects.get()
        assert (row.starts_at, row.minutes, row.zone) == (WEDNESDAY_TEN, 20, "America/New_York")
        assert [host.membership for host in row.hosts.all()] == [manager]
        assert booked.interview == row

    def test_is_confirmed_at_once_in_their_own_time(self, booked):
        mail = Mail.objects.get(message=BOOKED)
        assert mail.due_at <= timezone.now()
        assert "5:00" in words(BOOKED)
        assert "America/New_York" in words(BOOKED)
        assert "/my/booking/" in words(BOOKED)

    def test_is_told_to_whoever_sits_in(self, ada, manager, owner):
        booking.book(offered(ada, manager, hosts=[owner]), WEDNESDAY_TEN, zone="")
        assert {notice.member for notice in Notice.objects.filter(kind="interview")} == {manager, owner}

    def test_is_recorded_as_the_applicants_own_act(self, booked):
        entry = TrailEntry.objects.latest("pk")
        assert (entry.action, entry.actor_id, entry.by_link) == ("interview.booked", None, "booking")

    def test_pressed_twice_is_once(self, booked):
        booking.book(again(booked), WEDNESDAY_TEN, zone="America/New_York")
        assert (Interview.objects.count(), letters_of(BOOKED)) == (1, ["waiting"])

    def test_takes_a_time_once(self, booked, bo, manager):
        other = offered(bo, manager)
        with pytest.raises(Taken):
            booking.book(other, WEDNESDAY_TEN, zone="")
        booking.book(other, WEDNESDAY_TEN + timedelta(hours=1), zone="")
        assert Interview.objects.count() == 2

    @pytest.mark.parametrize(
        "at",
        [
            WEDNESDAY_TEN + timedelta(minutes=7),  # between the times
            datetime(2026, 12, 7, 12, 0, tzinfo=UTC),  # sooner than the notice
            datetime(2026, 12, 12, 10, 0, tzinfo=UTC),  # Saturday
            datetime(2027, 3, 1, 10, 0, tzinfo=UTC),  # later than offered
        ],
    )
    def test_takes_only_what_is_offered(self, link, at):
        with pytest.raises(Taken):
            booking.book(link, at, zone="")
        assert not Interview.objects.exists()

    def test_falls_back_to_the_shops_zone(self, link):
        assert booking.book(link, WEDNESDAY_TEN, zone="Mars/Base").zone == "UTC"

    def test_is_closed_once_its_days_are_over(self, link):
        with later(days=31), pytest.raises(Closed):
            booking.book(link, WEDNESDAY_TEN + timedelta(days=28), zone="")


class TestMoving:
    NEW = WEDNESDAY_TEN + timedelta(hours=3)

    def test_keeps_the_interview_and_counts_on(self, booked):
        before = booked.interview
        after = booking.book(booked, self.NEW, zone="America/New_York")
        assert (after.pk, after.starts_at, after.sequence) == (before.pk, self.NEW, 1)

    def test_tells_the_new_time_only(self, booked):
        booking.book(booked, self.NEW, zone="")
        assert letters_of(BOOKED) == ["cancelled", "waiting"]
        assert "8:00" in words(BOOKED)  # in New York, as chosen before

    def test_gives_the_old_time_back(self, booked, bo, manager):
        booking.book(booked, self.NEW, zone="")
        assert WEDNESDAY_TEN in booking.left(offered(bo, manager))

    def test_may_overlap_with_what_one_had(self, booked):
        assert booking.book(booked, WEDNESDAY_TEN + timedelta(minutes=30), zone="").sequence == 1

    def test_is_over_when_it_has_begun(self, booked):
        with later(days=2, hours=4, minutes=1), pytest.raises(Closed):
            booking.book(booked, self.NEW + timedelta(days=2), zone="")


class TestCancelling:
    def test_frees_the_time_and_leaves_the_link(self, booked, bo, manager):
        booking.cancel(booked)
        row = again(booked)
        assert (row.booked, row.is_open, row.interview.sequence) == (None, True, 1)
        assert WEDNESDAY_TEN in booking.left(offered(bo, manager))

    def test_is_confirmed_with_the_way_back(self, booked):
        deliver(BOOKED)
        booking.cancel(booked)
        assert ("you have cancelled" in words(OFF), "/my/booking/" in words(OFF)) == (True, True)

    def test_twice_is_once(self, booked):
        booking.cancel(booked)
        booking.cancel(again(booked))
        assert letters_of(OFF) == ["waiting"]

    def test_is_told_to_the_host(self, booked, manager):
        Notice.objects.all().delete()
        booking.cancel(booked)
        assert Notice.objects.get().member == manager

    def test_another_time_is_another_interview(self, booked):
        booking.cancel(booked)
        new = booking.book(again(booked), WEDNESDAY_TEN, zone="")
        assert (Interview.objects.count(), again(booked).booked) == (2, new)

    def test_is_over_when_it_has_begun(self, booked):
        with later(days=2, hours=5), pytest.raises(Closed):
            booking.cancel(booked)

    def test_without_a_time_is_nothing(self, link):
        booking.cancel(link)
        assert letters_of(OFF) == []


class TestAWish:
    def test_is_kept_and_told(self, link, manager):
        booking.wish(link, "Evenings after six")
        assert (again(link).wish, Notice.objects.get(kind="booking").member) == (
            "Evenings after six",
            manager,
        )

    def test_is_not_taken_once_it_is_closed(self, link, manager):
        booking.end(link, by=manager)
        with pytest.raises(Closed):
            booking.wish(link, "Evenings")


class TestWhoIsOutOfTheRunning:
    def test_has_no_link_and_no_time_any_more(self, ada, manager, booked):
        deliver(BOOKED)
        offered(ada, manager)
        refuse(ada, manager)
        assert [row.is_open for row in Booking.objects.order_by("pk")] == [False, False]
        assert (Interview.objects.get().cancelled_at is not None, letters_of(OFF)) == (True, ["waiting"])

    def test_hears_of_it_after_the_ten_minutes(self, ada, manager, booked):
        deliver(BOOKED)
        refuse(ada, manager)
        mail = Mail.objects.get(message=OFF)
        assert (mail.due_at - timezone.now(), "does not take place" in words(OFF)) == (
            timedelta(minutes=10),
            True,
        )

    def test_has_it_all_back_when_the_refusal_is_taken_back(self, ada, manager, booked):
        deliver(BOOKED)
        undo(refuse(ada, manager), manager)
        row = again(booked)
        assert (row.is_open, row.booked is not None, row.booked.sequence) == (True, True, 0)
        assert letters_of(OFF) == ["cancelled"]

    def test_hears_nothing_of_a_time_they_were_never_told(self, ada, manager):
        make_interview(ada, manager, hours=48)
        refuse(ada, manager)
        assert (letters_of(OFF), Interview.objects.get().cancelled_at is None) == ([], False)

    def test_who_withdraws_is_taken_off_the_calendar_too(self, ada, booked):
        deliver(BOOKED)
        withdraw(ada)
        assert (again(booked).booked, letters_of(OFF)) == (None, ["waiting"])

    def test_a_talk_that_took_place_stays(self, ada, manager):
        make_interview(ada, manager, hours=-2)
        refuse(ada, manager)
        assert Interview.objects.get().cancelled_at is None


class TestALostLink:
    def again(self, application):
        links_again.send(application.email)
        return "/my/booking/" in words("links_again")

    def test_is_sent_again_while_it_opens_something(self, ada, booked):
        assert self.again(ada)

    def test_is_not_once_it_is_closed(self, ada, link, manager):
        booking.end(link, by=manager)
        assert not self.again(ada)


class TestWhoLeavesTheTeam:
    def test_leaves_no_link_behind_that_only_they_could_keep(self, ada, manager, owner):
        link = offered(ada, owner, hosts=[manager])
        team.remove(manager, by=owner)
        assert (again(link).is_open, letters_of(CHOOSE)) == (False, ["cancelled"])

    def test_is_missed_where_others_sit_in_too(self, ada, manager, owner):
        link = offered(ada, owner, hosts=[manager, owner])
        interview = booking.book(link, WEDNESDAY_TEN, zone="")
        team.remove(manager, by=owner)
        assert (again(link).is_open, again(interview).cancelled_at) == (True, None)
        assert [host.membership for host in interview.hosts.all()] == [owner]

    def test_has_a_talk_of_their_own_called_off_with_a_letter(self, ada, manager, owner):
        interview = booking.book(offered(ada, owner, hosts=[manager]), WEDNESDAY_TEN, zone="")
        deliver(BOOKED)
        team.remove(manager, by=owner)
        assert (again(interview).cancelled_at is not None, letters_of(OFF)) == (True, ["waiting"])

    def test_leaves_the_talks_of_others_alone(self, ada, manager, owner):
        interview = booking.book(offered(ada, owner), WEDNESDAY_TEN, zone="")
        team.remove(manager, by=owner)
        assert again(interview).cancelled_at is None


class TestWhereTheyStood:
    def test_when_the_link_was_sent_tells_the_call_from_the_interview(self, ada, link):
        with later(minutes=5):
            put(ada, Stage.INTERVIEW)
            type(ada).objects.filter(pk=ada.pk).update(stage_entered_at=timezone.now())
            talk = booking.book(again(link), WEDNESDAY_TEN, zone="Europe/Helsinki")
        assert (talk.stage, interview_times.of(ada)) == ("phone", [])

    def test_a_link_of_the_interview_stage_books_the_interview(self, ada, manager):
        put(ada, Stage.INTERVIEW)
        talk = booking.book(offered(ada, manager), WEDNESDAY_TEN, zone="Europe/Helsinki")
        assert (talk.stage, interview_times.of(ada)) == ("interview", [talk])
