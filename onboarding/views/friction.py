"""What customers stumble over, like and dislike: the whole team reads, new hires and those who lead write."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, typed, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import friction
from onboarding.forms import posted
from onboarding.friction_forms import FrictionForm, StatusForm, WordsOfFrictionForm
from onboarding.models import Friction, Heard, Sighting
from onboarding.models.concerned import hears_customers
from onboarding.views.library import narrowed

TIMES = 50  # shown of one point


@member()
@require_safe
def index(request, kind=Heard.STUMBLE):
    return _list_page(request, kind, FrictionForm(initial={"kind": kind, "mark": friction.new_mark()}))


def _list_page(request, kind, form, status=200):
    settled = "all" in request.GET
    context = {
        "rows": friction.listed(request.company, kind, settled=settled),
        "kind": kind,
        "kinds": [(each, each.label, _address(each)) for each in Heard],
        "settled": settled,
        "form": form,
        "writes": hears_customers(request.membership),
        "mark": friction.new_mark(),
    }
    return render(request, "onboarding/friction.html", context, status=status)


def _address(kind) -> str:
    return reverse(f"onboarding:{PAGES[Heard(kind)]}")


PAGES = {Heard.STUMBLE: "friction", Heard.LIKE: "customers_like", Heard.DISLIKE: "customers_dislike"}


@member()
@require_POST
@narrowed(hears_customers)
def add(request):
    """What sounds like a point that is there is shown beside it first, and saved when somebody says it is another."""
    form = FrictionForm(request.POST)
    if not form.is_valid():
        kind = form.cleaned_data.get("kind") or Heard.STUMBLE
        return _list_page(request, kind, form, 422)
    data = form.cleaned_data
    if "another" not in request.POST:
        found = friction.similar(request.company, data["kind"], data["body"])
        if found and not Sighting.objects.filter(company=request.company, mark=data["mark"]).exists():
            return render(request, "onboarding/friction_similar.html", {"rows": found, "form": form})
    row = friction.add(request.company, by=request.membership, **data)
    return _counted(request, row, row.sightings.order_by("pk").first(), _("Written down."))


def _counted(request, row, seen, sentence):
    undo = reverse("onboarding:friction_again_take_back", args=[seen.pk]) if seen else ""
    notices.undo(request, sentence, undo)
    return redirect(_address(row.kind))


@member()
@require_POST
@narrowed(hears_customers)
def again(request, pk):
    row = fetch(request, Friction, pk=pk)
    mark, example = typed.text(request.POST, "mark", friction.MARK), typed.text(request.POST, "example", 1000)
    try:
        seen = friction.again(row, by=request.membership, mark=mark, example=example)
    except undoing.Gone as gone:
        raise Http404 from gone
    sentence = _("Counted once more: %(point)s") if seen else _("This tap was counted already: %(point)s")
    return _counted(request, row, seen, sentence % {"point": row.body})


@member()
@require_POST
def again_take_back(request, pk):
    seen = fetch(request, Sighting.objects.select_related("friction"), pk=pk)
    return notices.take_back(
        request,
        lambda mark: friction.take_back(seen, by=request.membership),
        back=_address(seen.friction.kind),
    )


@member()
@require_safe
def show(request, pk):
    return _page(request, fetch(request, Friction, pk=pk), StatusForm())


def _page(request, row, status_form, status=200):
    row = friction.counted(row)
    if not status_form.is_bound:
        status_form.initial = {"status": row.status}
    back = reverse("onboarding:friction_take_back", args=[row.pk])
    marks = [undoing.offered(row, what, request.membership) for what in ("words", "status")]
    context = {
        "row": row,
        "address": _address(row.kind),
        "times": row.sightings.select_related("by").order_by("-at", "-pk")[:TIMES],
        "events": list(row.events.select_related("by").order_by("-at", "-pk")),
        "status_form": status_form,
        "may_change": friction.may_change(row, request.membership),
        "undos": [notices.marked(back, mark) for mark in marks if mark],
        "writes": hears_customers(request.membership),
        "mark": friction.new_mark(),
    }
    return render(request, "onboarding/friction_point.html", context, status=status)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def move(request, pk):
    row = fetch(request, Friction, pk=pk)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, 422)
    if friction.move(row, by=request.membership, **form.cleaned_data):
        _say_undo(
            request,
            row,
            "status",
            _("It stands at: %(status)s") % {"status": friction.counted(row).get_status_display()},
        )
    return redirect("onboarding:friction_point", pk=pk)


@member()
@narrowed(hears_customers)
def edit(request, pk):
    row = fetch(request, Friction, pk=pk)
    if not friction.may_change(row, request.membership):
        raise PermissionDenied
    form = WordsOfFrictionForm(posted(request), instance=row)
    if not (request.method == "POST" and form.is_valid()):
        context = {"row": row, "form": form}
        return render(request, "onboarding/friction_form.html", context, status=422 if form.errors else 200)
    try:
        changed = friction.change(row, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        theirs = WordsOfFrictionForm(instance=now.row)
        back = reverse("onboarding:friction_point", args=[pk])
        return conflicts.page(request, mine=[form], theirs=[theirs], seen=now.row.revision, back=back)
    if changed:
        _say_undo(request, row, "words", _("Saved."))
    return redirect("onboarding:friction_point", pk=pk)


def _say_undo(request, row, what, sentence):
    row.refresh_from_db(fields=undoing.FIELDS)
    mark = undoing.offered(row, what, request.membership)
    notices.undo(
        request, sentence, notices.marked(reverse("onboarding:friction_take_back", args=[row.pk]), mark)
    )


@member()
@require_POST
def take_back(request, pk):
    row = fetch(request, Friction, pk=pk)
    return notices.take_back(
        request,
        lambda mark: friction.take_back_change(row, mark, by=request.membership),
        back=reverse("onboarding:friction_point", args=[pk]),
    )
