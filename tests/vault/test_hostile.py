"""Files from strangers: each refused one with the sentence it deserves, each good one taken."""

import contextlib
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.sample_data
@pytest.mark.parametrize(
    "name",
    ["hrhelper_synthetic.pdf", "sample_resume.pdf", "hrhelper_synthetic.docx", "hrhelper_synthetic.txt"],
)
def test_real_cvs_are_taken(name):
    path = sample(f"cv/{name}")
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


def around(junk, size=10_000_000):
    """A PDF of ten million bytes that repeats what might make a search slow."""
    end = b"\n1 0 obj << /Root 1 0 R /Pages 2 0 R >> endobj\nstartxref\n9\n%%EOF"
    return b"%PDF-1.7\n" + junk * (size // len(junk)) + end


@pytest.mark.parametrize(
    "junk",
    [
        b"/S%",
        b"/S ",
        b"/Launch ",
        b"/OpenAction%",
        b"/OpenAction 1 0 R obj <<",
        b">>stream\nx\x9c",
        b"#41",
        b"/Encrypt%",
    ],
)
def test_no_pdf_is_slow_to_look_through(junk):
    began = time.monotonic()
    with contextlib.suppress(files.Refused):
        files.check(upload(around(junk)))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("raw", ["<a/>" * 400_000, "<a " + " ".join(f'b{n}="1"' for n in range(600)) + "/>"])
def test_xml_of_too_many_pieces_is_refused(raw):
    with pytest.raises(files.Refused) as refused:
        files.check(upload(s.docx(raw=raw)))
    assert refused.value.code == "bomb"


SEEDS = [
    s.printed_pdf(),
    s.pdf(s.packed(b"<< /Type /Font >>")),
    s.docx(),
    s.odt(),
    s.png(),
    s.jpeg(),
    "Żółw".encode("utf-16"),
]


@given(seed=st.sampled_from(SEEDS), data=st.data())
def test_whatever_is_damaged_is_taken_or_refused_and_nothing_else(seed, data):
    damaged = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(seed) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(seed)))
    for content in (bytes(damaged), bytes(damaged[:cut]), bytes(damaged[cut:])):
        with contextlib.suppress(files.Refused):
            files.check(upload(content), accept=files.DOCUMENTS | files.IMAGES)


@given(st.binary(max_size=400))
def test_any_bytes_behind_a_beginning_are_taken_or_refused(tail):
    for head in (b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xfe", b""):
        with contextlib.suppress(files.Refused):
            files.check(upload(head + tail), accept=files.DOCUMENTS | files.IMAGES)
