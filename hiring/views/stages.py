"""What is written down at each stage. A refused form comes back on the candidate's page with what was typed."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import member
from hiring import judging, pipeline
from hiring.forms import PhoneForm, ScorecardForm, marks_of
from hiring.models import PhoneScreen, Stage
from hiring.undo_addresses import person_address
from hiring.views.candidate import READERS, page_context, person
from hiring.views.moves import BOSSES


def refused(request, application, *, status=422, **forms):
    return render(
        request, "hiring/candidate.html", page_context(request, application, **forms), status=status
    )


def undo_of(request, row, what, said, application=None):
    """Says it, with the Undo of the last `what` that `row` remembers; none when nothing was changed."""
    row.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(row, what, request.membership)
    notices.undo(request, said, person_address(application or row, mark))


def panel(application, stage):
    return redirect(f"{reverse('hiring:candidate', args=[application.pk])}?panel={stage}")


@member(*BOSSES)
@require_POST
def marks(request, pk):
    application = person(request, pk)
    posted = marks_of(request.POST, judging.requirements(application))
    judging.mark_cv(application, by=request.membership, marks=posted)
    undo_of(request, application, "marks", _("Marks kept."))
    return panel(application, Stage.CV)


@member(*BOSSES)
@require_POST
def phone(request, pk):
    """Keeps the judgements; 409 with what was typed when a colleague saved meanwhile."""
    application = person(request, pk)
    form = PhoneForm(request.POST, instance=PhoneScreen(application=application))
    if not form.is_valid():
        return refused(request, application, panel=Stage.PHONE.value, phone_form=form)
    try:
        screen = judging.save_screen(
            application, by=request.membership, values=form.values(), seen=form.cleaned_data["seen"]
        )
    except judging.Changed:
        form.add_error(None, _("A colleague saved this call meanwhile. Yours is below, not kept yet."))
        return refused(request, application, panel=Stage.PHONE.value, phone_form=form, status=409)
    undo_of(request, screen, "call", _("The call is kept."), application)
    return panel(application, Stage.PHONE)


@member(*READERS)
@require_POST
def scorecard(request, pk):
    """One's own card: kept as a draft, or handed in."""
    application = person(request, pk)
    rows = list(judging.requirements(application))
    form = ScorecardForm(request.POST, requirements=rows)
    submit = "submit" in request.POST
    if not form.is_valid():
        return refused(request, application, panel=Stage.INTERVIEW.value, card_form=form)
    try:
        card = judging.save_card(application, by=request.membership, values=form.values(), submit=submit)
    except pipeline.Refused as why:
        form.add_error(None, str(why))
        return refused(request, application, panel=Stage.INTERVIEW.value, card_form=form)
    said = (
        _("Your scorecard is in and stays as it is. A correction becomes a second version beside it.")
        if submit
        else _("Draft kept. Only you see it.")
    )
    undo_of(request, card, "card", said, application)
    return panel(application, Stage.INTERVIEW)
