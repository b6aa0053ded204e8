"""Applying while somebody closes the job, and the same form twice at once; the first one is held open."""

import threading

import pytest
from django.db import connection, transaction

from hiring import applying, closing, pipeline
from hiring.models import Application
from tests.hiring.adverts import make_published

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PERSON = {"name": "Ann", "email": "ann@mail.example"}


@pytest.fixture
def job(owner):
    return make_published(owner)


class Second(threading.Thread):
    """Applies in a connection of its own; `outcome` is the application or the exception's type."""

    def __init__(self, job, key):
        super().__init__(daemon=True)
        self.job, self.key, self.outcome = job, key, None
        self.start()

    def run(self):
        try:
            self.outcome = applying.apply(self.job, person=PERSON, answers={}, key=self.key)
        except pipeline.NotOpen as refused:
            self.outcome = type(refused)
        finally:
            connection.close()

    def waits(self) -> bool:
        self.join(0.7)
        return self.is_alive()


def test_an_application_waits_for_the_close_and_is_refused(job, owner):
    with transaction.atomic():
        closing.close(job, by=owner)
        second = Second(job, "k")
        assert second.waits()
    second.join(10)
    assert second.outcome is pipeline.NotOpen
    assert Application.objects.count() == 0


def test_the_same_form_at_once_is_one_application(job):
    with transaction.atomic():
        first = applying.apply(job, person=PERSON, answers={}, key="k")
        second = Second(job, "k")
        assert second.waits()
    second.join(10)
    assert second.outcome == first
    assert Application.objects.count() == 1


def test_two_people_at_once_get_two_numbers(job):
    with transaction.atomic():
        first = applying.apply(job, person=PERSON, answers={}, key="a")
        second = Second(job, "b")
        assert second.waits()
    second.join(10)
    assert [first.number, second.outcome.number] == [1, 2]
