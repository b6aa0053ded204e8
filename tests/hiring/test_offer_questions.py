"""A candidate asks about an offer behind its link, and the shop answers: who may, who hears, what both read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hiring import offer_questions, offer_telling, offers, waiting
from hiring.models import Application, Offer, OfferQuestion, Stage
from hiring.offer_questions import MOST
from hiring.pipeline import Refused
from mailroom.models import Mail, Notice
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job, make_offer
from vault import links
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def sent(ada, owner):
    return offers.send(make_offer(ada, owner), by=owner)


@pytest.fixture
def asked(sent):
    return offer_questions.ask(sent, text="May I begin a week later?")


def my(name, offer):
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    return reverse(f"hiring_links:{name}", args=[token])


def again(row):
    return type(row).objects.get(pk=row.pk)


# -- asking


def test_a_question_is_kept_and_told(sent, client, owner):
    assert client.post(my("offer_ask", sent), {"text": " May I? "}).status_code == 302
    row = OfferQuestion.objects.get()
    assert (row.text, row.offer, row.answered_at) == ("May I?", sent, None)
    assert Notice.objects.filter(member=owner, kind=offer_telling.KIND).count() == 1


def test_the_mail_to_the_shop_is_answered_to_the_candidate(asked, owner, ada):
    mail = Mail.objects.get(message="offer_question")
    assert mail.recipient == owner.email
    assert f"Reply-To: Ada Lind <{ada.email}>" in bytes(mail.body).decode()


def test_twice_the_same_words_are_one_question(sent):
    for _ in range(2):
        offer_questions.ask(sent, text="May I?")
    assert OfferQuestion.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "   ", "x" * 1_001])
def test_no_words_or_too_many_are_refused_beside_the_field(sent, client, typed):
    answer = client.post(my("offer_ask", sent), {"text": typed})
    assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
    assert OfferQuestion.objects.count() == 0


@pytest.mark.parametrize("state", ["declined", "withdrawn", "expired", "draft"])
def test_off_the_table_nothing_is_asked(sent, client, state):
    address = my("offer_ask", sent)
    Offer.objects.filter(pk=sent.pk).update(state=state)
    assert client.post(address, {"text": "May I?"}).status_code == 409
    assert OfferQuestion.objects.count() == 0


def test_nor_a_second_after_it_ended(sent):
    Offer.objects.filter(pk=sent.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="off the table"):
        offer_questions.ask(sent, text="May I?")


def test_somebody_with_many_questions_is_asked_to_call(sent):
    for n in range(MOST):
        offer_questions.ask(sent, text=f"Question {n}")
    with pytest.raises(Refused, match="let us talk"):
        offer_questions.ask(sent, text="One more")


def test_when_the_sender_left_those_who_lead_the_job_hear(ada, owner, manager, company):
    second = make_member(company, "owner")
    sent = offers.send(make_offer(ada, second), by=second)
    type(second).objects.filter(pk=second.pk).update(removed_at=timezone.now())
    offer_questions.ask(again(sent), text="May I?")
    told = Notice.objects.filter(kind=offer_telling.KIND).values_list("member", flat=True)
    assert set(told) == {owner.pk, manager.pk}


# -- answering


def test_the_answer_reaches_the_candidate(asked, owner, ada, client):
    offer_questions.answer(asked, by=owner, text="Yes, gladly.")
    assert Mail.objects.get(message="offer_answer").recipient == ada.email
    page = text(client.get(my("offer", asked.offer)))
    assert "Yes, gladly." in page
    assert "May I begin a week later?" in page


def test_the_first_answer_is_the_answer(asked, owner, manager):
    offer_questions.answer(asked, by=owner, text="Yes")
    with pytest.raises(Refused, match="answered already"):
        offer_questions.answer(asked, by=manager, text="No")
    assert (again(asked).answer, Mail.objects.filter(message="offer_answer").count()) == ("Yes", 1)


def test_no_words_are_no_answer(asked, owner, sign_in):
    with pytest.raises(Refused):
        offer_questions.answer(asked, by=owner, text=" ")
    answer = sign_in(owner).post(url("offer_answer", asked), {"text": ""})
    assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)


def test_without_an_address_the_answer_stands_on_the_page(asked, owner, ada):
    Application.objects.filter(pk=ada.pk).update(email="")
    offer_questions.answer(again(asked), by=owner, text="Yes")
    assert (again(asked).answer, Mail.objects.filter(message="offer_answer").count()) == ("Yes", 0)


def test_after_the_offer_ended_one_may_still_answer(asked, owner):
    Offer.objects.update(state="expired")
    assert offer_questions.answer(asked, by=owner, text="Yes").answered_by == owner


def test_answered_it_is_new_to_nobody(asked, owner):
    offer_questions.answer(asked, by=owner, text="Yes")
    assert Notice.objects.filter(kind=offer_telling.KIND, handled_at=None).count() == 0


def test_the_trail_says_that_and_not_what(asked, owner):
    offer_questions.answer(asked, by=owner, text="A secret")
    found = TrailEntry.objects.filter(kind="offer").order_by("pk")
    assert list(found.values_list("action", flat=True)) == [
        "offer.sent",
        "offer.question_asked",
        "offer.question_answered",
    ]
    assert "secret" not in str(list(found.values_list("fields", flat=True)))


# -- the pages


def test_the_panel_answers_and_home_says_so(asked, ada, owner, sign_in):
    boss = sign_in(owner)
    assert "Question open" in text(boss.get(url("candidate", ada)))
    assert "Question open: they ask about your offer." in text(boss.get("/"))
    boss.post(url("offer_answer", asked), {"text": "Yes"})
    assert "Question open" not in text(boss.get(url("candidate", ada)))
    assert waiting.rows(Application.objects.filter(pk=ada.pk), ada.company_id) == []


def test_words_are_only_words(sent, owner, ada, client, sign_in):
    offer_questions.ask(sent, text="<script>alert(1)</script>")
    for page in (client.get(my("offer", sent)), sign_in(owner).get(url("candidate", ada))):
        assert "<script>alert" not in text(page)


def test_others_do_not_answer(asked, interviewer, hire, rival, sign_in, company):
    found = [
        sign_in(member).post(url("offer_answer", asked), {"text": "Yes"}).status_code
        for member in (interviewer, hire, rival, make_member(company, "manager", email="m2@lumi.example"))
    ]
    assert (found, again(asked).answered_at) == ([403, 403, 404, 403], None)


def test_the_page_is_in_the_language_they_applied_in(sent, ada, client):
    Application.objects.filter(pk=ada.pk).update(language="ar")
    page = text(client.get(my("offer", sent)))
    assert 'dir="rtl"' in page


@pytest.mark.parametrize("questions", [1, 3])
def test_a_thread_costs_the_same_however_long(sent, client, questions):
    for n in range(questions):
        offer_questions.ask(sent, text=f"Question {n}")
    address = my("offer", sent)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert len(seen) == 4
