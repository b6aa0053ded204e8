"""After somebody was hired or the job was closed: who has not heard yet, told all at once or one by one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import notices
from accounts.guards import fetch, member
from hiring import closing, lost, pipeline
from hiring.models import Application, Job, Told
from hiring.views.moves import BOSSES, stale_page, undo_address

SHOWN = 100
WAYS = {"mail": Told.MAIL, "phone": Told.PHONE}


@member(*BOSSES)
def unheard(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method != "POST":
        return render(
            request, "hiring/unheard.html", _unheard(job) | {"may_retry": lost.may_retry(request.membership)}
        )
    if job.is_over and request.POST.get("do") in WAYS:
        return _one(request, job)
    if job.is_over:
        told = closing.tell_all(job, by=request.membership)
        said = ngettext("%(n)d person will hear.", "%(n)d people will hear.", told) % {"n": told}
        messages.success(request, said)
    return redirect("hiring:unheard", job.pk)


def _one(request, job):
    """One row's button. Whoever has heard meanwhile is not told again."""
    pk = request.POST.get("person", "")
    people = Application.objects.filter(job=job)
    person = people.filter(pk=int(pk[:18])).first() if pk.isascii() and pk.isdigit() else None
    if person is None:
        return redirect("hiring:unheard", job.pk)
    person.job = job
    told, expected = WAYS[request.POST["do"]], request.POST.get("expected", "")
    try:
        move = closing.tell_one(person, by=request.membership, told=told, expected=expected)
    except pipeline.Stale as stale:
        return stale_page(request, stale)
    except pipeline.Refused as refused:
        messages.error(request, str(refused))
    else:
        notices.undo(request, _said(person, told), undo_address(request, move) if move else "")
    return redirect("hiring:unheard", job.pk)


def _said(person, told) -> str:
    text = _("%(who)s knows.") if told == Told.PHONE else _("%(who)s will hear in ten minutes.")
    return text % {"who": person.shown_name}


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
