"""Goals: the new colleague's own, and those a manager sets."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import goal_numbers, goal_page, goal_words, goals, onward
from onboarding.forms import ReasonForm, posted
from onboarding.goal_forms import GoalForm, ReadingForm
from onboarding.models import Goal, GoalKind, GoalReading, Onboarding
from onboarding.steps import leads
from onboarding.views.mine import own
from vault import sheets

BOSSES = (Role.OWNER, Role.MANAGER)
WITH_PLAN = tuple(f"onboarding__{name}" for name in ("company", "hire__user", "manager__user", "buddy__user"))


# -- the list


def fetch_plan(request, pk, *, ended=False) -> Onboarding:
    """The plan, for whoever leads it and for the new colleague; the buddy has no part in goals."""
    onboarding = fetch(request, Onboarding.objects.with_people(), pk=pk)
    if onboarding.hire_id != request.membership.pk and not leads(request.membership, onboarding):
        raise PermissionDenied
    if onboarding.cancelled_at and not ended:
        raise Http404
    return onboarding


def led_plan(request, pk) -> Onboarding:
    """A running plan that this member leads."""
    onboarding = fetch_plan(request, pk)
    if not leads(request.membership, onboarding):
        raise PermissionDenied
    return onboarding


@member()
@require_safe
def mine(request):
    """The way from one's own pages: goals of the plan one is in."""
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    return redirect("onboarding:goals", pk=onboarding.pk)


@member()
@require_safe
def index(request, pk):
    return _index(request, fetch_plan(request, pk, ended=True))


def _index(request, onboarding, form=None, status=200):
    rows = goal_page.lines(onboarding)
    there = [line for line in rows if not line.goal.ended_at]
    may = leads(request.membership, onboarding) and not onboarding.cancelled_at
    context = {
        "onboarding": onboarding,
        "opening": onward.opening(onboarding),
        "lines": there,
        "ended": [line for line in rows if line.goal.ended_at],
        "suggested": _suggested(there) if may else [],
        "leads": may,
        "mine": onboarding.hire_id == request.membership.pk,
        "open_form": form or ReasonForm(),
    }
    return render(request, "onboarding/goals.html", context, status=status)


def _suggested(lines) -> list[dict]:
    kinds = goals.suggested({line.goal.kind for line in lines})
    return [{"kind": kind, "why": goal_words.why(Goal(kind=kind))} for kind in kinds]


