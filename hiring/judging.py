"""Writing down what people saw in a CV: the tick-list."""

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from accounts import undoing
from hiring.models import Answer, Application, CallCheck, CvCheck, Question, Requirement
from hiring.models.judging import Mark
from hiring.pipeline import lock
from vault import trail


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
    """The first must-have that is not met, by the CV or by what the call showed: the likeliest reason for a refusal."""
    called = CallCheck.objects.filter(screen__application=application).exclude(mark="")
    unmet = CvCheck.objects.filter(application=application, mark=Mark.NOT_MET)
    unmet = unmet.exclude(requirement__in=called.values("requirement"))
    found = Q(pk__in=unmet.values("requirement")) | Q(
        pk__in=called.filter(mark=Mark.NOT_MET).values("requirement")
    )
    return requirements(application).filter(found, level="must").first()


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


def _trail_of(application, action, by):
    trail.record(
        action, company_id=application.company_id, actor_id=by.user_id, kind="application", pk=application.pk
    )
