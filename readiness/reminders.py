"""One mail in four weeks: "shall we look again?"."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.addresses import absolute
from mailroom import outbox

AFTER = timedelta(weeks=4)
MESSAGE = "readiness_ask_again"


def ask_again(row, *, by):
    """Posts the reminder to the member who asked for it; asking twice posts one."""
    return outbox.post(
        message=MESSAGE,
        to=by.email,
        company=row.company,
        about=("assessment", row.pk),
        language=by.user.language or row.company.language,
        context={"name": by.name, "plan": row.plan, "url": absolute(reverse("readiness:check"))},
        not_before=timezone.now() + AFTER,
        key=f"{MESSAGE}:{row.pk}",
    )


def state(row):
    """ "waiting", "sent" .. or None when nobody asked."""
    return outbox.state(about=("assessment", row.pk), message=MESSAGE)
