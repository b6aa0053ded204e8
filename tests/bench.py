"""`make bench`: the bench command on SQLite and on PostgreSQL, into docs/benchmarks.md. Figures, never a test."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests import import_bench, numbers_bench, web_memory, web_speed
from tests.throwaway_postgres import postgres

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"
MANAGE = [sys.executable, "manage.py"]
COLUMNS = ("page", "queries", "identity", "median", "p95", "bytes", "ratio")
HEAD = """# What pages cost

Made by `make bench` on an empty database; the sample shop with 80 % of all applications in one job.
*queries*: SELECT, INSERT, UPDATE and DELETE of a warm signed-in request beyond identity; *identity*: session, user,
membership with company. *ratio*: median beside the floor, a view behind the same middleware that replays the page's own
SQL through a cursor and returns as many bytes. Page and floor are asked for in turn, and so are the three sizes, each
in a process of its own, with the garbage collected before the clock starts. Milliseconds on this machine say little;
ratios, and rows beside each other, say more. "advance to hired" is the advance that opens the first weeks as well.
"""

MEGABYTES = 150
MEMORY = """A web process of `manage.py up` with the sample shop holds {start} MB when it has started and {end} MB
(resident, of 150 allowed) after {pages} pages asked for over HTTP: every page that the owner and the new hire reach
by links, in turn, and an application coming in with every fiftieth.
"""

NOTES = """## Where the time goes

Hardly anywhere into SQL: a replayed query costs a tenth of what Django needs to build it, compile it and make objects
of its rows, so on SQLite, where nothing travels, a page stands farther above its floor than on PostgreSQL.

* **Candidate**: a third of the time builds eleven queries, two fifths draw the page. A scorecard has ten skills with
  six choices each; since fields (`templates/bootstrap5/field.html`), widgets (`config/widgets.py`) and radio buttons
  (`hiring/templatetags/choices.py`) are not drawn piece by piece any more, it costs two thirds of what it did.
* **Public apply**: nobody signs in, so its floor is about half of a page's. The form writes an application with its
  answers, a link, the trail and the news for those who lead the job, lays out a mail in two parts and encrypts it.
  Handing that mail's number to the embedded queue waited for the disk three times, 36 ms on a busy one; now it does
  not wait and takes 2 (`config/queue_file.py`).
* **Advance to hired**: more than half of it opens the first weeks: a plan of 45 dated steps, a place in the team with
  its invitation, the welcome mail and their links. It happens once for each opening.
* **Board**: six columns are six queries whatever their length; a card's form is drawn once for its column. Its counts
  end at 1,001 and come from the index alone: 3 ms at 100,000 applications, where looking at each row took 17.

Beside 1,000 applications, 100,000 make the board 1.02 and 1.14 times as dear (SQLite, PostgreSQL), the list 0.96 and
1.05 times; searching the text of 100,000 CVs takes 2.7 and 2.2 times the bare queries. A candidate's page and the next
CV take twice as long there: one of their queries counts what lies before somebody, and wants an index.

