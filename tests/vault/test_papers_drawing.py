"""What is written into the file: operators, fonts, marks for the ear, furniture."""

import re

import pytest

from tests.vault.papers import WORDS, made, paper, text_of
from tests.vault.test_papers import picture
from vault import papers
from vault.papers import drawing, making


@pytest.mark.parametrize(
    ("parts", "operators"),
    [
        ([], ""),
        ([("code", 3), ("code", 4)], "[<00030004>] TJ"),
        ([("code", 3), ("move", -20), ("code", 4)], "[<0003> -20 <0004>] TJ"),
        ([("move", 0), ("code", 3), ("move", 0)], "[<0003>] TJ"),
        ([("code", 3), ("rise", 5), ("code", 4), ("rise", 0)], "[<0003>] TJ 5.00 Ts [<0004>] TJ 0.00 Ts"),
    ],
)
def test_glyphs_as_operators(parts, operators):
    assert drawing._operators(parts) == operators


@pytest.mark.parametrize(
    ("colour", "numbers"),
    [("#000000", "0.000 0.000 0.000"), ("#ffffff", "1.000 1.000 1.000"), ("#ff0080", "1.000 0.000 0.502")],
)
def test_a_colour_in_shares(colour, numbers):
    assert drawing._rgb(colour) == numbers


def content(reader, page=0) -> bytes:
    return reader.pages[page].get_contents().get_data()


def test_every_mark_that_is_opened_is_closed():
    data = content(made(papers.Title("T", "u"), papers.Table(["a"], [["b"]]), papers.Bars([("x", 5, "y")])))
    assert data.count(b"BDC") + data.count(b"BMC") == data.count(b"EMC")
    assert data.count(b"BT ") == data.count(b"ET ")


def test_what_is_not_the_text_is_furniture():
    data = content(made(papers.Text("x"), shop="Lumi"))
    assert data.count(b"/Artifact BMC") == 2
    assert data.count(b"/MCID") == 1


def test_parts_are_numbered_on_each_page_of_its_own():
    reader = made(papers.Text("one"), papers.Break(), papers.Text("two"))
    assert [re.findall(rb"/MCID (\d+)", content(reader, n)) for n in range(2)] == [[b"0"], [b"0"]]


def fonts(reader, page=0) -> set:
    held = reader.pages[page]["/Resources"]["/Font"]
    return {str(held[name]["/BaseFont"]).partition("+")[2] for name in held}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x", {"NotoSans"}),
        ("م", {"NotoSans", "NotoNaskhArabic"}),
        ("字", {"NotoSans", "NotoSansCJKSC"}),
    ],
)
def test_the_fonts_that_are_needed_are_in_the_file(text, wanted):
    found = {
        name.removesuffix("-Regular").removesuffix("Regular").rstrip("-")
        for name in fonts(made(papers.Text(text)))
    }
    assert found == wanted


def test_each_font_is_put_in_and_says_which_letters_it_drew():
    held = made(papers.Text("abc")).pages[0]["/Resources"]["/Font"]
    for name in held:
        font = held[name]
        assert "/ToUnicode" in font
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def test_chinese_without_a_bold_font_gets_a_thicker_edge():
    assert b" 2 Tr " in content(made(papers.Heading("字"), language="zh-hans"))
    assert b" 2 Tr " not in content(made(papers.Text("字"), language="zh-hans"))
    assert b" 2 Tr " not in content(made(papers.Heading("x")))


def test_arabic_is_set_larger_beside_latin():
    data = content(made(papers.Text("x م"), title="x"))
    assert b" 11.97 Tf" in data
    assert b" 10.50 Tf" in data


@pytest.mark.parametrize("language", WORDS)
def test_a_page_of_words_is_small(language):
    blocks = [papers.Text(WORDS[language] * 20)]
    assert len(papers.make(paper(*blocks, language=language))) < 60_000


# -- furniture


def test_shop_and_day_stand_on_the_first_page_alone():
    reader = made(papers.Text("x"), papers.Break(), papers.Text("y"), shop="Lumi", date="Sunday")
    first, second = (page.extract_text() for page in reader.pages)
    assert ("Lumi" in first, "Sunday" in first) == (True, True)
    assert ("Lumi" in second, "Sunday" in second) == (False, False)


def test_the_foot_is_the_title_or_what_was_given():
    assert text_of(made(papers.Text("x"), title="Contract")).endswith("Contract 1/1")
    assert text_of(made(papers.Text("x"), footer="Version 2")).endswith("Version 2 1/1")


@pytest.mark.parametrize("name", ["L" * 400, "Lumi\nand more", "\x00\u202e", "محمد " * 90])
def test_a_shop_s_name_of_any_length_takes_one_line(name):
    reader = made(papers.Text("body"), shop=name, title=name)
    assert "body" in text_of(reader)
    assert len(reader.pages) == 1


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((300, 100), (78, 26)), ((1200, 100), (120, 10)), ((10, 10), (26, 26)), ((10, 400), (0.65, 26))],
)
def test_a_logo_keeps_its_shape_in_its_place(size, drawn):
    found = making._logo(picture(size=size))
    assert (found.width, found.height) == pytest.approx(drawn)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_none(data):
    assert making._logo(data) is None


def test_the_shop_s_name_moves_aside_for_its_logo():
    def left(**look):
        found = {}
        made(papers.Text("x"), shop="Lumi", **look).pages[0].extract_text(
            visitor_text=lambda text, _, matrix, *rest: found.setdefault(text.strip(), matrix[4])
        )
        return found["Lumi"]

    assert left(logo=picture()) - left() == pytest.approx(87, abs=1)


@pytest.mark.parametrize("accent", ["#00457c", "#b8400f"])
def test_the_line_on_top_has_the_shop_s_colour(accent):
    assert f"{drawing._rgb(accent)} rg 68.00".encode() in content(made(papers.Text("x"), accent=accent))


def test_every_text_of_a_document_is_known_to_its_fonts():
    found = list(making._texts(paper(papers.Pairs([("a", "b")]), papers.Table(["c"], [["d"]]), shop="e")))
    assert {"a", "b", "c", "d", "e", "Contract"} <= set(found)


@pytest.mark.parametrize("country", ["FI", "DE", "CN", "EG", "SE", "PL", "GB", "AU", "", "xx"])
def test_most_countries_have_a4(country):
    assert country not in papers.LETTER


@pytest.mark.parametrize("country", ["US", "CA", "MX", "PH", "CL", "CO"])
def test_some_have_letter(country):
    assert country in papers.LETTER


@pytest.mark.parametrize(
    ("language", "rtl"), [("ar", True), ("fa", True), ("en", False), ("zh-hans", False), ("ar-eg", True)]
)
def test_a_document_knows_its_direction(language, rtl):
    assert paper(language=language).rtl is rtl