@member(*BOSSES)
@require_POST
def open_early(request, pk):
    onboarding = led_plan(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _index(request, onboarding, form, 422)
    onward.open_goals(onboarding, by=request.membership, reason=form.cleaned_data["reason"])
    return said_onward(request, onboarding, onward.OPENING, _("Goals are open."), "onboarding:goals")


def said_onward(request, onboarding, what, sentence, back):
    """Says what happened, with its Undo."""
    mark = undoing.offered(onward.of(onboarding), what, request.membership)
    address = reverse("onboarding:onward_take_back", args=[onboarding.pk])
    notices.undo(request, sentence, notices.marked(address, mark))
    return redirect(back, pk=onboarding.pk)


# -- one goal, set and changed


@member(*BOSSES)
def add(request, pk, kind):
    onboarding = led_plan(request, pk)
    if kind not in GoalKind.values:
        raise Http404
    if not onward.opening(onboarding).open:
        return redirect("onboarding:goals", pk=pk)
    form = GoalForm(posted(request), kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            goal = goals.create(onboarding, by=request.membership, kind=kind, **form.values())
        except goals.Refused as refused:
            return _form_page(request, onboarding, _refused(form, refused), 409)
        messages.success(request, _("The goal is set. Write the first number down whenever you know it."))
        return redirect("onboarding:goal", pk=goal.pk)
    return _form_page(request, onboarding, form, 422 if form.errors else 200)


def _refused(form, refused):
    form.add_error(None, str(refused))
    return form


def _form_page(request, onboarding, form, status, goal=None):
    kind = GoalKind(form.kind)
    context = {
        "onboarding": onboarding,
        "form": form,
        "goal": goal,
        "heading": goal.label if goal else kind.label,
        "why": goal_words.why(Goal(kind=kind)),
    }
    return render(request, "onboarding/goal_form.html", context, status=status)


def _fetch(request, pk) -> Goal:
    """A goal of a running plan, for its hire and for whoever leads."""
    goal = fetch(request, Goal.objects.running().select_related(*WITH_PLAN), pk=pk)
    if goal.onboarding.hire_id != request.membership.pk and not leads(request.membership, goal.onboarding):
        raise PermissionDenied
    return goal


def _led(request, pk) -> Goal:
    goal = _fetch(request, pk)
    if not goals.may_set(request.membership, goal.onboarding):
        raise PermissionDenied
    return goal


@member(*BOSSES)
def change(request, pk):
    goal = _led(request, pk)
    form = GoalForm(posted(request), kind=goal.kind, goal=goal)
    if request.method == "POST" and form.is_valid():
        return _change(request, goal, form)
    return _form_page(request, goal.onboarding, form, 422 if form.errors else 200, goal)


def _change(request, goal, form):
    seen = form.cleaned_data["seen"]
    try:
        changed = goals.change(goal, by=request.membership, seen=seen, **form.values())
    except conflicts.Changed as now:
        theirs = [GoalForm(kind=now.row.kind, goal=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    except goals.Refused as refused:
        return _form_page(request, goal.onboarding, _refused(form, refused), 409, goal)
    return _said(request, goal, goals.GOAL if changed else "", _("Saved."))


def _said(request, goal, what, sentence):
    goal.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(goal, what, request.membership)
    undo = notices.marked(reverse("onboarding:goal_take_back", args=[goal.pk]), mark)
    notices.undo(request, sentence, undo)
    return redirect("onboarding:goal", pk=goal.pk)


@member(*BOSSES)
@require_POST
def end(request, pk):
    goal = _led(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, goal, 422, end_form=form)
    ended = goals.end(goal, by=request.membership, reason=form.cleaned_data["reason"])
    return _said(request, goal, goals.END if ended else "", _("The goal has ended. Its numbers are kept."))


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    goal = _led(request, pk)
    return notices.take_back(
        request,
        lambda mark: goals.take_back(goal, mark, by=request.membership),
        back=reverse("onboarding:goal", args=[pk]),
    )


# -- its page and its readings


@member()
@require_safe
def show(request, pk):
    return _page(request, _fetch(request, pk))


def _page(request, goal, status=200, form=None, end_form=None):
    readings = list(goal.readings.filter(gone_at=None).select_related("by").order_by("day"))
    line = goal_page.line(goal, readings, goal.onboarding.today())
    may_set = goals.may_set(request.membership, goal.onboarding)
    may_read = goals.may_read(request.membership, goal) and not goal.ended_at
    marks = [undoing.offered(goal, what, request.membership) for what in (goals.END, goals.GOAL)]
    address = reverse("onboarding:goal_take_back", args=[goal.pk])
    context = {
        "goal": goal,
        "onboarding": goal.onboarding,
        "line": line,
        "chart": goal_page.chart(goal, readings),
        "target": goal_words.amount(goal, goal.target),
        "began": goal_words.unit(goal.unit, goal.baseline),
        "table": goal_page.table(goal, readings, request.membership),
        "counted": goal_page.counted(goal, readings) if may_read else None,
        "may_set": may_set,
        "may_read": may_read,
        "mine": goal.onboarding.hire_id == request.membership.pk,
        "form": form or ReadingForm(goal=goal),
        "end_form": end_form or ReasonForm(),
        "undo": notices.marked(address, next(filter(None, marks), "")) if may_set else "",
    }
    return render(request, "onboarding/goal.html", context, status=status)


def _readable(request, goal) -> None:
    if not goals.may_read(request.membership, goal):
        raise PermissionDenied


@member()
@require_POST
def read(request, pk):
    goal = _fetch(request, pk)
    _readable(request, goal)
    form = ReadingForm(request.POST, goal=goal)
    if not form.is_valid():
        return _page(request, goal, 422, form=form)
    try:
        reading = goals.read(goal, form.said(), by=request.membership)
    except goals.Refused as refused:
        return _page(request, goal, 409, form=_refused(form, refused))
    return _said_reading(request, reading, _("Written down."))


def _said_reading(request, reading, sentence):
    reading.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(reading, goals.READING, request.membership)
    undo = notices.marked(reverse("onboarding:reading_take_back", args=[reading.pk]), mark)
    notices.undo(request, sentence, undo)
    return redirect("onboarding:goal", pk=reading.goal_id)


def _fetch_reading(request, pk) -> GoalReading:
    beside = ("by", *(f"goal__{name}" for name in WITH_PLAN))
    reading = fetch(request, GoalReading.objects.running().select_related(*beside), pk=pk)
    _readable(request, reading.goal)
    return reading


@member()
def correct(request, pk):
    reading = _fetch_reading(request, pk)
    form = ReadingForm(posted(request), goal=reading.goal, reading=reading)
    if request.method == "POST" and form.is_valid():
        return _correct(request, reading, form)
    return _reading_page(request, reading, form, 422 if form.errors else 200)


def _correct(request, reading, form):
    act = partial(goals.correct, reading, form.said(), by=request.membership)
    try:
        changed = act(seen=form.cleaned_data["seen"])
    except conflicts.Changed as now:
        theirs = [ReadingForm(goal=reading.goal, reading=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    except goals.Refused as refused:
        return _reading_page(request, reading, _refused(form, refused), 409)
    if changed:
        return _said_reading(request, reading, _("Corrected. What it said before is kept."))
    return redirect("onboarding:goal", pk=reading.goal_id)


def _reading_page(request, reading, form, status):
    versions = list(reading.versions.select_related("by").order_by("-at", "-pk"))
    context = {
        "reading": reading,
        "goal": reading.goal,
        "onboarding": reading.goal.onboarding,
        "form": form,
        "mine": reading.goal.onboarding.hire_id == request.membership.pk,
        "versions": [(row, goal_words.amount(reading.goal, row.value)) for row in versions],
    }
    return render(request, "onboarding/reading.html", context, status=status)


@member()
@require_POST
def remove(request, pk):
    reading = _fetch_reading(request, pk)
    try:
        goals.remove(reading, by=request.membership)
    except goals.Refused as refused:
        messages.error(request, str(refused))
        return redirect("onboarding:goal", pk=reading.goal_id)
    return _said_reading(request, reading, _("The number is off the list."))


@member()
@require_POST
def reading_take_back(request, pk):
    reading = _fetch_reading(request, pk)
    back = reverse("onboarding:goal", args=[reading.goal_id])
    try:
        act = partial(goals.take_back_reading, reading, by=request.membership)
        return notices.take_back(request, lambda mark: act(mark), back=back)
    except goals.Refused as refused:
        messages.error(request, str(refused))
        return redirect(back)


@member()
@require_safe
def sheet(request, pk):
    """The numbers as rows: day, number, and the counts where it was counted."""
    goal = _fetch(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="goal-{goal.pk}.csv"'
    response.write("\ufeff")
    names = [_("Day"), sheets.cell(goal.label), _("Positive answers"), _("All answers"), _("Reached")]
    out = sheets.Sheet(response, names)
    for row in goal.readings.filter(gone_at=None).order_by("day"):
        there = goal_numbers.better_by(goal.direction, goal.target, row.value) >= 0
        out.add([row.day, row.value, row.positive, row.total, _("Yes") if there else _("No")])
    return response
