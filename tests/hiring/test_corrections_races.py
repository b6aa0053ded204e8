"""Putting right what one has sent while the shop decides: whoever comes second sees what the first has done."""

import threading

import pytest
from django.db import connection, transaction

from hiring import corrections
from hiring.models import Application, Stage
from tests.hiring.acts import put, withdraw
from tests.hiring.adverts import make_published
from tests.hiring.asked import apply, ask, file
from vault.models import StoredFile

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(owner):
    return make_published(owner)


class Second(threading.Thread):
    """Does it in a connection of its own; `outcome` is what came back or the exception's type."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.act, self.outcome = act, None
        self.start()

    def run(self):
        try:
            self.outcome = self.act()
        except (corrections.Over, corrections.Changed) as refused:
            self.outcome = type(refused)
        finally:
            connection.close()

    def waits(self) -> bool:
        self.join(0.7)
        return self.is_alive()


def correct(application, given=None, **person):
    return corrections.correct(
        application, person=person, given=given or {}, uploads={"cv": file("cv.txt")}, seen=""
    )


def test_a_correction_waits_for_the_decision_and_is_too_late(job, owner):
    [question] = ask(job, owner, "file")
    ann = apply(job)
    with transaction.atomic():
        withdraw(ann, owner)
        second = Second(lambda: correct(ann, {question: file("answer.txt")}, name="Änn"))
        assert second.waits()
    second.join(10)
    row = Application.objects.get()
    assert (second.outcome, row.name, row.corrected_at) == (corrections.Over, "Ann Applicant", None)
    assert (row.answers.count(), StoredFile.objects.count()) == (0, 0)


def test_a_decision_waits_for_the_correction_and_stands_on_it(job, owner):
    ann = put(apply(job), Stage.PHONE)
    with transaction.atomic():
        correct(ann, name="Änn", email="right@mail.example")
        second = Second(lambda: withdraw(Application.objects.get(pk=ann.pk), owner))
        assert second.waits()
    second.join(10)
    row = Application.objects.get()
    assert (row.name, row.outcome, second.outcome.application_id) == ("Änn", "withdrawn", row.pk)
    assert row.cv.original_name == "cv.txt"


def test_of_two_corrections_at_once_the_second_is_shown_the_first(job):
    ann = apply(job)
    with transaction.atomic():
        correct(ann, name="First")
        second = Second(lambda: correct(ann, name="Second"))
        assert second.waits()
    second.join(10)
    assert (second.outcome, Application.objects.get().name) == (corrections.Changed, "First")
    assert StoredFile.objects.count() == 1
