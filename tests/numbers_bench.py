# ruff: noqa: S608 - the names are the product's own
"""What the page of numbers costs over a million lines of history, beside the bare SQL that it asks.

Figures, never a test. Run alone by `make bench BENCH="--numbers"`.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEOPLE, TURNS, ALLOWED = 100_000, 5, 5
TEXT = """| engine | lines of history | page | bare SQL | ratio |
|---|---|---|---|---|
{rows}

The page of numbers over one job with a million lines of history, in seconds; its statements are sent again through a
bare cursor in turn with it, {turns} times, and the medians are compared ({allowed} allowed).
"""
# From, to, outcome before, outcome after, days after the application: a way with everything in it.
WAY = (
    ("", "cv", "", "active", 0),
    ("cv", "phone", "active", "active", 2),
    ("phone", "interview", "active", "active", 5),
    ("interview", "phone", "active", "active", 6),
    ("phone", "interview", "active", "active", 9),
    ("interview", "references", "active", "active", 12),
    ("references", "interview", "active", "active", 13),
    ("interview", "interview", "active", "not_selected", 14),
    ("interview", "interview", "not_selected", "active", 15),
    ("interview", "interview", "active", "not_selected", 20),
)
DAYS_AFTER = {
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', {at}, '+{days} days')",
    "postgresql": "{at} + interval '{days} days'",
}


def fill(job) -> int:
    """Rows past the pipeline, by the database itself; how many lines of history."""
    from django.db import connection

    from hiring.models import Application, StageMove
    from tests.hiring.factories import make_application

    first = make_application(job)
    first.moves.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_copies(Application._meta), [PEOPLE, first.pk])
        for line in WAY:
            cursor.execute(_line(line, connection.vendor), [job.pk])
        cursor.execute("ANALYZE")  # which PostgreSQL would do by itself within a minute
    return StageMove.objects.count()


def _copies(meta) -> str:
    """The same row again and again, under other numbers."""
    names = [field.column for field in meta.concrete_fields if not field.primary_key]
    values = [
        "n.i + 1" if name == "number" else "NULL" if name == "submission_key" else f"a.{name}"
        for name in names
    ]
    return (
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
        f"INSERT INTO {meta.db_table} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM {meta.db_table} a, n WHERE a.id = %s"
    )  # fmt: skip


def _line(line, vendor) -> str:
    start, to, before, after, days = line
    at = DAYS_AFTER[vendor].format(at="submitted_at", days=days)
    return (
        "INSERT INTO hiring_stagemove (company_id, application_id, job_id_then, from_stage, to_stage, from_outcome, "
        "to_outcome, skipped, by_link, at, how, reason, answers, text, told, rubric_version) "
        f"SELECT company_id, id, job_id, '{start}', '{to}', '{before}', '{after}', '[]', FALSE, {at}, 'page', '', "
        "'{}', '', '', 1 FROM hiring_application WHERE job_id = %s"
    )


def compared(job) -> dict:
    """{"page", "bare", "ratio"}: medians in seconds, page and statements in turn."""
    from django.db import connection

    from config.bench.measure import recorded
    from hiring import numbers

    with recorded() as asked:
        numbers.gather([job])
    page, bare = [], []
    for _ in range(TURNS):
        bare.append(_timed(lambda: _replayed(connection, asked)))
        page.append(_timed(lambda: numbers.gather([job])))
    page, bare = statistics.median(page), statistics.median(bare)
    return {"page": round(page, 2), "bare": round(bare, 2), "ratio": round(page / bare, 2)}


def _replayed(connection, asked):
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            cursor.fetchall()


def _timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _child():
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.factories import make_company, make_member
    from tests.hiring.factories import make_job

    job = make_job(make_member(make_company()).company)
    lines = fill(job)
    print(json.dumps({"lines": lines} | compared(job)))


def measured(name, environ) -> dict:
    """One engine, in a process and a database of their own."""
    folder = tempfile.mkdtemp(prefix="firsthire-numbers-")
    environ = os.environ | {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"} | environ
    command = [sys.executable, "-m", "tests.numbers_bench"]
    done = subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True)
    shutil.rmtree(folder, ignore_errors=True)
    return {"engine": name} | json.loads(done.stdout.splitlines()[-1])


def text(found) -> str:
    rows = [
        f"| {row['engine']} | {row['lines']:,} | {row['page']} | {row['bare']} | {row['ratio']} |"
        for row in found
    ]
    return TEXT.format(rows="\n".join(rows), turns=TURNS, allowed=ALLOWED)


if __name__ == "__main__":
    _child()
