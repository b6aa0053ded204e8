"""Writing to an applicant: what goes out, when, to whom answers go, and taking it back until it has left."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import undoing
from hiring import message_templates, telling, threads, writing
from hiring.locking import Refused
from hiring.models import Assignment, Message
from mailroom import delivery
from mailroom.delivery import text_of
from mailroom.models import Mail
from tests.hiring.acts import refuse, text, url
from tests.hiring.factories import make_application, make_interview, make_job
from tests.hiring.letters import came, draft, leave, mail_of, write
from vault.models import Link, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def ada(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind", email="ada@mail.example")


def fields(**more) -> dict:
    values = {
        "kind": "free",
        "language": "en",
        "subject": "About {job}",
        "text": "Hello {name}",
        "when": "now",
    }
    return values | {"key": "once-only-key"} | more


def headers(mail) -> dict:
    row = Mail.objects.defer(None).get(pk=mail.pk)
    head = bytes(row.body).decode().split("\r\n\r\n")[0].replace("\r\n ", " ")
    return dict(line.split(": ", 1) for line in head.split("\r\n"))


# -- what goes out


def test_a_letter_leaves_in_the_shop_s_name_and_answers_come_to_whoever_wrote(ada, manager):
    mail = mail_of(write(ada, manager))
    assert (mail.recipient, mail.subject, text_of(mail).strip()) == (
        "ada@mail.example",
        "About Support person",
        "Hello Ada Lind",
    )
    assert headers(mail)["Reply-To"] == "Mika <mika@lumi.example>"
    assert headers(mail)["From"].startswith("Lumi <")
    assert timedelta(minutes=9) < mail.due_at - timezone.now() <= timedelta(minutes=10)


def test_its_words_are_encrypted_and_kept_with_the_application(ada, manager):
    message = write(ada, manager)
    assert (message.subject, message.text) == ("About Support person", "Hello Ada Lind")
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text FROM hiring_message")
        assert "Hello" not in str(cursor.fetchall())


def test_a_link_is_made_only_where_the_words_hold_one(ada, manager):
    write(ada, manager)
    assert Link.objects.count() == 0
    message = write(ada, manager, text="See {status_link}")
    assert (Link.objects.count(), "/my/status/" in message.text) == (1, True)


@pytest.mark.parametrize(
    "name", ["Ada\r\nBcc: x@mail.example", "Ada\u2028Bcc: x", "{% now %}{{ x }}", "{job}"]
)
def test_a_name_is_only_a_name_in_the_subject(ada, manager, name):
    type(ada).objects.update(name=name)
    mail = mail_of(write(ada, manager, subject="For {name}"))
    assert (mail.subject.startswith("For "), "\n" in mail.subject) == (True, False)
    assert "Bcc" not in headers(mail)


def test_without_an_address_nothing_is_written(ada, manager, sign_in):
    type(ada).objects.update(email="")
    with pytest.raises(Refused):
        write(ada, manager)
    response = sign_in(manager).get(url("message_write", ada), follow=True)
    assert "There is no e-mail address" in text(response)


def test_a_letter_follows_their_last_mail_else_our_last_letter(ada, manager):
    first = mail_of(write(ada, manager))
    assert "In-Reply-To" not in headers(first)
    leave()
    assert headers(mail_of(write(ada, manager)))["In-Reply-To"] == first.message_id
    came(ada, manager, message_id="<42@mail.example>")
    found = headers(mail_of(write(ada, manager)))
    assert (found["In-Reply-To"], found["References"]) == ("<42@mail.example>", "<42@mail.example>")


# -- when


def test_at_night_it_waits_for_the_morning_of_the_shop(ada, manager, settings):
    settings.QUIET_HOURS = True
    type(ada.job.company).objects.update(timezone="Pacific/Auckland")
    ada.refresh_from_db()
    with time_machine.travel("2026-11-23 20:30 +1300", tick=False):
        mail = mail_of(write(ada, manager))
        assert mail.due_at.astimezone(UTC) == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
        assert delivery.deliver_for(mail.pk) == 0


def test_a_chosen_time_is_the_shop_s_clock_and_still_not_at_night(ada, manager, settings, sign_in):
    settings.QUIET_HOURS = True
    type(ada.job.company).objects.update(timezone="America/St_Johns")
    with time_machine.travel("2026-11-23 12:00 +0000", tick=False):
        client = sign_in(manager)
        client.post(url("message_write", ada), fields(when="later", at="2026-11-24T22:15"))
        response = client.get(url("messages", ada))
        assert Mail.objects.get().due_at == datetime(2026, 11, 25, 11, 30, tzinfo=UTC)
        assert "Leaves on Wednesday, 25 November at 8" in text(response)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"when": "later"}, "Choose the day and the time."),
        ({"when": "later", "at": "2036-01-01T10:00"}, "more than two months away"),
        ({"text": "Hello {nam}"}, "Did you mean {name}?"),
        ({"subject": ""}, "This field is required."),
        ({"key": "!"}, "This page is not whole any more."),
        ({"kind": "received"}, "This page is not whole any more."),
        ({"language": "xx"}, "This page is not whole any more."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(ada, manager, sign_in, more, said):
    response = sign_in(manager).post(url("message_write", ada), fields(**more))
    assert (response.status_code, Message.objects.count()) == (422, 0)
    assert (said in text(response), "About {job}" in text(response) or not more.get("subject", "x")) == (
        True,
        True,
    )


def test_a_time_that_is_over_means_soon(ada, manager, sign_in):
    sign_in(manager).post(url("message_write", ada), fields(when="later", at="2020-01-01T10:00"))
    assert Mail.objects.get().due_at > timezone.now()


# -- the page


def test_one_begins_with_the_applicant_s_language_or_another(ada, manager, sign_in):
    type(ada).objects.update(language="fi")
    client = sign_in(manager)
    hello = message_templates.shipped("free", "fi")[1].split("\n")[0]
    assert hello in text(client.get(url("message_write", ada)))
    shown = text(client.get(url("message_write", ada) + "?kind=delay&language=en"))
    assert "it takes longer than we thought" in shown


@pytest.mark.parametrize("query", ["?kind=received", "?kind=x&language=y", "?kind=%00"])
def test_an_odd_address_begins_with_an_empty_letter(ada, manager, sign_in, query):
    assert sign_in(manager).get(url("message_write", ada) + query).status_code == 200


def test_the_preview_is_what_goes_out_and_sends_nothing(ada, manager, sign_in):
    client = sign_in(manager)
    shown = text(client.post(url("message_write", ada), fields(preview="1")))
    assert Message.objects.count() == 0
    for words in (
        "About Support person",
        "Hello Ada Lind",
        "ada@mail.example",
        "Mika &lt;mika@lumi.example&gt;",
    ):
        assert words in shown


def test_the_html_part_is_the_one_that_leaves_under_rules_of_its_own(ada, manager, sign_in):
    client = sign_in(manager)
    response = client.post(url("message_look", ada), fields(text="<script>x</script>\n\nTwo"))
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script" not in response["Content-Security-Policy"]
    mail = mail_of(write(ada, manager, text="<script>x</script>\n\nTwo"))
    body = bytes(Mail.objects.defer(None).get(pk=mail.pk).body)
    sent = message_from_bytes(body, policy=default).get_body(("html",)).get_content()
    assert text(response).split() == sent.split()
    assert "<script>x" not in sent


def test_a_hidden_name_stays_hidden_while_one_writes(ada, manager, sign_in):
    type(ada.job).objects.update(hide_names=True)
    client = sign_in(manager)
    shown = text(client.post(url("message_write", ada), fields(preview="1")))
    shown += text(client.post(url("message_look", ada), fields()))
    came(ada, manager, text="I am Ada Lind, ada@mail.example", sender="ada@mail.example")
    client.post(url("message_write", ada), fields())
    shown += text(client.get(url("messages", ada)))
    assert ("Hello Applicant 1" in shown, "Ada" in shown, "ada@" in shown) == (True, False, False)
    assert text_of(Mail.objects.get()).strip() == "Hello Ada Lind"


# -- once, and back


def test_the_same_form_sent_twice_is_one_letter(ada, manager, owner, sign_in):
    client = sign_in(manager)
    for _ in range(2):
        assert client.post(url("message_write", ada), fields()).status_code == 302
    assert (Message.objects.count(), Mail.objects.count()) == (1, 1)


def test_the_same_key_for_somebody_else_is_another_letter(ada, manager):
    write(ada, manager, key="same-key")
    write(make_application(ada.job), manager, key="same-key")
    assert Message.objects.count() == 2


def test_undo_keeps_it_here_until_it_has_left(ada, manager, sign_in):
    message, client = write(ada, manager), sign_in(manager)
    back = reverse("hiring:message_take_back", args=[message.pk])
    assert back in text(client.get(url("messages", ada)))
    assert "Taken back." in text(client.post(back, follow=True))
    assert mail_of(message).state == State.CANCELLED
    assert client.post(back).status_code == 409


def test_what_has_left_cannot_be_taken_back(ada, manager, sign_in):
    message, client = write(ada, manager), sign_in(manager)
    leave()
    back = reverse("hiring:message_take_back", args=[message.pk])
    response = client.post(back)
    assert (response.status_code, "The message has left by now." in text(response)) == (409, True)
    assert back not in text(client.get(url("messages", ada)))
    with pytest.raises(undoing.Gone):
        writing.take_back(message, by=manager)


def test_each_step_is_a_line_of_the_trail_without_words(ada, manager):
    message = write(ada, manager)
    writing.take_back(message, by=manager)
    rows = TrailEntry.objects.filter(action__startswith="message.").order_by("pk")
    assert [(row.action, row.subject_id) for row in rows] == [
        ("message.written", ada.pk),
        ("message.taken_back", ada.pk),
    ]


# -- the thread


def test_everything_stands_in_the_order_of_time_with_its_state(ada, manager):
    refuse(ada, manager)
    leave()
    mail = Mail.objects.get()
    Mail.objects.update(created_at=timezone.now() - timedelta(days=2))
    came(ada, manager, at=timezone.now() - timedelta(days=1))
    write(ada, manager)
    lines = threads.of(ada, manager)
    assert [(line.kind, line.state) for line in lines] == [
        ("sent", "sent"),
        ("mail", ""),
        ("written", "waiting"),
    ]
    assert (lines[0].title, lines[2].leaves is None) == (mail.subject, False)


def test_what_only_told_the_team_is_not_theirs(ada, manager, owner):
    make_interview(ada, owner)
    telling.asked_to_meet(ada, manager, by=owner)
    assert Mail.objects.filter(message="told_one").exists()
    assert threads.of(ada, owner) == []


def test_the_text_stays_when_the_mail_s_own_body_is_gone(ada, manager, sign_in):
    write(ada, manager)
    leave()
    Mail.objects.update(body=None)
    assert "Hello Ada Lind" in text(sign_in(manager).get(url("messages", ada)))


def test_another_shop_s_mails_and_people_are_not_there(ada, manager, rival, sign_in):
    write(ada, manager)
    client = sign_in(rival)
    for name in ("messages", "message_write"):
        assert client.get(url(name, ada)).status_code == 404
    assert (
        client.post(reverse("hiring:message_take_back", args=[Message.objects.get().pk])).status_code == 404
    )


def test_an_interviewer_who_meets_them_reads_no_letters(ada, manager, interviewer, sign_in):
    Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
    write(ada, manager)
    client = sign_in(interviewer)
    assert client.get(url("messages", ada)).status_code == 403
    shown = text(client.get(url("candidate", ada)))
    assert ("All messages" in shown, "Hello Ada" in shown) == (False, False)
    assert list(Message.objects.visible_to(interviewer)) == []


def test_a_manager_of_other_jobs_reads_no_letters(ada, company, manager, sign_in):
    other = make_application(make_job(company))
    write(other, manager)
    assert sign_in(manager).get(url("messages", other)).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_the_thread_costs_the_same_for_many_letters(ada, manager, sign_in, django_assert_num_queries, n):
    for _ in range(n):
        write(ada, manager)
        came(ada, manager, drafts=[draft(ada.job.company)])
    client = sign_in(manager)
    client.get(url("messages", ada))
    with django_assert_num_queries(IDENTITY + 6):
        shown = text(client.get(url("messages", ada)))
    assert shown.count("diploma") == n
