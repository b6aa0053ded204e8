"""Which lines of a text are headings and which items of a list, as its file said."""

import io
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sample_data import sample
from tests.vault import samples as s
from vault import extract, extraction
from vault.extract import MAX_MARKS, Text

STYLES = (
    f"<w:styles {s.W}>"
    '<w:style w:styleId="Otsikko1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Luettelo"><w:name w:val="List Bullet"/></w:style>'
    '<w:style w:styleId="Leipa"><w:name w:val="Body Text"/></w:style></w:styles>'
)


def styled(style, text, raw=""):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{raw}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def read(kind, data) -> tuple[list[str], dict]:
    text = Text()
    getattr(extract, kind)(io.BytesIO(data), text)
    return text.cleaned().split("\n"), text.lines()


def word(raw, **extra):
    return read("docx", s.docx("Anna", raw=raw, extra=extra or {"word/styles.xml": STYLES}))


def test_a_heading_is_known_by_the_name_of_its_style_in_any_language():
    assert word(styled("Otsikko1", "Experience")) == (["Anna", "Experience"], {"heading": [1]})


@pytest.mark.parametrize(
    "raw", [styled("Luettelo", "Refunds"), styled("Leipa", "Refunds", "<w:numPr><w:ilvl/></w:numPr>")]
)
def test_an_item_is_known_by_its_style_or_its_number(raw):
    assert word(raw) == (["Anna", "Refunds"], {"item": [1]})


@pytest.mark.parametrize("style", ["Leipa", "Unknown"])
def test_any_other_style_is_a_paragraph(style):
    assert word(styled(style, "I sold shoes"))[1] == {}


def test_a_document_without_styles_is_read(tmp_path):
    assert read("docx", s.docx("Anna"))[1] == {}


def test_what_has_a_style_and_no_words_moves_nothing():
    lines, kinds = word(styled("Otsikko1", "") * 4 + styled("Otsikko1", "Work"))
    assert (lines, kinds) == (["Anna", "", "Work"], {"heading": [2]})


def test_headings_and_lists_of_an_open_document():
    raw = "<text:h>Work</text:h><text:list><text:list-item><text:p>Refunds</text:p></text:list-item></text:list>"
    assert read("odt", s.odt("Anna", raw=raw)) == (["Anna", "Work", "Refunds"], {"heading": [1], "item": [2]})


def test_what_was_taken_out_again_is_no_heading():
    raw = "<text:tracked-changes><text:h>Gone</text:h></text:tracked-changes><text:p>Stays</text:p>"
    assert read("odt", s.odt("Anna", raw=raw))[1] == {}


def test_a_text_cannot_bring_marks_of_its_own():
    text = Text()
    text.add("\ue001Anna\n\ue002Refunds")
    assert (text.cleaned(), text.lines()) == ("Anna\nRefunds", {})


def test_marks_end_somewhere():
    text = Text()
    for _ in range(MAX_MARKS + 5):
        text.mark("item")
        text.add("a\n")
    assert len(text.lines()["item"]) == MAX_MARKS


@given(st.lists(st.tuples(st.sampled_from(["", "heading", "item"]), st.text(max_size=8)), max_size=12))
def test_a_marked_line_is_always_one_with_words(parts):
    text = Text()
    for kind, words in parts:
        if kind:
            text.mark(kind)
        text.add(words + "\n")
    lines = text.cleaned().split("\n")
    for number in chain(*text.lines().values()):
        assert lines[number].strip() or "\t" in lines[number] or text.cleaned() == ""


def test_the_child_hands_both_over(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(s.docx("Anna", raw=styled("Otsikko1", "Work"), extra={"word/styles.xml": STYLES}))
    assert extraction.read(path, "docx") == ("Anna\nWork", {"heading": [1]})


@pytest.mark.parametrize(
    "said", ["", "{", "[1]", '{"heading": 3}', '{"heading": ["x"]}', "[" * 5000, '{"other": [1]}']
)
def test_of_what_the_child_says_only_what_was_asked_for_is_believed(said):
    assert extraction._lines(said) == {}


@pytest.mark.sample_data
def test_a_real_word_file_has_its_headings_and_lists():
    text, lines = extraction.read(sample("cv/hrhelper_synthetic.docx"), "docx")
    assert text
    assert set(lines) <= {"heading", "item"}
    assert all(text.split("\n")[number].strip() for kind in lines.values() for number in kind)
