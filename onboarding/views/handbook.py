"""The handbook's pages: reading, writing, versions, their place, and putting them away."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, deleting, notices, typed, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import (
    handbook,
    handbook_difference,
    handbook_markdown,
    handbook_proposals,
    handbook_questions,
    handbook_reading,
    handbook_shown,
    handbook_start,
)
from onboarding.forms import posted
from onboarding.handbook_forms import AskForm, NewPageForm, PageForm
from onboarding.models import HandbookPage, HandbookProposal, HandbookVersion
from onboarding.models.handbook import BODY, SHELVES, Shelf
from onboarding.views.mine import own
from vault import folding

# Where else something of the kind is kept: the page leads there, and nothing is written twice.
ASK_FIRST = ("onboarding:ask_first", gettext_lazy("When to ask first"))
TONE = ("onboarding:tone", gettext_lazy("How we sound, with examples"))
SEE_ALSO = {"refund_limit": ASK_FIRST, "exchanges": ASK_FIRST, "tone": TONE, "never_say": TONE}
ASKED = 100  # letters of a search
SOON = timedelta(days=3)  # for reading a page


def reader(request) -> tuple[bool, bool]:
    """May this member read it, which a new hire does while their plan runs; and do they go on from the bar below?"""
    is_new = not request.membership.is_boss and own(request) is not None
    return is_new or request.membership.role != Role.HIRE, is_new


def found_page(request, pk) -> HandbookPage:
    return fetch(request, HandbookPage.objects.select_related("company"), pk=pk)


def _home() -> str:
    return reverse("onboarding:handbook")


# -- reading


@member()
@require_safe
def index(request):
    may, has_bar = reader(request)
    if not may:
        return render(request, "onboarding/today_none.html")
    query = typed.text(request.GET, "q", ASKED)
    terms = folding.terms(query)[:8]
    if terms:
        return _search(request, query, terms, has_bar)
    rows = handbook_shown.rows(request.membership, handbook_shown.pages(request.membership).in_order())
    shelves = handbook_shown.shelves(request.membership, rows)
    boss = request.membership.is_boss
    start = handbook_start.progress(request.company) if boss else None
    context = {
        "shelves": shelves if boss else [shelf for shelf in shelves if shelf.rows],
        "choices": Shelf.choices,
        "rows": rows,
        "to_read": [] if boss else [row for row in rows if row.is_asked],
        "query": query,
        "has_bar": has_bar,
        "ordering": boss and "order" in request.GET,
        "start": start,
        "begin": start.next.key if start and start.next else handbook_questions.QUESTIONS[0].key,
        "proposals": HandbookProposal.objects.for_company(request.company)
        .visible_to(request.membership)
        .aggregate(open=Count("pk", Q(state="open", page__deleted_at=None)), total=Count("pk")),
        "asked": [row.page for row in rows if row.page.asked_number] if boss else [],
    }
    return render(request, "onboarding/handbook.html", context)


def _search(request, query, terms, has_bar):
    rows = handbook_shown.found(request.membership, terms)
    said = ngettext("%(n)s page found.", "%(n)s pages found.", len(rows)) % {"n": len(rows)}
    context = {
        "rows": rows,
        "query": query,
        "has_bar": has_bar,
        "said": said if rows else _("Nothing found."),
    }
    return render(request, "onboarding/handbook_found.html", context)


@member()
@require_safe
def page(request, pk):
    return page_view(request, found_page(request, pk))


def page_view(request, row, status=200, **forms):
    boss = request.membership.is_boss
    beside = HandbookPage.objects.for_company(request.company).filter(family=row.family)
    others = list(beside.exclude(pk=row.pk).order_by("language"))
    marks = handbook_reading.of_member(request.membership, [row])
    context = {
        "page": row,
        "html": handbook_markdown.html(row.body),
        "others": others,
        "language": dict(HandbookPage._meta.get_field("language").choices)[row.language],
        "free": len(others) + 1 < len(HandbookPage._meta.get_field("language").choices),
        "see_also": SEE_ALSO.get(row.key),
        "number": marks.get(row.pk, 0),
        "readers": handbook_reading.readers(row) if boss else [],
        "proposals": _proposals(request, row),
        "ask_form": AskForm(initial={"until": row.asked_until or localdate() + SOON}),
        "has_bar": reader(request)[1],
    } | forms
    return render(request, "onboarding/handbook_page.html", context, status=status)


def _proposals(request, row) -> list:
    rows = row.proposals.visible_to(request.membership).open()
    return list(rows.select_related("by").order_by("at", "pk"))


@member()
@require_safe
def on_paper(request):
    """All pages one after the other, for the printer and for reading without a line."""
    if not reader(request)[0]:
        return render(request, "onboarding/today_none.html")
    rows = handbook_shown.rows(request.membership, handbook_shown.pages(request.membership).in_order())
    for row in rows:
        row.html = handbook_markdown.html(row.page.body)
    shelves = [shelf for shelf in handbook_shown.shelves(request.membership, rows) if shelf.rows]
    return render(request, "onboarding/handbook_print.html", {"shelves": shelves})


# -- writing


@member(Role.OWNER, Role.MANAGER)
def new(request):
    shelf = request.GET.get("shelf", "")
    start = {"shelf": shelf if shelf in SHELVES else Shelf.VALUES, "language": get_language()}
    return _create(request, NewPageForm(posted(request), initial=start), None)


@member(Role.OWNER, Role.MANAGER)
def translate(request, pk):
    """The same page in another language, with the original beside it."""
    row = found_page(request, pk)
    taken = set(
        HandbookPage.objects.for_company(request.company)
        .filter(family=row.family)
        .values_list("language", flat=True)
    )
    free = [pair for pair in HandbookPage._meta.get_field("language").choices if pair[0] not in taken]
    if not free:
        messages.info(request, _("This page is there in every language."))
        return redirect("onboarding:handbook_page", pk=pk)
    form = NewPageForm(
        posted(request), initial={"title": row.label if row.key else ""}, languages=free, has_shelf=True
    )
    return _create(request, form, row)


def _create(request, form, beside):
    if _asks_for_preview(request) or request.method != "POST" or not form.is_valid():
        return _editor(request, form, beside=beside)
    values = {"shelf": beside.shelf} if beside else {}
    try:
        row = handbook.create(
            company=request.company, by=request.membership, beside=beside, **(form.cleaned_data | values)
        )
    except handbook.Refused as refused:
        form.add_error(None, str(refused))
        return _editor(request, form, beside=beside, status=409)
    messages.success(request, _("The page is in the handbook."))
    return redirect("onboarding:handbook_page", pk=row.pk)


@member(Role.OWNER, Role.MANAGER)
def edit(request, pk):
    row = found_page(request, pk)
    form = PageForm(posted(request), page=row)
    if _asks_for_preview(request) or request.method != "POST" or not form.is_valid():
        return _editor(request, form, page=row)
    return _save(request, row, form)


def _save(request, row, form):
    address = reverse("onboarding:handbook_page", args=[row.pk])
    try:
        changed = handbook.write(row, by=request.membership, **form.cleaned_data)
    except conflicts.Changed as now:
        theirs = [PageForm(page=now.row)]
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now.row.revision, back=address)
    except handbook.Refused as refused:
        form.add_error(None, str(refused))
        return _editor(request, form, page=row, status=409)
    if changed and form.cleaned_data.get("ask_again"):
        row.refresh_from_db()
        handbook_reading.tell(row, by=request.membership)
    messages.success(request, _("Saved as a new version.") if changed else _("Nothing was changed."))
    return redirect(address)


def _asks_for_preview(request) -> bool:
    return request.method == "POST" and request.POST.get("do") == "preview"


def _editor(request, form, *, page=None, beside=None, status=None):
    if _asks_for_preview(request):
        form.errors.clear()
    status = status or (422 if form.errors else 200)
    context = {
        "form": form,
        "page": page,
        "beside": beside,
        "beside_html": handbook_markdown.html(beside.body) if beside else "",
        "html": handbook_markdown.html(handbook.plain(str(form["body"].value() or ""))[:BODY]),
    }
    return render(request, "onboarding/handbook_edit.html", context, status=status)


@member()
@require_POST
def preview(request):
    """What is being typed, as it will look; kept nowhere."""
    html = handbook_markdown.html(handbook.plain(typed.text(request.POST, "body", BODY)))
    return render(request, "onboarding/_handbook_preview.html", {"html": html})


# -- versions


@member()
@require_safe
def versions(request, pk):
    row = found_page(request, pk)
    rows = list(row.versions.select_related("by").order_by("-number"))
    for each, before in zip(rows, [*rows[1:], None], strict=True):
        each.label = handbook_proposals.label_of(row, each)
        each.before = before.number if before else None
    context = {"page": row, "versions": rows, "compared": _compared(request, rows)}
    return render(request, "onboarding/handbook_versions.html", context)


def _compared(request, rows) -> dict | None:
    """The two versions named in the address; without both of them nothing is compared."""
    numbers = {str(row.number): row for row in rows}
    old, new = (numbers.get(request.GET.get(name, "")) for name in ("from", "to"))
    if old is None or new is None:
        return None
    text = handbook_difference.difference(whole(old), whole(new))
    return {"old": old, "new": new, "pieces": text}


def whole(version) -> str:
    """Title and text of a version as one text."""
    return f"{version.label}\n\n{version.body}"


@member(Role.OWNER, Role.MANAGER)
@require_POST
def go_back(request, pk, number):
    row = found_page(request, pk)
    if not HandbookVersion.objects.filter(page=row, number=number).exists():
        raise Http404
    try:
        handbook.go_back(row, number, by=request.membership, seen=_number(request.POST.get("seen")))
    except conflicts.Changed:
        sentence = _("Somebody wrote another version meanwhile. Nothing was changed.")
        back = reverse("onboarding:handbook_versions", args=[pk])
        return render(request, "409.html", {"sentence": sentence, "back": back}, status=409)
    messages.success(request, _("Version %(n)s stands again, as the newest one.") % {"n": number})
    return redirect("onboarding:handbook_page", pk=pk)


def _number(value) -> int:
    """What a form of ours sent; anything else fits no version."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


