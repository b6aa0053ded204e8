"""What the queue carries: the number of a row, or nothing at all. Every task may run twice."""

from celery import shared_task

from vault import erasing, exports, extraction, seals, tidy, work
from vault.models import Export, FileRemoval, StoredFile

SWEEP_SECONDS = 30
BATCH = 200


@shared_task
def extract(pk: int) -> None:
    if stored := work.claim(StoredFile, pk, lease=extraction.LEASE):
        extraction.run(stored)


@shared_task
def sweep_texts() -> None:
    """Queues what is due; what no worker took before the next sweep expires, or slow files would fill the queue."""
    for pk in work.due(StoredFile).values_list("pk", flat=True)[:BATCH]:
        extract.apply_async((pk,), expires=SWEEP_SECONDS)


@shared_task
def sweep_drafts() -> None:
    tidy.drop_drafts()
    tidy.drop_half_uploads()


@shared_task
def sweep_links() -> int:
    return tidy.drop_links()


@shared_task
def seal_trail() -> None:
    seals.seal_due()


@shared_task
def remove_file(pk: int) -> None:
    if row := work.claim(FileRemoval, pk):
        erasing.remove_file(row)


@shared_task
def sweep_removals() -> None:
    for pk in work.due(FileRemoval).values_list("pk", flat=True)[:BATCH]:
        remove_file.delay(pk)


@shared_task
def make_copy(pk: int) -> None:
    exports.run(pk)


@shared_task
def sweep_copies() -> None:
    exports.forget()
    for pk in work.due(Export).values_list("pk", flat=True)[:BATCH]:
        make_copy.apply_async((pk,), expires=60)
