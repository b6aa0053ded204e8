import errno
import hashlib
import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tests.vault.factories import make_file, make_upload
from tests.vault.samples import docx, pdf, png, printed_pdf
from vault import files, store
from vault.models import StoredFile

pytestmark = pytest.mark.django_db


def on_disk():
    return [path for path in settings.PRIVATE_FILES.rglob("*") if path.is_file()]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_kept_with_what_is_known_of_it():
    data = docx()
    stored = make_file(company_id=7, name="Anna.docx", data=data, actor_id=3)
    assert (stored.company_id, stored.actor_id, stored.original_name) == (7, 3, "Anna.docx")
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert stored.content_type.endswith("wordprocessingml.document")
    assert stored.text_state == "waiting"
    assert stored.path.read_bytes() == data


def test_folders_and_files_are_for_the_product_alone():
    stored = make_file()
    assert mode(stored.path) == 0o600
    assert {mode(folder) for folder in [settings.PRIVATE_FILES, stored.path.parent]} == {0o700}


def test_the_name_on_the_disk_is_ours_and_the_name_shown_is_clean():
    stored = make_file(name="../../e\u202evil<script>\r\n.pdf")
    assert stored.original_name == "evil_script_.pdf"
    assert len(stored.stored_name) == 32
    assert stored.path.is_relative_to(settings.PRIVATE_FILES)


def test_a_name_that_says_another_kind_gets_the_right_ending():
    assert make_file(name="cv.exe").original_name == "cv.exe.pdf"


def test_a_pdf_with_files_inside_carries_a_caution():
    stored = make_file(data=pdf(b"<< /Type /EmbeddedFile /Length 1 >>\nstream\na\nendstream"))
    assert [str(text) for text in stored.caution_texts] == [
        "This PDF carries other files inside. Open them only if you expected them."
    ]


def test_a_picture_has_no_text_to_wait_for():
    stored = make_file(name="p.png", data=png(), accept=files.IMAGES)
    assert (stored.kind, stored.text_state) == ("png", "done")


def test_a_refused_file_leaves_nothing():
    with pytest.raises(files.Refused, match="one of these: DOCX, ODT, PDF, TXT"):
        make_file(data=png())
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


class Interrupted:
    """An upload whose sender goes away in the middle, or whose size was a lie."""

    name, size = "cv.pdf", 10

    def __init__(self, *, error=None, chunks=()):
        self.error, self.pieces = error, chunks

    def chunks(self):
        yield from self.pieces
        if self.error:
            raise self.error


def test_an_interrupted_upload_leaves_nothing():
    half = printed_pdf()[:600]
    with pytest.raises(ConnectionError):
        files.store(Interrupted(chunks=[half], error=ConnectionError()), company_id=1)
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


def test_the_size_is_counted_while_it_streams():
    with pytest.raises(files.Refused, match="larger than 1 MB"):
        files.store(Interrupted(chunks=[b"a" * 600_000] * 2), company_id=1, max_mb=1)
    assert on_disk() == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_plainly(code):
    with pytest.raises(files.Refused, match="There is no room"):
        files.store(Interrupted(chunks=[b"a"], error=OSError(code, "full")), company_id=1)
    assert on_disk() == []


def test_a_row_that_cannot_be_written_takes_its_file_along():
    with pytest.raises(ValueError, match="company_id"), transaction.atomic():
        make_file(company_id="not a number")
    assert (on_disk(), StoredFile.objects.count()) == ([], 0)


def test_deleting_takes_the_bytes_after_the_commit(on_commit):
    stored = make_file()
    with on_commit():
        files.delete(stored)
        assert stored.path.exists()
    assert not stored.path.exists()
    assert not StoredFile.objects.exists()


def test_the_text_is_queued_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        make_file()
    assert len(callbacks) == 1


# -- drafts


def keep(**kwargs):
    return files.keep_draft(make_upload("cv.pdf"), **({"purpose": "cv", "company_id": 1} | kwargs))


def test_a_draft_is_taken_up_once():
    token = keep()
    stored = files.take_draft(token, purpose="cv", company_id=1, actor_id=4)
    assert (stored.draft_until, stored.actor_id, stored.original_name) == (None, 4, "cv.pdf")
    with pytest.raises(files.Refused, match="no longer kept"):
        files.take_draft(token, purpose="cv", company_id=1)


@pytest.mark.parametrize(
    "change",
    [{"purpose": "contract"}, {"token": "x"}, {"token": ""}, {"company_id": 2}],
    ids=["purpose", "altered", "empty", "company"],
)
def test_a_draft_is_bound_to_its_purpose_and_company(change):
    asked = {"token": keep(), "purpose": "cv", "company_id": 1} | change
    with pytest.raises(files.Refused, match="choose it again"):
        files.take_draft(**asked)
    assert StoredFile.objects.get().draft_until is not None


def test_a_draft_ends_after_a_day(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    token = keep()
    time_machine.shift(timedelta(hours=24, seconds=1))
    with pytest.raises(files.Refused, match="no longer kept"):
        files.take_draft(token, purpose="cv", company_id=1)


def test_store_takes_what_a_form_field_gives_for_a_kept_draft():
    draft = files.find_draft(keep(), purpose="cv")
    assert files.store(draft, company_id=1).draft_until is None


def test_of_two_who_take_a_draft_one_gets_it():
    first, second = (files.find_draft(token, purpose="cv") for token in [keep()] * 2)
    store._take(first, company_id=1, actor_id=None)
    with pytest.raises(files.Refused, match="no longer kept"):
        store._take(second, company_id=1, actor_id=None)


def test_the_text_of_a_draft_waits_until_it_is_taken():
    token = keep()
    draft = StoredFile.objects.get()
    assert draft.due_at > timezone.now() + timedelta(days=1000)
    assert files.take_draft(token, purpose="cv", company_id=1).due_at <= timezone.now()
