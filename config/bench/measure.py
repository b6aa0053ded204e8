"""Counting and timing requests made in this process through the whole middleware."""

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from accounts.guards import public
from accounts.models import Membership

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
# Who is asking: session, user, membership with company. Printed beside the page's own queries.
IDENTITY = ("django_session", "accounts_user", "accounts_membership")


@dataclass(frozen=True)
class Figures:
    """One page on one database. Times in milliseconds."""

    queries: int
    identity: int
    median: float
    p95: float
    size: int  # bytes
    floor: float  # median of the floor

    @property
    def ratio(self) -> float:
        return self.median / self.floor


@contextmanager
def recorded():
    """Collects (sql, params) of every counted statement inside the block."""
    log = []

    def keep(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(COUNTED):
            log.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield log


def split(log) -> tuple[list, list]:
    """(identity, the page's own): identity is the first SELECT of each of the three tables, in any order."""
    identity, own, open_tables = [], [], list(IDENTITY)
    for sql, params in log:
        table = next((t for t in open_tables if f'FROM "{t}"' in sql and sql.startswith("SELECT")), None)
        if table:
            open_tables.remove(table)
            identity.append((sql, params))
        else:
            own.append((sql, params))
    return identity, own


class _Floor:
    """The floor view's script: the SQL to replay, and how many bytes to answer."""

    sql: list = []
    size = 0
    writes = False
    member = 0  # a row to write to


@public
def floor(request):
    if _Floor.writes:
        with transaction.atomic():
            _replay()
            transaction.set_rollback(True)
        # The page commits once; so does its floor.
        Membership.objects.filter(pk=_Floor.member).update(role=F("role"))
    else:
        _replay()
    return HttpResponse(b"x" * _Floor.size)


def _replay():
    with connection.cursor() as cursor:
        for sql, params in _Floor.sql:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


urlpatterns = [path("bench/floor/", floor), path("", include("config.urls"))]


def _times(call: Callable, count: int) -> list[float]:
    taken = []
    for _ in range(count):
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def measure(client: Client, ask: Callable, *, repeat: int, writes: bool, expect=(200, 302)) -> Figures:
    """`ask(client)` makes one request and returns its response; for writes each call must find something to change.

    Raises RuntimeError when an answer has a status outside `expect`: a fast error is no figure.
    """
    ask(client)  # warm: templates, prepared statements, session
    own, identity, size = _record(client, ask, writes, expect)
    _Floor.sql, _Floor.size, _Floor.writes = own, size, writes
    _Floor.member = Membership.objects.values_list("pk", flat=True).first()
    client.get("/bench/floor/")
    page, base = _both(client, ask, repeat, writes)
    page.sort()
    return Figures(
        queries=len(own),
        identity=len(identity),
        median=statistics.median(page),
        p95=page[min(len(page) - 1, round(len(page) * 0.95))],
        size=size,
        floor=statistics.median(base),
    )


def _both(client, ask, repeat, writes) -> tuple[list, list]:
    """Times of the page and of its floor, turn by turn, so that both see the same machine.

    A write's floor goes first as a whole: what it replays must still be possible, and each page call changes that.
    """

    def floors(count):
        return _times(lambda: client.get("/bench/floor/"), count)

    if writes:
        base = floors(repeat)
        return _times(lambda: ask(client), repeat), base
    page, base = [], []
    for _ in range(repeat):
        page += _times(lambda: ask(client), 1)
        base += floors(1)
    return page, base


def _record(client, ask, writes, expect):
    """A write is recorded in a transaction that is taken back, so that its SQL can be replayed without a clash."""
    with transaction.atomic(), recorded() as log:
        response = ask(client)
        if writes:
            transaction.set_rollback(True)
    if response.status_code not in expect:
        raise RuntimeError(f"{response.status_code}: {response.content[:500]!r}")
    identity, own = split(log)
    return own, identity, len(response.content)
