"""The finalists of a job whose hire did not work out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import notices
from accounts.guards import fetch, member
from hiring import finalists
from hiring.models import Job
from hiring.views.candidate import person
from hiring.views.moves import BOSSES


@member(*BOSSES)
@require_GET
def index(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    return render(request, "hiring/finalists.html", {"job": job, "people": finalists.shown(job)})


@member(*BOSSES)
@require_POST
def ask(request, pk):
    application = person(request, pk)
    try:
        finalists.ask(application, by=request.membership)
    except finalists.Refused as why:
        messages.error(request, str(why))
    else:
        said = _("%(who)s is asked in ten minutes.") % {"who": application.shown_name}
        notices.undo(request, said, reverse("hiring:finalist_take_back", args=[application.pk]))
    return redirect("hiring:finalists", application.job_id)


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    application = person(request, pk)
    return notices.take_back(
        request,
        lambda _mark: finalists.take_back(application, by=request.membership),
        back=reverse("hiring:finalists", args=[application.job_id]),
    )
