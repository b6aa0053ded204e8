"""The sentences for the codes of `advice`, in the reader's language, by what they speak of."""

from readiness.words import answers, busy, evidence
from readiness.words.asking import full, minutes_question, too_few, two_tabs
from readiness.words.figures import (
    beside,
    counted_too_long_ago,
    measured_instead,
    numbers,
    ramp_end,
    thresholds,
)
from readiness.words.labels import ABOUT, ASKED_ON, INPUTS, LINES, PARTS, SIGNALS, flip_value
from readiness.words.reasons import REASONS, reason, said
from readiness.words.verdict import (
    ANSWERS,
    come_back,
    firmness,
    get_back,
    headline,
    hours_of,
    until_full,
)
from readiness.words.written import day, number

__all__ = [
    "ABOUT", "ANSWERS", "ASKED_ON", "INPUTS", "LINES", "PARTS", "REASONS", "SIGNALS", "answers", "beside", "busy",
    "come_back", "counted_too_long_ago", "day", "evidence", "firmness", "flip_value", "full", "get_back", "headline",
    "hours_of", "measured_instead", "minutes_question", "number", "numbers", "ramp_end", "reason", "said", "thresholds",
    "too_few", "two_tabs", "until_full",
]  # fmt: skip
