"""Private files: taken in, kept for a moment, handed out, deleted.

Nothing here may run inside a transaction of the caller that holds locks: it writes to the disk. A row never
exists without its file; a file without its row (a crash between the two) is found by `manage.py check_files`.
"""

import contextlib
import errno
import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from vault import naming, sniff, tasks
from vault.models import StoredFile
from vault.refusals import Refused
from vault.sniff import DOCUMENTS, EXTENSIONS
from vault.unfit import Unfit

MAX_MB = 10
DRAFT_LIFE = timedelta(hours=24)
NEVER = timedelta(days=36_500)  # the text of a draft is not read before somebody takes the draft up


def check(upload, *, accept=DOCUMENTS, max_mb=MAX_MB) -> tuple[str, list[str]]:
    """(kind, cautions) of what was uploaded. Raises Refused with a sentence for the person who chose it."""
    if upload.size > max_mb * 1_000_000:
        raise Refused("large", max_mb=max_mb)
    return _inspect(upload, accept)


def _inspect(file, accept) -> tuple[str, list[str]]:
    try:
        return sniff.inspect(file, accept)
    except Unfit as exc:
        kinds = ", ".join(sorted(kind.upper() for kind in accept))
        raise Refused(exc.code, **({"kinds": kinds} if exc.code == "type" else {})) from exc


def store(upload, *, company_id, actor_id=None, accept=DOCUMENTS, max_mb=MAX_MB) -> StoredFile:
    """Keeps what was uploaded for good, or takes up a draft (what a FileField gives back is either).

    `upload` is any Django file with a name, `max_mb` millions of bytes. Raises Refused.
    """
    if isinstance(upload, StoredFile):
        return _take(upload, company_id=company_id, actor_id=actor_id)
    return _add(upload, accept=accept, max_mb=max_mb, company_id=company_id, actor_id=actor_id)


def keep_made(write, *, name, kind, company_id, actor_id=None) -> StoredFile:
    """Keeps a file of our own making: `write(path)` fills it. Nobody looks inside, and its text is not read."""
    incoming = _folder("incoming") / secrets.token_hex(16)
    try:
        os.close(os.open(incoming, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        write(incoming)
        with incoming.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        stored = StoredFile(
            stored_name=incoming.name, size=incoming.stat().st_size, sha256=digest, kind=kind, state="done",
            original_name=name, company_id=company_id, actor_id=actor_id,
        )  # fmt: skip
        _move(incoming, stored)
    finally:
        incoming.unlink(missing_ok=True)
    return stored


def keep_draft(upload, *, purpose, company_id, accept=DOCUMENTS, max_mb=MAX_MB) -> str:
    """Keeps an upload for 24 hours and gives the token that takes it up again, for this purpose only."""
    draft = set_aside(upload, company_id=company_id, accept=accept, max_mb=max_mb)
    return signing.dumps({"id": draft.pk, "name": draft.original_name}, salt=salt(purpose))


def set_aside(upload, *, company_id, accept=DOCUMENTS, max_mb=MAX_MB) -> StoredFile:
    """A draft that goes by itself after 24 hours unless `take_all` takes it up. Raises Refused."""
    until = timezone.now() + DRAFT_LIFE
    due = timezone.now() + NEVER
    return _add(upload, accept=accept, max_mb=max_mb, company_id=company_id, draft_until=until, due_at=due)


def take_all(drafts: list[StoredFile], *, actor_id) -> None:
    """Files for good, in one query and within the caller's transaction; the sweeper has their texts read."""
    values = {"draft_until": None, "due_at": timezone.now(), "actor_id": actor_id}
    StoredFile.objects.filter(pk__in=[draft.pk for draft in drafts]).update(**values)


def find_draft(token: str, *, purpose: str) -> StoredFile:
    """The draft of this token. Raises Refused when it is altered, of another purpose, too old or taken."""
    try:
        pk = signing.loads(token, salt=salt(purpose), max_age=DRAFT_LIFE)["id"]
        return StoredFile.objects.get(pk=pk, draft_until__gt=timezone.now())
    except (signing.BadSignature, StoredFile.DoesNotExist) as exc:
        raise Refused("gone") from exc


def take_draft(token: str, *, purpose, company_id, actor_id=None) -> StoredFile:
    """A draft becomes a file like any other, once. Raises Refused."""
    return _take(find_draft(token, purpose=purpose), company_id=company_id, actor_id=actor_id)


def delete(stored: StoredFile) -> None:
    """The row now, the bytes when the caller's transaction has ended well."""
    path = stored.path
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)


def salt(purpose: str) -> str:
    return f"vault.draft:{purpose}"


def _take(draft: StoredFile, *, company_id, actor_id) -> StoredFile:
    if draft.company_id != company_id:
        raise Refused("company")
    values = {"draft_until": None, "due_at": timezone.now(), "actor_id": actor_id}
    if not StoredFile.objects.filter(pk=draft.pk, draft_until__gt=timezone.now()).update(**values):
        raise Refused("gone")
    draft.refresh_from_db()
    _read_soon(draft)
    return draft


def _add(upload, *, accept, max_mb, **fields) -> StoredFile:
    """Write beside, look inside, move into place, then the row: at no moment does a row lack its file."""
    incoming = _folder("incoming") / secrets.token_hex(16)
    try:
        size, digest = _write(upload, incoming, max_mb)
        kind, cautions = _look_inside(upload, incoming, accept)
        stored = StoredFile(
            stored_name=incoming.name, size=size, sha256=digest, kind=kind, cautions=cautions, **fields
        )
        stored.original_name = naming.clean(upload.name or "", EXTENSIONS[kind])
        stored.state = StoredFile._meta.get_field("state").default if kind in DOCUMENTS else "done"
        _move(incoming, stored)
    finally:
        incoming.unlink(missing_ok=True)
    if stored.draft_until is None:
        _read_soon(stored)
    return stored


def _look_inside(upload, path: Path, accept) -> tuple[str, list[str]]:
    """What the form field found out already, else a look at what now lies on the disk."""
    known = getattr(upload, "vault_found", None)
    if known and known[0] in accept:
        return known
    with path.open("rb") as file:
        return _inspect(file, accept)


def _write(upload, path: Path, max_mb) -> tuple[int, str]:
    """Copies in pieces, counting: a size somebody claims is not believed."""
    digest, size = hashlib.sha256(), 0
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > max_mb * 1_000_000:
                    raise Refused("large", max_mb=max_mb)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as exc:
        if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Refused("no_room") from exc
        raise
    return size, digest.hexdigest()


def _move(incoming: Path, stored: StoredFile) -> None:
    _folder(stored.stored_name[:2])
    os.replace(incoming, stored.path)
    _sync(stored.path.parent)
    try:
        stored.save()
    except BaseException:
        stored.path.unlink(missing_ok=True)
        raise


def _folder(name: str) -> Path:
    root = Path(settings.PRIVATE_FILES)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    (root / name).mkdir(mode=0o700, exist_ok=True)
    return root / name


def _sync(folder: Path) -> None:
    """The new name survives a power cut too; not every file system can."""
    handle = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):
        os.fsync(handle)
    os.close(handle)


def _read_soon(stored: StoredFile) -> None:
    if stored.kind in DOCUMENTS:
        transaction.on_commit(lambda: tasks.extract.delay(stored.pk), robust=True)
