"""The pages of an import: upload, columns, words, a look before, progress, report, taking back."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring import cvbox, importing, pipeline
from hiring.import_forms import ColumnsForm
from hiring.models import Application, How, JobMember, PeopleImport, Stage
from tests.factories import make_member
from tests.hiring.brought import (
    ADA,
    BO,
    CARLA,
    HEADER,
    archive,
    brought,
    cv,
    mapped,
    people,
    received,
    started,
    table,
)
from tests.hiring.factories import make_job
from vault import uploads
from vault.models import StoredFile, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def at(name, row):
    return reverse(f"hiring:{name}", args=[row.pk])


def text(response) -> str:
    return response.content.decode()


def chosen(row, **other):
    """What the page of columns sends when nothing is changed."""
    taken = {column: field for field, column in row.mapping["columns"].items() if column is not None}
    return {f"column-{n}": taken.get(n, "") for n in range(len(row.header))} | other


# -- who may


NAMES = ("import", "import_columns", "import_words", "import_check", "import_progress", "import_left_out")
POSTS = ("import_cancel", "import_again", "import_undo")


def test_a_manager_of_another_job_sees_nothing(sign_in, job, company, owner):
    client = sign_in(make_member(company, "manager"))
    row = mapped(job, owner, ADA)
    found = {client.get(at(name, row)).status_code for name in NAMES}
    found |= {client.post(at(name, row)).status_code for name in POSTS}
    assert found | {client.get(at("import_start", job)).status_code} == {403}


def test_another_company_sees_nothing(sign_in, job, owner, rival):
    client, row = sign_in(rival), mapped(job, owner, ADA)
    found = {client.get(at(name, row)).status_code for name in NAMES}
    found |= {client.post(at(name, row)).status_code for name in POSTS}
    assert (found, PeopleImport.objects.get().state) == ({404}, State.PARKED)


def test_an_import_of_a_deleted_job_is_gone(sign_in, job, owner):
    row = mapped(job, owner, ADA)
    type(job).objects.update(deleted_at=timezone.now())
    assert sign_in(owner).get(at("import_check", row)).status_code == 404


# -- upload


def test_uploaded_and_on_to_the_columns(sign_in, job, manager):
    response = sign_in(manager).post(at("import_start", job), {"table": table(ADA, BO)})
    assert response.url == at("import_columns", PeopleImport.objects.get(created_by=manager))


def test_cvs_alone_go_straight_to_the_look(sign_in, job, owner):
    response = sign_in(owner).post(at("import_start", job), {"cvs": [cv("Ada Berg.txt"), cv("Bo Carl.txt")]})
    row = PeopleImport.objects.get()
    assert (response.url, row.looked["new"]) == (at("import_check", row), 2)


def test_a_folder_leaves_what_a_computer_leaves_out(sign_in, job, owner):
    sign_in(owner).post(
        at("import_start", job), {"folder": [cv("Ada Berg.txt"), cv(".DS_Store"), cv("Thumbs.db")]}
    )
    assert PeopleImport.objects.get().rows == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a table, CVs, or both."),
        ({"table": table(name="x.csv", header=["Name"])}, "one column only"),
        ({"table": cv("empty.csv", "")}, "This file is empty."),
        ({"cvs": [cv("a.zip", "PK\x03\x04")]}, "before or after this archive"),
        ({"cvs": [archive({"a.txt": "x"}), cv("b.txt")]}, "either one archive or the files"),
        ({"cvs": [archive({"../a.txt": "x"})]}, "names that lead outside"),
    ],
)
def test_a_wrong_file_is_told_beside_the_field(sign_in, job, owner, files, said):
    for field in files.values():
        for each in field if isinstance(field, list) else [field]:
            each.seek(0)
    response = sign_in(owner).post(at("import_start", job), files)
    assert (response.status_code, said in text(response)) == (422, True)
    assert (PeopleImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_was_good_is_kept_while_the_other_is_wrong(sign_in, job, owner):
    client, address = sign_in(owner), at("import_start", job)
    shown = text(client.post(address, {"table": table(ADA), "cvs": [cv("a.zip", "PK\x03\x04")]}))
    row = PeopleImport.objects.get()
    assert f'name="known" value="{row.pk}"' in shown
    assert "people.csv has arrived and is kept" in shown
    client.post(address, {"known": row.pk, "cvs": [cv("Ada Berg.txt")]})
    row.refresh_from_db()
    assert (row.has_table, row.has_cvs, PeopleImport.objects.count()) == (True, True, 1)


@pytest.mark.parametrize("known", ["x", "9" * 30, "", "²", "1"])
def test_nobody_adds_to_what_is_not_theirs(sign_in, job, owner, rival, known):
    other = received(make_job(rival.company), rival, ADA)
    known = other.pk if known == "1" else known
    sign_in(owner).post(at("import_start", job), {"known": known, "table": table(BO)})
    assert PeopleImport.objects.filter(job=job).count() == 1
    other.refresh_from_db()
    assert other.rows == 1


def test_a_job_that_is_over_takes_no_files(sign_in, job, owner):
    type(job).objects.update(status="closed", closed_at=timezone.now())
    response = sign_in(owner).post(at("import_start", job), {"table": table(ADA)})
    assert ("This job is closed." in text(response), PeopleImport.objects.count()) == (True, 0)


def test_too_many_files_and_too_large_ones(sign_in, job, owner, monkeypatch):
    monkeypatch.setattr(cvbox, "MOST_LOOSE", 1)
    client, address = sign_in(owner), at("import_start", job)
    assert "pack them into one ZIP" in text(client.post(address, {"cvs": [cv("a.txt"), cv("b.txt")]}))
    monkeypatch.setattr(cvbox, "LARGEST_MB", 0)
    assert "larger than 200 MB together" in text(client.post(address, {"cvs": [cv("a.txt")]}))


def test_eleven_files_come_here_and_nowhere_else(sign_in, job, owner):
    client = sign_in(owner)
    many = [cv(f"Person {chr(65 + n)}.txt") for n in range(11)]
    assert client.post(at("import_start", job), {"cvs": many}).status_code == 302
    for each in many:
        each.seek(0)
    assert client.post(reverse("hiring:application_add", args=[job.pk]), {"cv": many}).status_code == 413


def test_what_is_over_the_number_is_not_received(rf, owner, job, monkeypatch):
    monkeypatch.setitem(uploads.more_at, "hiring:import_start", 12)
    request = rf.post(at("import_start", job), {"cvs": [cv(f"{n}.txt") for n in range(20)]})
    request.user = owner.user
    assert len(request.FILES.getlist("cvs")) == 13
    request.close()


def test_bytes_are_counted_over_all_files(rf, owner, job, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_MB", 0)
    monkeypatch.setitem(uploads.larger_at, "hiring:import_start", 1)
    request = rf.post(at("import_start", job), {"cvs": [cv(f"{n}.txt", "x" * 400_000) for n in range(8)]})
    request.user = owner.user
    assert sum(each.size for each in request.FILES.getlist("cvs")) < 1_600_000
    request.close()


# -- columns


def test_columns_are_guessed_and_stand_with_examples(sign_in, job, owner):
    shown = text(sign_in(owner).get(at("import_columns", received(job, owner, ADA, BO))))
    assert "Ada Berg · Bo Carlsson" in shown
    assert shown.count("selected") == 7
    assert "Leave out" in shown


def test_mapped_and_on_to_the_words(sign_in, job, owner):
    row = received(job, owner, ADA, BO)
    assert sign_in(owner).post(at("import_columns", row), chosen(row)).url == at("import_words", row)
    row.refresh_from_db()
    assert (row.mapping["order"], row.mapping["columns"]["name"]) == ("ymd", 0)


def test_without_stages_nobody_is_asked_for_words(sign_in, job, owner):
    row = received(job, owner, ["Ada", "a@x.example"], header=HEADER[:2])
    assert sign_in(owner).post(at("import_columns", row), chosen(row)).url == at("import_check", row)
    row.refresh_from_db()
    assert row.looked["new"] == 1


def test_two_columns_are_not_one_thing(sign_in, job, owner):
    row = received(job, owner, ADA)
    shown = sign_in(owner).post(at("import_columns", row), chosen(row, **{"column-2": "email"}))
    assert (shown.status_code, "Another column is chosen as this already: E-mail." in text(shown)) == (
        422,
        True,
    )


def test_a_name_is_needed(sign_in, job, owner):
    row = received(job, owner, ADA)
    assert "Say which column holds the name." in text(
        sign_in(owner).post(at("import_columns", row), chosen(row, **{"column-0": ""}))
    )


def form_of(*cells, order=""):
    samples = [["Ada", cell] for cell in cells]
    data = {"column-0": "name", "column-1": "applied", "order": order}
    return ColumnsForm(data, header=["Name", "When"], samples=samples, chosen={})


@pytest.mark.parametrize(
    ("cells", "order", "found"),
    [
        (["2026-10-05"], "", "ymd"),
        (["25/10/2026", "01/02/2026"], "", "dmy"),
        (["01/02/2026"], "mdy", "mdy"),
        (["", ""], "", ""),
    ],
)
def test_the_order_of_dates(cells, order, found):
    form = form_of(*cells, order=order)
    assert (form.is_valid(), form.cleaned_data["order"]) == (True, found)


@pytest.mark.parametrize("order", ["", "ymd"])
def test_an_order_that_fits_two_ways_is_asked_with_an_example(order):
    form = form_of("01/02/2026", "03/04/2026", order=order)
    assert form.errors["order"] == ["Is 01/02/2026 day first or month first?"]


def test_words_are_no_dates():
    assert form_of("soon", "later").errors["column-1"] == ["These are not dates: soon"]


def test_what_was_chosen_stays_where_something_is_wrong(sign_in, job, owner):
    row = received(job, owner, ADA)
    shown = text(
        sign_in(owner).post(at("import_columns", row), chosen(row, **{"column-5": "note", "column-0": ""}))
    )
    assert '<option value="note" selected' in shown


# -- words


def test_a_word_for_refused_has_to_be_chosen(sign_in, job, owner):
    row = received(job, owner, ADA, CARLA)
    importing.map_columns(row, columns=row.mapping["columns"], order="ymd")
    client, address = sign_in(owner), at("import_words", row)
    shown = client.post(address, {"stage-0": "cv", "stage-1": ""})
    assert (shown.status_code, "Say what to do with people who were refused" in text(shown)) == (422, True)
    assert client.post(address, {"stage-0": "cv", "stage-1": "refused"}).url == at("import_check", row)
    row.refresh_from_db()
    assert row.words == {"stage": {"Applied": "cv", "Rejected": "refused"}}


@pytest.mark.parametrize("meant", ["hired", "offer2", "x"])
def test_a_stage_that_is_none_is_refused(sign_in, job, owner, meant):
    row = received(job, owner, ADA)
    importing.map_columns(row, columns=row.mapping["columns"], order="ymd")
    assert sign_in(owner).post(at("import_words", row), {"stage-0": meant}).status_code == 422


# -- a look before


def test_a_look_before_it_happens(sign_in, job, owner):
    row = mapped(
        job, owner, ADA, BO, ["", "x"], cvs=[cv("Ada Berg.txt"), cv("who.txt")], words={"stage": {"x": "cv"}}
    )
    shown = text(sign_in(owner).get(at("import_check", row)))
    for part in ("2 people are new", "Import 2 people", "Line 4: no name", "1 CV has its person", "who.txt"):
        assert part in shown
    assert Application.objects.count() == 0


def test_names_of_strangers_are_text(sign_in, job, owner):
    row = mapped(job, owner, ["<script>alert(1)</script>", "a@x.example"], words={"stage": {"x": "cv"}})
    assert "<script>alert" not in text(sign_in(owner).get(at("import_check", row)))


def test_the_ground_has_to_be_ticked_and_is_recorded(sign_in, job, manager):
    row, client = mapped(job, manager, ADA, words={"stage": {"x": "cv"}}), sign_in(manager)
    shown = client.post(at("import_check", row), {})
    assert (shown.status_code, "Without this nobody is brought in." in text(shown)) == (422, True)
    assert client.post(at("import_check", row), {"agreed": "on"}).url == at("import", row)
    row.refresh_from_db()
    assert (row.agreed_at is not None, row.created_by, row.state) == (True, manager, State.WAITING)
    line = TrailEntry.objects.get(action="people_import.started")
    assert (line.actor_id, line.fields) == (manager.user_id, ["agreed_at"])


def test_with_nobody_new_there_is_nothing_to_press(sign_in, job, owner):
    brought(job, owner, ADA)
    row = mapped(job, owner, ADA, words={"stage": {"x": "cv"}})
    shown = text(sign_in(owner).get(at("import_check", row)))
    assert ("There is nobody to bring in." in shown, 'name="agreed"' in shown) == (True, False)


def test_a_draft_of_what_to_tell_them(sign_in, job, owner, company):
    shown = text(
        sign_in(owner).get(at("import_check", mapped(job, owner, ADA, words={"stage": {"x": "cv"}})))
    )
    assert company.privacy_contact in shown
    assert "no legal advice" in shown


@pytest.mark.parametrize("name", ["import_columns", "import_words", "import_check"])
def test_what_is_started_cannot_be_changed(sign_in, job, owner, name):
    row, client = started(job, owner, ADA), sign_in(owner)
    assert client.get(at(name, row)).url == at("import", row)
    assert client.post(at(name, row), chosen(row, agreed="on")).url == at("import", row)


def test_an_open_import_goes_on_where_it_was(sign_in, job, owner):
    client, row = sign_in(owner), received(job, owner, ADA)
    assert client.get(at("import", row)).url == at("import_columns", row)
    importing.map_columns(row, columns=row.mapping["columns"], order="ymd")
    assert client.get(at("import", row)).url == at("import_words", row)
    importing.choose_words(row, {"stage": {"Applied": "cv"}})
    assert client.get(at("import", row)).url == at("import_check", row)


# -- under way, and after


def test_progress_asks_again_until_it_is_done(sign_in, job, owner):
    row, client = started(job, owner, *people(4)), sign_in(owner)
    PeopleImport.objects.update(cursor=2)
    shown = client.get(at("import_progress", row))
    assert ("2 of 4 lines" in text(shown), "hx-get" in text(shown), "HX-Refresh" in shown) == (
        True,
        True,
        False,
    )
    PeopleImport.objects.update(cursor=0)
    importing.run(row.pk)
    assert client.get(at("import_progress", row))["HX-Refresh"] == "true"


def test_the_report(sign_in, job, owner):
    row = brought(
        job, owner, ADA, ["Her sister", ADA[1]], BO, ["", "x"],
        cvs=[cv("Ada Berg.txt"), cv("who.txt"), cv("Bo Carlsson.txt", "<html>")],
    )  # fmt: skip
    shown = text(sign_in(owner).get(at("import", row)))
    for part in (
        "2 people brought in", "1 was here already", "Line 3: this address has applied", "Line 5: no name",
        "1 CV is with its person", "Bo Carlsson", "This is a web page", "who.txt", "Take the import back",
    ):  # fmt: skip
        assert part in shown


def test_hidden_names_stay_hidden_in_the_report(sign_in, job, owner):
    row = brought(job, owner, BO, cvs=[cv("Bo Carlsson.txt", "<html>")])
    type(job).objects.update(hide_names=True)
    shown = text(sign_in(owner).get(at("import", row)))
    assert ("Applicant 1" in shown, "Bo Carlsson" in shown) == (True, False)


def test_pages_cost_the_same_for_three_as_for_one(sign_in, job, owner, django_assert_max_num_queries):
    client, found = sign_in(owner), []
    client.get(at("import_start", job))
    for n in (1, 3):
        rows = [["", f"{n}"] for n in range(n)] + people(n, 10 * n)
        row = brought(job, owner, *rows, cvs=[cv("q.txt")])
        with django_assert_max_num_queries(30) as queries:
            client.get(at("import", row))
        found.append(len(queries))
    assert found[0] == found[1]


def test_who_was_not_brought_in_as_a_sheet(sign_in, job, owner):
    row = brought(job, owner, ADA[:3], ADA[:3], ["", "=1+1", "+358"], header=HEADER[:3])
    response = sign_in(owner).get(at("import_left_out", row))
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0] == ["Line", "Why", "Name", "Email", "Phone"]
    assert lines[1][:3] == ["3", "this address has applied for this job already", "Ada Berg"]
    assert lines[2] == ["4", "no name", "", "'=1+1", "'+358"]
    assert TrailEntry.objects.filter(action="people_import.left_out_taken").count() == 1


def test_the_mended_sheet_can_be_brought_again(sign_in, job, owner):
    row = brought(job, owner, ["", "ada@x.example"], header=HEADER[:2])
    sheet = sign_in(owner).get(at("import_left_out", row)).content.replace(b",no name,,", b",no name,Ada,")
    upload = cv("again.csv")
    upload.file.seek(0)
    upload.file.write(sheet)
    upload.size = len(sheet)
    again = importing.receive(job, by=owner, table=upload)
    importing.map_columns(again, columns=again.mapping["columns"], order="")
    assert again.looked["new"] == 1


def test_given_up(sign_in, job, owner):
    row, client = mapped(job, owner, ADA), sign_in(owner)
    shown = client.post(at("import_cancel", row), follow=True)
    assert ("Given up before anybody came in" in text(shown), StoredFile.objects.count()) == (True, 0)


def test_stopped_by_an_accident_it_says_so_and_goes_on(sign_in, job, owner):
    row, client = started(job, owner, ADA), sign_in(owner)
    PeopleImport.objects.update(state=State.PARKED, last_error="OSError")
    assert "Something went wrong on the way." in text(client.get(at("import", row)))
    client.post(at("import_again", row))
    row.refresh_from_db()
    assert row.state == State.WAITING


def test_taken_back_and_who_stays_is_said(sign_in, job, owner):
    row, client = brought(job, owner, ADA, BO), sign_in(owner)
    ada = Application.objects.get(name="Ada Berg")
    pipeline.advance(ada, to=Stage.PHONE, by=owner, expected="cv", how=How.BOARD)
    shown = text(client.post(at("import_undo", row), follow=True))
    assert "1 person was taken out again. 1 stays: somebody went on with them." in shown
    assert "Take the import back" not in shown


def test_taking_back_too_late_is_refused_in_words(sign_in, job, manager, company):
    other = make_member(company, "manager")
    JobMember.objects.create(company=company, job=job, membership=other)
    row = brought(job, manager, ADA)
    shown = text(sign_in(other).post(at("import_undo", row), follow=True))
    assert ("cannot be taken back any more" in shown, "Take the import back" in shown) == (True, False)


# -- ways to it


def test_the_empty_board_and_the_page_by_hand_lead_here(sign_in, job, owner):
    client, address = sign_in(owner), at("import_start", job)
    assert address in text(client.get(reverse("hiring:board", args=[job.pk])))
    assert address in text(client.get(reverse("hiring:application_add", args=[job.pk])))


def test_the_last_import_is_found_again(sign_in, job, owner):
    row = brought(job, owner, ADA)
    assert at("import", row) in text(sign_in(owner).get(at("import_start", job)))
