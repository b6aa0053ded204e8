from celery import shared_task

from mailroom import delivery, digest, lost
from mailroom.models import LostLink, Mail
from vault import work

SWEEP_SECONDS = 15
SWEEP_ROWS = 200


@shared_task
def deliver(pk):
    delivery.deliver_for(pk)


@shared_task
def sweep():
    """Queues what is due and what a dead worker left behind. A second sweep at once does no harm.

    What no worker took before the next sweep expires, so that a slow mail server does not fill the queue.
    """
    for pk in work.due(Mail).values_list("pk", flat=True)[:SWEEP_ROWS]:
        deliver.apply_async((pk,), expires=SWEEP_SECONDS)


@shared_task
def forget():
    delivery.forget()
    digest.forget()


@shared_task
def send_digests():
    """Every few minutes: somewhere it has just struck eight."""
    digest.send()


@shared_task
def answer_lost(pk):
    lost.answer(pk)


@shared_task
def sweep_lost():
    """Queues who still waits for their links, and drops what could not be answered in a day."""
    lost.forget()
    for pk in work.due(LostLink).values_list("pk", flat=True)[:SWEEP_ROWS]:
        answer_lost.apply_async((pk,), expires=SWEEP_SECONDS)
