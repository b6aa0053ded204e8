"""Why this answer: the three strongest reasons and at least one against, as codes with their numbers.

Standard library only. The sentences are made where the reader's language is known.
"""

from dataclasses import dataclass

from readiness import scoring
from readiness.scoring import NO, SOME, YES


@dataclass(frozen=True)
class Reason:
    code: str
    numbers: dict


@dataclass(frozen=True)
class Case:
    inputs: scoring.Inputs
    facts: object
    recommendation: str
    config: scoring.Config

    @property
    def hiring(self):
        return self.recommendation in ("part_time", "hire_now")


def strongest(case):
    """Up to three. What decides by itself comes first, whatever the weights say."""
    if case.recommendation == "not_yet":
        found = [reason(case, code) for code in _calmest(case)]
    else:
        found = decisive(case) + ([] if case.hiring else blockers(case))
        found += [reason(case, code) for code in _loudest(case)] + enablers(case)
    return list({each.code: each for each in found}.values())[:3]


def against(case):
    """At least one: what a careful friend would say before you act."""
    codes = _loudest(case) if case.recommendation == "not_yet" else _calmest(case)
    said = {each.code for each in strongest(case)}
    found = [reason(case, code) for code in codes]
    if case.hiring:
        found += hesitations(case)
    found = [each for each in found if each.code not in said]
    last = "takes_time" if case.hiring else "look_again"
    return found[:1] or [Reason(last, {"weeks": case.config.weeks_ahead})]


def decisive(case):
    facts, found = case.facts, []
    if facts.support_over_brand:
        found.append(reason(case, "share"))
    if facts.messages_over_well:
        found.append(Reason("messages", _messages(case)))
    return found


def blockers(case):
    """What keeps a bridge from being a hire."""
    facts, found = case.facts, []
    if facts.hours is not None and facts.hours < case.config.hours_middle:
        found.append(Reason("few_hours", {"hours": facts.hours, "enough": case.config.hours_middle}))
    if facts.afford == NO:
        found.append(Reason("cannot_pay", {}))
    return found


def enablers(case):
    facts, found = case.facts, []
    if not case.hiring:
        return found
    if facts.hours is not None:
        found.append(Reason("hours", {"hours": facts.hours}))
    if facts.afford == YES:
        found.append(Reason("can_pay", {}))
    return found


def hesitations(case):
    facts, found = case.facts, []
    if facts.afford == SOME:
        found.append(Reason("some_hours", {}))
    if facts.afford is None:
        found.append(Reason("pay_unknown", {}))
    return found


def _loudest(case):
    """Codes of the sub-indicators that speak for help, by their part in the need."""
    return _sorted(case, lambda score, weight: weight * score * score if score >= case.config.loud else None)


def _calmest(case):
    return _sorted(
        case, lambda score, weight: weight * (100 - score) ** 2 if score < case.config.quiet else None
    )


def _sorted(case, strength):
    found = []
    for code, part in case.config.parts.items():
        score = case.facts.scores[code]
        weight = part.weight * case.config.signals[part.signal] / _parts_weight(case, part.signal)
        value = strength(score, weight) if score is not None and weight > 0 else None
        if value is not None:
            found.append((-value, code))
    return [code for _, code in sorted(found)]


def _parts_weight(case, signal):
    return sum(part.weight for part in case.config.parts.values() if part.signal == signal) or 1


def reason(case, code):
    """What a sub-indicator says with its numbers; the load in messages where hours are unknown."""
    in_hours = scoring.known(case.inputs.available_hours, scoring.work_hours(case.inputs, case.config))
    if code == "load" and not in_hours:
        return Reason("messages", _messages(case))
    return Reason(code, NUMBERS.get(code, _nothing)(case))


def _nothing(case):
    return {}


def _messages(case):
    days = scoring.days_week(case.inputs, case.config)
    return {
        "messages": scoring.messages_week(case.inputs, case.config) / days,
        "well": case.inputs.well_day,
        "percent": 100 * (case.facts.load or 0),
    }


def _load(case):
    return {
        "percent": 100 * case.facts.load,
        "work": scoring.work_hours(case.inputs, case.config),
        "available": case.inputs.available_hours,
    }


def _projected(case):
    weeks = case.facts.weeks_until_full
    return {
        "percent": 100 * scoring.projected_load(case.inputs, case.config),
        "ahead": case.config.weeks_ahead,
        "weeks": weeks if weeks is not None and weeks <= 520 else None,
    }


def _satisfaction(case):
    wanted = case.inputs.satisfaction_target or case.config.satisfaction_target
    return {
        "percent": 100 * case.inputs.satisfied / case.inputs.asked,
        "asked": case.inputs.asked,
        "wanted": 100 * wanted,
    }


def _resolution(case):
    before, now = scoring.resolution_times(case.inputs)
    return {"before": before, "now": now}


def _given(**names):
    return lambda case: {key: getattr(case.inputs, name) for key, name in names.items()}


def _oldest(case):
    return {
        "days": case.inputs.oldest_days,
        "promised": case.inputs.promised_days or case.config.promised_days,
    }


NUMBERS = {
    "load": _load,
    "oldest": _oldest,
    "share": _given(support="support_hours", brand="brand_hours"),
    "breath": _given(level="breath"),
    "keeping_up": _given(level="keeping_up"),
    "stars": _given(before="stars_before", now="stars_now"),
    "low_stars": _given(before="low_before", now="low_now"),
    "ratings": _given(word="ratings"),
    "trend": _given(word="trend"),
    "resolution": _resolution,
    "satisfaction": _satisfaction,
    "projected": _projected,
}
