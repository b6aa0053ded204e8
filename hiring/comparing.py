"""Everybody one chooses from, side by side on the same skills, as far as this reader may see what was rated.

Ratings are those of the newest cards that were handed in and are open to the reader (Scorecard.visible_to): drafts are
left out by the query, and so are colleagues' cards as long as the reader's own is not in.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hiring import agreement, filters, ranking, samples
from hiring.models import (
    Application,
    Level,
    PhoneScreen,
    ReferenceCall,
    Requirement,
    SampleRating,
    Scorecard,
    Stage,
    StageMove,
)
from hiring.models.judging import Judgement
from hiring.models.moves import ORDER
from hiring.ranking import Skill, Standing
from hiring.samples_rating import means as sample_means

SIDE = 6  # people beside each other
MOST = 60  # people compared at once
OFFERED = 100  # people the page offers to choose from
FINAL = (Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER)
BEYOND_CV = (Stage.PHONE, *FINAL, Stage.HIRED)
JUDGEMENTS = ("direct", "polite", "interested")


@dataclass
class Person:
    """One column. `levels` are {requirement: {rater: level or None}} of the cards the reader may see."""

    application: Application
    levels: dict[int, dict[int, int | None]] = field(default_factory=dict)
    cards: list[Scorecard] = field(default_factory=list)
    unopened: bool = False  # colleagues have rated, and the reader's own card is not in
    screen: PhoneScreen | None = None
    sample: list[SampleRating] = field(default_factory=list)
    calls: list[ReferenceCall] = field(default_factory=list)
    skipped: bool = False
    standing: Standing | None = None

    @property
    def pk(self) -> int:
        return self.application.pk

    @property
    def overall(self) -> float | None:
        value = self.standing.overall
        return None if value is None else float(value)


@dataclass
class Comparison:
    people: list[Person]
    requirements: list[Requirement]
    raters: dict[int, str]  # {number: name} of whoever's ratings are shown

    @property
    def several(self) -> bool:
        """With one reviewer nothing is said of raters."""
        return len(self.raters) > 1

    @property
    def units(self) -> list[tuple[Person, Requirement, dict]]:
        return [
            (person, row, person.levels[row.pk])
            for person in self.people
            for row in self.requirements
            if row.pk in person.levels
        ]


def shown(job, chosen=()) -> list[Application]:
    """Those asked for, else whoever is in an interview, in references or has an offer. By their numbers."""
    rows = Application.objects.for_company(job.company_id).filter(job=job, is_test=False)
    rows = rows.filter(pk__in=chosen) if chosen else rows.active().filter(stage__in=FINAL)
    return _named(rows, job, MOST)


def offered(job) -> list[Application]:
    """Whom one may choose: everybody somebody has talked to."""
    rows = Application.objects.for_company(job.company_id)
    return _named(rows.filter(job=job, is_test=False, stage__in=BEYOND_CV), job, OFFERED)


def _named(rows, job, most) -> list[Application]:
    found = list(rows.order_by("number").defer("cover_letter", "cv_text", "search")[:most])
    for row in found:
        row.job = job
    return found


def compare(job, member, applications, *, every_card=False) -> Comparison:
    """Eight queries, however many people and cards there are.

    `every_card`: all that were handed in, for those whose application is over: nobody rates them any more.
    """
    people = {row.pk: Person(row) for row in applications}
    requirements = list(Requirement.objects.filter(job=job, retired_at=None))
    raters = _cards(people, None if every_card else member)
    _calls_and_samples(people, member)
    for pk in _skipped(people):
        people[pk].skipped = True
    skills = [Skill(row.pk, row.level, row.weight) for row in requirements]
    levels = {pk: {key: list(of.values()) for key, of in p.levels.items()} for pk, p in people.items()}
    for pk, standing in ranking.standings(skills, levels).items():
        people[pk].standing = standing
    return Comparison(list(people.values()), requirements, raters)


def _cards(people, member) -> dict[int, str]:
    handed_in = Scorecard.objects.filter(application__in=people).latest()
    open_ = handed_in.visible_to(member) if member else handed_in
    rows = open_.select_related("interviewer").prefetch_related("ratings")
    for card in (rows := list(rows.order_by("pk"))):
        person = people[card.application_id]
        person.cards.append(card)
        for rating in card.ratings.all():
            person.levels.setdefault(rating.requirement_id, {})[card.interviewer_id] = rating.level
    for pk, many in Counter(handed_in.values_list("application", flat=True)).items():
        people[pk].unopened = many > len(people[pk].cards)
    return {card.interviewer_id: str(card.interviewer) for card in rows}


def _calls_and_samples(people, member):
    for screen in PhoneScreen.objects.filter(application__in=people):
        people[screen.application_id].screen = screen
    rated = SampleRating.objects.filter(sample__application__in=people, sample__cancelled_at=None)
    for rating in rated.latest().visible_to(member).select_related("sample").order_by("pk"):
        people[rating.sample.application_id].sample.append(rating)
    for call in ReferenceCall.objects.filter(application__in=people).exclude(done_at=None).order_by("pk"):
        people[call.application_id].calls.append(call)


def _skipped(people) -> set[int]:
    """Whoever came here past a stage."""
    moves = StageMove.objects.filter(application__in=people, undone_by=None).exclude(skipped=[])
    return set(moves.values_list("application", flat=True))


# -- the order of the columns


def ordered(found: Comparison, sort: str) -> list[Person]:
    """By place (the default), "name", "stage", or the number of a requirement. Nobody's hidden name is told by it."""
    return sorted(found.people, key=_KEYS.get(sort) or _by_skill(sort))


