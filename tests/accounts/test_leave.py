"""Leaving a company by oneself."""

import pytest

from accounts.models import Membership, Role
from tests.factories import PASSWORD, make_member
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
LEAVE = "/accounts/me/leave/"


def prove(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_it_takes_the_password_again(sign_in, hire):
    assert sign_in(hire).post(LEAVE).url.startswith("/accounts/reauthenticate/")
    assert Membership.objects.get(pk=hire.pk).removed_at is None


def test_who_leaves_is_out_everywhere_and_the_trail_says_so(sign_in, hire):
    client, elsewhere = prove(sign_in(hire)), sign_in(hire)
    assert client.post(LEAVE).url == "/"
    assert Membership.objects.get(pk=hire.pk).removed_at is not None
    assert elsewhere.get("/accounts/me/").status_code == 302
    line = TrailEntry.objects.get(action="team.left")
    assert (line.actor_id, line.subject_id) == (hire.user_id, hire.pk)


def test_the_last_owner_stays(sign_in, owner):
    page = prove(sign_in(owner)).post(LEAVE, follow=True).content.decode()
    assert "A shop needs an owner. Make somebody else an owner first." in page
    assert Membership.objects.get(pk=owner.pk).removed_at is None


def test_one_of_two_owners_may_go(sign_in, owner, company):
    make_member(company, Role.OWNER)
    prove(sign_in(owner)).post(LEAVE)
    assert Membership.objects.get(pk=owner.pk).removed_at is not None


def test_only_the_company_one_is_in_is_left(sign_in, hire, rival):
    other = make_member(rival.company, Role.MANAGER, user=hire.user)
    prove(sign_in(hire)).post(LEAVE, {"company": other.company_id, "membership": rival.pk})
    left = Membership.objects.exclude(removed_at=None)
    assert list(left) == [hire]


def test_looking_leaves_nothing(sign_in, hire):
    assert prove(sign_in(hire)).get(LEAVE).status_code == 405
    assert Membership.objects.get(pk=hire.pk).removed_at is None
