"""Moves as buttons: what comes back for each way they can go."""

import pytest
from django.urls import reverse

from hiring.models import Application, How, Stage
from mailroom import outbox
from tests.hiring.factories import bring, go, make_application, make_job

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def application(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def post(client, name, application, **data):
    data = {"expected": application.standing} | data
    return client.post(reverse(f"hiring:{name}", args=[application.pk]), data)


def board_of(application):
    return reverse("hiring:board", args=[application.job_id])


def page_of(application):
    return reverse("hiring:candidate", args=[application.pk])


def now(application):
    return Application.objects.values_list("stage", "outcome").get(pk=application.pk)


def test_a_move_from_the_board_comes_back_to_the_board_with_undo(boss, application):
    response = boss.post(
        reverse("hiring:advance", args=[application.pk]), {"expected": "cv", "to": "phone", "how": "board"}, follow=True
    )  # fmt: skip
    assert response.redirect_chain == [(board_of(application), 302)]
    page = response.content.decode()
    assert "Ada Lind: Phone screen." in page
    assert reverse("hiring:undo", args=[application.moves.latest("pk").pk]) in page


def test_advancing_stays_within_its_queries(boss, application, django_assert_max_num_queries):
    boss.get(page_of(application))
    with django_assert_max_num_queries(IDENTITY + 15):
        post(boss, "advance", application, to="phone")
    assert now(application) == ("phone", "active")


def test_a_stale_move_answers_409_with_who_was_faster(boss, application, manager):
    go(application, Stage.PHONE, manager, how=How.BOARD)
    response = post(boss, "advance", application, expected="cv", to="phone", text="my words")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Mika moved Ada Lind to Phone screen on the board." in page
    assert "my words" in page


def test_a_question_is_answered_with_one_tap(boss, application):
    asked = post(boss, "advance", application, to="interview")
    assert (asked.status_code, "This skips a stage. Why?" in asked.content.decode()) == (422, True)
    post(boss, "advance", application, to="interview", ask_skip="known")
    assert now(application) == ("interview", "active")


@pytest.mark.parametrize("to", ["", "hired", "cv", "limbo"])
def test_a_step_that_is_not_in_the_table_changes_nothing(boss, application, to):
    response = boss.post(
        reverse("hiring:advance", args=[application.pk]), {"expected": "cv", "to": to}, follow=True
    )
    assert "There is no such step from here." in response.content.decode()
    assert now(application) == ("cv", "active")


def test_posting_fields_the_form_does_not_show_changes_nothing(boss, application):
    post(
        boss, "advance", application, to="phone", stage="hired", outcome="withdrawn", company="9", number="99"
    )
    assert now(application) == ("phone", "active")
    application.refresh_from_db()
    assert application.number == 1


def test_the_refusal_is_prefilled_from_the_unmet_must(boss, application, owner):
    must = application.job.requirements.first()
    boss.post(reverse("hiring:marks", args=[application.pk]), {f"mark_{must.pk}": "not_met"})
    page = boss.get(reverse("hiring:not_select", args=[application.pk])).content.decode()
    assert "Not met: Writes clearly" in page
    assert '<option value="requirement" selected>' in page


def test_a_refusal_can_be_taken_back(boss, application):
    post(boss, "not_select", application, reason="requirement", tell="morning")
    assert now(application) == ("cv", "not_selected")
    response = boss.post(reverse("hiring:undo", args=[application.moves.latest("pk").pk]), follow=True)
    assert "Taken back." in response.content.decode()
    assert now(application) == ("cv", "active")
    assert outbox.state(about=("application", application.pk), message="not_selected") == "cancelled"


def test_a_refusal_without_a_message_says_why(boss, application):
    response = post(boss, "not_select", application, reason="hours", tell="none", text="typed words")
    page = response.content.decode()
    assert (response.status_code, "Say why no message goes out." in page, "typed words" in page) == (
        422,
        True,
        True,
    )


def test_a_stale_refusal_keeps_what_was_typed(boss, application, manager):
    go(application, Stage.PHONE, manager)
    response = post(
        boss, "not_select", application, expected="cv", reason="hours", tell="phone", text="typed words"
    )  # fmt: skip
    assert (response.status_code, "typed words" in response.content.decode()) == (409, True)


def test_undo_belongs_to_whoever_moved(sign_in, application, owner, manager):
    move = go(application, Stage.PHONE, owner)
    response = sign_in(manager).post(reverse("hiring:undo", args=[move.pk]), follow=True)
    assert "Only your own last step can be taken back." in response.content.decode()
    assert now(application) == ("phone", "active")


def test_withdrawn_and_taken_up_again(boss, application):
    post(boss, "withdraw", application)
    assert now(application) == ("cv", "withdrawn")
    application.refresh_from_db()
    post(boss, "take_up", application, reason="news")
    assert now(application) == ("cv", "active")


def test_a_hire_who_never_starts(boss, application, owner):
    bring(application, Stage.HIRED, owner)
    post(boss, "unhire", application, reason="no_show", text="Never came")
    assert now(application) == ("offer", "withdrawn")
    application.job.refresh_from_db()
    assert application.job.status == "paused"


def test_a_manager_not_on_the_job_moves_nobody(sign_in, company, manager):
    other = make_application(make_job(company))
    assert post(sign_in(manager), "advance", other, to="phone").status_code == 403
    assert now(other) == ("cv", "active")


def test_moving_by_get_is_refused(boss, application):
    assert boss.get(reverse("hiring:advance", args=[application.pk]), {"to": "phone"}).status_code == 405
    assert now(application) == ("cv", "active")
