import pytest
from django.http import Http404

from tests.vault.factories import make_file
from tests.vault.samples import docx, odt, png, printed_pdf
from vault import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(rf):
    """given(stored, method=...) -> the answer; its file is closed at the end, as a server does."""
    answers = []

    def give(stored, method="GET", **headers):
        answers.append(files.response(stored, rf.generic(method, "/", headers=headers)))
        return answers[-1]

    yield give
    for answer in answers:
        answer.close()


def test_a_file_is_something_to_save_never_to_show(given):
    answer = given(make_file(data=printed_pdf()))
    assert answer.getvalue() == printed_pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store, private"


def test_a_name_in_another_script_is_given_as_the_standard_says(given):
    answer = given(make_file(name="Żółw 王.pdf"))
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C5%BB%C3%B3%C5%82w%20%E7%8E%8B.pdf"
    )


def test_head_and_range_get_the_same_headers(given):
    stored = make_file()
    whole = given(stored)
    ranged = given(stored, range="bytes=0-3")
    head = given(stored, "HEAD")
    assert whole.headers == ranged.headers == head.headers
    assert (ranged.status_code, ranged["Accept-Ranges"]) == (200, "none")
    assert whole.getvalue() == ranged.getvalue()


def test_a_file_is_only_ever_asked_for(given):
    assert given(make_file(), "POST").status_code == 405


def test_a_file_that_is_gone_from_the_disk_is_not_found(rf):
    stored = make_file()
    stored.path.unlink()
    with pytest.raises(Http404):
        files.response(stored, rf.get("/"))


def test_a_head_says_the_length_and_sends_nothing(rf):
    answer = files.response(make_file(data=b"x" * 700), rf.head("/"))
    assert (answer["Content-Length"], b"".join(answer.streaming_content)) == ("700", b"")


def test_a_head_opens_nothing_that_stays(rf, monkeypatch):
    opened = []
    stored = make_file()
    kind = type(stored.path)
    real = kind.open
    monkeypatch.setattr(kind, "open", lambda self, *args: opened.append(real(self, *args)) or opened[-1])
    files.response(stored, rf.head("/"))
    files.response(stored, rf.get("/"))
    assert [file.closed for file in opened] == [True, False]
    opened[1].close()


# -- made for one request


def test_what_is_made_for_a_request_is_something_to_save():
    answer = files.made(b"%PDF-1.7", name="Ätt.pdf", kind="application/pdf")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%84tt.pdf"
    assert answer["Content-Length"] == "8"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store, private"),
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_nobody_keeps_or_runs_it_on_the_way(header, value):
    assert files.made(b"x", name="a.pdf", kind="application/pdf")[header] == value


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("cv.pdf", printed_pdf(), "application/pdf"), ("cv.png", png(), "image/png")],
)
def test_what_is_shown_in_place_runs_nothing_and_is_framed_by_nobody_else(name, data, kind):
    answer = files.shown(make_file(name=name, data=data, accept=files.DOCUMENTS | files.IMAGES))
    assert answer.getvalue() == data
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (kind, f'inline; filename="{name}"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Cache-Control"] == "no-store, private"
    policy = answer["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "frame-ancestors 'self'"} < set(policy)
    assert not any("allow-" in part or "unsafe" in part for part in policy)
    answer.close()


@pytest.mark.parametrize(("name", "data"), [("cv.docx", docx()), ("cv.odt", odt()), ("cv.txt", b"Anna")])
def test_what_can_be_edited_is_never_shown_as_it_is(name, data):
    with pytest.raises(Http404):
        files.shown(make_file(name=name, data=data))


def test_what_the_disk_lost_is_not_shown():
    stored = make_file(data=printed_pdf())
    stored.path.unlink()
    with pytest.raises(Http404):
        files.shown(stored)
