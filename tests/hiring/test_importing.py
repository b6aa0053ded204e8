"""People from another system: received, mapped, brought in, given up, gone on with."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hiring import cvbox, import_chunks, import_reading, importing, pipeline, tasks
from hiring.models import (
    Application,
    Candidate,
    How,
    ImportedLine,
    Note,
    Outcome,
    PeopleImport,
    Stage,
    StageMove,
    Told,
)
from mailroom.models import Mail, Notice
from tests.hiring.brought import (
    ADA,
    BO,
    CARLA,
    HEADER,
    archive,
    brought,
    counted,
    cv,
    mapped,
    people,
    ran,
    received,
    started,
    table,
)
from tests.hiring.factories import make_application, make_job
from vault import tablefile, work
from vault.models import StoredFile, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
MEANT = {"stage": {"Interview": "interview", "Rejected": "refused", "Applied": "cv"}}


@pytest.fixture
def job(company):
    return make_job(company)


def numbers():
    return list(Application.objects.order_by("number").values_list("number", "name"))


# -- received


def test_a_table_waits_to_be_mapped(job, owner):
    row = received(job, owner, ADA, BO)
    assert (row.is_open, row.rows, row.has_table, row.has_cvs, row.name) == (
        True,
        2,
        True,
        False,
        "people.csv",
    )
    assert {field for field, column in row.mapping["columns"].items() if column is not None} == {
        "name", "email", "phone", "applied", "stage", "rating", "cv",
    }  # fmt: skip
    assert list(work.due(PeopleImport)) == []


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8-sig", "Jürgen Groß"),
        ("utf-16", "Łukasz Żak"),
        ("cp1252", "Åsa Sjöström"),
        ("gb18030", "王小明"),
        ("cp1256", "أحمد علي"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator(job, owner, encoding, name, separator):
    rows = [name, "a@x.example"], [name, "b@x.example"]
    upload = table(*rows, header=HEADER[:2], encoding=encoding, separator=separator)
    row = importing.receive(job, by=owner, table=upload)
    assert [line.person.name for line in import_reading.lines(row)] == [name, name]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"Name,Email", "no_rows"),
        (b"Name\nAda", "no_columns"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"Name,Email\n" + b"a,b\n" * 10_001, "too_many_rows"),
        (b"a,b\n" * 5_000_001, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_is_none(job, owner, body, code):
    upload = table(ADA)
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(body)
    upload.size = len(body)
    with pytest.raises(tablefile.Unreadable) as refused:
        importing.receive(job, by=owner, table=upload)
    assert (refused.value.code, PeopleImport.objects.count(), StoredFile.objects.count()) == (code, 0, 0)


def test_single_files_become_one_archive_and_two_of_a_name_stay_two(job, owner):
    row = received(job, owner, cvs=[cv("a.txt"), cv("a.txt", "Another one altogether.")])
    with cvbox.Box(row.cvs.path) as box:
        assert box.files == ["2/a.txt", "a.txt"]
    assert (row.rows, row.is_open, row.looked["new"]) == (2, True, 2)


def test_what_is_added_later_goes_to_the_same_import(job, owner):
    row = received(job, owner, ADA)
    again = importing.receive(job, by=owner, cvs=[cv("Ada Berg.txt")], known=row)
    assert (again.pk, again.has_table, again.has_cvs, again.rows) == (row.pk, True, True, 1)
    importing.receive(job, by=owner, table=table(ADA, BO), known=again)
    assert (again.rows, StoredFile.objects.count()) == (2, 2)


# -- what would happen


def test_a_look_before(job, owner):
    make_application(job, email="ADA@mail.example")
    row = mapped(job, owner, ADA, BO, BO, ["", "x"], CARLA, words={"stage": {"Rejected": "out"}})
    assert {name: row.looked[name] for name in ("new", "already", "broken", "left_out")} == {
        "new": 1, "already": 2, "broken": 1, "left_out": 1,
    }  # fmt: skip
    assert row.looked["examples"] == [[5, "no_name"]]


def test_the_first_people_as_they_will_be(job, owner):
    row = mapped(job, owner, people(1)[0], ADA, *people(12, 2), cvs=[cv("Ada Berg.txt")])
    first = import_reading.first(row)
    assert (len(first), first[1]["cv"], first[0]["cv"], first[0]["stage"]) == (10, "Ada Berg.txt", "", "cv")


def test_words_are_counted_only_where_a_column_says_them(job, owner):
    row = received(job, owner, ADA, BO, BO)
    said = importing.map_columns(row, columns=row.mapping["columns"], order="ymd")
    assert said == {"stage": [("Interview", 2), ("Applied", 1)]}
    assert importing.map_columns(row, columns={"name": 0}, order="") == {}
    assert row.looked["new"] == 3


def test_nothing_changes_what_was_started(job, owner):
    row = started(job, owner, ADA)
    importing.choose_words(row, {"stage": {"Applied": "out"}})
    assert PeopleImport.objects.get(pk=row.pk).words == {}


# -- brought in


def test_brought_in(job, owner):
    row = brought(job, owner, ADA, BO, CARLA, words=MEANT)
    assert (row.state, row.cursor, counted(row)) == (State.DONE, 3, {"entered": 3})
    assert numbers() == [(1, "Ada Berg"), (2, "Bo Carlsson"), (3, "Carla Diaz")]
    ada = Application.objects.get(number=1)
    assert (ada.email, ada.phone, ada.language, ada.entered_by) == (
        "ada@mail.example", "+358 40 123 4567", job.language, owner,
    )  # fmt: skip
    assert ada.submitted_at == datetime(2026, 10, 5, tzinfo=UTC)
    assert (ada.search, ada.sort_name) == ("ada berg ada mail example 358 40 123 4567", "ada berg")


def test_numbers_go_on_after_those_who_are_there(job, owner):
    make_application(job)
    brought(job, owner, *people(3))
    make_application(job)
    assert [number for number, _name in numbers()] == [1, 2, 3, 4, 5]


def test_stages_as_they_were_chosen(job, owner):
    brought(job, owner, ADA, BO, CARLA, words=MEANT)
    found = {row.name: row for row in Application.objects.all()}
    assert [row.standing for row in found.values()] == ["cv", "interview", "cv:not_selected"]
    carla = found["Carla Diaz"]
    assert (carla.told, carla.is_over, carla.reason) == (Told.NONE, True, "")
    move = found["Bo Carlsson"].moves.get()
    assert (move.how, move.from_stage, move.skipped) == (How.IMPORT, "", ["cv", "phone"])


def test_two_lines_of_history_for_who_was_refused_there(job, owner):
    brought(job, owner, CARLA, words=MEANT)
    moves = StageMove.objects.order_by("pk").values_list("to_outcome", "told", "text")
    assert list(moves) == [("active", "", ""), ("not_selected", "none", "Told in the other system.")]


def test_nobody_is_written_to_or_told(job, owner, manager):
    brought(job, owner, ADA, BO, CARLA, words=MEANT)
    assert (Mail.objects.count(), Notice.objects.count()) == (0, 0)


def test_one_line_of_the_trail_for_each_and_for_the_import(job, owner):
    brought(job, owner, ADA, BO)
    found = list(TrailEntry.objects.order_by("pk").values_list("action", "actor_id"))
    assert found == [
        (action, owner.user_id)
        for action in (
            "people_import.received", "people_import.started", "application.received", "application.received",
            "people_import.done",
        )
    ]  # fmt: skip


def test_a_rating_is_words_in_a_note(job, owner):
    brought(job, owner, [*ADA[:4], "New", "4/5", ""])
    note = Note.objects.get()
    assert (note.author, note.text) == (owner, "Stage there: New\nRating there: 4/5")


def test_who_has_nothing_to_note_has_no_note(job, owner):
    brought(job, owner, *people(2))
    assert Note.objects.count() == 0


def test_where_somebody_came_from_is_a_known_place_or_words(job, owner):
    brought(job, owner, ["A", "LinkedIn"], ["B", "Carrier pigeon"], header=["Name", "Source"])
    assert list(Application.objects.order_by("pk").values_list("source", flat=True)) == ["linkedin", ""]
    assert "Came through: Carrier pigeon" in Note.objects.order_by("-pk").first().text


def test_who_is_there_already_is_not_touched(job, owner):
    there = make_application(job, name="Her own name", email="Ada@Mail.example")
    row = brought(job, owner, ADA, BO)
    there.refresh_from_db()
    assert (counted(row), there.name) == ({"entered": 1, "already": 1}, "Her own name")


def test_the_same_address_twice_in_a_table_is_one_person(job, owner):
    assert counted(brought(job, owner, ADA, [ADA[0], "ADA@mail.example"], BO)) == {"entered": 2, "already": 1}


def test_without_an_address_nobody_is_the_same(job, owner):
    make_application(job, email="")
    assert counted(brought(job, owner, ["A", ""], ["A", ""])) == {"entered": 2}


def test_in_another_job_it_is_another_application(job, owner, company):
    make_application(make_job(company), email=ADA[1])
    assert counted(brought(job, owner, ADA)) == {"entered": 1}


def test_the_same_table_once_more_changes_nothing(job, owner):
    brought(job, owner, ADA, BO)
    assert counted(brought(job, owner, ADA, BO)) == {"already": 2}
    assert (len(numbers()), Candidate.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["", "a@x.example"], "no_name"),
        (["Ada", "a@x"], "bad_email"),
        (["Ada", "", "", "someday"], "bad_date"),
        (["Ada", "", "", "1999-01-01"], "impossible_date"),
        (["Ada", "", "", "2999-01-01"], "impossible_date"),
        (["Ada", "", "", "", "", "", "", "more"], "more_cells"),
    ],
)
def test_a_broken_line_stays_out_with_its_reason(job, owner, cells, code):
    row = brought(job, owner, cells, BO)
    line = row.lines.get(became="broken")
    assert (line.line, line.code, line.cells, counted(row)["entered"]) == (2, code, cells, 1)


def test_a_day_in_another_zone_is_not_in_the_future(job, owner):
    tomorrow = timezone.now() + timedelta(hours=20)
    brought(job, owner, ["Ada", "", "", f"{tomorrow:%Y-%m-%d %H:%M:%S}"])
    assert Application.objects.get().submitted_at <= timezone.now()


def test_dates_are_on_the_wall_of_the_shop(job, owner, company):
    type(company).objects.update(timezone="Europe/Helsinki")
    brought(job, owner, ADA)
    assert Application.objects.get().submitted_at == datetime(2026, 10, 4, 21, tzinfo=UTC)


def test_a_job_that_is_over_takes_nobody(job, owner):
    row = started(job, owner, ADA)
    type(job).objects.update(status="closed", closed_at=timezone.now())
    row = ran(row)
    assert (row.state, row.last_error, numbers()) == (State.PARKED, "job_over", [])


def test_a_draft_takes_people(company, owner):
    job = make_job(company, status="draft")
    assert counted(brought(job, owner, ADA)) == {"entered": 1}


# -- CVs


def test_a_cv_is_its_persons_and_will_be_read(job, owner):
    row = brought(job, owner, ADA, BO, cvs=[cv("Ada Berg.txt"), cv("stranger.txt")])
    ada, bo = Application.objects.select_related("cv").order_by("number")
    assert (ada.cv.original_name, bo.cv, row.loose) == ("Ada Berg.txt", None, [["stranger.txt", "nobody"]])
    assert (ada.cv.draft_until, ada.cv.state, ada.cv.actor_id) == (None, State.WAITING, owner.user_id)
    assert ada.cv.due_at <= timezone.now()


def test_a_cv_that_is_refused_says_why_and_its_person_comes_in(job, owner):
    row = brought(job, owner, ADA, BO, cvs=[archive({"Ada Berg.txt": "<html>", "Bo Carlsson.txt": "Hello"})])
    line = row.lines.get(cv_code="markup")
    assert (line.cv_name, line.application.cv, counted(row)["with_cv"]) == ("Ada Berg.txt", None, 1)


def test_a_file_the_table_names_and_nobody_sent(job, owner):
    row = brought(job, owner, [*ADA[:6], "ada-cv.pdf"], BO, cvs=[cv("Bo Carlsson.txt")])
    line = row.lines.get(cv_code="not_sent")
    assert (line.cv_name, line.application.name) == ("ada-cv.pdf", "Ada Berg")


def test_with_cvs_alone_each_is_a_person(job, owner):
    row = brought(
        job, owner, cvs=[archive({"x/Bo_Carlsson-CV.txt": "One", "x/Ada Berg.txt": "Two", ".DS_Store": "z"})]
    )
    assert (numbers(), counted(row)) == ([(1, "Ada Berg"), (2, "Bo Carlsson")], {"entered": 2, "with_cv": 2})


def test_a_cv_alone_that_is_refused_still_names_its_person(job, owner):
    row = brought(job, owner, cvs=[cv("Ada Berg.txt"), cv("Bo.exe", "MZ\x00\x01")])
    assert counted(row) == {"entered": 2, "with_cv": 1, "cv_refused": 1}


def test_no_draft_is_left_when_the_chunk_is_not_saved(job, owner, monkeypatch):
    row = started(job, owner, ADA, cvs=[cv("Ada Berg.txt")])
    monkeypatch.setattr(pipeline, "receive_many", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing.run(row.pk)
    left = StoredFile.objects.exclude(kind="import").get()
    assert (left.draft_until > timezone.now(), numbers()) == (True, [])


def test_the_files_are_gone_when_it_is_done(job, owner):
    row = brought(job, owner, ADA, cvs=[cv("Ada Berg.txt")])
    assert (row.table, row.cvs, list(StoredFile.objects.values_list("kind", flat=True))) == (
        None,
        None,
        ["txt"],
    )


# -- workers, and giving up


@pytest.fixture
def by_twos(monkeypatch):
    monkeypatch.setattr(import_chunks, "CHUNK", 2)


def die():
    raise SystemExit


def stop_after(monkeypatch, chunks, act):
    """`act()` before the chunk after so many."""
    real, seen = import_chunks._enter, []

    def enter(*args):
        seen.append(args)
        if len(seen) == chunks + 1:
            act()
        return real(*args)

    monkeypatch.setattr(import_chunks, "_enter", enter)


def test_another_worker_goes_on_at_the_next_line(job, owner, monkeypatch, by_twos):
    row = started(job, owner, *people(5))
    with monkeypatch.context() as patch:
        stop_after(patch, 1, die)
        with pytest.raises(SystemExit):
            importing.run(row.pk)
    importing.run(row.pk)
    assert len(numbers()) == 2
    PeopleImport.objects.update(lease_until=timezone.now())
    row = ran(row)
    assert (row.state, row.tries, [number for number, _name in numbers()]) == (State.DONE, 2, [1, 2, 3, 4, 5])
    assert list(row.lines.order_by("pk").values_list("line", flat=True)) == [2, 3, 4, 5, 6]


def test_a_worker_that_lost_its_lease_writes_nothing_more(job, owner, monkeypatch, by_twos):
    row = started(job, owner, *people(4))
    stop_after(monkeypatch, 1, lambda: PeopleImport.objects.update(tries=9))
    assert ran(row).state == State.RUNNING
    assert (len(numbers()), ImportedLine.objects.count()) == (2, 2)


def test_given_up_in_the_middle_keeps_who_is_in(job, owner, monkeypatch, by_twos):
    row = started(job, owner, *people(5))
    stop_after(monkeypatch, 1, lambda: importing.cancel(PeopleImport.objects.get(pk=row.pk), by=owner))
    row = ran(row)
    assert (row.state, row.cursor, len(numbers()), row.table) == (State.CANCELLED, 2, 2, None)
    assert StoredFile.objects.count() == 0


def test_cvs_gone_with_a_given_up_import_are_no_accident(job, owner, monkeypatch, by_twos):
    row = started(job, owner, cvs=[cv(f"Ada {name} Berg.txt") for name in ("A", "B", "C")])

    def give_up():
        importing.cancel(PeopleImport.objects.select_related("table", "cvs").get(pk=row.pk), by=owner)
        row.cvs.path.unlink(missing_ok=True)

    stop_after(monkeypatch, 1, give_up)
    assert ran(row).state == State.CANCELLED


def test_an_accident_is_tried_again_then_set_aside_and_gone_on_with(job, owner, monkeypatch):
    row = started(job, owner, *people(2))
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "receive_many", lambda *args, **more: 1 / 0)
        for _ in range(3):
            PeopleImport.objects.update(due_at=timezone.now())
            with pytest.raises(ZeroDivisionError):
                importing.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.PARKED, "ZeroDivisionError")
    assert importing.again(row, by=owner) is True
    assert counted(ran(row)) == {"entered": 2}


def test_starting_twice_is_starting_once(job, owner, manager):
    row = mapped(job, owner, ADA)
    assert [importing.start(row, by=owner), importing.start(row, by=manager)] == [True, False]
    assert PeopleImport.objects.get().created_by == owner


def test_what_is_given_up_is_not_started(job, owner):
    row = mapped(job, owner, ADA)
    assert [importing.cancel(row, by=owner), importing.cancel(row, by=owner)] == [True, False]
    assert (importing.start(row, by=owner), importing.again(row, by=owner)) == (False, False)


def test_starting_hands_the_number_to_the_queue(job, owner, on_commit):
    row = mapped(job, owner, ADA)
    with on_commit() as callbacks:
        importing.start(row, by=owner)
    assert len(callbacks) == 1
    tasks.bring_people(row.pk)
    assert len(numbers()) == 1


def test_the_sweeper_queues_what_is_due_and_forgets_what_is_a_day_old(job, owner):
    old = mapped(job, owner, ADA)
    PeopleImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    fresh = mapped(job, owner, BO)
    tasks.sweep_imports()
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, old.table, fresh.is_open) == (State.CANCELLED, None, True)


def test_what_runs_is_not_forgotten(job, owner):
    row = started(job, owner, ADA)
    PeopleImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    importing.forget()
    assert counted(ran(row)) == {"entered": 1}


def test_who_was_not_brought_in_is_forgotten_after_two_weeks(job, owner):
    row = brought(job, owner, ["", "x@y.example"], ADA, cvs=[cv("who.txt")])
    importing.forget()
    assert (row.lines.filter(became="broken").get().cells, row.loose) == (
        ["", "x@y.example"],
        [["who.txt", "nobody"]],
    )
    PeopleImport.objects.update(ended_at=timezone.now() - timedelta(days=15))
    importing.forget()
    row.refresh_from_db()
    assert (row.lines.filter(became="broken").get().cells, row.loose, row.loose_count) == ([], [], 1)


# -- the pipeline's part


def test_entering_many_costs_the_same_for_three_as_for_one(job, owner, django_assert_num_queries):
    for n in (1, 3):
        with django_assert_num_queries(8):
            pipeline.receive_many(job, [{"name": f"P{i}", "email": ""} for i in range(n)], by=owner)


def test_nobody_is_brought_in_as_hired(job, owner):
    with pytest.raises(pipeline.Refused, match="signature"):
        pipeline.receive_many(job, [{"name": "Ada", "stage": Stage.HIRED}], by=owner)
    assert Application.objects.count() == 0


def test_a_chunk_is_all_or_nothing(job, owner):
    with pytest.raises(pipeline.Refused):
        pipeline.receive_many(job, [{"name": "Ada"}, {"name": "Bo", "stage": Stage.HIRED}], by=owner)
    job.refresh_from_db()
    assert (job.last_number, Candidate.objects.count()) == (0, 0)


def test_somebody_brought_in_goes_on_like_anybody(job, owner):
    ada = pipeline.receive_many(job, [{"name": "Ada", "email": "a@x.example"}], by=owner)[0]
    move = pipeline.advance(ada, to=Stage.PHONE, by=owner, expected="cv", how=How.BOARD)
    assert (move.to_stage, ada.outcome) == (Stage.PHONE, Outcome.ACTIVE)
