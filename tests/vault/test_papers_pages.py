"""What stands on which page."""

import re

import pytest

from tests.vault.papers import WORDS, made, text_of
from vault import papers
from vault.papers import pages
from vault.papers.strips import Strip

LONG = "A sentence that goes on for a while and then some more. " * 5


def on(reader, number):
    return reader.pages[number].extract_text()


def test_each_page_says_which_one_of_how_many_it_is():
    reader = made(papers.Text("\n".join(["line"] * 200)))
    assert len(reader.pages) == 5
    assert [on(reader, n).split()[-1] for n in range(5)] == ["1/5", "2/5", "3/5", "4/5", "5/5"]


def test_a_table_s_header_stands_on_every_page():
    rows = [[f"row {n}", str(n)] for n in range(120)]
    reader = made(papers.Table(["What", "How many"], rows, numbers=(1,)))
    assert [on(reader, n).count("How many") for n in range(len(reader.pages))] == [1] * len(reader.pages)
    assert len(re.findall(r"row \d+", text_of(reader))) == 120


def test_a_row_higher_than_a_page_is_cut_between_lines():
    reader = made(papers.Table(["What", "Why"], [["x", LONG * 30], ["last", "one"]]))
    assert len(reader.pages) > 2
    assert "last one" in text_of(reader)


@pytest.mark.parametrize("lines", range(36, 44))
def test_a_heading_never_ends_a_page(lines):
    reader = made(papers.Text("x\n" * lines), papers.Heading("Terms"), papers.Text("a\nb\nc\nd"))
    page = next(n for n in range(len(reader.pages)) if "Terms" in on(reader, n))
    assert "a\nb" in on(reader, page)


def test_signatures_stay_with_their_names():
    for lines in range(34, 44):
        reader = made(papers.Text("x\n" * lines), papers.Signatures([("Ada Lind", "Employee")]))
        page = next(n for n in range(len(reader.pages)) if "Ada Lind" in on(reader, n))
        assert "Employee" in on(reader, page)


def test_a_break_starts_a_page():
    reader = made(papers.Text("before"), papers.Break(), papers.Text("after"))
    assert ["after" in on(reader, n) for n in range(2)] == [False, True]


@pytest.mark.parametrize(("language", "left"), [("en", True), ("ar", False)])
def test_lines_start_on_the_language_s_side(language, left):
    x = places(made(papers.Title("1234"), language=language))["1234"]
    assert (x < 100) == left


def test_numbers_of_a_column_end_at_one_place():
    ends = []

    def see(text, _, matrix, *rest):
        if text.strip() in {"7", "77", "777"}:
            ends.append(round(matrix[4] + len(text.strip()) * 9.8 * 0.572, 0))

    made(papers.Table(["a", "b"], [["x", "7"], ["y", "77"], ["z", "777"]], numbers=(1,))).pages[
        0
    ].extract_text(visitor_text=see)
    assert len(ends) == 3
    assert len(set(ends)) == 1


def places(reader) -> dict[str, float]:
    """First word of each line -> its distance from the left edge."""
    found = {}
    reader.pages[0].extract_text(
        visitor_text=lambda text, _, matrix, *rest: found.setdefault((text.split() or [""])[0], matrix[4])
    )
    return found


def test_two_languages_keep_their_order():
    text = text_of(
        made(papers.Text(WORDS["ar"]), papers.Text(LONG), papers.Text(WORDS["zh-hans"]), language="ar")
    )
    assert text.index("تجيب") < text.index("A sentence") < text.index("您通过")


def test_a_long_paragraph_in_the_other_direction_stands_on_its_own_side():
    assert places(made(papers.Text(LONG), language="ar"))["A"] < 80


def test_names_of_one_line_each_stay_on_the_document_s_side():
    found = places(made(papers.Text("Ada\nLind"), language="ar"))
    assert (found["Ada"] > 480, found["Lind"] > 480) == (True, True)


@pytest.mark.parametrize("lines", range(36, 46))
def test_nobody_signs_a_page_that_says_nothing(lines):
    words = "\n".join(f"line{n}" for n in range(lines))
    reader = made(papers.Text(words), papers.Signatures([("Ada Lind", "Employee")]))
    page = next(n for n in range(len(reader.pages)) if "Ada Lind" in on(reader, n))
    assert f"line{lines - 1}" in on(reader, page)


@pytest.mark.parametrize("lines", range(34, 44))
def test_a_few_pairs_stand_on_one_page(lines):
    reader = made(papers.Text("x\n" * lines), papers.Pairs([("one", "1"), ("two", "2"), ("three", "3")]))
    page = next(n for n in range(len(reader.pages)) if "one" in on(reader, n))
    assert "three" in on(reader, page)


# -- the plain arithmetic of pages


def strips(*heights, **look):
    return [Strip(float(height), **look) for height in heights]


def counts(filled):
    return [len(page.strips) for page in filled]


def test_strips_fill_a_page_and_then_the_next():
    assert counts(pages.fill(strips(40, 40, 40, 40, 40), height=100, first=50)) == [1, 2, 2]


def test_what_is_kept_together_moves_together():
    kept = [*strips(60), *strips(30, keep=True), *strips(30)]
    assert counts(pages.fill(kept, height=100, first=100)) == [1, 2]


def test_what_is_kept_together_and_longer_than_a_page_is_cut():
    assert counts(pages.fill(strips(*[30] * 7, keep=True), height=100, first=100)) == [3, 3, 1]


def test_air_above_is_not_for_the_top_of_a_page():
    assert counts(pages.fill(strips(50, 50, 50, before=1.0), height=100, first=100)) == [1, 1, 1]
    assert pages.fill(strips(50, before=9.0), height=100, first=100)[0].strips[0][0] == 0


def test_a_strip_higher_than_a_page_is_put_on_one():
    assert counts(pages.fill(strips(10, 500, 10), height=100, first=100)) == [1, 1, 1]


def test_no_strips_are_one_empty_page():
    assert counts(pages.fill([], height=100, first=100)) == [0]
