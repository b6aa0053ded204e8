"""Plans to begin with: their list, the editor, their versions."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, deleting, places
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import countries, country_items, plan_words, planning, plans
from onboarding.forms import posted
from onboarding.models import Onboarding, PlanTemplate, TemplateStep
from onboarding.plan_forms import CountryForm, NameForm, PlanStepForm, SaveForm

BOSSES = (Role.OWNER, Role.MANAGER)


def _fetch(request, pk) -> PlanTemplate:
    return fetch(request, PlanTemplate.objects.all(), pk=pk)


@member(*BOSSES)
@require_safe
def templates(request):
    return _list(request, NameForm())


def _list(request, form, status=200):
    rows = PlanTemplate.objects.for_company(request.company).order_by("-is_default", "name", "pk")
    context = {"rows": list(rows[: planning.MOST_PLANS]), "form": form}
    return render(request, "onboarding/templates.html", context, status=status)


@member(*BOSSES)
@require_POST
def begin(request):
    """The plan that comes with the product, made at first need."""
    version = plans.default_version(request.company)
    return redirect("onboarding:template", pk=version.template_id)


@member(*BOSSES)
@require_POST
def make(request):
    return _make(request, None)


@member(*BOSSES)
@require_POST
def copy(request, pk):
    return _make(request, _fetch(request, pk))


def _make(request, of):
    form = NameForm(request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        made = planning.make(request.company, by=request.membership, of=of, **form.cleaned_data)
    except planning.Refused as refused:
        form.add_error(None, str(refused))
        return _list(request, form, 409)
    return redirect("onboarding:template", pk=made.pk)


@member(*BOSSES)
@require_POST
def rename(request, pk):
    template, form = _fetch(request, pk), NameForm(request.POST)
    if not form.is_valid():
        return _editor(request, template, 422, name_form=form)
    if planning.rename(template, by=request.membership, **form.cleaned_data):
        messages.success(request, _("Renamed."))
    return redirect("onboarding:template", pk=pk)


@member(*BOSSES)
@require_POST
def make_default(request, pk):
    template = _fetch(request, pk)
    if planning.choose_default(template, by=request.membership):
        messages.success(request, _("Whoever is hired from now on gets this plan."))
    return redirect("onboarding:template", pk=pk)


@member(*BOSSES)
@require_POST
def delete(request, pk):
    try:
        planning.delete(_fetch(request, pk), by=request.membership)
    except (deleting.Refused, planning.Refused) as refused:
        messages.error(request, str(refused))
        return redirect("onboarding:template", pk=pk)
    messages.success(
        request, _("The plan lies in Recently deleted for 14 days. Nobody's own plan has changed.")
    )
    return redirect("onboarding:templates")


# -- the editor


@member(*BOSSES)
@require_safe
def template(request, pk):
    return _editor(request, _fetch(request, pk))


def _editor(request, template, status=200, **forms):
    version = planning.shown(template)
    rows = _rows(version)
    is_draft = version.saved_at is None
    running = Onboarding.objects.running().for_company(request.company)
    context = {
        "template": template,
        "version": version,
        "rows": rows,
        "is_draft": is_draft,
        "used": running.filter(version__template=template).count(),
        "country": places.country_name(request.company.country),
        "name_form": NameForm(initial={"name": str(template)}),
        "copy_form": NameForm(initial={"name": _("%(plan)s, copy") % {"plan": template}}),
        "save_form": SaveForm(initial={"seen": version.revision}),
        "country_form": CountryForm(initial={"country": request.company.country}),
    } | forms
    return render(request, "onboarding/template.html", context, status=status)


def _rows(version) -> list[TemplateStep]:
    rows = list(version.steps.all())
    labels = {row.ref: row.label for row in rows}
    for row in rows:
        row.due_words = plan_words.due(row, labels)
        row.conditions = plan_words.conditions(row)
    return rows


def _form(template, step, data=None) -> PlanStepForm:
    rows = planning.shown(template).steps.all()
    return PlanStepForm(data, instance=step, others=[row for row in rows if row.ref != step.ref])


@member(*BOSSES)
def step_add(request, pk):
    template = _fetch(request, pk)
    form = _form(template, TemplateStep(), posted(request))
    if request.method != "POST" or not form.is_valid():
        return _step_page(request, template, None, form, 422 if form.errors else 200)
    try:
        step = planning.add_step(template, by=request.membership, values=form.values())
    except planning.Refused as refused:
        form.add_error(None, str(refused))
        return _step_page(request, template, None, form, 409)
    return _to_step(template, step.ref)


@member(*BOSSES)
def step_change(request, pk, ref):
    template = _fetch(request, pk)
    step = _step(template, ref)
    form = _form(template, step, posted(request))
    if request.method != "POST" or not form.is_valid():
        return _step_page(request, template, step, form, 422 if form.errors else 200)
    try:
        planning.change_step(
            template, ref, by=request.membership, seen=form.cleaned_data["seen"], values=form.values()
        )
    except conflicts.Changed as now:
        theirs, seen = [_form(template, now.row)], now.row.revision
        return conflicts.page(request, mine=[form], theirs=theirs, seen=seen, back=request.path)
    except planning.Refused as refused:
        form.add_error(None, str(refused))
        return _step_page(request, template, step, form, 409)
    return _to_step(template, ref)


def _step(template, ref) -> TemplateStep:
    step = planning.shown(template).steps.filter(ref=ref).first() if ref else None
    if step is None:
        raise Http404
    return step


def _step_page(request, template, step, form, status):
    context = {
        "template": template,
        "step": step,
        "form": form,
        "is_order": step is not None and countries.is_order(step.key),
        "checked": country_items.CHECKED,
    }
    return render(request, "onboarding/template_step.html", context, status=status)


def _to_step(template, ref):
    return redirect(reverse("onboarding:template", args=[template.pk]) + f"#step-{ref}")


@member(*BOSSES)
@require_POST
def step_remove(request, pk, ref):
    template = _fetch(request, pk)
    try:
        step = planning.remove_step(template, ref, by=request.membership)
    except planning.Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("“%(step)s” is out of the draft. The saved version still has it.")
        messages.success(request, said % {"step": step.label})
    return redirect("onboarding:template", pk=pk)


@member(*BOSSES)
@require_POST
def step_move(request, pk, ref):
    """Up or down by a button, or to before another step by dragging."""
    template = _fetch(request, pk)
    to, before = request.POST.get("to", ""), request.POST.get("before", "")
    try:
        planning.move_step(
            template, ref, by=request.membership, to=to, before=before if to == "before" else None
        )
    except planning.Refused as refused:
        messages.error(request, str(refused))
    return _to_step(template, ref)


@member(*BOSSES)
@require_POST
def add_country(request, pk):
    template, form = _fetch(request, pk), CountryForm(request.POST)
    if not form.is_valid():
        return _editor(request, template, 422, country_form=form)
    try:
        added = planning.add_country(template, by=request.membership, **form.cleaned_data)
    except planning.Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("They stand at the end of the draft.") if added else _("They are all there already.")
        messages.success(request, said)
    return redirect("onboarding:template", pk=pk)


# -- versions


@member(*BOSSES)
@require_POST
def save(request, pk):
    template, form = _fetch(request, pk), SaveForm(request.POST)
    if not form.is_valid():
        return _editor(request, template, 422, save_form=form)
    return _settled(
        request,
        template,
        lambda: planning.save(template, by=request.membership, **form.cleaned_data),
        _("Saved as a new version. Whoever begins from now on gets it."),
    )


@member(*BOSSES)
@require_POST
def throw_away(request, pk):
    template, form = _fetch(request, pk), SaveForm(request.POST)
    if not form.is_valid():
        return _editor(request, template, 422, save_form=form)
    return _settled(
        request,
        template,
        lambda: planning.throw_away(template, by=request.membership, seen=form.cleaned_data["seen"]),
        _("The changes are thrown away. The plan is as it was saved."),
    )


@member(*BOSSES)
@require_POST
def go_back(request, pk, number):
    template = _fetch(request, pk)
    return _settled(
        request,
        template,
        lambda: planning.go_back(template, number, by=request.membership),
        _("This version is the newest now. The ones between are kept."),
    )


def _settled(request, template, act, said):
    """409 with a sentence when the plan is not what the page was made from."""
    address = reverse("onboarding:template", args=[template.pk])
    try:
        act()
    except conflicts.Changed:
        sentence = _("The plan was changed in another window since this page was opened. Look at it first.")
        return render(request, "409.html", {"sentence": sentence, "back": address}, status=409)
    except planning.Refused as refused:
        return render(request, "409.html", {"sentence": str(refused), "back": address}, status=409)
    messages.success(request, said)
    return redirect(address)


@member(*BOSSES)
@require_safe
def versions(request, pk):
    template = _fetch(request, pk)
    rows = list(template.versions.saved().select_related("saved_by").order_by("-number")[:200])
    return render(request, "onboarding/template_versions.html", {"template": template, "rows": rows})


@member(*BOSSES)
@require_safe
def version(request, pk, number):
    template = _fetch(request, pk)
    found = template.versions.saved().select_related("saved_by").filter(number=number).first()
    if found is None:
        raise Http404
    context = {
        "template": template,
        "version": found,
        "rows": _rows(found),
        "is_newest": found == template.versions.newest(),
    }
    return render(request, "onboarding/template_version.html", context)
