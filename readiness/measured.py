"""From cases to weekly numbers: whole weeks only, the traps of exports named, and what the score may use.

Standard library only. What is kept of a file is its weeks (readiness.tally.Week) and what can be said of them.
"""

import datetime
from collections import Counter
from statistics import median

from readiness import tally, trends
from readiness.scoring import DEFAULT
from readiness.weekly import Log, join, whole

RECENT_WEEKS = 8
BASE_WEEKS = 26
TREND_WEEKS = 26
FEWEST_CASES = 10
CUT_AFTER = datetime.timedelta(days=14)
CUT_BELOW = 0.6
OF_A_MAILBOX = (
    "subjects",
    "repeated",
    "first_reply_hours",
)  # not to be added up: the file in front says them
FLAGS = ("cut", "closed_only", "by_close_date", "mixed_zones")


def summarise(cases, *, shape):
    """The series of (created, ended or None) as times; JSON-able. ValueError when there is no case."""
    if not cases:
        raise ValueError("a log without a case")
    return log_of(tally.Tally.of(cases), shape=shape).series


def log_of(counted, *, shape, **also) -> Log:
    """Everything that is kept of a counted log. `also` goes into the series: mixed_zones, left_out, ..."""
    weeks = counted.weeks()
    every = whole({monday: week.count for monday, week in weeks.items()})
    kept = _without_cut(every, counted.last_created, counted.end)
    flags = {
        "cut": len(kept) < len(every),
        "closed_only": shape == "tickets" and closed_only(counted),
        "by_close_date": by_close_date(counted),
        "mixed_zones": False,
    }
    known = {
        "first": counted.first.date().isoformat(),
        "last": counted.end.date().isoformat(),
        "last_created": counted.last_created.date().isoformat(),
        "cases": counted.cases,
        "open": len(counted.waiting),
        "dropped_weeks": len(every) - len(kept),
        **flags,
        **also,
    }
    return Log(_series(weeks, [monday for monday, _ in kept], known), weeks)


def _series(weeks, mondays, known):
    """What can be said of these weeks, of which `mondays` are whole and count."""
    kept = [(monday, weeks.get(monday) or tally.Week()) for monday in mondays]
    counts = [week.count for _, week in kept]
    return {
        **known,
        "weeks": [[monday.isoformat(), week.count, _hours([week])] for monday, week in kept],
        "months": _months(weeks),
        "heat": heat(weeks.values()),
        **_growth(counts, known),
        "measured": _measured(kept, known),
    }


def heat(weeks):
    """How many began in each hour of each weekday: seven lists, Monday first, of 24 counts."""
    hours = [sum(at) for at in zip(*(week.hours for week in weeks), strict=True)]
    return [hours[day * 24 : day * 24 + 24] for day in range(7)]


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


def closed_only(counted):
    """No open ticket, though by arrivals times time to solve several would be open: only closed ones were exported."""
    if counted.waiting or not counted.lengths:
        return False
    span = (counted.last_created - counted.first).total_seconds()
    return bool(span) and counted.total / span >= 5


def by_close_date(counted):
    """What was created before the first end took far longer than usual: the export chose by the day of closing."""
    if counted.cases - len(counted.waiting) < FEWEST_CASES:
        return False
    usual = counted.usual
    if counted.first_end - tally.seconds_of(counted.first) <= 2 * usual:
        return False
    early = counted.early(counted.first_end)
    return len(early) >= 5 and median(early) > 2 * usual


def _hours(weeks):
    """Hours until half of the cases of these weeks were solved; open ones count as still running."""
    seconds = tally.median(
        [pair for week in weeks for pair in week.closed], [pair for week in weeks for pair in week.open]
    )
    return None if seconds is None else round(seconds / 3600, 2)


def _months(weeks):
    counts = Counter()
    for monday, week in weeks.items():
        for day, count in enumerate(week.days):
            counts[trends.month_of(monday + datetime.timedelta(days=day))] += count
    months = _months_between({month: count for month, count in counts.items() if count})
    values = [count for _, count in months]
    rows = [[month.isoformat(), count] for month, count in months]
    if len(values) < trends.DIRECTION_FROM:
        return {"rows": rows}
    kendall = trends.mann_kendall(values)
    return {"rows": rows, "s": kendall.s, "z": kendall.z, "slope": trends.theil_sen(values)}


def _months_between(counts):
    """As weekly.whole, by the calendar."""
    found, month = [], trends.month_of(min(counts) + datetime.timedelta(days=32))
    while month < max(counts):
        found.append((month, counts.get(month, 0)))
        month = trends.month_of(month + datetime.timedelta(days=32))
    return found


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


def _measured(kept, known):
    """scoring.Inputs' measured_*: only what the log can carry."""
    found, counts = {}, [week.count for _, week in kept]
    if len(counts) >= trends.DIRECTION_FROM:
        found["measured_week"] = float(median(counts[-RECENT_WEEKS:]))
        found["measured_weeks"] = counts[-4:]
    growth = _growth(counts, known)
    if len(counts) >= trends.TEST_FROM and growth["growth"] is not None:
        found["measured_growth"] = growth["growth"]
    if not (known["closed_only"] or known["by_close_date"]):
        found |= _resolution([week for _, week in kept])
    return found


def _resolution(weeks):
    recent, base = weeks[-RECENT_WEEKS:], weeks[-RECENT_WEEKS - BASE_WEEKS : -RECENT_WEEKS]
    now, before = (_hours(each) if _cases(each) >= FEWEST_CASES else None for each in (recent, base))
    if not now or not before:
        return {}
    return {"measured_resolution_before": before, "measured_resolution_now": now}


def _cases(weeks):
    return sum(week.count for week in weeks)


def together(logs) -> dict:
    """One series of several files of a kind, those that count first in front; `gap`: something before is left out."""
    if len(logs) == 1:
        return logs[0].series
    joined = join(logs, tally.Week)
    used, weeks = [logs[i].series for i in joined.used], joined.weeks
    known = {
        "first": min(series["first"] for series in used),
        "last": max(series["last"] for series in used),
        "last_created": max(series["last_created"] for series in used),
        "cases": _cases(weeks.values()),
        "open": sum(count for week in weeks.values() for count, _ in week.open),
        "dropped_weeks": max(series["dropped_weeks"] for series in used),
        **{flag: any(series[flag] for series in used) for flag in FLAGS},
        **{name: used[0][name] for name in OF_A_MAILBOX if name in used[0]},
        "gap": joined.gap,
    }
    return _series(weeks, list(weeks), known)
