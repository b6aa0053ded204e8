"""Two people and one list, on PostgreSQL, with the first transaction held open."""

import pytest
from django.utils import timezone

from accounts import conflicts
from hiring import pipeline, requirements
from hiring.models import Application, How, Job, Stage
from hiring.requirements import Change
from tests.hiring.adverts import make_published
from tests.hiring.factories import ANSWERS, make_application
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(owner):
    return make_published(owner)


def add(job, by, text):
    return requirements.save(job, Change(added=[{"text": text}]), by=by, seen=job.revision)


def test_two_save_and_the_second_hears_of_the_first(job, owner, manager):
    def second():
        try:
            return add(job, manager, "Second")
        except conflicts.Changed as changed:
            return changed

    found = race(lambda: add(job, owner, "First"), second)
    assert (found["waited"], type(found["second"])) == (True, conflicts.Changed)
    assert requirements.listed(job)[-1].text == "First"


def test_two_suggest_the_same_and_it_is_there_once(job, owner, manager):
    def suggest(by):
        return lambda: requirements.save(job, Change(added=[{"key": "industry"}]), by=by, seen=None)

    found = race(suggest(owner), suggest(manager))
    assert (found["waited"], isinstance(found["second"], Job)) == (True, True)
    assert [row.key for row in requirements.listed(job)].count("industry") == 1


def test_read_while_the_list_changes_is_read_with_the_new_one(job, owner, manager):
    make_application(job, read_at=timezone.now())
    ada = make_application(job)

    def read():
        row = Application.objects.get(pk=ada.pk)
        pipeline.advance(row, to=Stage.PHONE, by=manager, expected="cv", how=How.LIST, answers=ANSWERS)

    found = race(lambda: add(job, owner, "New"), read)
    ada.refresh_from_db()
    assert (found["waited"], ada.rubric_version) == (True, 2)
