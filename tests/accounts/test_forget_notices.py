"""Notices that wait in sessions name people: they go with the person's data."""

import pytest

from accounts import sessions
from accounts.models import Role
from tests.factories import make_member
from tests.hiring.adverts import make_published
from tests.vault import planted
from vault import erasing

pytestmark = pytest.mark.django_db


def waiting(client, text="Anna is hired.") -> None:
    session = client.session
    session[sessions.NOTICES] = f'[["__json_message",0,25,"{text}",""]]'
    session.save()


def said(client) -> list[str]:
    return [str(message) for message in client.get("/accounts/me/").context["messages"]]


def test_notices_wait_for_the_next_page(sign_in, owner):
    client = sign_in(owner)
    waiting(client)
    assert said(client) == ["Anna is hired."]


def test_they_go_with_the_person(sign_in, owner, manager):
    clients = [sign_in(owner), sign_in(manager)]
    anna = planted.make_applicant(make_published(owner), "qwzanna", owner, offered=False)
    for client in clients:
        waiting(client)
    erasing.erase("candidate", anna.candidate_id, company_id=anna.company_id)
    assert [said(client) for client in clients] == [[], []]


def test_another_companys_stay(sign_in, owner, rival):
    client = sign_in(rival)
    waiting(client)
    sessions.forget_notices(owner.company_id)
    assert said(client) == ["Anna is hired."]


def test_nobody_is_signed_out_by_it(sign_in, owner):
    client = sign_in(owner)
    waiting(client)
    before = dict(client.session.items())
    sessions.forget_notices(owner.company_id)
    before.pop(sessions.NOTICES)
    assert dict(client.session.items()) == before
    assert client.get("/accounts/me/").status_code == 200


def test_a_person_of_two_shops_keeps_one_session(sign_in, owner, rival):
    make_member(rival.company, Role.MANAGER, user=owner.user)
    client = sign_in(owner)
    waiting(client)
    sessions.forget_notices(rival.company_id)
    assert said(client) == []


def test_a_session_without_notices_is_not_written(sign_in, owner, django_assert_num_queries):
    sign_in(owner)
    with django_assert_num_queries(1):
        sessions.forget_notices(owner.company_id)
