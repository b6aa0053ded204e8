"""One form sent more than once: by the back button, or from a tab that was copied."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring import closing
from hiring.models import Application, Consent
from tests.hiring.acts import text
from tests.hiring.adverts import address, application, make_published
from tests.hiring.asked import ask, file, posted
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
BEFORE = "This form had been sent before, with other words."


@pytest.fixture
def job(owner):
    return make_published(owner)


def send(client, job, **changes) -> bool:
    """Whether the thanks say that something did not arrive."""
    return BEFORE in text(client.post(address(job), application(job, **changes), follow=True))


@pytest.mark.parametrize(
    "changes",
    [
        {"cover_letter": "Another letter"},
        {"cover_letter": ""},
        {"name": "Ann B. Applicant"},
        {"name": ""},
        {"email": "ann@elsewhere.example"},
        {"email": "ann@"},
        {"adjustments": "A quiet room"},
        {"keep_longer": "on"},
        {"cv": SimpleUploadedFile("cv.txt", b"Two years in a tea shop and one in another.")},
        {"letter": SimpleUploadedFile("letter.txt", b"Dear all, I like your tea and your coffee.")},
    ],
    ids=lambda changes: " ".join(f"{name}={value}" for name, value in changes.items())[:30],
)
def test_another_text_with_one_key_is_not_taken_and_that_is_said(client, job, changes):
    assert not send(client, job)
    assert send(client, job, **changes)
    row = Application.objects.get()
    assert (row.name, row.email, row.cover_letter) == (
        "Ann Applicant",
        "ann@mail.example",
        "I like your tea.",
    )
    assert (row.adjustments, row.cv, row.letter, Consent.objects.count()) == ("", None, None, 0)
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("kind", ["text", "one", "several", "number", "date", "file", "hours"])
def test_so_is_another_answer_of_each_kind(client, owner, job, kind):
    [question] = ask(job, owner, kind)
    name = f"question-{question.pk}"
    assert not send(client, job, **{name: [] if kind in {"several", "hours"} else ""}, do="anyway")
    assert send(client, job, **{name: posted(question)})
    assert not Application.objects.get().answers.filter(question=question).exists()


def test_an_agreement_taken_out_of_the_form_stands_until_it_is_taken_back(client, job):
    assert not send(client, job, keep_longer="on")
    assert send(client, job)
    assert Consent.objects.get().withdrawn_at is None


@pytest.mark.parametrize("kind", ["text", "several", "number", "date", "hours", "file"])
def test_the_very_same_gets_the_very_same_thanks(client, owner, job, kind):
    [question] = ask(job, owner, kind)
    for _time in range(2):
        same = {
            "cv": file("cv.txt"),
            "letter": file("letter.txt"),
            f"question-{question.pk}": posted(question),
        }
        assert not send(client, job, phone="+358 40 1234567", keep_longer="on", **same)
    assert (Application.objects.count(), StoredFile.objects.count()) == (1, 3 if kind == "file" else 2)


def test_a_copied_tab_after_the_job_closed_is_told_too(client, owner, job):
    send(client, job)
    closing.close(job, by=owner)
    assert not send(client, job)
    assert send(client, job, cover_letter="Another letter")


def test_two_tabs_that_were_opened_each_have_a_key_of_their_own(client, job):
    keys = [client.get(address(job)).context["form"]["key"].value() for _tab in range(2)]
    assert not any(send(client, job, key=key, cover_letter=key) for key in keys)
    assert set(Application.objects.values_list("cover_letter", flat=True)) == set(keys)


def test_whoever_opens_the_thanks_without_sending_reads_nothing_of_it(client, job):
    assert BEFORE not in text(client.get(address(job, "thanks")))
