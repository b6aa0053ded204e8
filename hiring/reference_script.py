"""What to ask a referee: facts nobody has confirmed, must-haves one is least sure of, or five standard questions."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hiring import rules
from hiring.models import CvCheck, FactKind, FactOutcome, Level, Requirement
from hiring.models.judging import Mark
from hiring.models.references import Relation

SKILLS = 3  # asked about at most
OPEN = {"", FactOutcome.UNVERIFIABLE}


@dataclass(frozen=True)
class Question:
    """`quote` is what the applicant said: for whoever asks, never read out."""

    text: str
    quote: str = ""


def script(referee, facts, skills) -> list[Question]:
    """In the order of a talk. `facts` of the applicant, `skills` of `weakest`: with neither the five standard ones."""
    open_facts = [fact for fact in facts if fact.outcome in OPEN]
    if not (open_facts or skills):
        return [Question(text) for text in standard(referee.kind).values()]
    asked = standard(referee.kind)
    about = [Question(_about(fact.kind), fact.quote) for fact in open_facts]
    could = [
        Question(_("How did they do at this: %(skill)s? What do you remember?") % {"skill": row.label})
        for row in skills
    ]
    return [Question(asked["know"]), *about, *could, Question(asked["help"]), Question(asked["again"])]


def standard(kind: str) -> dict[str, str]:
    """The five questions by key, as one puts them to this kind of referee."""
    return {
        "know": _know(kind),
        "work": _work(kind),
        "upset": _upset(kind),
        "help": _("What should their next employer help them with?"),
        "again": again(kind),
    }


def _know(kind) -> str:
    if kind == Relation.MANAGER:
        return _("From when to when did they work for you, and as what?")
    if kind == Relation.COLLEAGUE:
        return _("From when to when did you work together, and as what?")
    if kind == Relation.CUSTOMER:
        return _("From when to when were you in touch, and about what?")
    return _("How do you know each other, and from when to when?")


def _work(kind) -> str:
    if kind == Relation.CUSTOMER:
        return _("What did they do for you?")
    return _("What did they do day by day?")


def _upset(kind) -> str:
    if kind == Relation.CUSTOMER:
        return _("When something went wrong, how did they deal with you?")
    return _("How did they deal with an upset customer?")


def again(kind) -> str:
    if kind == Relation.MANAGER:
        return _("Would you hire them again?")
    if kind == Relation.CUSTOMER:
        return _("Would you like to be helped by them again?")
    return _("Would you work with them again?")


def _about(kind) -> str:
    """Open, so that the claim is not handed over."""
    return {
        FactKind.EMPLOYER: _("Where did they work, and as what?"),
        FactKind.DATES: _("From when to when was that?"),
        FactKind.TOOLS: _("Which tools did they use every day?"),
        FactKind.VOLUMES: _("How much was it, in a day or in a week?"),
        FactKind.TEAM: _("How large was the team, and what was their part in it?"),
    }.get(kind, _("What can you say about this?"))


def weakest(application) -> list[Requirement]:
    """Must-haves rated 3 or less, the lowest first; then those that nobody rated and the CV left unclear."""
    means = rules.means(application)
    rows = Requirement.objects.filter(job=application.job_id, retired_at=None, level=Level.MUST)
    unclear = set(
        CvCheck.objects.filter(application=application, mark__in=[Mark.UNCLEAR, Mark.NOT_MET]).values_list(
            "requirement", flat=True
        )
    )
    rated = [row for row in rows.order_by("position", "pk") if _is_weak(means.get(row.pk), row.pk in unclear)]
    return sorted(rated, key=lambda row: means.get(row.pk) or rules.TRAIN + 1)[:SKILLS]


def _is_weak(mean, unclear) -> bool:
    return unclear if mean is None else mean <= rules.TRAIN
