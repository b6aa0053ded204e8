"""A job's own page: what comes next, whether it takes applications, how many people, and who runs it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts import undoing
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import adverts, closing
from hiring.job_forms import MembersForm, OpeningsForm, TemplateForm
from hiring.models import Application, Job, JobStatus
from hiring.pipeline import Refused
from hiring.undo_addresses import job_address
from hiring.views.home import counted
from hiring.views.jobs import BOSSES, links_of, undo_of


@member(*BOSSES)
def overview(request, pk):
    job = fetch(request, counted(Job.objects.select_related("company")), pk=pk)
    return page(request, job)


def page(request, job, status=200, **forms):
    """`job` is counted (hiring.views.home)."""
    if job.status == JobStatus.DRAFT:
        return redirect("hiring:job_edit", job.pk)
    tests = Application.objects.for_company(request.company).filter(job=job, is_test=True).count()
    context = {
        "job": job,
        "tests": tests,
        "acts": closing.acts(job, job.hired),
        "hindrance": closing.hindrance(job, job.hired),
        "unheard": closing.not_told(job).count() if job.is_over or job.day_is_over else 0,
        "openings_form": OpeningsForm(initial={"openings": job.openings}),
        "members_form": _members_form(request, job),
        "template_form": TemplateForm(initial={"name": job.title}, auto_id="id_template_%s"),
        "undo_lines": _undo_lines(job, request.membership),
        **_who(request, job),
        **links_of(job),
        **forms,
    }
    return render(request, "hiring/job.html", context, status=status)


def _who(request, job) -> dict:
    """Managers read who else is on it; owners have the form that says so."""
    if request.membership.role == Role.OWNER:
        return {"run_by": None}
    rows = job.job_members.select_related("membership").order_by("membership__name", "pk")
    return {"run_by": [row.membership for row in rows]}


LINES = {
    "publish": gettext_lazy("The advert was published."),
    "state": gettext_lazy("Whether it takes applications was changed."),
    "openings": gettext_lazy("How many people you need was changed."),
    "pay": gettext_lazy("The pay was changed."),
    "members": gettext_lazy("Who runs this hiring was changed."),
    "names": gettext_lazy("Whether names are hidden while reading was changed."),
}


def _undo_lines(job, member) -> list[dict]:
    """What was settled about the job in the last minutes, with where it is taken back."""
    marks = {what: undoing.offered(job, what, member) for what in LINES}
    return [{"said": LINES[what], "url": job_address(job, mark)} for what, mark in marks.items() if mark]


def _members_form(request, job, data=None):
    on_it = list(job.job_members.values_list("membership", flat=True)) if data is None else None
    initial = {"managers": on_it}
    return MembersForm(data, initial=initial, company=request.company)


STATES = {"stop": closing.stop, "resume": closing.resume, "close": closing.close}


@member(*BOSSES)
@require_POST
def set_state(request, pk):
    """Stop taking applications, take them again, close, open again."""
    job = fetch(request, Job, pk=pk)
    said = request.POST.get("do", "")
    if said not in STATES or job.status == JobStatus.DRAFT:
        messages.error(request, _("This cannot be done with this job now."))
        return redirect("hiring:job", job.pk)
    try:
        STATES[said](job, by=request.membership)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        job.refresh_from_db(fields=["status"])
        undo_of(request, job, "state", _said(job))
    if job.is_over and closing.not_told(job).exists():
        return redirect("hiring:unheard", job.pk)
    return redirect("hiring:job", job.pk)


def _said(job) -> str:
    return {
        JobStatus.OPEN: _("The advert is on the air and takes applications."),
        JobStatus.PAUSED: _("No more applications from this moment. Everything else goes on."),
    }.get(job.status, _("The job is closed and its advert is gone."))


@member(*BOSSES)
@require_POST
def openings(request, pk):
    job = fetch(request, counted(Job.objects.select_related("company")), pk=pk)
    form = OpeningsForm(request.POST)
    if not form.is_valid():
        return page(request, job, status=422, openings_form=form)
    now = adverts.set_openings(job, number=form.cleaned_data["openings"], by=request.membership)
    room = now.is_over and "resume" in closing.acts(now, job.hired)
    undo_of(
        request,
        job,
        "openings",
        _("Saved. Open the job again when people may apply.") if room else _("Saved."),
    )
    return redirect("hiring:job", job.pk)


@member(Role.OWNER)
@require_POST
def members(request, pk):
    """Who of the managers sees this job: the owner says."""
    job = fetch(request, counted(Job.objects.select_related("company")), pk=pk)
    form = _members_form(request, job, request.POST)
    if not form.is_valid():
        return page(request, job, status=422, members_form=form)
    adverts.set_members(job, memberships=list(form.cleaned_data["managers"]), by=request.membership)
    undo_of(request, job, "members", _("Saved."))
    return redirect("hiring:job", job.pk)


@member(*BOSSES)
@require_POST
def remove_tests(request, pk):
    job = fetch(request, Job, pk=pk)
    number = adverts.remove_tests(job, by=request.membership)
    text = ngettext("%(number)d test application removed.", "%(number)d test applications removed.", number)
    messages.success(request, text % {"number": number})
    return redirect("hiring:job", job.pk)
