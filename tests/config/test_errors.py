"""When something goes wrong: a page in the reader's language, a sentence for htmx, a number only for our failures."""

import errno
import json
import logging
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from config import errors
from config.logs import OneLine
from mailroom.models import Mail
from tests.conftest import StrictClient
from tests.mailroom.factories import make_mail
from tests.run import PRODUCTION

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NUMBER = re.compile(rb">([0-9a-f]{8})</strong>")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def failing(owner, sign_in, monkeypatch):
    """failing(error) -> a client for whom /mail/1/ raises it."""

    def prepare(error):
        def fail(*_args, **_named):
            raise error

        monkeypatch.setattr("mailroom.views.fetch", fail)
        client = sign_in(owner)
        client.raise_request_exception = False
        return client

    return prepare


# -- every page, every language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500, 503])
@pytest.mark.parametrize("why", ["away", "full"])
def test_each_page_renders_in_each_language(code, language, why):
    with translation.override(language):
        page = render_to_string(f"{code}.html", {"reference": "beef0123", "why": why})
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert (f">{code}</p>" in page, "beef0123" in page) == (True, code >= 500)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "status"), [("/nothing/", 404), ("/mail/1/", 500)])
def test_a_page_speaks_the_persons_language_before_the_browsers(failing, owner, path, status, language):
    owner.user.language = language
    owner.user.save()
    answer = failing(ZeroDivisionError()).get(path, headers={"Accept-Language": "pl"})
    assert answer.status_code == status
    assert f'<html lang="{language}"'.encode() in answer.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_reads_their_browsers_language(client, db, language):
    answer = client.get("/nothing/", headers={"Accept-Language": language})
    assert f'<html lang="{language}"'.encode() in answer.content


@pytest.mark.django_db
def test_a_failure_before_any_language_was_chosen_asks_the_browser():
    request = RequestFactory().get("/", headers={"Accept-Language": "fi"})
    assert b'<html lang="fi"' in errors.server_error(request).content


# -- too much, too often, too late


@pytest.mark.django_db
def test_a_request_that_is_too_big_has_its_own_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client.post("/accounts/language/", {"language": "x" * 200})
    assert (answer.status_code, b"That is too big." in answer.content) == (413, True)


def test_too_many_fields_are_too_big_as_well_and_other_nonsense_is_not():
    request = RequestFactory().get("/")
    found = [errors.bad_request(request, error).status_code for error in (TooManyFieldsSent(), ValueError())]
    assert found == [413, 400]


