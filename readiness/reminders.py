"""One mail on a day of one's own, in four weeks unless another one is chosen: "shall we look again?"."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.addresses import absolute
from mailroom import outbox
from mailroom.models import Mail
from vault import trail
from vault.work import State

AFTER = timedelta(weeks=4)
FURTHEST = timedelta(days=2 * 365)
LATEST_DEFAULT = timedelta(weeks=52)
AT = time(8)
MESSAGE = "readiness_ask_again"


@dataclass(frozen=True)
class Wish:
    """We ask again on the day `on`, by mail to `to`."""

    on: date
    to: str


@transaction.atomic
def ask_again(row, *, by, on=None):
    """Posts the reminder to the member who asked for it; another day replaces what has not left yet.

    `on` is a date from tomorrow on, in four weeks when it is None. The same day twice is one mail.
    """
    on = on or timezone.localdate() + AFTER
    list(type(row).objects.select_for_update(no_key=True, of=("self",)).filter(pk=row.pk))
    known = wish(row)
    if known == Wish(on, by.email):
        return Mail.objects.about("assessment", row.pk).filter(message=MESSAGE).latest("pk")
    outbox.cancel(about=("assessment", row.pk), message=MESSAGE)
    _record("asked", row, by)
    return _post(row, by, on)


def _post(row, by, on):
    language = by.user.language or row.company.language
    with override(language):
        since = date_format(timezone.localdate(), "DATE_FORMAT")
    return outbox.post(
        message=MESSAGE,
        to=by.email,
        company=row.company,
        about=("assessment", row.pk),
        language=language,
        context={
            "name": by.name,
            "plan": row.plan,
            "since": since,
            "url": absolute(reverse("readiness:check")),
        },
        not_before=timezone.make_aware(datetime.combine(on, AT)),
        key=f"{MESSAGE}:{row.pk}:{on.isoformat()}",
    )


@transaction.atomic
def take_back(row, *, by):
    """Nobody is asked again about this answer; what has left already stays sent."""
    list(type(row).objects.select_for_update(no_key=True, of=("self",)).filter(pk=row.pk))
    if outbox.cancel(about=("assessment", row.pk), message=MESSAGE):
        _record("not_asked", row, by)


def _record(verb, row, by):
    trail.record(
        f"readiness.{verb}", company_id=row.company_id, actor_id=by.user_id, kind="assessment", pk=row.pk
    )


def wishes(rows) -> dict[int, Wish]:
    """{number of the answer: Wish} for those whose reminder is still to come, in one query."""
    found = Mail.objects.filter(about_kind="assessment", about_id__in=[row.pk for row in rows])
    waiting = found.filter(message=MESSAGE, state__in=[State.WAITING, State.RUNNING]).order_by("pk")
    return {
        pk: Wish(timezone.localdate(due), to)
        for pk, due, to in waiting.values_list("about_id", "due_at", "recipient")
    }


def wish(row) -> Wish | None:
    return wishes([row]).get(row.pk)


def suggested(result, *, today) -> date:
    """The day to look again: when searching has to begin at this growth, else in four weeks, at most in a year."""
    weeks, ahead = result.get("weeks_until_full"), result.get("weeks_ahead")
    if not isinstance(weeks, float | int) or not ahead or not math.isfinite(weeks):
        return today + AFTER
    return today + min(LATEST_DEFAULT, max(AFTER, timedelta(weeks=min(weeks, 1000) - ahead)))
