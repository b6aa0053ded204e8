"""What guards quality: questions that a move asks once, and lines that only tell.

What nobody passes ("stop") raises `Refused` in hiring.pipeline, hiring.offers and hiring.signing. The rest is here,
one table beside the moves: the button works after one tap on a chip, the chip is recorded with the move.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hiring.models import (
    Application,
    Assignment,
    CvCheck,
    FactOutcome,
    FactToCheck,
    Interview,
    InterviewHost,
    Level,
    PhoneScreen,
    Rating,
    ReferenceCall,
    Requirement,
    Scorecard,
    Stage,
    StageMove,
    TalkOutcome,
    WrittenReference,
)
from hiring.models.moves import Step
from hiring.models.references import Reply
from hiring.ranking import FLOOR

TRAIN = 3  # rated this or less, a must or nice becomes a task of the first weeks
FINALISTS = 2  # more than two in references are asked about

OTHER = ("other", pgettext_lazy("reason", "Something else"))


@dataclass(frozen=True)
class Ask:
    """A question before a move, answered with one chip: `chips` are (code, label)."""

    code: str
    text: str
    chips: tuple


@dataclass(frozen=True)
class Rule:
    """`applies(kind of move, from, to)` costs nothing; `open(application, move)` looks into the database."""

    code: str
    applies: Callable
    open: Callable
    text: str
    chips: tuple


def _leaves(stage):
    return lambda kind, start, to: start == stage and kind in {Step.NEXT, Step.SKIP}


def _enters_offer_in_order(kind, start, to):
    """A skip's own reason stands for what the skipped stages would have asked."""
    return to == Stage.OFFER and kind == Step.NEXT


def _always(application, by):
    return True


def _not_just_undoing(application, by) -> bool:
    """Taking back one's own move within ten minutes asks nothing."""
    last = StageMove.objects.filter(application=application).order_by("-pk").first()
    fresh = last and last.at > timezone.now() - timedelta(minutes=settings.UNDO_MINUTES)
    return not (fresh and by and last.actor_id == by.pk)


def _unjudged(application, by) -> bool:
    screen = PhoneScreen.objects.filter(application=application).first()
    return screen is None or not screen.is_complete


def means(application) -> dict[int, float | None]:
    """{requirement: mean of everybody's newest submitted rating}; None without one. "No evidence" is no rating."""
    rows = Requirement.objects.filter(job=application.job_id, retired_at=None)
    levels: dict[int, list] = {pk: [] for pk in rows.values_list("pk", flat=True)}
    ratings = Rating.objects.filter(
        scorecard__in=Scorecard.objects.filter(application=application).latest(), level__isnull=False
    )
    for requirement, level in ratings.values_list("requirement", "level"):
        levels.setdefault(requirement, []).append(level)
    return {pk: sum(given) / len(given) if given else None for pk, given in levels.items()}


def _weak_musts(application, by) -> bool:
    """A must-have that nobody rated, or whose mean is below the floor."""
    found = means(application)
    musts = Requirement.objects.filter(pk__in=found, level=Level.MUST).values_list("pk", flat=True)
    return any(found[pk] is None or found[pk] < FLOOR for pk in musts)


def weak_skills(application) -> tuple[str, ...]:
    """Must and nice requirements rated 3 or less: what the first weeks should train."""
    weak = [pk for pk, mean in means(application).items() if mean is not None and mean <= TRAIN]
    rows = Requirement.objects.filter(pk__in=weak).exclude(level=Level.BONUS)
    with translation.override(application.job.company.language):
        return tuple(str(requirement.label) for requirement in rows)


def _card_missing(application, by) -> bool:
    """Somebody who was asked to see this person, or sat in, has not submitted. With one reviewer there is nobody."""
    done = Scorecard.objects.filter(application=application).submitted().values("interviewer")
    assigned = Assignment.objects.filter(application=application, membership__removed_at=None)
    if assigned.exclude(membership__in=done).exclude(membership=by).exists():
        return True
    held = Interview.objects.filter(
        application=application, cancelled_at=None, starts_at__lte=timezone.now()
    ).exclude(outcome=TalkOutcome.NO_SHOW)
    called = Q(interview__kind="phone", interview__starts_at__lt=application.stage_entered_at)
    sat_in = InterviewHost.objects.filter(interview__in=held, membership__removed_at=None).exclude(called)
    return sat_in.exclude(membership__in=done).exclude(membership=by).exists()


def _third_finalist(application, by) -> bool:
    others = Application.objects.filter(job=application.job_id, stage=Stage.REFERENCES).active()
    return others.exclude(pk=application.pk)[:FINALISTS].count() >= FINALISTS


def _no_reference(application, by) -> bool:
    """Nobody was called, and nobody has written."""
    calls = ReferenceCall.objects.filter(application=application).exclude(done_at=None)
    wrote = WrittenReference.objects.filter(application=application, reply=Reply.WRITTEN, cancelled_at=None)
    return not (calls.exists() or wrote.exists())


def only_one(application, by=None) -> bool:
    """Nobody else ever applied for this job; whoever was erased since still counts."""
    others = Application.objects.filter(job=application.job_id, is_test=False).exclude(pk=application.pk)
    return not others.exists()


def _skipped_before(application, by) -> bool:
    moves = StageMove.objects.filter(application=application, undone_by=None)
    return any(skipped for skipped in moves.values_list("skipped", flat=True))


def _unexplained(application):
    """Contradicted facts to which nobody has asked the applicant."""
    return FactToCheck.objects.filter(
        application=application, outcome=FactOutcome.CONTRADICTED, candidate_said=""
    )


