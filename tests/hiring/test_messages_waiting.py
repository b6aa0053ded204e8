"""Who waits for an answer and since when; a question from the applicant's own page."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from hiring import answering, applying, message_telling, writing
from hiring.models import Application, Message, Note
from mailroom import told
from mailroom.models import Mail, Notice
from tests.hiring.acts import refuse, text, url
from tests.hiring.factories import go, make_application, make_interview, make_job, make_screen
from tests.hiring.letters import came, leave, write
from vault.work import State

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def ada(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind", email="ada@mail.example")


def what(application) -> str:
    found = answering.since(application)
    return found.what if found else ""


def ago(**time):
    return timezone.now() - timedelta(**time)


def token(application) -> str:
    return applying.status_address(application).rstrip("/").rpartition("/")[2]


def ask(client, application, words="When do I hear from you?"):
    return client.post(
        reverse("hiring_links:status_ask", args=[token(application)]), {"text": words}, follow=True
    )


# -- what makes somebody wait, and what ends it


def test_whoever_applied_waits_until_somebody_writes(ada, manager):
    applying.send_receipt(ada)
    assert what(ada) == "applied"
    write(ada, manager)
    assert what(ada) == ""


def test_an_answer_to_a_letter_waits_again(ada, manager):
    write(ada, manager)
    Mail.objects.update(created_at=ago(days=3))
    came(ada, manager, at=ago(days=2))
    came(ada, manager, at=ago(days=1))
    found = answering.since(ada)
    assert (found.what, found.since.date()) == ("wrote", ago(days=2).date())


@pytest.mark.parametrize("answer", ["letter", "call", "settled", "refusal", "talk"])
def test_any_of_these_is_an_answer(ada, manager, owner, answer):
    came(ada, manager, at=ago(hours=1))
    {
        "letter": lambda: write(ada, manager),
        "call": lambda: writing.note(ada, by=manager, text="Told her"),
        "settled": lambda: writing.note(ada, by=manager),
        "refusal": lambda: refuse(ada, manager),
        "talk": lambda: Mail.objects.create(
            company=ada.company, about_kind="interview", about_id=make_interview(ada, owner).pk, message="x"
        ),
    }[answer]()
    assert what(ada) == ""


def test_what_was_written_before_is_no_answer(ada, manager):
    write(ada, manager)
    Mail.objects.update(created_at=ago(days=3))
    writing.note(ada, by=manager, text="Called")
    Message.objects.filter(kind="call").update(at=ago(days=2))
    came(ada, manager, at=ago(days=1))
    assert what(ada) == "wrote"


@pytest.mark.parametrize("state", [State.PARKED, State.CANCELLED])
def test_a_letter_that_never_arrived_or_was_taken_back_is_no_answer(ada, manager, state):
    came(ada, manager, at=ago(hours=1))
    write(ada, manager)
    Mail.objects.update(state=state)
    assert what(ada) == "wrote"


def test_a_receipt_or_a_word_to_the_team_answers_nobody(ada, manager):
    came(ada, manager, at=ago(hours=1))
    applying.send_receipt(ada)
    Mail.objects.create(
        company=ada.company,
        about_kind="application",
        about_id=ada.pk,
        message="told_one",
        recipient="x@y.example",
    )
    assert what(ada) == "wrote"


def test_answers_to_others_are_not_theirs(ada, manager):
    came(ada, manager, at=ago(hours=1))
    write(make_application(ada.job), manager)
    assert what(ada) == "wrote"


@pytest.mark.parametrize(
    "fields", [{"is_test": True}, {"outcome": "withdrawn", "ended_at": timezone.now()}, {"entered": True}]
)
def test_who_did_not_apply_or_is_out_does_not_wait_to_hear(ada, manager, fields):
    values = {"entered_by": manager} if fields.pop("entered", False) else fields
    Application.objects.filter(pk=ada.pk).update(**values)
    ada.refresh_from_db()
    assert what(ada) == ""


def test_whoever_was_entered_from_their_own_mail_waits(ada, manager):
    Application.objects.filter(pk=ada.pk).update(entered_by=manager, source="email")
    assert what(ada) == "applied"


def test_whoever_one_has_talked_to_on_the_phone_does_not(ada, manager):
    go(ada, "phone", manager)
    make_screen(ada)
    assert what(ada) == ""


def test_a_refused_applicant_who_writes_waits_too(ada, manager):
    refuse(ada, manager)
    Mail.objects.update(created_at=ago(days=1))
    came(ada, manager, text="May I read what you wrote?", at=ago(hours=1))
    assert what(ada) == "wrote"


@pytest.mark.parametrize(("days", "said"), [(0, "Wednesday"), (6, "Thursday"), (7, "Nov. 18, 2026")])
def test_the_day_is_a_weekday_within_the_week(days, said):
    with time_machine.travel("2026-11-25 12:00 +0000", tick=False):
        assert answering.day_of(ago(days=days)) == said


# -- where it is shown


def test_the_longest_wait_comes_first_with_whoever_made_the_job(ada, manager, owner, sign_in):
    type(ada.job).objects.update(created_by=owner)
    bo = make_application(ada.job, name="Bo Falk")
    make_application(ada.job, name="Carla Unheard")
    came(bo, manager, at=ago(days=2))
    came(ada, manager, at=ago(days=1))
    shown = text(sign_in(manager).get(reverse("hiring:waiting")))
    assert shown.index("Bo Falk") < shown.index("Ada Lind") < shown.index("Carla Unheard")
    assert ("Wrote on" in shown, "Olga" in shown) == (True, True)


def test_nobody_waits_is_said(company, manager, sign_in):
    assert "Nobody waits for an answer." in text(sign_in(manager).get(reverse("hiring:waiting")))


def test_one_sees_those_of_one_s_jobs(ada, company, manager, owner, rival, sign_in):
    other = make_application(make_job(company), name="Elsewhere")
    came(other, owner, at=ago(days=1))
    came(ada, owner, at=ago(days=1))
    address = reverse("hiring:waiting")
    for member, names in ((owner, {"Elsewhere", "Ada Lind"}), (manager, {"Ada Lind"}), (rival, set())):
        shown = text(sign_in(member).get(address))
        assert {name for name in ("Elsewhere", "Ada Lind") if name in shown} == names


def test_a_hidden_name_is_hidden_there(ada, manager, sign_in):
    type(ada.job).objects.update(hide_names=True)
    came(ada, manager, at=ago(days=1))
    shown = text(sign_in(manager).get(reverse("hiring:waiting")))
    assert ("Applicant 1" in shown, "Ada" in shown) == (True, False)


def test_the_person_s_page_and_the_first_page_say_it(ada, manager, sign_in):
    came(ada, manager, at=ago(days=1))
    client = sign_in(manager)
    assert "and waits for an answer." in text(client.get(url("candidate", ada)))
    assert url("messages", ada) in text(client.get("/"))
    client.post(url("message_note", ada), {"settled": "1"})
    assert "and waits for an answer." not in text(client.get(url("candidate", ada)))


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_for_many(ada, manager, sign_in, django_assert_num_queries, n):
    for _ in range(n):
        came(make_application(ada.job), manager, at=ago(hours=2))
        make_application(ada.job)
    client = sign_in(manager)
    client.get(reverse("hiring:waiting"))
    with django_assert_num_queries(IDENTITY + 2):
        shown = text(client.get(reverse("hiring:waiting")))
    assert shown.count("Wrote on") == n


# -- asked on their own page


def test_a_question_lands_on_the_thread_and_those_who_lead_hear(ada, manager, owner, interviewer, client):
    response = ask(client, ada)
    assert "Your question is on its way." in text(response)
    message = Message.objects.get()
    assert (message.kind, message.text, message.by) == ("question", "When do I hear from you?", None)
    assert set(Notice.objects.filter(kind="message").values_list("member__name", flat=True)) == {
        "Mika",
        "Olga",
    }
    assert what(ada) == "asked"


def test_what_is_told_holds_no_word_of_it_and_is_over_with_the_answer(ada, manager, owner, client):
    ask(client, ada, "Secret question")
    thing = message_telling.look([manager, owner], [Message.objects.get().pk]).popitem()[1]
    assert (thing.readers, thing.handled) == ({manager.pk, owner.pk}, False)
    assert thing.say(manager) == "Ada Lind asks something: Support person."
    write(ada, manager)
    assert not Notice.objects.filter(kind="message", handled_at=None).exists()
    assert message_telling.look([manager], [Message.objects.get(kind="question").pk]).popitem()[1].handled


def test_the_same_question_twice_is_one(ada, client):
    for _ in range(2):
        ask(client, ada)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001, "a\0b"])
def test_a_wrong_question_is_refused_beside_the_field(ada, client, words):
    response = ask(client, ada, words)
    assert (response.status_code, Message.objects.count()) == (422, 0)


def test_many_questions_have_to_wait_and_the_words_stay(ada, client):
    for n in range(5):
        assert ask(client, ada, f"Question {n}").status_code == 200
    response = ask(client, ada, "Question six")
    assert (response.status_code, "Question six" in text(response)) == (422, True)
    assert ("That was a lot of questions." in text(response), Message.objects.count()) == (True, 5)


def test_the_page_speaks_the_applicant_s_language(ada, client):
    Application.objects.update(language="fi")
    assert 'lang="fi"' in text(ask(client, ada, ""))


def test_a_test_of_one_s_own_is_no_news(ada, client, manager):
    Application.objects.update(is_test=True)
    ask(client, ada)
    assert (Message.objects.count(), Notice.objects.count()) == (1, 0)


def test_an_unknown_link_asks_nothing(client, db):
    response = client.post(reverse("hiring_links:status_ask", args=["nothing"]), {"text": "x"})
    assert (response.status_code, Message.objects.count()) == (404, 0)


def test_the_kind_can_be_chosen_by_those_who_lead(manager, interviewer):
    assert message_telling.KIND in [kind.key for kind in told.kinds_for(manager.role)]
    assert message_telling.KIND not in [kind.key for kind in told.kinds_for(interviewer.role)]


def test_a_note_of_ours_is_no_letter(ada, manager):
    leave()
    Note.objects.create(company=ada.company, application=ada, author=manager, text="Kind")
    assert what(ada) == "applied"
