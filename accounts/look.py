"""A shop's logo and colours: kept, shown on public pages, taken away again."""

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Company
from vault import files, trail

FIELDS = ["accent", "on_accent", "logo", "logo_hash"]


def save(
    company, *, accent: str, on_accent: str, by, logo: bytes | None = None, remove_logo=False
) -> list[str]:
    """Writes what changed, with one line in the trail; the names of the fields that changed.

    `logo` is a finished PNG (vault.pictures); its file lies on the disk before the transaction begins.
    """
    stored = _store(logo, company, by) if logo else None
    try:
        with transaction.atomic():
            return _write(company.pk, (accent, on_accent), stored, remove_logo, by)
    except BaseException:
        if stored:
            files.delete(stored)
        raise


def _store(logo, company, by):
    upload = ContentFile(logo, name="logo.png")
    return files.store(upload, company_id=company.pk, actor_id=by.user_id, accept=files.IMAGES)


def _write(pk, colours, stored, remove_logo, by) -> list[str]:
    row = Company.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    before, old = {name: getattr(row, name) for name in ("accent", "on_accent", "logo_hash")}, row.logo
    row.accent, row.on_accent = colours
    if stored or remove_logo:
        row.logo, row.logo_hash = stored, stored.sha256[:16] if stored else ""
    row.save(update_fields=FIELDS)
    changed = [name for name, value in before.items() if getattr(row, name) != value]
    if old and row.logo_id != old.pk:
        files.delete(old)
    if changed:
        trail.record(
            "company.look_changed", company_id=pk, actor_id=by.user_id, kind="company", pk=pk, fields=changed
        )
    return changed
