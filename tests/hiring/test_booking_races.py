"""Two at once around a time, on PostgreSQL, with the first transaction held open while the second tries."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts import team
from hiring import booking, talks
from hiring.models import Booking, Interview, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail
from tests.hiring.acts import put, refuse
from tests.hiring.booked import again, offered
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def bo(job):
    return put(make_application(job, name="Bo Berg"), Stage.PHONE)


def workday() -> datetime:
    """Ten o'clock of a working day, more than a day ahead."""
    day = timezone.now().date() + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, time(10), tzinfo=UTC)


def told(act):
    """What a race returns: the outcome, or which of ours was raised."""

    def attempt():
        try:
            return act()
        except (booking.Taken, booking.Closed) as error:
            return type(error)

    return attempt


def taking(row):
    return told(
        lambda: booking.book(
            Booking.objects.select_related("application__job__company").get(pk=row.pk), workday(), zone=""
        )
    )


def test_one_time_and_two_applicants(ada, bo, owner):
    first, second = offered(ada, owner), offered(bo, owner)
    found = race(taking(first), taking(second))
    assert (found["waited"], found["second"]) == (True, booking.Taken)
    assert [row.application for row in Interview.objects.all()] == [ada]
    assert workday() not in booking.left(again(second))


def test_two_hosts_in_common_do_not_wait_for_each_other_for_ever(ada, bo, owner, manager):
    first = offered(ada, owner, hosts=[owner, manager])
    second = offered(bo, owner, hosts=[manager, owner])
    found = race(taking(first), taking(second))
    assert (found["waited"], found["second"], Interview.objects.count()) == (True, booking.Taken, 1)


def test_one_applicant_in_two_tabs(ada, owner):
    row = offered(ada, owner)
    found = race(taking(row), taking(row))
    assert (found["waited"], found["second"].pk) == (True, found["first"].pk)
    assert (Interview.objects.count(), Mail.objects.filter(message="interview_booked").count()) == (1, 1)


def test_booked_while_the_shop_agrees_that_hour_by_hand(ada, bo, owner):
    row = offered(bo, owner)
    values = {"starts_at": workday(), "minutes": 60, "kind": "video", "place": ""}
    found = race(lambda: talks.plan(ada, by=owner, values=values, invite=False), taking(row))
    assert (found["waited"], found["second"]) == (True, booking.Taken)


def test_booked_while_they_are_refused(ada, owner):
    row = offered(ada, owner)
    found = race(lambda: refuse(ada, owner), taking(row))
    assert (found["waited"], found["second"], Interview.objects.exists()) == (True, booking.Closed, False)


def test_booked_while_the_link_is_closed(ada, owner):
    row = offered(ada, owner)
    found = race(lambda: booking.end(row, by=owner), taking(row))
    assert (found["waited"], found["second"]) == (True, booking.Closed)


def test_booked_while_the_only_host_leaves(ada, owner, manager):
    row = offered(ada, owner, hosts=[manager])
    found = race(lambda: team.remove(manager, by=owner), taking(row))
    assert (found["waited"], found["second"], Interview.objects.exists()) == (True, booking.Closed, False)


def test_cancelled_by_both_at_once(ada, owner):
    row = offered(ada, owner)
    interview = taking(row)()
    found = race(lambda: talks.cancel(interview, by=owner), told(lambda: booking.cancel(again(row))))
    assert (found["waited"], again(interview).sequence) == (True, 1)


def test_two_managers_send_a_link_to_one_person(ada, owner, manager):
    found = race(lambda: offered(ada, owner), lambda: offered(ada, manager))
    assert (found["waited"], Booking.objects.filter(ended_at=None).count()) == (True, 1)


def test_two_who_note_what_became_of_it(ada, owner, manager):
    at = timezone.now() - timedelta(hours=1)
    row = Interview.objects.create(company=ada.company, application=ada, starts_at=at, created_by=owner)
    found = race(lambda: talks.happened(row, by=owner), lambda: talks.no_show(row, by=manager))
    assert (found["waited"], type(found["second"]), again(row).outcome) == (True, Refused, "happened")
