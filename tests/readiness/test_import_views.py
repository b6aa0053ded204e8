import datetime

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from readiness import imports
from readiness.models import TicketImport
from tests.readiness import logs
from tests.readiness.factories import make_assessment
from tests.readiness.test_imports import BODY, EVENTS, counted, received
from tests.readiness.test_views import text

UPLOAD = reverse("readiness:upload")
pytestmark = pytest.mark.django_db


def at(name, row):
    return reverse(f"readiness:{name}", args=[row.pk])


def test_from_the_file_to_the_numbers(sign_in, owner):
    client = sign_in(owner)
    columns = client.post(UPLOAD, {"file": logs.upload(BODY)})
    row = TicketImport.objects.get()
    assert columns.url == at("columns", row)
    page = text(client.get(columns.url))
    assert '<th scope="col">CompleteTimestamp</th>' in page
    assert '<option value="2" selected>CompleteTimestamp</option>' in page
    response = client.post(columns.url, {"shape": "events", "created": "2", "case": "0"})
    assert response.url == at("import", row)
    assert "You may leave this page." in text(client.get(response.url))
    imports.run(row.pk)
    page = text(client.get(response.url))
    assert "Strong evidence that tickets grow" in page
    assert "it was cut. The last 1 week is left out." in page
    assert "<strong>1587</strong>" in page
    assert '<rect class="bar"' in page


