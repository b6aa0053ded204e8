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
