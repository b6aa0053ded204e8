"""The rows that a Filter leaves: one queryset for the board, the list, the paper and an act on several people.

Nothing here reveals more than the page itself: a hidden name is not found by its words, ratings are those of submitted
cards that this reader may open, and an answer that was left out is told only once the CV has a mark.
"""

from functools import cache

from django.db.models import Avg, Exists, IntegerField, OuterRef, Q, Subquery
from django.utils import timezone

from hiring import filters
from hiring.models import (
    Answer,
    Application,
    Assignment,
    CvCheck,
    Job,
    Level,
    Outcome,
    Question,
    Rating,
    Requirement,
    Scorecard,
    Stage,
    StageLimit,
    StageMove,
)
from hiring.models.judging import Mark
from hiring.models.moves import ORDER
from vault import folding

CAP = 1_000
WORDS = 8
SHOWS = {
    "unread": Q(outcome=Outcome.ACTIVE, stage=Stage.CV, later_at=None),
    "later": Q(outcome=Outcome.ACTIVE, stage=Stage.CV, later_at__isnull=False),
    **{stage.value: Q(outcome=Outcome.ACTIVE, stage=stage) for stage in ORDER},
    "ended": ~Q(outcome=Outcome.ACTIVE),
}


class CappedCount(Subquery):
    """How many rows, counted no further than the queryset's slice: 1,001 means "1,000+"."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def count_text(n: int) -> str:
    return f"{CAP:,}+" if n > CAP else f"{n:,}"


def capped(rows, most=CAP):
    return CappedCount(rows.order_by().values("pk")[: most + 1])


@cache
def with_counts():
    """Jobs with a capped count for each column and for those whose way ended, and the number of their newest move.

    Laid out once for all requests.
    """
    people = Application.objects.filter(job_id=OuterRef("pk"))
    running = people.filter(outcome=Outcome.ACTIVE)
    counts = {f"n_{stage}": capped(running.filter(stage=stage)) for stage in ORDER}
    ended = people.filter(outcome__in=[Outcome.NOT_SELECTED, Outcome.WITHDRAWN])  # the index knows no "not"
    own = Exists(StageLimit.objects.filter(job=OuterRef("pk")))
    return Job.objects.annotate(**counts, n_ended=capped(ended), newest=newest_move(), has_limits=own)


@cache
def with_crowd(most: int):
    """Jobs with `crowd`, how many are in the running, counted no further than `most`."""
    running = Application.objects.filter(job_id=OuterRef("pk"), outcome=Outcome.ACTIVE)
    return Job.objects.annotate(crowd=capped(running, most - 1))


def newest_move():
    """On jobs: rises whenever anything happens to anybody who applied."""
    moves = StageMove.objects.filter(job_id_then=OuterRef("pk"))
    return Subquery(moves.order_by("-pk").values("pk")[:1])


def counts_of(job, wanted, reader) -> dict:
    """{stage: capped count} of those in the running whom the filter leaves. One query."""
    rows = narrow(job, wanted, reader).filter(outcome=Outcome.ACTIVE)
    counts = {f"n_{stage}": capped(rows.filter(stage=stage)) for stage in ORDER}
    found = Job.objects.for_company(job.company_id).filter(pk=job.pk).annotate(**counts).get()
    return {stage: getattr(found, f"n_{stage}") for stage in ORDER}


def narrow(job, wanted: filters.Filter, reader):
    """The applications for this job that `wanted` leaves, as `reader` may know them. Unordered."""
    rows = Application.objects.for_company(job.company_id).filter(SHOWS.get(wanted.show, Q()), job=job)
    for term in folding.terms(wanted.q)[:WORDS]:
        rows = rows.filter(_matches(job, term))
    for name in ("source", "rating", "waiting", "flag", "who"):
        if value := getattr(wanted, name):
            rows = rows.filter(_BY[name](value, job, reader))
    return rows


def _matches(job, term: str) -> Q:
    """A word of the folded column begins with `term`. Somebody whose name is hidden is not found by it."""
    found = Q(search__startswith=term) | Q(search__contains=f" {term}")
    if job.hide_names:
        found &= ~Q(stage=Stage.CV, name_shown_at=None)
    return found | Q(number=int(term)) if term.isascii() and term.isdigit() and len(term) < 9 else found


def _among(**wanted) -> Q:
    """Few among many, found by an index of their own; asked of each row, every row of the job would be read."""
    return Q(pk__in=Application.objects.filter(**wanted).order_by().values("pk"))


def _came_by(value, job, reader) -> Q:
    if value == "hand":
        return _among(job=job, entered_by__isnull=False)
    if value == "direct":
        return Q(entered_by=None, placement=None)
    return _among(placement=int(value))


def _rated(value, job, reader) -> Q:
    return _all_musts_met(job) if value == "marked" else _mean(reader, *filters.BOUNDS[value])


def _mean(reader, low, high) -> Q:
    """The mean of the newest submitted cards that this reader may open; nobody else's, and no draft."""
    cards = Scorecard.objects.filter(application=OuterRef(OuterRef("pk"))).latest().visible_to(reader)
    levels = Rating.objects.filter(scorecard__in=cards, level__isnull=False).order_by()
    means = levels.values("scorecard__application").annotate(mean=Avg("level"))
    return Q(Exists(means.filter(mean__gte=low, mean__lt=high)))


def _all_musts_met(job) -> Q:
    """Highlighted while reading: somebody marked every must-have as met. A list without one is met by nobody."""
    musts = Requirement.objects.filter(job=job, level=Level.MUST, retired_at=None)
    marks = CvCheck.objects.filter(application=OuterRef(OuterRef("pk")), requirement=OuterRef("pk"))
    return Q(Exists(musts), ~Exists(musts.filter(~Exists(marks.filter(mark=Mark.MET)))))


def _waits(value, job, reader) -> Q:
    since = filters.before(timezone.now(), int(value))
    return Q(outcome=Outcome.ACTIVE, stage_entered_at__lte=since) & ~Q(stage=Stage.HIRED)


def _flagged(value, job, reader) -> Q:
    if value == "later":
        return _among(job=job, later_at__isnull=False)
    if value == "before":
        return Q(
            read_at__isnull=False, rubric_version__lt=job.rubric_version
        )  # read_before_version, row by row
    return _among(job=job, is_test=True) if value == "test" else _left_empty(job)


def _left_empty(job) -> Q:
    """A question without an answer: told once the CV has a mark; nobody entered by hand has seen the questions."""
    marked = CvCheck.objects.filter(application=OuterRef("pk"))
    answered = Answer.objects.filter(application=OuterRef(OuterRef("pk")), question=OuterRef("pk"))
    asked = Question.objects.filter(job=job, retired_at=None)
    return Q(Exists(marked), Exists(asked.filter(~Exists(answered.exclude(text="")))), entered_by=None)


def _cared_for(value, job, reader) -> Q:
    meets = Assignment.objects.filter(application=OuterRef("pk"))
    if value == "nobody":
        return Q(~Exists(meets), next_step_who=None)
    member = reader.pk if value == "me" else int(value)
    mine = Assignment.objects.filter(membership=member).order_by().values("application")
    return Q(pk__in=mine) | _among(next_step_who=member)


_BY = {"source": _came_by, "rating": _rated, "waiting": _waits, "flag": _flagged, "who": _cared_for}
