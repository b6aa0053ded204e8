"""What each mail says, to whom, in which language."""

import email
from email import policy

import pytest
from django.conf import settings

from mailroom.models import Mail
from onboarding import arrivals, mails, questions, reviews, steps, today
from tests.onboarding.factories import step_of

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _ in settings.LANGUAGES]
MESSAGES = {
    "onboarding_welcome",
    "onboarding_first_day",
    "onboarding_given",
    "onboarding_returned",
    "onboarding_approved",
    "onboarding_question",
    "onboarding_answer",
    "onboarding_late",
    "onboarding_waits",
    "onboarding_step_in",
    "onboarding_evening",
}


def post_all(plan):
    """One of each kind, as the product sends them."""
    hire, manager = plan.hire, plan.manager
    mails.welcome(plan, arrivals.welcome_link(plan))
    mails.first_day(plan, arrivals.welcome_link(plan))
    paper, reply = step_of(plan, "paperwork"), step_of(plan, "practice_late")
    steps.give(paper, by=hire)
    steps.send_back(paper, by=manager, message="Sign page two")
    steps.give(reply, by=hire, body="Friday")
    look = {"body": "Friday, sorry", "tone": True, "accuracy": True, "comment": "Kinder", "good": True}
    reviews.review(reply, by=manager, **look)
    questions.answer(questions.ask(plan, by=hire, body="Where?"), by=manager, body="There")
    mails.late(plan, hire, [paper, reply], key="late:1")
    waits = plan.questions.create(company=plan.company, body="And the stairs?")
    mails.question_waits(waits)
    mails.step_in(waits, manager)
    mails.evening(plan, today.build(list(plan.steps.in_order()), plan.local_now()), 1, None, "")


def parts(row):
    message = email.message_from_bytes(bytes(row.body), policy=policy.default)
    return message, message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_can_be_written_in_every_language(plan, hire, owner, language):
    for person in (hire, owner):
        person.user.language = language
        person.user.save()
    plan.refresh_from_db()
    post_all(plan)
    rows = Mail.objects.filter(message__startswith="onboarding_")
    assert {row.message for row in rows} == MESSAGES
    assert {row.language for row in rows} == {language}


def test_every_mail_has_a_subject_a_text_a_page_and_no_gap(plan):
    post_all(plan)
    for row in Mail.objects.filter(message__startswith="onboarding_"):
        message, plain, html = parts(row)
        assert message["Subject"] == " ".join(message["Subject"].split()) != ""
        assert "{{" not in plain + html
        assert "None" not in plain


def test_links_lead_to_our_own_host_only(plan):
    plan.video_link = "https://meet.example/x"
    post_all(plan)
    for row in Mail.objects.filter(message__startswith="onboarding_"):
        assert 'href="https://meet.example' not in parts(row)[2]


def test_a_name_adds_no_header(plan, hire):
    hire.name = "Sara\r\nBcc: everybody@rival.example"
    hire.save()
    plan.hire.refresh_from_db()
    questions.ask(plan, by=hire, body="Where?")
    message, _, _ = parts(Mail.objects.get(message="onboarding_question"))
    assert message["Bcc"] is None
    assert message["Subject"] == "A new colleague has a question"
    assert [(a.display_name, a.addr_spec) for a in message["Reply-To"].addresses] == [
        ("Sara Bcc: everybody@rival.example", hire.email)
    ]


def test_markup_in_a_question_is_text(plan, hire):
    questions.ask(plan, by=hire, body="<script>alert(1)</script> {{ x }}")
    _, plain, html = parts(Mail.objects.get(message="onboarding_question"))
    assert "<script>alert(1)</script> {{ x }}" in plain
    assert "<script>alert" not in html


def test_answers_go_to_the_other_side(plan, hire, owner):
    post_all(plan)
    to_manager = parts(Mail.objects.get(message="onboarding_question"))[0]
    to_hire = parts(Mail.objects.get(message="onboarding_answer"))[0]
    assert hire.email in to_manager["Reply-To"]
    assert owner.email in to_hire["Reply-To"]


def test_the_welcome_mail_holds_the_day_and_no_password(plan):
    mails.welcome(plan, arrivals.welcome_link(plan))
    plain = parts(Mail.objects.get(message="onboarding_welcome"))[1]
    assert "You start on Monday, December 7 at 9:00." in plain
    assert "password" not in plain.lower()


@pytest.mark.parametrize(("own", "agreed", "found"), [("pl", "fi", "pl"), ("", "fi", "fi"), ("", "", "en")])
def test_whose_language_counts(plan, own, agreed, found):
    plan.hire.user.language, plan.language = own, agreed
    assert mails.language_of(plan.hire, plan) == found


def test_what_was_agreed_with_the_hire_is_not_the_managers_language(plan):
    plan.language = "fi"
    assert mails.language_of(plan.manager, plan) == "en"
