"""Two who decide at once about the same two people, on PostgreSQL; and two who apply at once."""

import pytest
from django.db import connection, transaction

from hiring import duplicates
from hiring.models import Application, Said, SamePerson
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import race
from vault import erasing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pair(company):
    job = make_job(company)
    for _ in range(2):
        make_application(job, name="Ada Lind", email="ada@mail.example")
    duplicates.run()
    return SamePerson.objects.get()


def deciding(verb, pair, by):
    def decide():
        try:
            return verb(pair, by=by)
        except duplicates.Decided as decided:
            return decided

    return decide


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (duplicates.same, duplicates.somebody_else, Said.SAME),
        (duplicates.somebody_else, duplicates.same, Said.OTHER),
    ],
)
def test_two_managers_decide_at_once(pair, owner, manager, first, second, said):
    found = race(deciding(first, pair, owner), deciding(second, pair, manager))
    assert (found["waited"], type(found["second"])) == (True, duplicates.Decided)
    pair.refresh_from_db()
    assert (pair.said, pair.said_by) == (said, owner)
    one = len(set(Application.everything.values_list("candidate", flat=True)))
    assert one == (1 if said == Said.SAME else 2)


def test_nobody_is_grouped_with_somebody_who_is_being_erased(pair, owner):
    candidate = pair.second.candidate_id

    def erase():
        erasing.erase("candidate", candidate, company_id=pair.company_id, by_id=None, source="shop")

    def group():
        try:
            return duplicates.same(pair, by=owner)
        except (duplicates.Refused, SamePerson.DoesNotExist) as error:
            return error

    found = race(erase, group)
    assert (found["waited"], type(found["second"])) == (True, SamePerson.DoesNotExist)


def test_two_who_apply_at_once_are_noticed(company):
    """The first is looked at while the second's transaction is open: the second finds the first afterwards."""
    job = make_job(company)
    make_application(job, name="Ada Lind", email="ada@mail.example")
    second = make_application(job, name="Ada Lind", email="ada@mail.example")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM hiring_application WHERE id = %s FOR UPDATE", [second.pk])
        found = race(lambda: None, duplicates.run)
        assert (found["second"], SamePerson.objects.count()) == (1, 0)
    assert duplicates.run() == 1
    assert SamePerson.objects.count() == 1
