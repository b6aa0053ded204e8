"""Accounts of one person: given before they come, taken back when they go."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, notices
from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import accounts_given
from onboarding.account_forms import AccountForm, AddAccountForm
from onboarding.forms import posted
from onboarding.models import Onboarding
from onboarding.views.steps import refuse_strangers

BOSSES = (Role.OWNER, Role.MANAGER)


def _led(request, pk) -> Onboarding:
    """A plan of somebody this member leads; also one that has ended, because that is when things are taken back."""
    onboarding = fetch(request, Onboarding.objects.with_people(), pk=pk)
    refuse_strangers(onboarding, request.membership)
    return onboarding


def _row(onboarding, key):
    row = accounts_given.row_of(onboarding, key)
    if row is None:
        raise Http404
    row.onboarding = onboarding
    return row


@member(*BOSSES)
@require_safe
def show(request, pk):
    return _page(request, _led(request, pk))


def _page(request, onboarding, status=200, **forms):
    found = accounts_given.rows(onboarding)
    listed = [row for row in found if not row.removed_at]
    context = {
        "onboarding": onboarding,
        "rows": listed,
        "off": [row for row in found if row.removed_at],
        "given": sum(row.given_at is not None for row in listed),
        "held": sum(row.is_held for row in listed),
        "left": accounts_given.has_left(onboarding),
        "add_form": AddAccountForm(),
    }
    return render(request, "onboarding/accounts_given.html", context | forms, status=status)


@member(*BOSSES)
@require_POST
def add(request, pk):
    onboarding = _led(request, pk)
    form = AddAccountForm(request.POST)
    if form.is_valid():
        try:
            row = accounts_given.add(onboarding, by=request.membership, **form.cleaned_data)
        except accounts_given.Refused as refused:
            form.add_error("title", str(refused))
        else:
            _undo(request, row, gettext_lazy("On the list: %(thing)s"), "remove")
            return redirect("onboarding:accounts_given", pk=pk)
    return _page(request, onboarding, 422, add_form=form)


@member(*BOSSES)
def change(request, pk, key):
    row = _row(_led(request, pk), key)
    form = AccountForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        values = {"refund_limit": None} | form.cleaned_data
        try:
            accounts_given.change(row, by=request.membership, **values)
        except conflicts.Changed as now:
            now.row.onboarding = row.onboarding
            theirs = [AccountForm(None, row=now.row)]
            return conflicts.page(
                request, mine=[form], theirs=theirs, seen=now.row.revision, back=request.path
            )
        messages.success(request, _("Saved."))
        return redirect("onboarding:accounts_given", pk=pk)
    context = {"form": form, "row": row, "onboarding": row.onboarding}
    return render(request, "onboarding/account_given.html", context, status=422 if form.errors else 200)


# verb -> (what does it, what is said, the verb that takes it back)
ACTS = {
    "give": (accounts_given.give, gettext_lazy("Given: %(thing)s"), "ungive"),
    "ungive": (accounts_given.ungive, gettext_lazy("Not given: %(thing)s"), "give"),
    "take_back": (accounts_given.take_back, gettext_lazy("Taken back: %(thing)s"), "untake"),
    "untake": (accounts_given.untake, gettext_lazy("Not taken back yet: %(thing)s"), "take_back"),
    "remove": (accounts_given.remove, gettext_lazy("Off the list: %(thing)s"), "put_back"),
    "put_back": (accounts_given.put_back, gettext_lazy("On the list: %(thing)s"), "remove"),
}


@member(*BOSSES)
@require_POST
def act(request, pk, key, verb):
    row = _row(_led(request, pk), key)
    do, said, opposite = ACTS[verb]
    try:
        changed = do(row, by=request.membership)
    except accounts_given.Refused as refused:
        messages.error(request, str(refused))
    else:
        if changed:
            _undo(request, row, said, opposite)
    return redirect("onboarding:accounts_given", pk=pk)


def _undo(request, row, said, verb):
    back = reverse(f"onboarding:account_{verb}", args=[row.onboarding_id, row.key])
    notices.undo(request, said % {"thing": row.label}, back)
