"""The strictness of the suite is itself tested: a harness that does not bite is worse than none."""

import warnings

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.template import engines

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
