from celery import shared_task

from hiring import closing, duplicates, fulltext, indexing, leaving, offers, reminding


@shared_task
def expire_offers():
    """Every few minutes: an offer or an advert whose time is over says so, also where nobody looks at it."""
    offers.expire()
    closing.stop_overdue()


@shared_task
def retention():
    """Every hour: whose time is over is announced a week before, and erased on the day."""
    leaving.run()


@shared_task
def index_words():
    """Every half minute: what applicants sent becomes something one can search."""
    indexing.run()


@shared_task
def find_same_people():
    """Every half minute: whether somebody who applied has applied before, as a question for people."""
    duplicates.run()


@shared_task
def tidy_words():
    """Every hour: words of people who were erased leave the index on the disk, too."""
    fulltext.tidy()


@shared_task
def remind_adverts():
    """Every hour: what runs out soon is told once."""
    reminding.remind()
