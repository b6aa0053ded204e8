"""Two at once around samples and mails, on PostgreSQL, with the first transaction held open while the second tries."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from hiring import by_mail, samples_rating, samples_sending
from hiring.models import Application, SampleRating, Stage, WorkSample
from mailroom.models import Mail
from tests.hiring.acts import put, refuse
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import race
from tests.hiring.test_samples import BOTH
from tests.hiring.test_samples_rating import GOOD

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.PHONE)


def closed(act):
    """What a race returns: the outcome, or which of ours was raised."""

    def attempt():
        try:
            return act()
        except (samples_sending.Closed, by_mail.AlreadyThere) as error:
            return type(error)

    return attempt


def test_two_managers_send_to_one_person(ada, owner, manager):
    found = race(*(lambda by=by: samples_sending.send(ada.job, [ada], by=by) for by in (owner, manager)))
    assert (found["waited"], len(found["first"])) == (True, 1)
    assert (WorkSample.objects.count(), Mail.objects.filter(message="work_sample").count()) == (1, 1)


def test_calling_off_while_it_comes_in(ada, owner):
    sample = samples_sending.send(ada.job, [ada], by=owner)[0]
    found = race(
        lambda: samples_sending.cancel(sample, by=owner),
        closed(lambda: samples_sending.finish(sample, answers=BOTH, seen=1)),
    )
    assert (found["waited"], found["second"]) == (True, samples_sending.Closed)
    assert WorkSample.objects.get().finished_at is None


def test_two_tabs_make_one_draft_of_a_rating(ada, owner):
    sample = samples_sending.send(ada.job, [ada], by=owner)[0]
    sample = samples_sending.finish(sample, answers=BOTH, seen=1)
    found = race(*[lambda: samples_rating.save(sample, by=owner, values=GOOD)] * 2)
    assert (found["waited"], SampleRating.objects.count()) == (True, 1)


def test_reminding_while_they_are_refused(company, ada, owner):
    company.timezone = "UTC"
    company.save()
    sample = samples_sending.send(ada.job, [ada], by=owner)[0]
    day = sample.expires_at.replace(hour=12, minute=0) - timedelta(days=1)
    with time_machine.travel(day, tick=True):
        found = race(lambda: refuse(ada, owner), samples_sending.remind)
    assert (found["waited"], found["second"]) == (True, 0)
    assert not Mail.objects.filter(message="work_sample_reminder").exists()


def test_one_mail_entered_by_two(company, owner, manager):
    job, now = make_job(company), timezone.now()
    values = {"person": {"name": "Ada", "email": ""}, "mark": "m", "received": now}
    found = race(*(closed(lambda by=by: by_mail.enter(job, by=by, **values)) for by in (owner, manager)))
    assert (found["waited"], found["second"]) == (True, by_mail.AlreadyThere)
    assert Application.objects.count() == 1
