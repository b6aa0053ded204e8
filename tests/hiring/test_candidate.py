"""One person's page: what each role sees of it, and for how many queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hiring.models import Answer, Application, Assignment, Question, Stage
from hiring.rules import RULES
from tests.factories import make_member
from tests.hiring.factories import (
    bring,
    go,
    make_application,
    make_card,
    make_interview,
    make_job,
    make_reference,
    make_screen,
)
from vault import files
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def application(job):
    return make_application(job, name="Ada Lind", email="ada@mail.example")


def url(name, application, query=""):
    return reverse(f"hiring:{name}", args=[application.pk]) + query


def page(client, application, query="") -> str:
    return client.get(url("candidate", application, query)).content.decode()


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("stage", list(Stage))
def test_the_page_costs_at_most_twelve_queries_and_a_few_more_where_more_is_done(
    application, owner, sign_in, django_assert_max_num_queries, stage, n
):
    bring(application, stage, owner)
    for number in range(n):
        application.notes.create(company=owner.company, author=owner, text=f"Note {number}")
        make_reference(application)
        make_interview(application, owner)
        make_card(application, make_member(owner.company, "interviewer"), levels=[3, 4])
    client = sign_in(owner)
    page(client, application)
    own = {Stage.REFERENCES: 16, Stage.PHONE: 15, Stage.INTERVIEW: 15}.get(stage, 12)
    with django_assert_max_num_queries(IDENTITY + own):
        shown = page(client, application)
    assert shown.count('class="fh-note"') == n


def test_the_panel_of_the_stage_comes_first(application, owner, sign_in):
    client = sign_in(owner)
    assert "What the CV shows" in page(client, application)
    go(application, Stage.PHONE, owner)
    assert "Do they answer questions directly?" in page(client, application)
    assert "What the CV shows" in page(client, application, "?panel=cv")


def test_a_hidden_name_is_nowhere_on_the_page(company, owner, sign_in):
    application = make_application(
        make_job(company, hide_names=True),
        name="Ada Lind",
        email="ada@mail.example",
        phone="+358 40 123 4567",
        cover_letter="Dear shop, I am Ada. Call +358 40 123 4567. ada lind, www.ada.example",
        cv_text="ADA LIND\nada@mail.example\nWorked 2015 - 2019 in a shop",
    )
    shown = page(sign_in(owner), application)
    told = ("Ada", "ADA", "Lind", "lind", "mail.example", "123 4567", "ada.example")
    assert [word for word in told if word in shown] == []
    assert "Worked 2015 - 2019 in a shop" in shown


def test_showing_the_name_is_one_recorded_click(company, owner, sign_in):
    application = make_application(make_job(company, hide_names=True), name="Ada Lind")
    client = sign_in(owner)
    for _ in range(2):
        client.post(url("show_name", application))
    assert "Ada Lind" in page(client, application)
    assert TrailEntry.objects.filter(action="application.name_shown", subject_id=application.pk).count() == 1


def test_an_interviewer_sees_who_they_are_assigned_to_and_nothing_of_the_rest(
    application, interviewer, job, sign_in
):
    client = sign_in(interviewer)
    assert client.get(url("candidate", application)).status_code == 403
    Assignment.objects.create(company=interviewer.company, application=application, membership=interviewer)
    shown = page(client, application)
    assert ("Ada Lind" in shown, "Your scorecard" in shown) == (True, True)
    assert [word in shown for word in ("History", "Next step", "Not this time")] == [False] * 3
    assert client.get(url("candidate", make_application(job))).status_code == 403


def test_an_interviewer_moves_nobody(application, interviewer, sign_in):
    Assignment.objects.create(company=interviewer.company, application=application, membership=interviewer)
    answer = sign_in(interviewer).post(url("advance", application), {"to": "phone", "expected": "cv"})
    assert answer.status_code == 403


def test_a_new_hire_sees_nothing_of_hiring(application, hire, sign_in):
    client = sign_in(hire)
    found = [client.get(url(name, application)).status_code for name in ("candidate", "cv", "not_select")]
    assert found == [403] * 3


def test_the_original_opens_after_the_cv_stage(company, owner, sign_in):
    upload = SimpleUploadedFile("cv.txt", b"Ada Lind, shop work")
    stored = files.store(upload, company_id=company.pk, accept=files.DOCUMENTS)
    type(stored).objects.filter(pk=stored.pk).update(text="Ada Lind, shop work", state="done")
    application = make_application(make_job(company, hide_names=True), name="Ada Lind", cv=stored)
    client = sign_in(owner)
    assert client.get(url("cv", application)).status_code == 302
    go(application, Stage.PHONE, owner)
    answer = client.get(url("cv", application))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"Ada Lind, shop work"
    assert TrailEntry.objects.filter(action="cv.opened").count() == 1


def test_answers_hang_on_the_question_not_on_its_words(application, owner, job, sign_in):
    question = Question.objects.create(company=owner.company, job=job, text="When?")
    Answer.objects.create(company=owner.company, application=application, question=question, text="Mornings")
    question.text = "At what hours?"
    question.save()
    shown = page(sign_in(owner), application)
    assert ("At what hours?" in shown, "Mornings" in shown) == (True, True)


def test_a_note_is_kept_and_an_empty_one_is_not(application, owner, sign_in):
    client = sign_in(owner)
    client.post(url("note", application), {"text": "Friendly <b>voice</b>"})
    assert "Friendly &lt;b&gt;voice&lt;/b&gt;" in page(client, application)
    refused = client.post(url("note", application), {"text": " "})
    assert (refused.status_code, application.notes.count()) == (422, 1)


def test_a_next_step_has_a_date_and_a_person(application, owner, manager, sign_in):
    step = {"next_step": "Call", "next_step_on": "2027-01-11", "next_step_who": manager.pk}
    sign_in(owner).post(url("next_step", application), step)
    application.refresh_from_db()
    assert (application.next_step, str(application.next_step_on), application.next_step_who) == (
        "Call", "2027-01-11", manager,
    )  # fmt: skip


def test_a_next_step_is_for_nobody_of_another_company(application, owner, rival, sign_in):
    step = {"next_step": "Call", "next_step_who": rival.pk}
    refused = sign_in(owner).post(url("next_step", application), step)
    assert (refused.status_code, Application.objects.get().next_step) == (422, "")


def test_interviewers_are_assigned_and_taken_off(application, owner, interviewer, rival, sign_in):
    client = sign_in(owner)
    for person in (rival, owner, interviewer):
        client.post(url("assign", application), {"membership": person.pk})
    assert list(application.assignments.values_list("membership", flat=True)) == [interviewer.pk]
    client.post(url("assign", application), {"membership": interviewer.pk, "remove": "1"})
    assert application.assignments.count() == 0


def test_the_history_speaks_in_sentences(application, owner, manager, sign_in):
    go(application, Stage.INTERVIEW, manager)
    go(application, Stage.PHONE, owner)
    make_screen(application)
    shown = page(sign_in(owner), application)
    assert "Ada Lind applied." in shown
    assert "Mika moved Ada Lind to Interview, skipping stages." in shown
    assert "Olga moved Ada Lind back to Phone screen." in shown
    assert "Skipped: Phone screen" in shown


def test_markup_in_a_name_stays_text(job, owner, sign_in):
    application = make_application(job, name="<script>alert(1)</script>")
    client = sign_in(owner)
    for address in (url("candidate", application), reverse("hiring:board", args=[job.pk])):
        assert "<script>alert(1)" not in client.get(address).content.decode()


def test_every_rule_has_a_sentence_and_chips():
    assert all(str(rule.text) and len(rule.chips) >= 3 for rule in RULES)
