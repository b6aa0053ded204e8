"""Where lines end, what order they are read in, which letters join."""

import pytest
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.papers import lines_of
from vault.papers import bidi, letters
from vault.papers.lines import Setter, Style
from vault.papers.shaping import Fonts

MIXED = "ab אبا1٢ ,.+-%$()[]\u0301;/"
ISOLATED = "aא1 ,(\u2068\u2069)"


def oracle(text, rtl):
    base = TextDirection.RTL if rtl else TextDirection.LTR
    found = BidiParagraph(text, base, preserve_bn_chars=True).characters
    return [char.embedding_level for char in sorted(found, key=lambda char: char.character_index)]


@given(st.text(MIXED, max_size=14), st.booleans())
def test_the_order_of_reading_is_unicode_s(text, rtl):
    assert bidi.levels(text, rtl) == oracle(text, rtl)


@given(st.text(ISOLATED, max_size=14), st.booleans())
def test_so_is_that_of_isolated_parts(text, rtl):
    assert bidi.levels(text, rtl) == oracle(text, rtl)


@given(st.text(), st.booleans())
def test_any_text_has_an_order(text, rtl):
    assert len(bidi.levels(text, rtl)) == len(text)


@given(st.lists(st.integers(0, 3), max_size=12))
def test_pieces_keep_their_number(levels):
    assert sorted(bidi.visual(levels)) == list(range(len(levels)))


@pytest.mark.parametrize(
    ("levels", "order"), [([0, 0], [0, 1]), ([1, 1], [1, 0]), ([0, 1, 2, 1, 0], [0, 3, 2, 1, 4]), ([], [])]
)
def test_pieces_stand_in_their_order(levels, order):
    assert bidi.visual(levels) == order


def test_thousands_of_brackets_and_isolates_are_no_trap():
    assert len(bidi.levels("(א)" * 1_300, True)) == 3_900
    assert len(bidi.levels("\u2067" * 4_000, False)) == 4_000


@pytest.mark.parametrize(
    ("text", "rtl"), [("1. abc", False), ("1. אב", True), ("123", None), ("\u2068א\u2069a", False)]
)
def test_the_first_letter_tells_the_direction(text, rtl):
    assert bidi.is_rtl(text) is rtl


# -- what is left of a text


@given(st.text())
def test_a_clean_text_has_no_controls_and_stays_as_it_is(text):
    clean = letters.clean(text)
    assert letters.clean(clean) == clean
    assert not set("\x00\x07\x7f\x85\u200e\u200f\u061c\u202a\u202b\u202d\u202e\ufeff\ud800") & set(clean)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("\u202e12\u202c", "12"),
        ("A\u030a", "Å"),
        ("\ud800", "\ufffd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cروم", "می\u200cروم"),
        ("10\u00a0€", "10\u00a0€"),
    ],
)
def test_what_is_dropped_and_what_is_kept(dirty, clean):
    assert letters.clean(dirty) == clean


# -- lines


@given(st.text("ab cdé-/字，。（م ا1\u0301", max_size=80), st.sampled_from([30.0, 90.0, 400.0]))
def test_no_line_is_too_wide_and_no_letter_is_lost(text, width):
    text = letters.clean(text)
    fonts = Fonts(set(text), "en")
    lines = Setter(fonts, rtl=False).fill(text, width, Style(10))
    assert all(line.width <= width + 0.1 for line in lines)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")


def test_lines_end_between_words():
    assert lines_of("one two three four", 60) == ["one two", "three four"]


def test_chinese_breaks_anywhere_but_before_a_full_stop_and_behind_a_bracket():
    lines = lines_of("您好您好您好。（您好）您好，您好您好！您好" * 3, 63, language="zh-hans")
    assert len(lines) > 8
    assert [line for line in lines if line[0] in "。，！）" or line[-1] in "（"] == []


