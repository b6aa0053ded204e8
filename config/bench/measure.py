"""Counting and timing requests made in this process through the whole middleware."""

import gc
import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.urls import include, path

from accounts.guards import public
from accounts.models import Membership

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
# Who is asking: session, user, membership with company. Printed beside the page's own queries.
IDENTITY = ("accounts_session", "accounts_user", "accounts_membership")


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


class Meter:
    """Times one case, turn by turn: its floor once, then its page once, so that both see the same machine.

    Raises RuntimeError when an answer is an error: a fast one is no figure.
    """

    def __init__(self, case):
        self.case = case
        self.page, self.base = [], []
        self.own, self.identity, self.size = [], [], 0
        self._member = Membership.objects.values_list("pk", flat=True).first()

    def turn(self, *, timed: bool = True) -> None:
        """One floor and one page; the first turn of a process is for warming up (`timed` off)."""
        ask = self.case.prepare()
        page, base = ask.sender(self.case.client), ask.sender(self.case.client, "/bench/floor/")
        if not timed and not self.case.writes:
            page()  # the first visit of a day also notes that somebody was here
        if self.case.writes or not timed:
            self._record(page)
        self._lay_floor()
        # The floor first: what a write replays must still be possible.
        times = _timed(base), _timed(page)
        if timed:
            self.base.append(times[0])
            self.page.append(times[1])

    def _lay_floor(self) -> None:
        _Floor.sql, _Floor.size, _Floor.writes = self.own, self.size, self.case.writes
        _Floor.member = self._member

    def _record(self, page) -> None:
        """A write is recorded in a transaction that is taken back, so that its SQL can be replayed without a clash."""
        with transaction.atomic(), recorded() as log:
            response = page()
            if self.case.writes:
                transaction.set_rollback(True)
        if response.status_code not in {200, 302}:
            raise RuntimeError(f"{self.case.name}: {response.status_code}: {response.content[:500]!r}")
        self.identity, self.own = split(log)
        self.size = len(response.content)

    def figures(self) -> Figures:
        page = sorted(self.page)
        return Figures(
            queries=len(self.own),
            identity=len(self.identity),
            median=statistics.median(page),
            p95=page[min(len(page) - 1, round(len(page) * 0.95))],
            size=self.size,
            floor=statistics.median(self.base),
        )


def _timed(call: Callable) -> float:
    """Milliseconds of one call. What the calls before have left lying about is not swept up at this one's cost."""
    gc.collect()
    gc.disable()
    try:
        started = time.perf_counter()
        response = call()
        taken = (time.perf_counter() - started) * 1000
    finally:
        gc.enable()
    if response.status_code not in {200, 302}:
        raise RuntimeError(f"{response.status_code}: {response.content[:500]!r}")
    return taken


@contextmanager
def steady(meters: list[Meter]):
    """Everything warm (templates, prepared statements, sessions) and put where the garbage collector does not look."""
    for meter in meters:
        meter.turn(timed=False)
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
