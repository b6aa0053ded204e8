"""A job from "Start hiring" to the advert on the air, and off it again."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.addresses import absolute
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import adverts, closing, requirements, rows, wording
from hiring.job_forms import Changed, Editor, MembersForm, OpeningsForm, PayForm
from hiring.models import Application, Job, JobStatus, Question, Requirement
from hiring.pipeline import Refused
from hiring.undo_addresses import job_address
from hiring.views.home import counted
from readiness import result

BOSSES = (Role.OWNER, Role.MANAGER)
# Where a part of the advert stands in the editor, when it is not the field of its name.
PLACES = {"skills": "requirements", "summary": "the-job"}


@member(*BOSSES)
def start(request):
    """One button: a job already written from what the check said. "Start hiring" leads here."""
    answer = result.latest(request.company)
    if request.method == "POST":
        job = adverts.draft(
            company=request.company,
            by=request.membership,
            hours=answer.hours if answer else None,
            assessment=str(answer.pk) if answer else "",
        )
        return redirect("hiring:job_edit", job.pk)
    jobs = Job.objects.for_company(request.company).visible_to(request.membership)
    draft = jobs.filter(status=JobStatus.DRAFT).order_by("-pk").first()
    return render(request, "hiring/job_start.html", {"answer": answer, "draft": draft})


# -- the editor


@member(*BOSSES)
def edit(request, pk):
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    if request.method != "POST":
        return _editor_page(request, Editor(job))
    editor = Editor(job, request.POST)
    if not editor.is_valid():
        return _editor_page(request, editor, status=422)
    said = request.POST.get("do", "")
    if said == "preview" and job.status != JobStatus.DRAFT:
        return _editor_page(request, editor)
    try:
        editor.save(by=request.membership)
    except Changed as changed:
        return _conflict(request, editor, changed.job)
    return _after_saving(request, job, said)


def _conflict(request, editor, now):
    """What was typed beside what another tab or a colleague saved meanwhile."""
    theirs = Editor(now).forms
    here = reverse("hiring:job_edit", args=[now.pk])
    return conflicts.page(request, mine=editor.forms, theirs=theirs, seen=now.revision, back=here)


def undo_of(request, job, what, said):
    """Says it, with the Undo of the last `what`."""
    job.refresh_from_db(fields=undoing.FIELDS)
    notices.undo(request, said, job_address(job, undoing.offered(job, what, request.membership)))


def _editor_page(request, editor, status=200):
    return render(request, "hiring/job_edit.html", _editor_context(editor), status=status)


def _editor_context(editor) -> dict:
    job, looked_for = editor.job, editor.looked_for
    with translation.override(job.language):
        advert = wording.advert(job, looked_for, drafting=True)
    return {
        "job": job,
        "editor": editor,
        "form": editor.form,
        "advert": advert,
        "advert_language": job.language,
        "complete": wording.completeness(job, looked_for),
        "changed": False,
        "seen": editor.form["seen"].value(),
        "read_already": 0 if job.first_opened_at is None else requirements.read_with_this_list(job),
    }


def _after_saving(request, job, said):
    """Where the pressed button leads. A row's button has saved the page first: nothing typed is lost."""
    here = reverse("hiring:job_edit", args=[job.pk])
    if said == "publish":
        return _publish_or_ask(request, job)
    if said == "preview":
        return redirect(f"{here}#preview")
    if said.partition("-")[0] in {"up", "down", "remove"}:
        row = _act_on_row(request, job, said)
        return redirect(f"{here}#{row}" if row else here)
    if said == "add":
        return redirect(f"{here}#requirements")
    undo_of(request, job, "advert", _("Saved."))
    return redirect(here if job.status == JobStatus.DRAFT else reverse("hiring:job", args=[job.pk]))


@dataclass(frozen=True)
class RowAct:
    """What a row's button asks for: "up-r5", "down-q2", "remove-r5"."""

    verb: str
    model: type
    pk: int

    @classmethod
    def parse(cls, said: str):
        verb, _dash, row = said.partition("-")
        model = {"r": Requirement, "q": Question}.get(row[:1])
        if model is None or not row[1:].isascii() or not row[1:].isdigit():
            return None
        return cls(verb, model, int(row[1:19]))


def _act_on_row(request, job, said) -> str:
    """Does it; the anchor of the row to come back to. A row that is not this job's does nothing."""
    act = RowAct.parse(said)
    there = act.model.objects.for_company(request.company).filter(job=job, retired_at=None) if act else None
    row = there.filter(pk=act.pk).first() if act else None
    if row is None:
        return ""
    if act.verb == "remove":
        remove = requirements.remove if act.model is Requirement else adverts.remove_question
        remove(row, by=request.membership)
        undo_of(request, job, "row", _("%(what)s is off the list.") % {"what": row.label})
        return "requirements" if act.model is Requirement else "questions"
    rows.shift(row, up=act.verb == "up")
    return said.partition("-")[2]