def test_a_number_stays_whole_in_chinese_and_a_blank_that_binds_holds():
    assert "2026" in " ".join(lines_of("今天是2026年，" * 9, 70, language="zh-hans")).split("今天是")[1]
    assert not any(line.endswith("10") for line in lines_of("a 10\u00a0€ " * 20, 47))


def test_e_mail_stays_whole_and_long_words_part_at_their_hyphen():
    assert "e-mail" in " ".join(lines_of("by e-mail by e-mail by e-mail", 55))
    assert lines_of("Lukasiewicz-Brzeczyszczyk", 75) == ["Lukasiewicz-", "Brzeczyszczyk"]


def test_a_letter_keeps_its_marks_where_a_word_is_cut():
    lines = lines_of("x\u0301" * 60, 60)
    assert len(lines) > 3
    assert all(line[0] == "x" and line[-1] == "\u0301" for line in lines)


# -- glyphs


def shaped(text, language="ar", *, rtl=True, script=letters.ARABIC):
    return Fonts(set(text), language).shape(text, script, bold=False, rtl=rtl)


def test_arabic_letters_join():
    font = Fonts(set("محمد"), "ar")
    alone = [font.shape(char, letters.ARABIC, bold=False, rtl=True).glyphs[0].number for char in "محمد"]
    joined = [glyph.number for glyph in font.shape("محمد", letters.ARABIC, bold=False, rtl=True).glyphs]
    assert len(joined) == 4
    assert set(joined[1:]).isdisjoint(alone)


@pytest.mark.parametrize("text", ["لا إله", "مُحَمَّد", "office", "ﷺ"])
def test_each_character_of_a_word_is_told_once(text):
    script = letters.LATIN if text.isascii() else letters.ARABIC
    told = [glyph.text for glyph in shaped(text, rtl=not text.isascii(), script=script).glyphs]
    assert "".join(told if text.isascii() else reversed(told)) == text


def test_a_mark_stands_over_its_letter():
    letter, mark = sorted(shaped("بّ").glyphs, key=lambda glyph: glyph.advance, reverse=True)
    assert letter.advance > 0 == mark.advance


def test_brackets_are_mirrored_in_arabic():
    fonts = Fonts(set("()"), "ar")
    opened = fonts.shape("(", letters.LATIN, bold=False, rtl=True).glyphs[0].number
    closed = fonts.shape(")", letters.LATIN, bold=False, rtl=False).glyphs[0].number
    assert opened == closed


@pytest.mark.parametrize(
    ("text", "chinese", "scripts"),
    [
        ("aم字", False, [letters.LATIN, letters.ARABIC, letters.CHINESE]),
        ("“字”", True, [letters.CHINESE] * 3),
        ("O’Brien", True, [letters.LATIN] * 7),
        ("“a”", False, [letters.LATIN] * 3),
        ("م\u064b", False, [letters.ARABIC] * 2),
        ("😀", False, [letters.LATIN]),
    ],
)
def test_each_character_has_its_font(text, chinese, scripts):
    assert letters.scripts(text, chinese) == scripts


# -- more about breaking


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two", ["one", "two"]),
        ("one  two", ["one", "two"]),
        ("one, two.", ["one,", "two."]),
        ("(one) two", ["(one)", "two"]),
        ("14.50 EUR", ["14.50", "EUR"]),
        ("2027-01-11 is", ["2027-01-11", "is"]),
    ],
)
def test_words_with_their_marks_stay_whole(text, lines):
    widest = max(len(line) for line in lines)
    assert lines_of(text, widest * 6.2) == lines


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("您好，世界", "您"),
        ("您。", "您。"),
        ("您！？", "您！？"),
        ("（您）好", "（您）"),
        ("《您》", "《您》"),
        ("“您”", "“您”"),
    ],
)
def test_chinese_marks_cling_to_their_character(text, first):
    assert lines_of(text, 10.5 * len(first), language="zh-hans")[0] == first


@given(st.text("您好，。（）！“”", min_size=1, max_size=40))
def test_a_line_that_is_wide_enough_takes_all_of_it(text):
    lines = lines_of(text, 2_000, language="zh-hans")
    assert "".join(lines) == text


