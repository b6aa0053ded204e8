"""Blocks as strips: what stands where, what stays together."""

import pytest

from tests.vault.papers import WORDS
from vault import papers
from vault.papers import letters
from vault.papers.lines import Setter, Style
from vault.papers.shaping import Fonts
from vault.papers.strips import (
    FEW_ROWS,
    HAIR,
    INK,
    MANY_ROWS,
    QUIET,
    Maker,
    Rect,
    Strip,
    Words,
    _stacked,
    _together,
)

WIDTH, ACCENT = 400.0, "#00457c"
SENTENCE = "A sentence that is wider than the line on which it has to stand, and so it is broken in two. "


def maker(language="en"):
    known = set(
        letters.clean(SENTENCE + "".join(WORDS.values()) + "0123456789.–%abcdefghijklmnopqrstuvwxyzN")
    )
    setter = Setter(Fonts(known, language), rtl=language == "ar")
    return Maker(setter, width=WIDTH, language=language, accent=ACCENT)


def strips(block, language="en"):
    return maker(language).strips(block)


def words(found):
    return [thing for strip in found for thing in strip.things if isinstance(thing, Words)]


def rects(found):
    return [thing for strip in found for thing in strip.things if isinstance(thing, Rect)]


def said(found):
    return [thing.line.text for thing in words(found)]


# -- text


def test_a_title_is_large_and_stays_with_what_is_under_it():
    title, under, gap = strips(papers.Title("one", "two"))
    assert (title.tag, title.keep, title.entry) == ("H1", True, (0, "one"))
    assert title.things[0].style.size > 2 * under.things[0].style.size * 0.9
    assert (under.things[0].colour, gap.things) == (QUIET, ())


def test_a_title_of_two_lines_is_one_entry():
    found = strips(papers.Title(SENTENCE))
    assert [strip.entry for strip in found if strip.entry] == [(0, SENTENCE)]
    assert all(strip.keep for strip in found[:-1])


def test_a_heading_stays_with_what_follows():
    (heading,) = strips(papers.Heading("one"))
    assert (heading.tag, heading.keep, heading.entry) == ("H2", True, (1, "one"))


@pytest.mark.parametrize(("quiet", "colour"), [(False, INK), (True, QUIET)])
def test_a_paragraph_may_be_quiet(quiet, colour):
    (line,) = strips(papers.Text("one", quiet=quiet))
    assert line.things[0].colour == colour


def test_line_ends_are_kept_and_empty_lines_are_half_a_line_of_air():
    found = strips(papers.Text("\n\none\ntwo\n\n\n\nthree\n\n"))
    assert said(found) == ["one", "two", "three"]
    assert [bool(strip.things) for strip in found] == [True, True, False, True]
    assert found[2].height * 2 == found[0].height


@pytest.mark.parametrize("text", ["", "\n\n", "  ", "\x00\u202e"])
def test_a_text_of_nothing_has_no_strips(text):
    assert strips(papers.Text(text)) == []


@pytest.mark.parametrize(("count", "kept"), [(1, [False]), (2, [True, False]), (3, [True, True, False])])
def test_a_short_paragraph_is_never_parted(count, kept):
    assert [strip.keep for strip in _together([Strip(1.0)] * count, 0)] == kept


def test_of_a_long_one_two_lines_at_least_stand_together():
    assert [strip.keep for strip in _together([Strip(1.0)] * 6, 0)] == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]


def test_air_is_above_the_first_line_alone():
    assert [strip.before for strip in _together([Strip(1.0)] * 3, 7.0)] == [7.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("language", "taller"), [("en", False), ("fi", False), ("ar", True), ("zh-hans", True)]
)
def test_lines_of_arabic_and_chinese_stand_further_apart(language, taller):
    (line,) = strips(papers.Text("1"), language)
    assert (line.height > 16) == taller


@pytest.mark.parametrize(
    ("language", "text", "aligned"),
    [
        ("ar", SENTENCE, {"end"}),
        ("ar", WORDS["ar"] * 3, {"start"}),
        ("en", WORDS["ar"] * 3, {"end"}),
        ("en", SENTENCE, {"start"}),
        ("ar", "one\ntwo\nthree", {"start"}),
        ("en", "20\n30", {"start"}),
    ],
)
def test_a_long_paragraph_of_the_other_direction_changes_sides(language, text, aligned):
    assert {thing.align for thing in words(strips(papers.Text(text), language))} == aligned


# -- lists


def test_points_have_a_dot_each_in_the_shop_s_colour():
    found = strips(papers.Points(["one", SENTENCE]))
    dots = rects(found)
    assert {dot.colour for dot in dots} == {ACCENT}
    assert len(dots) == 2
    assert {thing.start for thing in words(found)} == {13.0}


def test_numbers_stand_before_a_numbered_list():
    found = strips(papers.Points(["one", "two"], numbered=True))
    assert said(found) == ["1.", "one", "2.", "two"]
    assert {strip.tag for strip in found} == {"LI"}


