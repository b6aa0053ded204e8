"""Who was erased, beside the database: a restored backup brings people back, and this list takes them away again.

A line holds the kind of subject and a keyed hash of its number: it tells nobody anything who lacks the key. The
file (settings.ERASED_LIST) must not go into the same backup as the database.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

# Callables (known) -> how many whole shops of a restored backup were erased again; accounts adds its own.
shops: list[Callable[[set], int]] = []


def fingerprint(kind: str, pk: int | str) -> str:
    """64 hex digits; the same for the same person as long as SECRET_KEY is."""
    return salted_hmac("vault.erased", f"{kind}:{pk}", algorithm="sha256").hexdigest()


def remember(erasure) -> None:
    """Appends the line of one person."""
    note(erasure.subject_kind, erasure.subject_hash, on=erasure.done_at)


def note(kind: str, mark: str, *, on: date) -> None:
    """Appends one line; whole, because a short append is not split by the file system."""
    path = Path(settings.ERASED_LIST)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{on:%Y-%m-%d} {kind} {mark}\n"
    with open(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read(path=None) -> set[tuple[str, str]]:
    """(kind, hash) of every line; lines nobody can read are left out."""
    path = Path(path or settings.ERASED_LIST)
    if not path.exists():
        return set()
    lines = (line.split() for line in path.read_text(encoding="ascii", errors="replace").splitlines())
    return {(parts[1], parts[2]) for parts in lines if len(parts) == 3}
