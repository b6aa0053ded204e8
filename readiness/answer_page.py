"""What the result page shows: sentences, bars and tables, from a result's codes and numbers."""

from accounts import listed as lists
from readiness import (
    assessments,
    charts,
    compare_page,
    heat_page,
    measured,
    reminders,
    scoring,
    signal_page,
    stored,
    weighing,
    words,
)
from readiness.scoring import DEFAULT


def strip(answers, *, asked_minutes=True, config=DEFAULT):
    """The line at the bottom of the check, and the question about minutes when it can be asked."""
    inputs = assessments.inputs_of(answers)
    missing = assessments.ENOUGH - assessments.answered(answers)
    load = scoring.load(inputs, config)
    minutes = scoring.minutes_each(inputs, config)
    return {
        "text": words.too_few(missing) if missing > 0 else words.full(load) if load is not None else "",
        "percent": None if load is None else min(100, round(100 * load)),
        "over": load is not None and load > 1,
        "enough": missing <= 0,
        "minutes": _minutes(inputs, minutes, config) if minutes and asked_minutes else "",
    }


def _minutes(inputs, minutes, config):
    return words.minutes_question(inputs.support_hours, scoring.messages_week(inputs, config), minutes)


def listed(rows):
    """The results of the list, each with the day on which we ask again, if somebody wants that."""
    wishes = reminders.wishes(rows)
    return [_listed(row, wishes.get(row.pk)) for row in rows]


def _listed(row, wish):
    result = stored.opened(row.result)
    return {
        "row": row,
        "headline": words.headline(result),
        "firm": result["firm"],
        "need": round(result["need"]),
        "wish": wish,
    }


def context(now, *, company=None):
    """Everything of the page that follows from the result."""
    result = stored.opened(now.result)
    series = assessments.series_of(company) if company else None
    config = weighing.named(result["version"], company)
    given = _given(now, result, config, signal_page.until(series, signal_page.last_day(now)))
    return {
        **_verdict(now, result, company),
        **_sure(result),
        "row": now.row,
        "result": result,
        "signals": signal_page.signals(given),
        "until_full": words.until_full(result),
        "imported": bool(_measured(now)),
        "flips": [_flip(each) for each in result["flips"] if each["input"] in words.INPUTS],
        "numbers": words.numbers(result),
        "beside": words.beside(assessments.inputs_of(now.answers), given.inputs, config or DEFAULT),
        "told": words.answers.told(now.answers),
        "measured_note": _measured_note(now, series, config or DEFAULT),
        "heat": heat_page.context(series.get("heat")) if series else None,
        "earlier": len(given.earlier) - 1,
        "judgement": judgement(config),
        "plan": now.plan,
    }


def _given(now, result, config, series):
    earlier = compare_page.earlier(now.row) if now.row is not None and now.row.company_id else []
    inputs = assessments.inputs_of(now.answers, _measured(now))
    return signal_page.Given(result, inputs, config, series, earlier)


def _verdict(now, result, company):
    """The first screen."""
    bridges = result["bridges"] if result["recommendation"] in {"not_yet", "bridge"} else []
    return {
        "headline": words.headline(result),
        "firmness": words.firmness(result),
        "reasons": words.said(result["reasons"]),
        "against": words.said(result["against"]),
        "get_back": words.get_back(result),
        "come_back": words.come_back(result) if result["recommendation"] == "not_yet" else "",
        "bridges": bridges,
        "tools": [lists.name_of(tool) for tool in lists.shown(company, lists.TOOL)] if bridges else [],
    }


def _sure(result):
    """How much help is needed, between what and what, and what could still move it."""
    need = {key: round(result[key]) for key in ("need", "low", "high")}
    same = result["robustness"]
    return {
        "need": need,
        "bar": charts.span(result["low"], result["need"], result["high"]),
        "robustness": None if same is None else words.number(100 * same, 0),
        "open": [
            {"label": words.PARTS[code], "page": words.ASKED_ON[code]}
            for code in result["open"]
            if code in words.PARTS
        ],
    }


def _flip(flip):
    return {
        "label": words.INPUTS[flip["input"]],
        "now": None if flip["input"] == "afford" else words.number(flip["from"], 2),
        "to": words.flip_value(flip),
        "becomes": words.ANSWERS[flip["becomes"]],
    }


def judgement(config):
    """Every ramp, weight and threshold the result was computed with; None for a configuration no longer known."""
    if config is None:
        return None
    ramps = [
        {
            "label": words.PARTS[code],
            "signal": words.SIGNALS[part.signal],
            "weight": words.number(part.weight),
            "calm": words.ramp_end(code, part.ramp.lo) if part.ramp else "",
            "loud": words.ramp_end(code, part.ramp.hi) if part.ramp else "",
        }
        for code, part in config.parts.items()
    ]
    return {"ramps": ramps, "thresholds": words.thresholds(config)}


def _measured_note(now, series, config):
    """Counted weeks replace what was said, until they are too old: the reader should know which one speaks."""
    found = _measured(now)
    counted = found.get("measured_week")
    said = scoring.messages_week(assessments.inputs_of(now.answers), config)
    if counted is not None and said is not None:
        return words.measured_instead(counted, said, found.get("counted_until"))
    on = now.row.created_at.date() if now.row is not None else None
    if (
        not found
        and series
        and series["measured"]
        and on
        and not measured.speaks(series, on=on, config=config)
    ):
        return words.counted_too_long_ago(measured.counted_until(series), config)
    return ""


def _measured(now):
    return now.row.measured if now.row is not None else {}
