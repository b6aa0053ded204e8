"""What the result page shows: sentences, bars and tables, from a result's codes and numbers."""

from accounts import listed as lists
from readiness import assessments, measured, scoring, weighing, words
from readiness import charts as drawn
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


def listed(row):
    """One result in the list of results."""
    return {
        "row": row,
        "headline": words.headline(row.result),
        "firm": row.result["firm"],
        "need": round(row.result["need"]),
    }


def context(now, *, company=None):
    """Everything of the page that follows from the result."""
    result, series = now.result, assessments.series_of(company) if company else None
    config = weighing.named(result["version"], company)
    drawings = charts(series)
    bridges = result["bridges"] if result["recommendation"] in {"not_yet", "bridge"} else []
    return {
        "row": now.row,
        "result": result,
        "headline": words.headline(result),
        "firmness": words.firmness(result),
        "reasons": [words.reason(**each) for each in result["reasons"]],
        "against": [words.reason(**each) for each in result["against"]],
        "get_back": words.get_back(result),
        "come_back": words.come_back(result) if result["recommendation"] == "not_yet" else "",
        "bridges": bridges,
        "tools": [lists.name_of(tool) for tool in lists.shown(company, lists.TOOL)] if bridges else [],
        "need": {key: round(result[key]) for key in ("need", "low", "high")},
        "robustness": words.number(100 * result["robustness"], 0),
        "open": [{"label": words.PARTS[code], "page": words.ASKED_ON[code]} for code in result["open"]],
        "signals": [_signal(each, drawings) for each in result["signals"]],
        "imported": bool(_measured(now)),
        "flips": [_flip(each) for each in result["flips"]],
        "numbers": numbers(now, config or DEFAULT),
        "measured_note": _measured_note(now, series, config or DEFAULT),
        "judgement": judgement(config),
        "plan": now.plan,
    }


def _signal(signal, drawings):
    return {
        "chart": drawings.get(signal["code"]),
        "code": signal["code"],
        "label": words.SIGNALS[signal["code"]],
        "about": words.ABOUT[signal["code"]],
        "score": None if signal["score"] is None else round(signal["score"]),
        "low": round(signal["low"]),
        "high": round(signal["high"]),
        "weight": words.number(100 * signal["weight"]),
        "contribution": words.number(signal["contribution"], 0),
        "parts": [
            {
                "label": words.PARTS[part["code"]],
                "score": None if part["score"] is None else round(part["score"]),
                "page": words.ASKED_ON[part["code"]],
            }
            for part in signal["parts"]
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


def numbers(now, config=DEFAULT):
    """(label, value) of what was computed on the way; measured and told beside each other."""
    return words.numbers(now.result, assessments.inputs_of(now.answers), _measured(now), config)


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


def charts(series):
    """The measured weeks of the log imported last, drawn; empty without one."""
    if not series:
        return {}
    return {
        "growth": drawn.bars([[monday, count] for monday, count, _ in series["weeks"]]),
        "metrics": drawn.bars([[monday, hours] for monday, _, hours in series["weeks"]]),
    }
