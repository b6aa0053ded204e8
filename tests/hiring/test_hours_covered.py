"""On a person's page: how many of the wanted parts of the week they can work. A sentence, and nothing but."""

import pytest
from django.urls import reverse

from hiring.models import Answer, Job, Question
from tests.hiring.factories import make_application, make_job

pytestmark = pytest.mark.django_db
WANTED = "3333300"  # ten parts: Monday to Friday, mornings and afternoons


@pytest.fixture
def job(company):
    return make_job(company)


def ask(job, kind="hours"):
    return Question.objects.create(company=job.company, job=job, text="When?", kind=kind)


def answer(application, question, value):
    return Answer.objects.create(
        company=application.company,
        application=application,
        question=question,
        kind=question.kind,
        value=value,
    )


def page(client, application) -> str:
    answered = client.get(reverse("hiring:candidate", args=[application.pk]))
    return " ".join(answered.content.decode().split())


@pytest.mark.parametrize(
    ("wanted", "can", "sentence"),
    [
        (WANTED, {"hours": "3333000"}, "Covers 8 of the 10 parts of the week you asked for."),
        (WANTED, {"hours": "fffffff"}, "Covers 10 of the 10 parts of the week you asked for."),
        (WANTED, {"hours": "000000f"}, "Covers 0 of the 10 parts of the week you asked for."),
        (WANTED, {"hours": ""}, ""),
        (WANTED, {}, ""),
        ("", {"hours": "3333000"}, ""),
    ],
)
def test_the_sentence_stands_there_when_both_are_known(owner, sign_in, job, wanted, can, sentence):
    Job.objects.filter(pk=job.pk).update(cover_hours=wanted)
    ada = make_application(job)
    answer(ada, ask(job), can)
    html = page(sign_in(owner), ada)
    assert ("Covers " in html) == bool(sentence)
    assert sentence in html


def test_an_answer_in_words_says_nothing_of_parts(owner, sign_in, job):
    Job.objects.filter(pk=job.pk).update(cover_hours=WANTED)
    ada = make_application(job)
    answer(ada, ask(job, "text"), {})
    assert "Covers " not in page(sign_in(owner), ada)


def test_without_wanted_hours_nothing_is_looked_up(job, django_assert_num_queries):
    from hiring.templatetags.wanted import hours_covered

    ada = make_application(job)
    with django_assert_num_queries(0):
        assert hours_covered(ada) == ""


def test_somebody_elses_hours_are_not_theirs(owner, sign_in, job):
    Job.objects.filter(pk=job.pk).update(cover_hours=WANTED)
    ada, bob = make_application(job), make_application(job)
    answer(bob, ask(job), {"hours": "fffffff"})
    assert "Covers " not in page(sign_in(owner), ada)
