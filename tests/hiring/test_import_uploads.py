"""Files nobody should have to guess about: each refusal is said beside its field, and each odd table is read right."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hiring import cvbox, import_forms, import_reading, import_words, importing
from hiring.models import Application, ImportedLine, PeopleImport
from tests.hiring.brought import HEADER, archive, brought, counted, cv, ran, started, table
from tests.hiring.factories import make_job
from vault import tablefile
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


def file(body, name="people.csv"):
    return SimpleUploadedFile(name, body)


def locked():
    """An archive that says it has a password."""
    body = bytearray(archive({"a.txt": "x"}).read())
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return file(bytes(body), "cvs.zip")


def broken():
    """An archive whose list of files is not where it says."""
    return file(archive({"a.txt": "x"}).read().replace(b"PK\x01\x02", b"PK\x01\x09"), "cvs.zip")


def sent(client, job, **files):
    response = client.post(reverse("hiring:import_start", args=[job.pk]), files)
    return response.status_code, response.context["form"].errors if response.context else {}


# -- refused, beside the field, and nothing is kept


TABLES = {
    "This file is empty.": b"",
    "This file is empty. ": b"\r\n \r\n",
    "a first line and nothing below": b"Name,Email\r\n",
    "a first line and nothing below it": b"Name,Email\r\n,\r\n ,  \r\n",
    "one column only": b"Name\r\nAda\r\n",
    "This is a workbook": b"PK\x03\x04" + b"x" * 99,
    "This is a workbook, a PDF": b"%PDF-1.7\n",
    "This file is packed.": b"\x1f\x8b\x08" + b"x" * 99,
    "This is not a table of text": b"Name,Email\nA\0da,a@x.example\n",
    "more than 500 columns": b",".join(b"c%d" % n for n in range(501)) + b"\nx,y\n",
    "A line of this file never ends": b"Name,Email\n" + b"x" * (1 << 20) + b"y" * (1 << 17),
    "is a quotation mark missing?": b'Name,Email\n"' + b"x\n" * 70_000 + b'",b\n',
}


@pytest.mark.parametrize(
    ("said", "body"), TABLES.items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_table_that_is_refused(sign_in, job, owner, said, body):
    status, errors = sent(sign_in(owner), job, table=file(body))
    assert (status, list(errors), said.strip() in str(errors)) == (422, ["table"], True)
    assert (PeopleImport.objects.count(), StoredFile.objects.count()) == (0, 0)


ARCHIVES = {
    "names that lead outside it": lambda: archive({"../../etc/cv.txt": "x"}),
    "cannot be read": lambda: archive({"C:/cv.txt": "x"}),
    "cannot be read, or": broken,
    "This archive has a password.": locked,
    "There is no file in this archive.": lambda: archive({"__MACOSX/._a.txt": "x", "Thumbs.db": "y"}),
    "Something else stands before or after": lambda: file(archive({"a.txt": "x"}).read() + b"MZ", "x.zip"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "made"), ARCHIVES.items(), ids=ARCHIVES)
def test_an_archive_that_is_refused(sign_in, job, owner, said, made):
    status, errors = sent(sign_in(owner), job, cvs=made())
    assert (status, list(errors), said in str(errors)) == (422, ["cvs"], True)
    assert (PeopleImport.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(("entries", "said"), [(2, "unpacks to far more"), (20, "more than 2 files")])
def test_an_archive_of_too_many_files(sign_in, job, owner, monkeypatch, entries, said):
    monkeypatch.setattr(cvbox, "LIMITS", cvbox.Limits(entries=entries))
    monkeypatch.setattr(cvbox, "MOST", 2)
    _status, errors = sent(sign_in(owner), job, cvs=archive({f"{n}.txt": "x" for n in range(3)}))
    assert said in str(errors["cvs"])


@pytest.mark.parametrize("where", [import_forms, importing])
def test_a_table_over_the_size_is_refused_as_said_and_as_counted(sign_in, job, owner, monkeypatch, where):
    monkeypatch.setattr(where, "MOST_MB", 0)
    status, errors = sent(sign_in(owner), job, table=table(["Ada", "a@x.example"]))
    assert (status, errors["table"]) == (422, ["This table is larger than 20 MB."])
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(("rows", "status"), [(2, 302), (3, 422)])
def test_the_last_row_that_is_taken_and_the_first_that_is_not(sign_in, job, owner, monkeypatch, rows, status):
    monkeypatch.setattr(importing, "MOST_ROWS", 2)
    found, errors = sent(sign_in(owner), job, table=file(b"Name,Email\n" + b"Ada,\n" * rows))
    assert (found, "more than 10,000 rows" in str(errors)) == (status, status == 422)


def test_a_wrong_table_does_not_lose_the_one_before(sign_in, job, owner):
    row = importing.receive(job, by=owner, table=table(["Ada", "a@x.example"]))
    client = sign_in(owner)
    address = reverse("hiring:import_start", args=[job.pk])
    assert client.post(address, {"known": row.pk, "table": file(b"")}).status_code == 422
    kept = PeopleImport.objects.get()
    assert (kept.rows, kept.table.path.exists()) == (1, True)


@pytest.mark.parametrize("name", ["<b>.csv", "a" * 300 + ".csv", "../x.csv", "‮vsc.exe", "x\ny.csv"])
def test_a_name_of_a_file_is_only_a_name(sign_in, job, owner, name):
    sent(sign_in(owner), job, table=table(["Ada", "a@x.example"], name=name))
    kept = PeopleImport.objects.get().name
    assert (len(kept) <= 120, {"/", "\n", "\u202e"} & set(kept)) == (True, set())


# -- within an archive: one wrong file is no reason to refuse the others


def bombs():
    return {"Ada Berg.txt": "a" * 6_000_000, "Bo Carl.txt": "Two years of chat."}


def test_a_bomb_in_an_archive_is_left_out_and_its_person_comes(job, owner):
    row = brought(job, owner, cvs=[archive(bombs())])
    line = row.lines.get(line=1)
    assert (line.cv_code, line.application.cv, line.application.name) == ("bomb", None, "Ada Berg")


def test_an_archive_in_an_archive_is_not_opened(job, owner):
    inner = archive({"Eve Within.txt": "I am inside."}).read()
    row = brought(job, owner, cvs=[archive({"Ada Berg.txt": "Chat.", "Old.zip": inner})])
    assert counted(row) == {"entered": 2, "with_cv": 1, "cv_refused": 1}
    assert not Application.objects.filter(name__contains="Within").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "empty"), ("<html>", "markup"), (b"MZ\x00\x01", "type"), (b"%PDF-1.7", "broken")],
)
def test_each_file_says_why_it_was_not_taken(job, owner, content, code):
    row = brought(job, owner, ["Ada Berg", ""], cvs=[archive({"Ada Berg.pdf": content})], header=HEADER[:2])
    line = row.lines.get()
    assert (line.became, line.application.cv, bool(import_words.cv_why(line.cv_code))) == (
        "entered",
        None,
        True,
    )
    assert line.cv_code == code or code == "broken"


# -- read right


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_end_of_a_line(job, owner, end):
    row = importing.receive(job, by=owner, table=file(end.join([b"Name,Email", b"Ada,", b"Bo,", b""])))
    assert (row.header, row.rows) == (["Name", "Email"], 2)


def test_mixed_ends_of_lines_and_empty_ones_between(job, owner):
    body = b"Name,Email\r\nAda,a@x.example\nBo,b@x.example\r\r\n\nCy,c@x.example"
    row = importing.receive(job, by=owner, table=file(body))
    assert [line.person.name for line in import_reading.lines(row)] == ["Ada", "Bo", "Cy"]


def test_a_cell_of_several_lines_is_one_row_and_the_next_has_its_number(job, owner):
    body = b'Name,Note\nAda,"one\ntwo\nthree"\n,x\n'
    row = importing.receive(job, by=owner, table=file(body))
    assert [line.number for line in import_reading.lines(row)] == [2, 5]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16-le", "Jürgen Groß"),
        ("utf-16-be", "Łukasz Żak"),
        ("gb18030", "欧阳小明"),
        ("cp1256", "سارة محمود"),
        ("cp1250", "Zażółć Gęślą"),
        ("cp1251", "Анна Петрова"),
    ],
)
def test_an_old_encoding_by_its_letters(job, owner, encoding, name):
    body = f"Name;Email\r\n{name};a@x.example\r\n{name};b@x.example\r\n".encode(encoding)
    row = importing.receive(job, by=owner, table=file(body))
    assert {line.person.name for line in import_reading.lines(row)} == {name}


def test_a_zero_far_down_is_a_space_and_its_line_is_kept(job, owner):
    """PostgreSQL has no room for a NUL, in words as little as in JSON."""
    body = b"Name,Email\n" + b"Ada,\n" * 900 + b"B\0o,\n,x\0y\n"
    row = ran(started_of(job, owner, body))
    assert (row.state, ImportedLine.objects.get(became="broken").cells) == ("done", ["", "xy"])
    assert Application.objects.order_by("-number").first().name == "B o"


def started_of(job, owner, body):
    row = importing.receive(job, by=owner, table=file(body))
    importing.map_columns(row, columns=row.mapping["columns"], order="")
    importing.start(row, by=owner)
    return row


def test_a_mark_at_the_beginning_is_no_letter(job, owner):
    row = importing.receive(job, by=owner, table=file(b"\xef\xbb\xbfName,Email\nAda,\n"))
    assert (row.header[0], row.mapping["columns"]["name"]) == ("Name", 0)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separator_within_a_quoted_name(job, owner, separator):
    body = f'Name{separator}Email\n"Berg{separator} Ada"{separator}a@x.example\n'.encode()
    row = importing.receive(job, by=owner, table=file(body))
    assert [line.cells for line in import_reading.lines(row)] == [[f"Berg{separator} Ada", "a@x.example"]]


def test_names_by_themselves_are_not_cut_by_a_formula(job, owner):
    row = brought(job, owner, ["'=HYPERLINK(1)", "'+358 40 123456"], header=["Name", "Phone"])
    person = row.lines.get().application
    assert (person.name, person.phone) == ("=HYPERLINK(1)", "+358 40 123456")


# -- every refusal has words of its own


CODES = (
    "too_large", "too_many_rows", "empty", "packed", "workbook", "binary", "long_line", "no_columns",
    "too_many_columns", "no_rows", "broken", "zip_bomb", "zip_broken", "zip_two_in_one", "zip_protected",
    "zip_no_files", "zip_many", "job_over",
)  # fmt: skip


def test_each_refusal_is_a_sentence_of_its_own():
    said = [import_words.refusal(code, line=3) for code in CODES]
    assert len(set(said)) == len(CODES)
    assert import_words.refusal("OSError") == "Something went wrong on the way."


@pytest.mark.parametrize("code", import_words.LINES)
def test_each_broken_line_says_why(code):
    assert import_words.why(ImportedLine(became="broken", code=code)) == import_words.LINES[code]


def test_a_line_that_came_in_needs_no_reason():
    assert import_words.why(ImportedLine(became="entered")) == ""


def test_what_starts_with_the_archive_is_not_a_table(job, owner):
    with pytest.raises(tablefile.Unreadable, match="workbook"):
        importing.receive(job, by=owner, table=archive({"people.csv": "Name,Email\nAda,"}, name="people.csv"))


def test_a_table_among_the_cvs_is_nobodys(job, owner):
    row = ran(started(job, owner, ["Ada Berg", ""], cvs=[cv("people.csv", "Name,Email"), cv("Ada Berg.txt")]))
    assert (row.loose, counted(row)["with_cv"]) == ([["people.csv", "nobody"]], 1)
