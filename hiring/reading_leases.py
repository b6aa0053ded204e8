"""Who has which CV open: a claim of three minutes, so that two people at one pile never get the same one.

It is no business data and decides nothing, so a page that is only looked at may write it, as it notes when somebody
was last here. There is one row an application: of two who ask in the same moment the second waits for the first,
sees its claim and gets the next one.
"""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from hiring.models import Application, ReadingLease, Stage

HOLD = timedelta(minutes=3)
TRIES = 5


def take(rows, *, by, ahead=False) -> Application | None:
    """The first of `rows` that nobody else reads, claimed for `by`; its `ticket` is the page's to free it with.

    What one holds already comes first. `ahead` is for the page after this one: a colleague who finds nothing else may
    have that, so that the last CVs are not held by somebody who is not at them yet.
    """
    for _try in range(TRIES):
        found = _first(rows, by, ahead)
        if found is None:
            return None
        found.ticket = claim(found, by=by, ahead=ahead)
        if found.ticket:
            return found
    return None


def _first(rows, by, ahead):
    mine = rows.filter(lease__by=by, lease__until__gt=timezone.now()).first()
    if mine:
        return mine
    free = rows.exclude(pk__in=_others(by).values("application")).first()
    if free or ahead:
        return free
    return rows.exclude(pk__in=_others(by).filter(ahead=False).values("application")).first()


def _others(by):
    live = ReadingLease.objects.filter(company_id=by.company_id, until__gt=timezone.now())
    return live.exclude(by=by)


def claim(application, *, by, ahead=False, ticket="") -> str:
    """The ticket of this claim, a new one unless said; empty when a colleague is at it."""
    now, ticket = timezone.now(), ticket or secrets.token_urlsafe(6)
    values = {"by": by, "until": now + HOLD, "ahead": ahead, "ticket": ticket}
    free = Q(by=by) | Q(until__lte=now) | (Q() if ahead else Q(ahead=True))
    if ReadingLease.objects.filter(free, application=application).update(**values):
        return ticket
    try:
        with transaction.atomic():
            ReadingLease.objects.create(company_id=by.company_id, application=application, **values)
    except IntegrityError:
        return ""
    return ticket


def prolong(application, *, by, ticket: str) -> bool:
    """The page is open still. One that was given up meanwhile is claimed again, if it is free."""
    mine = ReadingLease.objects.filter(by=by, application=application)
    if mine.update(until=timezone.now() + HOLD):
        return True
    return application.standing == Stage.CV and bool(claim(application, by=by, ticket=ticket[:12]))


def prolong_ahead(pk: int, *, by) -> None:
    """The page fetched for later."""
    ReadingLease.objects.filter(by=by, application=pk, ahead=True).update(until=timezone.now() + HOLD)


def free(application, *, by, ticket: str | None = None) -> None:
    """One's own claim: decided, or, with the ticket of its page, left."""
    mine = ReadingLease.objects.filter(application=application, by=by)
    (mine if ticket is None else mine.filter(ticket=ticket)).delete()


def readers(rows, *, by) -> list[str]:
    """Who else is at these, each name once."""
    found = _others(by).filter(application__in=rows, ahead=False).select_related("by").order_by("pk")
    return list(dict.fromkeys(str(lease.by) for lease in found[:100]))


def reader(application, *, by) -> str:
    """Who else has this one open; empty when nobody has."""
    if application.standing != Stage.CV:
        return ""
    found = _others(by).filter(application=application, ahead=False).select_related("by").first()
    return str(found.by) if found else ""


def reader_column(by):
    """The same for each row of a list, in its own query."""
    found = _others(by).filter(application=OuterRef("pk"), ahead=False)
    return Subquery(
        found.values(who=Coalesce(NullIf("by__name", Value("")), "by__email", output_field=CharField()))[:1]
    )
