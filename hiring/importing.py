"""People from another system: their files received, mapped, brought in by hundreds, given up, taken back.

What is brought in and how far the reading is are saved together: a worker that dies is followed by another that goes
on at the next line, and each line becomes one person at most. Nobody is written to.
"""

import shutil
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from hiring import cvbox, import_chunks, import_reading, peoplefile, pipeline
from hiring.cvbox import Box
from hiring.import_chunks import LEASE, Stopped
from hiring.import_reading import MOST_MB, MOST_ROWS
from hiring.models import ImportedLine, PeopleImport
from vault import files, naming, tablefile, trail, work
from vault.work import State

DELAYS = [60, 300]
WAITS = timedelta(hours=24)


# -- in


def receive(job, *, by, table=None, cvs=(), known=None) -> PeopleImport:
    """An import that waits to be mapped, of an uploaded table, of uploaded CVs (one archive, or single files), or both.

    `known` is one of this job that waits already: what is uploaded is added to it. Raises tablefile.Unreadable and
    cvbox.Unreadable.
    """
    row = known or PeopleImport(company=job.company, job=job, created_by=by, state=State.PARKED)
    old = []
    if table is not None:
        old.append(row.table)
        row.table = _keep(table.name, by, lambda path: _spool(table, path))
        _lay_out(row)
    if cvs:
        old.append(row.cvs)
        row.cvs = _keep(_name_of(cvs), by, lambda path: _box(cvs, path))
        _look_inside(row)
    row.language = translation.get_language()
    with transaction.atomic():
        row.save()
        _record("people_import.received", row, by)
        for stored in filter(None, old):
            files.delete(stored)
    if row.mapping.get("mapped"):
        look(row)
    return row


def _keep(name, by, write):
    return files.keep_made(
        write, name=naming.clean(name), kind="import", company_id=by.company_id, actor_id=by.user_id
    )


def _name_of(cvs) -> str:
    return cvs[0].name if len(cvs) == 1 else "cvs.zip"


