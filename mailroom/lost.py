"""Somebody lost the link in their mail and asks for it again.

Every address that is typed becomes a row, known or not, and the page answers before anybody looks: neither its bytes
nor its time tell whether we know somebody. A worker looks, posts new links to that address, and drops the row.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mailroom.models import LostLink
from vault import work

log = logging.getLogger(__name__)
# Callables (email) that post a new link for whatever of theirs the address belongs to; apps add themselves in
# AppConfig.ready. Each sends to the address it holds itself, never to what was typed.
finders: list = []
AGAIN = timedelta(hours=1)  # the same link goes out once in this time, however often it is asked for
DELAYS = (60, 600)


def ask(email: str) -> None:
    """Writes down that somebody with this address asked."""
    row = LostLink.objects.create(email=email)
    transaction.on_commit(lambda: _hand_over(row.pk), robust=True)


def _hand_over(pk) -> None:
    from mailroom.tasks import answer_lost

    try:
        answer_lost.delay(pk)
    except Exception as error:  # whatever a broker's client raises: the sweeper will find the row
        log.warning("the queue is not there (%s): a lost link waits for the sweeper", type(error).__name__)


def answer(pk) -> bool:
    """Posts what belongs to the address, and forgets that it was asked; False when somebody else does."""
    row = work.claim(LostLink, pk)
    if row is None:
        return False
    try:
        with transaction.atomic():
            for find in finders:
                find(row.email)
    except Exception as error:
        work.failed(row, type(error).__name__, delays=DELAYS)
        raise
    LostLink.objects.filter(pk=row.pk).delete()
    return True


def this_hour() -> str:
    """Part of a mail's key: the same mail again within the hour is the one that left already."""
    return f"{timezone.now():%Y%m%d%H}"


def forget() -> int:
    """Drops what could not be answered in a day; how many."""
    old = LostLink.objects.filter(created_at__lt=timezone.now() - timedelta(days=1))
    return old.delete()[0]
