"""From answers to "how much you need help, 0 to 100", and how far what is missing could move it.

Standard library only. Everything that is a judgement of ours (ramps, weights, thresholds) is in `Config`, whose
version is stored with every result. A missing answer is never filled in: it is absent from the score, and 0 and
100 in the range.
"""

import math
from dataclasses import dataclass, field, fields

from readiness import staffing, trends

OVERLOAD, FEEDBACK, METRICS, GROWTH = "overload", "feedback", "metrics", "growth"
SIGNALS = (OVERLOAD, FEEDBACK, METRICS, GROWTH)

# A hundred times full says no more than ten times full, and infinity cannot be stored.
BEYOND = 100.0

YES, SOME, NO, NOT_SURE = "yes", "some", "no", "not_sure"


@dataclass(frozen=True)
class Ramp:
    lo: float
    hi: float

    def __call__(self, x):
        return 100 * min(1.0, max(0.0, (x - self.lo) / (self.hi - self.lo)))


@dataclass(frozen=True)
class Part:
    """One sub-indicator: its signal and how far it is relied on within it."""

    signal: str
    weight: float
    ramp: Ramp | None = None


def _parts():
    worse_by_half = Ramp(math.log(1.05), math.log(1.5))
    return {
        "load": Part(OVERLOAD, 3, Ramp(0.70, 1.10)),
        "oldest": Part(OVERLOAD, 2, Ramp(0.5, 2)),
        "share": Part(OVERLOAD, 2, Ramp(0.20, 0.50)),
        "breath": Part(OVERLOAD, 0.5, Ramp(0, 4)),
        "keeping_up": Part(OVERLOAD, 0.5, Ramp(0, 4)),
        "stars": Part(FEEDBACK, 3, Ramp(0.05, 0.5)),
        "low_stars": Part(FEEDBACK, 2, Ramp(0, 10)),
        "ratings": Part(FEEDBACK, 1),
        "resolution": Part(METRICS, 2, worse_by_half),
        "satisfaction": Part(METRICS, 2, Ramp(0, 15)),
        "value": Part(METRICS, 1, worse_by_half),
        "projected": Part(GROWTH, 3, Ramp(0.70, 1.10)),
        "trend": Part(GROWTH, 1),
    }


@dataclass(frozen=True)
class Config:
    """Every number of ours. Change one, change the version."""

    version: str = "2026-1"
    signals: dict = field(
        default_factory=lambda: {OVERLOAD: 0.40, FEEDBACK: 0.225, METRICS: 0.15, GROWTH: 0.225}
    )
    parts: dict = field(default_factory=_parts)
    ratings: dict = field(default_factory=lambda: {"better": 0, "same": 20, "worse": 80, "much_worse": 100})
    trend: dict = field(default_factory=lambda: {"fewer": 0, "same": 20, "more": 60, "much_more": 100})
    # What the words mean over three months when nobody has counted.
    trend_factor: dict = field(
        default_factory=lambda: {"fewer": 0.85, "same": 1.0, "more": 1.15, "much_more": 1.5}
    )
    weeks_between: float = 13
    star_strength: float = 20
    satisfaction_target: float = 0.90
    promised_days: float = 1
    days_a_week: float = 5
    handover_share: float = 0.60
    weeks_to_hire: float = 6
    weeks_to_ramp_up: float = 4
    need_low: float = 35
    need_middle: float = 50
    need_high: float = 65
    load_high: float = 0.85
    far_off_weeks: float = 26
    # Weeks of the last four that were full, to speak by themselves.
    full_weeks: float = 3
    hours_middle: float = 10
    hours_high: float = 20
    repeatable_from: float = 30
    log_speaks_weeks: float = 12
    # Scores from and below which a part is a reason for help, or against it.
    loud: float = 25
    quiet: float = 50
    shrinkage: float = staffing.SHRINKAGE
    occupancy: float = staffing.OCCUPANCY
    draws: int = 1000
    draw_spread: float = 0.5

    @property
    def weeks_ahead(self):
        """Weeks from deciding to somebody who carries a full share."""
        return self.weeks_to_hire + self.weeks_to_ramp_up


DEFAULT = Config()
# Results keep the version they were computed with; a configuration that was used stays readable here.
CONFIGS = {DEFAULT.version: DEFAULT}


