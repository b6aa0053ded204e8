import email
from email import policy

import pytest
from django.utils import timezone

from mailroom.models import Mail
from readiness import reminders
from tests.readiness.factories import make_assessment

pytestmark = pytest.mark.django_db


def posted(owner, **changes):
    row = make_assessment(owner.company, by=owner.user)
    for name, value in changes.items():
        setattr(row, name, value)
    mail = reminders.ask_again(row, by=owner)
    return row, mail, email.message_from_bytes(bytes(mail.body), policy=policy.default)


def parts(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_the_mail_waits_four_weeks(owner):
    row, mail, _ = posted(owner)
    assert abs((mail.due_at - timezone.now() - reminders.AFTER).total_seconds()) < 60
    assert reminders.state(row) == "waiting"


def test_it_says_why_and_leads_to_the_questions(owner):
    _, _, message = posted(owner)
    for part in parts(message):
        assert "/readiness/check/" in part
        assert "Four weeks ago you asked us to remind you." in part


def test_it_reminds_of_the_plan_and_escapes_it(owner):
    plain, html = parts(posted(owner, plan="New <b>photos</b> & more")[2])
    assert "New <b>photos</b> & more" in plain
    assert "New &lt;b&gt;photos&lt;/b&gt; &amp; more" in html


def test_without_a_plan_nothing_is_said_of_it(owner):
    assert all("What you wanted to do" not in part for part in parts(posted(owner)[2]))


def test_asking_twice_is_one_mail(owner):
    row, first, _ = posted(owner)
    assert reminders.ask_again(row, by=owner) == first
    assert Mail.objects.count() == 1


def test_nobody_asked(owner):
    assert reminders.state(make_assessment(owner.company, by=owner.user)) is None
