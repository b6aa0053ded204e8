"""The place where a word stands: short, whole words, and nothing but what was written."""

from hypothesis import given
from hypothesis import strategies as st

from hiring.snippets import AFTER, BEFORE, snippet
from vault import folding


def joined(text, asked) -> str:
    return "".join(f"[{piece}]" if hit else piece for piece, hit in snippet(text, folding.terms(asked)))


def test_marks_every_hit_around_the_first():
    assert joined("I know Zendesk, and zendesk's rivals", "zen") == "I know [Zendesk], and [zendesk]'s rivals"


def test_marks_the_word_whole_in_any_spelling():
    assert joined("Läärätin at work", "laar") == "[Läärätin] at work"


def test_says_nothing_where_nothing_fits():
    assert snippet("Kayako", ["zendesk"]) == []


def test_nothing_is_found_in_nothing():
    assert (snippet("", ["a"]), snippet("text", [])) == ([], [])


def test_cuts_between_words_and_says_so():
    found = joined("one two " * 30 + "Zendesk " + "three four " * 40, "zendesk")
    assert (found[:2], found[-2:]) == ("… ", " …")
    assert set(found.strip("… ").split()) == {"one", "two", "[Zendesk]", "three", "four"}


def test_white_space_is_made_single():
    assert joined("a\n\n\tZendesk \n b", "zendesk") == "a [Zendesk] b"


def test_a_script_without_spaces_is_cut_anywhere():
    found = snippet("我" * 500 + " 客服 " + "你" * 500, ["客服"])
    assert sum(len(piece) for piece, _hit in found) <= BEFORE + AFTER + 10


@given(st.text(max_size=400), st.text(min_size=1, max_size=10))
def test_is_always_short_and_holds_a_hit_or_is_nothing(text, asked):
    found = snippet(text, folding.terms(asked))
    assert found == [] or any(hit for _piece, hit in found)
    assert sum(len(piece) for piece, _hit in found) <= BEFORE + AFTER + 2 * 400


@given(st.text(alphabet="ab \n", max_size=600))
def test_the_pieces_are_the_text(text):
    found = snippet(text, ["a"])
    inside = "".join(piece for piece, _hit in found).strip("… ")
    assert inside in " ".join(text.split()) or inside == ""
