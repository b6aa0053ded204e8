"""After somebody was hired or the job was closed: who has not heard yet."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from accounts.guards import fetch, member
from hiring import closing
from hiring.models import Job
from hiring.views.moves import BOSSES

SHOWN = 100


@member(*BOSSES)
def unheard(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method == "POST" and job.is_over:
        told = closing.tell_all(job, by=request.membership)
        said = ngettext("%(n)d person will hear.", "%(n)d people will hear.", told) % {"n": told}
        messages.success(request, said)
        return redirect("hiring:unheard", job.pk)
    rows = closing.not_told(job)
    people = list(rows.order_by("pk")[:SHOWN])
    for application in people:
        application.job = job
    context = {"job": job, "people": people, "n": rows.count()}
    return render(request, "hiring/unheard.html", context)
