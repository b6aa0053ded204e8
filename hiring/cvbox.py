"""A zip archive of CVs, made by somebody else or by us from single files: what is in it, and one file at a time.

What the archive says of itself is believed only as far as it can be counted while unpacking (vault.unzip).
"""

import contextlib
import hashlib
import shutil
import zipfile
from collections.abc import Iterator

from hiring import cvnames
from vault import files, naming, refusals, textcodes
from vault.unfit import Unfit
from vault.unzip import Archive, Limits

LARGEST_MB = 200
MOST = 10_000  # CVs in one archive
MOST_LOOSE = 500  # files of one request; each is open while it is received
LIMITS = Limits(entries=2 * MOST, unpacked=2_000_000_000)
PIECE = 65_536
ZIP = b"PK\x03\x04"


class Unreadable(Exception):
    """The archive as a whole. `code` names a sentence in import_words."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def is_archive(upload) -> bool:
    """An archive, and not a document that is written as one."""
    upload.seek(0)
    head = upload.read(4)
    if head != ZIP:
        return False
    with contextlib.suppress(Unfit):
        return not {"[Content_Types].xml", "mimetype"} & set(Archive(upload, LIMITS).entries)
    return True  # broken: said so in the words of an archive


def pack(uploads, path) -> None:
    """Single files as one archive, in their order; two of one name stay two."""
    seen = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as box:
        for n, upload in enumerate(uploads):
            name = naming.clean(upload.name or "")
            name = f"{n + 1}/{name}" if name in seen else name
            seen.add(name)
            upload.seek(0)
            with box.open(name, "w") as entry:
                shutil.copyfileobj(upload, entry, PIECE)


class Entry:
    """One file of an archive as vault.files takes uploads."""

    def __init__(self, box, path, inside):
        self.box, self.inside = box, inside
        self.name = naming.clean(path)

    def chunks(self) -> Iterator[bytes]:
        try:
            yield from self.box.stream(self.inside)
        except Unfit as unfit:
            raise refusals.Refused(unfit.code) from unfit


class Box:
    """`with Box(path) as box`: `box.files` are paths in their order. Raises Unreadable."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.file = self.path.open("rb")
        try:
            self.archive = Archive(self.file, LIMITS)
            self.inside = {_named(info): name for name, info in self.archive.entries.items()}
            self.files = sorted(path for path in self.inside if not cvnames.is_junk(path))
            self._check()
        except (Unfit, Unreadable) as why:
            self.file.close()
            raise Unreadable(f"zip_{why.code.removeprefix('zip_')}") from why
        return self

    def __exit__(self, *exc):
        self.file.close()

    def _check(self):
        if not self.files:
            raise Unreadable("zip_no_files")
        if len(self.files) > MOST:
            raise Unreadable("zip_many")

    def digest(self) -> str:
        """The same for the same files, in whatever order or folder they are packed. Nothing is unpacked for it."""
        infos = [(path, self.archive.entries[self.inside[path]]) for path in self.files]
        lines = sorted(f"{info.CRC:08x} {info.file_size} {cvnames.base(path)}" for path, info in infos)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def keep(self, path, *, company_id):
        """The file as a draft of 24 hours (files.set_aside). Raises files.Refused."""
        return files.set_aside(Entry(self.archive, path, self.inside[path]), company_id=company_id)


def _named(info) -> str:
    """The path with letters that people can read: many programs write an older encoding and do not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    with contextlib.suppress(UnicodeEncodeError):
        return textcodes.decode(info.orig_filename.encode("cp437")).replace("\\", "/")
    return info.filename
