from celery import shared_task

from readiness import imports
from readiness.models import TicketImport
from vault import work

SWEEP_SECONDS = 30


@shared_task
def count(pk):
    imports.run(pk)


@shared_task
def sweep():
    """Queues imports that are due and those a dead worker left behind, and drops the files that nobody went on with."""
    imports.forget()
    for pk in work.due(TicketImport).values_list("pk", flat=True)[:50]:
        count.apply_async((pk,), expires=SWEEP_SECONDS)
