"""What bringing in a large file costs: a million tickets beside Python's csv module, and the memory of 200 MB;
ten thousand people with five hundred CVs.

Figures, never a test. Run alone by `make bench BENCH="--imports"`.
"""

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = 1_000_000
MEGABYTES = 200
TURNS = 3
START = datetime(2024, 1, 1)
LATEST = datetime(2030, 1, 1)
HEADER = ["Ticket ID", "Subject", "Status", "Created time", "Resolved time", "Agent"]
TEXT = """A file of {rows:,} tickets ({size} MB) takes {ratio} times as long to import as Python's csv module needs to
read its rows (10 allowed): how it is written is found out, every row is read, checked and counted, and weeks are
summed up.
Both are timed in turn, {turns} times, in one process; the medians are compared.

A file of {megabytes} MB holds {peak} MB in memory at most while it is imported (resident, the whole process with
Python and the product in it; 200 allowed), a mailbox of {megabytes} MB {mailbox} MB.

{people:,} candidates with {cvs} CVs come into a job in {people_seconds} s of processor time, {people_ratio} times
what Python's csv module needs for the same table, and hold {people_peak} MB at most (the whole process, on SQLite;
300 allowed): read, checked, matched, and written by hundreds, each hundred with its progress.
"""
PEOPLE, CVS = 10_000, 500


def write_tickets(path, *, rows=None, size=None):
    """So many rows, or so many bytes."""
    draw = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        number = 0
        while number < rows if rows else file.tell() < size:
            number += 1
            created = START + timedelta(seconds=63 * number + draw.randrange(60))
            ended = created + timedelta(seconds=draw.randrange(60, 400_000)) if number % 9 else ""
            writer.writerow([number, "Where is my order?", "Closed", created, ended, "Ann"])


def write_mailbox(path, *, size):
    body = b"It has been a week now, and nothing came yet. Can you have a look?\n" * 60
    with path.open("wb") as file:
        number = 0
        while file.tell() < size:
            number += 1
            when = START + timedelta(minutes=20 * number)
            head = (
                f"From c{number % 9000}@x.example\nFrom: Customer <c{number % 9000}@x.example>\n"
                f"To: help@shop.example\nSubject: Order {number} is late\n"
                f"Message-ID: <{number}@x.example>\nDate: {when:%a, %d %b %Y %H:%M:%S} +0000\n\n"
            )
            file.write(head.encode() + body + b"\n")


def ratio(path, turns=TURNS) -> float:
    plain, whole = [], []
    for _ in range(turns):
        plain.append(_timed(lambda: _only_read(path)))
        whole.append(_timed(lambda: bring_in(path)))
    return round(sorted(whole)[turns // 2] / sorted(plain)[turns // 2], 1)


def _timed(work) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _only_read(path):
    with path.open(newline="", encoding="utf-8") as file:
        for _row in csv.reader(file):
            pass


def bring_in(path):
    """As readiness.imports does it, from the file to the weeks."""
    from readiness import filekinds, ticketlog

    kind, table = filekinds.recognise(path)
    mapping = (
        {"own": ["help@shop.example"]} if kind == "mailbox" else ticketlog.guess(table) | {"order": "ymd"}
    )
    zone = zoneinfo.ZoneInfo("Europe/Helsinki")
    return filekinds.read(kind, path, table=table, mapping=mapping, zone=zone, latest=LATEST)


def write_people(folder):
    """A table and an archive of CVs."""
    with (folder / "people.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Email", "Phone", "Applied on", "Stage", "Rating", "Notes", "CV"])
        for n in range(PEOPLE):
            said = "Answered chats and mails of a shop for years. " * 8
            cv = f"cv-{n}.txt" if n < CVS else ""
            row = [
                f"Person {n} Berg",
                f"p{n}@mail.example",
                "+358 40 123 4567",
                "2026-10-05",
                "Applied",
                n % 5,
            ]
            writer.writerow([*row, said, cv])
    with zipfile.ZipFile(folder / "cvs.zip", "w") as box:
        for n in range(CVS):
            box.writestr(f"cvs/cv-{n}.txt", f"Person {n}. " + "Five years of support in a shop. " * 3_000)


def bring_people(folder) -> dict:
    """From the uploaded files to the people, as hiring.importing does it, in a database of its own."""
    from django.conf import settings
    from django.core.files.base import File
    from django.core.management import call_command

    settings.DATABASES["default"]["NAME"] = str(folder / "bench.sqlite3")
    settings.PRIVATE_FILES = folder / "files"
    call_command("migrate", verbosity=0)
    from hiring import import_result, importing
    from tests.factories import make_company, make_member
    from tests.hiring.factories import make_job

    owner = make_member(make_company())
    job = make_job(owner.company)
    began = time.process_time()
    with (folder / "people.csv").open("rb") as table, (folder / "cvs.zip").open("rb") as cvs:
        row = importing.receive(job, by=owner, table=File(table, "people.csv"), cvs=[File(cvs, "cvs.zip")])
    importing.map_columns(row, columns=row.mapping["columns"], order="ymd")
    importing.choose_words(row, {"stage": {"Applied": "cv"}})
    importing.start(row, by=owner)
    importing.run(row.pk)
    seconds = time.process_time() - began
    row.refresh_from_db()
    counts = import_result.counts(row)
    plain = sorted(_timed(lambda: _only_read(folder / "people.csv")) for _ in range(TURNS))[TURNS // 2]
    done = {"people": counts["entered"], "cvs": counts["with_cv"]}
    return done | {"people_seconds": round(seconds, 1), "people_ratio": round(seconds / plain)}


def _child(task, path):
    import django

    django.setup()
    found = bring_people(Path(path)) if task == "people" else _counted(task, path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found | {"peak": round(peak)}))


def _counted(task, path) -> dict:
    if task == "ratio":
        return {"ratio": ratio(Path(path))}
    return {"entries": bring_in(Path(path)).entries}


def _in_a_process(task, path) -> dict:
    """Of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.import_bench", task, str(path)]
    environ = {"DJANGO_SETTINGS_MODULE": "config.settings_test", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measured() -> dict:
    """Figures for TEXT."""
    with tempfile.TemporaryDirectory(prefix="firsthire-import-bench-") as folder:
        path = Path(folder) / "file"
        write_tickets(path, rows=ROWS)
        found = {
            "rows": ROWS,
            "size": round(path.stat().st_size / 1e6),
            "turns": TURNS,
            "megabytes": MEGABYTES,
        }
        found["ratio"] = _in_a_process("ratio", path)["ratio"]
        write_tickets(path, size=MEGABYTES * 1_000_000)
        found["peak"] = _in_a_process("peak", path)["peak"]
        write_mailbox(path, size=MEGABYTES * 1_000_000)
        found["mailbox"] = _in_a_process("peak", path)["peak"]
        write_people(Path(folder))
        came = _in_a_process("people", folder)
        found |= came | {"peak": found["peak"], "people_peak": came["peak"]}
    return found


if __name__ == "__main__":
    _child(*sys.argv[1:])
