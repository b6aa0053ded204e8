"""The four signals of the result page: size, range, line, evidence, and the numbers behind each."""

from dataclasses import dataclass
from datetime import date, timedelta

from readiness import advice, charts, evidence, reasons, scoring, trends, words

FULL_WEEKS = 3  # of the last four, as in advice: then a week is full for good


@dataclass(frozen=True)
class Given:
    """What a page of signals is made from. `earlier`: [(day, opened result)], oldest first, this one included."""

    result: dict
    inputs: scoring.Inputs
    config: scoring.Config | None
    series: dict | None
    earlier: list

    @property
    def counted(self):
        return self.inputs.measured_week is not None


def signals(given):
    said, weeks = _sentences(given), evidence.of_weeks(given.series)
    return [
        _signal(each, given, said, weeks) for each in given.result["signals"] if each["code"] in words.SIGNALS
    ]


def until(series, last):
    """The series without the weeks after the day `last`: an older answer did not know them."""
    if not series:
        return None
    last = last.isoformat()
    weeks = [row for row in series["weeks"] if row[0] <= last]
    return {**series, "weeks": weeks}


def _signal(signal, given, said, weeks):
    code = signal["code"]
    parts = [_part(part, said) for part in signal["parts"] if part["code"] in words.PARTS]
    return {
        "code": code,
        "label": words.SIGNALS[code],
        "about": words.ABOUT[code],
        "score": None if signal["score"] is None else round(signal["score"]),
        "low": round(signal["low"]),
        "high": round(signal["high"]),
        "bar": None
        if signal["score"] is None
        else charts.span(signal["low"], signal["score"], signal["high"]),
        "weight": words.number(100 * signal["weight"]),
        "contribution": words.number(signal["contribution"], 0),
        "parts": parts,
        "size": max(parts, key=lambda part: part["loud"], default={"said": ""})["said"],
        "line": line(code, given),
        **_evidence(code, given, weeks.get(code)),
    }


def _part(part, said):
    return {
        "label": words.PARTS[part["code"]],
        "score": None if part["score"] is None else round(part["score"]),
        "page": words.ASKED_ON[part["code"]],
        "said": said.get(part["code"], ""),
        "loud": part.get("weight", 1) * (part["score"] or 0) ** 2 if part["code"] in said else -1,
    }


def _sentences(given):
    """{sub-indicator: its sentence}, computed from the answers that were kept; none for a lost configuration."""
    if given.config is None:
        return {}
    facts = advice.facts_of(given.inputs, given.config)
    case = reasons.Case(given.inputs, facts, given.result["recommendation"], given.config)
    known = [code for code, score in facts.scores.items() if score is not None]
    found = [reasons.reason(case, code) for code in known]
    return {code: words.reason(each.code, each.numbers) for code, each in zip(known, found, strict=True)}


def _evidence(code, given, weeks):
    """How much is proved: {"evidence" code, its word, the sentence beside it, and what it rests on}."""
    found, said, behind = evidence.TOLD, "", []
    if code == scoring.OVERLOAD and given.inputs.measured_weeks:
        found, said = _full_weeks(given)
    elif weeks is not None and given.counted:
        found, said = weeks.code, words.evidence.trend(code, weeks)
        behind = [words.evidence.looked_at(weeks.weeks), words.evidence.chance(weeks)]
    elif code == scoring.METRICS and given.inputs.asked and given.inputs.satisfied is not None:
        found, said = _satisfied(given)
    return {
        "evidence": found,
        "evidence_word": words.evidence.EVIDENCE[found],
        "evidence_said": said,
        "behind": [each for each in behind if each],
    }


def _full_weeks(given):
    loads = [
        each for each in scoring.last_loads(given.inputs, given.config or scoring.DEFAULT) if each is not None
    ]
    if not loads:
        return evidence.TOLD, ""
    full = sum(each >= 1 for each in loads)
    code = trends.STRONG if full >= FULL_WEEKS else trends.SOME if full else trends.NONE
    return code, words.evidence.full_weeks(full, len(loads))


def _satisfied(given):
    inputs, config = given.inputs, given.config or scoring.DEFAULT
    asked = round(inputs.asked)
    found = trends.target(
        min(inputs.satisfied, inputs.asked),
        inputs.asked,
        inputs.satisfaction_target or config.satisfaction_target,
    )
    return (trends.STRONG if found == "missed" else trends.NONE), words.evidence.satisfied(found, asked)


def line(code, given):
    """The line of a signal: counted weeks where there are any, else its score in earlier answers; None for neither."""
    return _of_weeks(code, given) or _of_answers(code, given.earlier)


def _of_weeks(code, given):
    weeks = given.series["weeks"] if given.series and given.counted else []
    if code == scoring.GROWTH:
        return _drawn("growth", [[monday, count] for monday, count, _ in weeks])
    if code == scoring.METRICS:
        return _drawn("metrics", [[monday, hours] for monday, _, hours in weeks])
    load, usual = given.result["load"], given.result["messages_week"]
    if code != scoring.OVERLOAD or load is None or not usual:
        return None
    return _drawn("overload", [[monday, 100 * load * count / usual] for monday, count, _ in weeks], limit=100)


def _of_answers(code, earlier):
    rows = []
    for day, result in earlier:
        scores = [each["score"] for each in result["signals"] if each["code"] == code]
        rows += [[day.isoformat(), score] for score in scores if score is not None]
    return _drawn("answers", rows)


def _drawn(title, rows, limit=None):
    drawn = charts.spark(rows, limit=limit)
    return drawn and {"title": words.LINES[title], "of_answers": title == "answers", **drawn}


def last_day(now):
    """The last day an answer's counted weeks may reach; an answer that does not know it knew those before it."""
    found = now.row.measured.get("counted_until") if now.row is not None else None
    if found:
        return date.fromisoformat(found)
    return now.row.created_at.date() - timedelta(days=7) if now.row is not None else date.max
