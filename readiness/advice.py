"""From the score to what to do: the recommendation, how firm it is, its reasons, and what would change it.

Standard library only. Everything is codes with numbers; the sentences are made where the reader's language is known.
"""

import math
import random
from dataclasses import asdict, dataclass, replace

from readiness import reasons, scoring, staffing
from readiness.scoring import DEFAULT, NO, SOME, YES

NOT_YET, BRIDGE, PART_TIME, HIRE_NOW = "not_yet", "bridge", "part_time", "hire_now"
ORDER = (NOT_YET, BRIDGE, PART_TIME, HIRE_NOW)

SELF_SERVICE, CHATBOT, OUTSOURCE = "self_service", "chatbot", "outsource"


@dataclass(frozen=True)
class Facts:
    """What the recommendation looks at. None where nothing is known."""

    scores: dict
    load: float | None
    full_weeks: bool | None
    weeks_until_full: float | None
    support_over_brand: bool | None
    messages_over_well: bool | None
    hours: float | None
    afford: str | None


CALM = {
    "load": 0.0,
    "full_weeks": False,
    "weeks_until_full": math.inf,
    "support_over_brand": False,
    "messages_over_well": False,
    "hours": 0.0,
    "afford": NO,
}
PRESSED = {
    "load": 1.1,
    "full_weeks": True,
    "weeks_until_full": 0.0,
    "support_over_brand": True,
    "messages_over_well": True,
    "hours": 40.0,
    "afford": YES,
}
# What one open answer leaves open together.
GOES_WITH = {
    "load": ("load", "full_weeks", "messages_over_well"),
    "share": ("support_over_brand",),
    "projected": ("weeks_until_full",),
}


def facts_of(inputs, config=DEFAULT):
    full = scoring.load(inputs, config)
    last = scoring.last_loads(inputs, config)
    messages = scoring.messages_week(inputs, config)
    return Facts(
        scores=scoring.part_scores(inputs, config),
        load=full,
        full_weeks=None if full is None else sum(each >= 1 for each in last) >= config.full_weeks,
        weeks_until_full=scoring.weeks_until_full(inputs, config),
        support_over_brand=_more(inputs.support_hours, inputs.brand_hours),
        messages_over_well=_more(messages, _times(inputs.well_day, scoring.days_week(inputs, config))),
        hours=scoring.hours_to_hand_over(inputs, config),
        afford=inputs.afford if inputs.afford in (YES, SOME, NO) else None,
    )


def _more(one, other):
    return None if one is None or other is None else one > other


def _times(a, b):
    return None if a is None else a * b


def recommend(facts, config=DEFAULT):
    """One of ORDER. Unknown hours are enough to begin part-time; not sure whether one can pay is "some hours"."""
    return _decide(facts, scoring.need_of(facts.scores, config) or 0.0, config)


def _decide(facts, need, config):
    if not _decisive(facts) and need < config.need_low and _far_from_full(facts, config):
        return NOT_YET
    hours = config.hours_middle if facts.hours is None else facts.hours
    if _now(facts, need, config) and hours >= config.hours_high and facts.afford == YES:
        return HIRE_NOW
    if _soon(facts, need, config) and hours >= config.hours_middle and facts.afford != NO:
        return PART_TIME
    return BRIDGE


def _decisive(facts):
    return bool(facts.support_over_brand or facts.messages_over_well)


def _far_from_full(facts, config):
    weeks = facts.weeks_until_full
    return (facts.load or 0) < config.load_high and (weeks is None or weeks > config.far_off_weeks)


def _now(facts, need, config):
    return need >= config.need_high or bool(facts.full_weeks) or bool(facts.support_over_brand)


def _soon(facts, need, config):
    weeks = facts.weeks_until_full
    before_a_hire = weeks is not None and weeks < config.weeks_ahead
    return need >= config.need_middle or before_a_hire or (facts.load or 0) >= config.load_high


def open_answers(facts):
    """What is not known, by name: sub-indicators first, then hours and whether one can pay."""
    missing = [code for code, score in facts.scores.items() if score is None]
    return missing + [name for name in ("hours", "afford") if getattr(facts, name) is None]


