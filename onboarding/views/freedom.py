"""How freely somebody answers, and the gates on the way there."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import autonomy, drafts, gates, steps
from onboarding.forms import posted
from onboarding.kinds import Kind, State
from onboarding.models import FreedomChange, Onboarding, Step
from onboarding.reply_forms import GateForm, LevelForm
from onboarding.reply_kinds import IN_PLAIN_WORDS, Level
from onboarding.views.steps import WITH_PLAN


def _plan(request, pk) -> Onboarding:
    onboarding = fetch(request, Onboarding.objects.running().with_people(), pk=pk)
    autonomy.check(onboarding, request.membership)
    return onboarding


@member(Role.OWNER, Role.MANAGER)
def freedom(request, pk):
    onboarding = _plan(request, pk)
    level, status, stale = autonomy.level_of(onboarding), 200, False
    form = LevelForm(posted(request), initial={"level": level, "seen": level})
    if request.method == "POST" and form.is_valid():
        try:
            change = autonomy.change(onboarding, by=request.membership, **form.cleaned_data)
        except steps.Stale:
            status, stale = 409, True
        else:
            if change:
                undo = reverse("onboarding:freedom_take_back", args=[change.pk])
                notices.undo(request, _("Changed: %(level)s.") % {"level": Level(change.after).label}, undo)
            return redirect("onboarding:freedom", pk=pk)
    context = _context(request, onboarding, form, stale)
    return render(request, "onboarding/freedom.html", context, status=422 if form.errors else status)


def _context(request, onboarding, form, stale) -> dict:
    level = autonomy.level_of(onboarding)
    changes = list(autonomy.history(onboarding))
    newest = changes[0] if changes else None
    undo = newest is not None and undoing.may(request.membership, newest.by_id, newest.at)
    return {
        "onboarding": onboarding,
        "form": form,
        "stale": stale,
        "level": level,
        "level_label": level.label,
        "level_words": IN_PLAIN_WORDS[level],
        "changes": changes,
        "evidence": drafts.evidence(onboarding),
        "question": autonomy.open_question(onboarding),
        "undo": reverse("onboarding:freedom_take_back", args=[newest.pk]) if undo else "",
        "gates": onboarding.steps.filter(kind=Kind.GATE).in_order(),
    }


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take_back(request, pk):
    change = fetch(
        request,
        FreedomChange.objects.filter(onboarding__cancelled_at=None).select_related("onboarding"),
        pk=pk,
    )
    return notices.take_back(
        request,
        lambda _mark: autonomy.take_back(change, by=request.membership),
        back=reverse("onboarding:freedom", args=[change.onboarding_id]),
    )


@member(Role.OWNER, Role.MANAGER)
@require_POST
def not_yet(request, pk):
    onboarding = _plan(request, pk)
    if autonomy.not_yet(onboarding, by=request.membership):
        notices.undo(request, _("Noted. We ask again next week."), "")
    return redirect("onboarding:freedom", pk=pk)


# -- gates


def _gate(request, pk) -> Step:
    step = fetch(request, Step.objects.running().select_related(*WITH_PLAN), pk=pk)
    gates.check(step, request.membership)
    return step


@member(Role.OWNER, Role.MANAGER)
def gate(request, pk):
    step = _gate(request, pk)
    form, status, error = GateForm(posted(request)), 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            gates.sign(step, by=request.membership, **form.cleaned_data)
        except steps.Stale:
            status, error = (
                409,
                _("Somebody has signed or changed this gate meanwhile. This is how it is now."),
            )
            step = _gate(request, pk)
        except steps.Refused as refused:
            status, error = 422, str(refused)
        else:
            undo = reverse("onboarding:gate_take_back", args=[pk])
            notices.undo(request, _("Signed: %(step)s") % {"step": step.label}, undo)
            return redirect("onboarding:gate", pk=pk)
    signature = gates.signature(step) if step.state == State.DONE else None
    context = {
        "step": step,
        "onboarding": step.onboarding,
        "form": form,
        "error": error,
        "signature": signature,
        "evidence": drafts.evidence(step.onboarding),
        "raises": gates.RAISES.get(step.key),
        "can_sign": step.undone,
        "undo": bool(signature) and undoing.may(request.membership, signature.by_id, signature.at),
    }
    return render(request, "onboarding/gate.html", context, status=422 if form.errors else status)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def gate_take_back(request, pk):
    step = _gate(request, pk)
    return notices.take_back(
        request,
        lambda _mark: gates.take_back(step, by=request.membership),
        back=reverse("onboarding:gate", args=[pk]),
    )
