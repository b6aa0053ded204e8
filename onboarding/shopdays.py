"""The shop's own days off: the one writer of them. Open steps of running plans move along."""

from django.db import transaction

from onboarding import plans
from onboarding.models import DayOff
from vault import trail


def add(company, *, by, day, name="") -> bool:
    """One more day off for everybody. False when it was off already."""
    with transaction.atomic():
        row, made = DayOff.objects.get_or_create(company=company, day=day, defaults={"name": name})
        if made:
            _settle("day_off.added", row.pk, company, by)
    return made


def remove(row, *, by) -> bool:
    with transaction.atomic():
        pk, gone = row.pk, row.delete()[0]
        if gone:
            _settle("day_off.removed", pk, row.company, by)
    return bool(gone)


def _settle(action, pk, company, by):
    trail.record(action, company_id=company.pk, actor_id=by.user_id, kind="day_off", pk=pk)
    plans.days_off_changed(company)
