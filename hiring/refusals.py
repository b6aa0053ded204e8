"""How somebody hears that they were not chosen: the letter, when it leaves, and whether they know by now."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hiring import letters, locking, message_templates
from hiring.models import Told
from hiring.status_links import status_address
from mailroom import outbox
from vault import trail

BY_MAIL = {Told.MAIL, Told.MORNING}


@transaction.atomic
def tell(application, *, by, told=Told.MAIL) -> bool:
    """Tells somebody whose way ended earlier without a word; False when they have heard meanwhile."""
    _job, application = locking.lock(application)
    if application.is_active or application.told or (told in BY_MAIL and not application.email):
        return False
    application.told = told
    application.save(update_fields=["told"])
    last = application.moves.order_by("-pk").values_list("pk", flat=True).first()
    post(application, told, by, key=f"not-selected-late-{last}")
    trail.record(
        "application.told",
        company_id=application.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=application.pk,
        fields=["stage", "outcome"],
    )
    return True


def post(application, told, by, *, key) -> None:
    """Queues the letter where it goes by mail; inside the transaction of the decision."""
    if told not in BY_MAIL:
        return
    company, sender = application.job.company, by.name if by else ""
    kind = message_templates.refusal(application.stage)
    outbox.post(
        message=letters.REFUSAL,
        to=application.email,
        company=company,
        about=("application", application.pk),
        language=application.language,
        context={"name": application.name, "job_title": application.job.title},
        not_before=outbox.soon() if told == Told.MAIL else next_morning(company),
        key=key,
        reply_to=(by.name, by.email) if by else None,
        own=message_templates.own(kind, application, sender=sender, link=lambda: status_address(application)),
    )


def next_morning(company, now: datetime | None = None) -> datetime:
    """9:00 of the next day, Monday to Friday, in the company's time zone."""
    zone = ZoneInfo(company.timezone)
    day = (now or timezone.now()).astimezone(zone).date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(9), zone)


def has_heard(application) -> bool:
    """Does somebody who was not selected know it: the message has left, or they were told by phone?"""
    about = ("application", application.pk)
    return application.told == Told.PHONE or outbox.state(about=about, message=letters.REFUSAL) == "sent"
