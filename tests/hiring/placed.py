"""Adverts in places, and people who came by them."""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from hiring import placements
from hiring.models import Placement
from tests.hiring.factories import make_application

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"


def placed(*, days=30, ago=0, price="170", currency="EUR") -> dict:
    """What is noted of an advert posted `ago` days back for `days` days."""
    posted = localdate() - timedelta(days=ago)
    return {
        "posted_on": posted,
        "expires_on": posted + timedelta(days=days) if days is not None else None,
        "price": Decimal(price) if price else None,
        "currency": currency,
    }


def make_placement(job, by, channel="wwr", **details) -> Placement:
    return placements.post(job, channel, values=placed(**details), by=by)


def came_by(placement, number=1, **fields):
    """So many people applied by it."""
    values = {"source": placement.channel, "placement": placement} | fields
    return [make_application(placement.job, **values) for _ in range(number)]
