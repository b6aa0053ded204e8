"""Two tabs at once at "My calendar", on PostgreSQL with the first transaction held open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import feed
from hiring import calendar_reading
from hiring.calendar_fetching import Answer
from hiring.models import BusyTime, CalendarSource
from tests.hiring.test_races import race
from vault import work
from vault.models import Link

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ONE, OTHER = "https://calendar.example/one.ics", "https://calendar.example/other.ics"


def test_two_addresses_at_once_leave_one_calendar(interviewer):
    found = race(
        lambda: calendar_reading.connect(interviewer, ONE),
        lambda: calendar_reading.connect(interviewer, OTHER),
    )
    assert found["waited"]
    assert [row.address for row in CalendarSource.objects.filter(removed_at=None)] == [OTHER]


def test_the_same_address_twice_is_one_calendar(interviewer):
    found = race(
        lambda: calendar_reading.connect(interviewer, ONE),
        lambda: calendar_reading.connect(interviewer, ONE),
    )
    assert (found["waited"], found["second"].pk) == (True, found["first"].pk)


def test_two_new_addresses_at_once_are_one(interviewer):
    found = race(
        lambda: feed.renew(interviewer, seen=0),
        lambda: feed.renew(interviewer, seen=0),
    )
    assert (found["waited"], found["first"] != "", found["second"]) == (True, True, "")
    assert Link.objects.filter(purpose="feed", revoked_at=None).count() == 1


def test_removed_while_a_worker_writes_its_times_stand_in_nobodys_way(interviewer):
    source = calendar_reading.connect(interviewer, ONE)
    claimed = work.claim(CalendarSource, source.pk)
    span = timezone.now(), timezone.now() + timedelta(hours=1)
    race(
        lambda: calendar_reading.remove(source, by=interviewer),
        lambda: calendar_reading._read(claimed, Answer(b"", ""), [span]),
    )
    assert calendar_reading.of(interviewer) is None
    assert not BusyTime.objects.filter(source__removed_at=None).exists()
