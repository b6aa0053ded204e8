"""What the queue carries: the number of a row, or nothing at all. Every task may run twice."""

from celery import shared_task

from vault import extraction, seals, tidy, work
from vault.models import StoredFile

BATCH = 200


@shared_task
def extract(pk: int) -> None:
    if stored := work.claim(StoredFile, pk, lease=extraction.LEASE):
        extraction.run(stored)


@shared_task
def sweep_texts() -> None:
    for pk in work.due(StoredFile).values_list("pk", flat=True)[:BATCH]:
        extract.delay(pk)


@shared_task
def sweep_drafts() -> None:
    tidy.drop_drafts()
    tidy.drop_half_uploads()


@shared_task
def seal_trail() -> None:
    seals.seal_due()
