"""Files of other systems for tests: tables, CVs, archives, and an import at each of its steps."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from hiring import import_result, importing
from hiring.models import PeopleImport

HEADER = ["Name", "Email", "Phone", "Applied on", "Stage", "Rating", "CV"]
ADA = ["Ada Berg", "ada@mail.example", "+358 40 123 4567", "2026-10-05", "Applied", "4", ""]
BO = ["Bo Carlsson", "bo@mail.example", "", "2026-10-06", "Interview", "", ""]
CARLA = ["Carla Diaz", "", "", "", "Rejected", "2", ""]


def table(*rows, header=HEADER, encoding="utf-8", separator=",", name="people.csv"):
    """An uploaded table."""
    lines = [separator.join(_quoted(cell) for cell in row) for row in (header, *rows)]
    return SimpleUploadedFile(name, "\r\n".join(lines).encode(encoding))


def _quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',;\t\n"') else cell


def people(n, start=1):
    return [[f"Person {i}", f"p{i}@mail.example", "", "", "", "", ""] for i in range(start, start + n)]


def cv(name, text="I answered customers for five years."):
    return SimpleUploadedFile(name, text.encode())


def archive(files, name="cvs.zip", compression=zipfile.ZIP_DEFLATED):
    """{path: text or bytes} as an uploaded archive."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compression) as box:
        for path, content in files.items():
            box.writestr(path, content)
    return SimpleUploadedFile(name, raw.getvalue(), "application/zip")


def received(job, by, *rows, cvs=(), header=HEADER) -> PeopleImport:
    return importing.receive(job, by=by, table=table(*rows, header=header) if rows else None, cvs=list(cvs))


def mapped(job, by, *rows, cvs=(), words=None, header=HEADER, order="ymd") -> PeopleImport:
    row = received(job, by, *rows, cvs=cvs, header=header)
    if rows:
        importing.map_columns(row, columns=row.mapping["columns"], order=order)
        importing.choose_words(row, words or {})
    return row


def started(job, by, *rows, **more) -> PeopleImport:
    row = mapped(job, by, *rows, **more)
    importing.start(row, by=by)
    return row


def brought(job, by, *rows, **more) -> PeopleImport:
    """All the way in."""
    row = started(job, by, *rows, **more)
    return ran(row)


def ran(row) -> PeopleImport:
    importing.run(row.pk)
    row.refresh_from_db()
    return row


def counted(row) -> dict:
    """What became of its lines, without zeros."""
    return {name: n for name, n in import_result.counts(row).items() if n}
