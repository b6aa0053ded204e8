"""Referees and what they said. A refused form comes back with what was typed."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from hiring import fact_outcomes, pipeline, referees, reference_script, references, references_panel
from hiring.models import CallTry, Referee, Stage
from hiring.reference_forms import AgreedForm, CallForm, RefereeForm, TryForm
from hiring.undo_addresses import call_address
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, refused, undo_of

ROWS = Referee.objects.select_related("application__job__company", "call", "agreed_by")


@member(*BOSSES)
@require_POST
def referee(request, pk):
    application = person(request, pk)
    form = RefereeForm(request.POST, auto_id="referee_%s")
    if not form.is_valid():
        return refused(request, application, panel=Stage.REFERENCES.value, referee_form=form)
    data = form.cleaned_data
    referees.add(
        application, by=request.membership, values=form.values(), agreed=data["agreed"], on=data["agreed_on"]
    )
    undo_of(request, application, "referee", _("Kept. They are called only once the applicant has agreed."))
    return panel(application, Stage.REFERENCES)


@member(*BOSSES)
@require_POST
def remove_referee(request, pk):
    row = fetch(request, Referee.objects.select_related("application__job__company"), pk=pk)
    try:
        referees.remove(row, by=request.membership)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        undo_of(request, row.application, "referee", _("%(name)s is off the list.") % {"name": row.name})
    return panel(row.application, Stage.REFERENCES)


@member(*BOSSES)
def call(request, pk):
    """The call of one referee: what the applicant says beside what they say."""
    row = fetch(request, ROWS, pk=pk)
    facts = fact_outcomes.of(row.application)
    form = _call_form(request.POST if request.method == "POST" else None, row, facts)
    if request.method == "POST":
        agreed = AgreedForm(request.POST)
        if not (agreed.is_valid() and _agreed(request, row, agreed, form) and form.is_valid()):
            return _call_page(request, row, facts, form, agreed=agreed, status=422)
        return _keep_call(request, row, facts, form)
    return _call_page(request, row, facts, form)


def _call_form(data, row, facts) -> CallForm:
    answers = {
        answer.fact_id: answer for fact in facts for answer in fact.answered if answer.referee_id == row.pk
    }
    return CallForm(data, instance=getattr(row, "call", None), facts=facts, answers=answers)


def _agreed(request, row, agreed, form) -> bool:
    """The tick that the applicant agreed is kept even where the rest of the page is refused."""
    if not agreed.cleaned_data["agreed"] or row.agreed_at:
        return True
    try:
        referees.agree(row, by=request.membership, on=agreed.cleaned_data["agreed_on"])
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _keep_call(request, row, facts, form):
    seen, values = form.cleaned_data["seen"], form.values()
    try:
        kept = references.save_call(
            row, by=request.membership, values=values, seen=seen, outcomes=form.outcomes()
        )
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return _call_page(request, row, facts, form, status=422)
    except conflicts.Changed as now:
        theirs = Referee.objects.select_related("call").get(pk=row.pk)
        rows = fact_outcomes.of(row.application)
        theirs = [_call_form(None, theirs, rows)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    mark = undoing.offered(kept, "reference", request.membership)
    notices.undo(request, _("The reference is kept."), call_address(row, mark))
    return panel(row.application, Stage.REFERENCES)


def _call_page(request, row, facts, form, *, agreed=None, tried=None, status=200):
    tries = list(row.tries.select_related("by"))
    for attempt in tries:
        mark = undoing.offered(attempt, "try", request.membership)
        attempt.undo = notices.marked(reverse("hiring:try_take_back", args=[attempt.pk]), mark)
    context = {
        "referee": row,
        "application": row.application,
        "form": form,
        "agreed_form": agreed or AgreedForm(),
        "wrote": references_panel.wrote(row.written.filter(cancelled_at=None).first()),
        "called": getattr(row, "call", None) is not None,
        "tries": tries,
        "try_form": tried or TryForm(auto_id="try_%s"),
        "questions": reference_script.script(row, facts, reference_script.weakest(row.application)),
    }
    return render(request, "hiring/reference_call.html", context, status=status)


@member(*BOSSES)
@require_POST
def tried(request, pk):
    """A call that did not come about."""
    row = fetch(request, ROWS, pk=pk)
    form = TryForm(request.POST, auto_id="try_%s")
    if form.is_valid():
        try:
            kept = references.note_try(row, by=request.membership, values=form.values())
        except pipeline.Refused as why:
            form.add_error(None, str(why))
        else:
            mark = undoing.offered(kept, "try", request.membership)
            url = notices.marked(reverse("hiring:try_take_back", args=[kept.pk]), mark)
            notices.undo(request, _("Noted."), url)
            return panel(row.application, Stage.REFERENCES)
    facts = fact_outcomes.of(row.application)
    return _call_page(request, row, facts, _call_form(None, row, facts), tried=form, status=422)


@member(*BOSSES)
@require_POST
def take_back_try(request, pk):
    row = fetch(request, CallTry.objects.select_related("application__job__company"), pk=pk)
    return notices.take_back(
        request,
        lambda mark: references.take_back_try(row, mark, by=request.membership),
        back=f"{reverse('hiring:candidate', args=[row.application_id])}?panel={Stage.REFERENCES}",
    )


@member(*BOSSES)
def script(request, pk):
    """One sheet to have beside the telephone."""
    row = fetch(request, ROWS, pk=pk)
    facts = fact_outcomes.of(row.application)
    questions = reference_script.script(row, facts, reference_script.weakest(row.application))
    context = {"referee": row, "application": row.application, "questions": questions}
    return render(request, "hiring/reference_script.html", context)
