"""Is this the same person? Asked on the person's page and on one list; only people answer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import notices, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from hiring import duplicates
from hiring.models import Application, Said, SamePerson

BOSSES = (Role.OWNER, Role.MANAGER)
ROWS = 20
REASONS = {
    "email": gettext_lazy("same e-mail address"),
    "phone": gettext_lazy("same phone number"),
    "name": gettext_lazy("similar name"),
}
DONE = {
    Said.SAME: gettext_lazy("Both applications are of one person now."),
    Said.OTHER: gettext_lazy("Two people, then. Nobody is asked again."),
}


@member(*BOSSES)
@require_safe
def index(request):
    """What nobody has decided, the newest first."""
    rows = SamePerson.objects.for_company(request.company).visible_to(request.membership).open()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("first__job", "second__job").order_by("-pk")[: ROWS + 1])
    context = {
        "lines": [line(pair) for pair in found[:ROWS]],
        "before": found[ROWS - 1].pk if len(found) > ROWS else "",
    }
    piece = request.htmx and before
    return render(request, "hiring/_duplicates.html" if piece else "hiring/duplicates.html", context)


def line(pair) -> dict:
    """One question in words.

    While one of the two names is hidden neither is named, and nothing leads to the page that would name them.
    """
    hidden = pair.first.name_hidden or pair.second.name_hidden
    people = [_person(half, hidden) for half in (pair.first, pair.second)]
    return {"pair": pair.pk, "people": people, "reasons": _because(pair.reasons)}


def _because(reasons) -> str:
    return ", ".join(str(REASONS[reason]) for reason in reasons)


def _person(application, hidden) -> dict:
    values = {"number": application.number, "job": application.job.title, "name": application.name}
    if hidden:
        return {"text": _("Applicant %(number)d of %(job)s") % values, "url": ""}
    url = reverse("hiring:candidate", args=[application.pk])
    return {"text": _("%(name)s, applicant %(number)d of %(job)s") % values, "url": url}


def beside(application, member) -> dict:
    """For the page of one person: what is asked, and what the same person sent before."""
    rows = duplicates.beside(application, member)
    hidden = {row.pk: application.name_hidden or row.name_hidden for row in rows}
    questions = [
        {"pair": row.pair, "people": [_person(row, hidden[row.pk])], "reasons": _because(row.reasons)}
        for row in rows
        if row.pair
    ]
    pages = {row.pk: "" if hidden[row.pk] else reverse("hiring:candidate", args=[row.pk]) for row in rows}
    earlier = [{"row": row, "url": pages[row.pk]} for row in rows if not row.pair]
    return {"questions": questions, "earlier": earlier}


@member(*BOSSES)
@require_POST
def decide(request, pk):
    """`said` is "same" or "other"; `at` is the application on whose page the button stood."""
    pair = fetch(request, SamePerson.objects.select_related("first", "second"), pk=pk)
    back = _back(request, pair)
    verb = {Said.SAME: duplicates.same, Said.OTHER: duplicates.somebody_else}.get(request.POST.get("said"))
    if verb is None:
        return redirect(back)
    try:
        application = verb(pair, by=request.membership)
    except duplicates.Decided as decided:
        return _too_late(request, decided.pair, back)
    except duplicates.Refused as refused:
        messages.error(request, str(refused))
    else:
        what = "grouped" if verb is duplicates.same else "apart"
        notices.undo(request, DONE[request.POST["said"]], _undo(request, application, what))
    return redirect(back)


def _back(request, pair) -> str:
    at = request.POST.get("at", "")
    if at in {str(pair.first_id), str(pair.second_id)}:
        return reverse("hiring:candidate", args=[at])
    return reverse("hiring:duplicates")


def _undo(request, application, what) -> str:
    mark = undoing.offered(application, what, request.membership)
    return notices.marked(reverse("hiring:take_back", args=[application.pk]), mark)


def _too_late(request, pair, back):
    who = {"who": pair.said_by or _("Somebody")}
    said = _("%(who)s has said already that they are two people.") if pair.said == Said.OTHER else ""
    said = said or _("%(who)s has said already that they are one person.")
    return render(request, "409.html", {"sentence": said % who, "back": back}, status=409)


@member(*BOSSES)
@require_POST
def ungroup(request, pk):
    application = fetch(request, Application.objects.select_related("job"), pk=pk)
    try:
        row = duplicates.ungroup(application, by=request.membership)
    except duplicates.Refused as refused:
        messages.error(request, str(refused))
    else:
        notices.undo(request, _("This application stands alone now."), _undo(request, row, "ungrouped"))
    return redirect("hiring:candidate", pk)
