"""Pages of bridge plans: for owners and managers, like the answer they follow from."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from accounts.typed import text
from readiness import assessments, bridge_effect, bridge_faq, bridge_steps, bridging, deleted
from readiness.bridge_forms import DetailsForm, StepForm
from readiness.models import Bridge, BridgePlan, BridgeStep, Verdict
from readiness.money import money
from readiness.views import BOSSES

PLANS = BridgePlan.objects.select_related("company", "started_by")


@member(*BOSSES)
@require_POST
def begin(request, kind):
    if kind not in Bridge.values:
        raise Http404
    plan = bridging.begin(company=request.company, kind=kind, by=request.membership)
    return redirect("readiness:bridge", pk=plan.pk)


@member(*BOSSES)
@require_safe
def show(request, pk):
    return _page(request, _plan(request, pk))


def _plan(request, pk):
    plan = fetch(request, PLANS.all(), pk=pk)
    plan.company = request.company
    return plan


def _page(request, plan, *, details=None, step=None, faq=None, status=200):
    """The plan with its forms; one that was sent back keeps what was typed."""
    row, member = assessments.latest(request.company), request.membership
    entries = list(plan.entries.there()) if plan.kind == Bridge.SELF_SERVICE else []
    steps = [_step(each, plan, member) for each in plan.steps.there().select_related("done_by")]
    today = timezone.localdate()
    context = {
        "plan": plan,
        "steps": steps,
        "done": sum(each["row"].done_at is not None for each in steps),
        "details": details or DetailsForm(plan=plan),
        "step_form": step or StepForm(),
        "fee": money(plan.fee, request.company.currency, cents=plan.fee % 1 != 0) if plan.fee else "",
        "effect": bridge_effect.effect(plan, row),
        "begun": bridge_effect.weeks(plan, today),
        "began": bridge_effect.began(plan),
        "is_due": plan.is_open and plan.look_on <= today,
        "undo": _mark("readiness:bridge_take_back", plan, undoing.offered(plan, bridging.CHANGE, member)),
    }
    if plan.kind == Bridge.SELF_SERVICE:
        context |= _faq(plan, entries, faq, member)
    return render(request, "readiness/bridge.html", context, status=status)


def _faq(plan, entries, form, member) -> dict:
    return {
        "faq": form or bridge_faq.FaqForm(entries=entries),
        "more": len(bridge_faq.not_yet(plan, entries)) if plan.is_open else 0,
        "as_text": bridge_faq.as_text(entries),
        "as_html": bridge_faq.as_html(entries),
        "undo_faq": _mark(
            "readiness:bridge_faq_take_back", plan, undoing.offered(plan, bridge_faq.FAQ, member)
        ),
    }


def _step(row, plan, member) -> dict:
    row.plan = plan
    known = bridge_steps.known_of(row)
    return {
        "row": row,
        "label": bridge_steps.label(row),
        "about": known.about if known and not row.text else "",
        "page": reverse(known.page) if known and known.page else "",
        "undo": _mark("readiness:bridge_step_take_back", row, undoing.offered(row, bridging.STEP, member)),
    }


def _mark(name, row, mark) -> str:
    return notices.marked(reverse(name, args=[row.pk]), mark)


def _said(request, act, *, back, row=None, what="", undo="", sentence=""):
    """Does `act`, says what happened with its Undo, and leads back; a refusal is a sentence."""
    try:
        changed = act()
    except bridging.Refused as refused:
        messages.error(request, str(refused))
        return redirect(back)
    if changed is not False and row is not None:
        row.refresh_from_db(fields=undoing.FIELDS)
        notices.undo(request, sentence, _mark(undo, row, undoing.offered(row, what, request.membership)))
    return redirect(back)


def _address(plan, anchor="") -> str:
    return reverse("readiness:bridge", args=[plan.pk]) + (f"#{anchor}" if anchor else "")


# -- steps
def _fetch_step(request, pk):
    return fetch(request, BridgeStep.objects.of_plans(), pk=pk)


SAID = {
    "tick": gettext_lazy("Ticked off."),
    "open": gettext_lazy("Open again."),
    "rename": gettext_lazy("Changed."),
    "remove": gettext_lazy("Removed."),
}


@member(*BOSSES)
@require_POST
def step(request, pk, verb):
    row = _fetch_step(request, pk)
    acts = {
        "tick": partial(bridging.tick, done=True),
        "open": partial(bridging.tick, done=False),
        "rename": partial(bridging.rename, text=text(request.POST, "text", 200).strip()),
        "remove": bridging.remove,
    }
    if verb not in acts:
        raise Http404
    back = _address(row.plan, "steps")
    return _said(
        request,
        lambda: acts[verb](row, by=request.membership),
        back=back,
        row=row,
        what=bridging.STEP,
        undo="readiness:bridge_step_take_back",
        sentence=str(SAID[verb]),
    )


@member(*BOSSES)
@require_POST
def step_add(request, pk):
    plan = _plan(request, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, step=form, status=422)
    try:
        row = bridging.add(plan, by=request.membership, text=form.cleaned_data["text"])
    except bridging.Refused as refused:
        messages.error(request, str(refused))
    else:
        mark = undoing.offered(row, bridging.STEP, request.membership)
        notices.undo(request, _("Added."), _mark("readiness:bridge_step_take_back", row, mark))
    return redirect(_address(plan, "steps"))


@member(*BOSSES)
@require_POST
def step_take_back(request, pk):
    row = _fetch_step(request, pk)
    return _take_back(
        request, row.plan, lambda mark: bridging.take_back_step(row, mark, by=request.membership)
    )


def _take_back(request, plan, act):
    try:
        return notices.take_back(request, act, back=_address(plan))
    except bridging.Refused as refused:
        messages.error(request, str(refused))
        return redirect(_address(plan))


# -- the plan
@member(*BOSSES)
@require_POST
def details(request, pk):
    plan = _plan(request, pk)
    form = DetailsForm(request.POST, plan=plan)
    if not form.is_valid():
        return _page(request, plan, details=form, status=422)
    act = partial(bridging.change, plan, by=request.membership, **form.values())
    return _said_plan(request, plan, act, _("Saved."))


def _said_plan(request, plan, act, sentence, back=""):
    return _said(
        request,
        act,
        back=back or _address(plan),
        row=plan,
        what=bridging.CHANGE,
        undo="readiness:bridge_take_back",
        sentence=sentence,
    )


@member(*BOSSES)
@require_POST
def decide(request, pk):
    """Good enough, hire now, stop: the plan ends. Another four weeks: it goes on."""
    plan, decision = _plan(request, pk), request.POST.get("decision")
    if decision == "go_on":
        return _said_plan(
            request, plan, partial(bridging.go_on, plan, by=request.membership), _("Another four weeks.")
        )
    if decision not in Verdict.values:
        messages.error(request, _("Choose one of the buttons."))
        return redirect(_address(plan))
    back = settings.START_HIRING_URL if decision == Verdict.HIRE_NOW else ""
    act = partial(bridging.end, plan, by=request.membership, verdict=decision)
    return _said_plan(request, plan, act, _("The plan has ended."), back)


@member(*BOSSES)
@require_POST
def reopen(request, pk):
    plan = _plan(request, pk)
    act = partial(bridging.reopen, plan, by=request.membership)
    return _said_plan(request, plan, act, _("The plan goes on."))


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    plan = _plan(request, pk)
    return _take_back(request, plan, lambda mark: bridging.take_back(plan, mark, by=request.membership))


@member(*BOSSES)
@require_POST
def delete(request, pk):
    plan = _plan(request, pk)
    deleted.delete(plan, by=request.membership)
    undo = reverse("readiness:put_back", args=["bridge", pk])
    notices.undo(request, _("The plan is deleted, and can be put back for 14 days."), undo)
    return redirect("readiness:home")


# -- questions and answers
@member(*BOSSES)
@require_POST
def faq(request, pk):
    """Everything that was typed is saved, whichever button was pressed."""
    plan, do = _plan(request, pk), request.POST.get("do", "save")
    if plan.kind != Bridge.SELF_SERVICE:
        raise Http404
    there, gone = list(plan.entries.there()), _number(do.removeprefix("remove-"))
    # What another tab has added meanwhile is not on this page: `seen` tells.
    entries = [entry for entry in there if f"question-{entry.pk}" in request.POST]
    form = bridge_faq.FaqForm(request.POST, entries=entries, without=gone)
    if not form.is_valid():
        return _page(request, plan, faq=form, status=422)
    act = partial(
        bridge_faq.save,
        plan,
        form,
        by=request.membership,
        seen=_number(request.POST.get("seen", "")),
        remove=gone,
        more=bridge_faq.not_yet(plan, there) if do == "repeated" else (),
    )
    try:
        return _said(
            request,
            act,
            back=_address(plan, "faq"),
            row=plan,
            what=bridge_faq.FAQ,
            undo="readiness:bridge_faq_take_back",
            sentence=_("Saved."),
        )
    except conflicts.Changed as changed:
        theirs = bridge_faq.FaqForm(entries=list(plan.entries.there()))
        return conflicts.page(
            request, mine=[form], theirs=[theirs], seen=changed.row.revision, back=_address(plan, "faq")
        )


def _number(typed) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None


@member(*BOSSES)
@require_POST
def faq_take_back(request, pk):
    plan = _plan(request, pk)
    return _take_back(request, plan, lambda mark: bridge_faq.take_back(plan, mark, by=request.membership))
