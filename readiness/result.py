"""What other apps may know of the result: plain values."""

from dataclasses import dataclass
from datetime import datetime

from readiness import assessments, heatmap, stored, words


@dataclass(frozen=True)
class Answer:
    """`recommendation`: not_yet, bridge, part_time or hire_now. `hours`: a week to hand over, None when unknown."""

    pk: int
    recommendation: str
    expand: bool
    by_the_hour: bool
    firm: bool
    hours: int | None
    need: float
    live_chat: bool
    out_of_hours: bool
    repeatable: float | None
    plan: str
    created_at: datetime


def latest(company) -> Answer | None:
    """The company's latest result, or None when it has none."""
    row = assessments.latest(company)
    if row is None:
        return None
    result, answers = stored.opened(row.result), row.answers
    return Answer(
        pk=row.pk,
        recommendation=result["recommendation"],
        expand=result["expand"],
        by_the_hour=result["by_the_hour"],
        firm=result["firm"],
        hours=words.hours_of(result),
        need=result["need"],
        live_chat=answers.get("live_chat") == "yes",
        out_of_hours=answers.get("out_of_hours") == "yes",
        repeatable=answers.get("repeatable"),
        plan=row.plan,
        created_at=row.created_at,
    )


def busy_hours(company) -> list[list[int]] | None:
    """When the company's customers write: seven lists (Monday first) of 24 counts, in the time the log was written
    in; None when no log was counted or it does not know hours."""
    return heatmap.usable((assessments.series_of(company) or {}).get("heat"))
