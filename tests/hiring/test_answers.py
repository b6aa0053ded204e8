"""Answers of every kind: kept, said in words, put back into a form."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hiring import answers, questions
from hiring.models import Answer, Question
from hiring.questions import merged

LIST = [{"key": "a", "text": "E-mail"}, {"key": "b", "text": "Chat"}]


def question(kind, **fields) -> Question:
    return Question(kind=kind, text="What?", **{"options": LIST} | fields)


def answer(to, said) -> Answer:
    return Answer(question=to, **answers.make(to, said))


GIVEN = [
    ("text", "Two\nlines", "Two\nlines"),
    ("line", "One", "One"),
    ("one", "b", "Chat"),
    ("several", ["a", "b"], "E-mail\nChat"),
    ("number", Decimal("5.00"), "5 years"),
    ("number", Decimal("0"), "0 years"),
    ("number", Decimal("2.50"), "2.5 years"),
    ("number", Decimal("100000"), "100000 years"),
    ("date", date(2027, 1, 11), "Jan. 11, 2027"),
    ("hours", "1100000", "Mon to Tue: mornings"),
]
IDS = [f"{kind} {said}"[:20] for kind, said, _words in GIVEN]


@pytest.mark.parametrize(("kind", "said", "words"), GIVEN, ids=IDS)
class TestKinds:
    def test_words_for_people(self, kind, said, words):
        row = answer(question(kind, unit="years"), said)
        assert (row.kind, row.text, answers.words(row)) == (kind, words, words)

    def test_back_in_the_form(self, kind, said, words):
        asked = question(kind, unit="years")
        assert answers.initial(answer(asked, said), asked) == said


@pytest.mark.parametrize("kind", ["text", "one", "several", "number", "date", "file", "hours"])
@pytest.mark.parametrize("nothing", [None, "", [], ()])
def test_nothing_is_no_answer(kind, nothing):
    assert answers.make(question(kind), nothing) is None


def test_a_number_and_a_day_are_said_in_the_readers_language():
    number, day = answer(question("number"), Decimal("2.5")), answer(question("date"), date(2027, 1, 11))
    with translation.override("fi"):
        assert [answers.words(number), answers.words(day)] == ["2,5", "11. tammikuuta 2027"]


class TestAfterTheQuestionChanged:
    def test_an_option_that_is_gone_is_still_read(self):
        asked = question("one")
        row = answer(asked, "b")
        asked.options = merged(asked.options, ["E-mail", "Telephone"])
        assert answers.words(row) == "Chat"

    def test_an_option_that_was_wiped_out_altogether_is_read_from_the_words(self):
        asked = question("several")
        row = answer(asked, ["a", "b"])
        asked.options = [{"key": "z", "text": "Other"}]
        assert answers.words(row) == "E-mail\nChat"

    @pytest.mark.parametrize(("kind", "said", "words"), GIVEN, ids=IDS)
    @pytest.mark.parametrize("now", ["text", "file", "date"])
    def test_another_kind_reads_as_before(self, kind, said, words, now):
        asked = question(kind, unit="years")
        row = answer(asked, said)
        asked.kind, asked.options, asked.unit = now, [], ""
        assert answers.words(row) == words

    @pytest.mark.parametrize(("now", "shown"), [("line", "Mornings"), ("one", None), ("number", None)])
    def test_what_does_not_fit_is_not_put_into_the_form(self, now, shown):
        row = answer(question("text"), "Mornings")
        assert answers.initial(row, question(now)) == shown

    def test_another_unit_does_not_change_what_was_said(self):
        asked = question("number", unit="years")
        row = answer(asked, Decimal(3))
        asked.unit = "months"
        assert answers.words(row) == "3 years"

    def test_who_has_not_answered_has_nothing_in_the_form(self):
        assert answers.initial(None, question("text")) is None


def test_old_answers_are_texts():
    row = Answer(question=question("hours"), text="Mornings only")
    assert (answers.words(row), answers.initial(row, row.question)) == ("Mornings only", None)


TEXTS = st.lists(st.text("abcß é", min_size=1, max_size=5).filter(str.strip), max_size=6)


class TestOptions:
    @given(before=TEXTS, now=TEXTS)
    def test_no_key_is_ever_lost_or_given_twice(self, before, now):
        first = merged([], before)
        second = merged(first, now)
        assert {option["key"] for option in first} <= {option["key"] for option in second}
        assert len({option["key"] for option in second}) == len(second)

    @given(before=TEXTS, now=TEXTS)
    def test_offered_is_what_was_typed_and_old_texts_stay(self, before, now):
        first = merged([], before)
        second = merged(first, now)
        offered = [option["text"] for option in second if not option.get("off")]
        assert set(offered) <= set(now)
        kept = {option["key"]: option["text"] for option in second}
        assert all(
            questions._same(kept[option["key"]]) == questions._same(option["text"]) for option in first
        )

    @given(texts=TEXTS)
    def test_saying_the_same_again_changes_nothing(self, texts):
        once = merged([], texts)
        assert merged(once, [option["text"] for option in once]) == once

    def test_capitals_and_spaces_are_the_same_option(self):
        assert merged(LIST, ["  chat ", "E-MAIL"]) == [
            {"key": "b", "text": "  chat "},
            {"key": "a", "text": "E-MAIL"},
        ]

    def test_one_that_was_off_comes_back_under_its_key(self):
        off = merged(LIST, ["E-mail"])
        assert off[1] == {"key": "b", "text": "Chat", "off": True}
        assert merged(off, ["Chat", "E-mail"]) == [LIST[1], LIST[0]]

    def test_in_another_order_they_are_the_same(self):
        assert merged(LIST, ["Chat", "E-mail"]) == [LIST[1], LIST[0]]
