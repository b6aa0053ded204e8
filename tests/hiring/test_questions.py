"""The questions of a job's form: added, changed, ordered, taken off and back."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hiring import defaults, judging, questions, rows
from hiring.models import Answer, Job, Question
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.asked import KINDS, apply, ask, said
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


def change(question, by, **values):
    return questions.change(question, values=values, seen=questions.stamp(question), by=by)


def trail(job) -> list[str]:
    lines = TrailEntry.objects.filter(kind="job", subject_id=job.pk, action__startswith="question.")
    return list(lines.order_by("pk").values_list("action", flat=True))


class TestNewJobs:
    def test_begin_with_the_week_to_tick_and_a_text(self, job):
        assert [(row.key, row.kind) for row in questions.asked(job)] == [
            ("when", "hours"),
            ("support", "text"),
        ]

    def test_every_kind_we_suggest_is_of_a_question_we_suggest(self):
        assert set(defaults.QUESTION_KINDS) <= set(defaults.QUESTIONS)


class TestAdd:
    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind_with_what_it_needs_and_nothing_else(self, owner, job, kind):
        everything = {"options": ["A", "B"], "unit": "EUR", "least": 1, "most": 9}
        row = questions.add(job, text="Which?", kind=kind, hint="Roughly", by=owner, **everything)
        row.refresh_from_db()
        assert (row.position, row.hint, len(row.offered)) == (
            3,
            "Roughly",
            2 if kind in {"one", "several"} else 0,
        )
        number = kind == "number"
        assert (row.unit, row.least, row.most) == (("EUR", 1, 9) if number else ("", None, None))

    def test_plainly_as_the_editor_does(self, owner, job):
        row = questions.add(job, text="Why tea?", by=owner)
        assert (row.kind, row.options, trail(job)) == ("text", [], ["question.added"])

    def test_the_database_knows_the_kinds_and_the_order_of_the_range(self, job):
        for wrong in ({"kind": "colour"}, {"least": 5, "most": 4}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Question.objects.create(company=job.company, job=job, text="What?", **wrong)


class TestChange:
    def test_keeps_keys_of_options_that_stay(self, owner, job):
        [row] = ask(job, owner, "one")
        mail = row.options[0]["key"]
        row = change(row, owner, options=["Telephone", "e-mail"])
        assert [option["text"] for option in row.offered] == ["Telephone", "e-mail"]
        assert row.offered[1]["key"] == mail
        assert [option["text"] for option in row.options if option.get("off")] == ["Chat"]

    def test_a_list_that_becomes_a_text_and_a_list_again_finds_its_options(self, owner, job):
        [row] = ask(job, owner, "several")
        keys = {option["key"] for option in row.options}
        row = change(change(row, owner, kind="text"), owner, kind="several", options=["Tue", "Mon"])
        assert {option["key"] for option in row.offered} < keys

    def test_answers_stay_as_they_were_given(self, owner, job):
        [row] = ask(job, owner, "one")
        given = apply(job, {row: said(row)})
        change(row, owner, kind="date", text="From when?")
        answer = Answer.objects.get(application=given)
        assert (answer.question_id, answer.kind, answer.text) == (row.pk, "one", "E-mail")

    def test_forms_made_before_hear_of_it(self, owner, job):
        [row] = ask(job, owner, "text")
        before = Job.objects.get(pk=job.pk).revision
        change(row, owner, hint="In a few words")
        assert (Job.objects.get(pk=job.pk).revision, trail(job)[-1]) == (before + 1, "question.changed")

    def test_what_says_the_same_changes_nothing(self, owner, job):
        [row] = ask(job, owner, "number")
        before = Job.objects.get(pk=job.pk).revision
        change(row, owner, least=Decimal("0.00"), most=50, unit="years")
        assert (Job.objects.get(pk=job.pk).revision, trail(job)) == (before, ["question.added"])

    def test_who_was_slower_is_told_and_writes_nothing(self, owner, job):
        [row] = ask(job, owner, "text")
        seen = questions.stamp(row)
        change(row, owner, text="Why tea?")
        with pytest.raises(questions.Changed) as told:
            questions.change(row, values={"text": "Why coffee?"}, seen=seen, by=owner)
        assert told.value.question.text == Question.objects.get(pk=row.pk).text == "Why tea?"


class TestOrderAndRemoval:
    def test_one_taken_off_cannot_be_moved(self, owner, job):
        first, second = questions.asked(job)
        questions.remove(second, by=owner)
        rows.shift(second, up=True)
        assert questions.asked(job) == [first]

    def test_taken_off_and_back_in_its_place(self, owner, job):
        before = questions.asked(job)
        questions.remove(before[0], by=owner)
        questions.put_back(before[0], by=owner)
        questions.put_back(before[0], by=owner)
        assert (questions.asked(job), trail(job)) == (before, ["question.removed", "question.put_back"])

    def test_answers_to_one_taken_off_stay(self, owner, job):
        [row] = ask(job, owner, "line")
        apply(job, {row: "Here"})
        questions.remove(row, by=owner)
        assert Answer.objects.get(question=row).text == "Here"


def test_counted_says_how_many_answered_with_one_query(owner, job, django_assert_num_queries):
    [row] = ask(job, owner, "line")
    for number in range(2):
        apply(job, {row: "Here"}, key=str(number))
    with django_assert_num_queries(1):
        assert [each.answered for each in questions.counted(job)] == [0, 0, 2]


def test_a_draft_has_its_own_questions(owner, job):
    other = make_draft(owner)
    ask(other, owner, "date")
    assert (len(questions.asked(job)), len(questions.asked(other))) == (2, 3)


def test_one_that_was_added_later_nobody_has_left_empty(owner, job):
    before = apply(job)
    ask(job, owner, "text")
    after = apply(job, key="later")
    assert [judging.left_empty(row) for row in (before, after)] == [2, 3]
