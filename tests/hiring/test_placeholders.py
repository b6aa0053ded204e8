"""`{name}` in the shop's words: plain replacement, once, of the names on the list and of nothing else."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.placeholders import NAMES, fill, fill_line, unknown, used

VALUES = {
    "name": "Ada",
    "job": "Support",
    "shop": "Lumi",
    "sender": "Olga",
    "status_link": "https://x.example/",
}
anything = st.text(max_size=200)
braces = st.text(alphabet="{}%$s_ namejobshop.()[]0\\\n", max_size=60)
values = st.fixed_dictionaries({name: st.text(max_size=40) for name in NAMES})


def test_each_name_is_put_in():
    text = "Hello {name}, {job} at {shop}. {sender} {status_link}"
    assert fill(text, VALUES) == "Hello Ada, Support at Lumi. Olga https://x.example/"
    assert used(text) == set(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "{{name}}", "{% now %}", "%s %(name)s", "{", "}", "{}", "{0}", "{name!r}", "{name.__class__}", "{ a b }",
        "${name", "{{ name }}", "{name:>40}", "{name[0]}", "100 %",
    ],
)  # fmt: skip
def test_everything_else_stays_as_typed(text):
    assert (fill(text, VALUES), unknown(text)) == (text, [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("{nmae}", "{name}"),
        ("{Name}", "{name}"),
        ("{ name }", "{name}"),
        ("{names}", "{name}"),
        ("{Shop}", "{shop}"),
        ("{statuslink}", "{status_link}"),
        ("{salary}", ""),
    ],
)
def test_what_looks_like_a_name_and_is_none_is_told_with_the_nearest(typed, meant):
    assert unknown(f"Hello {typed}, {typed}") == [(typed, meant)]


def test_what_is_put_in_is_never_looked_at_again():
    assert fill("{name} {job}", VALUES | {"name": "{job}{{x}}"}) == "{job}{{x}} Support"


def test_a_subject_stays_one_line_whatever_a_value_holds():
    wicked = VALUES | {"name": "Ada\r\nBcc: everybody@mail.example\u2028X"}
    assert fill_line("Hello {name}", wicked) == "Hello Ada Bcc: everybody@mail.example X"


def test_a_name_without_a_value_is_an_error_and_not_a_hole():
    with pytest.raises(KeyError):
        fill("{status_link}", {"name": "Ada"})


@given(text=st.one_of(anything, braces), given=values)
def test_text_without_names_of_the_list_is_never_changed(text, given):
    for name in NAMES:
        text = text.replace(name, "x")
    assert fill(fill(text, given), given) == text


@given(text=st.one_of(anything, braces), given=values)
def test_nothing_is_evaluated(text, given):
    """What comes out is the text with some of its own pieces replaced by values, whole."""
    pieces, out, rest = fill(text, {name: f"\0{n}" for n, name in enumerate(NAMES)}), "", ""
    for char in pieces:
        if rest:
            out, rest = out + given[NAMES[int(char)]], ""
        elif char == "\0" and "\0" not in text:
            rest = "next"
        else:
            out += char
    assert "\0" in text or out == fill(text, given)


@given(text=anything, given=values)
def test_no_value_adds_a_line_to_a_subject(text, given):
    line = fill_line(text, given)
    assert not set(line) & set("\r\n\x0b\x0c\x85\u2028\u2029\0")


@given(words=st.text(alphabet=string.ascii_lowercase + "_", min_size=1, max_size=20))
def test_a_single_braced_word_is_either_on_the_list_or_told(words):
    text = f"a {{{words}}} b"
    known = words in NAMES
    assert (used(text) == {words}, [typed for typed, _ in unknown(text)]) == (
        known,
        [] if known else [f"{{{words}}}"],
    )
