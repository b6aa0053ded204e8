"""Links to choose a time, for tests: a Monday morning on which everybody is free all week."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from hiring import booking, free_hours
from mailroom.models import Mail
from vault import links

MONDAY = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)
WEDNESDAY_TEN = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)


def offered(application, by, *, hosts=(), **fields):
    values = {"kind": "phone", "minutes": 20, "place": "", "hosts": list(hosts) or [by]} | fields
    return booking.offer(application.job, [application], by=by, **values)[0]


def address_of(row) -> str:
    subject = ("booking", row.pk)
    token = links.mint(purpose="booking", subject=subject, company_id=row.company_id, days=5)
    return f"/my/booking/{token}/"


def again(row):
    return type(row).objects.get(pk=row.pk)


def letters_of(message) -> list[str]:
    return list(Mail.objects.filter(message=message).order_by("pk").values_list("state", flat=True))


def words(message) -> str:
    """The newest such mail as a person reads it."""
    from mailroom import delivery

    return delivery.text_of(Mail.objects.filter(message=message).latest("pk"))


def hours(**changes) -> dict:
    return free_hours.STANDARD | {"zone": "UTC"} | changes


def soon(**later) -> datetime:
    return timezone.now().replace(second=0, microsecond=0) + timedelta(**later)
