"""A weekly meeting of Sara and Olga: Fridays at 15 o'clock in Helsinki, from 11 December 2026."""

from datetime import date, time

from onboarding import weekly
from onboarding.models import Meeting, Series

FRIDAY = date(2026, 12, 11)
FIELDS = {"weekday": 4, "at": time(15), "minutes": 30, "place": "", "video_link": "", "ends_on": None}


def set_up(plan, off=(), **fields) -> Series:
    """`off` are the days on which nobody works, in place of the holidays of Finland."""
    plan.days_off = [day.isoformat() for day in off]
    plan.save(update_fields=["days_off"])
    row = weekly.set_up(plan, by=plan.manager, **(FIELDS | fields))
    row.onboarding = plan
    return row


def change(row, *, by=None, seen=None, since=None, **fields):
    now = {name: getattr(row, name) for name in FIELDS}
    return weekly.change(row, by=by or row.onboarding.manager, seen=seen, since=since, **(now | fields))


def meeting(plan, on=FRIDAY) -> Meeting:
    row = Meeting.objects.get(onboarding=plan, on=on)
    row.onboarding = plan
    return row


def planned(plan):
    rows = Meeting.objects.filter(onboarding=plan, state="planned").order_by("on")
    return list(rows.values_list("on", flat=True))
