"""What an owner may change of `scoring.Config`: each number's path, its unit on screen, its range, and what must hold.

Standard library only; the labels are made where the reader's language is known. A path names one number:
`need_low`, `signals.overload`, `parts.load.weight`, `parts.load.lo`, `ratings.worse`.
"""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from readiness.scoring import DEFAULT, SIGNALS

PLAIN, PERCENT, WORSE = "plain", "percent", "worse"


@dataclass(frozen=True)
class Setting:
    """`low` and `high` are the ends of what may be typed, in the unit of the screen.

    PERCENT: 0.7 is shown as 70. WORSE: a logarithm of a ratio, ln 1.5 is shown as 50 (% worse).
    """

    path: str
    low: float
    high: float
    unit: str = PLAIN

    def shown(self, config):
        """The number of a configuration as it is typed, free of the dust of binary fractions."""
        value = value_at(config, self.path)
        if self.unit == WORSE:
            value = 100 * math.expm1(value)
        return round(100 * value if self.unit == PERCENT else value, 6)

    def stored(self, typed):
        """What was typed as the configuration holds it."""
        if self.unit == WORSE:
            return math.log1p(typed / 100)
        return typed / 100 if self.unit == PERCENT else typed


def _of_part(code):
    weight = Setting(f"parts.{code}.weight", 0, 10)
    if DEFAULT.parts[code].ramp is None:
        return (weight,)
    return (weight, *(Setting(f"parts.{code}.{end}", *RAMPS[code]) for end in ("lo", "hi")))


RAMPS = {
    "load": (1, 500, PERCENT),
    "oldest": (0, 100),
    "share": (0, 100, PERCENT),
    "breath": (0, 4),
    "keeping_up": (0, 4),
    "stars": (0, 4),
    "low_stars": (0, 100),
    "resolution": (0, 1000, WORSE),
    "satisfaction": (0, 100),
    "value": (0, 1000, WORSE),
    "projected": (1, 500, PERCENT),
}
# The words of an answer, from calm to pressing.
WORDS = {
    name: tuple(f"{name}.{word}" for word in getattr(DEFAULT, name))
    for name in ("ratings", "trend", "trend_factor")
}
SECTIONS = {
    "signals": tuple(Setting(f"signals.{code}", 0, 100, PERCENT) for code in SIGNALS),
    "answers": (
        Setting("need_low", 0, 100),
        Setting("need_middle", 0, 100),
        Setting("need_high", 0, 100),
        # At most full: a week beyond full is never "not yet".
        Setting("load_high", 10, 100, PERCENT),
        Setting("far_off_weeks", 0, 260),
        Setting("full_weeks", 1, 4),
        Setting("hours_middle", 0, 60),
        Setting("hours_high", 0, 60),
        Setting("repeatable_from", 0, 100),
    ),
    "work": (
        Setting("weeks_to_hire", 0, 104),
        Setting("weeks_to_ramp_up", 0, 104),
        Setting("handover_share", 0, 100, PERCENT),
        Setting("shrinkage", 0, 90, PERCENT),
        Setting("occupancy", 10, 100, PERCENT),
        Setting("days_a_week", 1, 7),
        Setting("promised_days", 0.1, 60),
        Setting("satisfaction_target", 1, 100, PERCENT),
    ),
    **{
        code: tuple(
            setting
            for name, part in DEFAULT.parts.items()
            if part.signal == code
            for setting in _of_part(name)
        )
        for code in SIGNALS
    },
    "words": (
        *(Setting(path, 0, 100) for name in ("ratings", "trend") for path in WORDS[name]),
        *(Setting(path, 1, 1000, PERCENT) for path in WORDS["trend_factor"]),
    ),
    "sure": (
        Setting("star_strength", 1, 1000),
        Setting("log_speaks_weeks", 0, 260),
        Setting("loud", 0, 100),
        Setting("quiet", 0, 100),
        Setting("draw_spread", 0, 90, PERCENT),
    ),
}
SETTINGS = {setting.path: setting for section in SECTIONS.values() for setting in section}
# Each of these is at most the next.
RISING = (("need_low", "need_middle", "need_high"), ("hours_middle", "hours_high"), *WORDS.values())


def value_at(config, path):
    """The number a path names, in the unit of the configuration. KeyError or AttributeError for a path of nothing."""
    name, *rest = path.split(".")
    value = getattr(config, name)
    if not rest:
        return value
    value = value[rest[0]]
    if len(rest) == 1:
        return value
    return value.weight if rest[1] == "weight" else getattr(value.ramp, rest[1])


def changed(base, changes, *, version):
    """`base` with the numbers of {path: value} in it. KeyError for a path nobody may set."""
    if unknown := changes.keys() - SETTINGS.keys():
        raise KeyError(*sorted(unknown))
    tables = {name: dict(getattr(base, name)) for name in ("signals", "parts", *WORDS)}
    plain = {}
    for path, value in changes.items():
        name, *rest = path.split(".")
        if not rest:
            plain[name] = value
        elif name == "parts":
            tables[name][rest[0]] = _part(tables[name][rest[0]], rest[1], value)
        else:
            tables[name][rest[0]] = value
    return replace(base, version=version, **plain, **tables)


def _part(part, name, value):
    if name == "weight":
        return replace(part, weight=value)
    return replace(part, ramp=replace(part.ramp, **{name: value}))


def differences(config, base=DEFAULT):
    """{path: value} of what `config` has otherwise than `base`, as far as a reader could see it."""
    return {
        path: value_at(config, path)
        for path, setting in SETTINGS.items()
        if setting.shown(config) != setting.shown(base)
    }


def problems(config):
    """[(path, code, other path)] of what cannot be: the screen says it beside the field of the first path.

    `above`: must be above the other (a ramp rises). `least`: must not be below it. `nothing`: of these, one has to
    count. What holds here keeps the promises of the score: a worse week never lowers it.
    """
    found = [
        (f"parts.{code}.hi", "above", f"parts.{code}.lo")
        for code, part in config.parts.items()
        if part.ramp is not None and part.ramp.hi <= part.ramp.lo
    ]
    for chain in RISING:
        found += [
            (path, "least", before)
            for before, path in pairwise(chain)
            if value_at(config, path) < value_at(config, before)
        ]
    return found + _nothing(config)


def _nothing(config):
    found = [] if any(config.signals.values()) else [(f"signals.{SIGNALS[0]}", "nothing", None)]
    for signal in SIGNALS:
        codes = [code for code, part in config.parts.items() if part.signal == signal]
        if not any(config.parts[code].weight for code in codes):
            found.append((f"parts.{codes[0]}.weight", "nothing", None))
    return found
