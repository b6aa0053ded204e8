"""The decision memo on one page, and as a PDF. Who leads the job reads it; taking it along is written down."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import conflicts, notices, undoing
from accounts.guards import fetch, member
from hiring import memos
from hiring.memo_forms import MemoForm
from hiring.models import Application
from hiring.views.moves import BOSSES
from vault import files


def _person(request, pk) -> Application:
    return fetch(request, Application.objects.select_related("job__company"), pk=pk)


@member(*BOSSES)
def page(request, pk):
    application = _person(request, pk)
    words = memos.words(application)
    if request.method != "POST":
        return _page(request, application, words, MemoForm(memo=words))
    form = MemoForm(request.POST, memo=words)
    if not form.is_valid():
        return _page(request, application, words, form, status=422)
    try:
        memos.save(application, by=request.membership, values=form.values(), seen=form.cleaned_data["seen"])
    except conflicts.Changed as now:
        theirs = [MemoForm(memo=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path)
    notices.undo(request, _("Kept."), _undo(application, memos.words(application), request.membership))
    return redirect("hiring:memo", application.pk)


def _undo(application, words, member) -> str:
    address = reverse("hiring:memo_take_back", args=[application.pk])
    return notices.marked(address, undoing.offered(words, "memo", member))


def _page(request, application, words, form, status=200):
    memo = memos.of(application, request.membership)
    context = {
        "application": application,
        "job": application.job,
        "memo": memo,
        "words": words,
        "form": form,
        "considered": memos.considered(memo),
        "cost": memos.cost(memo),
        "undo": _undo(application, words, request.membership),
    }
    return render(request, "hiring/memo.html", context, status=status)


@member(*BOSSES)
@require_POST
def take_back(request, pk):
    application = _person(request, pk)
    return notices.take_back(
        request,
        lambda mark: memos.take_back(application, mark, by=request.membership),
        back=reverse("hiring:memo", args=[pk]),
    )


@member(*BOSSES)
@require_GET
def on_paper(request, pk):
    from hiring import memo_paper  # fonts and their engine: only for a process that is asked for paper

    application = _person(request, pk)
    made = memo_paper.pdf(application, memos.of(application, request.membership), memos.words(application))
    memos.record("memo.downloaded", application, request.membership)
    return files.made(made, name=memo_paper.name(application), kind="application/pdf")
