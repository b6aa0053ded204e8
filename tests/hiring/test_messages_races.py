"""Two at once at a letter: Undo against the worker, two tabs that send the same one. PostgreSQL shows these races."""

import pytest

from accounts import undoing
from hiring import writing
from hiring.models import Message
from mailroom import delivery
from mailroom.models import Mail
from tests.hiring import test_races
from tests.hiring.factories import make_application, make_job
from tests.hiring.letters import came, mail_of, write
from vault import work
from vault.work import State

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind", email="ada@mail.example")


def race(first, second):
    def caught(act):
        def run():
            try:
                return act()
            except (undoing.Refused, writing.AlreadyThere) as error:
                return error

        return run

    return test_races.race(caught(first), caught(second))


def due(message):
    Mail.objects.filter(about_kind="message", about_id=message.pk).update(due_at="2026-01-01T00:00:00Z")
    return mail_of(message).pk


def test_undo_and_the_worker_never_both_win_undo_first(ada, manager):
    message = write(ada, manager)
    pk = due(message)
    found = race(
        lambda: writing.take_back(message, by=manager), lambda: work.claim(Mail, pk, lease=delivery.LEASE)
    )
    assert found["second"] is None
    assert (mail_of(message).state, Message.objects.get().cancelled_at is None) == (State.CANCELLED, False)


def test_undo_and_the_worker_never_both_win_worker_first(ada, manager):
    message = write(ada, manager)
    pk = due(message)
    found = race(
        lambda: work.claim(Mail, pk, lease=delivery.LEASE), lambda: writing.take_back(message, by=manager)
    )
    assert (found["waited"], type(found["second"])) == (True, undoing.Gone)
    assert (mail_of(message).state, Message.objects.get().cancelled_at) == (State.RUNNING, None)


def test_the_same_form_in_two_tabs_is_one_letter(ada, manager, owner):
    found = race(
        lambda: write(ada, manager, key="one-and-the-same"),
        lambda: write(ada, manager, key="one-and-the-same"),
    )
    assert (found["waited"], found["first"].pk) == (True, found["second"].pk)
    assert (Message.objects.count(), Mail.objects.count()) == (1, 1)


def test_the_same_mail_put_there_by_two_is_kept_once(ada, manager, owner):
    found = race(lambda: came(ada, manager, mark="m" * 64), lambda: came(ada, owner, mark="m" * 64))
    assert (found["waited"], type(found["second"])) == (True, writing.AlreadyThere)
    assert Message.objects.count() == 1