def test_what_was_measured_stands_on_the_answer(sign_in, owner):
    make_assessment(owner.company, by=owner.user)
    counted(owner)
    page = text(sign_in(owner).get(reverse("readiness:answer"), follow=True))
    assert (
        '<th scope="row">Messages a week</th> <td class="fh-num">300</td>'
        ' <td class="fh-num"><strong>55.5</strong></td>'
    ) in page
    until = date_format(logs.mondays_ago(6).date() - datetime.timedelta(days=1), "DATE_FORMAT")
    assert f"Counted in your tickets up to {until}: 55.5 messages a week." in page
    assert "New tickets a week" in page


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04", "This is a workbook, a PDF or a ZIP archive."),
        (b"\x1f\x8b\x08 packed", "This file is packed."),
        (b"From: not a mailbox", "The file has one column only."),
        (b"\x00\x01\x02\x03", "This is not a text file."),
        (b"only\none\ncolumn", "The file has one column only."),
        (b"a,b\n", "The file has a first line and nothing below it."),
        (b'a,b\n1,"' + b"x" * 200_000, "Line 2 cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_beside_the_field(sign_in, owner, body, sentence):
    page = text(sign_in(owner).post(UPLOAD, {"file": logs.upload(body)}))
    assert f'id="id_file_error"><p>{sentence}' in page
    assert not TicketImport.objects.exists()


def test_the_empty_page_complains_of_nothing(sign_in, owner):
    assert "invalid-feedback" not in sign_in(owner).get(UPLOAD).content.decode()


def test_no_file_at_all(sign_in, owner):
    assert "Choose a file." in text(sign_in(owner).post(UPLOAD))


def test_too_large(sign_in, owner, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST_MB", 0.0001)
    assert "larger than 250 MB" in text(sign_in(owner).post(UPLOAD, {"file": logs.upload(BODY)}))


def test_the_same_file_again_says_so(sign_in, owner):
    row = counted(owner)
    response = sign_in(owner).post(UPLOAD, {"file": logs.upload(BODY)}, follow=True)
    assert response.redirect_chain == [(at("import", row), 302)]
    assert "This file is here already. Nothing was changed." in text(response)


def test_a_column_without_dates(sign_in, owner):
    row = received(owner)
    page = text(sign_in(owner).post(at("columns", row), {"shape": "events", "created": "1", "case": "0"}))
    assert "This column has no dates. It says: 1" in page
    assert '<option value="1" selected>ActivityID</option>' in page


def test_events_need_the_number_of_the_case(sign_in, owner):
    row = received(owner)
    page = text(sign_in(owner).post(at("columns", row), {"shape": "events", "created": "2"}))
    assert "say which column has its number" in page


@pytest.mark.parametrize("column", ["9", "-1", "x", "\x00", "1" * 10_000])
def test_a_column_that_is_not_there(sign_in, owner, column):
    row = received(owner)
    page = text(sign_in(owner).post(at("columns", row), {"shape": "events", "created": column}))
    assert "invalid-feedback" in page
    row.refresh_from_db()
    assert row.unmapped


def either_way(owner):
    rows = [(n, f"0{n}/04/2024", f"0{n}/05/2024") for n in range(1, 10)]
    return received(owner, logs.as_csv(["Ticket", "Created", "Solved"], rows))


def test_dates_that_read_two_ways_are_asked_for(sign_in, owner):
    row = either_way(owner)
    page = text(
        sign_in(owner).post(at("columns", row), {"shape": "tickets", "created": "1", "resolved": "2"})
    )
    assert "01/04/2024 can be read in two ways. Which is it?" in page


@pytest.mark.parametrize(("order", "first"), [("dmy", "2024-04-01"), ("mdy", "2024-01-04")])
def test_the_answer_decides_how_they_are_read(sign_in, owner, order, first):
    row = either_way(owner)
    posted = {"shape": "tickets", "created": "1", "resolved": "2", "case": "0", "order": order}
    sign_in(owner).post(at("columns", row), posted)
    imports.run(row.pk)
    row.refresh_from_db()
    assert row.series["first"] == first


def test_a_way_of_writing_that_does_not_fit(sign_in, owner):
    row = received(owner)
    posted = {"shape": "events", "created": "2", "case": "0", "order": "mdy"}
    assert "The dates are not written that way." in text(sign_in(owner).post(at("columns", row), posted))


def test_a_column_that_is_empty(sign_in, owner):
    row = received(owner, logs.as_csv(["Ticket", "Created"], [(1, ""), (2, "")]))
    page = text(sign_in(owner).post(at("columns", row), {"shape": "tickets", "created": "1"}))
    assert "This column is empty." in page


def test_markup_in_a_file_is_text(sign_in, owner):
    row = received(
        owner, logs.as_csv(["<b>Ticket</b>", "Created"], [("<script>alert(1)</script>", "2024-01-01")])
    )
    page = text(sign_in(owner).get(at("columns", row)))
    assert "<b>Ticket" not in page
    assert "<script>alert" not in page


def test_left_out_rows_are_listed_with_their_lines(sign_in, owner):
    body = logs.ticket_log([*logs.cases_by_week([9] * 5), (logs.START, logs.START - logs.HOUR)])
    mapping = {"shape": "tickets", "case": 0, "created": 1, "resolved": 2, "order": "ymd"}
    page = text(sign_in(owner).get(at("import", counted(owner, body, mapping))))
    assert '<td class="fh-num">47</td><td>solved before it was created</td>' in page


def test_progress_asks_again_until_it_is_done(sign_in, owner):
    row, client = received(owner), sign_in(owner)
    imports.start(row, mapping=EVENTS, by=owner.user)
    waiting = client.get(at("progress", row))
    assert 'hx-trigger="every 1s"' in text(waiting)
    imports.run(row.pk)
    done = client.get(at("progress", row))
    assert done["HX-Refresh"] == "true"
    assert "hx-trigger" not in text(done)


def test_given_up(sign_in, owner):
    row, client = received(owner), sign_in(owner)
    assert "given up and the file deleted" in text(client.post(at("cancel", row), follow=True))
    assert "This import was given up" in text(client.get(at("import", row)))
    assert client.get(at("columns", row)).url == at("import", row)
    assert at("import", row) not in text(client.get("/readiness/"))


def test_refused_after_counting_says_why(sign_in, owner):
    row = counted(owner, BODY, EVENTS | {"created": 1})
    page = text(sign_in(owner).get(at("import", row)))
    assert "No row has a date that can be read. Nothing was imported." in page
    assert at("columns", row) in page


def test_deleted_with_its_numbers(sign_in, owner):
    row, client = counted(owner), sign_in(owner)
    assert "Your own answers are used." in text(client.post(at("delete", row), follow=True))
    assert not TicketImport.objects.exists()


def test_unmapped_leads_to_the_columns(sign_in, owner):
    row = received(owner)
    assert sign_in(owner).get(at("import", row)).url == at("columns", row)


@pytest.mark.parametrize("name", ["import", "columns", "progress", "cancel", "delete"])
def test_a_rivals_import_is_missing(sign_in, owner, rival, name):
    row = counted(owner)
    assert sign_in(rival).post(at(name, row)).status_code == 404
    assert TicketImport.objects.get().state == "done"


def test_the_list_of_imports(sign_in, owner, rival):
    counted(owner)
    home = reverse("readiness:home")
    assert "1587 counted" in text(sign_in(owner).get(home))
    assert "Nothing imported. Your own answers are used." in text(sign_in(rival).get(home))


def test_queries_of_an_import(sign_in, owner, django_assert_num_queries):
    row, client = counted(owner), sign_in(owner)
    client.get("/")
    with django_assert_num_queries(7):
        client.get(at("import", row))
