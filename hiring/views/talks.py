"""Times agreed with an applicant: planned, moved, called off. A refused form comes back with what was typed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, typed
from accounts.guards import fetch, member
from hiring import hosting, pipeline, talks
from hiring.models import Interview, Stage, TalkOutcome
from hiring.talk_forms import InterviewForm, MoveForm
from hiring.undo_addresses import talk_address
from hiring.views.candidate import READERS, person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, refused


@member(*BOSSES)
@require_POST
def plan(request, pk):
    application = person(request, pk)
    form = InterviewForm(
        request.POST,
        instance=Interview(application=application),
        auto_id="plan_%s",
        team=hosting.team(application.job),
        by=request.membership,
    )
    where = Stage.PHONE if request.POST.get("panel") == Stage.PHONE else Stage.INTERVIEW
    if not form.is_valid():
        return refused(request, application, panel=where.value, interview_form=form)
    invite = form.cleaned_data["invite"]
    try:
        interview = talks.plan(
            application, by=request.membership, values=form.values(), invite=invite, hosts=form.sitting_in()
        )
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return refused(request, application, panel=where.value, interview_form=form)
    sent = invite and application.email
    said = _("The time is kept. The invitation leaves in ten minutes.") if sent else _("The time is kept.")
    notices.undo(request, said, talk_address(interview, request.membership))
    return panel(application, where)


@member(*BOSSES)
@require_POST
def now(request, pk):
    """They are on the phone already: nothing is booked, nothing is sent."""
    application = person(request, pk)
    try:
        interview = talks.now(application, by=request.membership)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        said = _("The talk has begun. Write down what is said.")
        notices.undo(request, said, talk_address(interview, request.membership))
    return panel(application, Stage.PHONE)


TALKS = Interview.objects.select_related("application__job__company")
OUTCOMES = {TalkOutcome.HAPPENED: talks.happened, TalkOutcome.NO_SHOW: talks.no_show}


@member(*READERS)
@require_POST
def outcome(request, pk):
    """Whether it took place: said by those on the job, and by who sits in."""
    interview = fetch(request, TALKS, pk=pk)
    verb = OUTCOMES.get(request.POST.get("outcome"))
    if verb is None:
        return redirect("hiring:candidate", interview.application_id)
    try:
        row = verb(interview, by=request.membership, seen=typed.text(request.POST, "seen", 8))
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        noted = {"what": row.get_outcome_display()}
        notices.undo(request, _("Noted: %(what)s.") % noted, talk_address(row, request.membership))
    where = "phone" if request.POST.get("panel") == Stage.PHONE else "interview"
    return redirect(f"{reverse('hiring:candidate', args=[interview.application_id])}?panel={where}")


@member(*BOSSES)
def move(request, pk):
    """Another time, place or host; a form that is older than what is there shows both."""
    interview = fetch(request, TALKS, pk=pk)
    form = _move_form(request, interview, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _move_page(request, interview, form, 422 if form.errors else 200)
    seen = form.cleaned_data["seen"]
    try:
        row = talks.move(
            interview, by=request.membership, values=form.values(), seen=seen, hosts=form.sitting_in()
        )
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _move_page(request, interview, form, 409)
    except conflicts.Changed as now_:
        theirs, seen = [_move_form(request, now_.row)], now_.row.revision
        return conflicts.page(request, mine=[form], theirs=theirs, seen=seen, back=request.path)
    moved = row.sequence != interview.sequence
    said = _("The time is another one. Who was invited hears of it in ten minutes.")
    notices.undo(request, said if moved else _("Nothing was changed."), talk_address(row, request.membership))
    return redirect("hiring:candidate", interview.application_id)


def _move_form(request, interview, data=None):
    team = hosting.team(interview.application.job)
    hosts = hosting.pks_of(interview)
    return MoveForm(data, interview=interview, hosts=hosts, team=team, by=request.membership)


def _move_page(request, interview, form, status):
    context = {"interview": interview, "application": interview.application, "form": form}
    return render(request, "hiring/interview_move.html", context, status=status)


@member(*BOSSES)
@require_POST
def cancel(request, pk):
    interview = talks.cancel(fetch(request, TALKS, pk=pk), by=request.membership)
    notices.undo(request, _("Cancelled."), talk_address(interview, request.membership))
    return redirect("hiring:candidate", interview.application_id)
