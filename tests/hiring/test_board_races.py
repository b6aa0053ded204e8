"""Several people at once, and somebody else at the same time: on PostgreSQL, with the first transaction held open."""

import threading

import pytest
from django.db import connection, transaction

from hiring import bulk, staleness
from hiring.models import Act, Application, How, Stage, StageLimit, StageMove
from mailroom.models import Notice
from tests.hiring.factories import go, make_application, make_job
from tests.hiring.test_races import advance, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(company):
    return make_job(company)


def prepared(job, by, n=2, act=Act.FORWARD):
    for _ in range(n):
        make_application(job)
    row = bulk.prepare(job, act, Application.objects.filter(job=job), by=by)
    bulk.begin(row, {}, by=by)
    return row


def results(row) -> list[str]:
    return list(row.items.order_by("pk").values_list("result", flat=True))


def test_a_colleague_who_moves_one_of_them_first_is_not_overtaken(job, owner, manager):
    row = prepared(job, owner)
    first = row.items.order_by("pk").first().application
    found = race(lambda: advance(first, manager), lambda: bulk.run(row.pk))
    assert (found["waited"], results(row)) == (True, ["stale", "done"])
    assert StageMove.objects.filter(application=first, how=How.BULK).count() == 0


def test_a_colleague_who_comes_second_is_told(job, owner, manager):
    row = prepared(job, owner, n=1)
    ada = row.items.get().application
    found = race(lambda: bulk._one(row, row.items.get().pk), lambda: advance(ada, manager))
    assert (found["waited"], found["second"].move.actor) == (True, owner)
    assert StageMove.objects.filter(application=ada, to_stage=Stage.PHONE).count() == 1


def test_two_workers_do_everybody_once(job, owner):
    row = prepared(job, owner, n=3)
    items = list(row.items.order_by("pk").values_list("pk", flat=True))

    def both():
        for pk in items:
            bulk._one(row, pk)

    race(both, both)
    assert (results(row), StageMove.objects.filter(how=How.BULK).count()) == (["done"] * 3, 3)


def test_a_button_pressed_in_two_tabs_begins_once(job, owner):
    make_application(job)
    row = bulk.prepare(job, Act.FORWARD, Application.objects.filter(job=job), by=owner)
    found = race(lambda: bulk.begin(row, {}, by=owner), lambda: bulk.begin(row, {}, by=owner))
    assert (found["waited"], found["first"], found["second"]) == (True, True, False)


def test_undo_and_a_colleagues_step_meet(job, owner, manager):
    row = prepared(job, owner, n=1)
    bulk.run(row.pk)
    row.refresh_from_db()
    bulk.begin_undo(row, by=owner)
    ada = Application.objects.get()
    found = race(lambda: advance(ada, manager, Stage.INTERVIEW), lambda: bulk.run(row.pk))
    assert (found["waited"], results(row), Application.objects.get().stage) == (True, ["stale"], "interview")


def test_two_undos_take_back_once(job, owner):
    row = prepared(job, owner, n=1)
    bulk.run(row.pk)
    row.refresh_from_db()
    found = race(lambda: bulk.begin_undo(row, by=owner), lambda: bulk.begin_undo(row, by=owner))
    assert (found["first"], found["second"]) == (True, False)


def test_a_doubled_beat_tells_once(job, owner, manager, monkeypatch):
    monkeypatch.setattr(staleness, "FROM_HOUR", 0)
    make_application(job)
    Application.objects.update(stage_entered_at="2026-01-01T00:00:00Z")
    staleness.keep(job, {Stage.CV: (3, owner)}, by=manager)
    found = race(staleness.remind, staleness.remind)
    assert (found["first"], found["second"], Notice.objects.count()) == (1, 0, 1)


def test_two_who_set_the_days_for_the_first_time_leave_one_row(job, owner, manager):
    def keep(days, by):
        return lambda: staleness.keep(job, {Stage.CV: (days, None)}, by=by)

    found = race(keep(3, owner), keep(9, manager))
    assert (found["waited"], StageLimit.objects.get().days) == (True, 9)


def test_forty_racing_moves_of_one_person(job, owner):
    """One wins; the others are told, by name."""
    ada = make_application(job)
    start, answers = threading.Barrier(8), []

    def drop():
        start.wait()
        try:
            for _ in range(5):
                try:
                    advance(ada, owner)
                    answers.append("moved")
                except Exception as error:
                    answers.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=drop) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["Stale"] * 39 + ["moved"]
    assert StageMove.objects.filter(application=ada).count() == 2


def test_a_bulk_that_fails_for_one_keeps_the_others(job, owner):
    row = prepared(job, owner)
    with transaction.atomic():
        go(row.items.order_by("pk").first().application, Stage.PHONE, owner)
    bulk.run(row.pk)
    assert results(row) == ["stale", "done"]
