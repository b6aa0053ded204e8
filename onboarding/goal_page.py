"""What the pages of goals show: plain values from goals and their readings."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from accounts import undoing
from onboarding import goal_numbers, goal_words, goals, handed
from onboarding.models import Goal, GoalKind, GoalReading, Unit


@dataclass(frozen=True)
class Line:
    """One goal as a list shows it. `percent` is None where the way is not known."""

    goal: Goal
    readings: list  # oldest first
    says: str
    trend: str
    shop: str
    aim: str
    percent: int | None
    close: bool  # reached, or better
    late: bool  # its day has passed without that


def lines(onboarding) -> list[Line]:
    """All goals of a plan, in two queries."""
    kept = Prefetch("readings", GoalReading.objects.filter(gone_at=None).order_by("day"), to_attr="kept")
    rows = onboarding.goals.in_order().prefetch_related(kept)
    today = onboarding.today()
    return [line(goal, goal.kept, today) for goal in rows]


def line(goal, readings, today) -> Line:
    points = [goal_numbers.Point(row.day, row.value) for row in readings]
    code, newest = goals.stands(goal, points), readings[-1] if readings else None
    start = goal_numbers.beginning(goal.baseline, points)
    value = newest.value if newest else None
    done = goal_numbers.progress(goal.direction, target=goal.target, start=start, value=value)
    close = code in goal_numbers.CLOSE
    return Line(
        goal=goal,
        readings=readings,
        says=goal_words.stands(goal, code, value),
        trend=goal_words.trend(goal_numbers.trend(goal.direction, points)),
        shop=goal_words.for_the_shop(goal, start, newest),
        aim=goal_words.aim(goal),
        percent=None if done is None else int(done),
        close=close,
        late=bool(goal.until and goal.until < today and not close),
    )


def chart(goal, readings):
    points = [goal_numbers.Point(row.day, row.value) for row in readings]
    return goal_numbers.picture(points, goal.target)


def table(goal, readings, member) -> list[dict]:
    """The newest first, each with its Undo."""
    return [
        {
            "row": row,
            "value": goal_words.amount(goal, row.value),
            "counts": (row.positive, row.total) if row.total else None,
            "undo": undoing.offered(row, goals.READING, member),
        }
        for row in reversed(readings)
    ]


def counted(goal, readings) -> dict | None:
    """What imported mail says of this goal, to be taken with one press; None when it says nothing new."""
    found = handed.first_reply_of(goal.onboarding.company) if goal.kind == GoalKind.REPLY else None
    if found is None or found[0] > goal.onboarding.today():
        return None
    day, hours = found
    if any(row.day == day for row in readings):
        return None
    value = round(Decimal(str(hours)) * (60 if goal.unit == Unit.MINUTES else 1), 2)
    return {
        "on": day,
        "day": day.isoformat(),
        "value": f"{value:f}",
        "amount": goal_words.amount(goal, value),
    }
