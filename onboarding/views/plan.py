"""The manager's pages: everybody on their way, and one person's plan."""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import arrivals, overview, plan_words, plans, questions, steps, today, words
from onboarding.forms import (
    AddStepForm,
    AnswerForm,
    DetailsForm,
    ReasonForm,
    StartDateForm,
    StartForm,
    WordsForm,
    posted,
)
from onboarding.kinds import Part, State
from onboarding.models import Onboarding, Question, SetupList
from onboarding.views.mine import own
from onboarding.views.steps import change_undo, refuse_strangers

SOON = timedelta(days=10)


@member()
@require_safe
def home(request):
    """A new hire's way leads to Today; everybody else sees whom they help."""
    if not request.membership.is_boss and own(request) is not None:
        return redirect("onboarding:today")
    if request.membership.role == Role.HIRE:
        return redirect("onboarding:today")
    lists = SetupList.objects.for_company(request.company).visible_to(request.membership)
    context = {
        "mirrors": overview.mirrors(request.company, request.membership),
        "setups": lists.with_counts().order_by("-created_at", "-pk")[:20],
        "moods": steps.MOODS,
    }
    return render(request, "onboarding/home.html", context)


@member(Role.OWNER, Role.MANAGER)
def start(request):
    form = StartForm(posted(request), company=request.company, by=request.membership)
    if request.method == "POST" and form.is_valid():
        try:
            onboarding = arrivals.by_hand(company=request.company, by=request.membership, **form.cleaned_data)
        except (IntegrityError, plans.Refused):
            form.add_error(None, _("This person has a plan already."))
        else:
            behind = onboarding.start_date < onboarding.today()
            return redirect("onboarding:missed" if behind else "onboarding:plan", pk=onboarding.pk)
    return render(request, "onboarding/start.html", {"form": form}, status=422 if form.errors else 200)


def _fetch(request, pk) -> Onboarding:
    onboarding = fetch(request, Onboarding.objects.with_people(), pk=pk)
    if onboarding.hire_id == request.membership.pk and not request.membership.is_boss:
        refuse_strangers(onboarding, request.membership)
    return onboarding


@member()
@require_safe
def plan(request, pk):
    return _plan_page(request, _fetch(request, pk))


def _plan_page(request, onboarding, status=200, **forms):
    rows = list(onboarding.steps.select_related("completed_by").in_order())
    day = onboarding.today()
    labels = {step.ref: step.label for step in rows if step.ref}
    for step in rows:
        step.after_words = plan_words.after(step, labels) if step.waits else ""
        step.late = step.is_late(day)
        step.who = onboarding.people(step.owner)
        step.may = {action for action in steps.MOVES if steps.may(action, step, request.membership)}
        step.undo = change_undo(step, request.membership)
    context = {
        "onboarding": onboarding,
        "parts": _parts([step for step in rows if step.state != State.LEFT_OUT], day),
        "left_out": [step for step in rows if step.state == State.LEFT_OUT],
        "day": onboarding.day_number(),
        "today_is": day,
        "progress": today.progress(rows),
        "late": sum(step.late for step in rows),
        "missed": sum(step.missed and step.undone for step in rows),
        "needs_buddy": onboarding.lacks_buddy and any(_for_buddy(step) for step in rows),
        "leads": steps.leads(request.membership, onboarding),
        "undo": _undo_lines(onboarding, request.membership),
        "add_form": AddStepForm(initial={"due_on": max(day, onboarding.start_date)}),
        "date_form": StartDateForm(initial={"start_date": onboarding.start_date}),
        "cancel_form": ReasonForm(),
    } | forms
    return render(request, "onboarding/plan.html", context, status=status)


def _for_buddy(step) -> bool:
    return step.concerns(Part.BUDDY) and not step.settled


def _parts(rows, day) -> dict:
    """Days with their steps: those behind with nothing left in them, those that matter now, those far ahead."""
    parts = {"behind": [], "now": [], "ahead": []}
    for due, group in groupby(rows, key=lambda step: step.due_on):
        steps_of_day = list(group)
        settled = due < day and all(step.finished for step in steps_of_day)
        part = "behind" if settled else "now" if due <= day + SOON else "ahead"
        parts[part].append((due, steps_of_day))
    return parts


def _led(request, pk, *, ended=False) -> Onboarding:
    """A plan that this member may change. One that has ended stands still: it is read, and changed no more."""
    onboarding = _fetch(request, pk)
    refuse_strangers(onboarding, request.membership)
    if onboarding.cancelled_at and not ended:
        raise Http404
    return onboarding


@member(Role.OWNER, Role.MANAGER)
@require_POST
def add_step(request, pk):
    onboarding = _led(request, pk)
    form = AddStepForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, onboarding, 422, add_form=form)
    step = plans.add(onboarding, by=request.membership, **form.cleaned_data)
    undo_of(request, onboarding, f"step:{step.pk}", _("The step is in the plan."))
    return redirect("onboarding:plan", pk=pk)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def move_start(request, pk):
    onboarding = _led(request, pk)
    form = StartDateForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, onboarding, 422, date_form=form)
    arrivals.move_start(onboarding, by=request.membership, start_date=form.cleaned_data["start_date"])
    undo_of(request, onboarding, "start", _("Open steps have new days. What is done stayed as it was."))
    return redirect("onboarding:plan", pk=pk)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def cancel(request, pk):
    onboarding = _led(request, pk, ended=True)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, onboarding, 422, cancel_form=form)
    arrivals.end(onboarding, by=request.membership, reason=form.cleaned_data["reason"])
    undo_of(request, onboarding, "end", _("The plan has ended. What was done is kept."))
    return redirect("onboarding:home")


