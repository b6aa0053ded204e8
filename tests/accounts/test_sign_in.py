"""Signing in: slowed down for guessers, ended in time, and from nowhere else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import sessions, team
from accounts.models import Role, Session, User
from tests.accounts.post import last_mail, link_in
from tests.conftest import StrictClient
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
WRONG = "No account has this address and this password. Look at both once more."
WAIT = "That was a lot of tries. Please wait five minutes."


def sign(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def said(response) -> list:
    return response.context["form"].non_field_errors()


def is_in(client) -> bool:
    return client.get("/accounts/me/").status_code == 200


def test_the_right_password_opens(client, owner):
    assert sign(client, "OLGA@lumi.example").url == "/"
    assert is_in(client)


def test_known_and_unknown_addresses_are_refused_alike(client, owner):
    known, unknown = sign(client, owner.email, "wrong"), sign(client, "nobody@lumi.example", "wrong")
    assert said(known) == said(unknown) == [WRONG]
    assert known.status_code == unknown.status_code


def test_reset_answers_known_and_unknown_addresses_alike(client, owner):
    known = client.post("/accounts/password/reset/", {"email": owner.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@lumi.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_five_wrong_tries_close_one_account_for_five_minutes(client, owner, hire):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            assert said(sign(client, owner.email, "wrong")) == [WRONG]
        assert said(sign(client, owner.email)) == [WAIT]
        assert sign(StrictClient(), hire.email).url == "/"
        clock.shift(timedelta(minutes=5, seconds=1))
        assert sign(client, owner.email).url == "/"


def test_ten_wrong_tries_close_one_address(client, owner):
    for n in range(10):
        sign(client, f"somebody{n}@lumi.example", "wrong")
    assert said(sign(client, owner.email)) == [WAIT]
    assert sign(client, owner.email, REMOTE_ADDR="203.0.113.9").url == "/"


def test_a_forged_address_does_not_help(client, owner):
    for n in range(10):
        sign(client, f"somebody{n}@lumi.example", "wrong", headers={"X-Forwarded-For": f"203.0.113.{n}"})
    assert said(sign(client, owner.email, headers={"X-Forwarded-For": "203.0.113.99"})) == [WAIT]


def test_behind_a_proxy_only_what_the_proxy_adds_counts(client, owner, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(10):
        header = {"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"}
        sign(client, f"somebody{n}@lumi.example", "wrong", headers=header)
    assert said(sign(client, owner.email, headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"})) == [WAIT]
    assert sign(client, owner.email, headers={"X-Forwarded-For": "198.51.100.7, 192.0.2.1"}).url == "/"


def test_a_sign_in_gets_a_new_session(client, owner):
    client.post("/accounts/language/", {"language": "en"})
    client.session["kept"] = "before"
    session = client.session
    session.save()
    client.cookies["session"] = before = session.session_key
    sign(client, owner.email)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_signing_out_is_a_post_and_kills_the_session(client, owner):
    sign(client, owner.email)
    key = client.session.session_key
    client.get("/accounts/logout/")
    assert is_in(client)
    response = client.post("/accounts/logout/")
    assert response["Clear-Site-Data"] == '"cache"'
    assert not Session.objects.filter(pk=key).exists()
    assert not is_in(client)


def test_a_session_ends_after_three_idle_days(client, owner):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        sign(client, owner.email)
        clock.move_to(now + timedelta(days=3) - timedelta(seconds=1))
        assert is_in(client)
        clock.shift(timedelta(days=3, seconds=1))
        assert not is_in(client)


def test_a_session_ends_after_fourteen_days_however_busy(client, owner):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        sign(client, owner.email)
        for day in range(1, 14):
            clock.move_to(now + timedelta(days=day))
            assert is_in(client)
        clock.move_to(now + timedelta(days=14, seconds=1))
        assert not is_in(client)


def test_a_session_that_does_not_say_when_it_began_is_over(client, owner):
    sign(client, owner.email)
    session = client.session
    del session[sessions.BEGAN]
    session.save()
    assert not is_in(client)


def test_a_busy_session_is_written_once_in_five_minutes(client, owner, django_assert_num_queries):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(client, owner.email)
        client.get("/healthz")
        with django_assert_num_queries(3):
            client.get("/healthz")  # session, user, memberships
        clock.shift(timedelta(minutes=6))
        client.get("/healthz")
        assert client.session[sessions.SEEN] == timezone.now().timestamp()


def test_a_new_password_ends_the_others(client, owner):
    other = StrictClient()
    sign(client, owner.email)
    sign(other, owner.email)
    new = "a quiet lake at dawn"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_reset_password_ends_all(client, owner):
    sign(client, owner.email)
    stranger = StrictClient()
    stranger.post("/accounts/password/reset/", {"email": owner.email})
    form = stranger.get(link_in(last_mail(owner.email))).url
    new = "a quiet lake at dawn"
    stranger.post(form, {"password1": new, "password2": new})
    owner.user.refresh_from_db()
    assert owner.user.check_password(new)
    assert not is_in(client)


def test_a_reset_link_names_the_configured_host(client, owner, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.post("/accounts/password/reset/", {"email": owner.email}, headers={"Host": "other.example"})
    body = bytes(last_mail(owner.email).body)
    assert b"other.example" not in body
    assert b"http://localhost:8000/accounts/password/reset/key/" in body


def test_a_foreign_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "there", ["//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client, owner, there):
    response = client.post(LOGIN, {"login": owner.email, "password": PASSWORD, "next": there})
    assert response.url == "/"


@pytest.mark.parametrize(
    "there", ["//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)"]
)
def test_choosing_a_language_leads_nowhere_else(client, there):
    response = client.post("/accounts/language/", {"language": "fi", "next": there})
    assert response.url == "/"


def test_a_person_removed_is_out_with_the_next_request(client, owner, hire):
    sign(client, hire.email)
    assert client.get("/accounts/me/").context["request"].membership == hire
    team.remove(hire, by=owner)
    assert client.get("/accounts/me/").url == "/accounts/login/?next=/accounts/me/"


def test_a_person_without_company_can_sign_in_and_is_told(client, owner, hire):
    team.remove(hire, by=owner)
    sign(client, hire.email)
    assert client.get("/accounts/team/").url == "/accounts/no-company/"
    assert "You are in no company at the moment." in client.get("/accounts/no-company/").content.decode()


def test_a_disabled_person_cannot_sign_in(client, owner):
    User.objects.update(is_active=False)
    assert sign(client, owner.email).url == "/accounts/inactive/"
    assert not is_in(client)


def test_the_products_hasher_is_argon2_and_takes_old_hashes_along(client, owner, settings):
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if "MD5" not in name] + [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert owner.user.password.startswith("md5$")
    assert sign(client, owner.email).url == "/"
    owner.user.refresh_from_db()
    assert owner.user.password.startswith("argon2$argon2id$")
    assert is_in(client)


def test_pages_of_signed_in_people_are_kept_by_nobody(client, owner):
    sign(client, owner.email)
    response = client.get("/accounts/team/")
    assert response["Cache-Control"] == "no-store, private"
    assert "Cookie" in response["Vary"]


def test_a_role_does_not_hang_on_the_user(owner, rival, sign_in):
    """Somebody who is an owner elsewhere is a new hire here."""
    from tests.factories import make_member

    here = make_member(owner.company, Role.HIRE, user=rival.user)
    assert sign_in(here).get("/accounts/team/").status_code == 403
    assert "Rita" in sign_in(rival).get("/accounts/team/").content.decode()


def test_who_asks_too_often_is_told_when_to_come_back(client, company):
    for n in range(20):
        client.post("/accounts/password/reset/", {"email": f"nobody{n}@lumi.example"})
    response = client.post("/accounts/password/reset/", {"email": "nobody@lumi.example"})
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "That was too often." in response.content.decode()