def test_a_line_exactly_as_wide_as_its_words_is_one():
    fonts = Fonts(set("one two"), "en")
    setter = Setter(fonts, rtl=False)
    width = setter.natural("one two", Style(10))
    assert len(setter.fill("one two", width, Style(10))) == 1
    assert len(setter.fill("one two", width - 0.5, Style(10))) == 2


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u2068\u2069"])
def test_nothing_is_one_empty_line(text):
    (line,) = Setter(Fonts(set(text), "en"), rtl=False).fill(text, 100, Style(10))
    assert (line.text, line.width) == ("", 0)


@pytest.mark.parametrize(
    ("text", "document", "rtl"),
    [
        ("abc", False, False),
        ("abc", True, False),
        ("م", False, True),
        ("م", True, True),
        ("123", False, False),
        ("123", True, True),
        ("abc م", True, True),
        ("م abc", False, False),
        ("", True, True),
    ],
)
def test_a_line_s_direction_is_the_document_s_unless_its_letters_are_all_of_the_other(text, document, rtl):
    line = Setter(Fonts(set(text), "en"), rtl=document).fill(text, 300, Style(10))[0]
    assert line.rtl is rtl


def lefts(text, rtl) -> list:
    """The words of a line from left to right."""
    line = Setter(Fonts(set(text), "ar"), rtl=rtl).fill(text, 900, Style(10))[0]
    told = [(x, "".join(glyph.text for glyph in shaped.glyphs)) for x, shaped in line.pieces]
    return [word for x, word in sorted(told, key=lambda piece: piece[0]) if word.strip()]


@pytest.mark.parametrize(
    ("text", "rtl", "order"),
    [
        ("one two", False, ["one", "two"]),
        ("م one two", True, ["one", "two", "م"]),
        ("one م two", False, ["one", "م", "two"]),
        ("م 14.50 €", True, ["€", "14.50", "م"]),
        ("م 20 ج", True, ["ج", "20", "م"]),
    ],
)
def test_words_stand_in_the_order_of_both_directions(text, rtl, order):
    found = lefts(text, rtl)
    assert [word for word in found if word in order] == [word for word in order if word in found]
    assert len(found) >= 2


def test_numbers_are_never_turned_around_by_what_somebody_wrote():
    turned = letters.clean("100 \u200f200 \u202e300\u202c \u2067 400 500 \u2069")
    assert [word for word in lefts(turned, False) if word.isdigit()] == ["100", "200", "300", "400", "500"]


def test_an_isolated_name_does_not_pull_the_number_beside_it():
    assert lefts("\u2068محمد\u2069 12 abc", False)[-2:] == ["12", "abc"]


def test_words_are_shaped_once():
    fonts = Fonts(set("one"), "en")
    assert fonts.shape("one", letters.LATIN, bold=False, rtl=False) is fonts.shape(
        "one", letters.LATIN, bold=False, rtl=False
    )


def test_a_document_s_fonts_hold_its_own_characters():
    small, large = (
        len(Fonts(set(text), "en").font(letters.CHINESE, False).data) for text in ("字", "您通过电子邮件")
    )
    assert small < large < 20_000


def test_chinese_bold_is_the_regular_font():
    fonts = Fonts(set("字"), "zh-hans")
    assert fonts.font(letters.CHINESE, True) is fonts.font(letters.CHINESE, False)


@pytest.mark.parametrize("script", [letters.LATIN, letters.ARABIC])
def test_the_others_have_a_bold_of_their_own(script):
    fonts = Fonts(set("xم"), "en")
    assert fonts.font(script, True) is not fonts.font(script, False)


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_set(text, rtl):
    clean = letters.clean(text).replace("\n", " ")
    lines = Setter(Fonts(set(clean), "en"), rtl=rtl).fill(clean, 50, Style(10))
    assert len(lines) >= 1
    assert all(line.width >= 0 for line in lines)
