"""What may be put right, by the verb itself: each outcome, each field, each file; and the words for it."""

import pytest
from django.utils import timezone

from hiring import corrections
from hiring.models import Answer, Application, Outcome, Stage, Told
from mailroom.models import Mail
from tests.hiring.acts import put, text, url
from tests.hiring.adverts import make_published
from tests.hiring.asked import apply, ask, file, said
from tests.hiring.test_corrections import again, at, form
from vault.models import Link, StoredFile, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def ann(job):
    return apply(job)


def correct(row, *, given=None, uploads=None, seen=None, **person):
    seen = corrections.stamp(row) if seen is None else seen
    return corrections.correct(row, person=person, given=given or {}, uploads=uploads or {}, seen=seen)


class TestMay:
    @pytest.mark.parametrize(
        ("stage", "outcome", "told", "may"),
        [
            (Stage.REFERENCES, Outcome.ACTIVE, "", True),
            (Stage.HIRED, Outcome.ACTIVE, "", False),
            (Stage.CV, Outcome.WITHDRAWN, "", False),
            (Stage.OFFER, Outcome.NOT_SELECTED, Told.PHONE, False),
            (Stage.OFFER, Outcome.NOT_SELECTED, "", True),
        ],
    )
    def test_until_they_know_it_is_over(self, ann, stage, outcome, told, may):
        row = put(ann, stage, outcome)
        row.told, row.told_at = told, timezone.now() if told else None
        assert corrections.may(row) == may

    @pytest.mark.parametrize(
        ("sent", "left"),
        [
            ({}, ["cv", "cv_text", "letter", "cover_letter"]),
            ({"cv_text": "Words"}, ["letter", "cover_letter"]),
            ({"cover_letter": "Words"}, ["cv", "cv_text"]),
            ({"cv_text": "Words", "cover_letter": "Words"}, []),
        ],
    )
    def test_is_added_what_nothing_was_sent_of(self, sent, left):
        assert corrections.addable(Application(**sent)) == left

    def test_a_stamp_is_of_the_last_correction(self, ann):
        assert corrections.stamp(ann) == ""
        correct(ann, name="Änn")
        assert corrections.stamp(again(ann)) == again(ann).corrected_at.isoformat()


class TestVerb:
    def test_says_what_was_changed_and_leaves_the_rest(self, ann):
        assert correct(ann, name="Änn", email=ann.email, phone="") == ["name"]
        assert correct(again(ann), name="Änn") == []

    @pytest.mark.parametrize("name", ["stage", "outcome", "reason", "is_test", "number", "search"])
    def test_writes_no_field_that_is_not_theirs(self, ann, name):
        assert correct(ann, **{name: "hired"}) == []
        assert getattr(again(ann), name) == getattr(ann, name)

    def test_what_was_put_right_twice_is_named_once_in_order(self, ann):
        for values in ({"phone": "+358 40 1234567"}, {"name": "A"}, {"phone": "+358 40 7654321"}):
            correct(again(ann), **values)
        assert again(ann).corrected == ["phone", "name"]

    def test_the_search_and_the_keys_are_made_anew(self, ann):
        Application.objects.update(words_due=False, keys_due=False)
        correct(ann, name="Änn Ny")
        row = again(ann)
        assert (row.words_due, row.keys_due, row.sort_name) == (True, True, "ann ny")
        assert "applicant" not in row.search.partition("@")[0].replace("ann@", "")

    def test_each_new_address_gets_one_mail_more(self, ann):
        for address in ("one@mail.example", "two@mail.example", "two@mail.example"):
            correct(again(ann), email=address)
        mails = Mail.objects.filter(message="application_received").order_by("pk")
        assert list(mails.values_list("recipient", flat=True)) == [
            ann.email, "one@mail.example", "two@mail.example",
        ]  # fmt: skip

    @pytest.mark.parametrize("moment", ["erased_at", "corrected_at"])
    def test_what_happened_meanwhile_is_not_written_over(self, ann, moment):
        seen = corrections.stamp(ann)
        Application.objects.filter(pk=ann.pk).update(**{moment: timezone.now()})
        with pytest.raises((corrections.Over, corrections.Changed)):
            correct(ann, seen=seen, name="Änn", uploads={"cv": file()})
        assert (again(ann).name, StoredFile.objects.count()) == (ann.name, 0)

    @pytest.mark.parametrize("seen", ["x", "2026-01-01", "None"])
    def test_a_stamp_nobody_gave_is_another_window(self, ann, seen):
        with pytest.raises(corrections.Changed):
            correct(ann, seen=seen, name="Änn")

    def test_a_letter_of_the_verb_beside_one_that_was_sent(self, job):
        ann = apply(job, person={"cover_letter": "As it was"})
        with pytest.raises(corrections.Changed):
            correct(ann, uploads={"letter": file()})
        assert (again(ann).letter, StoredFile.objects.count()) == (None, 0)

    def test_the_trail_says_answers_and_no_number(self, job, owner):
        questions = ask(job, owner, "line", "text")
        ann = apply(job)
        correct(ann, given=dict.fromkeys(questions, "Here"), name="Änn")
        entry = TrailEntry.objects.get(action="application.put_right")
        assert (entry.fields, entry.by_link, entry.actor_id) == (["answers", "name"], "status", None)

    def test_a_file_that_was_replaced_is_not_kept_by_anybody(self, job, owner):
        [question] = ask(job, owner, "file")
        ann = apply(job, {question: file("first.txt")})
        old = StoredFile.objects.get()
        correct(ann, given={question: file("second.txt")})
        assert not StoredFile.objects.filter(pk=old.pk).exists()

    def test_one_applicants_answer_is_not_anothers(self, job, owner):
        [question] = ask(job, owner, "line")
        ann, eve = apply(job, {question: "Ann's"}), apply(job, {question: "Eve's"}, key="e" * 32)
        correct(eve, given={question: "New"})
        assert [row.text for row in Answer.objects.order_by("application")] == ["Ann's", "New"]
        assert again(ann).corrected == []


