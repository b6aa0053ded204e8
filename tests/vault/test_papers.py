"""Documents as PDF: what was put in can be read out, in six languages, whatever it is."""

import gc
from io import BytesIO

import pytest
from fpdf.fonts import TTFFont
from PIL import Image

from tests.vault.papers import WORDS, made, paper, text_of
from vault import papers, pdfs

EVERYTHING = [
    papers.Title("Employment contract", "Version 2"),
    papers.Heading("The work"),
    papers.Text("First line\nSecond line\n\nAfter a gap"),
    papers.Text("In a low voice", quiet=True),
    papers.Points(["Holidays", "Lunch"]),
    papers.Points(["One", "Two"], numbered=True),
    papers.Pairs([("Pay", "14.50 EUR"), ("Place", "Oulu")]),
    papers.Table(["Sign", "Weight"], [["Load", "40"], ["Growth", "30"]], numbers=(1,)),
    papers.Bars([("Backlog", 80, "80 of 100"), ("Trend", None, "not known")]),
    papers.Note("Kept as evidence", title="How it was signed"),
    papers.Break(),
    papers.Signatures([("Ada Lind", "Employee"), ("Lumi Oy", "Employer"), ("Third", "Witness")]),
]


def test_every_block_says_its_words():
    text = text_of(made(*EVERYTHING, shop="Lumi", date="22 November 2026"))
    said = "Employment contract, Version 2, The work, First line Second line After a gap, In a low voice, Holidays, "
    said += "1. One, 2. Two, Pay 14.50 EUR, Load 40, Backlog, 80 of 100, not known, Kept as evidence, Witness, Lumi"
    assert [part for part in said.split(", ") if part not in text] == []


@pytest.mark.parametrize("language", WORDS)
def test_the_words_of_each_language_come_out_again(language):
    assert WORDS[language] in text_of(made(papers.Text(WORDS[language]), language=language))


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", ["محمد عبد الرحمن", "王喆", "Żaneta Łukasiewicz-Brzęczyszczykiewicz", "Ö"])
def test_a_name_of_any_language_stands_in_every_other(language, name):
    assert name in text_of(made(papers.Pairs([("–", name)]), language=language))


@pytest.mark.parametrize("block", EVERYTHING, ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_each_block_alone_makes_a_file_we_would_take_in(block, language):
    assert pdfs.check(papers.make(paper(block, language=language))) == []


def test_the_same_input_gives_the_same_bytes():
    assert papers.make(paper(*EVERYTHING)) == papers.make(paper(*EVERYTHING))


def test_title_language_shop_and_day_are_in_the_file():
    reader = made(papers.Text("x"), title="عقد", language="ar", shop="Lumi")
    assert (reader.metadata.title, reader.metadata.author) == ("عقد", "Lumi")
    assert reader.metadata.creation_date.isoformat() == "2026-11-22T09:00:00+00:00"
    assert reader.trailer["/Root"]["/Lang"] == "ar"


@pytest.mark.parametrize(("language", "direction"), [("ar", "/R2L"), ("en", None)])
def test_readers_turn_pages_in_the_language_s_direction(language, direction):
    preferences = made(papers.Text("x"), language=language).trailer["/Root"]["/ViewerPreferences"]
    assert preferences.get("/Direction") == direction
    assert preferences["/DisplayDocTitle"].value is True


@pytest.mark.parametrize(
    ("country", "size"), [("FI", (595, 842)), ("US", (612, 792)), ("", (595, 842)), ("MX", (612, 792))]
)
def test_the_paper_is_the_country_s(country, size):
    box = made(papers.Text("x"), country=country).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_titles_and_headings_are_the_outline():
    outline = made(papers.Title("Contract"), papers.Heading("Pay"), papers.Heading("Terms")).outline
    assert outline[0]["/Title"] == "Contract"
    assert [entry["/Title"] for entry in outline[1]] == ["Pay", "Terms"]


def test_parts_are_told_apart_for_the_ear():
    root = made(papers.Title("T"), papers.Heading("H"), papers.Text("P")).trailer["/Root"]
    parts = root["/StructTreeRoot"]["/K"][0]["/K"]
    assert [part["/S"] for part in parts] == ["/H1", "/H2", "/P"]
    assert root["/MarkInfo"]["/Marked"].value is True


def test_each_line_says_its_words_in_the_order_of_reading():
    page = made(papers.Text(WORDS["ar"]), language="ar").pages[0]
    assert WORDS["ar"].encode("utf-16-be").hex().upper().encode() in page.get_contents().get_data()


@pytest.mark.parametrize(
    "text", ["<b>fat</b> &amp; <script>", "**bold** __line__ [x](http://y)", "{{ x }} {nb} %s"]
)
def test_what_was_written_is_never_markup(text):
    assert text in text_of(made(papers.Text(text)))


def test_a_character_no_font_has_is_a_box_and_no_crash():
    text = text_of(made(papers.Text("Smile 😀 👩🏽‍🚒 🇫🇮 𓀀 end")))
    assert text.startswith("Smile")
    assert text.endswith("end Contract 1/1")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_null_bytes_and_overrides_leave_no_trace(language):
    text = text_of(made(papers.Text("pay \u202e000\u202c 14\x00.50 \u2067EUR\u2069"), language=language))
    assert "pay 000 14.50 EUR" in text


def test_a_million_characters_and_no_more():
    with pytest.raises(papers.TooLong):
        papers.make(paper(papers.Text("x" * papers.LONGEST)))  # with the title it is more


def test_pages_without_end_are_refused():
    with pytest.raises(papers.TooLong):
        papers.make(paper(papers.Text("x\n" * 30_000)))


@pytest.mark.parametrize("char", ["x", "م", "字", "\u0301", "😀", "-"])
def test_a_word_of_ten_thousand_letters_is_broken(char):
    reader = made(papers.Text(char * 10_000), papers.Heading("After it"))
    assert "After it" in text_of(reader)
    assert len(reader.pages) <= 8


def test_ten_to_the_five_letters_without_a_blank():
    assert len(made(papers.Text("W" * 100_000)).pages) > 30


@pytest.mark.parametrize("empty", [papers.Text(""), papers.Points([]), papers.Pairs([]), papers.Title("")])
def test_nothing_to_say_is_one_page(empty):
    assert len(made(empty).pages) == 1


def picture(kind="PNG", size=(300, 100)) -> bytes:
    held = BytesIO()
    Image.new("RGB", size, "red").save(held, kind)
    return held.getvalue()


@pytest.mark.parametrize("data", [picture(), picture("JPEG"), picture(size=(10, 900))])
def test_a_logo_is_put_in(data):
    assert len(made(papers.Text("x"), logo=data).pages[0].images) == 1


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:60]])
def test_a_logo_that_is_none_is_left_out(data):
    assert len(made(papers.Text("x"), logo=data).pages[0].images) == 0


def test_no_font_is_remembered_when_the_document_is_done():
    gc.collect()
    before = sum(type(held) is TTFFont for held in gc.get_objects())
    papers.make(paper(*EVERYTHING))
    gc.collect()
    assert sum(type(held) is TTFFont for held in gc.get_objects()) == before
