"""What is new, behind the bell, and what each person wants to be told by mail."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import member
from mailroom import digest, told
from mailroom.models import How, Notice

PAGE = 50
PANEL = 8


@member()
@require_safe
def new(request):
    """Newest first, by key; the bell's panel gets the first few of those that nobody has seen to."""
    mine = Notice.objects.filter(member=request.membership)
    before = request.GET.get("before", "")
    rows = mine.filter(pk__lt=int(before)) if _is_number(before) else mine
    if request.htmx:
        rows = rows.filter(handled_at=None)
    size = PANEL if request.htmx else PAGE
    found = list(rows.order_by("-pk")[: size + 1])
    items = _items(found[:size], request.membership)
    context = {
        "items": [item for item in items if not item["over"]] if request.htmx else items,
        "more": found[size - 1].pk if len(found) > size else None,
        "first": not before,
        "up_to": found[0].pk if found and request.membership.unseen else 0,
    }
    return render(request, "mailroom/_new.html" if request.htmx else "mailroom/new.html", context)


def _items(rows, membership) -> list[dict]:
    """What this member may still see of it; done things are shown quietly."""
    things = digest.things(rows, [membership])
    shown = []
    for row in rows:
        thing = things[row.kind].get(row.about_id)
        if thing is not None and membership.pk in thing.readers:
            over = thing.handled or row.handled_at is not None
            is_new = not (over or row.seen_at)
            line = thing.say(membership)
            shown.append({"row": row, "line": line, "path": thing.path, "is_new": is_new, "over": over})
    return shown


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


@member()
@require_POST
def seen(request):
    """Marks what was on the page; what came meanwhile stays new."""
    up_to = request.POST.get("up_to", "")
    if _is_number(up_to):
        told.seen(request.membership, up_to=int(up_to))
    if request.htmx:
        left = Notice.objects.filter(member=request.membership, seen_at=None, handled_at=None)
        return render(request, "mailroom/_count.html", {"unseen": left[: told.COUNTED].count()})
    return redirect("mailroom:new")


@member()
def wishes(request):
    """One row of three choices for each kind that this person's role can get."""
    membership = request.membership
    kinds = told.kinds_for(membership.role)
    chosen, wrong = {}, False
    if request.method == "POST":
        chosen = {kind.key: request.POST.get(kind.key, "") for kind in kinds}
        wrong = not set(chosen.values()) <= set(How.values)
        if not wrong:
            told.choose(membership, chosen)
            messages.success(request, _("Saved."))
            return redirect("mailroom:told")
    kept = told.wishes([membership], kinds)
    rows = [(kind, chosen.get(kind.key) or kept[membership.pk, kind.key][1]) for kind in kinds]
    context = {"rows": rows, "choices": How.choices, "wrong": wrong, "zone": get_current_timezone_name()}
    return render(request, "mailroom/told.html", context, status=422 if wrong else 200)
