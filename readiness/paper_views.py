"""The answer as a file."""

from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from accounts.guards import fetch, member
from readiness import answer_page
from readiness.models import Assessment
from readiness.views import BOSSES, current_of
from vault import files


@member(*BOSSES)
@require_GET
def pdf(request, pk):
    from readiness import paper  # fonts and their engine: only for a process that is asked for paper

    row = fetch(request, Assessment, pk=pk)
    shown = answer_page.context(current_of(row), company=request.company)
    made = paper.recommendation(
        shown,
        company=request.company,
        language=get_language(),
        answered_at=row.created_at,
        today=timezone.localdate(),
    )
    return files.made(made, name=paper.name(shown), kind="application/pdf")
