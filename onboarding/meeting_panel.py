"""The weekly meetings of today, for the home page of each of the two who meet."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.panels import Panel
from onboarding.models import Meeting, MeetingState
from onboarding.models.plan import zone_of

DAY = timedelta(days=1)


def near() -> Exists:
    """On an onboarding: is a meeting planned that may be today somewhere on earth?"""
    today = timezone.now().date()
    rows = Meeting.objects.filter(onboarding=OuterRef("pk"), state=MeetingState.PLANNED)
    return Exists(rows.filter(on__range=(today - DAY, today + DAY)))


def panel(membership) -> Panel | None:
    """One query. The day and the hour are the reader's own; one that has ended is not spoken of."""
    now = timezone.now()
    clock = zone_of(membership, membership.company)
    today = now.astimezone(clock).date()
    rows = Meeting.objects.for_company(membership.company_id).filter(state=MeetingState.PLANNED)
    rows = rows.filter(onboarding__cancelled_at=None, on__range=(today - DAY, today + DAY))
    rows = rows.filter(Q(onboarding__hire=membership) | Q(onboarding__manager=membership))
    found = [
        _row(meeting, membership, clock)
        for meeting in rows.select_related("onboarding__hire", "onboarding__manager")
        if meeting.starts_at.astimezone(clock).date() == today and meeting.ends_at > now
    ]
    found.sort(key=lambda row: row["meeting"].starts_at)
    return Panel(20, "onboarding/_panel_meetings.html", {"meetings": found}) if found else None


def _row(meeting, membership, clock) -> dict:
    plan = meeting.onboarding
    other = plan.manager if membership.pk == plan.hire_id else plan.hire
    return {"meeting": meeting, "other": other, "clock": meeting.starts_at.astimezone(clock).time()}
