"""Goals for tests: opened early, one of each kind, and readings as people give them."""

from datetime import date
from decimal import Decimal

from onboarding import goals, onward
from onboarding.goals import Said
from onboarding.models import Goal, GoalKind

VALUES = {
    GoalKind.CSAT: {"unit": "percent", "direction": "up", "baseline": Decimal(88), "target": Decimal(95)},
    GoalKind.REPEAT: {"unit": "purchases", "direction": "up", "baseline": Decimal(40), "target": Decimal(60)},
    GoalKind.REPLY: {
        "unit": "hours",
        "direction": "down",
        "baseline": Decimal(24),
        "target": Decimal(4),
        "a_week": 60,
    },
    GoalKind.OWN: {"unit": "number", "direction": "up", "target": Decimal(10), "name": "Help pages"},
}


def make_goal(onboarding, kind=GoalKind.REPLY, **fields) -> Goal:
    """Goals are opened early where they are not open."""
    if not onward.opening(onboarding).open:
        onward.open_goals(onboarding, by=onboarding.manager, reason="She is quick")
    return goals.create(onboarding, by=onboarding.manager, kind=kind, **(VALUES[kind] | fields))


def said(day: date, value=None, positive=None, total=None) -> Said:
    return Said(day, None if value is None else Decimal(str(value)), positive, total)
