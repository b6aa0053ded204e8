"""Redis gone: people sign in and read on, guessers are still slowed down, and the log says what happens."""

import logging

import pytest
from django.core.cache import cache
from django.urls import reverse

from config.cache import SteadyRedisCache
from tests.config.test_settings import settings_with
from tests.factories import PASSWORD
from tests.readiness.factories import make_assessment
from tests.worker.conftest import fake_redis

LOGIN = "/accounts/login/"
NOWHERE = "redis://127.0.0.1:1"


@pytest.fixture
def redis_at(settings, monkeypatch):
    """redis_at(url) -> the cache is the product's own, with a server there."""

    def use(url):
        options = {"socket_connect_timeout": 1, "socket_timeout": 1}
        backend = {"BACKEND": "config.cache.SteadyRedisCache", "LOCATION": url, "OPTIONS": options}
        monkeypatch.setattr(SteadyRedisCache, "rest_until", 0.0)
        settings.CACHES = {"default": backend}
        cache.clear()

    return use


def sign(client, owner, password=PASSWORD):
    return client.post(LOGIN, {"login": owner.email, "password": password})


@pytest.mark.django_db
def test_without_redis_people_sign_in_and_read(client, owner, redis_at):
    redis_at(NOWHERE)
    row = make_assessment(owner.company, by=owner.user)
    assert sign(client, owner).url == "/"
    assert "about 15 hours a week" in client.get(reverse("readiness:show", args=[row.pk])).content.decode()


@pytest.mark.django_db
def test_without_redis_guessing_is_slowed_down_all_the_same(client, owner, redis_at):
    redis_at(NOWHERE)
    for _ in range(5):
        assert sign(client, owner, "wrong").status_code == 200
    refused = sign(client, owner)
    assert refused.context["form"].non_field_errors() == [
        "That was a lot of tries. Please wait five minutes."
    ]
    assert client.get("/accounts/me/").status_code == 302


@pytest.mark.django_db
def test_without_redis_an_address_that_asks_too_often_is_refused(client, redis_at):
    redis_at(NOWHERE)
    for n in range(20):
        client.post("/accounts/password/reset/", {"email": f"nobody{n}@lumi.example"})
    assert client.post("/accounts/password/reset/", {"email": "a@lumi.example"}).status_code == 429


def test_the_log_says_so_once_in_a_while(redis_at, caplog):
    caplog.set_level(logging.WARNING)
    redis_at(NOWHERE)
    for _ in range(5):
        assert cache.get("a") is None
    said = [record.getMessage() for record in caplog.records]
    assert said == ["Redis is gone (ConnectionError): this process counts by itself"]


def test_a_silent_server_is_not_asked_again_at_once(redis_at, monkeypatch):
    redis_at(NOWHERE)
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCacheClient.get", lambda *args: 1 / 0)
    assert cache.get("a", "nothing") == "nothing"
    monkeypatch.setattr(SteadyRedisCache, "rest_until", 0.0)
    with pytest.raises(ZeroDivisionError):
        cache.get("a")


def test_each_verb_answers_without_a_server(redis_at):
    redis_at(NOWHERE)
    assert (cache.add("a", 1, 60), cache.add("a", 2, 60), cache.get("a")) == (True, False, 1)
    assert (cache.incr("a"), cache.has_key("a"), cache.touch("a", 60)) == (2, True, True)
    cache.set_many({"b": 3, "c": 4}, 60)
    assert cache.get_many(["b", "c", "d"]) == {"b": 3, "c": 4}
    cache.delete_many(["b"])
    assert (cache.delete("c"), cache.get("b"), cache.get("c")) == (True, None, None)
    assert cache.get_or_set("e", lambda: 5, 60) == 5
    cache.clear()
    assert cache.get("a") is None


def test_with_a_server_it_is_the_server_that_counts(redis_at, monkeypatch):
    with fake_redis() as url:
        redis_at(url)
        cache.set("a", [1, 2], 60)
        assert cache.get("a") == [1, 2]
        monkeypatch.setattr(SteadyRedisCache, "rest_until", float("inf"))
        assert cache.get("a") is None
        monkeypatch.setattr(SteadyRedisCache, "rest_until", 0.0)
        assert cache.get("a") == [1, 2]
        cache.close()


def test_an_address_of_redis_brings_this_cache_with_its_patience(tmp_path):
    found = settings_with(tmp_path, "CACHES", "CELERY_BROKER_URL", REDIS_URL=NOWHERE)
    assert found["CACHES"]["default"] == {
        "BACKEND": "config.cache.SteadyRedisCache",
        "LOCATION": NOWHERE,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    assert found["CELERY_BROKER_URL"] == NOWHERE
