"""Marking words of an application: a fact to check, a typing mistake. Beside the reading and on the person's page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import notices, typed, undoing
from accounts.guards import fetch, member
from hiring import facts, judging
from hiring.forms import marks_of
from hiring.models import Application, FactKind, FactToCheck, Source, Stage, TypingMark
from hiring.pipeline import Refused
from hiring.undo_addresses import person_address
from hiring.views.moves import BOSSES, application_of


@member(*BOSSES)
@require_POST
def add_fact(request, pk):
    kind = request.POST.get("kind")
    return _added(
        request,
        application_of(request, pk),
        facts.add_fact,
        _("Fact to check: noted."),
        kind=kind if kind in FactKind.values else FactKind.OTHER,
    )


@member(*BOSSES)
@require_POST
def add_typing(request, pk):
    return _added(request, application_of(request, pk), facts.add_typing, _("Typing mistake: noted."))


def _added(request, application, add, said, **fields):
    source = request.POST.get("source")
    source = source if source in Source.values else Source.CV
    quote = typed.text(request.POST, "quote", 2_000)
    return _done(
        request,
        application,
        lambda: add(application, by=request.membership, quote=quote, source=source, **fields),
        said,
    )


@member(*BOSSES)
@require_POST
def remove_fact(request, pk):
    fact = fetch(request, FactToCheck.objects.select_related("application__job"), pk=pk)
    return _done(
        request,
        fact.application,
        lambda: facts.remove(fact, by=request.membership),
        _("Taken off the facts to check."),
    )


@member(*BOSSES)
@require_POST
def remove_typing(request, pk):
    mark = fetch(request, TypingMark.objects.select_related("application__job"), pk=pk)
    return _done(
        request,
        mark.application,
        lambda: facts.remove(mark, by=request.membership),
        _("Taken off the typing mistakes."),
    )


def _done(request, application, act, said):
    """Does it, says so with its Undo, and shows the lists again: the part of the page, or the page it stood on."""
    _keep_marks(request, application)
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        _say(request, application, said)
    if request.htmx:
        return render(request, "hiring/_marked_answer.html", _lists(application))
    if request.POST.get("how") == "queue":
        return redirect(f"{reverse('hiring:read', args=[application.job_id])}?at={application.pk}")
    return redirect(f"{reverse('hiring:candidate', args=[application.pk])}?panel={Stage.CV}")


def _keep_marks(request, application):
    """Without scripts the page is loaded anew: what was ticked on it stays, unless somebody decided meanwhile."""
    if not request.htmx and request.POST.get("expected") == application.standing == Stage.CV:
        posted = marks_of(request.POST, judging.requirements(application))
        judging.mark_cv(application, by=request.membership, marks=posted)


def _say(request, application, said):
    row = Application.everything.only(*undoing.FIELDS).get(pk=application.pk)
    words = [mark for word in facts.MODEL if (mark := undoing.offered(row, word, request.membership))]
    newest = max(words, key=lambda mark: row.undoable[mark.partition("-")[0]]["at"], default="")
    address = person_address(application, newest)
    queue = "&how=queue" if address and request.POST.get("how") == "queue" else ""
    notices.undo(request, said, address + queue)


def _lists(application) -> dict:
    marked = facts.marked(application)
    return marked | {
        "typing_by": facts.counted(marked["typing"]),
        "has_writing": judging.requirements(application).filter(key="writing").exists(),
    }
