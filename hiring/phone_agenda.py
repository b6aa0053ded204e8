"""What a first call goes through: three steps, and pay before them where the advert named none."""

import re
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring import hours, hours_words

PAY, JOB, HISTORY, QUESTIONS = "pay", "job", "history", "questions"
STEPS = {
    PAY: gettext_lazy("The advert named no pay: say it first"),
    JOB: gettext_lazy("Say in short what the job is"),
    HISTORY: gettext_lazy("Go briefly through their last jobs"),
    QUESTIONS: gettext_lazy("Leave time for their questions"),
}
SENTENCES = 3  # of the advert's description: more is reading aloud
# The end of a sentence, in Latin, Greek, Arabic and Chinese writing; the last needs no space after it.
_END = re.compile(r"(?<=[.!?؟…])\s+|(?<=[。！？])")


@dataclass(frozen=True)
class Step:
    """`says` are words to use, in the language of the advert where they come from it."""

    key: str
    label: str
    says: str


def steps(job) -> list[Step]:
    says = {JOB: first_sentences(job.summary), HISTORY: _("What did they do there, and why did they go on?")}
    wanted = [PAY, JOB, HISTORY, QUESTIONS] if names_no_pay(job) else [JOB, HISTORY, QUESTIONS]
    return [Step(key, str(STEPS[key]), says.get(key, "")) for key in wanted]


def names_no_pay(job) -> bool:
    return job.pay_min is None and job.pay_max is None


def first_sentences(text: str, most: int = SENTENCES) -> str:
    """The first `most` sentences of a text, in one line."""
    sentences = [part for part in _END.split(" ".join(text.split())) if part]
    parts = [part if part[-1] in "。！？" else f"{part} " for part in sentences[:most]]
    return "".join(parts).strip()


def hours_to_cover(job) -> str:
    """The parts of the week the job needs somebody in, else its hours a week; "" when neither is known."""
    if said := hours_words.needed(hours.from_text(job.cover_hours)):
        return said
    if not job.hours_week:
        return ""
    n = job.hours_week
    shown = formats.number_format(n.normalize(), use_l10n=True)
    return ngettext("About %(hours)s hour a week.", "About %(hours)s hours a week.", int(n)) % {
        "hours": shown
    }
