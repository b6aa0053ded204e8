from celery import shared_task

from hiring import offers


@shared_task
def expire_offers():
    """Every few minutes: an offer whose time is over says so, also where nobody looks at it."""
    offers.expire()