# -- the place of a page


@member(Role.OWNER, Role.MANAGER)
@require_POST
def place(request, pk):
    """Up, down, to an index, or to another shelf; from a button, a list to choose from, or by dragging."""
    row = found_page(request, pk)
    shelf = request.POST.get("shelf", row.shelf)
    if shelf not in SHELVES:
        raise Http404
    moved = handbook.place(row, by=request.membership, shelf=shelf, index=_number(request.POST.get("index")))
    if moved:
        row.refresh_from_db()
        notices.undo(
            request, _("Moved: %(page)s") % {"page": row.label}, _place_undo(row, request.membership)
        )
    return redirect(f"{_home()}?order")


def _place_undo(row, membership) -> str:
    mark = undoing.offered(row, "place", membership)
    return notices.marked(reverse("onboarding:handbook_place_back", args=[row.pk]), mark)


@member(Role.OWNER, Role.MANAGER)
@require_POST
def place_back(request, pk):
    row = found_page(request, pk)
    return notices.take_back(
        request, lambda mark: handbook.place_back(row, mark, by=request.membership), back=_home()
    )


# -- putting away


@member(Role.OWNER, Role.MANAGER)
@require_POST
def archive(request, pk):
    row = found_page(request, pk)
    handbook.archive(row, by=request.membership)
    undo = reverse("onboarding:handbook_put_back", args=[pk])
    said = _("Put away: %(page)s. For 14 days it lies in Recently deleted.") % {"page": row.label}
    notices.undo(request, said, undo)
    return redirect("onboarding:handbook")


@member(Role.OWNER, Role.MANAGER)
@require_POST
def put_back(request, pk):
    row = fetch(request, HandbookPage.everything.select_related("company"), pk=pk)
    if row.deleted_at and row.deleted_at <= deleting.limit():
        raise Http404
    try:
        handbook.put_back(row, by=request.membership)
    except deleting.Refused as refused:
        messages.error(request, str(refused))
        return redirect("deleted")
    messages.success(request, _("%(what)s is back.") % {"what": row.label})
    return redirect("onboarding:handbook_page", pk=pk)
