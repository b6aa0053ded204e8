"""Before and after: for owners and managers, like the answer it is measured with."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from readiness import after, after_page, assessments
from readiness.after_forms import BeginForm, DetailsForm, WeekForm
from readiness.forms import CheckForm
from readiness.models import BeforeAfter, HoursWeek
from readiness.views import BOSSES

LISTED = 50


@member(*BOSSES)
def index(request):
    """Every hire with its day; one that was made without this product is begun by hand."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        row = after.begin(company=request.company, by=request.membership, **form.cleaned_data)
        return redirect("readiness:after", pk=row.pk)
    rows = BeforeAfter.objects.for_company(request.company).filter(ended_at=None)
    context = {"rows": list(rows.order_by("-start_date", "-pk")[:LISTED]), "form": form}
    return render(request, "readiness/afters.html", context, status=422 if form.errors else 200)


@member(*BOSSES)
@require_safe
def show(request, pk):
    return _page(request, _fetch(request, pk))


def _fetch(request, pk) -> BeforeAfter:
    row = fetch(request, BeforeAfter.objects.select_related("before"), pk=pk)
    row.company = request.company
    return row


def _page(request, row, *, week=None, details=None, status=200):
    mark = undoing.offered(row, after.DETAILS, request.membership)
    context = after_page.context(row) | {
        "week_form": week or WeekForm(row=row),
        "details": details or DetailsForm(row=row),
        "waits": row.look_on > timezone.localdate(),
        "undo": notices.marked(reverse("readiness:after_take_back", args=[row.pk]), mark),
    }
    return render(request, "readiness/after.html", context, status=status)


@member(*BOSSES)
def measure(request, pk):
    """The same ten questions, with what was answered last: only what is different has to be touched."""
    row = _fetch(request, pk)
    if not after.may_measure(row):
        messages.info(
            request, _("The first answer is too young, or the first day has not come: measure later.")
        )
        return redirect("readiness:after", pk=pk)
    latest = assessments.latest(request.company)
    answers = latest.answers if latest else {}
    form = CheckForm(request.POST if request.method == "POST" else None, answers=answers)
    if form.is_bound and form.is_valid():
        return _measured(request, row, latest, {**answers, **form.changes()}, form.changes())
    context = {"row": row, "form": form}
    return render(request, "readiness/after_measure.html", context, status=422 if form.errors else 200)


def _measured(request, row, latest, answers, changes):
    found = {name: value for name, value in answers.items() if value is not None}
    kept = assessments.save(
        company=request.company,
        by=request.user,
        answers=found,
        plan=latest.plan if latest else "",
        changes=changes,
    )
    if kept is None:
        messages.info(request, _("Too few answers for a comparison. Answer at least three."))
        return redirect("readiness:after_measure", pk=row.pk)
    messages.success(request, _("Measured again."))
    return redirect("readiness:after", pk=row.pk)


@member(*BOSSES)
@require_POST
def details(request, pk):
    row = _fetch(request, pk)
    form = DetailsForm(request.POST, row=row)
    if not form.is_valid():
        return _page(request, row, details=form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        changed = after.change(row, by=request.membership, seen=seen, **form.values())
    except conflicts.Changed as now:
        theirs, back = [DetailsForm(row=now.row)], after.address(row)
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=back)
    row.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(row, after.DETAILS, request.membership) if changed else ""
    undo = notices.marked(reverse("readiness:after_take_back", args=[pk]), mark)
    notices.undo(request, _("Saved.") if changed else _("Nothing was changed."), undo)
    return redirect("readiness:after", pk=pk)


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    row = _fetch(request, pk)
    return notices.take_back(
        request,
        lambda mark: after.take_back(row, mark, by=request.membership),
        back=after.address(row),
    )


# -- hours, week by week


@member(*BOSSES)
@require_POST
def week(request, pk):
    row = _fetch(request, pk)
    form = WeekForm(request.POST, row=row)
    if not form.is_valid():
        return _page(request, row, week=form, status=422)
    try:
        written = after.write_week(row, by=request.membership, **form.values())
    except after.Refused as refused:
        form.add_error("why" if form.cleaned_data["person"] is not None else "owner", str(refused))
        return _page(request, row, week=form, status=422)
    return _said(request, written, _("Written down."))


def _said(request, written, sentence):
    written.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(written, after.WEEK, request.membership)
    undo = notices.marked(reverse("readiness:week_take_back", args=[written.pk]), mark)
    notices.undo(request, sentence, undo)
    return redirect(reverse("readiness:after", args=[written.hire_id]) + "#hours")


def _fetch_week(request, pk) -> HoursWeek:
    return fetch(request, HoursWeek.objects.select_related("hire__company"), pk=pk)


@member(*BOSSES)
@require_POST
def week_remove(request, pk):
    found = _fetch_week(request, pk)
    after.remove_week(found, by=request.membership)
    return _said(request, found, _("The week is off the list."))


@member(*BOSSES)
@require_POST
def week_take_back(request, pk):
    found = _fetch_week(request, pk)
    return notices.take_back(
        request,
        lambda mark: after.take_back_week(found, mark, by=request.membership),
        back=after.address(found.hire),
    )