def _by_place(person):
    standing = person.standing
    broken = len(standing.below), len(standing.unrated)
    return (standing.rank is None, standing.rank or 0, *broken, -(standing.overall or 0), _number(person))


def _by_name(person):
    hidden = person.application.name_hidden
    return hidden, "" if hidden else person.application.sort_name, _number(person)


def _by_stage(person):
    """Whoever is furthest comes first."""
    return -ORDER.index(person.application.stage), _number(person)


def _by_skill(sort):
    def key(person):
        mean = person.standing.means.get(int(sort)) if filters.number(sort) else None
        return mean is None, -(mean or 0), _number(person)

    return key


def _number(person) -> int:
    return person.application.number


_KEYS = {"": _by_place, "name": _by_name, "stage": _by_stage}


# -- the lines of the table


def skill_lines(found: Comparison, people) -> list[dict]:
    """[{row, label, cells}], must-haves first; the places are among everybody compared, the cells of `people`."""
    order = list(Level.values)
    rows = sorted(found.requirements, key=lambda row: order.index(row.level))
    lines = []
    for row in rows:
        places = ranking.by_skill({person.pk: person.standing for person in found.people}, row.pk)
        cells = [_cell(found, person, row, places[person.pk]) for person in people]
        lines.append({"row": row, "cells": cells})
    return lines


def _cell(found, person, row, place) -> dict:
    given = person.levels.get(row.pk, {})
    must = row.level == Level.MUST
    mean = person.standing.means[row.pk]
    differs = agreement.differs(given.values())
    return {
        "mean": None if mean is None else float(mean),
        "place": place if len(found.people) > 1 else None,
        "below": must and mean is not None and mean < ranking.FLOOR,
        "unrated": must and mean is None,
        "no_evidence": bool(given) and mean is None,
        "levels": [(found.raters[who], level) for who, level in given.items()] if differs else [],
    }


def other_lines(people) -> list[dict]:
    """What else is known: the call, the work sample, the references; only what somebody has anything of."""
    lines = [*_judgement_lines(people), *_sample_lines(people), _reference_line(people)]
    return [line for line in lines if any(line["cells"])]


def _judgement_lines(people) -> list[dict]:
    lines = []
    for name in JUDGEMENTS:
        said = [getattr(person.screen, name, "") for person in people]
        cells = [Judgement(value).label if value else "" for value in said]
        lines.append({"label": PhoneScreen._meta.get_field(name).verbose_name, "cells": cells})
    return lines


def _sample_lines(people) -> list[dict]:
    means = [sample_means(person.sample) for person in people]
    return [
        {
            "label": _("Work sample: %(what)s") % {"what": criterion.name},
            "numbers": True,
            "cells": [of[criterion.key][0] for of in means],
        }
        for criterion in samples.CRITERIA
    ]


def _reference_line(people) -> dict:
    cells = [" · ".join(reference_words(call) for call in person.calls) for person in people]
    return {"label": _("References"), "cells": cells}


def reference_words(call) -> str:
    """How one reference was, in a word or three."""
    words = [str(call.get_overall_display()) or _("called")]
    if call.hesitation:
        words.append(_("hesitated"))
    if call.deviation:
        words.append(_("something differs"))
    return ", ".join(words)


# -- with two raters or more


def differences(found: Comparison) -> list[dict]:
    """Where two saw the same person two levels apart or more."""
    return [
        {
            "person": person,
            "row": row,
            "levels": [(found.raters[who], level) for who, level in given.items() if level is not None],
        }
        for person, row, given in found.units
        if agreement.differs(given.values())
    ]


def agreed(found: Comparison) -> dict:
    """How far each two of them agree, in whole per cent, and alpha where there is enough for it."""
    units = [given for _person, _row, given in found.units]
    pairs = [
        {
            "first": found.raters[pair.first],
            "second": found.raters[pair.second],
            "n": pair.n,
            "exact": round(pair.exact * 100),
            "within_one": round(pair.within_one * 100),
            "difference": float(abs(pair.difference)),
            "higher": found.raters[pair.first if pair.difference > 0 else pair.second],
        }
        for pair in agreement.between(units)
    ]
    return {"pairs": pairs, "alpha": agreement.alpha(units), "paired": len(agreement.paired(units))}
