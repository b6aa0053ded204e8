"""What comes back: answers put onto the thread, mails of others, bounces, what was said by phone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import undoing
from hiring import threads, writing
from hiring.models import Message, MessageFile
from mailroom.models import Mail, Notice
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from tests.hiring.letters import came, draft, leave, mail_of, report, upload, with_file, write
from vault.models import StoredFile
from vault.work import State

pytestmark = pytest.mark.django_db
PDF = ("diploma.txt", b"I know all about tea. " * 3, "text/plain")


@pytest.fixture
def ada(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind", email="ada@mail.example")


@pytest.fixture
def client(manager, sign_in):
    return sign_in(manager)


def bring(client, application, **data):
    return client.post(url("message_bring", application), data, follow=True)


# -- theirs


def test_their_mail_is_kept_with_its_file_and_the_quoted_part_folded(ada, manager, client):
    words = "Tuesday suits me.\n\nOn Mon, 16 Nov 2026, Mika wrote:\n> When?"
    response = bring(client, ada, mail=upload(text=words, files=[PDF], subject="Re: About"))
    message = Message.objects.get()
    assert (message.sender, message.subject, message.by) == ("ada@mail.example", "Re: About", manager)
    assert ("The mail is kept." in text(response), "What they quoted" in text(response)) == (True, True)
    line = threads.of(ada, manager)[0]
    assert (line.text, line.quoted.endswith("> When?"), line.files[0].file.original_name) == (
        "Tuesday suits me.",
        True,
        "diploma.txt",
    )
    assert message.files.get().file.draft_until is None


def test_pasted_words_are_theirs_when_they_name_nobody(ada, client):
    bring(client, ada, words="Tuesday suits me")
    assert Message.objects.get().text == "Tuesday suits me"


def test_its_moment_is_when_it_was_sent_and_never_still_to_come(ada, client):
    bring(client, ada, mail=upload())
    bring(client, ada, mail=upload(Date="Mon, 16 Nov 2099 09:30:00 +0200", Message_ID="<2@mail.example>"))
    first, second = Message.objects.order_by("pk")
    assert first.at.isoformat() == "2026-11-16T07:30:00+00:00" or first.at <= timezone.now()
    assert second.at <= timezone.now()


def test_it_is_joined_to_the_letter_it_answers(ada, manager, client):
    mail = mail_of(write(ada, manager))
    other = mail_of(write(make_application(ada.job), manager))
    bring(client, ada, mail=upload(In_Reply_To=mail.message_id))
    bring(client, ada, mail=upload(In_Reply_To=other.message_id, Message_ID="<2@mail.example>"))
    answers = Message.objects.filter(kind="mail").order_by("pk").values_list("answers_mail", flat=True)
    assert list(answers) == [mail.pk, None]


def test_the_same_mail_twice_is_kept_once_and_its_files_too(ada, client):
    for _ in range(2):
        response = bring(client, ada, mail=upload(files=[PDF]))
    assert "on the thread already" in text(response)
    assert (Message.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_a_file_that_is_not_taken_is_named_and_the_mail_kept(ada, client):
    odd = ("run.exe", b"MZ" + b"\0" * 80, "application/octet-stream")
    response = bring(client, ada, mail=upload(files=[odd, PDF]))
    assert (MessageFile.objects.count(), "run.exe" in text(response)) == (1, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose a mail, or paste its text."),
        ({"words": "   "}, "Choose a mail, or paste its text."),
        ({"words": "x" * 200_001}, "at most 200000 characters"),
    ],
)
def test_nothing_to_keep_is_said_beside_the_form(ada, client, data, said):
    response = bring(client, ada, **data)
    assert (response.status_code, said in text(response), Message.objects.count()) == (422, True, 0)


def test_what_is_no_mail_is_said(ada, client):
    response = bring(client, ada, mail=SimpleUploadedFile("cv.pdf", b"%PDF-1.7 xx"))
    assert (response.status_code, "This is not a mail." in text(response)) == (422, True)


# -- somebody else's


def sealed_of(response) -> str:
    return text(response).split('name="sealed" value="')[1].split('"')[0]


def test_a_mail_from_another_address_is_asked_about_first(ada, client):
    response = bring(client, ada, mail=upload(sender="Bo <bo@mail.example>", files=[PDF]))
    assert (
        "This mail is from bo@mail.example, the candidate's address is ada@mail.example. Keep it here?"
        in text(response)
    )
    assert Message.objects.count() == 0
    bring(client, ada, sealed=sealed_of(response), keep="1")
    message = Message.objects.get()
    assert (message.sender, message.files.count()) == ("bo@mail.example", 1)


def test_left_out_nothing_of_it_stays(ada, client):
    response = bring(client, ada, mail=upload(sender="bo@mail.example", files=[PDF]))
    assert "Nothing was kept." in text(bring(client, ada, sealed=sealed_of(response)))
    assert (Message.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_page_of_somebody_else_s_or_made_up_keeps_nothing(ada, client):
    response = bring(client, ada, mail=upload(sender="bo@mail.example"))
    other = make_application(ada.job)
    for sealed in (sealed_of(response), "made:up"):
        assert "open for more than a day" in text(bring(client, other, sealed=sealed, keep="1"))
    assert Message.objects.count() == 0


def test_while_the_name_is_hidden_neither_address_is_shown(ada, client):
    type(ada.job).objects.update(hide_names=True)
    response = bring(client, ada, mail=upload(sender="Ada L <lind@mail.example>", subject="From Ada"))
    shown = text(response).split('name="sealed"')[0] + text(response).split('">', 1)[1].split("sealed")[0]
    assert ("another address than the candidate" in text(response), "lind@" in shown) == (True, False)


# -- files


def test_a_file_opens_for_those_who_lead_and_for_nobody_else(ada, manager, interviewer, rival, sign_in):
    found = with_file(ada, manager)
    address = reverse("hiring:message_file", args=[found.pk])
    response = sign_in(manager).get(address)
    assert b"all about tea" in b"".join(response.streaming_content)
    assert sign_in(interviewer).get(address).status_code == 403
    assert sign_in(rival).get(address).status_code == 404


def test_a_file_stays_shut_while_the_name_is_hidden(ada, manager, client):
    found = with_file(ada, manager)
    type(ada.job).objects.update(hide_names=True)
    assert client.get(reverse("hiring:message_file", args=[found.pk])).status_code == 302


# -- taken back, said by phone


def test_a_kept_mail_is_taken_back_with_its_files_for_ten_minutes(ada, manager, client):
    message = with_file(ada, manager).message
    back = reverse("hiring:message_take_back", args=[message.pk])
    assert back in text(client.get(url("messages", ada)))
    client.post(back)
    assert (Message.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_after_ten_minutes_it_stays(ada, manager):
    message = came(ada, manager)
    undoable = message.undoable
    undoable["kept"]["at"] = (timezone.now() - timedelta(minutes=11)).isoformat()
    Message.objects.update(undoable=undoable)
    with pytest.raises(undoing.Refused):
        writing.take_back(message, by=manager)


def test_what_they_said_by_phone_is_a_line_of_the_thread(ada, client):
    response = client.post(url("message_note", ada), {"text": "Can start in May"}, follow=True)
    assert ("Can start in May" in text(response), "noted by Mika" in text(response)) == (True, True)
    assert client.post(url("message_note", ada), {"text": " "}).status_code == 422


# -- it came back


def test_a_bounce_marks_the_mail_says_why_and_offers_another_address(ada, manager, owner, sign_in):
    mail = mail_of(write(ada, manager))
    leave()
    client = sign_in(owner)
    response = client.post(
        url("message_bring", ada), {"words": report(number=mail.message_id).decode()}, follow=True
    )
    mail.refresh_from_db()
    assert (mail.state, mail.reason.code) == (State.PARKED, "unknown")
    assert "is marked as not arrived. There is no such address." in text(response)
    shown = text(client.get(url("candidate", ada)))
    assert reverse("mailroom:address", args=[mail.pk]) in shown
    assert "did not arrive" in text(client.get("/"))
    assert Notice.objects.filter(kind="mail_failed", about_id=mail.pk).count() == 1


def test_a_corrected_address_is_the_applicant_s_and_the_letter_leaves_again(ada, manager, owner, sign_in):
    mail = mail_of(write(ada, manager))
    leave()
    writing.came_back(ada, bounce(mail), by=manager)
    sign_in(owner).post(reverse("mailroom:address", args=[mail.pk]), {"email": "ada@new.example"})
    ada.refresh_from_db()
    mail.refresh_from_db()
    assert (ada.email, mail.recipient, mail.state) == ("ada@new.example", "ada@new.example", State.WAITING)


def bounce(mail=None, to="ada@mail.example") -> dict:
    number = mail.message_id if mail else ""
    return {"to": to, "said": "550 5.1.1 no", "message_id": number, "final": True}


def test_without_a_number_the_newest_mail_to_that_address_is_meant(ada, manager):
    write(ada, manager)
    newest = mail_of(write(ada, manager))
    leave()
    assert writing.came_back(ada, bounce(), by=manager) == newest
    assert Mail.objects.filter(state=State.PARKED).count() == 1


def test_the_same_bounce_twice_changes_nothing(ada, manager, owner):
    mail = mail_of(write(ada, manager))
    leave()
    for _ in range(2):
        assert writing.came_back(ada, bounce(mail), by=manager) == mail
    assert Notice.objects.filter(kind="mail_failed").count() == 1


@pytest.mark.parametrize(
    "data",
    [report(number="<nobody@x.example>"), report(to="bo@mail.example")],
)
def test_a_bounce_of_another_mail_is_refused(ada, manager, client, data):
    write(ada, manager)
    leave()
    response = bring(client, ada, words=data.decode())
    assert (response.status_code, "not one of ours to this person" in text(response)) == (422, True)
    assert not Mail.objects.parked().exists()


def test_a_bounce_of_somebody_else_s_mail_is_not_theirs(ada, manager):
    mail = mail_of(write(make_application(ada.job), manager))
    leave()
    assert writing.came_back(ada, bounce(mail), by=manager) is None


def test_a_server_that_still_tries_marks_nothing(ada, manager, client):
    mail = mail_of(write(ada, manager))
    leave()
    late = report(number=mail.message_id, action="delayed", status="4.2.2", code="452 4.2.2 Full")
    assert "still trying" in text(bring(client, ada, words=late.decode()))
    assert not Mail.objects.parked().exists()


def test_what_waits_is_not_marked(ada, manager):
    mail = mail_of(write(ada, manager))
    writing.came_back(ada, bounce(mail), by=manager)
    assert not Mail.objects.parked().exists()


def test_drafts_of_an_abandoned_question_go_by_themselves(ada):
    assert draft(ada.job.company).draft_until > timezone.now()