def _contradiction(application, by) -> bool:
    calls = ReferenceCall.objects.filter(application=application, deviation=True, candidate_said="")
    return calls.exists() or _unexplained(application).exists()


RULES = (
    Rule(
        "skip",
        lambda kind, start, to: kind == Step.SKIP,
        _always,
        gettext_lazy("This skips a stage. Why?"),
        (
            ("known", gettext_lazy("I know this person's work")),
            ("done", gettext_lazy("Done already, outside this page")),
            ("urgent", gettext_lazy("They have another offer")),
            OTHER,
        ),
    ),
    Rule(
        "back",
        lambda kind, start, to: kind == Step.BACK,
        _not_just_undoing,
        gettext_lazy("This goes back. Why?"),
        (
            ("mistake", gettext_lazy("Moved too early")),
            ("news", gettext_lazy("Something new came up")),
            ("again", gettext_lazy("Worth another talk")),
            OTHER,
        ),
    ),
    Rule(
        "judgements",
        _leaves(Stage.PHONE),
        _unjudged,
        gettext_lazy("The three judgements of the call are not all there."),
        (
            ("clear", gettext_lazy("The call was clear without them")),
            ("known", gettext_lazy("I know this person's work")),
            ("no_call", gettext_lazy("There was no call")),
            OTHER,
        ),
    ),
    Rule(
        "musts",
        _leaves(Stage.INTERVIEW),
        _weak_musts,
        gettext_lazy("A must-have is unrated, or rated below 3."),
        (
            ("learn", gettext_lazy("They can learn it in the first weeks")),
            ("seen", gettext_lazy("Seen elsewhere, not rated")),
            ("references", gettext_lazy("I ask the references about it")),
            OTHER,
        ),
    ),
    Rule(
        "cards",
        _leaves(Stage.INTERVIEW),
        _card_missing,
        gettext_lazy("A colleague's scorecard is still missing."),
        (
            ("told", gettext_lazy("They told me")),
            ("absent", gettext_lazy("They were not there")),
            ("late", gettext_lazy("We cannot wait")),
            OTHER,
        ),
    ),
    Rule(
        "finalists",
        lambda kind, start, to: to == Stage.REFERENCES and kind in {Step.NEXT, Step.SKIP},
        _third_finalist,
        gettext_lazy("Two people are in references already. References are for one or two finalists."),
        (
            ("close", gettext_lazy("They are too close to call")),
            ("openings", gettext_lazy("We hire more than one")),
            ("dropping", gettext_lazy("One of the two is dropping out")),
            OTHER,
        ),
    ),
    Rule(
        "references",
        _enters_offer_in_order,
        _no_reference,
        gettext_lazy("No reference has been called."),
        (
            ("none", gettext_lazy("None asked")),
            ("employed", gettext_lazy("Still employed there")),
            ("condition", gettext_lazy("Offer depends on them")),
            ("done", pgettext_lazy("references", "Done")),
        ),
    ),
    Rule(
        "contradiction",
        _enters_offer_in_order,
        _contradiction,
        gettext_lazy("A reference differs from what the applicant said. What did they say to it?"),
        (
            ("explained", gettext_lazy("They explained it")),
            ("minor", gettext_lazy("It does not matter for this work")),
            OTHER,
        ),
    ),
    Rule(
        "only_one",
        _enters_offer_in_order,
        only_one,
        gettext_lazy("Nobody else was ever considered for this job."),
        (
            ("right", gettext_lazy("This is the right person")),
            ("urgent", gettext_lazy("We cannot wait")),
            OTHER,
        ),
    ),
    Rule(
        "skipped",
        _enters_offer_in_order,
        _skipped_before,
        gettext_lazy("A stage was skipped on the way here."),
        (
            ("enough", gettext_lazy("We know enough")),
            ("known", gettext_lazy("I know this person's work")),
            OTHER,
        ),
    ),
)
# Reasons for undoing a hire, and for taking somebody up again: always asked.
UNHIRE = (
    ("no_show", gettext_lazy("They did not come")),
    ("other_job", gettext_lazy("They took another job")),
    ("circumstances", gettext_lazy("Something changed for them")),
    ("ours", gettext_lazy("Something changed for us")),
    OTHER,
)


def asks(application, kind: Step, *, to: str, by) -> list[Ask]:
    """The questions this move still has, in the order of the table."""
    start = application.stage
    return [
        Ask(rule.code, rule.text, rule.chips)
        for rule in RULES
        if rule.applies(kind, start, to) and rule.open(application, by)
    ]


def unanswered(found: list[Ask], answers: dict) -> list[Ask]:
    """Those without one of their own chips."""
    return [ask for ask in found if answers.get(ask.code) not in dict(ask.chips)]


def chip_label(code: str, chip: str) -> str:
    """What the history says of a recorded answer."""
    chips = next((rule.chips for rule in RULES if rule.code == code), UNHIRE)
    return str(dict(chips).get(chip, chip))


def untouched_musts(application) -> list[Requirement]:
    """Must-haves without a mark: saved as "unclear: ask by phone" when the person goes on to the call."""
    marked = CvCheck.objects.filter(application=application).values("requirement")
    musts = Requirement.objects.filter(job=application.job_id, level=Level.MUST, retired_at=None)
    return list(musts.exclude(pk__in=marked))


def advice(counts: dict) -> list[str]:
    """Lines that only tell. `counts` is {stage: people there now}."""
    few, many = counts.get(Stage.INTERVIEW, 0), counts.get(Stage.REFERENCES, 0)
    if many > FINALISTS and many > few:
        return [
            _("More people are in references than in interviews: references are for one or two finalists.")
        ]
    return []
