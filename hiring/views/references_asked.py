"""Asking by mail: the applicant for referees, a referee for an answer in writing."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices
from accounts.guards import fetch, member
from hiring import pipeline, referees_asked, written_references
from hiring.models import Referee, Stage, WrittenReference
from hiring.undo_addresses import written_address
from hiring.views.candidate import person
from hiring.views.moves import BOSSES
from hiring.views.stages import panel, undo_of


@member(*BOSSES)
@require_POST
def names(request, pk):
    application = person(request, pk)
    try:
        referees_asked.ask(application, by=request.membership)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        said = _("The mail leaves in ten minutes. What they answer stands here, and you hear of it.")
        undo_of(request, application, referees_asked.WHAT, said)
    return panel(application, Stage.REFERENCES)


@member(*BOSSES)
@require_POST
def send(request, pk):
    row = fetch(request, Referee.objects.select_related("application__job__company"), pk=pk)
    try:
        written = written_references.send(row, by=request.membership)
    except pipeline.Refused as why:
        messages.error(request, str(why))
    else:
        notices.undo(
            request, _("The mail leaves in ten minutes."), written_address(written, request.membership)
        )
    return panel(row.application, Stage.REFERENCES)


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    row = fetch(request, WrittenReference.objects.select_related("application__job__company"), pk=pk)
    return notices.take_back(
        request,
        lambda mark: written_references.take_back(row, mark, by=request.membership),
        back=f"{reverse('hiring:candidate', args=[row.application_id])}?panel={Stage.REFERENCES}",
    )
