"""Two runs at one moment. The first holds its transaction open while the second comes."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts import team
from hiring import applying
from mailroom import digest
from mailroom.models import Mail, Notice
from tests.hiring.factories import make_job

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(company, owner):
    """A notice of two days ago."""
    applying.apply(make_job(company), person={"name": "Ada", "email": "a@mail.example"}, answers={}, key="1")
    Notice.objects.update(at=timezone.now() - timedelta(days=2))
    return owner


def in_thread(call):
    found = []

    def run():
        try:
            found.append(call())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, found


def test_a_second_run_waits_for_the_first_and_then_finds_nothing(waiting):
    with transaction.atomic():
        assert digest.send() == 1
        thread, found = in_thread(digest.send)
        thread.join(timeout=0.7)
        assert (thread.is_alive(), found) == (True, [])  # it stands before the company's lock
    thread.join(timeout=10)
    assert (found, Mail.objects.filter(message="told_digest").count()) == ([0], 1)


def test_somebody_who_is_being_removed_gets_nothing(waiting, company):
    from accounts.models import Role
    from tests.factories import make_member

    make_member(company, Role.OWNER)
    with transaction.atomic():
        team.remove(waiting, by=None)
        thread, found = in_thread(digest.send)
        thread.join(timeout=0.7)
        assert thread.is_alive()
    thread.join(timeout=10)
    assert found == [0]
