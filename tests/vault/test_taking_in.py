"""How a file comes in and goes out: the handler, the field, kept drafts, the answer, and what the commands say."""

import os
from io import StringIO

import pytest
from django import forms
from django.conf import settings as conf
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.vault import samples as s
from tests.vault.factories import make_file, make_upload
from tests.vault.test_trail import write
from vault import files, seals, store, trail, triggers, uploads
from vault.models import Link, Seal, StoredFile, TrailEntry
from vault.uploads import FileWidget, LimitedUpload

CHUNK = 64 * 1024


# -- the handler


def passed_on(sizes):
    """How many bytes of pieces of these sizes the handler lets through."""
    handler = LimitedUpload()
    handler.new_file("cv", "cv.pdf", "application/pdf", None)
    kept = [handler.receive_data_chunk(b"a" * size, 0) for size in sizes]
    return sum(len(piece) for piece in kept if piece is not None)


def test_the_handler_lets_through_what_a_field_may_take_and_a_little_more():
    most = uploads.LARGEST_MB * 1_000_000
    chunks = [CHUNK] * (most // CHUNK + 1)
    assert passed_on(chunks) == sum(chunks) > most
    assert most < passed_on([CHUNK] * (2 * most // CHUNK)) <= most + 3 * CHUNK


def test_each_file_of_a_request_is_counted_anew():
    handler = LimitedUpload()
    for _ in range(2):
        handler.new_file("cv", "cv.pdf", "application/pdf", None)
        assert handler.receive_data_chunk(b"a" * 100, 0) == b"a" * 100
        assert handler.file_complete(100) is None


# -- the field and its widget


@pytest.mark.parametrize(
    ("data", "files_", "value", "omitted"),
    [
        ({}, {}, None, True),
        ({"cv-kept": "t"}, {}, "t", False),
        ({"cv-kept": "t"}, {"cv": "f"}, "f", False),
        ({"cv": "text"}, {}, None, True),
    ],
)
def test_a_file_wins_over_a_kept_one_and_text_is_neither(data, files_, value, omitted):
    widget = FileWidget()
    assert widget.value_from_datadict(data, files_, "cv") == value
    assert widget.value_omitted_from_data(data, files_, "cv") is omitted


@pytest.mark.parametrize(
    ("initial", "data", "changed"), [(None, None, False), ("old", None, False), (None, "new", True)]
)
def test_only_a_new_file_is_a_change(initial, data, changed):
    assert files.FileField().has_changed(initial, data) is changed


@pytest.mark.parametrize(
    ("accept", "endings"),
    [
        (files.IMAGES, ".jpg,.jpeg,.png"),
        (frozenset({"pdf"}), ".pdf"),
        (files.DOCUMENTS, ".docx,.odt,.pdf,.txt,.text,.md"),
    ],
)
def test_the_browser_is_told_what_is_taken(accept, endings):
    assert files.FileField(accept=accept).widget.attrs["accept"] == endings


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"MZ\0", "type"),
        (s.pdf(b"<< /S /Launch >>"), "active"),
        (s.docx(kind=s.MACRO_TYPE), "macros"),
    ],
)
def test_a_refusal_carries_its_code_to_the_form(data, code):
    with pytest.raises(ValidationError) as refused:
        files.FileField().clean(SimpleUploadedFile("cv.pdf", data))
    assert refused.value.code == code


@pytest.mark.django_db
def test_a_token_of_one_field_opens_nothing_in_another():
    token = files.keep_draft(make_upload(), purpose="cv", company_id=1)
    assert files.FileField(purpose="cv").clean(token).original_name == "cv.pdf"
    with pytest.raises(ValidationError, match="no longer kept"):
        files.FileField(purpose="contract").clean(token)


@pytest.mark.django_db
def test_a_token_of_another_secret_opens_nothing(settings):
    token = files.keep_draft(make_upload(), purpose="cv", company_id=1)
    settings.SECRET_KEY = "another-" * 8
    with pytest.raises(files.Refused, match="no longer kept"):
        files.find_draft(token, purpose="cv")


@pytest.mark.django_db
@pytest.mark.parametrize("payload", [{"id": 10**18}, {"id": -1}, {"id": None}])
def test_a_signed_number_of_nothing_opens_nothing(payload):
    token = signing.dumps(payload, salt=store.salt("cv"))
    with pytest.raises(files.Refused, match="no longer kept"):
        files.find_draft(token, purpose="cv")


@pytest.mark.django_db
def test_what_was_kept_says_its_name_only_under_its_purpose():
    token = files.keep_draft(make_upload("Ann.pdf"), purpose="cv", company_id=1)
    assert uploads._kept_name(token, "cv") == "Ann.pdf"
    assert [uploads._kept_name(other, "cv") for other in ("", "x", token + "x")] == ["", "", ""]
    assert uploads._kept_name(token, "contract") == ""


