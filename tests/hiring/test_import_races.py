"""An import beside what others do, on PostgreSQL, with the first transaction held open while the second tries."""

import pytest
from django.db import IntegrityError, transaction

from hiring import import_chunks, import_reading, import_result, importing, pipeline
from hiring.models import Application, How, ImportedLine, PeopleImport, Stage
from tests.hiring.brought import brought, people, started
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import advance, race
from vault import work

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def numbers(job):
    return list(Application.objects.filter(job=job).order_by("number").values_list("number", flat=True))


def chunk_of(row):
    """The first chunk of a started import, as its worker enters it."""
    mine = work.claim(PeopleImport, row.pk)
    lines = list(import_reading.lines(mine))
    return lambda: import_chunks._enter(mine, lines, {}, {})


def test_somebody_applies_while_a_chunk_comes_in(company, owner):
    job = make_job(company)
    enter = chunk_of(started(job, owner, *people(3)))
    found = race(enter, lambda: make_application(job))
    assert (found["waited"], found["second"].number, numbers(job)) == (True, 4, [1, 2, 3, 4])


def test_a_chunk_comes_in_while_somebody_applies(company, owner):
    job = make_job(company)
    enter = chunk_of(started(job, owner, *people(3)))
    found = race(lambda: make_application(job), enter)
    assert (found["waited"], found["first"].number, numbers(job)) == (True, 1, [1, 2, 3, 4])


def test_moved_while_the_import_is_taken_back(company, owner, manager):
    """The move comes second: the person is gone, and nothing was moved."""
    row = brought(make_job(company), owner, *people(2))
    ada = Application.objects.get(number=1)
    found = race(lambda: import_result.undo(row, by=owner), lambda: advance(ada, manager))
    assert (found["waited"], found["first"], str(found["second"])) == (
        True, (2, 0), "This application was deleted meanwhile.",
    )  # fmt: skip
    assert ada.moves.count() == 1


def test_taken_back_while_somebody_is_moved(company, owner, manager):
    """The move comes first: that person stays."""
    row = brought(make_job(company), owner, *people(2))
    ada = Application.objects.get(number=1)
    found = race(lambda: advance(ada, manager), lambda: import_result.undo(row, by=owner))
    assert (found["waited"], found["second"]) == (True, (1, 1))
    assert Application.objects.get().stage == Stage.PHONE


def test_taken_back_twice_at_once(company, owner):
    row = brought(make_job(company), owner, *people(2))
    found = race(lambda: import_result.undo(row, by=owner), lambda: import_result.undo(row, by=owner))
    assert (found["first"], type(found["second"])) == ((2, 0), pipeline.Refused)


def test_given_up_while_a_chunk_comes_in(company, owner):
    """The chunk is whole, and the last."""
    row = started(make_job(company), owner, *people(3))
    enter = chunk_of(row)
    found = race(enter, lambda: importing.cancel(PeopleImport.objects.get(pk=row.pk), by=owner))
    row.refresh_from_db()
    assert (found["waited"], found["second"], row.cursor, ImportedLine.objects.count()) == (True, True, 3, 3)


def test_started_twice_at_once(company, owner, manager):
    job = make_job(company)
    row = started(job, owner, *people(1))
    PeopleImport.objects.update(state="parked", started_at=None, agreed_at=None)
    found = race(lambda: importing.start(row, by=owner), lambda: importing.start(row, by=manager))
    assert [found["first"], found["second"]] == [True, False]


def test_a_line_is_one_person_whatever_happens(company, owner):
    row = brought(make_job(company), owner, *people(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedLine.objects.create(company=company, source=row, line=2, became="entered")


def test_no_line_of_one_company_names_a_person_of_another(company, owner, rival):
    row = brought(make_job(company), owner, *people(1))
    other = make_application(make_job(rival.company))
    with pytest.raises(IntegrityError):  # checked at the commit
        ImportedLine.objects.filter(source=row).update(application=other)


def test_two_imports_into_one_job_number_on(company, owner):
    job = make_job(company)
    first, second = (chunk_of(started(job, owner, *people(2, start))) for start in (1, 5))
    found = race(first, second)
    assert (found["waited"], numbers(job), How.IMPORT) == (True, [1, 2, 3, 4], "import")
