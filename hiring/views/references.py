"""Referees and what they said. A refused form comes back with what was typed."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from hiring import pipeline, referees, references
from hiring.models import Referee, Stage
from hiring.reference_forms import CallForm, RefereeForm
from hiring.undo_addresses import call_address
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, refused, undo_of


@member(*BOSSES)
@require_POST
def referee(request, pk):
    application = person(request, pk)
    form = RefereeForm(request.POST, auto_id="referee_%s")
    if not form.is_valid():
        return refused(request, application, panel=Stage.REFERENCES.value, referee_form=form)
    agreed = form.cleaned_data.pop("agreed")
    referees.add(application, by=request.membership, values=form.cleaned_data, agreed=agreed)
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
    """The call of one referee: the facts to check beside the questions."""
    row = fetch(request, Referee.objects.select_related("application__job__company", "call"), pk=pk)
    form = CallForm(request.POST if request.method == "POST" else None, instance=getattr(row, "call", None))
    if request.method == "POST" and "agreed" in request.POST and row.agreed_at is None:
        referees.agree(row)
    if request.method == "POST" and form.is_valid():
        try:
            kept = references.save_call(
                row, by=request.membership, values=form.values(), seen=form.cleaned_data["seen"]
            )
        except pipeline.Refused as why:
            form.add_error(None, str(why))
        except conflicts.Changed as now:
            theirs, seen = [CallForm(instance=now.row)], now.row.revision
            return conflicts.page(request, mine=[form], theirs=theirs, seen=seen, back=request.path)
        else:
            mark = undoing.offered(kept, "reference", request.membership)
            notices.undo(request, _("The reference is kept."), call_address(row, mark))
            return panel(row.application, Stage.REFERENCES)
    context = {"referee": row, "application": row.application, "form": form}
    return render(request, "hiring/reference_call.html", context, status=422 if form.errors else 200)
