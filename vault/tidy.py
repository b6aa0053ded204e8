"""What is left behind: drafts nobody took up, uploads that died half-way, rows and files that lost each other."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from vault.models import Link, StoredFile

LINKS_KEPT = timedelta(days=90)
LEFT_BEHIND = timedelta(hours=24)  # nothing that old is still being written


def drop_drafts() -> int:
    """Removes drafts whose day is over; how many. A draft that is taken up meanwhile stays."""
    dropped = 0
    for draft in StoredFile.objects.filter(draft_until__lte=timezone.now()).order_by("pk").defer("text"):
        gone, _ = StoredFile.objects.filter(pk=draft.pk, draft_until__lte=timezone.now()).delete()
        if gone:
            draft.path.unlink(missing_ok=True)
            dropped += 1
    return dropped


def drop_half_uploads() -> int:
    """Removes what a killed process was still receiving a day ago; how many."""
    folders = Path(settings.PRIVATE_FILES) / "incoming", Path(settings.FILE_UPLOAD_TEMP_DIR)
    old = [path for folder in folders if folder.is_dir() for path in folder.iterdir() if _is_old(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def drop_links() -> int:
    """Removes links that opened nothing any more for 90 days; how many."""
    then = timezone.now() - LINKS_KEPT
    return Link.objects.filter(Q(expires_at__lt=then) | Q(revoked_at__lt=then)).delete()[0]


def _is_old(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < (timezone.now() - LEFT_BEHIND).timestamp()
    except FileNotFoundError:
        return False


def files_without_rows() -> list[Path]:
    """Files older than a day that no row names: what a crash between file and row leaves."""
    known = set(StoredFile.objects.values_list("stored_name", flat=True).iterator())
    lying = (
        path for path in Path(settings.PRIVATE_FILES).glob("[0-9a-f][0-9a-f]/*") if path.name not in known
    )
    return sorted(path for path in lying if _is_old(path))


def rows_without_files() -> list[StoredFile]:
    rows = StoredFile.objects.only("pk", "stored_name", "company_id").order_by("pk").iterator()
    return [row for row in rows if not row.path.exists()]
