"""Several people at once: chosen on the board or the list, looked at here, done, taken back."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.guards import fetch, member
from hiring import bulk, bulk_forms, filtering, filters, history, tasks
from hiring.forms import team_of
from hiring.models import Act, Bulk, Job, Outcome, Result, Stage, StageMove, Told
from hiring.models.moves import following
from hiring.views.board import BOSSES, place

FORMS = {
    Act.FORWARD: bulk_forms.ForwardForm,
    Act.REFUSE: bulk_forms.RefuseForm,
    Act.LATER: bulk_forms.LaterForm,
    Act.ASSIGN: bulk_forms.ShowForm,
    Act.STEP: bulk_forms.StepForm,
}
PAGES = {"board": "hiring:board", "list": "hiring:people"}


@member(*BOSSES)
@require_POST
def pick(request, pk):
    """Notes who was chosen for what; nothing happens to anybody yet."""
    job = fetch(request, Job, pk=pk)
    back_to = request.POST.get("back_to")
    wanted = filters.parse(QueryDict(request.POST.get("filter", "").removeprefix("?")[:2_000]))
    act, made = request.POST.get("act"), None
    if act in Act.values:
        rows = _chosen(request, job, wanted, back_to)
        made = bulk.prepare(job, act, rows, by=request.membership, back_to=back_to)
    if made:
        return redirect("hiring:bulk", made.pk)
    messages.error(request, _("Choose somebody first."))
    here = reverse(PAGES.get(back_to, "hiring:board"), args=[job.pk])
    return redirect(f"{here}?select=1{wanted.more}")


def _chosen(request, job, wanted, back_to):
    """Whoever was ticked, or everybody the filter leaves; the board has only those in the running."""
    if request.POST.get("all"):
        rows = filtering.narrow(job, wanted, request.membership)
        return rows if back_to == "list" else rows.filter(outcome=Outcome.ACTIVE)
    numbers = [int(pk) for pk in request.POST.getlist("pick")[: bulk.MOST + 1] if filters.number(pk)]
    return filtering.narrow(job, filters.Filter(), request.membership).filter(pk__in=numbers)


def bulk_of(request, pk) -> Bulk:
    row = fetch(request, Bulk.objects.select_related("job"), pk=pk)
    row.by = request.membership
    return row


@member(*BOSSES)
def page(request, pk):
    """Before: who, and what will happen. Meanwhile: how far it is. After: what became of each."""
    row = bulk_of(request, pk)
    items = _items(row)
    if not row.is_draft:
        return _after(request, row, items)
    form = _form(request, row, items)
    if request.method == "POST" and form.is_valid():
        if bulk.begin(row, form.said(), by=request.membership):
            _go(row)
        return redirect("hiring:bulk", row.pk)
    context = _before(row, items) | {"form": form}
    return render(request, "hiring/bulk.html", context, status=422 if form.errors else 200)


def _items(row) -> list:
    rows = row.items.select_related("application").order_by("application__stage_entered_at", "pk")
    items = list(rows.defer("application__cover_letter", "application__cv_text", "application__search"))
    place([item.application for item in items], row.job)
    return items


def _form(request, row, items):
    starts = dict.fromkeys(item.application.stage for item in items if item.application.is_active)
    kind = FORMS[row.act]
    needs_team = row.act in {Act.ASSIGN, Act.STEP}
    return kind(
        request.POST if request.method == "POST" else None,
        team=team_of(request.company) if needs_team else (),
        asks=bulk.questions(starts) if row.act == Act.FORWARD else (),
        initial=_guess(starts),
    )


def _guess(starts) -> dict:
    return {"tell": Told.MORNING if set(starts) == {Stage.CV} else Told.MAIL, "phone": True}


def _before(row, items) -> dict:
    for item in items:
        item.hindrance = bulk.hindrance(row, item)
        item.what = _what(row, item.application)
    free = [item for item in items if not item.hindrance]
    return {
        "bulk": row,
        "free": free,
        "held": [item for item in items if item.hindrance],
        "most": bulk.MOST,
        "back": reverse(PAGES[row.back_to], args=[row.job_id]),
        "unreachable": sum(1 for item in free if not item.application.email) if row.act == Act.REFUSE else 0,
    }


def _what(row, application) -> str:
    here = application.get_stage_display()
    if row.act != Act.FORWARD or not (to := following(application.stage)):
        return here
    return _("%(here)s → %(there)s") % {"here": here, "there": to.label}


def _go(row):
    """Up to fifty while one waits; more by the worker, and the page shows how far it is."""
    if bulk.in_request(row):
        bulk.run(row.pk)
    else:
        tasks.queue_several(row.pk)


def _after(request, row, items):
    done = [item for item in items if item.result in {Result.DONE, Result.BACK}]
    context = {
        "bulk": row,
        "done": [item for item in items if item.result == Result.DONE],
        "taken_back": [item for item in items if item.result == Result.BACK],
        "left": _told_why([item for item in items if item.result in {Result.STALE, Result.LEFT}]),
        "so_far": len(items) - sum(1 for item in items if item.result == Result.OPEN),
        "total": len(items),
        "nobody": not done,
        "may_undo": bulk.may_undo(row, request.membership),
        "back": reverse(PAGES[row.back_to], args=[row.job_id]),
    }
    return render(request, "hiring/bulk_done.html", context)


def _told_why(items) -> list:
    """Whom a colleague moved meanwhile: by whom and where to, in the words of the history. One query."""
    stale = {item.application_id: item for item in items if item.result == Result.STALE}
    if not stale:
        return items
    moves = StageMove.objects.for_company(next(iter(stale.values())).company_id).filter(application__in=stale)
    newest = {move.application_id: move for move in moves.select_related("actor").order_by("pk")}
    for item in stale.values():
        if move := newest.get(item.application_id):
            item.why = history.sentence(move, item.application)
    return items


@member(*BOSSES)
@require_POST
def undo(request, pk):
    row = bulk_of(request, pk)
    if bulk.begin_undo(row, by=request.membership):
        _go(row)
    else:
        messages.error(
            request, _("The ten minutes for taking this back are over, or it was taken back already.")
        )
    return redirect("hiring:bulk", row.pk)
