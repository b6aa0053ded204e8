"""After how many days somebody waits too long, and who looks after each stage."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.guards import fetch, member
from hiring import staleness, telling
from hiring.limit_forms import LimitsForm
from hiring.models import Job
from hiring.views.board import BOSSES


@member(*BOSSES)
def page(request, pk):
    job = fetch(request, Job, pk=pk)
    limits = staleness.limits(job)
    form = LimitsForm(
        request.POST if request.method == "POST" else None,
        limits=limits,
        managers=list(telling.leading(job)),
    )
    if request.method == "POST" and form.is_valid():
        staleness.keep(job, form.chosen(), by=request.membership)
        messages.success(
            request, _("Kept. Whoever looks after a stage hears of it in the mail of the morning.")
        )
        return redirect("hiring:board", job.pk)
    status = 422 if form.errors else 200
    return render(request, "hiring/limits.html", {"job": job, "form": form}, status=status)
