"""Who has read the handbook, and what new colleagues propose for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, typed, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import handbook, handbook_difference, handbook_proposals, handbook_reading
from onboarding.forms import posted
from onboarding.handbook_forms import AskForm, DeclineForm, PageForm, ProposeForm, TakeForm
from onboarding.models import HandbookPage, HandbookProposal
from onboarding.models.handbook import BODY, Answer
from onboarding.views.handbook import _number, found_page, page_view, reader, whole

# -- read marks


@member()
@require_POST
def read(request, pk):
    """This version was read: the one that was on the screen, or the page comes back as it is now."""
    row = found_page(request, pk)
    number = _number(request.POST.get("number"))
    try:
        made = handbook_reading.mark(row, by=request.membership, number=number)
    except handbook.Refused as refused:
        messages.warning(request, str(refused))
        return page_view(request, found_page(request, pk), status=409)
    if made:
        undo = reverse("onboarding:handbook_unread", args=[pk])
        notices.undo(request, _("Read: %(page)s") % {"page": row.label}, undo)
    return redirect("onboarding:handbook_page", pk=pk)


@member()
@require_POST
def unread(request, pk):
    row = found_page(request, pk)
    handbook_reading.unmark(row, by=request.membership, number=row.revision)
    return redirect("onboarding:handbook_page", pk=pk)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def ask(request, pk):
    row = found_page(request, pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return page_view(request, row, status=422, ask_form=form)
    if handbook_reading.ask(row, by=request.membership, until=form.cleaned_data["until"]):
        undo = reverse("onboarding:handbook_ask_stop", args=[pk])
        notices.undo(request, _("Everybody on their way is asked to read it."), undo)
    return redirect("onboarding:handbook_page", pk=pk)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def ask_stop(request, pk):
    row = found_page(request, pk)
    handbook_reading.stop_asking(row, by=request.membership)
    messages.success(request, _("Nobody is asked to read it any more. Who has read it stays."))
    return redirect("onboarding:handbook_page", pk=pk)


@member(Role.OWNER, Role.MANAGER)
@require_safe
def reading(request):
    """Pages that are asked to be read, and who has."""
    pages = HandbookPage.objects.for_company(request.company).exclude(asked_number=0).in_order()
    lines = handbook_reading.lines(request.company, list(pages))
    return render(request, "onboarding/handbook_reading.html", {"lines": lines})


# -- proposing


@member()
def propose(request, pk):
    row = found_page(request, pk)
    if request.membership.is_boss:
        return redirect("onboarding:handbook_edit", pk=pk)
    mine = row.proposals.filter(by=request.membership, state=Answer.OPEN).first()
    form = ProposeForm(posted(request), initial=_begin(row, mine))
    if request.method == "POST" and form.is_valid():
        return _propose(request, row, form)
    context = {"page": row, "form": form, "mine": mine}
    return render(request, "onboarding/handbook_propose.html", context, status=422 if form.errors else 200)


def _begin(row, mine) -> dict:
    """One's own open proposal, else the page as it is."""
    if mine is not None:
        return {"title": mine.title, "body": mine.body, "reason": mine.reason, "seen": mine.number}
    return {"title": row.label, "body": row.body, "seen": row.revision}


def _propose(request, row, form):
    values = dict(form.cleaned_data)
    try:
        found = handbook_proposals.propose(row, by=request.membership, number=values.pop("seen"), **values)
    except handbook.Refused as refused:
        form.add_error("body", str(refused))
        context = {"page": row, "form": form, "mine": None}
        return render(request, "onboarding/handbook_propose.html", context, status=422)
    messages.success(request, _("Proposed. You hear what becomes of it."))
    return redirect("onboarding:handbook_proposal", pk=found.pk)


@member()
@require_safe
def proposals(request):
    if not reader(request)[0]:
        return render(request, "onboarding/today_none.html")
    rows = HandbookProposal.objects.for_company(request.company).visible_to(request.membership)
    rows = list(rows.filter(page__deleted_at=None).select_related("page", "by").order_by("-at", "-pk")[:100])
    context = {
        "waiting": [row for row in rows if row.state == Answer.OPEN],
        "answered": [row for row in rows if row.state != Answer.OPEN],
    }
    return render(request, "onboarding/handbook_proposals.html", context)


def _fetch(request, pk) -> HandbookProposal:
    beside = ("page__company", "by", "answered_by")
    return fetch(
        request, HandbookProposal.objects.filter(page__deleted_at=None).select_related(*beside), pk=pk
    )


@member()
@require_safe
def proposal(request, pk):
    return _proposal(request, _fetch(request, pk))


def _proposal(request, row, status=200, **forms):
    texts = handbook_proposals.texts(row)
    base = row.page.versions.get(number=row.number)
    base.label = handbook_proposals.label_of(row.page, base)
    start = {"title": row.title, "body": texts.start, "seen": row.page.revision}
    context = {
        "proposal": row,
        "page": row.page,
        "texts": texts,
        "pieces": handbook_difference.difference(whole(base), f"{row.title}\n\n{row.body}"),
        "since": handbook_difference.difference(texts.base, texts.now) if texts.is_stale else [],
        "take_form": TakeForm(initial=start),
        "decline_form": DeclineForm(),
        "undo": _undo(row, request.membership),
        "typed": "",
    } | forms
    return render(request, "onboarding/handbook_proposal.html", context, status=status)


def _undo(row, membership) -> str:
    mark = undoing.offered(row, "answer", membership)
    return notices.marked(reverse("onboarding:handbook_proposal_reopen", args=[row.pk]), mark)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def take(request, pk):
    row = _fetch(request, pk)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _proposal(request, row, 422, take_form=form)
    try:
        done = handbook_proposals.take_over(row, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        theirs = [PageForm(page=now.row)]
        back = reverse("onboarding:handbook_proposal", args=[pk])
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=back)
    except handbook_proposals.Answered:
        return _answered(request, pk)
    notices.undo(request, _("It is in the handbook now."), _undo(done, request.membership))
    return redirect("onboarding:handbook_page", pk=row.page_id)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def decline(request, pk):
    row = _fetch(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _proposal(request, row, 422, decline_form=form)
    try:
        done = handbook_proposals.decline(row, by=request.membership, **form.cleaned_data)
    except handbook_proposals.Answered:
        return _answered(request, pk)
    said = _("Answered. %(name)s is told in ten minutes.") % {"name": row.by}
    notices.undo(request, said, _undo(done, request.membership))
    return redirect("onboarding:handbook_proposals")


def _answered(request, pk):
    """Somebody was faster: the page as it is now, with what was typed."""
    messages.warning(request, _("This proposal was answered or withdrawn meanwhile."))
    typed_text = typed.text(request.POST, "body", BODY) or typed.text(request.POST, "comment", 500)
    return _proposal(request, _fetch(request, pk), 409, typed=typed_text)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def reopen(request, pk):
    row = _fetch(request, pk)
    return notices.take_back(
        request,
        lambda mark: handbook_proposals.reopen(row, mark, by=request.membership),
        back=reverse("onboarding:handbook_proposal", args=[pk]),
    )


@member()
@require_POST
def withdraw(request, pk):
    row = _fetch(request, pk)
    if row.by_id != request.membership.pk:
        raise PermissionDenied
    if not handbook_proposals.withdraw(row, by=request.membership):
        return _answered(request, pk)
    messages.success(request, _("Withdrawn. Nobody needs to look at it any more."))
    return redirect("onboarding:handbook_page", pk=row.page_id)
