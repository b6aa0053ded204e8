"""A copy of everything in one archive, and everything back from it into an empty place.

The archive is a zip: `manifest.json` names every other member with its size and sha256. With SQLite the database
is in it, copied while the product runs; a PostgreSQL server has a tool of its own for that. Who was erased
(settings.ERASED_LIST) is not in it: that list has to outlive the copy.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils import timezone

from vault import keys

MANIFEST, DATABASE = "manifest.json", "database.sqlite3"
FORMAT = 1
KEYS = ("SECRET_KEY", "FIELD_KEYS")
LATE = timedelta(hours=36)  # every night, and a morning to notice
PIECE = 1_000_000
DATED = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; the manifest says when


class Unusable(Exception):
    """The archive, or the place to put it, will not do; `str()` is a sentence for people."""


def make(target: Path, *, with_keys: bool = True) -> Path:
    """Writes the archive, readable by its owner only, and notes the time. `target` is a folder or a new file.

    Raises Unusable when the file exists already: a copy is never overwritten.
    """
    target = _named(target)
    draft = target.with_name(f".{target.name}.part")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                _fill(archive, target.parent, with_keys)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)  # fails when somebody else made it meanwhile
    except FileExistsError:
        raise Unusable(f"{target} exists already.") from None
    finally:
        draft.unlink(missing_ok=True)
    _stamp().write_text(timezone.now().isoformat(), encoding="ascii")
    return target


def last() -> datetime | None:
    """When the newest copy was finished; None when there is none that we know of."""
    try:
        return datetime.fromisoformat(_stamp().read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def check(source: Path) -> dict:
    """The manifest, after every member was read and found to be what it says. Raises Unusable."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            wrong = [name for name, said in manifest["members"].items() if _measured(archive, name) != said]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, EOFError) as error:
        raise Unusable(f"{source} is no whole copy: {error}") from error
    if wrong:
        raise Unusable(f"{source} is damaged: {wrong[0]} is not what was put in.")
    if manifest["format"] != FORMAT or not all(map(_is_ours, manifest["members"])):
        raise Unusable(f"{source} was made by another version.")
    return manifest


def put_back(source: Path) -> dict:
    """Checks everything first, then fills the empty VAR_DIR. Gives the manifest. Raises Unusable."""
    manifest = check(source)
    _is_empty()
    with zipfile.ZipFile(source) as archive:
        # The database last: while it is not there the place still counts as empty, and one can begin again.
        for name in sorted(manifest["members"], key=lambda name: (name == DATABASE, name)):
            _write(archive, name, _place(name))
    return manifest


def _named(target: Path) -> Path:
    if target.is_dir():
        target = target / f"firsthire-{timezone.now():%Y%m%d-%H%M%S}.zip"
    if not target.parent.is_dir():
        raise Unusable(f"There is no folder {target.parent}.")
    if target.exists():
        raise Unusable(f"{target} exists already.")
    return target


def _fill(archive, beside: Path, with_keys: bool) -> None:
    members = {}
    if settings.EMBEDDED:
        with _copied_database(beside) as copy:
            members[DATABASE] = _add(archive, DATABASE, copy)
    for path in _files():
        # A file that is deleted meanwhile belongs to somebody who is gone.
        with contextlib.suppress(FileNotFoundError):
            name = f"files/{path.relative_to(settings.PRIVATE_FILES).as_posix()}"
            members[name] = _add(archive, name, path)
    for name in KEYS if with_keys else ():
        text = settings.SECRET_KEY if name == "SECRET_KEY" else ",".join(settings.FIELD_KEYS)
        members[f"keys/{name.lower()}"] = _add_text(archive, f"keys/{name.lower()}", text)
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "keys": [keys.fingerprint(key) for key in settings.FIELD_KEYS],
        "members": members,
    }
    _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))


@contextlib.contextmanager
def _copied_database(beside: Path) -> Iterator[Path]:
    """SQLite's own online copy: a state between two transactions, whoever writes meanwhile. Raises Unusable."""
    copy = beside / f".firsthire-{os.getpid()}.sqlite3"
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        source, target = (sqlite3.connect(path) for path in (settings.DATABASE_FILE, copy))
        with contextlib.closing(source), contextlib.closing(target):
            source.backup(target, pages=1_000)
            target.execute("PRAGMA journal_mode=DELETE")
            if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Unusable("The database itself is damaged. Nothing was written.")
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _files() -> Iterator[Path]:
    """Kept files. What is still being received, or asked for as a copy of somebody's data, is in rows as well."""
    folder = Path(settings.PRIVATE_FILES)
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "incoming" not in path.parts)


def _add(archive, name: str, path: Path) -> dict:
    digest, size = hashlib.sha256(), 0
    with (
        path.open("rb") as source,
        archive.open(zipfile.ZipInfo(name, DATED), "w", force_zip64=True) as member,
    ):
        while piece := source.read(PIECE):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _add_text(archive, name: str, text: str) -> dict:
    data = text.encode()
    archive.writestr(zipfile.ZipInfo(name, DATED), data)
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _measured(archive, name: str) -> dict:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _is_ours(name: str) -> bool:
    """Only what we write ourselves: no path leads out of VAR_DIR."""
    path = PurePosixPath(name)
    known = name == DATABASE or path.parts[0] in {"files", "keys"}
    return known and not path.is_absolute() and ".." not in path.parts


def _place(name: str) -> Path:
    first, *rest = PurePosixPath(name).parts
    if name == DATABASE:
        return Path(settings.DATABASE_FILE)
    return Path(settings.PRIVATE_FILES if first == "files" else settings.VAR / "keys").joinpath(*rest)


def _is_empty() -> None:
    database = Path(settings.DATABASE_FILE) if settings.EMBEDDED else None
    if (database and database.exists()) or any(_files()):
        raise Unusable(f"{settings.VAR} holds data already. Choose an empty folder with VAR_DIR.")


def _write(archive, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.part")
    with (
        archive.open(name) as member,
        open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file,
    ):
        shutil.copyfileobj(member, file, PIECE)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _stamp() -> Path:
    return Path(settings.VAR) / "last-backup"
