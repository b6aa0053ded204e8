"""The sentences for the codes of `advice`, in the reader's language, by what they speak of."""

from readiness.words.asking import full, minutes_question, too_few, two_tabs
from readiness.words.figures import (
    counted_too_long_ago,
    measured_instead,
    numbers,
    ramp_end,
    thresholds,
)
from readiness.words.labels import ABOUT, ASKED_ON, INPUTS, PARTS, SIGNALS, flip_value
from readiness.words.reasons import REASONS, reason
from readiness.words.verdict import ANSWERS, come_back, firmness, get_back, headline, hours_of
from readiness.words.written import day, number

__all__ = [
    "ABOUT", "ANSWERS", "ASKED_ON", "INPUTS", "PARTS", "REASONS", "SIGNALS", "come_back", "counted_too_long_ago",
    "day", "firmness", "flip_value", "full", "get_back", "headline", "hours_of", "measured_instead",
    "minutes_question", "number", "numbers", "ramp_end", "reason", "thresholds", "too_few", "two_tabs",
]  # fmt: skip
