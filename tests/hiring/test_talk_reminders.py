"""Reminders: the day before and two hours before, by day where the applicant is, once each."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from hiring import booking, talk_reminders, talks
from hiring.models import Stage
from mailroom.models import Mail
from tests.hiring.acts import deliver, put, refuse
from tests.hiring.booked import MONDAY, WEDNESDAY_TEN, again, letters_of, offered, words
from tests.hiring.factories import make_application, make_interview, make_job

REMINDER, BOOKED = "interview_reminder", "interview_booked"
UTC_ = ZoneInfo("UTC")


class TestWhenOneIsDue:
    def due(self, starts, now, zone=UTC_):
        day = datetime(2026, 12, 9, tzinfo=UTC)
        return talk_reminders.due(day + timedelta(hours=starts), day + timedelta(hours=now), zone)

    @pytest.mark.parametrize(
        ("starts", "now", "what"),
        [
            (34, 10, "day"),
            (34, 9.9, ""),  # more than a day ahead
            (34, 18.9, "day"),
            (34, 19, ""),  # in the evening
            (34, 27, ""),  # at three in the night
            (34, 32, "hours"),
            (34, 33.5, ""),  # half an hour before
            (34, 35, ""),  # over
            (8, 6, ""),  # before seven one sleeps
            (8, 7, "hours"),
            (23, 21, ""),
            (22, 20, "hours"),
        ],
    )
    def test_by_day(self, starts, now, what):
        assert self.due(starts, now) == what

    def test_by_the_applicants_own_day(self):
        assert [self.due(34, 12, ZoneInfo(zone)) for zone in ("Asia/Tokyo", "America/New_York", "Europe/Paris")] == [
            "", "", "day",
        ]  # fmt: skip

    @given(
        st.floats(-5, 60),
        st.sampled_from(["Asia/Kolkata", "America/St_Johns", "Pacific/Auckland", "Africa/Cairo"]),
    )
    def test_never_at_night(self, hours, name):
        zone, now = ZoneInfo(name), datetime(2027, 3, 13, 6, tzinfo=UTC) + timedelta(hours=hours)
        if talk_reminders.due(now + timedelta(hours=hours), now, zone):
            assert 7 <= now.astimezone(zone).hour < 21


@pytest.mark.django_db
class TestReminding:
    @pytest.fixture
    def job(self, company, manager):
        return make_job(company, members=[manager])

    @pytest.fixture
    def ada(self, job):
        return put(make_application(job, name="Ada Lind"), Stage.PHONE)

    @pytest.fixture
    def booked(self, ada, manager):
        with time_machine.travel(MONDAY, tick=False):
            row = booking.book(offered(ada, manager), WEDNESDAY_TEN, zone="Europe/Helsinki")
            deliver(BOOKED)
            return row

    def at(self, **before):
        """So long before it begins; how many reminders then."""
        with time_machine.travel(WEDNESDAY_TEN - timedelta(**before), tick=False):
            return talk_reminders.remind()

    def test_come_twice_in_all(self, booked):
        found = [self.at(hours=hours) for hours in (30, 23, 22, 12, 3, 2, 1)]
        assert (found, len(letters_of(REMINDER))) == ([0, 1, 0, 0, 0, 1, 0], 2)

    def test_say_when_where_and_how_to_move_it(self, booked):
        self.at(hours=23)
        assert ("12:00" in words(REMINDER), "/my/booking/" in words(REMINDER)) == (True, True)
        assert "Europe/Helsinki" in words(REMINDER)

    def test_speak_the_applicants_language(self, booked, ada):
        type(ada).objects.update(language="fi")
        self.at(hours=23)
        assert (Mail.objects.get(message=REMINDER).language, "joulukuuta" in words(REMINDER)) == ("fi", True)

    def test_of_a_time_agreed_by_hand_has_no_link(self, ada, manager):
        with time_machine.travel(MONDAY, tick=False):
            values = {"starts_at": WEDNESDAY_TEN, "minutes": 30, "kind": "phone", "place": ""}
            talks.plan(ada, by=manager, values=values, invite=True)
            deliver("interview_invitation")
        self.at(hours=23)
        assert ("/my/booking/" in words(REMINDER), "answer this mail" in words(REMINDER)) == (False, True)

    def test_go_to_nobody_who_was_not_invited_by_mail(self, ada, manager):
        with time_machine.travel(MONDAY, tick=False):
            make_interview(ada, manager, hours=52)
        assert self.at(hours=23) == 0

    def test_go_to_nobody_who_was_written_to_just_now(self, ada, manager):
        with time_machine.travel(WEDNESDAY_TEN - timedelta(hours=24, minutes=30), tick=False):
            booking.book(offered(ada, manager), WEDNESDAY_TEN, zone="")
            deliver(BOOKED)
        assert [self.at(hours=23), self.at(hours=2)] == [0, 1]

    def test_of_the_old_time_do_not_count_for_the_new_one(self, booked):
        self.at(hours=23)
        with time_machine.travel(WEDNESDAY_TEN - timedelta(hours=20), tick=False):
            link = booked.application.bookings.get()
            booking.book(link, WEDNESDAY_TEN + timedelta(days=2), zone="")
            deliver(BOOKED)
        assert letters_of(REMINDER) == ["cancelled"]
        assert [self.at(hours=2), self.at(hours=-25)] == [0, 1]

    @pytest.mark.parametrize("end", ["refused", "cancelled", "called_off"])
    def test_end_with_the_talk(self, booked, ada, manager, end):
        with time_machine.travel(MONDAY, tick=False):
            if end == "refused":
                refuse(ada, manager)
            elif end == "cancelled":
                talks.cancel(booked, by=manager)
            else:
                booking.cancel(ada.bookings.get())
        assert self.at(hours=23) == 0
        assert again(booked).cancelled_at

    @pytest.mark.parametrize("n", [1, 3])
    def test_cost_the_same_for_each(self, job, manager, n, django_assert_num_queries):
        for _ in range(n):
            make_interview(put(make_application(job), Stage.PHONE), manager, starts_at=WEDNESDAY_TEN)
        with (
            time_machine.travel(WEDNESDAY_TEN - timedelta(hours=23), tick=False),
            django_assert_num_queries(1 + 5 * n),
        ):
            talk_reminders.remind()
