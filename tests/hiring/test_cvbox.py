"""Archives of CVs from strangers."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring import cvbox
from tests.hiring.brought import archive, cv
from vault import files
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


def opened(tmp_path, upload):
    path = tmp_path / "box.zip"
    path.write_bytes(upload.read())
    return cvbox.Box(path)


def code_of(tmp_path, upload) -> str:
    with pytest.raises(cvbox.Unreadable) as refused, opened(tmp_path, upload):
        pass
    return refused.value.code


def raw(build) -> SimpleUploadedFile:
    """An archive that `build(ZipFile)` fills."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        build(box)
    return SimpleUploadedFile("x.zip", out.getvalue())


def test_files_in_their_order_without_what_a_computer_leaves(tmp_path):
    upload = archive({"b/2.txt": "x", "a.txt": "y", "__MACOSX/._a.txt": "z", "b/.DS_Store": "", "b/": ""})
    with opened(tmp_path, upload) as box:
        assert box.files == ["a.txt", "b/2.txt"]


def test_one_file_is_kept_as_a_draft(tmp_path, company):
    with opened(tmp_path, archive({"x/Ada Berg.txt": "Five years of chat."})) as box:
        stored = box.keep("x/Ada Berg.txt", company_id=company.pk)
    assert (stored.original_name, stored.kind, stored.path.read_text()) == (
        "Ada Berg.txt",
        "txt",
        "Five years of chat.",
    )
    assert stored.draft_until is not None


@pytest.mark.parametrize("name", ["../cv.txt", "/etc/cv.txt", "a/../../cv.txt", "C:\\cv.txt", "..\\cv.txt"])
def test_names_that_lead_outside(tmp_path, name):
    assert code_of(tmp_path, raw(lambda box: box.writestr(zipfile.ZipInfo(name), "x"))) == "zip_broken"


def test_nothing_in_it(tmp_path):
    assert code_of(tmp_path, archive({".DS_Store": "x"})) == "zip_no_files"
    assert code_of(tmp_path, archive({})) == "zip_broken"


def test_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(cvbox, "MOST", 2)
    assert code_of(tmp_path, archive({f"{n}.txt": "x" for n in range(3)})) == "zip_many"


def test_more_entries_than_any_folder_has(tmp_path, monkeypatch):
    monkeypatch.setattr(cvbox, "LIMITS", cvbox.Limits(entries=2))
    assert code_of(tmp_path, archive({f"{n}.txt": "x" for n in range(3)})) == "zip_bomb"


def test_a_password(tmp_path):
    upload = archive({"a.txt": "x"})
    body = bytearray(upload.read())
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(tmp_path, SimpleUploadedFile("x.zip", bytes(body))) == "zip_protected"


@pytest.mark.parametrize("body", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500])
def test_no_archive_at_all(tmp_path, body):
    assert code_of(tmp_path, SimpleUploadedFile("x.zip", body)) in {"zip_two_in_one", "zip_broken"}


def test_something_behind_it(tmp_path):
    body = archive({"a.txt": "x"}).read() + b"<html>"
    assert code_of(tmp_path, SimpleUploadedFile("x.zip", body)) == "zip_two_in_one"


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        ("inner.zip", archive({"cv.txt": "x"}).read(), "type"),
        ("page.txt", "<html>", "markup"),
        ("empty.txt", "", "empty"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old_word"),
        ("run.exe", b"MZ\x00\x01\x02", "type"),
    ],
)
def test_files_that_are_no_cv(tmp_path, company, path, content, code):
    with opened(tmp_path, archive({path: content})) as box, pytest.raises(files.Refused) as refused:
        box.keep(path, company_id=company.pk)
    assert (refused.value.code, StoredFile.objects.count()) == (code, 0)


def test_a_file_that_unpacks_to_more_than_a_cv(tmp_path, company):
    with (
        opened(tmp_path, archive({"bomb.txt": "a" * 10_500_000})) as box,
        pytest.raises(files.Refused) as refused,
    ):
        box.keep("bomb.txt", company_id=company.pk)
    assert refused.value.code in {"bomb", "large"}


def test_all_files_together_have_a_limit(tmp_path, company, monkeypatch):
    monkeypatch.setattr(cvbox, "LIMITS", cvbox.Limits(unpacked=1_500))
    with opened(tmp_path, archive({"a.txt": "a " * 500, "b.txt": "b " * 500})) as box:
        box.keep("a.txt", company_id=company.pk)
        with pytest.raises(files.Refused) as refused:
            box.keep("b.txt", company_id=company.pk)
    assert refused.value.code == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_of_programs_that_do_not_say_their_encoding(tmp_path, encoding):
    """zipfile takes such bytes for cp437."""
    name = "Jürgen Groß.txt".encode(encoding)
    stand_in = "x" * len(name)
    body = archive({stand_in: "x"}).read().replace(stand_in.encode(), name)
    with opened(tmp_path, SimpleUploadedFile("x.zip", body)) as box:
        assert box.files == ["Jürgen Groß.txt"]


def test_an_archive_is_told_from_a_document_that_is_one():
    document = archive({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, name="cv.docx")
    assert [cvbox.is_archive(each) for each in (archive({"a.txt": "x"}), document, cv("a.txt"))] == [
        True, False, False,
    ]  # fmt: skip


def test_packed_by_us_it_reads_as_any_other(tmp_path):
    cvbox.pack([cv("a.txt"), cv("a.txt", "other"), cv("王.txt")], tmp_path / "made.zip")
    with cvbox.Box(tmp_path / "made.zip") as box:
        assert box.files == ["2/a.txt", "a.txt", "王.txt"]
