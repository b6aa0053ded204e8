"""Times agreed with an applicant: planned, moved, called off. A refused form comes back with what was typed."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices
from accounts.guards import fetch, member
from hiring import pipeline, talks
from hiring.models import Interview, Stage
from hiring.talk_forms import InterviewForm, MoveForm
from hiring.undo_addresses import talk_address
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, refused


@member(*BOSSES)
@require_POST
def plan(request, pk):
    application = person(request, pk)
    form = InterviewForm(request.POST, instance=Interview(application=application), auto_id="plan_%s")
    where = Stage.PHONE if request.POST.get("panel") == Stage.PHONE else Stage.INTERVIEW
    if not form.is_valid():
        return refused(request, application, panel=where.value, interview_form=form)
    try:
        interview = talks.plan(
            application, by=request.membership, values=form.values(), invite=form.cleaned_data["invite"]
        )
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return refused(request, application, panel=where.value, interview_form=form)
    invited = form.cleaned_data["invite"] and application.email
    said = _("The time is kept. The invitation leaves in ten minutes.") if invited else _("The time is kept.")
    notices.undo(request, said, talk_address(interview, request.membership))
    return panel(application, where)


TALKS = Interview.objects.select_related("application__job__company")


@member(*BOSSES)
def move(request, pk):
    """Another time or place; a form that is older than what is there shows both."""
    interview = fetch(request, TALKS, pk=pk)
    form = MoveForm(request.POST if request.method == "POST" else None, interview=interview)
    if not form.is_bound or not form.is_valid():
        return _move_page(request, interview, form, 422 if form.errors else 200)
    seen = form.cleaned_data["seen"]
    try:
        row = talks.move(interview, by=request.membership, values=form.values(), seen=seen)
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _move_page(request, interview, form, 409)
    except conflicts.Changed as now:
        theirs, seen = [MoveForm(interview=now.row)], now.row.revision
        return conflicts.page(request, mine=[form], theirs=theirs, seen=seen, back=request.path)
    moved = row.sequence != interview.sequence
    said = _("The time is another one. Who was invited hears of it in ten minutes.")
    notices.undo(request, said if moved else _("Nothing was changed."), talk_address(row, request.membership))
    return redirect("hiring:candidate", interview.application_id)


def _move_page(request, interview, form, status):
    context = {"interview": interview, "application": interview.application, "form": form}
    return render(request, "hiring/interview_move.html", context, status=status)


@member(*BOSSES)
@require_POST
def cancel(request, pk):
    interview = talks.cancel(fetch(request, TALKS, pk=pk), by=request.membership)
    notices.undo(request, _("Cancelled."), talk_address(interview, request.membership))
    return redirect("hiring:candidate", interview.application_id)
