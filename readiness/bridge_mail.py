"""One mail on the day on which a bridge plan wanted to be looked at again."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from accounts import zones
from accounts.addresses import absolute
from mailroom import outbox

MESSAGE = "readiness_bridge_look"
AT = time(8)


def about(plan) -> tuple[str, int]:
    return "bridgeplan", plan.pk


def stop(plan) -> None:
    outbox.cancel(about=about(plan), message=MESSAGE)


def remind(plan, *, by) -> None:
    """The mail waits for the plan's day, to whoever set it; an earlier one is stopped, and an ended plan has none.

    On a day that is here already nothing is posted: the page says it.
    """
    stop(plan)
    if not plan.is_open or plan.look_on <= timezone.localdate():
        return
    zone = zones.named(plan.company.timezone) or timezone.get_default_timezone()
    outbox.post(
        message=MESSAGE,
        to=by.email,
        company=plan.company,
        about=about(plan),
        language=(by.user.language if by.user else "") or plan.company.language,
        context={
            "name": by.name,
            "kind": plan.kind,
            "begun": plan.started_at,
            "url": absolute(reverse("readiness:bridge", args=[plan.pk])),
        },
        not_before=datetime.combine(plan.look_on, AT, tzinfo=zone),
        key=f"{MESSAGE}:{plan.pk}:{plan.look_on}",
    )