def test_too_often_says_when_to_come_back():
    answer = errors.too_many_requests(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")


def late(data, **headers):
    client = StrictClient(enforce_csrf_checks=True)
    return client.post("/accounts/login/", data, headers=headers)


WRITTEN = "A long note about Ann & <b>what</b> she said on the phone"


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_keeps_what_was_written():
    answer = late({"note": WRITTEN, "pk": "12", "password": "my long secret pass phrase", "x": " "})
    page = answer.content.decode()
    assert (answer.status_code, page.count("<textarea")) == (403, 1)
    assert "A long note about Ann &amp; &lt;b&gt;what&lt;/b&gt; she said" in page
    assert "secret pass" not in page


@pytest.mark.django_db
def test_a_form_of_a_foreign_page_is_not_shown_again():
    answer = late({"note": WRITTEN}, Origin="https://evil.example")
    assert (answer.status_code, answer.content.count(b"<textarea")) == (403, 0)


# -- for htmx


@pytest.mark.django_db
def test_htmx_gets_a_sentence_for_its_toast(owner, sign_in):
    answer = sign_in(owner).get("/nothing/", headers=HTMX)
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.content.decode() == "There is nothing here any more."


def test_htmx_gets_the_number_of_a_failure(failing):
    answer = failing(ZeroDivisionError()).get("/mail/1/", headers=HTMX)
    assert re.fullmatch(r"That was our mistake\. Number [0-9a-f]{8}\.", answer.content.decode())


# -- our own failures


def test_the_number_on_the_page_is_the_number_in_the_log(failing, caplog):
    answer = failing(ZeroDivisionError("secret-detail")).get("/mail/1/")
    number = NUMBER.search(answer.content).group(1).decode()
    record = next(record for record in caplog.records if record.name == "django.request")
    assert OneLine("%(message)s").formatMessage(record) == f"{record.message} [{number}]"
    assert (answer.status_code, b"secret-detail" in answer.content) == (500, False)


def test_a_line_without_a_number_stays_as_it_is():
    record = logging.LogRecord("shop", logging.WARNING, "x.py", 1, "Hello", (), None)
    assert OneLine("%(message)s").format(record) == "Hello"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "no"), 503, b"There is no room left."),
        (OSError(errno.EACCES, "no"), 500, b"That was our mistake."),
        (OperationalError("server closed the connection"), 503, b"Back in a moment."),
        (OperationalError("could not extend file: No space left on device"), 503, b"There is no room left."),
    ],
)
def test_what_passes_by_itself_is_not_called_a_mistake(failing, error, status, said):
    answer = failing(error).get("/mail/1/")
    assert (answer.status_code, said in answer.content) == (status, True)
    assert answer.get("Retry-After") == ("30" if status == 503 else None)
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_missing_column_is_our_mistake_also_on_sqlite():
    with pytest.raises(OperationalError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM mailroom_mail")
    assert errors.unavailable(caught.value) == ""


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_said_and_passes(owner):
    """SQLite's own limit of pages stands for the disk."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OperationalError) as caught:
            make_mail(owner.company, text="x" * 900_000)
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert errors.unavailable(caught.value) == "full"
    assert Mail.objects.count() == 0
    assert make_mail(owner.company, text="x" * 900_000).pk


# -- the database is away: another process, with the settings of a server and a port that refuses

PROGRAM = """
import json, sys
import config.celery, django
django.setup()
from django.conf import settings
from django.test import Client, override_settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
found = []
with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
    for path, language, session, htmx in json.loads(sys.argv[1]):
        client = Client(raise_request_exception=False)
        if session:
            client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        headers = {"Host": "hire.example.org", "Accept-Language": language} | ({"HX-Request": "true"} if htmx else {})
        answer = client.get(path, secure=True, headers=headers)
        found.append([answer.status_code, dict(answer.headers), answer.content.decode()])
print(json.dumps(found))
"""
ASKED = [
    ("/", "ar", True, False),
    ("/careers/lumi/", "fi", False, False),
    ("/hiring/", "en", True, True),
    ("/healthz", "en", False, False),
]


@pytest.fixture(scope="module")
def away(tmp_path_factory):
    """What a server says whose PostgreSQL refuses the connection, and what stands in its log."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: refused at once
        port = nobody.getsockname()[1]
        environ = PRODUCTION | {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path_factory.mktemp("away")),
            "DATABASE_URL": f"postgres://nobody@127.0.0.1:{port}/none",
        }
        command = [sys.executable, "-W", "ignore", "-c", PROGRAM, json.dumps(ASKED)]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


@pytest.mark.parametrize(("n", "language"), [(0, "ar"), (1, "fi")])
def test_without_the_database_a_page_says_so_in_the_browsers_language(away, n, language):
    status, headers, page = away[0][n]
    assert (status, headers["Retry-After"], f'lang="{language}"' in page) == (503, "30", True)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], "camera=()" in headers["Permissions-Policy"]) == (
        "nosniff",
        True,
    )
    assert "psycopg" not in page


def test_without_the_database_the_number_stands_in_the_log(away):
    answers, log = away
    number = NUMBER.search(answers[1][2].encode()).group(1).decode()
    lines = [line for line in log.splitlines() if line.endswith(f"[{number}]")]
    assert [line.partition(" django.request ")[2] for line in lines] == [
        f"Service Unavailable: /careers/lumi/ [{number}]"
    ]


def test_without_the_database_htmx_gets_a_sentence_and_the_process_is_alive(away):
    assert away[0][2][0] == 503
    assert re.fullmatch(r"The database does not answer at the moment\. Number [0-9a-f]{8}\.", away[0][2][2])
    assert away[0][3][::2] == [200, "ok"]
