"""Two questions a supervisor asks: is the process alive, and could it serve? Answers name no version and no secret."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from accounts.guards import public
from mailroom.models import Mail
from vault import work

OLDEST_MAIL = timedelta(minutes=15)


@public
@require_safe
def alive(request):
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def ready(request):
    """200 when every part answers, else 503 with the names of the parts that do not."""
    broken = [name for name, works in _parts() if not works]
    text = "\n".join(broken) or "ok"
    return HttpResponse(text, content_type="text/plain", status=503 if broken else 200)


def _parts() -> Iterator[tuple[str, bool]]:
    try:
        yield "migrations", not _unapplied()
        yield "mail", not work.due(Mail, now=timezone.now() - OLDEST_MAIL).exists()
    except DatabaseError:
        yield "database", False
    if settings.REDIS_URL:
        yield "redis", _redis_answers()
    yield "disk", os.access(settings.VAR, os.W_OK)


def _redis_answers() -> bool:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as redis:
            return redis.ping()
    except RedisError:
        return False


def _unapplied() -> list:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
