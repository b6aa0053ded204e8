"""The second factor a shop asks of everybody: the owner's rule, the page for who has none, and the reset."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import conflicts, second_factors
from accounts.forms import FactorsForm
from accounts.guards import fetch, member
from accounts.models import Company, Membership, Role


@member(Role.OWNER)
def rule(request):
    """GET shows the rule and who has no factor; POST changes it, and asks for the password again before."""
    shop = Company.objects.get(pk=request.company.pk)
    form = FactorsForm(request.POST or None, shop=shop)
    if request.method == "POST":
        return _change(request, shop, form)
    return _page(request, form)


@reauthentication_required
def _change(request, shop, form):
    try:
        if not form.is_valid():
            return _page(request, form, status=422)
        seen = form.cleaned_data["seen"]
        second_factors.ask_everybody(shop, since=form.day, by=request.membership, seen=seen)
    except second_factors.Refused as refused:
        form.add_error("everybody", str(refused))
        return _page(request, form, status=422)
    except conflicts.Changed as changed:
        theirs, now = [FactorsForm(shop=changed.row)], changed.row.revision
        return conflicts.page(request, mine=[form], theirs=theirs, seen=now, back=request.path)
    messages.success(request, _("Saved."))
    return redirect("accounts:factors")


def _page(request, form, status=200):
    context = {
        "form": form,
        "without": second_factors.without(request.company),
        "has_own": request.membership.has_factor,
    }
    return render(request, "accounts/factors.html", context, status=status)


@member()
@require_safe
def needed(request):
    """Where everything leads for somebody who owes the shop a factor."""
    if not second_factors.is_shut_out(request.membership):
        return redirect("home")
    return render(request, "accounts/factor_needed.html", {"shop": request.company})


@member(Role.OWNER)
@require_POST
def reset(request, pk):
    return _reset(request, fetch(request, Membership.objects.active(), pk=pk))


@reauthentication_required
def _reset(request, place):
    try:
        second_factors.reset(place, by=request.membership)
    except second_factors.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The second factor is reset, and a mail says so."))
    return redirect("accounts:member", place.pk)
