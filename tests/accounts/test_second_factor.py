import json
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection

from tests.conftest import StrictClient
from tests.factories import PASSWORD
from vault import fields

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _one_moment():
    """A code is good for half a minute: the clock must not step over its end between making and sending it."""
    with time_machine.travel(time.time(), tick=False):
        yield


def sign(client, member):
    return client.post(LOGIN, {"login": member.email, "password": PASSWORD})


def prove(client):
    """Changing factors needs the password of the last ten minutes."""
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code(secret, shift=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def turn_on(client) -> str:
    """Turns on the codes of an app; its secret."""
    prove(client)
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    return secret


def raw() -> list:
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data FROM mfa_authenticator")
        return [
            (kind, data if isinstance(data, str) else json.dumps(data)) for kind, data in cursor.fetchall()
        ]


@pytest.fixture
def secret(client, owner):
    sign(client, owner)
    return turn_on(client)


def test_secrets_are_unreadable_in_the_database(secret):
    stored = dict(raw())
    assert secret not in "".join(stored.values())
    assert fields.decrypt(json.loads(stored["totp"])["secret"]) == secret
    seed = fields.decrypt(json.loads(stored["recovery_codes"])["seed"])
    assert seed not in stored["recovery_codes"]


def test_turning_it_on_ends_the_others(client, owner):
    other = StrictClient()
    sign(client, owner)
    sign(other, owner)
    turn_on(client)
    assert client.get("/accounts/me/").context["factors"] == 1
    assert other.get("/accounts/me/").status_code == 302


def test_turning_it_off_ends_the_others(client, owner, secret):
    other = StrictClient()
    sign(other, owner)
    other.post("/accounts/2fa/authenticate/", {"code": code(secret, shift=0)})
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.count() == 0
    assert client.get("/accounts/me/").context["factors"] == 0
    assert other.get("/accounts/me/").status_code == 302


def test_the_password_alone_does_not_open(owner, secret):
    other = StrictClient()
    assert sign(other, owner).url == "/accounts/2fa/authenticate/"
    assert other.get("/accounts/me/").status_code == 302


def test_a_code_opens_once(owner, secret):
    first, second, third = StrictClient(), StrictClient(), StrictClient()
    now = code(secret)
    for client in (first, second):
        sign(client, owner)
        client.post("/accounts/2fa/authenticate/", {"code": now})
    assert [c.get("/accounts/me/").status_code for c in (first, second)] == [200, 302]
    sign(third, owner)
    assert "form" in third.post("/accounts/2fa/authenticate/", {"code": "000000"}).context


def test_codes_are_throttled_too(owner, secret):
    other = StrictClient()
    sign(other, owner)
    for _ in range(5):
        other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = other.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert page.context["form"].errors["code"] == ["That was a lot of tries. Please wait five minutes."]


def test_a_code_on_paper_opens_once(owner, secret, client):
    paper = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    first, second = StrictClient(), StrictClient()
    for other in (first, second):
        sign(other, owner)
        other.post("/accounts/2fa/authenticate/", {"code": paper})
    assert [c.get("/accounts/me/").status_code for c in (first, second)] == [200, 302]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/accounts/2fa/", "With one of these, somebody who knows your password"),
        ("/accounts/2fa/webauthn/", "Passkeys and security keys"),
        ("/accounts/2fa/webauthn/add/", "Add a passkey or security key"),
        ("/accounts/2fa/totp/activate/", "Six digits from the app"),
    ],
)
def test_the_pages_of_factors_open(client, owner, address, words):
    sign(client, owner)
    prove(client)
    assert words in client.get(address).content.decode()


def test_a_passkey_can_be_used_at_sign_in(client):
    assert "passkey" in client.get(LOGIN).content.decode().lower()


def test_factors_are_not_changed_on_an_old_password(client, owner):
    sign(client, owner)
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")
    assert Authenticator.objects.count() == 0
