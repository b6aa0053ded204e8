"""Forms with questions of the shop's own, and what one person has read and handed over."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import filling, records, steps
from onboarding.forms import posted
from onboarding.forms_filling import ComposeForm, QuestionsForm
from onboarding.models import Onboarding, Step
from onboarding.views.steps import WITH_PLAN, answer_to, change_undo, fill_form, refuse_strangers, step_page


def _led(request, pk) -> Onboarding:
    onboarding = fetch(request, Onboarding.objects.with_people().running(), pk=pk)
    refuse_strangers(onboarding, request.membership)
    return onboarding


@member(Role.OWNER, Role.MANAGER)
@require_safe
def record(request, pk):
    onboarding = _led(request, pk)
    context = {"onboarding": onboarding, "record": records.of(onboarding)}
    return render(request, "onboarding/record.html", context)


@member(Role.OWNER, Role.MANAGER)
def compose(request, pk):
    onboarding = _led(request, pk)
    form = ComposeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("title", "body", "due_on", "asks")}
        filling.compose(onboarding, by=request.membership, **data)
        messages.success(request, _("The form is in the plan."))
        return redirect("onboarding:record", pk=pk)
    context = {"onboarding": onboarding, "form": form}
    return render(request, "onboarding/compose.html", context, status=422 if form.errors else 200)


@member(Role.OWNER, Role.MANAGER)
def reword(request, pk):
    """Other questions for a form that nobody has answered yet."""
    step = fetch(request, Step.objects.running().select_related(*WITH_PLAN), pk=pk)
    refuse_strangers(step.onboarding, request.membership)
    form = _questions(step, posted(request))
    if request.method == "POST" and form.is_valid():
        return _reword(request, step, form)
    return _reword_page(request, step, form, 422 if form.errors else 200)


def _questions(step, data=None) -> QuestionsForm:
    return QuestionsForm(data, asks=filling.asks_of(step), seen=step.revision)


def _reword(request, step, form):
    try:
        changed = filling.reword(step, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        return conflicts.page(
            request, mine=[form], theirs=[_questions(now.row)], seen=now.row.revision, back=request.path
        )
    except steps.Refused as refused:
        form.add_error(None, str(refused))
        return _reword_page(request, step, form, 409)
    step.refresh_from_db()
    undo = change_undo(step, request.membership) if changed else ""
    notices.undo(request, _("The questions are changed.") if changed else _("Nothing was changed."), undo)
    return redirect("onboarding:record", pk=step.onboarding_id)


def _reword_page(request, step, form, status):
    context = {"onboarding": step.onboarding, "step": step, "form": form}
    return render(request, "onboarding/compose.html", context, status=status)


@member()
@require_POST
def fill(request, pk):
    step = fetch(request, Step.objects.running().select_related(*WITH_PLAN), pk=pk)
    steps.check("give", step, request.membership)
    form = fill_form(step, data=request.POST)
    if form is None:
        return step_page(request, step, status=422, error=_("This step asks no questions."))
    if not form.is_valid():
        return step_page(request, step, status=422, fill=form)
    try:
        changed = filling.fill(step, by=request.membership, values=form.cleaned_values())
    except steps.Refused as refused:
        return step_page(request, step, status=422, fill=form, error=str(refused))
    except steps.Stale:
        step.refresh_from_db()
        return step_page(
            request, step, status=409, error=_("This step has changed meanwhile. This is how it is now.")
        )
    return answer_to(request, step, "give", changed)
