"""What covering a name never does and always does, whatever the text; and which files open while names are hidden."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import masking
from hiring.masking import HIDDEN, mask

WORD = st.text(alphabet="abcdefghijklmnop", min_size=3, max_size=8)
PLAIN = st.lists(st.sampled_from("served customers in the shop daily".split()), max_size=8).map(" ".join)


def stored(**fields):
    values = {"text": "", "text_state": "done", "text_problem": "", "kind": "pdf"}
    return SimpleNamespace(**(values | fields))


def person(*, hidden=True, **fields):
    return SimpleNamespace(name_hidden=hidden, **fields)


class TestAlways:
    @settings(max_examples=20)
    @given(PLAIN)
    def test_words_of_work_stay_as_they_are(self, words):
        assert mask(words, name="Xavier Quux") == words

    @settings(max_examples=20)
    @given(PLAIN, WORD)
    def test_covering_twice_is_covering_once(self, words, name):
        once = mask(f"{words} {name} {name}@mail.example +358 40 1234567", name=name)
        assert mask(once, name=name) == once

    @settings(max_examples=20)
    @given(PLAIN, st.text(alphabet="abcxyz.+-", min_size=1, max_size=8).map(lambda word: f"n{word}n"))
    def test_no_address_is_left(self, words, box):
        assert "@" not in mask(f"{words} {box}@mail.example", name="Ada Lind")

    @settings(max_examples=20)
    @given(st.lists(st.sampled_from("0123456789"), min_size=9, max_size=14).map("".join))
    def test_no_run_of_nine_digits_is_left(self, digits):
        assert digits not in mask(f"Call {digits}.", name="Ada")

    @settings(max_examples=20)
    @given(st.integers(1950, 2029), st.integers(1950, 2029))
    def test_years_from_and_to_stay(self, start, end):
        words = f"{start}-{end} in a shop"
        assert mask(words, name="Ada Lind") == words

    @settings(max_examples=20)
    @given(st.text(alphabet="a \n\t,.", max_size=30))
    def test_nothing_is_covered_for_nobody(self, words):
        assert mask(words, name="") == words


class TestMayOpen:
    @pytest.mark.parametrize("hidden", [True, False])
    def test_nothing_where_there_is_no_file(self, hidden):
        assert masking.may_open(person(hidden=hidden), None) is False

    @pytest.mark.parametrize(
        ("fields", "typed", "may"),
        [
            ({"text": "Words"}, "", False),
            ({}, "", True),
            ({}, "Typed", False),
            ({"text_state": "waiting"}, "", False),
            ({"text_state": "running"}, "", False),
            ({"text_state": "failed"}, "", True),
        ],
    )
    def test_while_the_name_is_hidden_only_what_cannot_be_read(self, fields, typed, may):
        assert masking.may_open(person(), stored(**fields), typed=typed) is may

    @pytest.mark.parametrize("fields", [{"text": "Words"}, {}, {"text_state": "waiting"}])
    def test_anything_once_it_is_shown(self, fields):
        assert masking.may_open(person(hidden=False), stored(**fields)) is True


class TestWithoutWords:
    @pytest.mark.parametrize(
        ("cv", "said"),
        [
            (None, "No CV was sent"),
            (stored(text_state="waiting"), "is being read"),
            (stored(text_state="running"), "is being read"),
            (stored(text_problem="It has a password."), "It has a password."),
            (stored(kind="jpeg"), "is a picture"),
            (stored(), "a scan"),
        ],
    )
    def test_says_why(self, cv, said):
        assert said in masking.without_words(cv)

    def test_a_problem_goes_before_the_kind(self):
        assert masking.without_words(stored(kind="png", text_problem="Broken.")) == "Broken."


class TestAnswer:
    @pytest.fixture
    def given_(self, monkeypatch):
        monkeypatch.setattr(masking.answers, "words", lambda row: row.text)
        question = SimpleNamespace(label="Why tea?")
        return SimpleNamespace(text="I am Ada", question=question, file=None, kind="text", pk=7)

    def test_is_covered_like_the_rest(self, given_):
        found = masking._answer(person(), given_, lambda words: words.replace("Ada", HIDDEN))
        assert (found["label"], found["words"], found["file"]) == ("Why tea?", f"I am {HIDDEN}", None)

    def test_its_file_opens_with_the_name(self, given_):
        given_.file = stored(text="Words")
        found = [masking._answer(person(hidden=hidden), given_, str)["file"] for hidden in (True, False)]
        assert found == [None, 7]
