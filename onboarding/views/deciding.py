"""The decision about probation: for owners and the manager of the plan. The new colleague never opens this page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import member
from accounts.models import Role
from onboarding import probation, steps
from onboarding.forms import posted
from onboarding.kinds import Kind, Part
from onboarding.models import Decision
from onboarding.talk_forms import DecisionForm, TellForm
from onboarding.views.meetings import plan_and_part
from vault import trail


@member(Role.OWNER, Role.MANAGER)
def page(request, pk):
    onboarding, _part = plan_and_part(request, pk, Part.MANAGER)
    newest = probation.newest(onboarding)
    form = DecisionForm(posted(request), newest=newest)
    if request.method == "POST" and form.is_valid():
        return _decide(request, onboarding, form)
    return _page(request, onboarding, form, newest, 422 if form.errors else 200)


def _decide(request, onboarding, form):
    try:
        row = probation.decide(onboarding, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        theirs = [DecisionForm(newest=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.number, back=request.path)
    except steps.Refused as refused:
        form.add_error("until", str(refused))
        return _page(request, onboarding, form, probation.newest(onboarding), 422)
    undo = reverse("onboarding:decision_take_back", args=[row.pk])
    notices.undo(request, _("The decision is kept. Nobody was told."), undo)
    return redirect("onboarding:decision", pk=onboarding.pk)


def _page(request, onboarding, form, newest, status):
    if newest is not None:
        trail.record(
            "decision.read",
            company_id=onboarding.company_id,
            actor_id=request.user.pk,
            kind="decision",
            pk=newest.pk,
        )
    rows = onboarding.steps.filter(kind__in=[Kind.REVIEW, Kind.GATE]).exclude(key=probation.STEP)
    context = {
        "onboarding": onboarding,
        "form": form,
        "newest": newest,
        "ends": probation.ends(onboarding),
        "remind_on": probation.remind_on(onboarding),
        "evidence": rows.select_related("completed_by").in_order(),
        "tell_form": TellForm(),
    }
    return render(request, "onboarding/decision.html", context, status=status)


def _decision(request, pk) -> Decision:
    row = Decision.objects.for_company(request.company).filter(pk=pk).order_by("pk").first()
    if row is None:
        raise Http404
    row.onboarding, _part = plan_and_part(request, row.onboarding_id, Part.MANAGER)
    return row


@member(Role.OWNER, Role.MANAGER)
@require_POST
def tell(request, pk):
    decision = _decision(request, pk)
    form = TellForm(request.POST)
    if not form.is_valid():
        newest = probation.newest(decision.onboarding)
        return _page(request, decision.onboarding, DecisionForm(newest=newest), newest, 422)
    try:
        told = probation.tell(decision, by=request.membership, words=form.cleaned_data["words"])
    except steps.Refused as refused:
        return _conflict(request, str(refused), decision)
    messages.success(request, _("They read it now.") if told else _("They were told before."))
    return redirect("onboarding:decision", pk=decision.onboarding_id)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take_back(request, pk):
    decision = _decision(request, pk)
    try:
        probation.take_back(decision, by=request.membership)
    except undoing.Refused as refused:
        return _conflict(request, str(refused), decision)
    messages.success(request, _("Taken back."))
    return redirect("onboarding:decision", pk=decision.onboarding_id)


def _conflict(request, sentence, decision):
    back = reverse("onboarding:decision", args=[decision.onboarding_id])
    return render(request, "409.html", {"sentence": sentence, "back": back}, status=409)
