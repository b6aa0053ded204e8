"""Interviews as entries of the calendars of those who sit in them (accounts.agenda)."""

from accounts import agenda
from hiring import busy, calendar_messages, hosting
from hiring.models import Application

APP = busy.APP
MOST = 500


def register() -> None:
    agenda.register(APP, entries)


def entries(members, start, end) -> list[agenda.Entry]:
    return [
        calendar_messages.entry(row, calendar_messages.words_for_team(row))
        for member in members
        for row in _interviews(member, start - busy.LONGEST, end)
    ]


def _interviews(member, start, end):
    """Those that the member sits in and may see, not those called off."""
    theirs = Application.objects.for_company(member.company_id).visible_to(member)
    rows = hosting.talks_of([member]).filter(company=member.company_id, application__in=theirs)
    rows = rows.filter(starts_at__gt=start, starts_at__lt=end)
    return rows.select_related("application__job__company").order_by("starts_at", "pk")[:MOST]
