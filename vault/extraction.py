"""The parent's side of reading text: starts the child, believes nothing it says beyond its length."""

import json
import signal
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from vault import work
from vault.extract import MARKS, MAX_ANSWER, MAX_CHARS, MAX_MARKS

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 20  # of processor time; twice as many by the clock
LEASE = timedelta(minutes=3)  # longer than any child lives
DELAYS = [60, 600]  # a busy machine may be faster later; a broken file is not tried again
MOST_TRIES = 4  # also when each try took the worker down with it
_KILLED = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}


class Unreadable(Exception):
    """`code` names a sentence in refusals.UNREADABLE."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Read(NamedTuple):
    """`lines`: which lines of the text are headings, which items of a list, counted from 0."""

    text: str
    lines: dict[str, list[int]]


def read_text(path: Path, kind: str, *, seconds: int = SECONDS) -> str:
    return read(path, kind, seconds=seconds).text


def read(path: Path, kind: str, *, seconds: int = SECONDS) -> Read:
    """At most 200,000 characters. Raises Unreadable: slow, unreadable, missing."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as answer:
        code = _run(path, kind, seconds, answer)
        if code:
            raise Unreadable("slow" if code in _KILLED else "unreadable")
        answer.seek(0)
        text, _, lines = answer.read(MAX_ANSWER).decode("utf-8", "ignore").partition("\0")
        return Read(text[:MAX_CHARS], _lines(lines))


def _lines(said: str) -> dict[str, list[int]]:
    """What the child says of lines, as far as it is what we asked for."""
    try:
        found = json.loads(said)
        return {kind: [int(number) for number in found[kind]][:MAX_MARKS] for kind in MARKS if kind in found}
    except (ValueError, TypeError, RecursionError):
        return {}


def _run(path: Path, kind: str, seconds: int, answer) -> int:
    try:
        with path.open("rb") as source:
            return child("vault.extract", kind, source=source, answer=answer, seconds=seconds)
    except FileNotFoundError as exc:
        raise Unreadable("missing") from exc


def child(module: str, kind: str, *, source, answer, seconds: int) -> int:
    """Runs `python -m module KIND SECONDS < source > answer`, both open files; its exit code, or minus its signal.

    The module limits itself before it looks: `vault.extract.limit`.
    """
    # -B: the limit on what it may write would cut compiled modules short, too.
    command = [sys.executable, "-B", "-E", "-s", "-m", module, kind, str(seconds)]
    try:
        # No environment: the child has no business with our keys.
        return subprocess.run(  # noqa: S603  # our own modules, our own words
            command,
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"LC_ALL": "C.UTF-8"},
            timeout=seconds * 3,
        ).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL


def run(stored) -> None:
    """Reads the text of a claimed file and finishes its row; may run twice."""
    if stored.tries > MOST_TRIES:
        work.failed(stored, "slow", delays=[])
        return
    try:
        found = read(stored.path, stored.kind)
    except Unreadable as exc:
        work.failed(stored, exc.code, delays=DELAYS if exc.code == "slow" else [])
    else:
        work.done(stored, text=found.text, lines=found.lines)
