"""A mail that never arrived is shown where somebody works with the person it was for."""

import pytest
from django.urls import reverse

from hiring import closing, offers, pipeline
from hiring.models import How, Stage
from mailroom.models import Mail
from tests.hiring.factories import bring, make_application, make_job, make_offer
from vault.work import State

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def application(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind", email="ada@mail.example")


def refuse(application, by):
    return pipeline.not_select(
        application, by=by, expected=application.standing, reason="pay", tell="mail", how=How.PAGE
    )


def bounce(**which):
    assert Mail.objects.filter(**which).update(state=State.PARKED, last_error="550 no such reader")


def page(client, name, row) -> str:
    return client.get(reverse(f"hiring:{name}", args=[row.pk])).content.decode()


def test_an_owner_sees_what_the_server_said_and_sends_again(application, owner, sign_in):
    refuse(application, owner)
    client = sign_in(owner)
    assert "did not arrive" not in page(client, "candidate", application)
    bounce(message="not_selected")
    shown = page(client, "candidate", application)
    assert "to ada@mail.example did not arrive." in shown
    assert "There is no such address." in shown
    assert reverse("mailroom:retry", args=[Mail.objects.get().pk]) in shown


def test_a_manager_is_told_whom_to_ask(application, owner, manager, sign_in):
    refuse(application, owner)
    bounce(message="not_selected")
    shown = page(sign_in(manager), "candidate", application)
    assert ("An owner can send it again" in shown, "/retry/" in shown) == (True, False)


def test_an_offer_that_never_arrived_is_shown_at_the_person(application, owner, sign_in):
    bring(application, Stage.OFFER, owner)
    offers.send(make_offer(application, owner), by=owner)
    bounce(message="offer")
    assert "to ada@mail.example did not arrive." in page(sign_in(owner), "candidate", application)


def test_a_hidden_name_stays_hidden_beside_a_lost_mail(company, owner, sign_in):
    application = make_application(
        make_job(company, hide_names=True), name="Ada Lind", email="ada@mail.example"
    )
    refuse(application, owner)
    bounce(message="not_selected")
    shown = page(sign_in(owner), "candidate", application)
    assert ("A mail to this person did not arrive." in shown, "ada@" in shown) == (True, False)


def test_mails_of_others_are_not_shown_here(application, owner, sign_in):
    refuse(make_application(application.job), owner)
    bounce(message="not_selected")
    assert "did not arrive" not in page(sign_in(owner), "candidate", application)


def test_whoever_the_refusal_did_not_reach_has_not_heard(application, owner, sign_in):
    refuse(application, owner)
    closing.close(application.job, by=owner)
    client = sign_in(owner)
    assert "Everybody has heard" in page(client, "unheard", application.job)
    bounce(message="not_selected")
    shown = page(client, "unheard", application.job)
    assert ("1 person has not heard" in shown, "to ada@mail.example did not arrive." in shown) == (True, True)
    assert "Tell them" not in shown


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_who_has_not_heard_costs_the_same(
    application, owner, sign_in, django_assert_num_queries, n
):
    people = [make_application(application.job) for _ in range(n)]
    for person in people:
        refuse(person, owner)
    bounce(message="not_selected")
    client = sign_in(owner)
    page(client, "unheard", application.job)
    with django_assert_num_queries(IDENTITY + 5):
        shown = page(client, "unheard", application.job)
    assert shown.count("/retry/") == n
