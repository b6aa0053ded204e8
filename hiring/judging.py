"""Writing down what people saw: the tick-list, the call, the interview, the scorecards."""

from django.db import transaction
from django.db.models import Max, Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from hiring.models import (
    Answer,
    Application,
    CvCheck,
    Interview,
    PhoneScreen,
    Question,
    Rating,
    Requirement,
    Scorecard,
)
from hiring.models.judging import Mark
from hiring.overwriting import overwrite, to_take_back, write_back
from hiring.pipeline import Refused, lock
from vault import trail


class Changed(Exception):
    """Somebody saved this since the form was opened; what was typed is not lost, the form shows it again."""


def requirements(application):
    return Requirement.objects.filter(job=application.job_id, retired_at=None)


# -- the CV


@transaction.atomic
def mark_cv(application, *, by, marks: dict) -> None:
    """`marks` are {requirement pk: Mark or ""}; an empty one takes the mark off."""
    _remember_marks(application, marks, by)
    _mark(application, by, marks)


def _remember_marks(application, marks, by):
    _job, row = lock(application)  # the decision that follows in this transaction locks the job
    now = dict(CvCheck.objects.filter(application=row).values_list("requirement", "mark"))
    before = {str(pk): now.get(pk, "") for pk, mark in marks.items() if mark != now.get(pk, "")}
    if before:
        undoing.remember(row, "marks", before, by=by)
        row.save(update_fields=undoing.FIELDS)


def _mark(application, by, marks):
    for requirement in requirements(application).filter(pk__in=marks):
        mine = {"application": application, "requirement": requirement}
        if marks[requirement.pk] not in Mark.values:
            CvCheck.objects.filter(**mine).delete()
            continue
        values = {"mark": marks[requirement.pk], "by": by, "at": timezone.now()}
        CvCheck.objects.update_or_create(
            **mine, defaults=values, create_defaults=values | {"company_id": application.company_id}
        )


@transaction.atomic
def take_back_marks(application, mark: str, *, by) -> None:
    """The marks as they were before the last keeping of them. Raises undoing.Refused."""
    row = locked(application)
    taken = undoing.take(row, mark, by=by)
    row.save(update_fields=undoing.FIELDS)
    _mark(row, by, {int(pk): before for pk, before in taken.values.items()})
    _trail_of(row, "cv.marks_taken_back", by)


class NotThere(Http404):
    """This person was deleted, or their data erased, while somebody was at it: for every page they are not there."""


def locked(application) -> Application:
    """Whoever writes something down about a person waits here for their erasing. Raises NotThere."""
    row = Application.everything.select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    if row.erased_at or row.deleted_at:
        raise NotThere
    return row


def unmet_must(application) -> Requirement | None:
    """The first must-have the CV does not meet: the likeliest reason for a refusal."""
    unmet = CvCheck.objects.filter(application=application, mark=Mark.NOT_MET).values("requirement")
    return requirements(application).filter(pk__in=unmet, level="must").first()


def left_empty(application) -> int:
    """How many of the form's questions have no answer: an attention flag, told only after a mark was kept.

    It suggests and never decides. Nobody entered by hand has seen the questions.
    """
    if application.entered_by_id:
        return 0
    answered = Answer.objects.filter(application=application).exclude(text="").values("question")
    seen = Q(created_at=None) | Q(created_at__lte=application.submitted_at)
    asked = Question.objects.filter(seen, job=application.job_id, retired_at=None)
    return asked.exclude(pk__in=answered).count()


# -- the call


@transaction.atomic
def save_screen(application, *, by, values: dict, seen: str) -> PhoneScreen:
    """Keeps the judgements of the call. `seen` is the `stamp` the form was made from; raises Changed."""
    locked(application)
    screen = (
        PhoneScreen.objects.select_for_update(no_key=True, of=("self",))
        .filter(application=application)
        .first()
    )
    if stamp(screen) != seen:
        raise Changed
    screen = screen or PhoneScreen(company_id=application.company_id, application=application)
    overwrite(screen, "call", values, by)
    screen.by, screen.updated_at = by, timezone.now()
    screen.save()
    return screen


