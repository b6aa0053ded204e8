import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.vault.factories import make_file
from vault import work
from vault.models import StoredFile

LEASE = timedelta(minutes=5)
DELAYS = [60, 300]


@pytest.fixture
def row(db):
    """Any model of work will do; the reading of a file is one."""
    return make_file()


def claim(row):
    return work.claim(StoredFile, row.pk, lease=LEASE)


def due():
    return list(work.due(StoredFile).values_list("pk", flat=True))


def later(time_machine, **delta):
    time_machine.move_to(timezone.now() + timedelta(**delta), tick=False)


def test_new_work_is_due_at_once(row):
    assert due() == [row.pk]


def test_claiming_takes_the_row_for_a_while(row):
    mine = claim(row)
    assert (mine.state, mine.tries) == ("running", 1)
    assert mine.lease_until > timezone.now()
    assert due() == []


def test_what_somebody_works_on_nobody_else_gets(row):
    assert claim(row)
    assert claim(row) is None


def test_work_for_later_is_not_due_yet(row, time_machine):
    StoredFile.objects.update(due_at=timezone.now() + timedelta(hours=1))
    assert (due(), claim(row)) == ([], None)
    later(time_machine, hours=2)
    assert due() == [row.pk]


def test_work_of_somebody_who_died_is_due_again(row, time_machine):
    claim(row)
    later(time_machine, minutes=6)
    assert due() == [row.pk]
    assert claim(row).tries == 2


def test_done_is_done(row):
    mine = claim(row)
    assert work.done(mine, text="words")
    row.refresh_from_db()
    assert (row.state, row.text, row.lease_until, row.last_error) == ("done", "words", None, "")
    assert (due(), claim(row)) == ([], None)


def test_who_was_too_slow_writes_nothing(row, time_machine):
    slow = claim(row)
    later(time_machine, minutes=6)
    fast = claim(row)
    assert work.done(slow, text="old") is False
    assert work.failed(slow, "old", delays=DELAYS) is False
    assert work.done(fast, text="new") is True
    row.refresh_from_db()
    assert row.text == "new"


def test_failed_work_waits_longer_each_time_and_is_then_set_aside(row, time_machine):
    waits = []
    for _ in range(3):
        mine = claim(row)
        work.failed(mine, "no answer", delays=DELAYS)
        waits.append((mine.state, round((mine.due_at - timezone.now()).total_seconds())))
        later(time_machine, seconds=301)
    assert waits[:2] == [("waiting", 60), ("waiting", 300)]
    assert waits[2][0] == "parked"
    assert due() == []


def test_an_error_is_kept_short(row):
    mine = claim(row)
    work.failed(mine, "x" * 1000, delays=[])
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("parked", "x" * 300)


def test_parked_work_starts_anew_at_the_press_of_a_button(row):
    work.failed(claim(row), "no answer", delays=[])
    work.retry(row)
    row.refresh_from_db()
    assert (row.state, row.tries, row.last_error) == ("waiting", 0, "")
    assert claim(row)


def test_the_button_does_nothing_to_work_under_way(row):
    claim(row)
    work.retry(row)
    row.refresh_from_db()
    assert row.state == "running"


def test_the_oldest_comes_first(row):
    second, first = make_file(), make_file()
    StoredFile.objects.filter(pk=first.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert due() == [first.pk, row.pk, second.pk]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_gets_the_row():
    """The first holds its transaction open while the second tries, and does not wait for it."""
    row, results = make_file(), []
    second = threading.Thread(target=_claim, args=(row, results))
    with transaction.atomic():
        assert claim(row)
        second.start()
        second.join(10)
        assert results == [None]


def _claim(row, results):
    try:
        results.append(claim(row))
    finally:
        connection.close()
