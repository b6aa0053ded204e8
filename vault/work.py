"""Work that can wait has a row; the queue only carries the row's number, and may lose everything.

A row is claimed in one short transaction (running, with a lease), worked on outside any, and finished in a
second. Whoever dies in between loses its lease, and the sweeper hands the row to somebody else.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of work", "waiting")
    RUNNING = "running", pgettext_lazy("state of work", "under way")
    DONE = "done", pgettext_lazy("state of work", "done")
    PARKED = "parked", pgettext_lazy("state of work", "set aside")
    CANCELLED = "cancelled", pgettext_lazy("state of work", "cancelled")


class Work(models.Model):
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def due(model, *, now=None) -> models.QuerySet:
    """Rows that somebody should work on now: waiting and due, or left behind by a worker that died."""
    now = now or timezone.now()
    return model._default_manager.filter(
        Q(state=State.WAITING, due_at__lte=now) | Q(state=State.RUNNING, lease_until__lte=now)
    ).order_by("due_at", "pk")


def claim(model, pk, *, lease=timedelta(minutes=5)):
    """The row, now ours for `lease`; None when it is not due or somebody else has it."""
    with transaction.atomic():
        row = (
            due(model)
            .filter(pk=pk)
            .order_by()
            .select_for_update(no_key=True, of=("self",), skip_locked=True)
            .first()
        )
        if row is None:
            return None
        row.state, row.tries, row.lease_until = State.RUNNING, row.tries + 1, timezone.now() + lease
        row.save(update_fields=["state", "tries", "lease_until"])
        return row


def _ours(row) -> models.QuerySet:
    """The row while this try still holds it: a worker that was too slow must not overwrite its successor."""
    return type(row)._default_manager.filter(pk=row.pk, state=State.RUNNING, tries=row.tries)


def done(row, **fields) -> bool:
    """False when the lease was lost meanwhile and nothing was written."""
    values = {**fields, "state": State.DONE, "lease_until": None, "last_error": ""}
    return _finish(row, values)


def failed(row, error, *, delays) -> bool:
    """Due again after `delays[tries - 1]` seconds; set aside ("parked") when no delay is left."""
    values = {"lease_until": None, "last_error": str(error)[:300], "state": State.PARKED}
    if row.tries <= len(delays):
        wait = timedelta(seconds=delays[row.tries - 1])
        values |= {"state": State.WAITING, "due_at": timezone.now() + wait}
    return _finish(row, values)


def put_off(row, *, until) -> bool:
    """Not now: nothing was tried. False when the lease was lost meanwhile."""
    values = {"state": State.WAITING, "due_at": until, "tries": row.tries - 1, "lease_until": None}
    return _finish(row, values)


def call_off(row, **fields) -> bool:
    """Not at all, found out while it was ours. False when the lease was lost meanwhile."""
    return _finish(row, {**fields, "state": State.CANCELLED, "lease_until": None})


def retry(row) -> None:
    """Somebody pressed the button: from the start, at once."""
    values = {"state": State.WAITING, "due_at": timezone.now(), "tries": 0, "last_error": ""}
    type(row)._default_manager.filter(pk=row.pk, state=State.PARKED).update(**values)


def _finish(row, values) -> bool:
    won = _ours(row).update(**values) == 1
    if won:
        for name, value in values.items():
            setattr(row, name, value)
    return won