def _spool(upload, path):
    """Piece by piece: a size somebody claims is not believed."""
    size = 0
    with path.open("wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > MOST_MB * 1_000_000:
                raise tablefile.Unreadable("too_large")
            file.write(chunk)


def _box(cvs, path):
    if len(cvs) == 1 and cvbox.is_archive(cvs[0]):
        cvs[0].seek(0)
        with path.open("wb") as file:
            shutil.copyfileobj(cvs[0], file)
    else:
        cvbox.pack(cvs, path)


def _lay_out(row):
    try:
        table = tablefile.layout(row.table.path)
        row.encoding, row.delimiter, row.header = table.encoding, table.delimiter, table.header
        row.rows = _count(row)
        guessed = peoplefile.guess(table.header, table.samples)
    except tablefile.Unreadable:
        files.delete(row.table)
        raise
    row.has_table, row.name, row.mapping = True, row.table.original_name, {"columns": guessed}


def _count(row) -> int:
    found = sum(1 for _row in islice(import_reading.rows(row), MOST_ROWS + 1))
    if found > MOST_ROWS:
        raise tablefile.Unreadable("too_many_rows")
    return found


def _look_inside(row):
    try:
        with Box(row.cvs.path) as box:
            found, row.cvs_digest = len(box.files), box.digest()
    except cvbox.Unreadable:
        files.delete(row.cvs)
        raise
    row.has_cvs = True
    if not row.has_table:
        row.rows, row.name, row.mapping = found, row.cvs.original_name, {"columns": {}, "mapped": True}


# -- mapped


def map_columns(row, *, columns, order) -> dict:
    """Keeps which column is what; the words of stages somebody is asked about now."""
    row.mapping, row.words = {"columns": columns, "order": order, "mapped": True}, {}
    said = import_reading.said_words(row)
    row.mapping["asks"] = bool(said)
    _save_open(row, "mapping", "words")
    if not said:
        look(row)
    return said


def choose_words(row, words) -> None:
    row.words = words
    _save_open(row, "words")
    look(row)


def look(row) -> None:
    """Counts what an import would do, once for all who look at the page."""
    row.looked = import_reading.look(row)
    _save_open(row, "looked")


def _save_open(row, *fields):
    """Nothing is changed under a worker's feet: what is started meanwhile stays as it was."""
    rows = PeopleImport.objects.filter(pk=row.pk, state=State.PARKED, started_at=None)
    rows.update(**{name: getattr(row, name) for name in fields})


def start(row, *, by) -> bool:
    """Somebody said that these people applied to the shop: it begins. False when it had, or was given up."""
    now = timezone.now()
    begun = {"state": State.WAITING, "due_at": now, "tries": 0, "started_at": now, "agreed_at": now}
    with transaction.atomic():
        rows = PeopleImport.objects.filter(pk=row.pk, state=State.PARKED, started_at=None)
        won = rows.exclude(table=None, cvs=None).update(**begun, created_by=by)
        if won:
            _record("people_import.started", row, by, ["agreed_at"])
            transaction.on_commit(lambda: _hand_over(row.pk), robust=True)
    return bool(won)


def _hand_over(pk):
    """The sweeper finds the row when the queue is not there."""
    from hiring.tasks import bring_people

    bring_people.delay(pk)


# -- brought in


def run(pk) -> None:
    """Brings in what is left of one import; may run twice."""
    row = work.claim(PeopleImport, pk, lease=LEASE)
    if row is None:
        return
    try:
        with translation.override(row.language):
            import_chunks.bring(row)
    except Stopped:
        return
    except pipeline.Refused:
        work.failed(row, "job_over", delays=[])
    except (tablefile.Unreadable, cvbox.Unreadable) as unreadable:
        work.failed(row, unreadable.code, delays=[])
    except Exception as error:
        # Given up meanwhile, its files are gone: no accident.
        if work.failed(row, type(error).__name__, delays=DELAYS):
            raise
    else:
        _finish(row)


def _finish(row):
    with transaction.atomic():
        spooled = [stored for stored in (row.table, row.cvs) if stored]
        fields = {"table": None, "cvs": None, "ended_at": timezone.now()}
        if work.done(row, **fields, loose=row.loose, loose_count=row.loose_count):
            for stored in spooled:
                files.delete(stored)
            _record("people_import.done", row, row.created_by)


# -- given up


def cancel(row, *, by) -> bool:
    """No line after this moment; those who are in stay. The files go at once."""
    states = [State.PARKED, State.WAITING, State.RUNNING]
    with transaction.atomic():
        open_ones = PeopleImport.objects.filter(pk=row.pk, state__in=states, ended_at=None)
        ended = {"table": None, "cvs": None, "lease_until": None, "ended_at": timezone.now()}
        won = open_ones.update(state=State.CANCELLED, **ended)
        if won:
            for stored in filter(None, (row.table, row.cvs)):
                files.delete(stored)
            _record("people_import.cancelled", row, by)
    return bool(won)


def again(row, *, by) -> bool:
    """Goes on where an accident stopped it."""
    with transaction.atomic():
        rows = PeopleImport.objects.filter(pk=row.pk, state=State.PARKED).exclude(started_at=None)
        begun = {"state": State.WAITING, "due_at": timezone.now(), "tries": 0, "last_error": ""}
        won = rows.exclude(table=None, cvs=None).update(**begun)
        if won:
            _record("people_import.started", row, by)
            transaction.on_commit(lambda: _hand_over(row.pk), robust=True)
    return bool(won)


def forget() -> int:
    """Gives up what nobody started or went on with for a day, and forgets who was not brought in after two weeks."""
    old = PeopleImport.objects.filter(
        state=State.PARKED, created_at__lt=timezone.now() - WAITS, ended_at=None
    )
    given_up = sum(cancel(row, by=None) for row in old.select_related("table", "cvs"))
    over = PeopleImport.objects.filter(ended_at__lt=timezone.now() - timedelta(days=settings.DELETED_DAYS))
    ImportedLine.objects.filter(source__in=over).exclude(cells=[], cv_name="").update(cells=[], cv_name="")
    over.exclude(loose=[]).update(loose=[])
    return given_up


def _user(member):
    return member.user_id if member else None


def _record(action, row, by, fields=()):
    trail.record(
        action, company_id=row.company_id, actor_id=_user(by), kind="people_import", pk=row.pk, fields=fields
    )
