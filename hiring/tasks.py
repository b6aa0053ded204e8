from celery import shared_task

from hiring import leaving, offers


@shared_task
def expire_offers():
    """Every few minutes: an offer whose time is over says so, also where nobody looks at it."""
    offers.expire()


@shared_task
def retention():
    """Every hour: whose time is over is announced a week before, and erased on the day."""
    leaving.run()
