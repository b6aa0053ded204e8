"""Every address of an import: who may not come in, what changes nothing, and what a page costs."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring import importing
from hiring.models import Application, JobMember, PeopleImport
from tests.factories import make_member
from tests.hiring.brought import ADA, BO, HEADER, archive, brought, mapped, people, received, started
from tests.hiring.factories import make_job
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
PAGES = ("import", "import_columns", "import_words", "import_check", "import_progress", "import_left_out")
ACTS = ("import_cancel", "import_again", "import_undo")
WORDS = {"stage": {"x": "cv"}}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def at(name, row):
    return reverse(f"hiring:{name}", args=[row.pk])


def answers(client, method, names, row) -> set:
    return {getattr(client, method)(at(name, row), {"agreed": "on"}).status_code for name in names}


# -- who may not


@pytest.mark.parametrize("who", ["interviewer", "hire", "manager"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_not_on_the_job_gets_nowhere(sign_in, company, job, owner, who, method):
    client, row = sign_in(make_member(company, who)), mapped(job, owner, ADA, words=WORDS)
    names = PAGES if method == "get" else (*PAGES[:5], *ACTS)
    assert answers(client, method, names, row) | answers(client, method, ["import_start"], job) == {403}
    assert PeopleImport.objects.get().state == State.PARKED


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_company_finds_nothing(sign_in, job, owner, rival, method):
    client, row = sign_in(rival), mapped(job, owner, ADA, words=WORDS)
    names = PAGES if method == "get" else (*PAGES[:5], *ACTS)
    assert answers(client, method, names, row) | answers(client, method, ["import_start"], job) == {404}
    assert PeopleImport.objects.get().started_at is None


@pytest.mark.parametrize("name", [*PAGES, *ACTS])
def test_whoever_is_not_signed_in_is_asked_to(client, job, owner, name):
    row = mapped(job, owner, ADA, words=WORDS)
    assert "/sign-in" in client.post(at(name, row)).url or "login" in client.post(at(name, row)).url


@pytest.mark.parametrize("name", ACTS)
def test_looking_changes_nothing(sign_in, job, owner, name):
    row = mapped(job, owner, ADA, words=WORDS)
    assert sign_in(owner).get(at(name, row)).status_code == 405


def test_whoever_leaves_the_job_leaves_its_imports(sign_in, job, manager):
    row, client = mapped(job, manager, ADA, words=WORDS), sign_in(manager)
    assert client.get(at("import_check", row)).status_code == 200
    JobMember.objects.all().delete()
    assert client.get(at("import_check", row)).status_code == 403


def test_a_colleague_on_the_job_goes_on_with_what_another_began(sign_in, job, owner, manager):
    row = mapped(job, owner, ADA, words=WORDS)
    assert sign_in(manager).post(at("import_check", row), {"agreed": "on"}).url == at("import", row)
    assert PeopleImport.objects.get().created_by == manager


def test_a_colleague_does_not_add_to_the_files_of_another(sign_in, job, owner, manager):
    row = received(job, owner, ADA)
    sign_in(manager).post(at("import_start", job), {"known": row.pk, "cvs": archive({"Ada Berg.txt": "x"})})
    row.refresh_from_db()
    assert (row.has_cvs, PeopleImport.objects.count()) == (False, 2)


@pytest.mark.parametrize("name", ["import_columns", "import_words", "import_check"])
def test_cvs_alone_are_asked_nothing_about_columns(sign_in, job, owner, name):
    row = received(job, owner, cvs=[archive({"Ada Berg.txt": "Chat."})])
    response = sign_in(owner).get(at(name, row))
    assert (response.status_code, response.headers.get("Location")) == (
        (200, None) if name == "import_check" else (302, at("import_check", row))
    )


# -- undone, and told why not


def undone(client, row) -> str:
    return client.post(at("import_undo", row), follow=True).content.decode()


def test_after_two_weeks_it_is_refused_and_told(sign_in, job, owner):
    row, client = brought(job, owner, ADA), sign_in(owner)
    PeopleImport.objects.update(ended_at=timezone.now() - timezone.timedelta(days=14))
    assert "Take the import back" not in client.get(at("import", row)).content.decode()
    assert "This import cannot be taken back any more." in undone(client, row)
    assert Application.objects.count() == 1


def test_a_second_press_is_told(sign_in, job, owner):
    row, client = brought(job, owner, ADA), sign_in(owner)
    assert "1 person was taken out again." in undone(client, row)
    assert "This import cannot be taken back any more." in undone(client, row)
    assert TrailEntry.objects.filter(action="people_import.undone").count() == 1


def test_when_everybody_was_gone_on_with_nobody_goes(sign_in, job, owner):
    row = brought(job, owner, ADA, BO)
    Application.objects.update(later_at=timezone.now())
    assert "0 people were taken out again. 2 stay: somebody went on with them." in undone(sign_in(owner), row)


def test_a_manager_takes_back_what_is_theirs(sign_in, job, manager):
    row = brought(job, manager, ADA)
    assert "1 person was taken out again." in undone(sign_in(manager), row)
    assert TrailEntry.objects.get(action="people_import.undone").actor_id == manager.user_id


def test_what_still_runs_cannot_be_taken_back(sign_in, job, owner):
    row = started(job, owner, ADA)
    assert "This import cannot be taken back any more." in undone(sign_in(owner), row)


# -- the sheet of those who stayed out


def sheet(client, row) -> list:
    return list(csv.reader(io.StringIO(client.get(at("import_left_out", row)).content.decode("utf-8-sig"))))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "|x"])
def test_no_cell_is_a_formula(sign_in, job, owner, cell):
    row = brought(job, owner, ["", "x@y.example", cell], header=HEADER[:3])
    found = sheet(sign_in(owner), row)[1][4]
    assert found[:1] not in set("=+-@\t\r")


def test_no_header_is_a_formula(sign_in, job, owner):
    row = received(job, owner, ["", "x", "y"], header=["Name", "Email", "=cmd()"])
    importing.map_columns(row, columns=row.mapping["columns"], order="")
    importing.start(row, by=owner)
    importing.run(row.pk)
    assert sheet(sign_in(owner), row)[0] == ["Line", "Why", "Name", "Email", "'=cmd()"]


def test_of_cvs_alone_the_sheet_has_one_column(sign_in, job, owner):
    brought(job, owner, cvs=[archive({"ada@x.example.txt": "Chat."})])
    row = brought(job, owner, cvs=[archive({"new/ada@x.example.txt": "Chat again."})])
    assert sheet(sign_in(owner), row) == [
        ["Line", "Why", "File"],
        ["1", "this address has applied for this job already", "new/ada@x.example.txt"],
    ]


def test_whoever_came_in_is_not_in_the_sheet(sign_in, job, owner):
    assert len(sheet(sign_in(owner), brought(job, owner, ADA, BO))) == 1


def test_each_time_the_sheet_is_taken_is_recorded(sign_in, job, owner):
    row, client = brought(job, owner, ["", "x"]), sign_in(owner)
    for _ in range(2):
        sheet(client, row)
    found = TrailEntry.objects.filter(action="people_import.left_out_taken")
    assert set(found.values_list("actor_id", "subject_id")) == {(owner.user_id, row.pk)}
    assert found.count() == 2


# -- what it costs


def steps(job, owner, n):
    """An import of n people at each of its steps."""
    rows = [[*line[:4], "New", "", ""] for line in people(n, 10 * n)]
    ready = mapped(job, owner, *rows, words={"stage": {"New": "cv"}})
    asked = received(job, owner, *rows)
    importing.map_columns(asked, columns=asked.mapping["columns"], order="ymd")
    return {
        "import_columns": received(job, owner, *rows),
        "import_words": asked,
        "import_check": ready,
        "import_progress": started(job, owner, *rows),
        "import_left_out": brought(job, owner, *([["", "x"]] * n)),
    }


def test_each_page_costs_the_same_for_three_as_for_one(sign_in, job, owner, django_assert_max_num_queries):
    client, cost = sign_in(owner), []
    client.get(at("import_start", job))
    for n in (1, 3):
        found = {}
        for name, row in steps(job, owner, n).items():
            with django_assert_max_num_queries(16) as queries:
                client.get(at(name, row))
            found[name] = len(queries)
        cost.append(found)
    assert cost[0] == cost[1]


def test_the_first_page_costs_the_same_with_three_imports(sign_in, job, owner, django_assert_max_num_queries):
    client, cost = sign_in(owner), []
    client.get(at("import_start", job))
    for n in (1, 2):
        for start in range(n):
            brought(job, owner, *people(1, 10 * n + start))
        with django_assert_max_num_queries(16) as queries:
            client.get(at("import_start", job))
        cost.append(len(queries))
    assert cost[0] == cost[1]


def test_bringing_in_costs_the_same_for_three_as_for_one(job, owner, django_assert_max_num_queries):
    cost = []
    for n in (1, 3):
        row = started(job, owner, *people(n, 10 * n))
        with django_assert_max_num_queries(40) as queries:
            importing.run(row.pk)
        cost.append(len(queries))
    assert cost[0] == cost[1]
