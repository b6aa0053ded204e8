"""An import that is stopped, given up or gone on with: each line once, each number once, each step on the trail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring import import_chunks, importing, tasks
from hiring.models import Application, ImportedLine, Note, PeopleImport, Rating, Scorecard, StageMove
from tests.hiring.brought import (
    ADA,
    BO,
    archive,
    brought,
    counted,
    cv,
    mapped,
    people,
    ran,
    received,
    started,
)
from tests.hiring.factories import make_application, make_job
from vault import work
from vault.models import StoredFile, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def by_ones(monkeypatch):
    monkeypatch.setattr(import_chunks, "CHUNK", 1)


def numbers():
    return list(Application.objects.order_by("number").values_list("number", flat=True))


def trail_of(row):
    found = TrailEntry.objects.filter(action__startswith="people_import", subject_id=row.pk).order_by("pk")
    return [action.partition(".")[2] for action in found.values_list("action", flat=True)]


def one_chunk(row):
    """A worker takes it, brings in the first chunk and is gone."""
    mine = work.claim(PeopleImport, row.pk, lease=import_chunks.LEASE)
    lines = list(importing.import_reading.lines(mine))[: import_chunks.CHUNK]
    import_chunks._enter(mine, lines, {}, {})
    PeopleImport.objects.filter(pk=row.pk).update(lease_until=timezone.now())
    return mine


# -- each line once


@pytest.mark.parametrize("done", [1, 2, 3])
def test_gone_on_with_at_any_line_each_is_one_person(job, owner, by_ones, done):
    row = started(job, owner, *people(4))
    for _ in range(done):
        mine = work.claim(PeopleImport, row.pk, lease=import_chunks.LEASE)
        line = list(importing.import_reading.lines(mine))[mine.cursor]
        import_chunks._enter(mine, [line], {}, {})
        PeopleImport.objects.update(lease_until=timezone.now())
    row = ran(row)
    assert (row.state, row.cursor, numbers()) == (State.DONE, 4, [1, 2, 3, 4])
    assert list(row.lines.order_by("line").values_list("line", flat=True)) == [2, 3, 4, 5]


def test_what_is_done_is_not_done_again(job, owner):
    row = brought(job, owner, *people(2))
    for _ in range(2):
        tasks.bring_people(row.pk)
    assert (numbers(), trail_of(row).count("done")) == ([1, 2], 1)


def test_two_messages_of_one_import_are_one_import(job, owner):
    row = started(job, owner, *people(2))
    work.claim(PeopleImport, row.pk, lease=import_chunks.LEASE)
    importing.run(row.pk)
    assert (numbers(), PeopleImport.objects.get().state) == ([], State.RUNNING)


def test_people_without_an_address_come_once_too(job, owner, by_ones):
    row = started(job, owner, ["A", ""], ["A", ""], ["A", ""])
    one_chunk(row)
    assert (counted(ran(row)), numbers()) == ({"entered": 3}, [1, 2, 3])


def test_an_address_that_came_before_the_stop_is_known_after_it(job, owner, by_ones):
    row = started(job, owner, ADA, [ADA[0], ADA[1].upper()])
    one_chunk(row)
    assert counted(ran(row)) == {"entered": 1, "already": 1}


def test_lines_that_stay_out_take_no_number(job, owner):
    row = brought(job, owner, ADA, ["", "x"], ADA, BO)
    assert (numbers(), counted(row)) == ([1, 2], {"entered": 2, "already": 1, "broken": 1})


def test_somebody_who_applies_between_two_chunks_has_a_number_of_their_own(job, owner, by_ones):
    row = started(job, owner, *people(2))
    one_chunk(row)
    assert make_application(job).number == 2
    ran(row)
    assert numbers() == [1, 2, 3]


# -- given up, and gone on with


def test_given_up_in_the_middle_no_worker_goes_on(job, owner, by_ones):
    row = started(job, owner, *people(3))
    mine = one_chunk(row)
    importing.cancel(mine, by=owner)
    assert (ran(row).state, numbers(), list(work.due(PeopleImport))) == (State.CANCELLED, [1], [])
    assert importing.again(row, by=owner) is False


def test_given_up_its_files_go_and_the_cvs_of_who_is_in_stay(job, owner):
    row = brought(job, owner, ADA, cvs=[cv("Ada Berg.txt")])
    other = started(job, owner, BO, cvs=[cv("Bo Carlsson.txt")])
    importing.cancel(PeopleImport.objects.get(pk=other.pk), by=owner)
    assert list(StoredFile.objects.values_list("original_name", flat=True)) == ["Ada Berg.txt"]
    assert row.lines.get().application.cv.path.exists()


def test_what_is_done_is_not_given_up(job, owner):
    row = brought(job, owner, ADA)
    assert (importing.cancel(row, by=owner), importing.again(row, by=owner)) == (False, False)
    assert trail_of(row)[-1] == "done"


@pytest.mark.parametrize("days", [0, 1])
def test_a_closed_job_stops_it_and_an_open_one_lets_it_go_on(job, owner, by_ones, days):
    row = started(job, owner, *people(2))
    one_chunk(row)
    type(job).objects.update(status="closed", closed_at=timezone.now() - timedelta(days=days))
    assert (ran(row).last_error, numbers()) == ("job_over", [1])
    type(job).objects.update(status="open", closed_at=None)
    assert importing.again(row, by=owner) is True
    assert (ran(row).state, numbers()) == (State.DONE, [1, 2])


def test_nobody_goes_on_with_what_has_not_begun(job, owner):
    assert importing.again(mapped(job, owner, ADA), by=owner) is False


def test_a_file_that_is_gone_is_an_accident_that_says_so(job, owner):
    row = started(job, owner, ADA)
    row.table.path.unlink()
    with pytest.raises(FileNotFoundError):
        importing.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.last_error, numbers()) == (State.WAITING, "FileNotFoundError", [])


def test_set_aside_for_a_day_it_is_given_up_and_who_is_in_stays(job, owner, by_ones):
    row = started(job, owner, *people(2))
    one_chunk(row)
    PeopleImport.objects.update(state=State.PARKED, created_at=timezone.now() - timedelta(hours=25))
    assert (importing.forget(), numbers(), StoredFile.objects.count()) == (1, [1], 0)


# -- the trail


def test_the_steps_of_one_that_was_given_up(job, owner):
    row = mapped(job, owner, ADA)
    importing.cancel(row, by=owner)
    assert trail_of(row) == ["received", "cancelled"]


def test_files_in_two_steps_are_two_lines(job, owner):
    row = received(job, owner, ADA)
    importing.receive(job, by=owner, cvs=[cv("Ada Berg.txt")], known=row)
    assert trail_of(row) == ["received", "received"]


def test_who_went_on_stands_there_beside_who_began(job, owner, manager):
    row = started(job, owner, ADA)
    PeopleImport.objects.update(state=State.PARKED, last_error="OSError")
    importing.again(row, by=manager)
    found = TrailEntry.objects.filter(action="people_import.started").order_by("pk")
    assert list(found.values_list("actor_id", flat=True)) == [owner.user_id, manager.user_id]


def test_what_the_clock_gives_up_has_no_name(job, owner):
    row = mapped(job, owner, ADA)
    PeopleImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    importing.forget()
    assert TrailEntry.objects.get(action="people_import.cancelled", subject_id=row.pk).actor_id is None


def test_no_words_of_strangers_on_the_trail(job, owner):
    brought(job, owner, ADA, ["", "eve@x.example"], cvs=[cv("who.txt")])
    said = " ".join(str(row) for row in TrailEntry.objects.values())
    assert not [word for word in ("Ada", "ada@", "eve@", "who.txt") if word in said]


# -- ratings are words


@pytest.mark.parametrize("rating", ["5", "4/5", "★★★★★", "99 %", "excellent", "-1"])
def test_a_rating_is_never_a_score(job, owner, rating):
    brought(job, owner, [*ADA[:5], rating, ""])
    assert (Scorecard.objects.count(), Rating.objects.count()) == (0, 0)
    assert f"Rating there: {rating}" in Note.objects.get().text


def test_the_order_of_a_file_and_its_ratings_change_no_order(job, owner):
    brought(job, owner, ["Low", "", "", "", "", "1", ""], ["High", "", "", "", "", "5", ""])
    assert list(Application.objects.order_by("number").values_list("name", "stage")) == [
        ("Low", "cv"), ("High", "cv"),
    ]  # fmt: skip


def test_a_status_of_hired_brings_nobody_past_the_others(job, owner):
    brought(job, owner, [*ADA[:4], "Hired", "", ""], words={"stage": {"Hired": "cv"}})
    assert (Application.objects.get().standing, StageMove.objects.count()) == ("cv", 1)


# -- CVs alone


def test_an_address_in_a_files_name_is_the_persons(job, owner):
    brought(job, owner, cvs=[archive({"Ada Berg ada@x.example.txt": "Chat."})])
    assert list(Application.objects.values_list("name", "email")) == [("Ada Berg", "ada@x.example")]


def test_without_addresses_the_same_files_again_are_new_people(job, owner):
    """Nobody is taken for somebody else because of a name: the page before it says that the files were here."""
    for _ in range(2):
        row = brought(job, owner, cvs=[archive({"Ada Berg.txt": "Chat."})])
    assert (counted(row), numbers(), ImportedLine.objects.count()) == (
        {"entered": 1, "with_cv": 1},
        [1, 2],
        2,
    )
