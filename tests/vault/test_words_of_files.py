"""The words of a file in reading order, and that reading them has an end."""

import io
import os
import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.vault import samples as s
from tests.vault.factories import make_file, make_upload
from vault import extract, files, store, tidy
from vault.extract import MAX_CHARS, Enough, Text
from vault.models import StoredFile
from vault.refusals import Refused

W = s.W


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def words(kind, data):
    text = Text()
    {"docx": extract.docx, "odt": extract.odt, "txt": extract.txt, "pdf": extract.pdf}[kind](
        io.BytesIO(data), text
    )
    return text.cleaned()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (f"<w:p>{run('An')}{run('na')}</w:p>", "Anna"),
        (f"<w:p>{run('a')}<w:tab/>{run('b')}</w:p>", "a\tb"),
        (f"<w:p>{run('a')}<w:br/>{run('b')}</w:p>", "a\nb"),
        (f"<w:p>{run('a')}</w:p><w:p>{run('b')}</w:p>", "a\nb"),
        (f"<w:p><w:hyperlink>{run('me')}</w:hyperlink></w:p>", "me"),
        (f"<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>{run('here')}</w:p>", "here"),
        (f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('1')}</w:p>", "1"),
        (f"<w:sdt><w:sdtContent><w:p>{run('boxed')}</w:p></w:sdtContent></w:sdt>", "boxed"),
        (f"<w:p>{run('&#x738B;&amp;&lt;')}</w:p>", "王&<"),
        ("<w:p><w:r><w:t/></w:r></w:p>", ""),
    ],
)
def test_word(raw, said):
    assert words("docx", s.docx(" ", raw=raw)).strip() == said


def test_footnotes_headers_and_footers_are_read_the_header_first():
    parts = {f"word/{name}1.xml": f"<w:x {W}><w:p>{run(name)}</w:p></w:x>" for name in ("footer", "header")}
    parts["word/footnotes.xml"] = f"<w:x {W}><w:p>{run('note')}</w:p></w:x>"
    assert words("docx", s.docx("text", extra=parts)).split() == ["header", "text", "footer", "note"]


def test_other_parts_of_a_word_file_are_not_its_words():
    parts = {
        "word/comments.xml": f"<w:x {W}><w:p>{run('private')}</w:p></w:x>",
        "docProps/core.xml": "<a>who</a>",
    }
    assert words("docx", s.docx("text", extra=parts)) == "text"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("<text:h>Head</text:h><text:p>Body</text:p>", "Head\nBody"),
        ("<text:p>a<text:s/>b<text:tab/>c<text:line-break/>d</text:p>", "a b\tc\nd"),
        ("<text:p>a<text:span>b</text:span>c</text:p>", "abc"),
        ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>here</text:p>", "here"),
        ("<table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell>",
         "1\n2"),
        ("loose", ""),
    ],
)  # fmt: skip
def test_opendocument(raw, said):
    assert words("odt", s.odt(" ", raw=raw)).strip() == said


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x07c", "abc"), ("a\n\n\n\n\nb", "a\n\nb"), ("a\n \t \n \nb", "a\n\nb"), ("e\u0301", "é"),
        ("\u202eevil", "evil"), ("👩\u200d🚀", "👩\u200d🚀"), ("  a  ", "a"), ("\ud800", ""), ("\ue000", ""),
        ("a\u00adb", "ab"), ("سارة", "سارة"),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_text(text, cleaned):
    found = Text()
    found.add(text)
    assert found.cleaned() == cleaned


@given(st.lists(st.text(max_size=40), max_size=8))
@examples(max_examples=50)
def test_whatever_a_parser_gives_can_be_stored(parts):
    """PostgreSQL takes no NUL, and no encoding takes half a pair."""
    text = Text()
    for part in parts:
        text.add(part)
    cleaned = text.cleaned()
    assert "\0" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned == cleaned.strip()


def test_reading_stops_at_enough_and_no_later():
    text = Text()
    text.add("a" * MAX_CHARS)
    with pytest.raises(Enough):
        text.add("b")
    assert len(text.cleaned()) == MAX_CHARS


def test_a_letter_at_the_very_end_is_whole_or_gone():
    text = Text()
    with pytest.raises(Enough):
        text.add("a" * (MAX_CHARS - 1) + "王" * 5)
    assert text.cleaned()[-1] == "王"
    assert len(text.cleaned()) == MAX_CHARS
    assert len(text.cleaned().encode()) <= extract.MAX_ANSWER


@pytest.mark.parametrize(("kind", "data"), [("docx", b"PK"), ("odt", s.docx()), ("pdf", b"%PDF-1.7")])
def test_main_says_unreadable_and_nothing_else(kind, data, monkeypatch, capfdbinary):
    monkeypatch.setattr(extract, "limit", lambda seconds: None)
    monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": io.BytesIO(data)}))
    code = extract.main(kind, "5")
    assert (code, capfdbinary.readouterr().out) in [(extract.UNREADABLE, b""), (0, b"\0{}")]


# -- on the disk


def on_disk():
    return [path for path in settings.PRIVATE_FILES.rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_disk_that_fails_at_any_point_leaves_neither_row_nor_file(monkeypatch, where):
    def fail(*args, **kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(store.os, where, fail)
    with pytest.raises(OSError, match="Input/output"):
        make_file()
    monkeypatch.undo()
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_two_files_of_one_content_are_two_files():
    one, two = make_file(), make_file()
    assert one.sha256 == two.sha256
    assert one.path != two.path
    files.delete(one)
    assert two.path.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [999_999, 1_000_000])
def test_as_large_as_allowed_is_taken(size):
    assert make_file(name="a.txt", data=b"a" * size, max_mb=1).size == size


@pytest.mark.django_db
def test_one_byte_more_is_refused_and_leaves_nothing():
    with pytest.raises(Refused, match="larger than 1 MB"):
        make_file(name="a.txt", data=b"a" * 1_000_001, max_mb=1)
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_what_the_form_found_is_believed_only_for_a_kind_that_is_asked_for():
    upload = make_upload(data=s.png())
    upload.vault_found = ("png", [])
    with pytest.raises(Refused):
        files.store(upload, company_id=1)


@pytest.mark.django_db
def test_folders_that_others_could_read_are_not_made():
    stored = make_file()
    for folder in (stored.path.parent, settings.PRIVATE_FILES / "incoming"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [0, 23, 25])
def test_a_file_without_its_row_is_one_only_after_a_day(hours):
    stored = make_file()
    path = stored.path
    StoredFile.objects.all().delete()
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    assert tidy.files_without_rows() == ([path] if hours > 24 else [])


@pytest.mark.django_db
def test_what_lies_beside_the_files_is_nobodys_orphan():
    make_file()
    for name in ("note.txt", "incoming/x", "zz/y"):
        path = settings.PRIVATE_FILES / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a")
        os.utime(path, (0, 0))
    assert tidy.files_without_rows() == []


@pytest.mark.django_db
def test_a_draft_taken_up_while_it_is_swept_stays(monkeypatch):
    files.keep_draft(make_upload(), purpose="cv", company_id=1)
    StoredFile.objects.update(draft_until=timezone.now() - timedelta(seconds=1))
    draft, real = StoredFile.objects.get(), StoredFile.objects.filter

    def meanwhile(**wanted):
        if "pk" in wanted:
            real(pk=draft.pk).update(draft_until=None)
        return real(**wanted)

    monkeypatch.setattr(StoredFile.objects, "filter", meanwhile)
    assert tidy.drop_drafts() == 0
    monkeypatch.undo()
    assert draft.path.exists()
    assert StoredFile.objects.count() == 1
