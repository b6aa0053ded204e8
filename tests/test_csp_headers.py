"""What every answer tells the browser, whoever asks, and also when it is a refusal or a failure."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.conftest import StrictClient
from tests.run import PRODUCTION
from tests.test_routes import ROWS, address
from tests.world import make_world

DATA = rb"application/(?:ld\+)?json"  # a script that is only data never runs
INLINE = re.compile(
    rb"""<[^>]+\s(?:style|on[a-z]+)\s*=\s*["']|<style\b|javascript:|<script(?![^>]*\bsrc=)(?![^>]*%b)"""
    % DATA,
    re.IGNORECASE,
)
POLICY = {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"}
GETS = [row for row in ROWS if row["method"] == "GET"]


# A letter as mail programs lay it out: styles of its own, and nothing else at all.
LAID_OUT = POLICY | {"default-src 'none'", "style-src 'unsafe-inline'"}


def check(response):
    """Headers of any answer. A file's own policy is stricter still; token pages give no referrer at all."""
    policy = {part.strip() for part in response["Content-Security-Policy"].split(";")}
    assert policy >= POLICY or policy == {"sandbox", "default-src 'none'"}
    laid_out = policy == LAID_OUT
    assert laid_out or not any("unsafe" in part or "*" in part for part in policy)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in response
    if "html" in response.get("Content-Type", "") and not response.streaming and not laid_out:
        assert INLINE.findall(response.content) == []


def is_public_file(row, response) -> bool:
    """Colours and pictures that strangers get too; a page is never kept, whoever reads it."""
    return row["anonymous"].strip() == "200" and "html" not in response["Content-Type"]


def is_the_same_for_strangers(response, place) -> bool:
    """An advert: what somebody signed in is shown is to the byte what everybody is shown, so it may be kept."""
    return "public" in response["Cache-Control"] and StrictClient().get(place).content == response.content


@pytest.mark.parametrize("role", ["anonymous", "owner", "manager", "interviewer", "hire"])
@pytest.mark.django_db
def test_every_page_for_everybody(role, sign_in):
    world = make_world()
    client = StrictClient() if role == "anonymous" else sign_in(world[role])
    for row in GETS:
        with transaction.atomic():
            place = address(row, world)
            response = client.get(place)
            try:
                check(response)
                if role != "anonymous" and response.status_code == 200 and not is_public_file(row, response):
                    kept = response["Cache-Control"]
                    assert "no-store" in kept or is_the_same_for_strangers(response, place)
            except AssertionError as error:
                pytest.fail(f"{row['name']}: {error}")
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"<p style='color:red'>", 1),
        (b'<a href="x" onclick="y()">', 1),
        (b"<script>x</script>", 1),
        (b"<style>p{}</style>", 1),
        (b'<a href="javascript:x">', 1),
        (b'<script src="/x.js" defer></script>', 0),
        (b'<script type="application/ld+json">{}</script>', 0),
        (b"<p>put it on = on</p><a href='/style=1'>", 0),
    ],
)
def test_the_search_finds_what_is_inline(text, found):
    assert len(INLINE.findall(text)) == found


@pytest.mark.parametrize("path", ["/nothing/", "/hiring/nothing/", "/my/status/nothing/", "/media/x.pdf"])
def test_what_is_not_there(client, db, path):
    response = client.get(path)
    check(response)
    assert response.status_code == 404


def test_a_method_that_is_not_taken(sign_in, owner):
    response = sign_in(owner).put("/mail/")
    check(response)
    assert response.status_code == 405


def test_a_foreign_host(client):
    response = client.get("/", headers={"Host": "evil.example"})
    check(response)
    assert response.status_code == 400


