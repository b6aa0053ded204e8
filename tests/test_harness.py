"""The strictness of the suite is itself tested: a harness that does not bite is worse than none."""

import json
import socket
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.template import engines

from tests.broker import lacking
from tests.run import only_in_the_browser
from tests.strict import UndefinedVariable


def render(text, **context):
    return engines["django"].from_string(text).render(context)


def test_an_undefined_variable_fails():
    with pytest.raises(UndefinedVariable):
        render("{{ nobody }}")


@pytest.mark.parametrize("text", ["{% if nobody %}a{% endif %}", "{% firstof nobody '' %}"])
def test_asking_whether_it_is_there_does_not(text):
    assert render(text) == ""


def test_mail_goes_through_the_products_outbox():
    assert settings.EMAIL_BACKEND == "mailroom.backend.OutboxBackend"
    assert type(mail.get_connection()).__module__ == "mailroom.backend"


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_is_a_file_with_the_products_own_settings():
    assert "mode=memory" not in str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning, match="look out"):
        warnings.warn("look out", stacklevel=1)


def test_nothing_is_left_out_while_it_runs():
    """What a machine cannot have is taken out by its marker before the run: a skip is a test nobody misses."""
    words = ("pytest.skip", "skip" + "if", "import" + "orskip", "x" + "fail")
    sources = {path: path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("*.py")}
    found = [path.name for path, code in sources.items() for word in words if word in code]
    assert found == [Path(__file__).name]  # the words above


def test_without_a_broker_the_worker_tests_say_so():
    assert lacking("") == ""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{free.getsockname()[1]}"
    assert lacking(address) == "No broker at REDIS_URL (ConnectionError): the worker tests are left out."


def test_a_test_with_a_marker_this_engine_lacks_is_not_here(request):
    without = "sqlite" if connection.vendor == "postgresql" else "postgres"
    names = {mark.name for item in request.session.items for mark in item.iter_markers()}
    assert without not in names


@pytest.mark.parametrize(
    ("failed", "again"),
    [
        (["tests/browser/test_path.py::test_x"], True),
        (["tests/browser/a.py::x", "tests/browser/b.py::y"], True),
        (["tests/browser/a.py::x", "tests/browser/b.py::y", "tests/browser/c.py::z"], False),
        (["tests/browser/a.py::x", "tests/hiring/b.py::y"], False),
        (["tests/hiring/tests/browser/b.py::y"], False),
        ([], False),
    ],
)
def test_only_one_or_two_browser_tests_get_a_second_try(tmp_path, failed, again):
    file = tmp_path / "lastfailed"
    file.write_text(json.dumps(dict.fromkeys(failed, True)), encoding="utf-8")
    assert only_in_the_browser(file) is again


def test_a_run_that_never_began_gets_none(tmp_path):
    assert only_in_the_browser(tmp_path / "lastfailed") is False
