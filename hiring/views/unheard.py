"""After somebody was hired or the job was closed: who has not heard yet."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from accounts.guards import fetch, member
from hiring import closing, lost
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
    return render(
        request, "hiring/unheard.html", _unheard(job) | {"may_retry": lost.may_retry(request.membership)}
    )


def _unheard(job) -> dict:
    """Who was told nothing, and who was told by a mail that never arrived."""
    mails, rows = lost.about_job(job), closing.not_told(job)
    untold, unreached = rows.count(), lost.refused_unheard(job, mails)
    return {
        "job": job,
        "people": lost.with_mails(list(rows.order_by("pk")[:SHOWN]), job, mails),
        "unreached": unreached,
        "untold": untold,
        "n": untold + len(unreached),
    }
