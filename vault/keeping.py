"""What vault keeps of people (vault.keep)."""

from vault import keep
from vault.models import KeyFingerprint, Link, Seal, StoredFile, TrailEntry


def register() -> None:
    keep.register(
        Link,
        purpose="Let people without an account open the one page a mail invites them to",
        retention="until it expires or is revoked, then 90 days",
        export=False,
        erase="delete",
        plain=["subject_kind"],
    )
    keep.register(
        TrailEntry,
        purpose="Show who did what to which data, never what the data said",
        retention="6 years",
        export=True,
        erase="keep: numbers and names of fields only, needed to answer for what was done",
    )
    keep.register(
        Seal,
        purpose="Show that the trail was not changed",
        retention="as long as the trail",
        export=False,
        erase="keep",
        plain=["ids"],
    )
    keep.register(
        KeyFingerprint,
        purpose="Refuse a wrong encryption key",
        retention="until the key is retired",
        export=False,
        erase="keep",
    )
    keep.register(
        StoredFile,
        purpose="Keep what people handed in: CVs, signed contracts",
        retention="as long as the row that points at it; a draft 24 hours",
        export=True,
        erase="delete",
        personal=["original_name", "text"],
        plain=["stored_name"],
    )
