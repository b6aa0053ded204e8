"""What vault keeps of people (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from vault import keep
from vault.models import (
    Erasure,
    Export,
    FileRemoval,
    Hold,
    KeyFingerprint,
    Link,
    Seal,
    StoredFile,
    TrailEntry,
)

SUBJECTS = ("candidate", "member")
OWN = {kind: keep.Own() for kind in SUBJECTS}


def named(word: str, number: str) -> dict:
    return {kind: keep.Named(word, number) for kind in SUBJECTS}


def register() -> None:
    keep.seen_by("vault", _("Owners; a file also whoever sees what it belongs to"))
    keep.called("export", Export)
    _links_and_files()
    _trail()
    _wishes()


def _links_and_files():
    keep.register(
        Link,
        purpose=_("Let people without an account open the one page a mail invites them to"),
        retention=_("until it expires or is revoked, then 90 days"),
        export=False,
        erase="delete",
        of=named("subject_kind", "subject_id"),
        shop=None,
        plain=["subject_kind"],
    )
    keep.register(
        StoredFile,
        purpose=_("Keep what people handed in: CVs, signed contracts"),
        retention=_("as long as what it belongs to; a draft 24 hours, a copy of data 7 days"),
        export=True,
        erase="delete",
        of={kind: _copies_of(kind) for kind in SUBJECTS},
        shown=lambda rows: rows.exclude(kind="zip").filter(draft_until=None),
        hidden=[
            "stored_name",
            "sha256",
            "actor_id",
            "lines",
            "state",
            "due_at",
            "lease_until",
            "tries",
            "last_error",
        ],
        personal=["original_name", "text"],
        plain=["stored_name"],
    )
    keep.register(
        FileRemoval,
        purpose=_("Take a file off the disk whose row is gone"),
        retention=_("until the file is gone"),
        export=False,
        erase="keep",
        of={},
        plain=["stored_name"],
    )


def _copies_of(kind):
    def files(pk):
        copies = Export.objects.filter(subject_kind=kind, subject_id=pk)
        return StoredFile.objects.filter(pk__in=copies.values("file"))

    return files


def _trail():
    keep.register(
        TrailEntry,
        purpose=_("Show who did what to which data, never what the data said"),
        retention=_("6 years"),
        export=True,
        erase="keep",
        because=_("Numbers and names of fields only, needed to answer for what was done."),
        of=named("kind", "subject_id"),
        hidden=["actor_id", "by_link"],
    )
    keep.register(
        Seal,
        purpose=_("Show that the trail was not changed"),
        retention=_("as long as the trail"),
        export=False,
        erase="keep",
        of={},
        plain=["ids"],
    )
    keep.register(
        KeyFingerprint,
        purpose=_("Refuse a wrong encryption key"),
        retention=_("until the key is retired"),
        export=False,
        erase="keep",
        of={},
    )


def _wishes():
    keep.register(
        Export,
        purpose=_("Make a copy of somebody's data"),
        retention=_("7 days"),
        export=False,
        erase="delete",
        of=OWN,
        shop=None,
        plain=["subject_kind"],
    )
    keep.register(
        Erasure,
        purpose=_("Erase somebody's data on its day, and again after a backup was put back"),
        retention=_("the words until the data is erased, the date as long as backups are kept"),
        export=True,
        erase="blank",
        of=OWN,
        hidden=["subject_hash", "asked_by_id", "subject_kind", "subject_id"],
        personal=["reason"],
        plain=["subject_kind"],
    )
    keep.register(
        Hold,
        purpose=_("Keep what a dispute needs"),
        retention=_("until its last day, then as long as the rest of the person's data"),
        export=True,
        erase="delete",
        of=OWN,
        hidden=["by_id", "subject_kind", "subject_id"],
        personal=["reason"],
        plain=["subject_kind"],
    )
