"""`make bench`: the bench command on SQLite and on PostgreSQL, into docs/benchmarks.md. Figures, never a test."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.throwaway_postgres import postgres

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ("page", "queries", "identity", "median", "p95", "bytes", "ratio")
HEAD = """# What pages cost

Made by `make bench` on an empty database; the sample shop with 80 % of all applications in one job.
*queries*: SELECT, INSERT, UPDATE and DELETE of a warm signed-in request beyond identity; *identity*: session, user,
membership with company. *ratio*: median beside a view behind the same middleware that replays the page's own SQL and
returns as many bytes. Milliseconds on this machine say little; ratios, and rows beside each other, say more.
"""


NOTES = """## Where the time goes

The candidate's page at the interview stage draws a scorecard of ten skills with six choices each:
over sixty form widgets, each a template of Django's own. Of its time three quarters are templates
and forms, hardly any is SQL, so it is far above its floor and would be helped by drawing the
choices in one template. The public form's floor has no sign-in and is some three milliseconds; the
form itself lays out a mail in two parts and encrypts it. On SQLite the floor of a page is so small
that its forms and translations show.
"""


def run(name, *args, **environ) -> list[dict]:
    """The rows that `manage.py bench` prints for one engine."""
    environ = os.environ | {"VAR_DIR": tempfile.mkdtemp(prefix="firsthire-bench-")} | environ
    manage = [sys.executable, "manage.py"]
    for command in ("migrate", "collectstatic --noinput"):
        subprocess.run([*manage, *command.split(), "-v", "0"], cwd=ROOT, env=environ, check=True)
    print(f"== {name}", flush=True)
    done = subprocess.run(
        [*manage, "bench", *args], cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [row | {"engine": name} for row in rows]


def table(rows) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    lines += [
        "| "
        + " | ".join(f"{row[column]:,}" if column == "bytes" else str(row[column]) for column in COLUMNS)
        + " |"
        for row in rows
    ]
    return "\n".join(lines)


def report(rows) -> str:
    parts = [HEAD]
    for engine in dict.fromkeys(row["engine"] for row in rows):
        for count in dict.fromkeys(row["applications"] for row in rows):
            mine = [row for row in rows if (row["engine"], row["applications"]) == (engine, count)]
            parts.append(f"## {engine}, {count:,} applications\n\n{table(mine)}\n")
    parts += [f"## Against the budgets\n\n{verdicts(rows)}\n", NOTES]
    return "\n".join(parts)


def verdicts(rows) -> str:
    """One line for each budget that a row breaks, and the growth from 1,000 to 10,000."""
    over = [
        f"* {row['engine']}, {row['applications']:,}: {row['page']} has {what}"
        for row in rows
        for what in _broken(row)
    ]
    return "\n".join(over + list(_growth(rows))) or "Every budget is held."


def _broken(row):
    if row["budget"] is not None and row["queries"] > row["budget"]:
        yield f"{row['queries']} queries, {row['budget']} allowed"
    if row["ratio"] > row["at_most"]:
        yield f"{row['ratio']} times its floor, {row['at_most']} allowed"


def _growth(rows):
    by = {(row["engine"], row["page"], row["applications"]): row["median"] for row in rows}
    for (engine, page, count), median in by.items():
        small = by.get((engine, page, 1_000))
        if count == 10_000 and small and median > 1.3 * small:
            yield f"* {engine}: {page} costs {median / small:.2f} times as much at 10,000 as at 1,000, 1.3 allowed"


def main():
    args = sys.argv[1:]
    rows = run("SQLite", *args)
    with postgres(os.environ.pop("TEST_DATABASE_URL", "")) as url:
        keys = {"SECRET_KEY": "bench" * 12, "FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}
        keys |= {
            "SMTP_URL": "smtp://127.0.0.1:9",
            "SITE_URL": "http://localhost:8000",
            "DEMO_PASSWORD": "bench bench",
        }
        rows += run("PostgreSQL", *args, DATABASE_URL=url, **keys)
    text = report(rows)
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
    print(text)
    print(f"Largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
