"""Everybody who applied for one job: the list, and the same on paper."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.guards import fetch, member
from hiring import filter_words, filtering, filters
from hiring.models import Outcome
from hiring.models.moves import ORDER
from hiring.views.board import BOSSES, CROWD, days_here, narrowing, place
from vault import trail

ROWS = 25
MOST_ON_PAPER = 500


@member(*BOSSES)
def people(request, pk):
    """The newest first, found by any word of name, address or phone."""
    job = fetch(request, filtering.with_crowd(CROWD), pk=pk)
    wanted = filters.parse(request.GET)
    rows = filtering.narrow(job, wanted, request.membership)
    if before := filters.number(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk").defer("cover_letter", "cv_text")[: ROWS + 1])
    place(found, job)
    context = narrowing(request, job, wanted, job.crowd) | {
        "people": found[:ROWS],
        "before": found[ROWS - 1].pk if len(found) > ROWS else "",
    }
    template = "hiring/_people.html" if request.htmx and before else "hiring/people.html"
    return render(request, template, context)


@member(*BOSSES)
@require_safe
def on_paper(request, pk):
    """What the filter leaves, for printing, by stage and number; that somebody made it is written down."""
    job = fetch(request, filtering.with_crowd(CROWD), pk=pk)
    wanted = filters.parse(request.GET)
    rows = filtering.narrow(job, wanted, request.membership).select_related("next_step_who")
    found = list(rows.order_by("-pk").defer("cover_letter", "cv_text", "search")[: MOST_ON_PAPER + 1])
    cut, found = len(found) > MOST_ON_PAPER, found[:MOST_ON_PAPER]
    _dress(found, job)
    trail.record("people.printed", company_id=job.company_id, actor_id=request.user.pk, kind="job", pk=job.pk)
    context = {
        "job": job,
        "wanted": wanted,
        "people": sorted(found, key=lambda row: (not row.is_active, ORDER.index(row.stage), row.number)),
        "cut": cut,
        "most": MOST_ON_PAPER,
        "now": timezone.now(),
        "chips": _chips(job, wanted, request.membership),
    }
    return render(request, "hiring/people_print.html", context)


def _dress(rows, job):
    place(rows, job)
    moment = timezone.now()
    for row in rows:
        row.waits = days_here(row, moment) if row.outcome == Outcome.ACTIVE and not row.is_over else ""
        row.reached = "" if row.name_hidden else row.phone or row.email


def _chips(job, wanted, reader) -> list:
    form = filter_words.fields(job, wanted, reader) if wanted.narrows else []
    return filter_words.chips(wanted, form)
