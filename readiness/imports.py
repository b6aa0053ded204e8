"""A file on its way to numbers: received, mapped, counted in the background, given up, deleted."""

import hashlib
import json
import time
import zoneinfo
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import zones
from readiness import counting, filekinds
from readiness.models import TicketImport
from vault import store, trail, work
from vault.tablefile import Layout, Unreadable
from vault.work import State

LARGEST_MB = 250
LEASE = timedelta(minutes=5)
DELAYS = [60, 300]
UNFINISHED_FOR = timedelta(days=7)
MOST_LEFT_OUT = 0.5
BETWEEN_LOOKS = 0.5  # seconds


class Stopped(Exception):
    """Somebody cancelled, or another worker has the row now."""


def receive(*, company, by, upload):
    """(row, is new) of an uploaded file. The same file twice is one row. Raises tablefile.Unreadable."""
    stored = _store(company, by, upload)
    kept = False
    try:
        kind, table = filekinds.recognise(stored.path)
        key = _header_key(kind, table)
        last = remembered(company, key)
        row = TicketImport(company=company, sha256=stored.sha256, kind=last.kind if last else kind)
        known = _same_file(row).first()
        if known is not None and known.state != State.CANCELLED:
            return known, False
        row = _begin(known or row, stored, table, key, by)
        row, kept = _save(row, company, by)
        return row, kept
    finally:
        if not kept:
            store.delete(stored)


def _store(company, by, upload):
    return store.keep_made(
        lambda path: _write(upload, path),
        name=_clean_name(upload.name),
        kind="import",
        company_id=company.pk,
        actor_id=by.pk if by else None,
    )


