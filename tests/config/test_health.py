import socket
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from redis import Redis

from config import health
from mailroom.models import Mail
from tests.mailroom.factories import make_mail

pytestmark = pytest.mark.django_db


def answer(client, path):
    response = client.get(path)
    return response.status_code, response.content.decode()


def test_alive_says_so_and_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert answer(client, "/healthz") == (200, "ok")


def test_ready_when_every_part_answers(client):
    assert answer(client, "/readyz") == (200, "ok")


def test_mail_that_nobody_takes_is_noticed(client, company):
    mail = make_mail(company)
    assert answer(client, "/readyz") == (200, "ok")
    Mail.objects.filter(pk=mail.pk).update(due_at=timezone.now() - timedelta(minutes=16))
    assert answer(client, "/readyz") == (503, "mail")


def test_a_database_that_is_behind_is_noticed(client, monkeypatch):
    monkeypatch.setattr(health, "_unapplied", lambda: ["hiring.0002"])
    assert answer(client, "/readyz") == (503, "migrations")


def test_a_database_that_is_away_is_noticed(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(health, "_unapplied", away)
    assert answer(client, "/readyz") == (503, "database")


def test_a_disk_that_cannot_be_written_is_noticed(client, settings, tmp_path):
    settings.VAR = tmp_path / "gone"
    assert answer(client, "/readyz") == (503, "disk")


def test_redis_is_asked_where_there_is_one(client, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(Redis, "ping", lambda self: True)
    assert answer(client, "/readyz") == (200, "ok")


def test_a_redis_that_is_away_is_noticed(client, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
    assert answer(client, "/readyz") == (503, "redis")


def test_the_answer_names_no_address(client, settings):
    settings.REDIS_URL = "redis://user:secret@127.0.0.1:1/0"
    assert "secret" not in answer(client, "/readyz")[1]