@dataclass(frozen=True)
class Inputs:
    """What is known, None where nothing is. Hours are a week; five-point answers run 0 (calm) to 4."""

    breath: int | None = None
    keeping_up: int | None = None
    support_hours: float | None = None
    brand_hours: float | None = None
    messages_day: float | None = None
    well_day: float | None = None
    days_week: float | None = None
    handle_minutes: float | None = None
    available_hours: float | None = None
    handover_hours: float | None = None
    oldest_days: float | None = None
    promised_days: float | None = None
    helpers: int | None = None
    ratings: str | None = None
    stars_before: float | None = None
    stars_now: float | None = None
    reviews_now: float | None = None
    low_before: float | None = None
    low_now: float | None = None
    resolution_before: float | None = None
    resolution_now: float | None = None
    satisfied: float | None = None
    asked: float | None = None
    satisfaction_target: float | None = None
    lifetime_before: float | None = None
    lifetime_now: float | None = None
    sales_before: float | None = None
    sales_now: float | None = None
    trend: str | None = None
    messages_before: float | None = None
    orders_before: float | None = None
    orders_now: float | None = None
    customers_before: float | None = None
    customers_now: float | None = None
    afford: str | None = None
    repeatable: float | None = None
    out_of_hours: bool | None = None
    live_chat: bool | None = None
    seasonal: bool | None = None
    # Measured, from an imported log; these win over what is remembered.
    measured_week: float | None = None
    measured_weeks: tuple = ()
    measured_growth: float | None = None
    measured_resolution_before: float | None = None
    measured_resolution_now: float | None = None

    @classmethod
    def of(cls, answers):
        """From a plain dict, unknown keys left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{key: value for key, value in answers.items() if key in known})


def known(*values):
    return all(value is not None for value in values)


def messages_week(inputs, config=DEFAULT):
    if inputs.measured_week is not None:
        return inputs.measured_week
    return inputs.messages_day * days_week(inputs, config) if known(inputs.messages_day) else None


def days_week(inputs, config=DEFAULT):
    return inputs.days_week or config.days_a_week


def work_hours(inputs, config=DEFAULT):
    """Hours a week the messages take: counted when minutes are known, else the hours spent on them today."""
    messages = messages_week(inputs, config)
    if known(messages, inputs.handle_minutes):
        return staffing.workload_hours([(messages, inputs.handle_minutes)])
    return inputs.support_hours


def minutes_each(inputs, config=DEFAULT):
    """Minutes a message takes by the founder's own hours and count; None without both."""
    messages = messages_week(inputs, config)
    if not known(messages, inputs.support_hours) or not messages:
        return None
    return inputs.support_hours * 60 / messages


def hours_to_hand_over(inputs, config=DEFAULT):
    """Some of the answering stays with the founder: exceptions, decisions, teaching."""
    if inputs.handover_hours is not None:
        return inputs.handover_hours
    work = work_hours(inputs, config)
    return None if work is None else work * config.handover_share


def load(inputs, config=DEFAULT):
    """Work over what can be done, 1 = full; None when unknown. Hours first, counts where hours are unknown."""
    work = work_hours(inputs, config)
    if known(inputs.available_hours, work):
        return min(BEYOND, staffing.load(work, inputs.available_hours))
    messages = messages_week(inputs, config)
    if not known(messages, inputs.well_day):
        return None
    return min(BEYOND, staffing.load(messages, inputs.well_day * days_week(inputs, config)))


def last_loads(inputs, config=DEFAULT):
    """The load of each of the last weeks where they are counted, else the one load there is."""
    whole = load(inputs, config)
    week = messages_week(inputs, config)
    if whole is None or not inputs.measured_weeks or not week:
        return [whole] * 4
    return [whole * each / week for each in inputs.measured_weeks[-4:]]


def growth(inputs, config=DEFAULT):
    """Continuous growth a week: counted, else then and now, else what the word stands for."""
    if inputs.measured_growth is not None:
        return inputs.measured_growth
    for before, now in (
        (inputs.messages_before, inputs.messages_day),
        (inputs.orders_before, inputs.orders_now),
        (inputs.customers_before, inputs.customers_now),
    ):
        if before and now:
            return math.log(now / before) / config.weeks_between
    factor = config.trend_factor.get(inputs.trend)
    return None if factor is None else math.log(factor) / config.weeks_between


def weeks_until_full(inputs, config=DEFAULT):
    """0 when full already, infinite when it will not come to that, None when unknown."""
    full, rate = load(inputs, config), growth(inputs, config)
    if full is not None and full >= 1:
        return 0.0
    if not known(full, rate):
        return None
    if rate <= 0 or full <= 0:
        return math.inf
    return math.log(1 / full) / rate


def projected_load(inputs, config=DEFAULT):
    full, rate = load(inputs, config), growth(inputs, config)
    if not known(full, rate):
        return None
    return min(BEYOND, full * math.exp(min(50.0, rate * config.weeks_ahead)))


def _log_ratio(now, before):
    return math.log(now / before) if now and before else None


def _oldest(inputs, config):
    if inputs.oldest_days is None:
        return None
    return inputs.oldest_days / (inputs.promised_days or config.promised_days)


def _share(inputs, config):
    if not known(inputs.support_hours, inputs.brand_hours):
        return None
    week = inputs.support_hours + inputs.brand_hours
    return inputs.support_hours / week if week else 0.0


