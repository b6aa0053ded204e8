"""Two people at one advert, on PostgreSQL, with the first transaction held open while the second tries."""

import pytest

from hiring import adverts, closing, copying
from hiring.models import Job, JobTemplate
from tests.hiring.adverts import make_published
from tests.hiring.factories import make_application
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_leave_a_word_and_both_stay(owner, manager):
    job = make_published(owner)
    other = Job.objects.get(pk=job.pk)
    found = race(
        lambda: adverts.leave_word(job, word="young", by=owner),
        lambda: adverts.leave_word(other, word="ninja", by=manager),
    )
    assert (found["waited"], Job.objects.get(pk=job.pk).words_left) == (True, ["young", "ninja"])


def test_two_tell_the_same_person_and_they_hear_once(owner, manager):
    person = make_application(make_published(owner))
    closing.close(person.job, by=owner)
    person.job.refresh_from_db()
    tell = {"told": "mail", "expected": person.standing}
    found = race(
        lambda: bool(closing.tell_one(person, by=owner, **tell)),
        lambda: closing.tell_one(person, by=manager, **tell),
    )
    assert (found["first"], found["waited"], type(found["second"]).__name__) == (True, True, "Stale")
    person.refresh_from_db()
    assert person.moves.filter(to_outcome="not_selected").count() == 1


def test_a_template_that_is_deleted_is_not_renamed_back_to_life(owner, manager):
    row = copying.save_template(make_published(owner), name="Tea", by=owner)
    other = JobTemplate.objects.get(pk=row.pk)
    race(
        lambda: copying.delete_template(row, by=owner),
        lambda: copying.rename_template(other, name="Green", by=manager),
    )
    assert JobTemplate.objects.count() == 0
