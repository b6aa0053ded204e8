"""Weights and thresholds: owners think, see what it would change, and save a version; managers read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import conflicts
from accounts.guards import member
from accounts.models import Role
from readiness import assessments, settable, weighing, weights_page
from readiness.models import Weighing
from readiness.scoring import DEFAULT
from readiness.views import BOSSES
from readiness.weights_form import WeightsForm


@member(*BOSSES)
def weights(request):
    """GET: the numbers. POST: what they would change (nothing is kept); with `do=save` a new version."""
    if request.method == "POST":
        return _posted(request)
    row = weighing.latest(request.company)
    config = DEFAULT if row is None else weighing.config_from(row)
    shown = _version_asked(request)
    may_change = request.membership.role == Role.OWNER
    form = WeightsForm(config=shown or config, seen=row.revision if row else 0, editable=may_change)
    if shown:
        messages.info(request, _("The fields show another version. Nothing is changed until you save it."))
    return _page(request, form, config)


def _page(request, form, config, status=200):
    context = {
        "form": form,
        "config": config,
        "ours": DEFAULT.version,
        "may_change": request.membership.role == Role.OWNER,
        "versions": weights_page.versions(request.company),
        "anew": weights_page.to_compute_anew(request.company, config),
    }
    return render(request, "readiness/weights.html", context, status=status)


def _version_asked(request):
    """The configuration named by `?from=`, 0 for ours; None when none or an unknown one is named."""
    asked = request.GET.get("from", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    if int(asked) == 0:
        return DEFAULT
    row = Weighing.objects.for_company(request.company).filter(revision=int(asked)).first()
    return None if row is None else weighing.config_from(row)


def _posted(request):
    if request.membership.role != Role.OWNER:
        raise PermissionDenied
    now = weighing.config_of(request.company)
    form = WeightsForm(request.POST, config=now)
    if not form.is_valid():
        return _page(request, form, now, status=422)
    if request.POST.get("do") == "edit":
        return _page(request, form, now)
    try:
        return _save(request, form) if request.POST.get("do") == "save" else _preview(request, form, now)
    except conflicts.Changed as changed:
        return _stale(request, form, changed.row)


def _preview(request, form, now):
    changes = form.changes()
    weighing.check(weighing.latest(request.company), form.cleaned_data["seen"])
    draft = settable.changed(DEFAULT, changes, version=now.version)
    moved = weights_page.moved(now, draft)
    if not moved:
        messages.info(request, _("Nothing is different from what counts now."))
        return redirect("readiness:weights")
    context = {
        "moved": moved,
        "effect": weights_page.effect(request.company, now, draft),
        "posted": [(bound.html_name, bound.value()) for bound in form],
    }
    return render(request, "readiness/weights_preview.html", context)


def _save(request, form):
    made = weighing.save(
        company=request.company,
        changes=form.changes(),
        seen=form.cleaned_data["seen"],
        by=request.membership,
    )
    if made is None:
        messages.info(request, _("Nothing is different from what counts now."))
    else:
        said = _("Saved as version %(version)s. Answers you have keep the version they were computed with.")
        messages.success(request, said % {"version": made.version})
    return redirect("readiness:weights")


def _stale(request, form, row):
    """409 with both: "Use mine" shows the effect once more, now beside what the other one saved."""
    request.POST = request.POST.copy()
    request.POST.pop("do", None)
    theirs = [WeightsForm(config=weighing.config_from(row), seen=row.revision)]
    return conflicts.page(request, mine=[form], theirs=theirs, seen=row.revision, back=request.path)


@member(Role.OWNER)
@require_POST
def weights_again(request):
    """The latest answers once more, with the weights in force; the older result stays."""
    if assessments.latest(request.company) is None:
        return redirect("readiness:check")
    assessments.refresh(request.company, by=request.user)
    return redirect("readiness:show", pk=assessments.latest(request.company).pk)
