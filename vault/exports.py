"""Copies of data, made in the background: asked for, made, taken, forgotten after a week."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from vault import archive, files, store, trail, work
from vault.models import Export
from vault.work import State

LEASE = timedelta(minutes=5)
DELAYS = [60, 600]
LIFE = timedelta(days=7)
MAKE = {"shop": archive.shop}  # every other kind of subject is a person
on_ready: dict[
    str, list[Callable[[Export], None]]
] = {}  # kind -> callables, in the transaction that ends the work


class Stopped(Exception):
    """Somebody gave it up, or another worker has the row now."""


def ask(kind, pk, *, company_id, language, by_id=0) -> Export:
    """A copy is on its way; asked twice by the same person while it is being made, it is one. `by_id` 0: the link."""
    mine = Export.objects.filter(
        subject_kind=kind, subject_id=pk, asked_by_id=by_id, state__in=[State.WAITING, State.RUNNING]
    )
    try:
        with transaction.atomic():
            if row := mine.first():
                return row
            row = Export.objects.create(
                subject_kind=kind, subject_id=pk, asked_by_id=by_id, company_id=company_id, language=language
            )
            _trail("copy_asked", row, by_id)
            transaction.on_commit(lambda: _hand_over(row.pk), robust=True)
    except IntegrityError:
        return mine.get()
    return row


def _hand_over(pk) -> None:
    """The sweeper finds the row when the queue is not there."""
    from vault.tasks import make_copy

    make_copy.delay(pk)


def run(pk) -> None:
    """Makes one copy; may run twice."""
    row = work.claim(Export, pk, lease=LEASE)
    if row is None:
        return
    try:
        stored = _make(row)
    except Stopped:
        return
    except Exception as error:
        work.failed(row, type(error).__name__, delays=DELAYS)
        raise
    if not _finish(row, stored):
        files.delete(stored)


def _make(row):
    make = MAKE.get(row.subject_kind, archive.person)
    name = f"{'shop' if row.subject_kind == 'shop' else 'person'}-{timezone.localdate():%Y-%m-%d}.zip"
    with translation.override(row.language):
        return store.keep_made(
            lambda path: make(row, path, lambda percent: _tick(row, percent)),
            name=name,
            kind="zip",
            company_id=row.company_id,
        )


def _tick(row, percent) -> None:
    """Shows how far it is, keeps the lease, and stops when the row is no longer ours."""
    ours = Export.objects.filter(pk=row.pk, state=State.RUNNING, tries=row.tries)
    if not ours.update(percent=min(95, percent), lease_until=timezone.now() + LEASE):
        raise Stopped


def _finish(row, stored) -> bool:
    with transaction.atomic():
        if not work.done(row, file=stored, percent=100, expires_at=timezone.now() + LIFE):
            return False
        for callback in on_ready.get(row.subject_kind, ()):
            callback(row)
    return True


def cancel(row, *, by_id) -> bool:
    """Gives up a copy that is not made yet."""
    with transaction.atomic():
        open_ = Export.objects.filter(pk=row.pk, state__in=[State.WAITING, State.RUNNING])
        if not open_.update(state=State.CANCELLED, lease_until=None):
            return False
        trail.record(
            "data.copy_cancelled",
            company_id=row.company_id,
            actor_id=by_id,
            kind=row.subject_kind,
            pk=row.subject_id,
        )
    return True


def taken(row, *, by_id=0, by_link="") -> None:
    """Somebody has the copy in their hands now: the trail says who."""
    _trail("copy_taken", row, by_id, by_link)


def latest(kind, pk, *, by_id) -> Export | None:
    """The newest copy this person asked for that is being made, failed, or can still be taken."""
    rows = Export.objects.filter(subject_kind=kind, subject_id=pk, asked_by_id=by_id)
    return rows.exclude(state=State.CANCELLED).select_related("file").order_by("-pk").first()


def forget() -> int:
    """Copies whose week is over, and those nobody could make, go with their files; how many."""
    now = timezone.now()
    old = Export.objects.filter(expires_at__lte=now) | Export.objects.filter(
        expires_at=None, state__in=[State.PARKED, State.CANCELLED], created_at__lte=now - LIFE
    )
    gone = 0
    for row in old.select_related("file").order_by("pk")[:500]:
        with transaction.atomic():
            row.delete()
            if row.file:
                files.delete(row.file)
        gone += 1
    return gone


def _trail(what, row, by_id, by_link="") -> None:
    noun = "data" if row.subject_kind == "shop" else "person"
    link = by_link or ("" if by_id else "status")
    trail.record(
        f"{noun}.{what}", company_id=row.company_id, actor_id=by_id or None, kind=row.subject_kind,
        pk=row.subject_id, by_link=link,
    )  # fmt: skip
