"""One click into the sample shop: for a stranger at this computer, and for nobody else."""

import pytest

from accounts.models import Role
from config import demo_password
from tests.factories import make_company, make_member

pytestmark = pytest.mark.django_db
EMAIL = demo_password.SAMPLE_PEOPLE[0]
LINK = "Look around a sample shop"


@pytest.fixture
def lumi(settings):
    settings.DEMO_ALLOWED = True
    return make_company(is_demo=True)


@pytest.fixture
def sample_owner(lumi):
    return make_member(lumi, Role.OWNER, EMAIL, name="Olga")


def knock(client, **extra):
    """(is it offered, what the click gives, who is signed in then)"""
    offered = LINK in client.get("/", **extra).content.decode()
    status = client.post("/sample/", **extra).status_code
    return offered, status, "_auth_user_id" in client.session


def test_one_click_shows_the_sample_shop(client, sample_owner):
    assert knock(client) == (True, 302, True)
    page = client.get("/").content.decode()
    assert (client.session["company"], "You are looking around a sample shop" in page) == (
        sample_owner.company_id,
        True,
    )


def test_answers_given_before_are_still_there_afterwards(client, sample_owner):
    client.post("/readiness/check/", {"breath": "3", "support_hours": "25", "brand_hours": "12"})
    client.post("/sample/")
    assert client.session["readiness"]["answers"]["support_hours"] == 25


def test_looking_at_the_address_opens_nothing(client, sample_owner):
    assert (client.get("/sample/").status_code, "_auth_user_id" in client.session) == (405, False)


def test_without_a_token_it_stays_shut(sample_owner):
    from tests.conftest import StrictClient

    client = StrictClient(enforce_csrf_checks=True)
    assert (client.post("/sample/").status_code, "_auth_user_id" in client.session) == (403, False)


SHUT = (False, 404, False)


def test_on_a_server_it_is_not_there(client, sample_owner, settings):
    settings.DEMO_ALLOWED = False
    assert knock(client) == SHUT


@pytest.mark.parametrize("address", ["10.0.0.7", "203.0.113.9", "::ffff:127.0.0.2", ""])
def test_from_another_computer_it_is_not_there(client, sample_owner, address):
    assert knock(client, REMOTE_ADDR=address) == SHUT


@pytest.mark.parametrize("header", ["X_FORWARDED_FOR", "X_REAL_IP", "FORWARDED", "VIA"])
def test_behind_a_proxy_it_is_not_there(client, sample_owner, header):
    assert knock(client, **{f"HTTP_{header}": "127.0.0.1"}) == SHUT


def test_without_sample_data_it_is_not_there(client, settings, db):
    settings.DEMO_ALLOWED = True
    assert knock(client) == SHUT


def test_a_real_shop_is_never_opened(client, settings):
    settings.DEMO_ALLOWED = True
    make_member(make_company("Real"), Role.OWNER, EMAIL)
    assert knock(client) == SHUT


def test_not_when_the_sample_owner_has_a_real_shop_too(client, sample_owner):
    make_member(make_company("Real", slug="real"), Role.OWNER, "x@real.example", user=sample_owner.user)
    assert knock(client) == SHUT


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HIRE])
def test_not_as_somebody_who_is_no_owner(client, lumi, role):
    make_member(lumi, role, EMAIL)
    assert knock(client) == SHUT


def test_not_when_the_sample_owner_was_removed(client, sample_owner):
    sample_owner.removed_at = sample_owner.company.created_at
    sample_owner.save()
    assert knock(client) == SHUT


def test_who_is_signed_in_stays_who_they_are(sign_in, sample_owner, rival):
    client = sign_in(rival)
    assert client.post("/sample/").status_code == 404
    assert client.session["_auth_user_id"] == str(rival.user_id)