@transaction.atomic
def take_back_screen(application, mark: str, *, by) -> None:
    """The last keeping of the call. Raises undoing.Refused."""
    screen = to_take_back(PhoneScreen, application=application)
    screen.updated_at = timezone.now()
    write_back(screen, mark, by)
    _trail_of(application, "screen.taken_back", by)


def stamp(row) -> str:
    """What a form remembers of the row it was filled from."""
    return row.updated_at.isoformat() if row else ""


# -- scorecards


@transaction.atomic
def save_card(application, *, by, values: dict, submit: bool = False) -> Scorecard:
    """Keeps one's own draft, and hands it in when `submit`.

    `values`: recommendation, trust, ratings {requirement pk: (level or None, note)}; a requirement that is left
    out is not rated yet, None is "no evidence". After handing in, saving begins an amendment: a new version.
    Raises Refused before the interview has begun, or without a recommendation.
    """
    card = _my_draft(application, by)
    _remember_card(card, by, submit)
    card.recommendation, card.trust = values["recommendation"], values["trust"]
    card.rubric_version = application.job.rubric_version
    if submit:
        _may_submit(application, card)
        card.submitted_at = timezone.now()
    card.save()
    _rate(card, values["ratings"])
    _trail("scorecard.submitted" if submit else "scorecard.saved", card, by)
    return card


def _remember_card(card, by, submit):
    """A draft can be taken back; what was handed in is corrected by a new version, never changed."""
    if submit:
        card.undoable, card.undo_until = {}, None
        return
    ratings = [[r.requirement_id, r.level, r.note] for r in card.ratings.all()] if card.pk else []
    before = {"recommendation": card.recommendation, "trust": card.trust, "ratings": ratings}
    undoing.remember(card, "card", before if card.pk else {}, by=by)


@transaction.atomic
def take_back_card(application, mark: str, *, by) -> None:
    """The last keeping of one's own draft. Raises undoing.Refused."""
    locked(application)
    card = to_take_back(Scorecard, application=application, interviewer=by, submitted_at=None)
    taken = undoing.take(card, mark, by=by)
    if not taken.values:
        card.delete()
    else:
        card.recommendation, card.trust = taken.values["recommendation"], taken.values["trust"]
        card.save()
        _rate(card, {pk: (level, note) for pk, level, note in taken.values["ratings"]})
    _trail_of(application, "scorecard.taken_back", by)


def _my_draft(application, by) -> Scorecard:
    """One's draft, locked behind the application, so that two tabs do not make two."""
    locked(application)
    mine = Scorecard.objects.filter(application=application, interviewer=by)
    if draft := mine.filter(submitted_at=None).first():
        return draft
    newest = mine.aggregate(n=Max("version"))["n"] or 0
    return Scorecard(
        company_id=application.company_id, application=application, interviewer=by, version=newest + 1
    )


def _may_submit(application, card):
    planned = (
        Interview.objects.filter(application=application, cancelled_at=None).order_by("starts_at").first()
    )
    if planned and planned.starts_at > timezone.now():
        raise Refused(_("The interview has not begun: hand the scorecard in afterwards."))
    if not card.recommendation:
        raise Refused(_("Choose a recommendation before you hand it in."))


def _rate(card, ratings: dict):
    known = requirements(card.application).filter(pk__in=ratings).values_list("pk", flat=True)
    card.ratings.all().delete()
    Rating.objects.bulk_create(
        Rating(
            company_id=card.company_id,
            scorecard=card,
            requirement_id=pk,
            level=ratings[pk][0],
            note=ratings[pk][1],
        )
        for pk in known
    )


def cards(application, member) -> tuple[Scorecard | None, list[Scorecard]]:
    """One's draft, else the newest one handed in; and the newest that each of the others handed in. Two queries."""
    rows = Scorecard.objects.filter(application=application)
    rows = rows.filter(Q(interviewer=member) | Q(submitted_at__isnull=False)).select_related("interviewer")
    rows = rows.prefetch_related("ratings").order_by("version", "pk")
    newest = {row.interviewer_id: row for row in rows}
    mine = newest.pop(member.pk, None)
    return mine, list(newest.values())


def _trail_of(application, action, by):
    trail.record(
        action, company_id=application.company_id, actor_id=by.user_id, kind="application", pk=application.pk
    )


def _trail(action, row, by):
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=row.application_id,
    )
