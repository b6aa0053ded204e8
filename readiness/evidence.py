"""How strong the counted weeks speak: growth of messages and of the time until a case is solved.

Standard library only. Both are asked of the same weeks, so their chances are adjusted together (Holm 1979).
Sizes are Theil-Sen slopes of the logs (Sen 1968), the chances those of Mann and Kendall; see readiness.trends.
"""

from dataclasses import dataclass

from readiness import measured, trends

TOLD = "told"
REFUSED = "refused"
GROWTH, METRICS = "growth", "metrics"


@dataclass(frozen=True)
class Evidence:
    """`code`: strong, some, none, direction_only, not_enough, refused or told. `rate`: a week, continuous.

    `chance`: how often weeks like these would come if nothing had changed, 0 to 1; None where it was not asked.
    `weeks`: how many were looked at.
    """

    code: str
    direction: str | None = None
    rate: float | None = None
    chance: float | None = None
    weeks: int = 0


def of_weeks(series):
    """{signal: Evidence} for what a log can speak of (measured.summarise); {} without one."""
    if not series or not series.get("weeks"):
        return {}
    rows = series["weeks"][-measured.TREND_WEEKS :]
    if series.get("closed_only") or series.get("by_close_date"):
        return {code: Evidence(REFUSED, weeks=len(rows)) for code in (GROWTH, METRICS)}
    values = {
        GROWTH: [count for _, count, _ in rows],
        METRICS: [hours for _, _, hours in rows if hours is not None],
    }
    return _adjusted({code: _of(found) for code, found in values.items()})


def _of(values):
    code, direction, kendall = trends.verdict(values)
    if code == trends.NOT_ENOUGH:
        return Evidence(code, weeks=len(values))
    asked = len(values) >= trends.TEST_FROM
    rate = trends.growth_rate(values)
    return Evidence(code, direction, rate, kendall.p_rising if asked else None, len(values))


def _adjusted(found):
    asked = [code for code, each in found.items() if each.chance is not None]
    chances = trends.holm([found[code].chance for code in asked])
    for code, chance in zip(asked, chances, strict=True):
        old = found[code]
        found[code] = Evidence(trends.evidence(chance), old.direction, old.rate, chance, old.weeks)
    return found