def undo_of(request, onboarding, what, said):
    onboarding.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(onboarding, what, request.membership)
    notices.undo(
        request, said, notices.marked(reverse("onboarding:plan_take_back", args=[onboarding.pk]), mark)
    )


CHANGES = {
    "step": gettext_lazy("A step was added."),
    "start": gettext_lazy("The first day was changed."),
    "end": gettext_lazy("The plan was ended."),
    "probation": gettext_lazy("The end of probation was changed."),
    "missed": gettext_lazy("Missed steps were settled."),
}


def _undo_lines(onboarding, member) -> list[dict]:
    """What of this plan was changed in the last minutes, with where it is taken back."""
    address = reverse("onboarding:plan_take_back", args=[onboarding.pk])
    marks = {what: undoing.offered(onboarding, what, member) for what in onboarding.undoable}
    return [
        {"said": CHANGES[what.partition(":")[0]], "url": notices.marked(address, mark)}
        for what, mark in marks.items()
        if mark
    ]


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take_back(request, pk):
    onboarding = _led(request, pk, ended=True)
    return notices.take_back(
        request,
        lambda mark: arrivals.take_back(onboarding, mark, by=request.membership),
        back=reverse("onboarding:plan", args=[pk]),
    )


@member(Role.OWNER, Role.MANAGER)
def details(request, pk):
    """First day: time, place, who; saved, or saved and sent as the note before the day."""
    onboarding = _led(request, pk)
    waits = arrivals.invitation_waits(onboarding)
    form = DetailsForm(posted(request), instance=onboarding, invitation_waits=waits)
    if request.method == "POST" and form.is_valid():
        send = "send" in request.POST
        changed = [name for name in form.changed_data if name != "seen"]
        try:
            arrivals.set_details(
                form.instance,
                by=request.membership,
                changed=changed,
                seen=form.cleaned_data["seen"],
                send=send,
            )
        except conflicts.Changed as now:
            theirs, back = [DetailsForm(instance=now.row, invitation_waits=waits)], request.path
            return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=back)
        messages.success(request, _("Saved and sent.") if send else _("Saved."))
        return redirect("onboarding:plan", pk=pk)
    context = {"form": form, "onboarding": onboarding}
    return render(request, "onboarding/details.html", context, status=422 if form.errors else 200)


@member(Role.OWNER, Role.MANAGER)
def expectations(request, pk):
    onboarding = _led(request, pk)
    shown = words.current(onboarding, words.Subject.EXPECTATIONS)
    return _write(request, shown, onboarding=onboarding)


@member(Role.OWNER, Role.MANAGER)
def edit_ask_first(request):
    return _write(request, words.ask_first(request.company.pk))


def _write(request, shown, onboarding=None):
    """The page on which a text is written; a version written meanwhile by somebody else is a 409 that keeps ours."""
    form = WordsForm(posted(request), initial={"body": shown.body, "seen": shown.number})
    context, status = {"form": form, "words": shown, "onboarding": onboarding, "changed": None}, 200
    if request.method == "POST" and form.is_valid():
        try:
            words.write(
                company=request.company,
                subject=shown.subject,
                by=request.membership,
                onboarding=onboarding,
                **form.cleaned_data,
            )
        except words.Changed:
            context["changed"], status = shown, 409
        else:
            if onboarding:
                steps.did(onboarding, "ready_means", by=request.membership)
            messages.success(request, _("Saved as a new version. Earlier ones are kept."))
            return (
                redirect("onboarding:plan", onboarding.pk) if onboarding else redirect("onboarding:ask_first")
            )
    return render(request, "onboarding/write.html", context, status=422 if form.errors else status)


@member()
def answer(request, pk):
    """A mail leads here; on the manager's own page the same form stands beside the question."""
    question = fetch(
        request,
        Question.objects.filter(onboarding__cancelled_at=None).select_related(
            "onboarding__hire", "onboarding__company", "answered_by"
        ),
        pk=pk,
    )
    if question.onboarding.hire_id == request.membership.pk:
        refuse_strangers(question.onboarding, request.membership)
    form = AnswerForm(posted(request))
    if not form.is_valid():
        context = {"question": question, "form": form}
        return render(request, "onboarding/answer.html", context, status=422 if form.errors else 200)
    if not questions.answer(question, by=request.membership, body=form.cleaned_data["answer"]):
        context = {"question": question, "form": form}
        return render(request, "onboarding/answer.html", context, status=409)
    undo = reverse("onboarding:answer_take_back", args=[pk])
    notices.undo(request, _("Answered, and sent by mail as well, in ten minutes."), undo)
    return redirect("onboarding:home")


@member()
@require_POST
def answer_take_back(request, pk):
    question = fetch(request, Question.objects.select_related("onboarding"), pk=pk)
    return notices.take_back(
        request,
        lambda _mark: questions.take_back(question, by=request.membership),
        back=reverse("onboarding:home"),
    )
