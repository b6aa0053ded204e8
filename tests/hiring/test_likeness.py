"""Keys to find a person by, and how alike two names are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.likeness import (
    COMMON,
    email_key,
    is_whole,
    jaro,
    jaro_winkler,
    name_key,
    name_tells,
    names_alike,
    phone_key,
)
from vault import folding

WORDS = st.text(st.characters(codec="utf-8", categories=["Ll", "Lo"]), max_size=12)
NAMES = st.lists(WORDS.filter(bool), max_size=4).map(" ".join)


def folded(*names):
    return [folding.sort_key(name) for name in names]


class TestEmail:
    @pytest.mark.parametrize(
        "written", ["ada@mail.example", "ADA@Mail.Example", " ada@mail.example ", "ada@mail.example."]
    )
    def test_one_mailbox_one_key(self, written):
        assert email_key(written) == "ada@mail.example"

    def test_a_domain_in_letters_and_in_its_ascii_form(self):
        assert email_key("Ada@MÜLLER.example") == email_key("ada@xn--mller-kva.example")

    @pytest.mark.parametrize("other", ["a.da@mail.example", "ada+shop@mail.example", "ada@mail2.example"])
    def test_dots_and_plus_may_be_somebody_else(self, other):
        assert email_key(other) != email_key("ada@mail.example")

    @pytest.mark.parametrize("nothing", ["", "ada", "@mail.example", "ada@", "@"])
    def test_what_is_no_address_has_no_key(self, nothing):
        assert email_key(nothing) == ""

    @pytest.mark.parametrize(
        "written", ["ada @mail.example", "ada@mail\t.example", "\nada@mail.example\u00a0"]
    )
    def test_blanks_are_nothing(self, written):
        assert email_key(written) == "ada@mail.example"

    def test_of_two_at_signs_the_last_one_counts(self):
        assert email_key('"Ada@home"@Mail.Example') == '"ada@home"@mail.example'

    @given(st.text(max_size=40))
    def test_a_key_is_its_own_key(self, text):
        assert email_key(email_key(text)) == email_key(text)


class TestPhone:
    @pytest.mark.parametrize(
        "written", ["040 123 4567", "+358 40 1234567", "00358 40-123 4567", "(040) 1234567"]
    )
    def test_one_number_one_key(self, written):
        assert phone_key(written, "FI") == "358401234567"

    @pytest.mark.parametrize("nothing", ["", "12", "call me", "+", "0" * 40])
    def test_what_nobody_can_call_has_no_key(self, nothing):
        assert phone_key(nothing, "FI") == ""

    def test_the_same_digits_in_another_country_are_another_number(self):
        assert phone_key("0401234567", "FI") != phone_key("0401234567", "SE")

    def test_a_number_with_its_country_needs_no_country(self):
        assert phone_key("+358401234567", "") == "358401234567"

    def test_a_leading_zero_that_is_part_of_the_number_stays(self):
        assert phone_key("06 698 12345", "IT") == "390669812345"

    @given(st.integers(1_000_000, 9_999_999), st.sampled_from(["FI", "SE", "", "IT"]))
    def test_a_key_with_a_plus_is_the_same_number_everywhere(self, number, country):
        key = phone_key(f"040 {number}", "FI")
        assert (key.isdigit(), phone_key(f"+{key}", country)) == (True, key)

    @pytest.mark.parametrize("country", ["", "XX", "fi"])
    def test_without_a_country_that_is_one_there_is_no_key(self, country):
        assert phone_key("0401234567", country) == ""


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Anna Virtanen", "VIRTANEN, Anna"),
            ("Anna Virtanen", "Anna Maria Virtanen"),
            ("Katja Virtanen", "Katja Virtannen"),
            ("Łukasz Żółw", "Lukasz Zolw"),
            ("王小明", "王小明"),
            ("محمد على", "محمد علي"),
        ],
    )
    def test_that_are_alike(self, one, other):
        assert names_alike(*folded(one, other))
        assert name_key(folded(one)[0]) == name_key(folded(other)[0])

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Anna Virtanen", "Hanna Virtala"),
            ("Anna Virtanen", "Otto Virtanen"),
            ("Anna", "Anne"),
            ("Anna", "Anna Virtanen"),
            ("王小明", "王小红"),
            ("", ""),
            ("Anna Anna", "Anna Virtanen"),
        ],
    )
    def test_that_are_not(self, one, other):
        assert not names_alike(*folded(one, other))

    @given(NAMES, NAMES)
    def test_order_does_not_matter(self, one, other):
        assert names_alike(one, other) == names_alike(other, one)
        assert name_key(one) == name_key(" ".join(reversed(one.split())))

    @given(NAMES.filter(lambda name: len(name.split()) > 1), WORDS.filter(bool))
    def test_a_middle_name_is_no_other_person(self, name, middle):
        assert names_alike(name, f"{name} {middle}")

    @given(NAMES)
    def test_a_key_is_short_and_empty_for_nobody_alone(self, name):
        key = name_key(name)
        assert (len(key) <= 4, bool(key), key in name) == (True, bool(name), True)

    @pytest.mark.parametrize(
        ("one", "other"), [("", "Ada Lind"), ("Ada", "Ada Ada"), ("Ada Ada", "Ada Lind")]
    )
    def test_each_word_has_one_of_its_own(self, one, other):
        assert not names_alike(*folded(one, other))
        assert not names_alike(*folded(other, one))

    @given(NAMES.filter(bool))
    def test_everybody_is_like_themselves(self, name):
        assert names_alike(name, name)


KEYS = st.sampled_from(["", "a", "b"])
GIVEN = st.lists(st.tuples(KEYS, KEYS), max_size=2)
PEOPLE = st.integers(2, 9)


class TestNameAlone:
    SAME = ("lind ada", "ada lind")

    @pytest.mark.parametrize(
        ("given", "common"),
        [
            ([], True),
            ([("", ""), ("", "")], True),
            ([("a", ""), ("", "b")], True),
            ([("a", "b"), ("", "")], False),
            ([("", ""), ("1", "2")], False),
            ([("a", "b"), ("1", "2")], False),
        ],
    )
    def test_another_address_or_number_contradicts_a_common_name_only(self, given, common):
        assert name_tells(self.SAME, given, people=COMMON)
        assert name_tells(self.SAME, given, people=COMMON + 1) == common

    @pytest.mark.parametrize(
        "names", [("ada", "ada"), ("ada lind", "otto lind"), ("ada", "ada lind"), ("", "")]
    )
    def test_half_a_name_or_another_one_is_never_enough(self, names):
        assert not name_tells(names, [], people=2)

    @pytest.mark.parametrize(
        ("name", "whole"),
        [
            ("王小明", True),
            ("王", False),
            ("김민준", True),
            ("ada", False),
            ("ada lind", True),
            ("", False),
            (" ada ", False),
        ],
    )
    def test_a_whole_name_has_two_words_or_a_script_without_blanks(self, name, whole):
        assert is_whole(name) == whole

    @given(NAMES, NAMES, GIVEN, PEOPLE)
    def test_both_see_the_same(self, one, other, given, people):
        turned = [(b, a) for a, b in given]
        assert name_tells((one, other), given, people=people) == name_tells(
            (other, one), turned, people=people
        )

    @given(NAMES, NAMES, GIVEN, PEOPLE)
    def test_never_more_than_likeness_and_never_more_the_more_there_are(self, one, other, given, people):
        asked = name_tells((one, other), given, people=people)
        assert asked <= names_alike(one, other)
        assert name_tells((one, other), given, people=people + 1) <= asked

    @given(NAMES.filter(is_whole), GIVEN, PEOPLE)
    def test_the_same_whole_name_is_asked_unless_it_is_common_and_contradicted(self, name, given, people):
        contradicted = any(a and b and a != b for a, b in given)
        assert name_tells((name, name), given, people=people) == (people <= COMMON or not contradicted)


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other", "value"),
        [
            ("martha", "marhta", 0.961),
            ("dwayne", "duane", 0.84),
            ("dixon", "dicksonx", 0.813),
            ("ab", "cd", 0),
        ],
    )
    def test_the_published_examples(self, one, other, value):
        assert jaro_winkler(one, other) == pytest.approx(value, abs=0.001)

    @given(WORDS, WORDS)
    def test_between_nothing_and_equal(self, one, other):
        assert 0 <= jaro(one, other) <= jaro_winkler(one, other) <= 1 + 1e-9
        assert jaro(one, one) == 1

    @pytest.mark.parametrize(("one", "other"), [("", "a"), ("a", ""), ("a", "b"), ("abcdef", "zzzzza")])
    def test_nothing_in_common_near_one_place_is_nothing(self, one, other):
        assert jaro_winkler(one, other) == 0

    def test_a_common_beginning_counts_more_than_a_common_end(self):
        assert jaro_winkler("virtanen", "virtanex") > jaro_winkler("virtanen", "xirtanen")
        assert jaro("virtanen", "virtanex") == jaro("virtanen", "xirtanen")

    @given(WORDS.filter(bool))
    def test_only_four_letters_of_a_beginning_count(self, word):
        one, other = f"abcd{word}", f"abcd{word}x"
        assert jaro_winkler(one, other) == pytest.approx(jaro(one, other) + 0.4 * (1 - jaro(one, other)))