def test_an_empty_point_is_left_out():
    assert said(strips(papers.Points(["", "one"]))) == ["one"]


# -- pairs, tables, bars


def test_values_of_pairs_start_at_one_place_behind_the_longest_label():
    found = strips(papers.Pairs([("one", "1"), ("a longer one", "2")]))
    starts = [thing.start for thing in words(found)]
    assert starts[0] == starts[2] == 0
    assert starts[1] == starts[3] > 50


def test_labels_take_at_most_two_fifths():
    found = strips(papers.Pairs([(SENTENCE, "1")]))
    assert max(thing.start for thing in words(found)) <= 0.38 * WIDTH + 14
    assert len(words(found)) > 3


@pytest.mark.parametrize("rows", [1, FEW_ROWS - 1])
def test_few_pairs_are_one_group(rows):
    found = strips(papers.Pairs([("one", "1")] * rows))
    assert [strip.keep for strip in found] == [True] * rows + [False]


def test_many_pairs_may_be_parted_but_not_after_the_first_or_before_the_last():
    found = strips(papers.Pairs([("one", "1")] * 10))
    assert [n for n, strip in enumerate(found) if strip.keep] == [0, 1, 9]


def test_a_value_of_many_lines_may_be_parted():
    found = strips(papers.Pairs([("one", "x\n" * (MANY_ROWS + 5))]))
    assert len(found) > MANY_ROWS
    assert not all(strip.keep for strip in found)


def test_a_pair_without_words_keeps_its_place():
    assert len(strips(papers.Pairs([("", "")]))) == 2


TABLE = papers.Table(["one", "two"], [["a", "1"], ["b", "22"]], numbers=(1,), widths=(3, 1))


def test_a_table_s_columns_share_the_line():
    header = strips(TABLE)[0]
    first, second = header.things[:2]
    assert first.width == pytest.approx(3 * second.width)
    assert second.start + second.width == pytest.approx(WIDTH)


def test_numbers_end_where_their_header_ends():
    assert [thing.align for thing in words(strips(TABLE))] == ["start", "end"] * 3


def test_each_row_carries_the_header_for_the_next_page_and_a_line_below():
    header, *rows = strips(TABLE)
    assert header.keep is True
    assert {row.header.tag for row in rows} == {"TH"}
    assert [rect.colour for rect in rects(rows)] == [HAIR, HAIR]
    assert [rect.colour for rect in rects([header])] == [INK]


def test_columns_without_widths_are_alike():
    header = strips(papers.Table(["one", "two", "three"], []))[0]
    assert len({round(thing.width, 3) for thing in words([header])}) == 1


def test_a_cell_of_two_lines_makes_its_row_higher():
    low, high = strips(papers.Table(["one"], [["a"], ["a\nb"]]))[1:]
    assert high.height > low.height + 10


@pytest.mark.parametrize(
    ("share", "drawn"), [(50, [1.0, 0.5]), (0, [1.0]), (None, []), (170, [1.0, 1.0]), (-4, [1.0, 0])]
)
def test_a_bar_is_as_long_as_its_share(share, drawn):
    found = rects(strips(papers.Bars([("one", share, "x")])))
    full = found[0].width if found else 1
    assert [rect.width / full for rect in found] == pytest.approx(drawn)


def test_bars_stand_below_each_other():
    found = rects(strips(papers.Bars([("one", 10, "x"), (SENTENCE, 20, SENTENCE)])))
    assert len({rect.start for rect in found}) == 1


# -- set apart


def test_a_note_is_a_box_with_an_edge():
    found = strips(papers.Note("one", title="two"))
    assert said(found) == ["two", "one"]
    assert {rect.width for rect in rects(found)} == {WIDTH, 2.6}
    assert {thing.start for thing in words(found)} == {14}


def test_the_parts_of_a_box_touch():
    found = strips(papers.Note(SENTENCE * 3))
    assert all(rect.height > strip.height for strip in found for rect in rects([strip]))


def test_two_sign_beside_each_other_and_a_third_below():
    found = strips(papers.Signatures([("one", "a"), ("two", "b"), ("three", "c")]))
    assert said(found) == ["one", "two", "a", "b", "three", "c"]
    lines = rects(found)
    assert len(lines) == 3
    assert lines[0].start == lines[2].start == 0 < lines[1].start
    assert [strip.keep for strip in found] == [True, False, True, False]


def test_a_break_is_a_strip_without_height():
    (found,) = strips(papers.Break())
    assert (found.new_page, found.height) == (True, 0)


def test_stacked_strips_keep_their_distances():
    one = Strip(10, (Rect(0, 1, 5, 5, INK),), before=2)
    stacked = _stacked([one, one], "P")
    assert ([thing.top for thing in stacked.things], stacked.height) == ([3, 15], 24)


@pytest.mark.parametrize("size", [8, 10, 21])
def test_a_text_s_natural_width_is_that_of_its_line(size):
    setter = maker().setter
    line = setter.fill("one two three", 1_000, Style(size))[0]
    assert setter.natural("one two three", Style(size)) == pytest.approx(line.width)
