"""Two requests at once, on PostgreSQL: SQLite's single writer would hide every one of these."""

import threading

import pytest
from django.db import connection, transaction

from readiness.models import Assessment
from tests.readiness.factories import make_assessment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def in_a_thread(act):
    """Runs `act` beside us and gives a function that waits for it and returns what it returned."""
    found = []

    def run():
        try:
            found.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()

    def wait(seconds):
        thread.join(seconds)
        return None if thread.is_alive() else found[0]

    return wait


@pytest.mark.postgres
def test_the_same_answers_twice_at_once_are_one_result(company):
    with transaction.atomic():
        first = make_assessment(company)
        second = in_a_thread(lambda: make_assessment(company))
        assert second(0.7) is None
    assert second(10) == first
    assert Assessment.objects.count() == 1