def test_a_form_without_its_token(db):
    response = StrictClient(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    check(response)
    assert response.status_code == 403


def test_a_form_from_a_foreign_page(owner, sign_in):
    client = StrictClient(enforce_csrf_checks=True)
    client.cookies = sign_in(owner).cookies
    response = client.post(
        "/accounts/language/", {"language": "fi"}, headers={"Origin": "https://evil.example"}
    )
    check(response)
    assert response.status_code == 403
    owner.user.refresh_from_db()
    assert owner.user.language == ""


def test_our_own_failure(owner, sign_in, monkeypatch):
    client = sign_in(owner)
    client.raise_request_exception = False
    monkeypatch.setattr("mailroom.views.fetch", lambda *_, **__: 1 / 0)
    response = client.get("/mail/1/")
    check(response)
    assert response.status_code == 500
    assert b"ZeroDivision" not in response.content


def test_nothing_is_exempt_from_the_token():
    exempt = []
    for row in GETS:
        view = resolve_name(row["name"])
        if view is not None and getattr(view, "csrf_exempt", False):
            exempt.append(row["name"])
    assert exempt == []


def resolve_name(name):
    from django.urls import NoReverseMatch, reverse

    row = next(row for row in GETS if row["name"] == name)
    names = [pair.split("=")[0] for pair in row["args"].split(";") if pair]
    for value in (1, "x"):
        try:
            return resolve(reverse(name, kwargs=dict.fromkeys(names, value))).func
        except (NoReverseMatch, Resolver404):
            continue
    return None


def test_trace_shows_no_cookie(client, db):
    response = client.trace("/", headers={"Cookie": "secret=SENTINEL"})
    assert b"SENTINEL" not in response.content


def test_signing_out_clears_what_the_browser_kept(owner, sign_in):
    client = sign_in(owner)
    kept = client.cookies["session"].value
    response = client.post("/accounts/logout/")
    assert response["Clear-Site-Data"] == '"cache"'
    again = StrictClient()
    again.cookies["session"] = kept
    assert again.get("/mail/").status_code == 302


def test_signing_out_is_a_post(owner, sign_in):
    client = sign_in(owner)
    client.get("/accounts/logout/")
    assert b"No mail yet" in client.get("/mail/").content


# -- with the settings of a server: another process, because settings are read once

PROGRAM = """
import json, sys
import config.celery, django
django.setup()
from django.conf import settings
from django.test import Client, override_settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
found = []
with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
    for secure, host in ((False, "hire.example.org"), (True, "hire.example.org"), (False, "evil.example")):
        answer = Client().get("/accounts/login/" if secure else "/healthz", secure=secure, headers={"Host": host})
        cookies = {name: dict(morsel) for name, morsel in answer.cookies.items()}
        found.append([answer.status_code, dict(answer.headers), cookies])
names = [name for name in dir(settings) if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE"))]
print(json.dumps({"answers": found, "settings": {name: getattr(settings, name) for name in names}}))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Answers of a process with the settings of a server: over http, over https, and for a foreign host."""
    var = str(tmp_path_factory.mktemp("server"))
    environ = {"PATH": os.environ["PATH"], "VAR_DIR": var} | PRODUCTION
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_server_speaks_https_alone(server):
    status, headers, _ = server["answers"][0]
    assert (status, headers["Location"]) == (301, "https://hire.example.org/healthz")


def test_a_server_is_remembered_for_a_year(server):
    status, headers, _ = server["answers"][1]
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert {part.strip() for part in headers["Content-Security-Policy"].split(";")} >= POLICY


def test_a_servers_cookies_are_its_own(server):
    cookie = server["answers"][1][2]["__Host-csrf"]
    kept = {name: cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")}
    assert kept == {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}
    found = server["settings"]
    assert (found["SESSION_COOKIE_NAME"], found["SESSION_COOKIE_DOMAIN"]) == ("__Host-session", None)
    assert [found[f"SESSION_COOKIE_{name}"] for name in ("SECURE", "HTTPONLY", "SAMESITE")] == [
        True,
        True,
        "Lax",
    ]


def test_a_server_refuses_a_foreign_host_with_its_headers(server):
    status, headers, _ = server["answers"][2]
    assert status == 400
    assert {part.strip() for part in headers["Content-Security-Policy"].split(";")} >= POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
