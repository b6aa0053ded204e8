"""Nothing that can wait leaves at night: mails of these kinds go between 8:00 and 20:00 where the shop is.

Receipts, and links somebody has just asked for, go at any hour: they are not of these kinds.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from accounts import zones

FROM, UNTIL = time(8), time(20)
# Messages to people outside that can wait until the morning; apps add theirs in AppConfig.ready.
messages: set[str] = set()


def day_time(when: datetime, zone) -> datetime:
    """`when` if that is by day in `zone`, else the next 8:00 there. Both are aware."""
    local = when.astimezone(zone)
    if FROM <= local.time().replace(fold=0) < UNTIL:
        return when
    day = local.date() if local.time() < FROM else local.date() + timedelta(days=1)
    return datetime.combine(day, FROM, zone)


def leaves(when: datetime, company) -> datetime:
    """When a mail leaves that is due at `when`, by the shop's clock."""
    if not settings.QUIET_HOURS:
        return when
    return day_time(when, zones.named(company.timezone) or timezone.get_default_timezone())


def sleeps_until(row) -> datetime | None:
    """For a mail that a worker holds now: when it may leave, or None when that is now."""
    if row.company is None or row.message not in messages:
        return None
    now = timezone.now()
    until = leaves(now, row.company)
    return until if until > now else None
