"""The list of what a job looks for: its page, why it was changed, the lists before, and the spreadsheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from hiring import (
    hours,
    hours_words,
    requirement_sheet,
    requirement_versions,
    requirements,
    rows,
    suggestions,
)
from hiring.models import Job, Requirement
from hiring.models.jobs import Place
from hiring.models.requirements import WhyChanged
from hiring.requirement_forms import ListPage
from hiring.undo_addresses import job_address
from hiring.views.moves import BOSSES
from readiness import result

ACTS = {"up", "down", "remove", "suggest"}


def job_of(request, pk) -> Job:
    return fetch(request, Job.objects.select_related("company"), pk=pk)


@member(*BOSSES)
def page(request, pk):
    """Every button saves what was typed on the way."""
    job = job_of(request, pk)
    heat = result.busy_hours(request.company)
    counts = hours.in_parts(heat) if heat else None
    if request.method != "POST":
        return _page(request, job, ListPage(job, counts=counts), heat)
    form = ListPage(job, request.POST, counts=counts)
    if not form.is_valid():
        return _page(request, job, form, heat, status=422)
    try:
        return _save(request, job, form)
    except conflicts.Changed as changed:
        return _conflict(request, form, changed.row)
    except requirements.Full as full:
        messages.error(request, str(full))
        return _page(request, job, form, heat, status=422)


def _save(request, job, form):
    verb, row, key = _asked(request, job)
    change, said = form.change(), _("Saved.")
    if verb == "remove":
        change.removed.append(row.pk)
        change.rows.pop(row.pk, None)
        said = _("%(what)s is off the list.") % {"what": row.label}
    elif verb == "suggest":
        change.added.append({"key": key})
        said = _("%(what)s is on the list.") % {"what": suggestions.BY_KEY[key].name}
    seen = form.prompts.cleaned_data["seen"]
    if change:
        _keep(request, job, change, seen=seen, said=said)
    if verb in {"up", "down"}:
        rows.shift(row, up=verb == "up")
        return redirect(f"{_address(job)}#r{row.pk}")
    return redirect(_address(job) + ("#list" if verb or request.POST.get("do") == "add" else ""))


def _keep(request, job, change, *, seen, said):
    job = requirements.save(job, change, by=request.membership, seen=seen)
    notices.undo(request, said, job_address(job, undoing.offered(job, "list", request.membership)))


def _asked(request, job) -> tuple:
    """(verb, row, key) of the pressed button; nothing for a row or a suggestion that is not to be had here."""
    verb, _dash, what = request.POST.get("do", "").partition("-")
    if verb not in ACTS:
        return "", None, ""
    if verb == "suggest":
        there = {row.key for row in requirements.listed(job)}
        return (verb, None, what) if what in suggestions.BY_KEY and what not in there else ("", None, "")
    pk = what[1:19]
    mine = Requirement.objects.for_company(request.company).filter(job=job, retired_at=None)
    row = mine.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() else None
    return (verb, row, "") if row else ("", None, "")


def _address(job, name="requirements") -> str:
    return reverse(f"hiring:{name}", args=[job.pk])


def _conflict(request, form, now):
    theirs = ListPage(now).named()
    return conflicts.page(request, mine=form.named(), theirs=theirs, seen=now.revision, back=_address(now))


def _page(request, job, form, heat, status=200):
    there = [row.row for row in form.rows]
    context = {
        "job": job,
        "page": form,
        "offered": suggestions.offered([row.key for row in there], remote=job.place != Place.ONSITE),
        "musts": requirements.too_many_musts(there),
        "wanted": hours_words.said(form.hours),
        "share": _share(heat, form.hours),
        "counted": heat is not None,
    }
    return render(request, "hiring/requirements.html", context, status=status)


def _share(heat, codes) -> str:
    """How much of what customers write falls into the hours that are covered."""
    share = hours.share(heat, codes) if heat and codes else None
    return (
        ""
        if share is None
        else _("%(share)d of 100 messages come in these hours.") % {"share": round(100 * share)}
    )


@member(*BOSSES)
@require_POST
def explain(request, pk):
    """Why the list was changed: one press on a chip; pressed again another time it says something else."""
    job = job_of(request, pk)
    reason, number = request.POST.get("reason", ""), request.POST.get("number", "")
    known = reason in WhyChanged.values and number.isascii() and number.isdigit() and len(number) < 5
    if known and requirements.explain(job, number=int(number), reason=reason, by=request.membership):
        messages.success(request, _("Noted: %(why)s.") % {"why": WhyChanged(reason).label})
    else:
        messages.error(request, _("This list is not there any more. Nothing was noted."))
    back = "requirements_before" if request.POST.get("back") == "before" else "requirements"
    return redirect(_address(job, back))


@member(*BOSSES)
@require_safe
def versions(request, pk):
    """The lists there were, and what changed between two of them (`?from=1&to=3`; else from the last to now)."""
    job = job_of(request, pk)
    lists = requirement_versions.every(job)
    by_number = {each.number: each for each in lists}
    numbers = [_number(request, name, by_number) for name in ("from", "to")]
    one = by_number.get(numbers[0], lists[min(1, len(lists) - 1)])
    other = by_number.get(numbers[1], lists[0])
    context = {
        "job": job,
        "lists": lists,
        "pair": [("from", one.number), ("to", other.number)],
        "difference": requirement_versions.between(one, other),
        "whys": WhyChanged.choices,
    }
    return render(request, "hiring/requirements_before.html", context)


def _number(request, name, known) -> int | None:
    said = request.GET.get(name, "")
    return next((number for number in known if str(number) == said), None)


@member(*BOSSES)
@require_safe
def sheet(request, pk):
    job = job_of(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="requirements.csv"'
    requirement_sheet.write(response, job)
    return response


@member(*BOSSES)
def bring(request, pk):
    """A spreadsheet: first what it would change, and nothing is changed before somebody has seen that."""
    job = job_of(request, pk)
    if request.method != "POST":
        return _bring_page(request, job)
    try:
        text = _sent(request)
        plan = requirement_sheet.read(text, job)
    except requirement_sheet.Unfit as unfit:
        return _bring_page(request, job, status=422, wrong=str(unfit))
    if request.POST.get("do") != "apply":
        return _bring_page(request, job, plan=plan, text=text)
    if "remove" not in request.POST:
        plan.change.removed.clear()
    return _apply(request, job, plan, text)


def _sent(request) -> str:
    """The file, or the text that was looked at already."""
    if upload := request.FILES.get("file"):
        return requirement_sheet.text_of(upload)
    if text := request.POST.get("sheet", ""):
        return text
    raise requirement_sheet.Unfit(_("Choose a file."))


def _apply(request, job, plan, text):
    seen = request.POST.get("seen", "")
    seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    if not plan.change:
        messages.info(request, _("The list says that already."))
        return redirect(_address(job))
    try:
        _keep(request, job, plan.change, seen=seen, said=_("The list is as in your spreadsheet."))
    except conflicts.Changed as changed:
        plan = requirement_sheet.read(text, changed.row)
        wrong = _("The list was changed meanwhile. This is what your spreadsheet would change now.")
        return _bring_page(request, changed.row, plan=plan, text=text, wrong=wrong, status=409)
    except requirements.Full as full:
        return _bring_page(request, job, plan=plan, text=text, wrong=str(full), status=422)
    return redirect(_address(job))


def _bring_page(request, job, status=200, **more):
    context = {"job": job, "plan": None, "text": "", "wrong": ""} | more
    context["columns"] = requirement_sheet.COLUMNS.values()
    return render(request, "hiring/requirements_import.html", context, status=status)
