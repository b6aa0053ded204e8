"""Putting right who somebody is that was entered by hand or brought in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.guards import fetch, member
from hiring import contact, pipeline
from hiring.import_forms import ContactForm
from hiring.models import Application
from hiring.views.moves import BOSSES
from vault import files


@member(*BOSSES)
def edit(request, pk):
    application = fetch(request, Application.objects.select_related("job", "cv"), pk=pk)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={name: getattr(application, name) for name in contact.FIELDS},
        job=application.job,
    )
    if application.name_hidden and request.method == "POST":
        return redirect("hiring:contact", pk)
    if form.is_bound and form.is_valid() and _save(form, application, request.membership):
        messages.success(request, _("Saved."))
        return redirect("hiring:candidate", application.pk)
    if form.is_bound:
        files.keep_drafts(form, company_id=application.company_id)
    context = {"application": application, "job": application.job, "form": form}
    may = contact.may_correct(application) and not application.name_hidden
    return render(
        request, "hiring/contact.html", context | {"may": may}, status=422 if form.is_bound else 200
    )


def _save(form, application, by) -> bool:
    try:
        contact.correct(application, by=by, **form.cleaned_data)
    except pipeline.Refused as refused:
        form.add_error(None, str(refused))
    except files.Refused as refused:
        form.add_error("cv", str(refused))
    return form.is_valid()
