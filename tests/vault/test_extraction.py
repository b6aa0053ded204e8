import subprocess
import sys
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.sample_data import sample
from tests.vault import samples as s
from tests.vault.factories import make_file
from vault import extraction, tasks, work
from vault.extract import MAX_CHARS, Enough, Text
from vault.models import StoredFile

TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Finnish</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>fluent</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"  # noqa: E501
BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{0}'
    "</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
).format("<w:p><w:r><w:t>In a box</w:t></w:r></w:p>")
HEADER = f"<w:hdr {s.W}><w:p><w:r><w:t>anna@example.com</w:t></w:r></w:p></w:hdr>"
ODT_TABLE = "<table:table><table:table-row><table:table-cell><text:p>Polish</text:p></table:table-cell></table:table-row></table:table>"  # noqa: E501


@pytest.fixture
def read(tmp_path):
    def read(data, kind, **kwargs):
        path = tmp_path / "a"
        path.write_bytes(data)
        return extraction.read_text(path, kind, **kwargs)

    return read


def slow_pdf():
    """Fifty pages of drawing, two million bytes each, in a file of a few thousand bytes."""
    body = zlib.compress(b"BT /F1 9 Tf (a) Tj ET\n" * 100_000)
    drawing = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(body), body)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    resources = b"/Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + resources + b" >>"
    return s.pdf(drawing, font, *[page] * 50, kids=b" ".join(b"%d 0 R" % n for n in range(7, 57)))


def test_the_text_of_a_pdf(read):
    assert read(s.printed_pdf("Anna Smith", "Answers e-mails"), "pdf") == "Anna Smith\nAnswers e-mails"


def test_the_text_of_a_docx_with_tables_boxes_and_headers(read):
    text = read(s.docx("Anna", raw=TABLE + BOX, extra={"word/header1.xml": HEADER}), "docx")
    assert text.split() == ["anna@example.com", "Anna", "Finnish", "fluent", "In", "a", "box"]


def test_the_text_of_an_odt_with_tables(read):
    assert read(s.odt("Anna<text:tab/>Smith", raw=ODT_TABLE), "odt") == "Anna\tSmith\nPolish"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("客服经理，五年经验", "gb18030"),
        ("Łukasz 王 سارة", "utf-16"),
    ],
)
def test_text_in_another_encoding_comes_back_whole(read, text, encoding):
    assert read(text.encode(encoding), "txt") == text


def test_lines_of_every_system_end_alike(read):
    assert read(b"a\r\nb\rc\nd", "txt") == "a\nb\nc\nd"


@pytest.mark.sample_data
@pytest.mark.parametrize(
    "name", ["hrhelper_synthetic.pdf", "hrhelper_synthetic.docx", "hrhelper_synthetic.txt"]
)
def test_real_cvs_say_the_same_in_every_form(read, name):
    path = sample(f"cv/{name}")
    assert len(read(path.read_bytes(), path.suffix[1:])) > 400


def test_text_is_cut_and_has_no_nul():
    text = Text()
    with pytest.raises(Enough):
        text.add("a\0b\x07" + "c" * MAX_CHARS)
    assert text.cleaned() == ("ab" + "c" * MAX_CHARS)[:MAX_CHARS]


def test_half_characters_are_left_out():
    text = Text()
    text.add("a\ud800b\n\n\n\n\nc")
    assert text.cleaned() == "ab\n\nc"


def test_long_text_is_cut(read):
    assert len(read(b"word " * 100_000, "txt")) == MAX_CHARS


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7 nothing", "pdf"), (b"PK\x03\x04", "docx"), (s.docx()[:200], "docx")]
)
def test_a_broken_file_is_unreadable(read, data, kind):
    with pytest.raises(extraction.Unreadable, match="unreadable"):
        read(data, kind)


def test_a_file_that_hangs_the_parser_is_stopped(read):
    with pytest.raises(extraction.Unreadable, match="slow"):
        read(slow_pdf(), "pdf", seconds=1)


def test_a_bomb_that_slipped_in_stops_at_the_limits(read):
    with pytest.raises(extraction.Unreadable, match="unreadable"):
        read(s.lying_size().replace(b"word/media/a.bin", b"word/footer1.xml"), "docx")


