"""A manager changes one step of somebody's plan."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts, notices
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import changing, steps
from onboarding.forms import ChangeStepForm, posted
from onboarding.models import Step
from onboarding.views.steps import WITH_PLAN, change_undo, refuse_strangers


def _led(request, pk) -> Step:
    step = fetch(request, Step.objects.running().select_related(*WITH_PLAN), pk=pk)
    refuse_strangers(step.onboarding, request.membership)
    return step


def _form(step, data=None) -> ChangeStepForm:
    return ChangeStepForm(data, step=step, handed=changing.may_be_handed(step))


@member(Role.OWNER, Role.MANAGER)
def change(request, pk):
    step = _led(request, pk)
    form = _form(step, posted(request))
    if request.method == "POST" and form.is_valid():
        return _change(request, step, form)
    if not form.is_bound and not changing.changeable(step):
        messages.info(request, _("Somebody has done this step or handed it in. It stays as it was."))
        return redirect("onboarding:step", pk=pk)
    return _page(request, step, form, 422 if form.errors else 200)


def _change(request, step, form):
    try:
        changed = changing.change(step, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        seen = now.row.revision
        return conflicts.page(request, mine=[form], theirs=[_form(now.row)], seen=seen, back=request.path)
    except steps.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, step, form, 409)
    step.refresh_from_db()
    undo = change_undo(step, request.membership) if changed else ""
    notices.undo(request, _("The step is changed.") if changed else _("Nothing was changed."), undo)
    return redirect("onboarding:plan", pk=step.onboarding_id)


def _page(request, step, form, status):
    context = {"step": step, "onboarding": step.onboarding, "form": form}
    return render(request, "onboarding/change_step.html", context, status=status)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take_back(request, pk):
    step = _led(request, pk)
    return notices.take_back(
        request,
        lambda mark: changing.take_back(step, mark, by=request.membership),
        back=reverse("onboarding:plan", args=[step.onboarding_id]),
    )
