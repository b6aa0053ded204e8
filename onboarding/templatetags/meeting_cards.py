"""The weekly meeting on other pages: two queries."""

from django import template
from django.utils import timezone

from onboarding import meetings

register = template.Library()


@register.inclusion_tag("onboarding/_meeting_card.html")
def meeting_card(onboarding):
    """What Today says of it: when the next one is, and what the new colleague said they would do."""
    day = onboarding.today()
    turn = meetings.next_of(onboarding)
    open_ = onboarding.actions.filter(owner=onboarding.hire_id, done_at=None).order_by("due_on", "pk")[:5]
    return {
        "onboarding": onboarding,
        "meeting": turn if turn and turn.ends_at > timezone.now() else None,
        "is_today": turn is not None and turn.on == day,
        "actions": open_,
        "today_is": day,
    }
