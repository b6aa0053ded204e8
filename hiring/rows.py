"""What a job's requirements and questions share: an order, and that what is taken off the list can come back."""

from django.db import transaction
from django.utils import timezone

from accounts import undoing
from hiring import pipeline
from hiring.models import Question, Requirement


def raise_revision(job):
    """The advert has changed: forms made from it as it was hear of it. The caller has locked the job."""
    job.revision += 1
    job.changed_at = timezone.now()
    job.save(update_fields=["revision", "changed_at", *undoing.FIELDS])


def retire(row, job, by):
    """Off the list, and remembered: put back by Undo, and for 14 days. The caller has locked the job."""
    rows = type(row).objects.filter(pk=row.pk, retired_at=None)
    if rows.update(retired_at=timezone.now(), retired_by=by):
        undoing.remember(job, "row", {"row": code(row)}, by=by)
        raise_revision(job)


def unretire(row) -> int:
    return (
        type(row).objects.filter(pk=row.pk).exclude(retired_at=None).update(retired_at=None, retired_by=None)
    )


def code(row) -> str:
    return f"{'r' if isinstance(row, Requirement) else 'q'}{row.pk}"


def of(code: str):
    """The rows a code such as "r5" or "q2" speaks of."""
    return (Requirement if code[0] == "r" else Question).objects


def shift(row, *, up: bool) -> None:
    """Moves a requirement or a question one place up or down among its job's; at the end it stays."""
    with transaction.atomic():
        job = pipeline.lock_job(row.job_id)
        rows = list(type(row).objects.filter(job=job, retired_at=None).order_by("position", "pk"))
        place = next((n for n, other in enumerate(rows) if other.pk == row.pk), None)
        if place is None:
            return  # taken off the list meanwhile
        target = min(max(place - 1 if up else place + 1, 0), len(rows) - 1)
        rows.insert(target, rows.pop(place))
        for position, other in enumerate(rows, 1):
            other.position = position
        type(row).objects.bulk_update(rows, ["position"])
        job.changed_at = timezone.now()
        job.save(update_fields=["changed_at"])
