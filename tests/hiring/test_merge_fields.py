"""Names in braces: replaced once, by what is allowed, and nothing else of a text ever changes."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hiring.merge_fields import Lacking, fill, pieces, unknown, used

NAMES = ("pay", "first_day", "terms")
FULL = {"pay": "14.50 EUR", "first_day": "11 January", "terms": "Notice one month"}
TEXTS = st.text(max_size=200).filter(lambda text: "\x00" not in text)
NASTY = st.sampled_from(
    [
        "{pay}",
        "{{pay}}",
        "{pay",
        "pay}",
        "{}",
        "{0}",
        "{pay!r}",
        "{pay.__class__}",
        "%(pay)s",
        "%s",
        "{% now %}",
        "{ pay }",
    ]
)
MIXED = st.lists(st.one_of(TEXTS, NASTY), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pay: {pay}", "Pay: 14.50 EUR"),
        ("{pay}{pay}", "14.50 EUR14.50 EUR"),
        ("{ pay }", "14.50 EUR"),
        ("{{pay}}", "{{pay}}"),
        ("{pay!r} {pay.real} {0} {} %(pay)s {% now %}", "{pay!r} {pay.real} {0} {} %(pay)s {% now %}"),
        ("{salary} stays", "{salary} stays"),
        ("{Pay}", "{Pay}"),
        ("{pay", "{pay"),
        ("", ""),
        ("a\n\n\nb", "a\n\n\nb"),
    ],
)
def test_what_becomes_of_a_text(text, found):
    assert fill(text, FULL) == found


@pytest.mark.parametrize("value", ["{pay}", "{terms}", "\\1", "\\g<0>", "{% now %}", "a\nb"])
def test_a_value_is_never_looked_at_again(value):
    assert fill("Terms: {terms} {pay}", FULL | {"terms": value}) == f"Terms: {value} 14.50 EUR"


class TestWhatIsEmpty:
    def test_a_line_whose_values_are_all_empty_is_left_out(self):
        assert fill("Before\nEnds: {first_day}\nAfter", FULL | {"first_day": ""}) == "Before\nAfter"

    def test_half_a_sentence_is_none(self):
        with pytest.raises(Lacking) as raised:
            fill("From {first_day} for {pay}\n{terms} {pay}", FULL | {"first_day": "", "terms": ""})
        assert raised.value.names == ["first_day", "terms"]

    def test_every_missing_value_is_named_once(self):
        with pytest.raises(Lacking, match=r"^first_day$"):
            fill("{first_day} {pay}\n{first_day} {terms}", FULL | {"first_day": ""})

    def test_no_two_blank_lines_meet_where_a_paragraph_was(self):
        assert fill("A\n\n{terms}\n\nB", FULL | {"terms": ""}) == "A\n\nB"

    def test_blank_lines_that_were_typed_stay(self):
        assert fill("A\n\n\n{terms}\nB", FULL | {"terms": ""}) == "A\n\n\nB"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{salary} {salery}", [("{salary}", ""), ("{salery}", "")]),
        ("{pays}", [("{pays}", "{pay}")]),
        ("{First_Day}", [("{First_Day}", "{first_day}")]),
        ("{firstday}, {firstday}", [("{firstday}", "{first_day}")]),
        ("{باي}", [("{باي}", "")]),
        ("{ terms } {pay} {{what}} {a b} {0} {}", []),
    ],
)
def test_a_name_nobody_knows_is_named_with_what_was_meant(text, found):
    assert unknown(text, NAMES) == found


def test_which_names_a_text_uses():
    assert used("{terms} {pay} {terms} {else}", NAMES) == ["terms", "pay"]


@given(MIXED)
def test_a_text_without_names_is_never_changed(text):
    assert fill(text, {}) == text
    assert fill(text, {"nothing_like_it": "x"}) == text or "{nothing_like_it}" in text


@given(MIXED, st.fixed_dictionaries({name: st.text(min_size=1, max_size=30) for name in NAMES}))
def test_filled_the_rest_stands_letter_for_letter(text, values):
    """As a slow reading says: every piece as typed, but the names."""
    expected = "".join(values.get(name, words) if name else words for words, name in pieces(text))
    assert fill(text, values) == expected


@given(MIXED)
def test_the_pieces_are_the_text(text):
    assert "".join(words for words, _name in pieces(text)) == text


@given(st.text(alphabet=string.printable, max_size=60))
def test_nothing_typed_is_evaluated(text):
    assume("{pay}" not in text)
    assert fill(text + "{pay}", {"pay": "{7*7}"}) in {
        text + "{7*7}",
        text + "{pay}",  # a brace stood before it
        fill(text, {"pay": "{7*7}"}) + "{7*7}",
    }


@given(MIXED, st.sets(st.sampled_from(NAMES)))
def test_what_is_left_out_are_whole_lines(text, empty):
    values = {name: "" if name in empty else "x" for name in NAMES}
    lines = text.split("\n")
    assume(all(set(names) <= empty or not set(names) & empty for names in map(names_of, lines)))
    kept = [fill(line, values) for line in lines if not set(names_of(line)) & empty]
    assert [line for line in fill(text, values).split("\n") if line] == [line for line in kept if line]


def names_of(line):
    return used(line, NAMES)