def _write(upload, path):
    """Piece by piece: a size somebody claims is not believed."""
    size = 0
    with path.open("wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > LARGEST_MB * 1_000_000:
                raise Unreadable("too_large")
            file.write(chunk)


def _same_file(row):
    return TicketImport.objects.for_company(row.company).filter(kind=row.kind, sha256=row.sha256)


def _header_key(kind, table) -> str:
    """The same for files with the same columns; all mailboxes are alike."""
    names = [name.casefold() for name in table.header] or [kind]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def remembered(company, key):
    """The last import of a file with the same columns that was counted, deleted or not; None for the first."""
    rows = TicketImport.everything.for_company(company).filter(header_key=key, state=State.DONE)
    return rows.order_by("-created_at", "-pk").first()


def _begin(row, stored, table, key, by):
    row.name, row.file, row.size, row.created_by = stored.original_name, stored, stored.size, by
    row.encoding, row.delimiter, row.header, row.header_key = (
        table.encoding, table.delimiter, table.header, key,
    )  # fmt: skip
    row.state, row.mapping, row.percent, row.last_error = State.PARKED, {}, 0, ""
    row.rows = row.rejected_count = 0
    row.rejected = []
    row.created_at = timezone.now()  # sent again: the week in which it waits for its columns begins again
    return row


def _save(row, company, by):
    try:
        with transaction.atomic():
            row.save()
            _record("import.received", row, by)
    except IntegrityError:
        # Sent twice at once: the other one was first.
        return _same_file(row).get(), False
    return row, True


def _clean_name(name):
    return "".join(each for each in (name or "") if each.isprintable())[-120:] or "log.csv"


def start(row, *, mapping, by, kind=None):
    """Somebody said which column is what, and perhaps that the file is of another kind: the counting begins.

    Raises tablefile.Unreadable("counted_already") when the same file was imported as that kind before.
    """
    begun = {"state": State.WAITING, "due_at": timezone.now(), "tries": 0, "percent": 0, "last_error": ""}
    try:
        with transaction.atomic():
            won = (
                TicketImport.objects.for_company(row.company)
                .filter(pk=row.pk, state=State.PARKED, file__isnull=False)
                .update(mapping=mapping, kind=kind or row.kind, **begun)
            )
            if won:
                _record("import.started", row, by, ["mapping"])
                transaction.on_commit(lambda: _hand_over(row.pk), robust=True)
    except IntegrityError:
        raise Unreadable("counted_already") from None
    return bool(won)


def _hand_over(pk):
    """The sweeper finds the row when the queue is not there."""
    from readiness.tasks import count

    count.delay(pk)


def run(pk):
    """Counts one file. All of it arrives at once, or nothing does; may run twice."""
    row = work.claim(TicketImport, pk, lease=LEASE)
    if row is None:
        return
    try:
        result = _read(row)
        _check(result)
    except Stopped:
        return
    except Unreadable as refused:
        work.failed(row, _said(refused), delays=[])
    except Exception as error:
        work.failed(row, type(error).__name__, delays=DELAYS)
        raise
    else:
        _finish(row, result)


def _said(refused):
    return refused.code if refused.line is None else f"{refused.code} {refused.line}"


def _read(row):
    zone = zone_of(row.company)
    return filekinds.read(
        row.kind,
        row.file.path,
        table=Layout(row.encoding, row.delimiter, row.header, []),
        mapping=row.mapping,
        zone=zone,
        latest=latest(zone),
        tick=_Progress(row),
        folder=settings.FILE_UPLOAD_TEMP_DIR,
    )


def zone_of(company):
    return zones.named(company.timezone) or zoneinfo.ZoneInfo("UTC")


def latest(zone):
    """Nothing can have happened after this local time. A day of grace: the file may be written in another zone."""
    return (timezone.now() + timedelta(days=1)).astimezone(zone).replace(tzinfo=None)


class _Progress:
    """Called with the bytes read: shows how far it is, keeps the lease, and stops when the row is no longer ours."""

    def __init__(self, row):
        self.row, self.looked = row, None

    def __call__(self, done):
        now = time.monotonic()
        if self.looked is None or now - self.looked >= BETWEEN_LOOKS:
            self.looked = now
            _tick(self.row, done)


def _tick(row, done):
    percent = min(95, 100 * done // max(1, row.size))
    ours = TicketImport.objects.filter(pk=row.pk, state=State.RUNNING, tries=row.tries)
    if not ours.update(percent=percent, lease_until=timezone.now() + LEASE):
        raise Stopped


def _check(result):
    if not result.entries:
        raise Unreadable("nothing_left")
    if result.rejected_count > MOST_LEFT_OUT * result.rows:
        raise Unreadable("mostly_wrong")


def _finish(row, result):
    stored = row.file
    with transaction.atomic():
        company = counting.lock(row.company)
        won = work.done(
            row,
            percent=100,
            rows=result.rows,
            cases=result.entries,
            rejected=result.rejected,
            rejected_count=result.rejected_count,
            series=result.log.series,
            file=None,
            **counting.place_of(row, result.log.series),
        )
        if won:
            store.delete(stored)
            counting.keep_weeks(row, result.log.weeks)
            _record("import.counted", row, row.created_by, ["series"])
            counting.refresh(company, row.kind, by=row.created_by)


def choose(row, *, by):
    """This file counts for the weeks that another import has too."""
    with transaction.atomic():
        if counting.choose(row, by=by):
            _record("import.chosen", row, by)


def cancel(row, *, by):
    """Gives an import up that is not done; its file goes at once."""
    states = [State.PARKED, State.WAITING, State.RUNNING]
    with transaction.atomic():
        open_ones = TicketImport.objects.for_company(row.company).filter(pk=row.pk, state__in=states)
        if open_ones.update(state=State.CANCELLED, file=None, lease_until=None):
            if row.file is not None:
                store.delete(row.file)
            _record("import.cancelled", row, by)


def forget():
    """Gives up files that nobody went on with for a week; how many."""
    old = timezone.now() - UNFINISHED_FOR
    left = TicketImport.objects.filter(state=State.PARKED, created_at__lt=old, file__isnull=False)
    return sum(_forget(row) for row in left.select_related("file"))


def _forget(row):
    with transaction.atomic():
        gone = TicketImport.objects.filter(pk=row.pk, state=State.PARKED).update(
            state=State.CANCELLED, file=None
        )
        if gone:
            store.delete(row.file)
    return gone


def _record(action, row, by, fields=()):
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.pk if by else None,
        kind="ticketimport",
        pk=row.pk,
        fields=fields,
    )