class TestSaid:
    @pytest.mark.parametrize(
        ("codes", "words"),
        [
            ([], []),
            (["cv", "cv_text"], ["CV", "CV as text"]),
            (["letter", "cover_letter"], ["letter"]),
            (["q1", "q2", "what"], ["an answer"]),
        ],
    )
    def test_in_words_each_once(self, codes, words):
        assert corrections.said(Application(corrected=codes), []) == words

    def test_a_question_by_its_own_words(self, job, owner):
        [question] = ask(job, owner, "line")
        ann = apply(job, {question: said(question)})
        ann.corrected = [f"q{question.pk}", "phone"]
        given = Answer.objects.select_related("question")
        assert corrections.said(ann, given) == ["A line?", "phone"]


class TestPage:
    def test_a_stranger_needs_the_link(self, client, job, ann):
        place = at(ann)
        Link.objects.update(purpose="pool")
        assert client.post(place, form(ann, name="Eve")).status_code == 404
        assert again(ann).name == ann.name

    def test_one_link_opens_one_application(self, client, job, ann):
        other = apply(job, key="o" * 32, person={"name": "Otto Berg", "email": "otto@mail.example"})
        client.post(at(ann), form(ann, name="Änn"))
        assert again(other).name == "Otto Berg"

    @pytest.mark.parametrize("field", ["erased_at", "deleted_at"])
    def test_whoever_is_gone_puts_nothing_right(self, client, ann, field):
        place = at(ann)
        Application.objects.update(**{field: timezone.now()})
        assert client.post(place, form(ann, name="Änn")).status_code == 404

    def test_who_gave_no_address_need_not_give_one(self, client, ann):
        Application.objects.update(email="")
        ann.refresh_from_db()
        assert client.post(at(ann), form(ann, name="Änn")).status_code == 302
        assert (again(ann).name, again(ann).email) == ("Änn", "")

    def test_it_speaks_the_language_of_the_application(self, client, ann):
        Application.objects.update(language="ar")
        assert 'dir="rtl"' in text(client.get(at(ann)))

    def test_words_are_no_page(self, client, sign_in, owner, ann):
        client.post(at(ann), form(ann, name="<b>Ann</b>"))
        assert "<b>Ann" not in text(sign_in(owner).get(url("candidate", ann)))

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_of_a_wrong_form(self, client, owner, job, n, django_assert_max_num_queries):
        ann = apply(job, dict.fromkeys(ask(job, owner, *(["line"] * n)), "Here"))
        place, sent = at(ann), form(ann, name="")
        with django_assert_max_num_queries(5):
            assert client.post(place, sent).status_code == 422
