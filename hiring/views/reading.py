"""Reading CVs one after the other, by key or by thumb."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import notices
from accounts.guards import fetch, member
from hiring import judging, masking, panels_of_stage, pipeline
from hiring.forms import marks_of
from hiring.models import Application, How, Job, Stage
from hiring.models.judging import Mark
from hiring.views.board import CAP, count_text
from hiring.views.moves import BOSSES, application_of, moving, undo_address


@member(*BOSSES)
def queue(request, pk):
    """The oldest unread application; `?later` reads those that were put aside.

    `?after=5` is the page that follows the decision on application 5: it is fetched while that one is read.
    """
    job = fetch(request, Job, pk=pk)
    later = "later" in request.GET
    rows = Application.objects.for_company(request.company).filter(job=job).select_related("cv")
    rows = rows.active().filter(stage=Stage.CV, later_at__isnull=False) if later else rows.unread()
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.exclude(pk=int(after))
    application = rows.order_by("pk").first()
    if application is None:
        return render(request, "hiring/read_end.html", {"job": job} | _summary(job))
    application.job = job
    context = {
        "job": job,
        "application": application,
        "progress": _progress(job, rows[: CAP + 1].count(), later),
        "ticks": panels_of_stage.ticks(application),
        "mark_choices": Mark.choices,
        **masking.sent(application, masking.answers_of(application)),
        "later": later,
    }
    return render(request, "hiring/read.html", context)


def _progress(job, left, later) -> str:
    """How far the pile is read. No times: nobody is measured while reading."""
    values = {"nth": job.last_number - left + 1, "total": job.last_number, "left": count_text(left)}
    if later or left > CAP:
        return ngettext("%(left)s left", "%(left)s left", left) % values
    return (
        ngettext("%(nth)d of %(total)d · %(left)s left", "%(nth)d of %(total)d · %(left)s left", left)
        % values
    )


def _summary(job) -> dict:
    """How the reading went: to talk to, later, not this time."""
    rows = Application.objects.filter(job=job)
    cv = rows.filter(stage=Stage.CV)
    return {
        "later_n": cv.active().exclude(later_at=None).count(),
        "talk_n": rows.active().filter(stage=Stage.PHONE).count(),
        "no_n": cv.filter(outcome="not_selected").count(),
    }


@member(*BOSSES)
@require_POST
@moving
def decide(request, pk):
    """Keeps the marks, then: talk to, later, or not this time (which asks why, one key away)."""
    application = application_of(request, pk)
    posted = marks_of(request.POST, judging.requirements(application))
    judging.mark_cv(application, by=request.membership, marks=posted)
    decision = request.POST.get("decision")
    if decision == "no":
        return redirect(f"{reverse('hiring:not_select', args=[pk])}?how=queue")
    if decision == "talk":
        _talk(request, application)
    elif decision == "later":
        _later(request, application)
    return redirect("hiring:read", application.job_id)


def _talk(request, application):
    alias = application.shown_name
    expected = request.POST.get("expected", "")
    move = pipeline.advance(
        application, to=Stage.PHONE, by=request.membership, expected=expected, how=How.LIST
    )
    said = _("%(who)s: talk to.") % {"who": alias}
    notices.undo(request, said, undo_address(request, move))


def _later(request, application):
    application.later_at = timezone.now()
    application.save(update_fields=["later_at"])
    messages.success(request, _("%(who)s: later.") % {"who": application.shown_name})