def test_the_child_sees_no_environment_of_ours(monkeypatch, tmp_path):
    monkeypatch.setenv("FIELD_KEYS", "secret")
    seen = {}
    monkeypatch.setattr("subprocess.run", lambda *args, **kwargs: seen.update(kwargs) or Done())
    (tmp_path / "a").write_bytes(b"")
    extraction.read_text(tmp_path / "a", "txt")
    assert seen["env"] == {"LC_ALL": "C.UTF-8"}


class Done:
    returncode = 0


# -- the work


@pytest.mark.django_db
def test_reading_a_stored_file():
    stored = make_file(data=s.printed_pdf("Anna Smith"))
    tasks.extract(stored.pk)
    stored.refresh_from_db()
    assert (stored.text_state, stored.text, stored.text_problem) == ("done", "Anna Smith", "")


@pytest.mark.django_db
def test_reading_twice_is_reading_once():
    stored = make_file(name="a.txt", data=b"Anna")
    tasks.extract(stored.pk)
    tasks.extract(stored.pk)
    assert StoredFile.objects.get().tries == 1


@pytest.mark.django_db
def test_a_file_without_readable_text_is_set_aside_and_stays():
    stored = make_file(data=s.pdf().replace(b"/Pages 2 0 R", b"/Pages 9 0 R"))
    tasks.extract(stored.pk)
    stored.refresh_from_db()
    assert stored.text_state == "parked"
    assert stored.text_problem == (
        "The text of this file could not be read. The file itself can still be opened."
    )
    assert stored.path.exists()


@pytest.mark.django_db
def test_a_slow_file_is_tried_again_later_then_set_aside(monkeypatch):
    monkeypatch.setattr(extraction, "_run", lambda *args: -9)
    stored = make_file()
    for state in ("waiting", "waiting", "parked"):
        StoredFile.objects.update(due_at=timezone.now())
        tasks.extract(stored.pk)
        stored.refresh_from_db()
        assert stored.text_state == state
    assert stored.text_problem.startswith("Reading the text of this file took too long.")


@pytest.mark.django_db
def test_a_missing_file_says_so():
    stored = make_file()
    stored.path.unlink()
    tasks.extract(stored.pk)
    stored.refresh_from_db()
    assert stored.text_problem.startswith("This file is missing from the disk.")


@pytest.mark.django_db
def test_a_file_that_takes_every_worker_down_is_given_up():
    stored = make_file()
    StoredFile.objects.update(
        state="running", tries=extraction.MOST_TRIES, lease_until=timezone.now() - timedelta(seconds=1)
    )
    tasks.extract(stored.pk)
    stored.refresh_from_db()
    assert stored.text_state == "parked"


@pytest.mark.django_db
def test_a_worker_killed_while_reading_loses_nothing(time_machine):
    """The row stays claimed until its lease is over; then the sweeper hands it to the next worker."""
    stored = make_file(name="a.txt", data=b"Anna")
    assert work.claim(StoredFile, stored.pk, lease=extraction.LEASE)
    tasks.extract(stored.pk)
    assert StoredFile.objects.get().text_state == "running"
    time_machine.move_to(timezone.now() + extraction.LEASE + timedelta(seconds=1))
    assert list(work.due(StoredFile).values_list("pk", flat=True)) == [stored.pk]
    tasks.extract(stored.pk)
    assert StoredFile.objects.get().text == "Anna"


@pytest.mark.django_db
def test_the_sweeper_queues_what_is_due_until_the_next_sweep(monkeypatch):
    waiting, done = make_file(), make_file()
    StoredFile.objects.filter(pk=done.pk).update(state="done")
    queued = []
    monkeypatch.setattr(tasks.extract, "apply_async", lambda args, expires: queued.append((*args, expires)))
    tasks.sweep_texts()
    assert queued == [(waiting.pk, tasks.SWEEP_SECONDS)]


def test_the_child_imports_no_django():
    code = "import sys, pypdf, vault.extract, vault.wordings, vault.textcodes; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=extraction.ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")
