"""Undo of what was kept about a person or a job; moves have their own (hiring.views.moves.undo)."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import deleting, notices, undoing
from accounts.guards import fetch, member
from hiring import (
    adverts,
    cards,
    closing,
    deleted,
    details,
    duplicates,
    facts,
    job_undo,
    judging,
    kit_shares,
    offers,
    pool,
    referees,
    referees_asked,
    references,
    requirements,
    screens,
    talks,
)
from hiring.models import Application, Interview, Job, Offer, Referee
from hiring.pipeline import Refused
from hiring.views.candidate import READERS
from hiring.views.moves import BOSSES

# The beginning of the mark says what it takes back.
OF_PERSON = {
    "marks": judging.take_back_marks,
    "call": screens.take_back,
    "card": cards.take_back,
    kit_shares.WHAT: kit_shares.take_back,
    "step": details.take_back,
    "assigned": details.take_back,
    "name": details.take_back,
    "referee": referees.take_back,
    referees_asked.WHAT: referees_asked.take_back,
    "pool": pool.take_back,
    "fact": facts.take_back,
    "typing": facts.take_back,
} | dict.fromkeys(("grouped", "apart", "ungrouped"), duplicates.take_back)
OF_JOB = {
    "advert": adverts.take_back,
    "row": adverts.take_back,
    "list": requirements.take_back,
    "state": closing.take_back,
} | dict.fromkeys(job_undo.WHATS, job_undo.take_back)


def _verb(verbs, mark):
    verb = verbs.get(mark.partition("-")[0])
    if verb is None:
        raise undoing.Gone(_("There is nothing to take back any more."))
    return verb


@member(*READERS)
@require_POST
def person(request, pk):
    row = fetch(request, Application.objects.select_related("job"), pk=pk)
    queue = reverse("hiring:read", args=[row.job_id]) + f"?at={pk}"
    return notices.take_back(
        request,
        lambda mark: _verb(OF_PERSON, mark)(row, mark, by=request.membership),
        back=queue if request.GET.get("how") == "queue" else reverse("hiring:candidate", args=[pk]),
    )


@member(*BOSSES)
@require_POST
def job(request, pk):
    row = fetch(request, Job, pk=pk)
    of_list = request.GET.get("mark", "").startswith("list")
    editor = request.GET.get("mark", "").startswith(("advert", "row", "publish"))
    return notices.take_back(
        request,
        lambda mark: _verb(OF_JOB, mark)(row, mark, by=request.membership),
        back=reverse(f"hiring:{'requirements' if of_list else 'job_edit' if editor else 'job'}", args=[pk]),
    )


def _of_stage(model, path, take_back, panel=""):
    """A view that takes back one thing of a person's way and leads back to them."""

    @member(*BOSSES)
    @require_POST
    def view(request, pk):
        row = fetch(request, model.objects.select_related(path), pk=pk)
        return notices.take_back(
            request,
            lambda mark: take_back(row, mark, by=request.membership),
            back=reverse("hiring:candidate", args=[row.application_id]) + panel,
        )

    return view


reference = _of_stage(Referee, "application", references.take_back_call)
talk = _of_stage(Interview, "application__job__company", talks.take_back)
offer = _of_stage(Offer, "application__job__company", offers.take_back, "?panel=offer")


# -- deleting


@member(*BOSSES)
@require_POST
def delete_job(request, pk):
    row = fetch(request, Job, pk=pk)
    try:
        deleted.delete_job(row, by=request.membership)
    except (deleting.Refused, Refused) as refused:
        messages.error(request, str(refused))
        return redirect("hiring:job", pk)
    put_back = reverse("deleted_put_back", args=["job", pk])
    notices.undo(request, _("%(job)s is deleted. It can be put back for 14 days.") % {"job": row}, put_back)
    return redirect("hiring:home")


@member(*BOSSES)
@require_POST
def delete_person(request, pk):
    row = fetch(request, Application.objects.select_related("job"), pk=pk)
    try:
        deleted.delete_person(row, by=request.membership)
    except (deleting.Refused, Refused) as refused:
        messages.error(request, str(refused))
        return redirect("hiring:candidate", pk)
    said = _("%(who)s is deleted, and can be put back for 14 days.") % {"who": row.shown_name}
    notices.undo(request, said, reverse("deleted_put_back", args=["person", pk]))
    return redirect("hiring:board", row.job_id)
