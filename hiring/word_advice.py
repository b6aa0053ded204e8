"""What the editor says beside a field: words that keep people away, and what is still needed. It is advice."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_AP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accounts import places
from hiring import titlecheck, wordcheck, wording
from hiring.models.jobs import Place

# The texts of a job that applicants read, in the order of the editor.
TEXTS = ("about_company", "why_us", "title", "summary", "responsibilities", "benefits", "how_to_apply")
NOTED = ("pay_min", "place", "hours_week")  # no text to check, and yet something may be said beside them
LONGEST = 100  # letters of a word that is left as it is

WHY = {
    "age": _l("Can be read as: only people of a certain age."),
    "sex": _l("Can be read as: only one sex is meant."),
    "origin": _l("Can be read as: only people who grew up here are meant."),
    "family": _l("Can be read as: people with a family are not meant."),
    "health": _l("Can be read as: people with an illness or a disability are not meant."),
    "faith": _l("Can be read as: only one faith is meant."),
    "views": _l("Views and unions are nobody's business in a hiring."),
    "looks": _l("Looks say nothing about the work."),
    "money": _l("Keeps people away who can do the work and have less money."),
    "strain": _l("Can be read as: long days without an end."),
    "boast": _l("Says little, and careful people do not feel meant."),
}
TITLE = {
    "pay": _l("Pay has its own line: search engines for jobs drop titles with money in them."),
    "place": _l("The place has its own line: search engines for jobs drop titles with a place in them."),
    "date": _l("The day has its own line: search engines for jobs drop titles with a date in them."),
    "code": _l("Leave codes and signs out: search engines for jobs drop titles with them."),
}
NEEDED = {
    "summary": _l("Needed before publishing: the job in two sentences."),
    "hours_week": _l("Needed before publishing: how many hours a week."),
    "about_company": _l("Needed before publishing: what you sell, in a sentence or two."),
    "responsibilities": _l("Needed before publishing: what this person will do, one duty a line."),
    "skills": _l("Needed before publishing: at least one thing you look for."),
    "how_to_apply": _l("Needed before publishing: what people should send you."),
}


@dataclass(frozen=True)
class Said:
    """A word that was found, with what it may do. `leave` is what the button sends."""

    word: str
    why: str
    instead: str
    leave: str


@dataclass
class Box:
    """What stands beside one field. `code` is a field's name, or a row's ("r5", "q2"); `anchor` where it is."""

    code: str
    anchor: str
    words: list[Said] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warning: str = ""
    need: str = ""


def boxes(job, rows=(), questions=(), *, asking=False) -> dict[str, Box]:
    """By code, also the empty ones. `rows` and `questions` are (code, text); `asking`: say what publishing needs."""
    found = {name: _box(job, name, getattr(job, name)) for name in TEXTS}
    found |= {name: Box(name, f"id_{name}") for name in (*NOTED, "skills")}
    found |= {code: _box(job, code, text, anchor=code) for code, text in rows}
    found |= {code: _question(job, code, text) for code, text in questions}
    found["title"].notes = [str(TITLE[fault]) for fault in _title_faults(job)]
    found["pay_min"].notes = _pay(job)
    found["place"].notes = _remote(job)
    if asking:
        _say_needs(job, bool(rows), found)
    return found


def _box(job, code, text, *, anchor="") -> Box:
    return Box(code, anchor or f"id_{code}", _said(job, code, wordcheck.in_text(text or "", job.language)))


def _question(job, code, text) -> Box:
    hits = wordcheck.in_question(text, job.language)
    box = Box(code, code, _said(job, code, hits))
    if box.words and wordcheck.is_protected(hits):
        box.warning = _(
            "Never ask about family, health, age, faith or origin. In many countries a shop may not ask it, and an"
            " answer can be held against you. Ask about the work: “Can you work these hours?”"
        )
    return box


def _said(job, code, hits) -> list[Said]:
    left = set(job.words_left)
    kept = [hit for hit in hits if hit.word not in left]
    return [Said(hit.said, str(WHY[hit.kind]), hit.instead, f"leave:{code}:{hit.word}") for hit in kept]


def _title_faults(job) -> list[str]:
    with translation.override(job.language):
        months = [str(name) for names in (MONTHS, MONTHS_AP) for name in names.values()]
        where = [job.city, job.region, places.country_name(job.country)]
    return titlecheck.faults(job.title, places=where, months=months)


def _pay(job) -> list[str]:
    if wording.has_pay(job) or not wording.in_eu(job.country):
        return []
    return [
        _(
            "In the EU applicants have a right to know the pay in good time before the interview, so that they can"
            " agree to it with open eyes. The advert is the easy place."
        )
    ]


def _remote(job) -> list[str]:
    if job.place == Place.ONSITE:
        return []
    return [_("The advert says that reliable internet and a place to work at home are needed.")]


def _say_needs(job, has_skills, found):
    wants = [code for code in wording.completeness(job, has_skills).blocking if code != "summary"]
    wants += [name for name in ("summary", "hours_week") if not getattr(job, name)]
    for code in wants:
        found[code].need = str(NEEDED[code])
