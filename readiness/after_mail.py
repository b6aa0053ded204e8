"""One mail on the day on which before and after shall be looked at, in its reader's language."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from accounts import zones
from accounts.addresses import absolute
from mailroom import outbox

MESSAGE = "readiness_after_look"
AT = time(8)


def stop(row) -> None:
    outbox.cancel(about=("beforeafter", row.pk), message=MESSAGE)


def remind(row, *, by) -> None:
    """The mail waits for the row's day, to whoever set it; an earlier one is stopped, and what has ended has none.

    On a day that is here already nothing is posted: the page says it.
    """
    stop(row)
    if row.ended_at or by is None or row.look_on <= timezone.localdate():
        return
    zone = zones.named(row.company.timezone) or timezone.get_default_timezone()
    outbox.post(
        message=MESSAGE,
        to=by.email,
        company=row.company,
        about=("beforeafter", row.pk),
        language=(by.user.language if by.user else "") or row.company.language,
        context={
            "name": by.name,
            "job_title": row.job_title,
            "url": absolute(reverse("readiness:after", args=[row.pk])),
        },
        not_before=datetime.combine(row.look_on, AT, tzinfo=zone),
        key=f"{MESSAGE}:{row.pk}:{row.look_on}",
    )