`demo --candidates 100000` took three minutes and 223 MB on a busy machine; at 100,000 applications the board, list and
candidate pages ask the same 7, 2 and 11 queries as at 100, on both engines (BENCH="--applications 100000").
"""


class Shop:
    """`manage.py bench` on a database of its own, taking one turn whenever it is asked to."""

    def __init__(self, applications, **environ):
        self.folder = tempfile.mkdtemp(prefix="firsthire-bench-")
        environ = os.environ | {"VAR_DIR": self.folder} | environ
        for command in ("migrate", "collectstatic --noinput"):
            subprocess.run([*MANAGE, *command.split(), "-v", "0"], cwd=ROOT, env=environ, check=True)
        self.process = subprocess.Popen(
            [*MANAGE, "bench", "--applications", str(applications), "--on-demand"],
            cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        self._expect("ready")

    def turn(self) -> None:
        self.process.stdin.write("\n")
        self._expect("turn")

    def rows(self) -> list[dict]:
        rest, _ = self.process.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)
        return [json.loads(line) for line in rest.splitlines()]

    def _expect(self, word):
        if self.process.stdout.readline().strip() != word:
            raise SystemExit(f"The bench stopped before it said {word!r}.")


def run(name, counts, turns, environ_of) -> list[dict]:
    """Rows of one engine. All sizes take turns, so that a busy moment of the machine falls on each alike."""
    shops = []
    for count in counts:
        print(f"\n== {name}, {count:,} applications", flush=True)
        shops.append(Shop(count, **environ_of(count)))
    for done in range(turns):
        for shop in shops:
            shop.turn()
        print(f"\r{done + 1} of {turns} turns", end="", flush=True)
    return [row | {"engine": name} for shop in shops for row in shop.rows()]


def table(rows) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    lines += [
        "| "
        + " | ".join(f"{row[column]:,}" if column == "bytes" else str(row[column]) for column in COLUMNS)
        + " |"
        for row in rows
    ]
    return "\n".join(lines)


def report(rows, memory, speed) -> str:
    parts = [HEAD]
    for engine in dict.fromkeys(row["engine"] for row in rows):
        for count in dict.fromkeys(row["applications"] for row in rows):
            mine = [row for row in rows if (row["engine"], row["applications"]) == (engine, count)]
            parts.append(f"## {engine}, {count:,} applications\n\n{table(mine)}\n")
    parts += [
        f"## Memory\n\n{MEMORY.format(**memory)}",
        f"## Job pages a second\n\n{web_speed.TEXT.format(**speed)}",
    ]
    parts += [f"## Against the budgets\n\n{verdicts(rows, memory)}\n", NOTES]
    return "\n".join(parts)


def verdicts(rows, memory) -> str:
    """One line for each budget that a row breaks, for the growth from 1,000 to the largest, and for the memory."""
    over = [
        f"* {row['engine']}, {row['applications']:,}: {row['page']} has {what}"
        for row in rows
        for what in _broken(row)
    ]
    fat = [f"* the web process holds {memory['end']} MB, {MEGABYTES} allowed"] * (memory["end"] > MEGABYTES)
    return "\n".join(over + list(_growth(rows)) + fat) or "Every budget is held."


def _broken(row):
    if row["budget"] is not None and row["queries"] > row["budget"]:
        yield f"{row['queries']} queries, {row['budget']} allowed"
    if row["ratio"] > row["at_most"]:
        yield f"{row['ratio']} times its floor, {row['at_most']} allowed"


def _growth(rows):
    by = {(row["engine"], row["page"], row["applications"]): row["median"] for row in rows}
    for (engine, page, count), median in by.items():
        small = by.get((engine, page, 1_000))
        if count > 1_000 and small and median > 1.3 * small:
            yield f"* {engine}: {page} costs {median / small:.2f} times as much at {count:,} as at 1,000, 1.3 allowed"


def on_postgres(url):
    """For each size a database of its own on that server: variables of the environment."""
    keys = {
        "SECRET_KEY": "bench" * 12,
        "FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "SMTP_URL": "smtp://127.0.0.1:9",
        "SITE_URL": "http://localhost:8000",
        "DEMO_PASSWORD": "bench bench",
    }

    def environ(count):
        name = f"bench_{count}_{os.getpid()}"
        connection = psycopg2.connect(url)
        connection.autocommit = True  # a database is not made inside a transaction
        connection.cursor().execute(f"CREATE DATABASE {name}")
        connection.close()
        return keys | {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}

    return environ


IMPORTS = "## Bringing a file in"
NUMBERS = "## A million lines of history"


def with_imports(text) -> str:
    return with_section(text, IMPORTS, import_bench.TEXT.format(**import_bench.measured()))


def with_numbers(text, url) -> str:
    engines = (("SQLite", {}), ("PostgreSQL", on_postgres(url)(numbers_bench.PEOPLE)))
    return with_section(
        text, NUMBERS, numbers_bench.text([numbers_bench.measured(*engine) for engine in engines])
    )


def with_section(text, heading, body) -> str:
    """The report with this section renewed: it can be measured alone."""
    before, mark, after = text.partition(f"{heading}\n")
    rest = after[after.index("\n## ") + 1 :] if mark and "\n## " in after else ""
    section = f"{heading}\n\n{body}\n"
    if not mark:
        before, split, rest = text.partition("## Against the budgets")
        rest = split + rest
    return before + section + rest


def main():
    parser = argparse.ArgumentParser(prog="make bench BENCH='...'")
    parser.add_argument("--applications", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--turns", type=int, default=40, help="how often each page is timed")
    parser.add_argument("--dry", action="store_true", help="print only, leave docs/benchmarks.md alone")
    parser.add_argument("--imports", action="store_true", help="only what bringing in a large file costs")
    parser.add_argument("--numbers", action="store_true", help="only what a million lines of history cost")
    given = parser.parse_args()
    if given.imports:
        return _write(with_imports(REPORT.read_text(encoding="utf-8")), given.dry)
    if given.numbers:
        with postgres(os.environ.pop("TEST_DATABASE_URL", "")) as url:
            return _write(with_numbers(REPORT.read_text(encoding="utf-8"), url), given.dry)
    counts = sorted(given.applications)
    rows = run("SQLite", counts, given.turns, lambda count: {})
    with postgres(os.environ.pop("TEST_DATABASE_URL", "")) as url:
        rows += run("PostgreSQL", counts, given.turns, on_postgres(url))
        text = with_numbers(report(rows, web_memory.measured(), web_speed.measured()), url)
    return _write(with_imports(text), given.dry)


def _write(text, dry):
    print(text)
    if not dry:
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