def at_end(facts, end, names, value):
    """The facts with the open answers `names` at one end of what they could be."""
    scores = {
        code: value if code in names and score is None else score for code, score in facts.scores.items()
    }
    touched = {each for name in names for each in GOES_WITH.get(name, (name,))}
    other = {key: end[key] for key in touched if key in end and getattr(facts, key) is None}
    return replace(facts, scores=scores, **other)


def range_of(facts, config=DEFAULT):
    """(recommendation when everything open turns out calm, and when it turns out pressing)."""
    missing = open_answers(facts)
    return (
        recommend(at_end(facts, CALM, missing, 0.0), config),
        recommend(at_end(facts, PRESSED, missing, 100.0), config),
    )


def could_change(facts, config=DEFAULT):
    """The open answers that alone would change the recommendation; all of them when only several together do."""
    calm, pressed = range_of(facts, config)
    if calm == pressed:
        return []
    here, missing = recommend(facts, config), open_answers(facts)
    alone = [
        name
        for name in missing
        if recommend(at_end(facts, CALM, [name], 0.0), config) != here
        or recommend(at_end(facts, PRESSED, [name], 100.0), config) != here
    ]
    return alone or missing


@dataclass(frozen=True)
class Dial:
    """How finely and how far an input is turned when looking for the value that changes the answer."""

    step: float
    low: float
    high: float


DIALS = {
    "messages_day": Dial(1, 0, 2000),
    "measured_week": Dial(1, 0, 10000),
    "well_day": Dial(1, 1, 2000),
    "support_hours": Dial(0.5, 0, 100),
    "brand_hours": Dial(0.5, 0, 100),
    "available_hours": Dial(0.5, 0.5, 200),
    "handle_minutes": Dial(0.5, 0.5, 240),
    "handover_hours": Dial(0.5, 0, 100),
    "oldest_days": Dial(0.5, 0, 60),
    "stars_now": Dial(0.05, 1, 5),
    "resolution_now": Dial(0.5, 0.5, 2000),
}


def flips(inputs, config=DEFAULT):
    """For each number given, the nearest value below and above at which the recommendation is another one."""
    here = recommend(facts_of(inputs, config), config)
    found = []
    for name, dial in DIALS.items():
        value = getattr(inputs, name)
        if value is None or (name == "messages_day" and inputs.measured_week is not None):
            continue
        for end in (dial.low, dial.high):
            found += _flip(inputs, name, dial, end, here, config)
    return found + _afford_flips(inputs, here, config)


def _flip(inputs, name, dial, end, here, config):
    value = getattr(inputs, name)
    away = 1 if end > value else -1

    def at(steps):
        # Rounded, for a value that is shown must be the value that was tried.
        turned = min(dial.high, max(dial.low, round(value + away * steps * dial.step, 6)))
        return turned, recommend(facts_of(replace(inputs, **{name: turned}), config), config)

    same, other = 0, math.ceil(abs(end - value) / dial.step)
    if (end - value) * away <= 0 or at(other)[1] == here:
        return []
    while other - same > 1:
        middle = (same + other) // 2
        same, other = (middle, other) if at(middle)[1] == here else (same, middle)
    turned, becomes = at(other)
    return [{"input": name, "from": value, "to": turned, "becomes": becomes}]


def _afford_flips(inputs, here, config):
    found = []
    for answer in (NO, SOME, YES):
        becomes = recommend(facts_of(replace(inputs, afford=answer), config), config)
        if becomes != here:
            found.append({"input": "afford", "from": inputs.afford, "to": answer, "becomes": becomes})
    return found


def robustness(facts, config=DEFAULT):
    """Share of seeded draws of all weights, each up to half more or less, that give the same recommendation."""
    here, draw = recommend(facts, config), random.Random(config.version)  # noqa: S311 - repeatable on purpose
    by_signal = scoring.present_parts(facts.scores, config)
    same = 0
    for _ in range(config.draws):
        need = _need_of_a_draw(by_signal, draw.random, config)
        same += _decide(facts, need, config) == here
    return same / config.draws


