"""Files from strangers: each refused one with the sentence it deserves, each good one taken."""

import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.sample_data import sample
from tests.vault import samples as s
from tests.vault.corpus import REFUSED, TAKEN
from vault import files, refusals


def upload(data, name="cv.pdf"):
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_with_its_own_sentence(case):
    data, code = REFUSED[case]
    data = data() if callable(data) else data
    began = time.monotonic()
    with pytest.raises(files.Refused) as refused:
        files.check(upload(data))
    assert refused.value.code == code
    assert re.fullmatch(r"[A-Z][^%]+\.", str(refused.value))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("case", TAKEN)
def test_a_good_file_is_taken_for_what_it_is(case):
    data, kind = TAKEN[case]
    assert files.check(upload(data))[0] == kind


def test_files_inside_a_pdf_are_pointed_out_to_the_reader():
    """Europass CVs carry their data this way: refusing them would refuse honest people."""
    _, cautions = files.check(upload(TAKEN["a PDF with other files inside"][0]))
    assert cautions == ["attachments"]
    assert refusals.CAUTIONS["attachments"].startswith("This PDF carries other files")


@pytest.mark.parametrize(
    "name",
    ["hrhelper_synthetic.pdf", "sample_resume.pdf", "hrhelper_synthetic.docx", "hrhelper_synthetic.txt"],
)
def test_real_cvs_are_taken(name):
    path = sample(f"cv/{name}")
    if path is None:
        pytest.skip("the real data is not on this machine")
    assert files.check(upload(path.read_bytes())) == (path.suffix[1:], [])


@pytest.mark.parametrize(("data", "kind"), [(s.png(), "png"), (s.jpeg(), "jpeg")])
def test_pictures_are_taken_where_pictures_are_asked_for(data, kind):
    assert files.check(upload(data), accept=files.IMAGES) == (kind, [])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (s.printed_pdf(), "type"),
        (s.docx(), "type"),
        (s.png(width=100_000, height=100_000), "pixels"),
        (s.jpeg(width=60_000, height=60_000), "pixels"),
        (s.png(width=0), "broken"),
        (s.png(tail=b"PK<script>"), "two_in_one"),
        (s.jpeg(tail=s.zipped({"a": "b"})), "two_in_one"),
        (s.png()[:-12], "cut_off"),
        (s.jpeg()[:-2], "cut_off"),
        (b"\xff\xd8\xff\xe0\x00\x00\xff\xd9", "broken"),
    ],
)
def test_a_bad_picture_is_refused(data, code):
    with pytest.raises(files.Refused) as refused:
        files.check(upload(data), accept=files.IMAGES)
    assert refused.value.code == code


def test_a_refusal_names_what_would_be_taken():
    with pytest.raises(files.Refused, match="one of these: DOCX, ODT, PDF, TXT"):
        files.check(upload(s.png()))


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    with pytest.raises(files.Refused, match="larger than 1 MB"):
        files.check(upload(b"a" * 1_000_001), max_mb=1)
