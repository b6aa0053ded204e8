"""The pile of one job: whose turn it is for this reader, what lies before and after, and what became of it."""

from dataclasses import dataclass

from django.db.models import Min, Subquery

from hiring import reading_leases, reading_log, reading_times
from hiring.models import Application, Outcome, Stage

SHOWN = 100


def pile(job):
    """Everybody who waits at the CV stage, those put aside too."""
    rows = Application.objects.for_company(job.company_id).filter(job=job).select_related("cv", "letter")
    return rows.active().filter(stage=Stage.CV)


def rows_of(job, *, later=False):
    """The unread, oldest first; or those put aside, longest ago first."""
    if later:
        return pile(job).filter(later_at__isnull=False).order_by("later_at", "pk")
    return pile(job).unread().order_by("pk")


@dataclass
class Turn:
    """What this reader gets: a CV of the pile with its claim, or somebody they decided on (`looking`), or nobody."""

    application: Application | None
    looking: bool = False
    busy: str = ""  # who else is at the CV that was asked for


def turn(job, *, by, later=False, after=None, at=None) -> Turn:
    """`at` is asked for by number; `after` is the page that follows that one, fetched while it is read."""
    if at is None:
        return Turn(_next(job, by, later, after))
    asked = pile(job).filter(pk=at).first()
    if asked is None:
        decided = _decided(job, by, at)
        return Turn(decided or _next(job, by, later), looking=decided is not None)
    asked.ticket = reading_leases.claim(asked, by=by)
    if asked.ticket:
        return Turn(asked)
    return Turn(_next(job, by, later), busy=reading_leases.reader(asked, by=by))


def _next(job, by, later, after=None):
    rows = rows_of(job, later=later)
    return reading_leases.take(rows.exclude(pk=after) if after else rows, by=by, ahead=bool(after))


def _decided(job, by, pk):
    """Somebody this reader decided on lately: to look at again, not to decide again."""
    if pk not in reading_times.people(reading_log.pile(reading_log.mine(job, by))):
        return None
    rows = Application.objects.for_company(job.company_id).filter(job=job).select_related("cv", "letter")
    return rows.filter(pk=pk).first()


def beside(job, application, read) -> tuple[int | None, int | None]:
    """Whom the arrows lead to without deciding: through those decided on, in that order, then along the pile.

    `read` are this reader's readings. None where there is nobody; one query.
    """
    order = [pk for pk in reading_times.people(read) if pk != application.pk]
    unread = pile(job).unread().order_by().exclude(pk=application.pk)
    if application.later_at or application.standing != Stage.CV:
        seen = reading_times.people(read)
        here = seen.index(application.pk) if application.pk in seen else len(seen)
        following = seen[here + 1] if here + 1 < len(seen) else unread.aggregate(pk=Min("pk"))["pk"]
        return (seen[here - 1] if here else None), following
    before, after = _neighbours(unread, application)
    return before or (order[-1] if order else None), after


def _neighbours(unread, application) -> tuple[int | None, int | None]:
    """One step along the index to either side: the length of the pile costs nothing."""
    nearest = {
        "before": unread.filter(pk__lt=application.pk).order_by("-pk"),
        "after": unread.filter(pk__gt=application.pk).order_by("pk"),
    }
    sides = {name: Subquery(rows.values("pk")[:1]) for name, rows in nearest.items()}
    # The row may be gone by now; then there is nobody beside it.
    row = Application.objects.filter(pk=application.pk).values_list(*sides.values()).first()
    return row or (None, None)


# -- the end


def outcome_counts(job, read) -> dict:
    """What became of the people of these readings: {"talk", "later", "no"}; whoever is on the pile again or
    took their application back is in none."""
    rows = Application.objects.for_company(job.company_id).filter(pk__in=reading_times.people(read))
    found = {"talk": 0, "later": 0, "no": 0}
    for row in rows.only("stage", "outcome", "later_at"):
        if kind := _kind(row):
            found[kind] += 1
    return found


def _kind(row) -> str:
    if row.outcome == Outcome.WITHDRAWN:
        return ""  # their own decision, nobody's here
    if row.outcome != Outcome.ACTIVE:
        return "no"
    if row.stage != Stage.CV:
        return "talk"
    return "later" if row.later_at else ""


def to_talk_to(job):
    rows = Application.objects.for_company(job.company_id).filter(job=job, stage=Stage.PHONE)
    return rows.active().order_by("stage_entered_at", "pk")


def put_aside(job):
    return rows_of(job, later=True)