def _stars(inputs, config):
    if not known(inputs.stars_before, inputs.stars_now):
        return None
    few = inputs.reviews_now if inputs.reviews_now is not None else config.star_strength
    now = trends.shrunk_mean(inputs.stars_now, few, base=inputs.stars_before, strength=config.star_strength)
    return inputs.stars_before - now


def _low_stars(inputs, config):
    return inputs.low_now - inputs.low_before if known(inputs.low_now, inputs.low_before) else None


def resolution_times(inputs):
    """(before, now) in hours: measured where there is a measurement."""
    if known(inputs.measured_resolution_before, inputs.measured_resolution_now):
        return inputs.measured_resolution_before, inputs.measured_resolution_now
    return inputs.resolution_before, inputs.resolution_now


def _resolution(inputs, config):
    before, now = resolution_times(inputs)
    return _log_ratio(now, before)


def _satisfaction(inputs, config):
    """Points by which even the kind end of the interval misses the target."""
    if not inputs.asked or inputs.satisfied is None:
        return None
    wanted = inputs.satisfaction_target or config.satisfaction_target
    upper = trends.wilson(min(inputs.satisfied, inputs.asked), inputs.asked)[1]
    return max(0.0, 100 * (wanted - upper))


def _value(inputs, config):
    """Falling value or sales count only as far as support got worse too: min(own decline, worst of support)."""
    own = [
        decline
        for decline in (
            _log_ratio(inputs.lifetime_before, inputs.lifetime_now),
            _log_ratio(inputs.sales_before, inputs.sales_now),
        )
        if decline is not None
    ]
    short = _satisfaction(inputs, config)
    wanted = 100 * (inputs.satisfaction_target or config.satisfaction_target)
    support = [_resolution(inputs, config), None if short is None else math.log(wanted / (wanted - short))]
    support = [decline for decline in support if decline is not None]
    return min(max(own), max(support)) if own and support else None


MEASURES = {
    "load": load,
    "oldest": _oldest,
    "share": _share,
    "breath": lambda inputs, config: inputs.breath,
    "keeping_up": lambda inputs, config: inputs.keeping_up,
    "stars": _stars,
    "low_stars": _low_stars,
    "resolution": _resolution,
    "satisfaction": _satisfaction,
    "value": _value,
    "projected": projected_load,
}


def part_scores(inputs, config=DEFAULT):
    """{sub-indicator: 0 to 100, or None where nothing is known}."""
    scores = {}
    for code, part in config.parts.items():
        if part.ramp is None:
            scores[code] = getattr(config, code).get(getattr(inputs, code))
        else:
            value = MEASURES[code](inputs, config)
            scores[code] = None if value is None else part.ramp(value)
    return scores


def present_parts(scores, config=DEFAULT):
    """{signal: [(weight, score)] of its parts that are known}, signals without any left out."""
    found = {}
    for code, part in config.parts.items():
        if scores[code] is not None and part.weight > 0:
            found.setdefault(part.signal, []).append((part.weight, scores[code]))
    return found


def signal_scores(scores, config=DEFAULT):
    """{signal: weighted mean of its parts that are known, or None}."""
    present = present_parts(scores, config)
    return {signal: _mean(present.get(signal)) for signal in config.signals}


def _mean(weighted):
    if not weighted:
        return None
    return sum(weight * score for weight, score in weighted) / sum(weight for weight, _ in weighted)


def need(signals, config=DEFAULT):
    """Power mean of order two of the signals known: one loud signal can speak. None when there is none."""
    present = [
        (config.signals[code], score)
        for code, score in signals.items()
        if score is not None and config.signals[code] > 0
    ]
    if not present:
        return None
    total = sum(weight for weight, _ in present)
    # The mean cannot leave what it is a mean of; rounding could by a hair.
    mean = math.sqrt(sum(weight * score * score for weight, score in present) / total)
    return min(max(score for _, score in present), max(min(score for _, score in present), mean))


def contributions(signals, config=DEFAULT):
    """{signal: percent of the need}, adding to 100; all 0 when nothing speaks for help."""
    parts = {code: config.signals[code] * (score or 0) ** 2 for code, score in signals.items()}
    total = sum(parts.values())
    return {code: 100 * part / total if total else 0.0 for code, part in parts.items()}


def need_of(scores, config=DEFAULT):
    return need(signal_scores(scores, config), config)


def filled(scores, value):
    """Every missing sub-indicator at `value`: the ends of the range."""
    return {code: value if score is None else score for code, score in scores.items()}


def need_range(scores, config=DEFAULT):
    """(low, high) of the need over everything that is not known."""
    return need_of(filled(scores, 0.0), config), need_of(filled(scores, 100.0), config)
