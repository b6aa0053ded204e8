"""Jobs made from what is written already: templates of the shop, and copies of earlier jobs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import notices
from accounts.guards import fetch, member
from hiring import copying
from hiring.job_forms import TemplateForm
from hiring.models import Job, JobTemplate
from hiring.views import job_page
from hiring.views.home import counted
from hiring.views.jobs import BOSSES

SHOWN = 100


@member(*BOSSES)
@require_safe
def index(request):
    return _page(request)


def _page(request, wrong=None, status=200):
    """`wrong`: the form of a name that was refused; it stands where it was typed."""
    rows = JobTemplate.objects.for_company(request.company).select_related("created_by")
    rows = list(rows.defer("content").order_by("name", "pk")[:SHOWN])
    for row in rows:
        is_wrong = wrong is not None and wrong.instance.pk == row.pk
        row.form = wrong if is_wrong else TemplateForm(instance=row, auto_id=f"id_{row.pk}_%s")
    return render(request, "hiring/job_templates.html", {"rows": rows}, status=status)


@member(*BOSSES)
@require_POST
def save(request, pk):
    """From a job, under a name."""
    job = fetch(request, counted(Job.objects.select_related("company")), pk=pk)
    form = TemplateForm(request.POST, auto_id="id_template_%s")
    if not form.is_valid():
        return job_page.page(request, job, status=422, template_form=form)
    row = copying.save_template(job, name=form.cleaned_data["name"], by=request.membership)
    messages.success(
        request, _("“%(name)s” is a template now. A new job can begin from it.") % {"name": row.name}
    )
    return redirect("hiring:job_templates")


@member(*BOSSES)
@require_POST
def rename(request, pk):
    row = fetch(request, JobTemplate, pk=pk)
    form = TemplateForm(request.POST, instance=row, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _page(request, form, status=422)
    row = fetch(request, JobTemplate, pk=pk)  # the form has written the new name into the first
    copying.rename_template(row, name=form.cleaned_data["name"], by=request.membership)
    messages.success(request, _("Saved."))
    return redirect("hiring:job_templates")


@member(*BOSSES)
@require_POST
def delete(request, pk):
    row = fetch(request, JobTemplate, pk=pk)
    copying.delete_template(row, by=request.membership)
    put_back = reverse("deleted_put_back", args=["template", pk])
    notices.undo(request, _("%(name)s is deleted. It can be put back for 14 days.") % {"name": row}, put_back)
    return redirect("hiring:job_templates")


@member(*BOSSES)
@require_POST
def use(request, pk):
    row = fetch(request, JobTemplate, pk=pk)
    job = copying.use_template(row, company=request.company, by=request.membership)
    return redirect("hiring:job_edit", job.pk)


@member(*BOSSES)
@require_POST
def copy(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    made = copying.copy(job, by=request.membership)
    messages.success(request, _("Copied. Nobody sees the new one before you publish it."))
    return redirect("hiring:job_edit", made.pk)
