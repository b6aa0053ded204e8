"""The mails of a work sample follow its application: stopped when it ends, sent after all when it goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import undoing
from hiring import sample_letters, samples_sending
from hiring.models import Stage, Told, WorkSample
from mailroom import outbox
from mailroom.models import Mail
from tests.hiring.acts import deliver, put, refuse, take_up, undo, withdraw
from tests.hiring.factories import make_application, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def sample(ada, owner):
    return samples_sending.send(ada.job, [ada], by=owner)[0]


def state(sample, message=sample_letters.SAMPLE):
    return outbox.state(about=("sample", sample.pk), message=message)


def reminded(sample):
    """Its mail has left, and the reminder waits."""
    deliver(sample_letters.SAMPLE)
    WorkSample.objects.update(reminded_at=timezone.now())
    sample_letters.write(sample, sample_letters.REMINDER, sample.sent_by)


ENDINGS = [
    lambda ada, by: refuse(ada, by),
    lambda ada, by: refuse(ada, by, tell=Told.MORNING),
    lambda ada, by: refuse(ada, by, tell=Told.NONE),
    withdraw,
    lambda ada, by: withdraw(ada),
]


@pytest.mark.parametrize("end", ENDINGS, ids=["mail", "morning", "no word", "by hand", "behind the link"])
class TestEnding:
    def test_within_ten_minutes_stops_the_mail(self, sample, ada, owner, end):
        end(ada, owner)
        assert state(sample) == "cancelled"

    def test_stops_the_reminder(self, sample, ada, owner, end):
        reminded(sample)
        end(ada, owner)
        assert (state(sample), state(sample, sample_letters.REMINDER)) == ("sent", "cancelled")


class TestGoingOn:
    @pytest.mark.parametrize("end", [refuse, withdraw])
    def test_undo_sends_it_after_all_and_once(self, sample, ada, owner, end):
        undo(end(ada, owner), owner)
        assert state(sample) == "waiting"
        assert Mail.objects.filter(message=sample_letters.SAMPLE, state="waiting").count() == 1

    def test_in_ten_minutes_again_with_a_link(self, sample, ada, owner):
        undo(refuse(ada, owner), owner)
        mail = Mail.objects.get(message=sample_letters.SAMPLE, state="waiting")
        assert mail.due_at > timezone.now() + timedelta(minutes=8)
        assert (mail.recipient, b"/my/sample/" in bytes(mail.body)) == (ada.email, True)

    def test_taken_up_later_too_while_its_day_is_ahead(self, sample, ada, owner):
        refuse(ada, owner)
        take_up(ada, owner)
        assert state(sample) == "waiting"

    def test_not_when_its_day_is_over(self, sample, ada, owner):
        refuse(ada, owner)
        WorkSample.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        take_up(ada, owner)
        assert state(sample) == "cancelled"

    def test_what_has_left_does_not_leave_twice(self, sample, ada, owner):
        deliver(sample_letters.SAMPLE)
        undo(refuse(ada, owner), owner)
        assert (state(sample), Mail.objects.filter(message=sample_letters.SAMPLE).count()) == ("sent", 1)

    def test_a_stopped_reminder_comes_at_its_time(self, sample, ada, owner):
        reminded(sample)
        undo(refuse(ada, owner), owner)
        assert WorkSample.objects.get().reminded_at is None

    def test_one_that_left_is_not_sent_again(self, sample, ada, owner):
        reminded(sample)
        deliver(sample_letters.REMINDER)
        undo(refuse(ada, owner), owner)
        assert WorkSample.objects.get().reminded_at is not None

    def test_after_more_time_was_given_the_newer_mail_comes_back(self, sample, ada, owner):
        deliver(sample_letters.SAMPLE)
        samples_sending.give_time(sample, by=owner, days=20)
        undo(refuse(ada, owner), owner)
        assert list(Mail.objects.filter(about_kind="sample").order_by("pk").values_list("state", flat=True)) == [
            "done", "cancelled", "waiting",
        ]  # fmt: skip

    def test_taking_up_by_mistake_is_undone_with_its_mail(self, sample, ada, owner):
        refuse(ada, owner)
        undo(take_up(ada, owner), owner)
        assert state(sample) == "cancelled"


def test_a_sample_called_off_stays_so_whatever_happens_to_the_person(sample, ada, owner):
    samples_sending.cancel(sample, by=owner)
    undo(refuse(ada, owner), owner)
    assert state(sample) == "cancelled"


def test_asking_again_for_somebody_who_is_out_waits_until_they_are_taken_up(sample, ada, owner):
    row = samples_sending.cancel(sample, by=owner)
    refuse(ada, owner)
    samples_sending.uncancel(row, undoing.offered(row, "cancelled", owner), by=owner)
    assert state(sample) == "cancelled"
    take_up(ada, owner)
    assert state(sample) == "waiting"


def test_another_persons_sample_is_left_alone(sample, ada, owner):
    other = put(make_application(ada.job), Stage.PHONE)
    refuse(other, owner)
    assert state(sample) == "waiting"


@pytest.mark.parametrize("sent", [True, False])
def test_ending_asks_once_for_samples(ada, owner, sent, django_assert_max_num_queries):
    if sent:
        samples_sending.send(ada.job, [ada], by=owner)
    with django_assert_max_num_queries(3 if sent else 1):
        sample_letters.stop_of(ada)
