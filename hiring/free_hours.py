"""When each of the team has time: kept by themselves, and read as the plain values of hiring.slots."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts import conflicts, undoing, zones
from accounts.models import Membership
from hiring.models import FreeHours
from hiring.slots import Hours
from vault import trail

WORKDAY = [[9 * 60, 17 * 60]]
STANDARD = {
    "week": [WORKDAY] * 5 + [[]] * 2,
    "days_off": [],
    "before": 15,
    "after": 15,
    "notice_hours": 24,
    "days_ahead": 14,
}
MOST_OFF = 60  # ranges of days


def row_of(member) -> FreeHours:
    """What is kept, or the standard in the shop's zone, not saved."""
    found = FreeHours.objects.filter(member=member).first()
    return found or _standard(member)


def _standard(member) -> FreeHours:
    return FreeHours(
        company_id=member.company_id,
        member=member,
        zone=member.company.timezone,
        revision=0,
        **STANDARD,
    )


def of(members) -> list[Hours]:
    """For each of these members of one company, in their order. One query."""
    rows = {row.member_id: row for row in FreeHours.objects.filter(member__in=members)}
    return [plain(rows.get(member.pk) or _standard(member)) for member in members]


def plain(row) -> Hours:
    week = tuple(tuple((begin, end) for begin, end in day) for day in row.week)
    off = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.days_off)
    return Hours(
        zone=zones.named(row.zone) or ZoneInfo("UTC"),
        week=week,
        off=off,
        before=row.before,
        after=row.after,
        notice=row.notice_hours,
        ahead=row.days_ahead,
    )


@transaction.atomic
def keep(member, *, values: dict, seen: int | None = None) -> FreeHours:
    """One's own hours from now on; what was booked stays. Raises conflicts.Changed."""
    row = _locked(member)
    conflicts.check(row, seen)
    undoing.remember(row, "hours", {name: getattr(row, name) for name in values}, by=member)
    return _put(row, values | {"days_off": _ahead(values["days_off"])}, "free_hours.kept")


@transaction.atomic
def take_back(member, mark: str) -> None:
    """The hours as they were before the last keeping. Raises undoing.Refused."""
    row = _locked(member)
    _put(row, undoing.take(row, mark, by=member).values, "free_hours.taken_back")


def _put(row, values, action) -> FreeHours:
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    trail.record(action, company_id=row.company_id, actor_id=row.member.user_id, kind="free_hours", pk=row.pk)
    return row


def _locked(member) -> FreeHours:
    """Behind their place in the team, so that of two first keepings the second sees the first."""
    Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
    return row_of(member)


def _ahead(days_off) -> list:
    """Days that are over for everybody, wherever they are, are forgotten."""
    yesterday = (timezone.now().date() - timedelta(days=1)).isoformat()
    return sorted(pair for pair in days_off if pair[1] >= yesterday)
