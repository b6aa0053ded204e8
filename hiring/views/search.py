"""Looking through everything applicants sent, in one company, as far as this person may see them."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.guards import member
from accounts.models import Role
from hiring import fulltext, indexing, masking
from hiring.models import Application
from hiring.snippets import snippet
from vault import folding

ROWS = 20
LONGEST, TERMS = 100, 8


@member(Role.OWNER, Role.MANAGER, Role.INTERVIEWER)
@require_safe
def search(request):
    """The newest first; a word is found where one begins with it, in any spelling."""
    query = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    terms, before = folding.terms(query)[:TERMS], request.GET.get("before", "")
    found = list(_found(request.membership, terms, before)[: ROWS + 1]) if terms else []
    context = {
        "query": query,
        "asked": bool(terms),
        "lines": [_line(row, terms) for row in found[:ROWS]],
        "before": found[ROWS - 1].pk if len(found) > ROWS else "",
    }
    template = "hiring/_searched.html" if request.htmx and before else "hiring/search.html"
    return render(request, template, context)


def _found(membership, terms, before):
    rows = Application.objects.for_company(membership.company_id).visible_to(membership)
    rows = rows.filter(pk__in=fulltext.matching(membership.company_id, terms))
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    return rows.select_related("job", "cv", "letter").prefetch_related("answers__file").order_by("-pk")


def _line(row, terms) -> dict:
    text = indexing.sent(row)
    shown = masking.mask(text, name=row.name) if row.name_hidden else text
    return {
        "row": row,
        "page": reverse("hiring:candidate", args=[row.pk]) + "?panel=cv",
        "pieces": snippet(shown, terms),
    }
