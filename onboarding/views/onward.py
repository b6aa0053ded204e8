"""When the first weeks are over: the page that says so, and what was learned for the next hire."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import member
from accounts.models import Role
from onboarding import autonomy, drafts, goal_page, handed, lessons, onward
from onboarding.forms import posted
from onboarding.goal_forms import LessonForm
from onboarding.models import Lesson
from onboarding.steps import leads
from onboarding.views.goals import fetch_plan, led_plan, said_onward

BOSSES = (Role.OWNER, Role.MANAGER)
SHOWN = 50


@member()
@require_safe
def settled(request, pk):
    onboarding = fetch_plan(request, pk, ended=True)
    rows = [line for line in goal_page.lines(onboarding) if not line.goal.ended_at or line.close]
    may = leads(request.membership, onboarding)
    opening = onward.opening(onboarding)
    context = {
        "onboarding": onboarding,
        "opening": opening,
        "day": onboarding.day_number(),
        "replies": drafts.evidence(onboarding),
        "alone": onboarding.drafts.filter(alone=True).exclude(sent_at=None).count(),
        "level": autonomy.level_of(onboarding).label,
        "lines": rows,
        "reached": sum(line.close for line in rows),
        "after_url": opening.row.after_url or settings.BEFORE_AND_AFTER_URL,
        "relief": handed.relief_of(onboarding.hire) if may else "",
        "leads": may and not onboarding.cancelled_at,
        "mine": onboarding.hire_id == request.membership.pk,
        "undo": _undo(opening.row, request.membership) if may else "",
        "lesson": lessons.of(onboarding) if may else None,
    }
    return render(request, "onboarding/settled.html", context)


def _undo(row, membership) -> str:
    mark = undoing.offered(row, onward.SETTLING, membership)
    return notices.marked(reverse("onboarding:onward_take_back", args=[row.onboarding_id]), mark)


@member(*BOSSES)
@require_POST
def settle(request, pk):
    onboarding = led_plan(request, pk)
    onward.settle(onboarding, by=request.membership)
    return said_onward(
        request, onboarding, onward.SETTLING, _("The first weeks are over."), "onboarding:settled"
    )


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    onboarding = led_plan(request, pk)
    return notices.take_back(
        request,
        lambda mark: onward.take_back(onboarding, mark, by=request.membership),
        back=reverse("onboarding:goals", args=[pk]),
    )


@member(*BOSSES)
def lesson(request, pk):
    onboarding = led_plan(request, pk)
    row = lessons.of(onboarding)
    form = LessonForm(posted(request), instance=row)
    if request.method == "POST" and form.is_valid():
        return _write(request, onboarding, form)
    context = {"onboarding": onboarding, "form": form}
    return render(request, "onboarding/lesson.html", context, status=422 if form.errors else 200)


def _write(request, onboarding, form):
    texts = {name: form.cleaned_data[name] for name in lessons.FIELDS}
    try:
        changed = lessons.write(onboarding, by=request.membership, seen=form.cleaned_data["seen"], **texts)
    except conflicts.Changed as now:
        theirs = [LessonForm(instance=now.row)]
        mine = [LessonForm(request.POST, instance=Lesson())]
        return conflicts.page(request, mine=mine, theirs=theirs, seen=now.row.revision, back=request.path)
    mark = undoing.offered(lessons.of(onboarding), lessons.LEARNED, request.membership) if changed else ""
    undo = notices.marked(reverse("onboarding:lesson_take_back", args=[onboarding.pk]), mark)
    notices.undo(request, _("Saved. You find it again when you plan the next hire."), undo)
    return redirect("onboarding:settled", pk=onboarding.pk)


@member(*BOSSES)
@require_POST
def lesson_take_back(request, pk):
    onboarding = led_plan(request, pk)
    return notices.take_back(
        request,
        lambda mark: lessons.take_back(onboarding, mark, by=request.membership),
        back=reverse("onboarding:lesson", args=[pk]),
    )


@member(*BOSSES)
@require_safe
def learned(request):
    """Of every hire so far, to read before the next one."""
    rows = list(lessons.written(request.company)[:SHOWN])
    return render(request, "onboarding/learned.html", {"lessons": rows})
