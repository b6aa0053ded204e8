"""Reading CVs one after the other, by key or by thumb."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
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
    """The oldest unread application; `?later` reads those that were put aside, longest ago first.

    `?after=5` is the page that follows the decision on application 5: it is fetched while that one is read.
    `?at=5` is application 5, as long as it is on the pile: where Undo leads back to.
    """
    job = fetch(request, Job, pk=pk)
    later = "later" in request.GET
    pile = Application.objects.for_company(request.company).filter(job=job).select_related("cv")
    pile = pile.active().filter(stage=Stage.CV)
    rows = pile.filter(later_at__isnull=False).order_by("later_at", "pk") if later else _unread(pile)
    if after := number(request, "after"):
        rows = rows.exclude(pk=after)
    at = number(request, "at")
    application = (pile.filter(pk=at).first() if at else None) or rows.first()
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


def _unread(pile):
    return pile.unread().order_by("pk")


def number(request, name) -> int | None:
    """The number in the address under this name; anything else is as if it were not there."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


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
@transaction.atomic
def decide(request, pk):
    """Keeps the marks, then: talk to, later, or not this time (which asks why, one key away).

    With `?decision=back`, the Undo of "later": the same CV again. Somebody else's decision meanwhile keeps nothing.
    """
    application = application_of(request, pk)
    if request.GET.get("decision") == "back":
        pipeline.put_back(application)
        return redirect(f"{reverse('hiring:read', args=[application.job_id])}?at={pk}")
    posted = marks_of(request.POST, judging.requirements(application))
    judging.mark_cv(application, by=request.membership, marks=posted)
    decision = request.POST.get("decision")
    if decision == "no":
        return redirect(f"{reverse('hiring:not_select', args=[pk])}?how=queue")
    if decision == "talk":
        _talk(request, application)
    elif decision == "later":
        _later(request, application)
    later = "?later=1" if request.POST.get("pile") == "later" else ""
    return redirect(reverse("hiring:read", args=[application.job_id]) + later)


def _talk(request, application):
    alias = application.shown_name
    expected = request.POST.get("expected", "")
    move = pipeline.advance(
        application, to=Stage.PHONE, by=request.membership, expected=expected, how=How.LIST
    )
    said = _("%(who)s: talk to.") % {"who": alias}
    notices.undo(request, said, undo_address(request, move))


def _later(request, application):
    alias = application.shown_name
    pipeline.put_aside(application, expected=request.POST.get("expected", ""))
    back = reverse("hiring:decide", args=[application.pk]) + "?decision=back"
    notices.undo(request, _("%(who)s: later.") % {"who": alias}, back)
