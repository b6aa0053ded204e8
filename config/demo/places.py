"""Where the sample adverts were posted, what that cost, and how many opened them."""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from hiring import placements
from hiring.models import Placement

# (place, posted so many days ago, for so many days, price, visits)
POSTED = (
    ("wwr", 26, 30, Decimal(170), 212),
    ("linkedin", 25, None, None, 148),
    ("friend", 25, None, None, 19),
)


def post(job, *, by) -> None:
    for channel, ago, days, price, visits in POSTED:
        posted = localdate() - timedelta(days=ago)
        until = posted + timedelta(days=days) if days else None
        values = {"posted_on": posted, "expires_on": until, "price": price, "currency": job.company.currency}
        row = placements.post(job, channel, values=values, by=by)
        Placement.objects.filter(pk=row.pk).update(visits=visits, undoable={})
