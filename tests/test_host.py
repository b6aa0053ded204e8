"""No link names a host that a browser made up, and no address of ours sends anybody elsewhere."""

import re
from urllib.parse import urlsplit

import pytest

from accounts import team
from accounts.models import Role
from mailroom.models import Mail

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\t//evil.example",
    "//evil.example%2f@localhost",
    "https://localhost:8000@evil.example/",
]
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def stays(response) -> bool:
    """A redirect to a path of ours, as a browser would read it."""
    there = response.get("Location", "/").replace("\\", "/").strip()
    return there.startswith("/") and not there.startswith("//") and not urlsplit(there).netloc


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "testserver:80@evil.example", "x y"]
)
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(client):
    response = client.get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert b"evil.example" not in response.content


@pytest.mark.parametrize("there", ELSEWHERE)
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/logout/"])
def test_no_page_of_signing_in_sends_elsewhere(client, owner, path, there):
    client.force_login(owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stays(client.get(path, {"next": there}))
    assert stays(client.post(path, {"next": there}))


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_switch_of_language_sends_elsewhere(client, there):
    assert stays(client.post("/accounts/language/", {"language": "fi", "next": there}))
    assert stays(client.post("/accounts/language/", {"language": "fi"}, headers={"Referer": there.strip()}))


def test_asking_to_sign_in_keeps_only_the_path(client):
    response = client.get("/mail/?next=//evil.example", headers={"Host": "localhost"})
    assert stays(response)
    assert response["Location"].startswith("/accounts/login/?next=/mail/")


def test_every_link_in_a_mail_is_ours(client, owner, company, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.post("/accounts/password/reset/", {"email": owner.email}, headers={"Host": "other.example"})
    team.invite(company=company, email="new@lumi.example", name="New", role=Role.MANAGER, by=owner)
    for row in Mail.objects.all():
        found = ADDRESS.findall(bytes(row.body).decode())
        assert found, row.subject
        assert {urlsplit(url).netloc for url in found} == {"localhost:8000"}
    assert Mail.objects.count() == 2
