"""Private files, as the apps use them: `files.store`, `files.FileField`, `files.response`."""

from vault.downloads import SHOWN, hand_out, made, response, shown
from vault.refusals import Refused
from vault.sniff import DOCUMENTS, IMAGES
from vault.store import (
    check,
    delete,
    find_draft,
    keep_draft,
    keep_made,
    set_aside,
    store,
    take_all,
    take_draft,
)
from vault.uploads import FileField, keep_drafts

__all__ = [
    "DOCUMENTS",
    "IMAGES",
    "SHOWN",
    "FileField",
    "Refused",
    "check",
    "delete",
    "find_draft",
    "hand_out",
    "keep_draft",
    "keep_drafts",
    "keep_made",
    "made",
    "response",
    "set_aside",
    "shown",
    "store",
    "take_all",
    "take_draft",
]