def _need_of_a_draw(by_signal, random_share, config):
    """The need under other weights; written out, because a page waits for a thousand of them."""
    low, wide = 1 - config.draw_spread, 2 * config.draw_spread
    total = squares = 0.0
    for signal, parts in by_signal.items():
        weights = [weight * (low + wide * random_share()) for weight, _ in parts]
        score = sum(w * s for w, (_, s) in zip(weights, parts, strict=True)) / sum(weights)
        weight = config.signals[signal] * (low + wide * random_share())
        total += weight
        squares += weight * score * score
    return math.sqrt(squares / total) if total else 0.0


def bridges(inputs, facts, config=DEFAULT):
    """The three ways to bridge, what fits best first."""
    fit = {
        SELF_SERVICE: inputs.repeatable is not None and inputs.repeatable >= config.repeatable_from,
        CHATBOT: bool(inputs.out_of_hours or inputs.live_chat),
        OUTSOURCE: bool(inputs.seasonal) or facts.afford in (NO, SOME) or by_the_hour(facts, config),
    }
    return [{"code": code, "fits": fits} for code, fits in sorted(fit.items(), key=lambda pair: not pair[1])]


def by_the_hour(facts, config=DEFAULT):
    return facts.hours is not None and facts.hours < config.hours_middle


def assess(inputs, config=DEFAULT):
    """Everything a result page says, as codes and numbers that JSON can hold; None when nothing is answered."""
    facts = facts_of(inputs, config)
    need = scoring.need_of(facts.scores, config)
    if need is None:
        return None
    recommendation = recommend(facts, config)
    low, high = scoring.need_range(facts.scores, config)
    calm, pressed = range_of(facts, config)
    given = reasons.Case(inputs, facts, recommendation, config)
    return {
        "version": config.version,
        "recommendation": recommendation,
        "expand": bool(inputs.helpers),
        "by_the_hour": recommendation == BRIDGE and by_the_hour(facts, config),
        "bridges": bridges(inputs, facts, config),
        "need": need,
        "low": low,
        "high": high,
        "firm": calm == pressed,
        "calm": calm,
        "pressed": pressed,
        "open": could_change(facts, config),
        "signals": signal_rows(facts, config),
        "reasons": [asdict(reason) for reason in reasons.strongest(given)],
        "against": [asdict(reason) for reason in reasons.against(given)],
        "flips": flips(inputs, config),
        "robustness": robustness(facts, config),
        **numbers(inputs, facts, config),
    }


def numbers(inputs, facts, config=DEFAULT):
    work = scoring.work_hours(inputs, config)
    weeks = facts.weeks_until_full
    return {
        "load": facts.load,
        "projected": scoring.projected_load(inputs, config),
        "weeks_until_full": "never" if weeks == math.inf else weeks,
        "weeks_ahead": config.weeks_ahead,
        "growth": scoring.growth(inputs, config),
        "messages_week": scoring.messages_week(inputs, config),
        "days_week": scoring.days_week(inputs, config),
        "minutes_each": inputs.handle_minutes or scoring.minutes_each(inputs, config),
        "work_hours": work,
        "hours": facts.hours,
        "paid_hours": _paid_hours(facts.hours, config),
    }


def _paid_hours(hours, config):
    if hours is None:
        return None
    return staffing.paid_hours(hours, shrinkage=config.shrinkage, occupancy=config.occupancy)


def signal_rows(facts, config=DEFAULT):
    """Each signal with its score, its own range, its weight, its share of the need, and its parts."""
    signals = scoring.signal_scores(facts.scores, config)
    low = scoring.signal_scores(scoring.filled(facts.scores, 0.0), config)
    high = scoring.signal_scores(scoring.filled(facts.scores, 100.0), config)
    shares = scoring.contributions(signals, config)
    return [
        {
            "code": code,
            "score": signals[code],
            "low": low[code],
            "high": high[code],
            "weight": config.signals[code],
            "contribution": shares[code],
            "parts": [
                {"code": name, "score": facts.scores[name], "weight": part.weight}
                for name, part in config.parts.items()
                if part.signal == code
            ],
        }
        for code in config.signals
    ]
