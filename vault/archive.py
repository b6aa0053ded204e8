"""What a copy of data holds: for a person readable and with its reasons, for a shop whole and table by table."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vault import keep, sheets
from vault.models import StoredFile

CHUNK = 200
# What apps add to the copy of a shop beside its tables: company -> (path, text), readable as they are.
texts: list[Callable[[int], Iterator[tuple[str, str]]]] = []


def _zip(path):
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True)


# -- one person


def person(export, path, tick) -> None:
    """Writes the copy of one person's data to `path`: person.json, index.html, the files. `tick(percent)`."""
    found = list(keep.tied(export.subject_kind, export.subject_id))
    groups = []
    for number, (rule, rows) in enumerate(found):
        if rule.export and (held := [spoken(rule, row) for row in _shown(rule, rows)]):
            groups.append(_group(rule, held))
        tick(80 * number // len(found))
    copy = {"made_at": timezone.now().isoformat(), "left_out": left_out(found), "groups": groups}
    with _zip(path) as archive:
        archive.writestr("person.json", json.dumps(copy, ensure_ascii=False, indent=2, default=str))
        archive.writestr("index.html", render_to_string("vault/copy.html", copy | {"made": timezone.now()}))
        _add_files(archive, keep.rule(StoredFile).rows(export.subject_kind, export.subject_id))


def _group(rule, rows) -> dict:
    name = str(capfirst(rule.model._meta.verbose_name_plural))
    return {"what": name, "why": str(rule.purpose), "how_long": str(rule.retention), "rows": rows}


def left_out(found) -> list[str]:
    """Why some rows are not in the copy, in sentences."""
    said = [str(rule.withheld) for rule, rows in found if rule.withheld and rows.exists()]
    drafts = [
        rule for rule, rows in found if rule.shown and rule.model is not StoredFile and _drafts(rule, rows)
    ]
    if drafts:
        said.append(_("What somebody has begun to write and not handed in yet is not in this copy."))
    return said


def _drafts(rule, rows) -> bool:
    return rows.count() > rule.shown(rows).count()


def _shown(rule, rows):
    rows = rule.shown(rows) if rule.shown else rows
    pointers = [column.name for column in columns(rule) if column.related_model and not _is_person(column)]
    return rows.order_by("pk").select_related(*pointers).iterator(chunk_size=CHUNK)


def columns(rule) -> list:
    """The fields of a copy: without what is hidden, the row's own number and the company's."""
    skip = {*rule.hidden, "company", "company_id", rule.model._meta.pk.name}
    return [column for column in rule.model._meta.local_concrete_fields if column.name not in skip]


def _is_person(column) -> bool:
    """A pointer at somebody else, whose name is no part of this person's data."""
    declared = keep.rule(column.related_model)
    return declared is None or "member" in (declared.of or {}) or "candidate" in (declared.of or {})


def spoken(rule, row) -> dict:
    """One row with the names and values people read; what is empty is left out."""
    found = {}
    for column in columns(rule):
        if column.related_model and _is_person(column):
            continue
        value = _said(column, row)
        if value not in (None, "", [], {}):
            found[_label(column, found)] = value
    extra = rule.besides(row) if rule.besides else {}
    return found | {str(name): value for name, value in extra.items() if value}


def _label(column, taken) -> str:
    """Three fields of a call are all called "note": the later ones say which."""
    label = str(capfirst(column.verbose_name))
    return f"{label} ({column.name.replace('_', ' ')})" if label in taken else label


def _said(column, row):
    if column.related_model:
        related = getattr(row, column.name)
        return None if related is None else str(related)
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    return sheets.plain(getattr(row, column.name))


def _add_files(archive, rows) -> None:
    rows = keep.rule(StoredFile).shown(rows)
    for stored in rows.order_by("pk").iterator(chunk_size=CHUNK):
        if stored.path.exists():
            archive.write(stored.path, f"files/{stored.pk}-{stored.original_name}")


# -- a whole shop


def shop(export, path, tick) -> None:
    """Writes everything of one company: a CSV and a JSON for each kind of row, and the files."""
    tables = [(rule, _rows_of_shop(rule, export.company_id)) for rule in keep.rules() if rule.shop]
    total = sum(rows.count() for _rule, rows in tables) or 1
    with _zip(path) as archive:
        done = 0
        for rule, rows in tables:
            done = _table(archive, rule, rows, done, lambda rows_done: tick(90 * rows_done // total))
        archive.writestr("README.txt", render_to_string("vault/copy.txt", {"made": timezone.now()}))
        for path_in, text in (each for make in texts for each in make(export.company_id)):
            archive.writestr(path_in, text)
        _add_files(archive, keep.rule(StoredFile).of_shop(export.company_id))


def _rows_of_shop(rule, company_id):
    rows = rule.of_shop(company_id)
    return rule.shown(rows) if rule.shown else rows


def _table(archive, rule, rows, done, tick) -> int:
    """Two passes over the rows, a few at a time: one for each form. The memory it takes does not grow with them."""
    name, extra = rule.model._meta.label_lower, _extra_names(rule)
    fields = whole(rule)
    with archive.open(f"csv/{name}.csv", "w") as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="", write_through=True)
        sheet = sheets.Sheet(file, [column.attname for column in fields] + extra)
        for row in _in_chunks(rows):
            sheet.add(_whole_row(rule, fields, row).values())
            done += 1
            if done % CHUNK == 0:
                tick(done)
        file.detach()
    with archive.open(f"json/{name}.json", "w") as raw:
        for text in _as_json(rule, fields, _in_chunks(rows)):
            raw.write(text.encode())
    tick(done)
    return done


def whole(rule) -> list:
    """Every field but what opens doors or is only derived; pointers as numbers."""
    hidden = {name for name in rule.hidden if not name.endswith("_id")}
    return [
        column
        for column in rule.model._meta.local_concrete_fields
        if (column.related_model or column.name not in hidden) and not isinstance(column, models.BinaryField)
    ]


def _extra_names(rule) -> list[str]:
    return [f"extra_{number}" for number in range(1)] if rule.besides else []


def _whole_row(rule, fields, row) -> dict:
    found = {column.attname: getattr(row, column.attname) for column in fields}
    extra = rule.besides(row).values() if rule.besides else ()
    return found | dict(zip(_extra_names(rule), extra, strict=True))


def _in_chunks(rows) -> Iterator[models.Model]:
    return rows.order_by("pk").iterator(chunk_size=CHUNK)


def _as_json(rule, fields, rows) -> Iterator[str]:
    yield "["
    comma = "\n"
    for row in rows:
        values = {name: sheets.plain(value) for name, value in _whole_row(rule, fields, row).items()}
        yield comma + json.dumps(values, ensure_ascii=False)
        comma = ",\n"
    yield "\n]\n"
