"""A log of tickets on its way to numbers: received, mapped, counted in the background, given up, deleted."""

import zoneinfo
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import zones
from readiness import assessments, measured, ticketlog
from readiness.models import TicketImport
from vault import trail, work
from vault.work import State

LARGEST = 30 * 1024 * 1024
LEASE = timedelta(minutes=5)
DELAYS = [60, 300]
UNFINISHED_FOR = timedelta(days=7)
MOST_LEFT_OUT = 0.5


class Stopped(Exception):
    """Somebody cancelled, or another worker has the row now."""


def receive(*, company, by, upload):
    """(row, is new) of an uploaded file. The same file twice is one row. Raises ticketlog.Unreadable."""
    body, size, sha256 = ticketlog.pack(upload.chunks(), limit=LARGEST)
    known = TicketImport.objects.for_company(company).filter(sha256=sha256).first()
    if known is not None and known.state != State.CANCELLED:
        return known, False
    table = ticketlog.layout(body)
    row = known or TicketImport(company=company, sha256=sha256)
    row.name, row.body, row.size, row.created_by = _clean_name(upload.name), body, size, by
    row.encoding, row.delimiter, row.header = table.encoding, table.delimiter, table.header
    row.rows = ticketlog.count_lines(body)
    row.state, row.mapping, row.percent, row.last_error = State.PARKED, {}, 0, ""
    row.created_at = timezone.now()  # sent again: the week in which it waits for its columns begins again
    return _save(row, company, by)


def _save(row, company, by):
    try:
        with transaction.atomic():
            row.save()
            _record("import.received", row, by)
    except IntegrityError:
        # Sent twice at once: the other one was first.
        return TicketImport.objects.for_company(company).get(sha256=row.sha256), False
    return row, True


def _clean_name(name):
    return "".join(each for each in (name or "") if each.isprintable())[-120:] or "log.csv"


def start(row, *, mapping, by):
    """Somebody said which column is what: the counting begins."""
    with transaction.atomic():
        won = (
            TicketImport.objects.for_company(row.company)
            .filter(pk=row.pk, state=State.PARKED, body__isnull=False)
            .update(
                mapping=mapping, state=State.WAITING, due_at=timezone.now(), tries=0, percent=0, last_error=""
            )
        )
        if won:
            _record("import.started", row, by, ["mapping"])
            transaction.on_commit(lambda: _hand_over(row.pk), robust=True)
    return bool(won)


def _hand_over(pk):
    """The sweeper finds the row when the queue is not there."""
    from readiness.tasks import count

    count.delay(pk)


def run(pk):
    """Counts one log. All of it arrives at once, or nothing does; may run twice."""
    row = work.claim(TicketImport, pk, lease=LEASE)
    if row is None:
        return
    try:
        reading, rejected = _read(row)
        _check(reading, rejected)
        numbers = measured.summarise(reading.cases, shape=row.mapping["shape"])
    except Stopped:
        return
    except ticketlog.Unreadable as refused:
        work.failed(row, refused.code, delays=[])
    except Exception as error:
        work.failed(row, type(error).__name__, delays=DELAYS)
        raise
    else:
        _finish(row, reading, rejected, numbers)


def _read(row):
    now = timezone.now()
    zone = _zone(row.company)
    return ticketlog.read(
        bytes(row.body),
        encoding=row.encoding,
        delimiter=row.delimiter,
        mapping=row.mapping,
        zone=zone,
        # A day of grace: the log may be written in another zone.
        latest=(now + timedelta(days=1)).astimezone(zone).replace(tzinfo=None),
        tick=lambda rows: _tick(row, rows),
    )


def _zone(company):
    return zones.named(company.timezone) or zoneinfo.ZoneInfo("UTC")


def _tick(row, rows):
    """Shows how far it is, keeps the lease, and stops when the row is no longer ours."""
    percent = min(95, 100 * rows // max(1, row.rows))
    ours = TicketImport.objects.filter(pk=row.pk, state=State.RUNNING, tries=row.tries)
    if not ours.update(percent=percent, lease_until=timezone.now() + LEASE):
        raise Stopped


def _check(reading, rejected):
    if not reading.cases:
        raise ticketlog.Unreadable("nothing_left")
    if rejected > MOST_LEFT_OUT * reading.rows:
        raise ticketlog.Unreadable("mostly_wrong")


def _finish(row, reading, rejected, numbers):
    with transaction.atomic():
        won = work.done(
            row,
            percent=100,
            rows=reading.rows,
            cases=len(reading.cases),
            rejected=reading.rejected,
            rejected_count=rejected,
            series=numbers,
            body=None,
        )
        if won:
            _record("import.counted", row, row.created_by, ["series"])
            assessments.refresh(row.company, by=row.created_by)


def cancel(row, *, by):
    """Gives an import up that is not done; its file goes at once."""
    states = [State.PARKED, State.WAITING, State.RUNNING]
    with transaction.atomic():
        open_ones = TicketImport.objects.for_company(row.company).filter(pk=row.pk, state__in=states)
        if open_ones.update(state=State.CANCELLED, body=None, lease_until=None):
            _record("import.cancelled", row, by)


def forget():
    """Files that nobody went on with for a week; how many."""
    old = timezone.now() - UNFINISHED_FOR
    left = TicketImport.objects.filter(state=State.PARKED, created_at__lt=old, body__isnull=False)
    return left.update(state=State.CANCELLED, body=None)


def _record(action, row, by, fields=()):
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.pk if by else None,
        kind="ticketimport",
        pk=row.pk,
        fields=fields,
    )
