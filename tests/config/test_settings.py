"""Settings are read once, at import: each case is a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys
from config import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def settings_with(tmp_path, *names, **environ):
    base = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", PROGRAM, *names]
    done = subprocess.run(command, cwd=ROOT, env=base | environ, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


def test_without_any_variable_it_is_one_shop_on_one_computer(tmp_path):
    found = settings_with(
        tmp_path, "EMBEDDED", "KEEP_MAIL", "DEBUG", "SITE_URL", "DEMO_ALLOWED", "SIGNUP_OPEN"
    )
    assert found == {
        "EMBEDDED": True,
        "KEEP_MAIL": True,
        "DEBUG": False,
        "SITE_URL": "http://localhost:8000",
        "DEMO_ALLOWED": True,
        "SIGNUP_OPEN": False,
    }


def test_the_port_is_in_every_link(tmp_path):
    assert settings_with(tmp_path, "SITE_URL", PORT="8765") == {"SITE_URL": "http://localhost:8765"}


def test_servers_use_secure_cookies_and_their_own_host(tmp_path):
    names = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "ALLOWED_HOSTS",
        "KEEP_MAIL",
        "DEMO_ALLOWED",
        "EMBEDDED",
    ]
    assert settings_with(tmp_path, *names, **PRODUCTION) == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "ALLOWED_HOSTS": ["hire.example.org"],
        "KEEP_MAIL": False,
        "DEMO_ALLOWED": False,
        "EMBEDDED": False,
    }


@pytest.mark.parametrize("missing", ["SECRET_KEY", "FIELD_KEYS", "SMTP_URL"])
def test_servers_refuse_to_start_without(tmp_path, missing):
    environ = {name: value for name, value in PRODUCTION.items() if name != missing}
    assert f"{missing} is not set" in settings_with(tmp_path, "DEBUG", **environ)


def test_mail_is_never_kept_on_a_public_address(tmp_path):
    assert "SMTP_URL is not set" in settings_with(tmp_path, "DEBUG", SITE_URL="https://hire.example.org")


def test_smtp_address(tmp_path):
    names = [
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_HOST_USER",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_USE_TLS",
        "KEEP_MAIL",
    ]
    found = settings_with(tmp_path, *names, SMTP_URL="smtp+tls://me%40x:p%3Aw@mail.example:2525")
    assert list(found.values()) == ["mail.example", 2525, "me@x", "p:w", True, False]


def test_postgres_address(tmp_path):
    found = settings_with(
        tmp_path, "DATABASES", **PRODUCTION | {"DATABASE_URL": "postgres://u:p%40@db:5433/shop"}
    )
    database = found["DATABASES"]["default"]
    assert [database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "shop",
        "u",
        "p@",
        "db",
        "5433",
    ]
