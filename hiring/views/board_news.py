"""Has anybody moved anybody since the board was drawn? Asked by every open board, and answered by one number."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.guards import fetch, member
from hiring import filtering, filters, history
from hiring.models import Job, Outcome, StageMove
from hiring.views.board import BOSSES

MOST = 50  # moves looked at; after a longer sleep every column is drawn anew


@member(*BOSSES)
@require_safe
def news(request, pk):
    """204 while nothing happened since `since`; else the newest number, a sentence, and the columns it concerns."""
    job = fetch(request, Job.objects.annotate(newest=filtering.newest_move()), pk=pk)
    since = filters.number(request.GET.get("since", ""))
    if not since or (job.newest or 0) <= int(since):
        return HttpResponse(status=204)
    rows = StageMove.objects.for_company(request.company).filter(job_id_then=job.pk, pk__gt=int(since))
    moves = list(rows.select_related("application", "actor").order_by("-pk")[: MOST + 1])
    return JsonResponse({"newest": job.newest, "said": said(moves, job), "stages": touched(moves)})


def said(moves, job) -> str:
    """The newest in full, the others as a number."""
    if not moves:
        return ""
    newest, others = moves[0], len(moves) - 1
    newest.application.job = job
    sentence = history.sentence(newest, newest.application)
    if not others:
        return sentence
    more = ngettext("And %(n)d more step.", "And %(n)d more steps.", others) % {"n": others}
    return f"{sentence} {more}"


def touched(moves) -> list[str]:
    """The columns whose cards changed; empty for all of them."""
    if len(moves) > MOST:
        return []
    found = {move.from_stage for move in moves} | {
        move.to_stage for move in moves if move.to_outcome == Outcome.ACTIVE
    }
    return sorted(found - {""})
