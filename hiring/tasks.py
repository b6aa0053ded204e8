from celery import shared_task
from django.db import transaction

from hiring import (
    adjustments,
    approvals,
    bulk,
    calendar_reading,
    card_reminding,
    closing,
    duplicates,
    fulltext,
    importing,
    indexing,
    leaving,
    offer_days,
    offers,
    pool,
    reminding,
    samples_sending,
    signed_pdf,
    staleness,
    talk_reminders,
    written_references,
)
from hiring.models import PeopleImport, SignedContract
from vault import work

IMPORTS_SWEEP = 30  # seconds


@shared_task
def expire_offers():
    """Every few minutes: an offer or an advert whose time is over says so, also where nobody looks at it."""
    offers.expire()
    offer_days.remind()
    approvals.remind()
    closing.stop_overdue()


@shared_task
def retention():
    """Every hour: whose time is over is announced a week before, and erased on the day."""
    leaving.run()
    adjustments.forget()
    written_references.forget_contacts()


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


@shared_task
def remind_stale():
    """Every hour: people who wait too long are told once a day to whoever looks after their stage."""
    staleness.remind()


@shared_task
def do_several(pk):
    bulk.run(pk)


@shared_task
def sweep_several():
    """Every half minute: what a dead worker left behind, or a broker lost. Drafts nobody went on with go."""
    bulk.forget()
    for pk in bulk.due():
        do_several.apply_async((pk,), expires=30)


def queue_several(pk):
    """After the commit; a broker that is away does no harm, the sweep finds the row."""
    transaction.on_commit(lambda: do_several.delay(pk), robust=True)


@shared_task
def bring_people(pk):
    importing.run(pk)


@shared_task
def sweep_imports():
    """Queues imports of people that are due and those a dead worker left behind; drops what nobody went on with."""
    importing.forget()
    for pk in work.due(PeopleImport).values_list("pk", flat=True)[:50]:
        bring_people.apply_async((pk,), expires=IMPORTS_SWEEP)


@shared_task
def ask_pool():
    """Every hour: whose consent ends within a month is asked once whether they stay."""
    pool.ask_all()


@shared_task
def remind_samples():
    """Every hour: a work sample whose day is near is spoken of once."""
    samples_sending.remind()


@shared_task
def remind_talks():
    """Every ten minutes: a talk of tomorrow, or in two hours, is spoken of once each, by day."""
    talk_reminders.remind()


@shared_task
def make_contract(pk):
    """The signed contract becomes a file."""
    signed_pdf.run(pk)


@shared_task
def sweep_contracts():
    """Every half minute: signed contracts that are not made yet, also those a dead worker left behind."""
    for pk in work.due(SignedContract).values_list("pk", flat=True)[:50]:
        make_contract.apply_async((pk,), expires=30)


@shared_task
def read_calendar(pk):
    calendar_reading.run(pk)


@shared_task
def sweep_calendars():
    """Every minute: members' own calendars whose quarter of an hour is over. What was removed goes."""
    calendar_reading.forget()
    for pk in calendar_reading.due():
        read_calendar.apply_async((pk,), expires=60)


@shared_task
def remind_cards():
    """Every ten minutes: whose interview is over and whose card is not in is told, at most twice."""
    card_reminding.remind()


@shared_task
def remind_referees():
    """Every hour: a referee who has not answered within five days is written to once more."""
    written_references.remind()
