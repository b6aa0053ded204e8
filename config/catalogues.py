"""Translations are kept as .po; Babel compiles them at the start, so that no system package is needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_changed() -> list[Path]:
    """Writes each .mo that is missing or older than its .po; the ones written."""
    written = []
    for po in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)
            written.append(mo)
    return written


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    draft = mo.with_suffix(".tmp")
    with draft.open("wb") as target:
        write_mo(target, catalogue)
    draft.replace(mo)
