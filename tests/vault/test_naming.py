import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.naming import LONGEST, clean

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("cv.pdf", "cv.pdf"),
        ("Łukasz Żółw – CV (2).pdf", "Łukasz Żółw – CV (2).pdf"),
        ("王小明的简历.docx", "王小明的简历.docx"),
        ("سيرة ذاتية.pdf", "سيرة ذاتية.pdf"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("C:\\Users\\Anna\\cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\x00b\x1b[31m.txt", "ab[31m.txt"),
        ("line\r\nSet-Cookie: a.txt", "line Set-Cookie_ a.txt"),
        ("  .hidden. ", "hidden"),
        ("....", "file"),
        ("", "file"),
        ("/", "file"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("a<b>:c|d?.pdf", "a_b__c_d_.pdf"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_a_name_is_shown_safely(sent, shown):
    assert clean(sent) == shown


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("cv.PDF", "cv.PDF"), ("cv.exe", "cv.exe.pdf"), ("Anna Smith", "Anna Smith.pdf"), ("", "file.pdf")],
)
def test_a_name_ends_in_what_the_file_is(sent, shown):
    assert clean(sent, (".pdf",)) == shown


def test_a_long_name_keeps_its_ending():
    assert clean("a" * 300 + ".docx", (".docx",)) == "a" * 115 + ".docx"


@pytest.mark.parametrize("whole", ["e\u0323\u0302", "👩\u200d🚀", "❤\ufe0f"])
def test_a_long_name_is_not_cut_inside_a_character(whole):
    for padding in range(110, 121):
        shown = clean("a" * padding + whole)
        rest = shown[padding:]
        assert rest in {"", unicodedata.normalize("NFC", whole)}


@given(st.text())
def test_whatever_is_sent_can_be_shown(sent):
    shown = clean(sent, (".pdf",))
    assert 5 <= len(shown) <= LONGEST
    assert not set(shown) & set("/\\\r\n\t\0" + BIDI)
    assert shown.lower().endswith(".pdf")


@given(st.text())
def test_cleaning_twice_changes_nothing(sent):
    assert clean(clean(sent, (".pdf",)), (".pdf",)) == clean(sent, (".pdf",))
