"""The hours a job needs, in words: in the advert and above the week of the application form, compared with nothing."""

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hiring import answer_fields, hours, hours_words, wording
from hiring.models import Answer, Job, Question
from tests.hiring.adverts import address, application, make_draft, make_published

WANTED = "3333320"
SENTENCE = "The hours we need: mornings and afternoons from Monday to Friday; afternoons on Saturday."


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (WANTED, SENTENCE),
        ("fffffff", "The hours we need: day and night every day."),
        ("0000004", "The hours we need: evenings on Sunday."),
        ("1010000", "The hours we need: mornings on Monday; mornings on Wednesday."),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_in_words(stored, said):
    assert hours_words.needed(hours.from_text(stored)) == said


@given(st.sets(st.sampled_from(hours.CODES), min_size=1))
def test_every_choice_is_one_sentence_with_a_piece_for_each_run(codes):
    said = hours_words.needed(codes)
    assert (said.startswith("The hours we need: "), said.endswith("."), said.count("%")) == (True, True, 0)
    assert said.count(";") == len(hours.words(codes)) - 1


class TestAdvert:
    def paragraphs(self, **fields):
        return (
            wording.advert(Job(summary="Help people.", place="onsite", **fields), []).sections[0].paragraphs
        )

    def test_says_them_after_the_summary(self):
        assert self.paragraphs(cover_hours=WANTED) == ["Help people.", SENTENCE]

    def test_says_nothing_without_them(self):
        assert self.paragraphs(cover_hours="") == ["Help people."]

    def test_in_the_language_of_the_reader(self):
        with translation.override("fi"):
            said = self.paragraphs(cover_hours="1000000")[1]
        assert "aanantai" in said.lower()

    @pytest.mark.django_db
    def test_stands_on_its_page(self, owner, client):
        job = make_published(owner, cover_hours=WANTED)
        assert SENTENCE in client.get(address(job, "job")).content.decode()


class TestForm:
    pytestmark = pytest.mark.django_db

    def page(self, client, job) -> str:
        return " ".join(client.get(address(job)).content.decode().split())

    def test_stands_above_the_week(self, owner, client):
        text = self.page(client, make_published(owner, cover_hours=WANTED))
        assert text.count(SENTENCE) == 1
        assert text.index(SENTENCE) < text.index('class="fh-week"')

    def test_without_them_the_week_stands_alone(self, owner, client):
        text = self.page(client, make_published(owner))
        assert ("fh-week" in text, "The hours we need" in text) == (True, False)

    def test_a_form_without_a_week_does_not_say_them(self, owner, client):
        job = make_published(owner, cover_hours=WANTED)
        job.questions.update(kind="text")
        assert "The hours we need" not in self.page(client, job)

    def test_asks_the_database_nothing_more(self, owner, django_assert_num_queries):
        job = make_published(owner, cover_hours=WANTED)
        question = next(q for q in job.questions.all() if q.kind == "hours")
        with django_assert_num_queries(0):
            assert answer_fields.field(question).widget.needed == SENTENCE

    def test_other_hours_are_taken_without_a_word(self, owner, client):
        job = make_published(owner, cover_hours=WANTED)
        week = Question.objects.get(job=job, kind="hours")
        sent = client.post(address(job), application(job, **{f"question-{week.pk}": ["su-night"]}))
        assert sent.status_code == 302
        assert Answer.objects.get(question=week).value == {"hours": "0000008"}


@pytest.mark.django_db
def test_the_week_of_the_list_itself_does_not_repeat_them(owner, sign_in):
    job = make_draft(owner, cover_hours=WANTED)
    page = sign_in(owner).get(reverse("hiring:requirements", args=[job.pk])).content.decode()
    assert ("fh-week" in page, "The hours we need" in page) == (True, False)
