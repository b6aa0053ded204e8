"""The difference of two texts, two changes put together, and Markdown that may stand in a page."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import handbook_difference, handbook_markdown
from onboarding.handbook_difference import GONE, NEW, SAME, difference, merge

LINES = st.lists(st.sampled_from(["a", "b", "c", "two words", "", "猫很大", "قطة"]), max_size=8).map(
    "\n".join
)
ANY = st.text(max_size=60)


def said(pieces, *kinds):
    return "".join(text for kind, text in pieces if kind in kinds)


@given(st.one_of(ANY, LINES), st.one_of(ANY, LINES))
def test_both_texts_are_in_the_difference(old, new):
    pieces = difference(old, new)
    assert (said(pieces, SAME, GONE), said(pieces, SAME, NEW)) == (old, new)


@given(ANY)
def test_a_text_differs_nowhere_from_itself(text):
    assert difference(text, text) == ([(SAME, text)] if text else [])


@given(LINES, LINES)
def test_neighbours_of_a_difference_are_of_two_kinds_and_none_is_empty(old, new):
    pieces = difference(old, new)
    assert all(one[0] != other[0] for one, other in pairwise(pieces))
    assert all(text for _kind, text in pieces)


def test_one_word_is_one_word():
    found = difference("Ask for one photo.\nThen pay.", "Ask for two photos.\nThen pay.")
    assert found == [
        (SAME, "Ask for "),
        (GONE, "one"),
        (NEW, "two"),
        (SAME, " "),
        (GONE, "photo"),
        (NEW, "photos"),
        (SAME, ".\nThen pay."),
    ]


def test_one_sign_of_a_script_without_blanks_is_one_sign():
    assert difference("猫很大", "猫很小") == [(SAME, "猫很"), (GONE, "大"), (NEW, "小")]


def test_passages_that_are_too_long_stand_one_after_the_other():
    old, new = "a " * handbook_difference.MOST_PIECES, "b " * 9
    assert difference(old, new) == [(GONE, old), (NEW, new)]


def test_a_page_of_empty_lines_is_compared_in_no_time():
    assert said(difference("\n" * 20_000, "\n" * 19_999 + "x"), SAME, NEW) == "\n" * 19_999 + "x"


@given(LINES, LINES)
def test_one_change_alone_is_taken_as_it_is(base, text):
    assert (merge(base, base, text), merge(base, text, base), merge(base, text, text)) == (text, text, text)


@given(LINES, LINES, LINES)
def test_who_comes_first_makes_no_difference(base, one, other):
    assert merge(base, one, other) == merge(base, other, one)


@given(LINES, LINES, LINES)
def test_what_fits_together_has_every_line_of_both(base, one, other):
    merged = merge(base, one, other)
    if merged is not None:
        new = {*one.split("\n"), *other.split("\n")} - set(base.split("\n"))
        assert new <= set(merged.split("\n"))


def test_changes_far_apart_fit_together():
    assert merge("a\nb\nc\nd", "A\nb\nc\nd", "a\nb\nc\nD") == "A\nb\nc\nD"


@pytest.mark.parametrize(
    ("one", "other"), [("A\nb\nc", "X\nb\nc"), ("A\nb\nc", "a\nB\nc"), ("a\nnew\nb\nc", "a\nother\nb\nc")]
)
def test_changes_that_touch_do_not(one, other):
    assert merge("a\nb\nc", one, other) is None


# -- Markdown


def test_a_page_is_written_with_marks():
    html = handbook_markdown.html("# Big\n\nA **bold** word.\n\n- one\n- two\n")
    assert html == (
        '<h2 dir="auto">Big</h2>\n<p dir="auto">A <strong>bold</strong> word.</p>\n'
        '<ul>\n<li dir="auto">one</li>\n<li dir="auto">two</li>\n</ul>\n'
    )


def test_headings_stay_below_the_title():
    html = handbook_markdown.html("# a\n\n##### b\n\n###### c")
    assert re.findall(r"<(h\d)", html) == ["h2", "h6", "h6"]


def test_a_table_scrolls_and_is_styled_nowhere():
    html = handbook_markdown.html("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert html.startswith('<div class="fh-scroll" tabindex="0"><table class="fh-table">')
    assert html.rstrip().endswith("</table></div>")
    assert "style" not in html


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example/)",
    "[x](/\\evil.example/)",
    "[x](/\\/evil.example/)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![a](https://evil.example/pixel.png)",
    '![" onerror="alert(1)](https://evil.example/pixel.png)',
    "![a][b]\n\n[b]: https://evil.example/p.png",
    '[a](https://ok.example/ "x\\" onmouseover=\\"alert(1)")',
    '```"><script>alert(1)</script>\nx\n```',
    "<iframe src=https://evil.example></iframe>",
    "<style>body{}</style>",
    "<!-- x --><b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_fetches_comes_through(text):
    html = handbook_markdown.html(text)
    tags = re.findall(r"<(\w+)([^<>]*)>", html)
    assert {name for name, _rest in tags} <= {"p", "a", "code", "pre"}
    attributes = {each for _name, rest in tags for each in re.findall(r'\s([\w-]+)="[^"]*"', rest)}
    assert attributes <= {"dir", "href", "rel", "title", "class"}
    assert all(address.startswith("https://ok.example/") for address in re.findall(r'href="([^"]*)"', html))


@given(st.text(alphabet="<>&\"'`*_[]()!#-|\\:/ \nabcjavscript", max_size=80))
def test_whatever_is_typed_makes_no_tag_of_its_own(text):
    ours = (
        r"</?(?:p|h[2-6]|ul|ol|li|em|strong|s|a|code|pre|blockquote|hr|br|table|thead|tbody|tr|td|th|div)\b"
    )
    html = handbook_markdown.html(text)
    assert all(re.match(ours, tag) for tag in re.findall(r"<[^\s<>]*", html))
    assert not re.search(r'\s(?:on\w+|src|style)="', re.sub(r">[^<]*<", "><", html))


@pytest.mark.parametrize(
    "address", ["https://x.example/a", "mailto:a@b.example", "tel:+358401", "/handbook/", "#top"]
)
def test_safe_links_are_links(address):
    assert f'href="{address}"' in handbook_markdown.html(f"[x]({address})")


def test_links_to_other_hosts_say_nothing_of_us():
    assert 'rel="noopener noreferrer nofollow"' in handbook_markdown.html("[x](https://x.example/)")
    assert "rel=" not in handbook_markdown.html("[x](/onboarding/)")


def test_a_picture_is_its_words():
    assert handbook_markdown.html("![a <b> cat](/x.png)") == '<p dir="auto">a &lt;b&gt; cat</p>\n'


@pytest.mark.parametrize("text", ["{{ customer.first_name }}", "{% if x %}", "a\u202eb", "50 % off"])
def test_other_marks_stay_as_typed(text):
    assert handbook_markdown.html(text) == f'<p dir="auto">{text}</p>\n'


def test_the_lines_of_a_page_without_the_marks():
    text = "# Head\n\nA **bold**\nline with [a link](https://x.example/)\n\n| a | b |\n|---|---|\n| c | `d` |"
    assert handbook_markdown.plain(text) == ["Head", "A bold", "line with a link", "a", "b", "c", "d"]


def test_the_line_that_was_searched_for():
    text = "First line.\n\nPaketti: **päivä** tai kaksi."
    assert handbook_markdown.excerpt(text, ["paiv"]) == "Paketti: päivä tai kaksi."
    assert handbook_markdown.excerpt(text, ["none"]) == "First line."
    assert handbook_markdown.excerpt("", ["none"]) == ""


def test_a_long_line_is_cut():
    assert handbook_markdown.excerpt("word " * 99, ["word"]) == ("word " * 32).rstrip() + "…"