@member(*BOSSES)
@require_POST
def preview(request, pk):
    """The advert and what it lacks, from what is typed this moment. A draft is saved on the way."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    editor, saved = Editor(job, request.POST), {}
    if editor.is_valid() and job.status == JobStatus.DRAFT:
        try:
            saved = {"seen": editor.save(by=request.membership, auto=True).revision}
        except Changed:
            saved = {"changed": True}
    return render(request, "hiring/_job_preview.html", _editor_context(editor) | saved)


# -- publishing


def _publish_or_ask(request, job):
    """The editor's button: on the air at once when nothing is left to ask."""
    complete = wording.completeness(job, requirements.listed(job))
    if (
        job.status != JobStatus.DRAFT
        or complete.blocking
        or "pay" in complete.missing
        or _first_on_trial(job)
    ):
        return redirect("hiring:job_publish", job.pk)
    adverts.publish(job, by=request.membership)
    return redirect("hiring:job_live", job.pk)


@member(*BOSSES)
def publish(request, pk):
    """Asks at most once, and only what there is to ask: pay that is missing, and the trial nobody outside sees."""
    job = fetch(request, Job.objects.select_related("company"), pk=pk)
    complete = wording.completeness(job, requirements.listed(job))
    if complete.blocking:
        messages.error(
            request, _("Before publishing, please fill in: %(parts)s.") % {"parts": complete.blocking_names}
        )
        here = reverse("hiring:job_edit", args=[job.pk])
        return redirect(f"{here}#{PLACES.get(complete.blocking[0], f'id_{complete.blocking[0]}')}")
    if request.method != "POST":
        return _publish_page(request, job, complete, PayForm(instance=job))
    if request.POST.get("do") == "pay":
        form = PayForm(request.POST, instance=job)
        if not form.is_valid():
            return _publish_page(request, job, complete, form, status=422)
        adverts.set_pay(job, values=form.cleaned_data, by=request.membership)
    adverts.publish(job, by=request.membership)
    return redirect("hiring:job_live", job.pk)


def _publish_page(request, job, complete, form, status=200):
    context = {
        "job": job,
        "complete": complete,
        "form": form if "pay" in complete.missing else None,
        "trial": _first_on_trial(job),
        "in_eu": wording.in_eu(job.country or request.company.country),
    }
    return render(request, "hiring/job_publish.html", context, status=status)


def is_trial() -> bool:
    """Nobody outside can open our links, or no mail leaves."""
    return settings.KEEP_MAIL or settings.LOOPBACK


def _first_on_trial(job) -> bool:
    """That nobody outside will see it is said once in a shop's life, not with every advert."""
    published = Job.objects.for_company(job.company).exclude(first_opened_at=None)
    return is_trial() and not published.exists()


def public_address(job) -> str:
    return absolute(reverse("careers:job", args=[job.company.slug, job.slug]))


def links_of(job) -> dict:
    apply_path = reverse("careers:apply", args=[job.company.slug, job.slug])
    return {
        "public_url": public_address(job),
        "test_url": f"{apply_path}?test={adverts.mark_of_test(job)}",
        "trial": is_trial(),
    }


# -- the job's own page


@member(*BOSSES)
def overview(request, pk):
    job = fetch(request, counted(Job.objects.select_related("company")), pk=pk)
    return _overview_page(request, job)


def _overview_page(request, job, status=200, **forms):
    if job.status == JobStatus.DRAFT:
        return redirect("hiring:job_edit", job.pk)
    tests = Application.objects.for_company(request.company).filter(job=job, is_test=True).count()
    context = {
        "job": job,
        "tests": tests,
        "openings_form": OpeningsForm(initial={"openings": job.openings}),
        "members_form": _members_form(request, job),
        "undo_lines": _undo_lines(job, request.membership),
        **links_of(job),
        **forms,
    }
    return render(request, "hiring/job.html", context, status=status)


LINES = {
    "publish": gettext_lazy("The advert was published."),
    "state": gettext_lazy("Whether it takes applications was changed."),
    "openings": gettext_lazy("How many people you need was changed."),
    "pay": gettext_lazy("The pay was changed."),
    "members": gettext_lazy("Who runs this hiring was changed."),
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
        return _overview_page(request, job, status=422, openings_form=form)
    adverts.set_openings(job, number=form.cleaned_data["openings"], by=request.membership)
    undo_of(request, job, "openings", _("Saved."))
    return redirect("hiring:job", job.pk)


@member(Role.OWNER)
@require_POST
def members(request, pk):
    """Who of the managers sees this job: the owner says."""
    job = fetch(request, counted(Job.objects.select_related("company")), pk=pk)
    form = _members_form(request, job, request.POST)
    if not form.is_valid():
        return _overview_page(request, job, status=422, members_form=form)
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
