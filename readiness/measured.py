"""From cases to weekly numbers: whole weeks only, the traps of exports named, and what the score may use.

Standard library only. A case is (created, ended or None), local times.
"""

import datetime
from statistics import median

from readiness import trends
from readiness.scoring import DEFAULT

RECENT_WEEKS = 8
BASE_WEEKS = 26
TREND_WEEKS = 26
FEWEST_CASES = 10
CUT_AFTER = datetime.timedelta(days=14)
CUT_BELOW = 0.6


def summarise(cases, *, shape):
    """Everything that is kept of a log; JSON-able. ValueError when there is no case."""
    if not cases:
        raise ValueError("a log without a case")
    created = [first for first, _ in cases]
    end = max(last or first for first, last in cases)
    weeks = trends.whole_weeks([first.date() for first in created])
    kept = _without_cut(weeks, max(created), end)
    flags = {
        "cut": len(kept) < len(weeks),
        "closed_only": shape == "tickets" and closed_only(cases),
        "by_close_date": by_close_date(cases),
    }
    medians = _medians(cases, end)
    rows = [[monday.isoformat(), count, medians.get(monday)] for monday, count in kept]
    return {
        "first": min(created).date().isoformat(),
        "last": end.date().isoformat(),
        "cases": len(cases),
        "open": sum(last is None for _, last in cases),
        "weeks": rows,
        "dropped_weeks": len(weeks) - len(kept),
        "months": _months(created),
        "heat": heat(created),
        **flags,
        **_growth([count for _, count in kept], flags),
        "measured": _measured(kept, cases, end, flags),
    }


def heat(created):
    """How many began in each hour of each weekday: seven lists, Monday first, of 24 counts."""
    counts = [[0] * 24 for _ in range(7)]
    for when in created:
        counts[when.weekday()][when.hour] += 1
    return counts


def counted_until(series):
    """The last day (a Sunday) of the last whole week that was counted; None when there was none."""
    weeks = series["weeks"]
    return datetime.date.fromisoformat(weeks[-1][0]) + datetime.timedelta(days=6) if weeks else None


def speaks(series, *, on, config=DEFAULT):
    """Do these numbers still stand for the weeks around the date `on`? A log is of its time: after twelve weeks
    what somebody says today is nearer to the truth than what was counted then."""
    until = counted_until(series)
    return until is not None and on - until <= datetime.timedelta(weeks=config.log_speaks_weeks)


def _without_cut(weeks, last_created, end):
    """Cases end long after the last one begins: the file was cut, and its last weeks look emptier than they were."""
    if end - last_created <= CUT_AFTER:
        return weeks
    kept = list(weeks)
    while len(kept) > trends.TEST_FROM and kept[-1][1] < CUT_BELOW * median(
        count for _, count in kept[-1 - 12 : -1]
    ):
        kept.pop()
    return kept


def closed_only(cases):
    """No open ticket, though by arrivals times time to solve several would be open: only closed ones were exported."""
    lengths = [last - first for first, last in cases if last is not None]
    if len(lengths) < len(cases) or not lengths:
        return False
    span = max(first for first, _ in cases) - min(first for first, _ in cases)
    if not span:
        return False
    usually_open = sum(lengths, datetime.timedelta()) / span
    return usually_open >= 5


def by_close_date(cases):
    """What was created before the first end took far longer than usual: the export chose by the day of closing."""
    closed = [(first, last) for first, last in cases if last is not None]
    if len(closed) < FEWEST_CASES:
        return False
    first_end = min(last for _, last in closed)
    early = [last - first for first, last in closed if first < first_end]
    usual = median(last - first for first, last in closed)
    return len(early) >= 5 and median(early) > 2 * usual and first_end - min(f for f, _ in closed) > 2 * usual


def _medians(cases, end):
    """{Monday: hours until half of the cases created that week were solved}; open ones count as still running."""
    by_week = {}
    for first, last in cases:
        length = ((last or end) - first).total_seconds() / 3600
        by_week.setdefault(trends.week_of(first.date()), []).append((length, last is not None))
    found = {monday: trends.censored_median(lengths) for monday, lengths in by_week.items()}
    return {monday: round(hours, 2) for monday, hours in found.items() if hours is not None}


def _months(created):
    months = trends.whole_months([first.date() for first in created])
    counts = [count for _, count in months]
    rows = [[month.isoformat(), count] for month, count in months]
    if len(counts) < trends.DIRECTION_FROM:
        return {"rows": rows}
    kendall = trends.mann_kendall(counts)
    return {"rows": rows, "s": kendall.s, "z": kendall.z, "slope": trends.theil_sen(counts)}


def _growth(counts, flags):
    """Refused where the export itself makes the arrivals grow or fall."""
    recent = counts[-TREND_WEEKS:]
    if flags["closed_only"] or flags["by_close_date"]:
        return {"evidence": "refused", "direction": None, "growth": None, "p": None}
    code, direction, kendall = trends.verdict(recent)
    rate = trends.growth_rate(recent) if code != trends.NOT_ENOUGH else None
    return {
        "evidence": code,
        "direction": direction,
        "growth": rate,
        "p": None if kendall is None else kendall.p_rising,
    }


def _measured(weeks, cases, end, flags):
    """scoring.Inputs' measured_*: only what the log can carry."""
    found, counts = {}, [count for _, count in weeks]
    if len(counts) >= trends.DIRECTION_FROM:
        found["measured_week"] = float(median(counts[-RECENT_WEEKS:]))
        found["measured_weeks"] = counts[-4:]
    growth = _growth(counts, flags)
    if len(counts) >= trends.TEST_FROM and growth["growth"] is not None:
        found["measured_growth"] = growth["growth"]
    if not (flags["closed_only"] or flags["by_close_date"]):
        found |= _resolution([monday for monday, _ in weeks], cases, end)
    return found


def _resolution(mondays, cases, end):
    recent, base = set(mondays[-RECENT_WEEKS:]), set(mondays[-RECENT_WEEKS - BASE_WEEKS : -RECENT_WEEKS])
    now, before = _median_hours(recent, cases, end), _median_hours(base, cases, end)
    if not now or not before:
        return {}
    return {"measured_resolution_now": now, "measured_resolution_before": before}


def _median_hours(mondays, cases, end):
    lengths = [
        (((last or end) - first).total_seconds() / 3600, last is not None)
        for first, last in cases
        if trends.week_of(first.date()) in mondays
    ]
    return trends.censored_median(lengths) if len(lengths) >= FEWEST_CASES else None
