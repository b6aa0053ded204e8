"""Entering somebody by hand."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import notices
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import applying
from hiring.apply_forms import ByHandForm
from hiring.models import Job
from hiring.pipeline import NotOpen
from vault import files


@member(Role.OWNER, Role.MANAGER)
def add(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method != "POST":
        return render(request, "hiring/job_add_person.html", {"job": job, "form": ByHandForm(job=job)})
    form = ByHandForm(request.POST, request.FILES, job=job)
    if form.is_valid() and (application := _enter(form, job, request.membership)):
        undo = reverse("hiring:person_delete", args=[application.pk])
        notices.undo(request, _("%(name)s is entered.") % {"name": application.name}, undo)
        return redirect("hiring:candidate", application.pk)
    files.keep_drafts(form, company_id=job.company_id)
    return render(request, "hiring/job_add_person.html", {"job": job, "form": form}, status=422)


def _enter(form, job, by):
    data = form.cleaned_data
    try:
        return applying.enter_by_hand(job, person=form.person, by=by, cv=data["cv"], source=data["source"])
    except NotOpen:
        form.add_error(None, _("This job is closed. Open it again to enter somebody."))
    except files.Refused as refused:
        form.add_error("cv", str(refused))
    return None
