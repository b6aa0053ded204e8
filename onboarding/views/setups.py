"""The set-up list of a job: what the shop gets ready while it hires."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices, places, undoing
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import country_items, setups
from onboarding.forms import posted
from onboarding.models import SetupItem, SetupList
from onboarding.setup_forms import AddressForm, AddThingForm, DeskForm, ThingForm

BOSSES = (Role.OWNER, Role.MANAGER)
SEATS = 500


@member(*BOSSES)
@require_safe
def show(request, pk):
    return _page(request, fetch(request, SetupList, pk=pk))


def _page(request, setup, status=200, **forms):
    setup.company = request.company  # known already
    parts = setups.shown(setup)
    asked = [item for name in ("ours", "country", "own") for item in parts[name] if item.needed]
    open_question = int(setup.first_employee is None)
    seats = _seats(request.GET.get("seats", ""), setup.seats)
    context = {
        "setup": setup,
        "parts": parts,
        "done": sum(item.done_at is not None for item in asked),
        "total": len(asked) + open_question,
        "seats": seats,
        "desks": setups.help_desks(request.company, seats),
        "address_form": AddressForm(initial={"address": setup.support_address}),
        "add_form": AddThingForm(),
        "desk_error": "",
    } | _country(request, setup)
    return render(request, "onboarding/setup.html", context | forms, status=status)


def _country(request, setup) -> dict:
    """Whose list is shown, and whether the shop is somewhere else by now."""
    moved = bool(setup.first_employee) and setup.country != request.company.country
    mark = undoing.offered(setup, "country", request.membership)
    return {
        "country": places.country_name(setup.country) or _("your country"),
        "moved_to": places.country_name(request.company.country) if moved else "",
        "checked": country_items.CHECKED,
        "country_undo": notices.marked(reverse("onboarding:setup_country_back", args=[setup.pk]), mark),
    }


def _seats(text, known) -> int:
    if not text:
        return known
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return int(text) if is_number and 0 < int(text) <= SEATS else 1


@member(*BOSSES)
@require_POST
def add(request, pk):
    setup = fetch(request, SetupList, pk=pk)
    form = AddThingForm(request.POST)
    if form.is_valid():
        try:
            item = setups.add(setup, by=request.membership, **form.cleaned_data)
        except setups.Refused as refused:
            form.add_error("title", str(refused))
        else:
            _undo(request, item, _("On the list: %(thing)s"), "remove")
            return redirect("onboarding:setup", pk=pk)
    return _page(request, setup, 422, add_form=form)


@member(*BOSSES)
@require_POST
def address(request, pk):
    setup = fetch(request, SetupList, pk=pk)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, setup, 422, address_form=form)
    setups.set_address(setup, by=request.membership, address=form.cleaned_data["address"])
    messages.success(request, _("Saved."))
    return redirect("onboarding:setup", pk=pk)


@member(*BOSSES)
@require_POST
def desk(request, pk):
    setup = fetch(request, SetupList, pk=pk)
    names = [row["name"] for row in setups.help_desks(request.company, 1)]
    form = DeskForm(request.POST, names=names)
    if not form.is_valid():
        return _page(request, setup, 422, desk_error=_("Choose one of the list."))
    setups.choose_desk(setup, by=request.membership, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("onboarding:setup", pk=pk)


@member(*BOSSES)
@require_POST
def first(request, pk):
    """The question about the first employee ever; the other answer is its Undo."""
    setup, answer = fetch(request, SetupList, pk=pk), request.POST.get("first")
    if answer not in {"yes", "no"}:
        raise Http404
    setups.answer_first(setup, by=request.membership, first=answer == "yes")
    return redirect("onboarding:setup", pk=pk)


@member(*BOSSES)
@require_POST
def country(request, pk):
    """The list of the country the shop is in now."""
    setup = fetch(request, SetupList, pk=pk)
    if setups.take_country(setup, by=request.membership):
        setup.refresh_from_db(fields=undoing.FIELDS)
        mark = undoing.offered(setup, "country", request.membership)
        back = notices.marked(reverse("onboarding:setup_country_back", args=[pk]), mark)
        notices.undo(
            request, _("This is the other country's list. What you had ticked is still there."), back
        )
    return redirect("onboarding:setup", pk=pk)


@member(*BOSSES)
@require_POST
def country_take_back(request, pk):
    setup = fetch(request, SetupList, pk=pk)
    return notices.take_back(
        request,
        lambda mark: setups.take_back_country(setup, mark, by=request.membership),
        back=reverse("onboarding:setup", args=[pk]),
    )


@member(*BOSSES)
def item(request, pk):
    """One thing: the shop's own words, a note, a link."""
    found = fetch(request, SetupItem.objects.select_related("setup", "done_by"), pk=pk)
    form = ThingForm(posted(request), item=found)
    if request.method == "POST" and form.is_valid():
        try:
            setups.change(found, by=request.membership, **form.cleaned_data)
        except conflicts.Changed as now:
            theirs = [ThingForm(None, item=now.row)]
            return conflicts.page(
                request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path
            )
        messages.success(request, _("Saved."))
        return redirect("onboarding:setup", pk=found.setup_id)
    context = {"item": found, "form": form}
    return render(request, "onboarding/setup_item.html", context, status=422 if form.errors else 200)


# verb -> (what does it, what is said, the verb that takes it back)
ACTS = {
    "done": (lambda item, by: setups.mark(item, by=by, done=True), gettext_lazy("Done: %(thing)s"), "undone"),
    "undone": (
        lambda item, by: setups.mark(item, by=by, done=False),
        gettext_lazy("Not done yet: %(thing)s"),
        "done",
    ),
    "not_needed": (
        lambda item, by: setups.need(item, by=by, needed=False),
        gettext_lazy("Not needed: %(thing)s"),
        "needed",
    ),
    "needed": (
        lambda item, by: setups.need(item, by=by, needed=True),
        gettext_lazy("Needed after all: %(thing)s"),
        "not_needed",
    ),
    "remove": (setups.take_off, gettext_lazy("Off the list: %(thing)s"), "put_back"),
    "put_back": (setups.put_back, gettext_lazy("On the list: %(thing)s"), "remove"),
}


@member(*BOSSES)
@require_POST
def act(request, pk, verb):
    found = fetch(request, SetupItem.objects.select_related("setup"), pk=pk)
    do, said, opposite = ACTS[verb]
    if do(found, by=request.membership):
        _undo(request, found, said, opposite)
    return redirect("onboarding:setup", pk=found.setup_id)


def _undo(request, item, said, verb):
    back = reverse(f"onboarding:setup_{verb}", args=[item.pk])
    notices.undo(request, said % {"thing": item.label}, back)