@pytest.mark.django_db
def test_two_files_of_a_form_are_both_kept():
    class Two(forms.Form):
        name = forms.CharField()
        cv = files.FileField(purpose="cv")
        letter = files.FileField(purpose="letter")

    form = Two({}, {"cv": make_upload("a.pdf"), "letter": make_upload("b.txt", b"Dear shop")})
    assert not form.is_valid()
    files.keep_drafts(form, company_id=7)
    again = Two({"name": "Ann", **form.data})
    assert again.is_valid()
    assert [again.cleaned_data[name].original_name for name in ("cv", "letter")] == ["a.pdf", "b.txt"]
    assert set(StoredFile.objects.values_list("company_id", flat=True)) == {7}


# -- going out


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_a_file_is_not_changed_by_asking(rf, method):
    answer = files.response(make_file(), rf.generic(method, "/"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ask", ["bytes=0-0", "bytes=5-", "bytes=-1", "bytes=9999999-", "lines=1-2", "bytes=0-1,3-4"]
)
def test_no_part_of_a_file_comes_alone(rf, ask):
    data = s.printed_pdf()  # says in which second it was made
    answer = files.response(make_file(data=data), rf.get("/", headers={"Range": ask}))
    assert (answer.status_code, answer.getvalue()) == (200, data)
    answer.close()
    assert "Content-Range" not in answer.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "accept"),
    [
        (b"Dear shop", "a.html", files.DOCUMENTS),
        (s.png(), "a.svg", files.IMAGES),
        (s.odt(), "a.odt", files.DOCUMENTS),
    ],
)
def test_no_kind_of_file_is_shown_as_what_it_is(rf, data, name, accept):
    answer = files.response(make_file(name=name, data=data, accept=accept), rf.get("/"))
    answer.close()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cross-Origin-Resource-Policy"]) == (
        "nosniff",
        "same-origin",
    )
    assert answer["Content-Length"] == str(len(data))


@pytest.mark.django_db
def test_private_files_have_no_address_of_their_own(client):
    stored = make_file()
    for path in (f"/media/{stored.stored_name}", f"/files/{stored.stored_name}", f"/static/{stored.stored_name}",
                 f"/static/../files/{stored.stored_name[:2]}/{stored.stored_name}"):  # fmt: skip
        assert client.get(path).status_code == 404
    assert conf.PRIVATE_FILES not in conf.STATICFILES_DIRS
    assert not str(conf.PRIVATE_FILES).startswith(str(conf.STATIC_ROOT))


# -- what is said of a row


@pytest.mark.django_db
def test_rows_say_what_they_are():
    stored = make_file(name="Ann.pdf")
    link = Link(purpose="status", subject_kind="application", subject_id=5)
    entry = trail.record("a.b", company_id=1, actor_id=None, kind="job", pk=3)
    seal = Seal(number=2, company_id=1)
    assert list(map(str, (stored, link, entry, seal))) == [
        "Ann.pdf", "status application 5", "a.b job 3", "seal 2 of company 1",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "error", "problem"),
    [
        ("parked", "slow", True), ("parked", "unreadable", True), ("parked", "missing", True), ("parked", "", False),
        ("waiting", "slow", False), ("done", "", False), ("parked", "SomethingElse", False),
    ],
)  # fmt: skip
def test_a_problem_is_said_only_when_nobody_tries_again(state, error, problem):
    stored = make_file()
    stored.state, stored.last_error = state, error
    assert bool(stored.text_problem) is problem


# -- what the commands say


def run(name, **options):
    out = StringIO()
    call_command(name, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_both_kinds_of_loss_are_named_at_once():
    lost, stray = make_file(company_id=7), make_file(company_id=8)
    lost.path.unlink()
    path = stray.path
    StoredFile.objects.filter(pk=stray.pk).delete()
    os.utime(path, (0, 0))
    out = StringIO()
    with pytest.raises(CommandError, match="1 rows without a file, 1 files without a row"):
        call_command("check_files", stdout=out)
    assert f"file {lost.pk} of company 7 is missing" in out.getvalue()
    assert f"no row names {path}" in out.getvalue()
    assert path.exists()  # only --remove takes anything away


@pytest.mark.django_db
def test_an_empty_trail_is_as_it_was_written():
    assert run("verify_trail") == "The trail is as it was written.\n"


@pytest.mark.django_db
def test_every_fault_is_named_not_only_the_first():
    for company_id in (1, 2):
        write(2, company_id=company_id)
    seals.seal_due()
    triggers.drop()
    TrailEntry.objects.filter(company_id=1)._raw_delete("default")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_trail", stdout=out, stderr=out)
    assert out.getvalue().count("trigger ") == 4
    assert "seal 1 of company 1: rows" in out.getvalue()
    assert "company 2" not in out.getvalue()


@pytest.mark.django_db
def test_a_draft_is_kept_a_day_from_when_it_came(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    files.keep_draft(make_upload(), purpose="cv", company_id=1)
    assert StoredFile.objects.get().draft_until == timezone.now() + store.DRAFT_LIFE
