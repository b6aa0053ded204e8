"""Whatever people send, the reading page shows it or says in a sentence why it cannot."""

import pytest
from django.utils.html import escape

from hiring.models import Question
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from vault import refusals
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
ARABIC = "خمس سنوات في خدمة العملاء"


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def file(company, **fields):
    values = {
        "kind": "pdf",
        "size": 9,
        "state": "done",
        "text": "",
        "stored_name": "a1",
        "original_name": "cv.pdf",
    }
    return StoredFile.objects.create(company_id=company.pk, **(values | fields))


def shown(boss, job, **fields) -> str:
    make_application(job, **fields)
    return text(boss.get(url("read", job)))


def test_no_cv_at_all_is_said(boss, job):
    page = shown(boss, job, cover_letter="I like tea.")
    assert ("No CV was sent. Decide from the letter and the answers." in page, "I like tea." in page) == (
        True,
        True,
    )


def test_only_answers_are_enough_to_decide_from(boss, job, company):
    person = make_application(job)
    question = Question.objects.create(company=company, job=job, text="When can you work?")
    person.answers.create(company=company, question=question, text="Mornings")
    page = text(boss.get(url("read", job)))
    assert ("Mornings" in page, "No CV was sent" in page, 'id="decide"' in page) == (True, True, True)


def test_nothing_at_all_is_a_page_too(boss, job):
    page = shown(boss, job)
    assert ("No CV was sent" in page, 'id="rest"' in page) == (True, False)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "probably it is a scan"),
        ({"state": "waiting"}, "is being read"),
        ({"kind": "png"}, "is a picture"),
    ],
)
def test_a_file_without_words_has_its_sentence(boss, job, company, fields, said):
    assert said in shown(boss, job, cv=file(company, **fields))


@pytest.mark.parametrize("code", sorted(refusals.UNREADABLE))
def test_a_broken_file_says_what_is_wrong_and_opens_as_it_is(boss, job, company, code):
    page = shown(boss, job, cv=file(company, state="parked", last_error=code))
    assert (escape(str(refusals.UNREADABLE[code])) in page, "The original" in page) == (True, True)


@pytest.mark.parametrize("field", ["cv_text", "cover_letter"])
def test_arabic_runs_from_the_right(boss, job, field):
    page = shown(boss, job, **{field: ARABIC})
    before = page.split(ARABIC)[0]
    assert before.rsplit('class="fh-paper"', 1)[1].startswith(' dir="auto"')


def test_thirty_pages_are_shown_to_the_end(boss, job):
    words = "\n\n".join(f"Page {n}: " + "many words of work " * 80 for n in range(1, 31))
    assert "Page 30: many words" in shown(boss, job, cv_text=words[:50_000])


@pytest.mark.parametrize(
    "odd",
    [
        "{{ 7*7 }}",
        "<img src=x onerror=alert(1)>",
        "\u202eevil",
        "a" * 5_000,
        "😀👩‍👩‍👧",
        "\n" * 400 + "end",
        "%s %(x)s",
    ],
)
def test_odd_words_are_words(boss, job, odd):
    page = shown(boss, job, cv_text=odd)
    assert ("<img src=x" in page, 'id="decide"' in page) == (False, True)


def test_a_job_without_requirements_is_read_too(boss, company):
    job = make_job(company, musts=())
    assert "This job has no requirements yet." in shown(boss, job, cv_text="Two years")
