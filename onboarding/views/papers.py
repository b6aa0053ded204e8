"""Bank, identity and tax papers: the page of those who lead, the person's own, and the owner's switch."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.guards import fetch, member
from accounts.models import Role
from onboarding import papers
from onboarding.models import Onboarding, Paper, PaperKind
from onboarding.paper_forms import NumberForm, UntilForm
from onboarding.views.mine import own
from onboarding.views.steps import refuse_strangers


def _led(request, pk) -> Onboarding:
    onboarding = fetch(request, Onboarding.objects.with_people(), pk=pk)
    refuse_strangers(onboarding, request.membership)
    return onboarding


def _kind(kind) -> PaperKind:
    if kind not in PaperKind.values:
        raise Http404
    return PaperKind(kind)


def _paper(request, pk, kind) -> Paper:
    beside = ("onboarding__hire", "onboarding__company")
    return fetch(request, Paper.objects.select_related(*beside), onboarding=pk, kind=_kind(kind))


# -- for those who lead


@member(Role.OWNER, Role.MANAGER)
@require_safe
def show(request, pk):
    return _page(request, _led(request, pk))


def _page(request, onboarding, status=200, bound=None):
    """`bound` are forms that were refused: {kind: form}, and {"until": {kind: form}}."""
    bound, on = bound or {}, papers.is_on(request.company)
    rows = [
        {"line": line, "form": bound.get(line.kind) or NumberForm(kind=line.kind)}
        | ({"until": _until(line.paper, bound)} if line.paper else {"until": None})
        for line in papers.lines(onboarding)
    ]
    context = {
        "onboarding": onboarding,
        "rows": rows,
        "storing": on,
        "owner": request.membership.role == Role.OWNER,
        "open": on and not onboarding.cancelled_at and not onboarding.hire.removed_at,
    }
    return render(request, "onboarding/papers.html", context, status=status)


def _until(paper, bound):
    return bound.get(f"until_{paper.kind}") or UntilForm(
        initial={"day": paper.delete_on}, auto_id=f"until_{paper.kind}_%s"
    )


@member(Role.OWNER)
@require_POST
def enter(request, pk, kind):
    """An owner to whom the number was told."""
    onboarding, form = _led(request, pk), NumberForm(request.POST, kind=_kind(kind))
    if not _entered(request, onboarding, form):
        return _page(request, onboarding, 422, {form.kind: form})
    return redirect("onboarding:papers", pk=pk)


def _entered(request, onboarding, form) -> bool:
    if not form.is_valid():
        return False
    try:
        papers.enter(onboarding, kind=form.kind, value=form.cleaned_data["number"], by=request.membership)
    except papers.Refused as refused:
        form.add_error("number", str(refused))
        return False
    messages.success(request, _("Kept, encrypted. From now on only the last signs are shown."))
    return True


@member(Role.OWNER)
@require_POST
def read(request, pk, kind):
    """The whole number, for an owner who has proved lately who they are. Each time stands in the trail."""
    return _read(request, _paper(request, pk, kind))


@reauthentication_required
def _read(request, paper):
    context = {"paper": paper, "number": papers.read(paper, by=request.membership)}
    return render(request, "onboarding/paper.html", context)


@member(Role.OWNER)
@require_POST
def until(request, pk, kind):
    paper = _paper(request, pk, kind)
    form = UntilForm(request.POST, auto_id=f"until_{paper.kind}_%s")
    if form.is_valid():
        try:
            papers.keep_until(paper, by=request.membership, day=form.cleaned_data["day"])
        except papers.Refused as refused:
            form.add_error("day", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("onboarding:papers", pk=pk)
    return _page(request, _led(request, pk), 422, {f"until_{paper.kind}": form})


@member(Role.OWNER)
@require_POST
def erase(request, pk, kind):
    _erase(request, _paper(request, pk, kind))
    return redirect("onboarding:papers", pk=pk)


def _erase(request, paper):
    if papers.erase(paper, by=request.membership):
        messages.success(request, _("Erased. It is gone for good."))


# -- the person's own


@member()
@require_safe
def mine(request):
    return _mine(request)


def _mine(request, status=200, bound=None):
    onboarding = own(request)
    if onboarding is None:
        return render(request, "onboarding/today_none.html")
    bound = bound or {}
    rows = [
        {"line": line, "form": bound.get(line.kind) or NumberForm(kind=line.kind)}
        for line in papers.lines(onboarding)
    ]
    context = {"onboarding": onboarding, "rows": rows, "storing": papers.is_on(request.company)}
    return render(request, "onboarding/my_papers.html", context, status=status)


@member()
@require_POST
def mine_enter(request, kind):
    onboarding, form = own(request), NumberForm(request.POST, kind=_kind(kind))
    if onboarding is None:
        raise Http404
    if not _entered(request, onboarding, form):
        return _mine(request, 422, {form.kind: form})
    return redirect("onboarding:my_papers")


@member()
@require_POST
def mine_erase(request, kind):
    onboarding = own(request)
    if onboarding is None:
        raise Http404
    _erase(request, _paper(request, onboarding.pk, kind))
    return redirect("onboarding:my_papers")


# -- the switch


@member(Role.OWNER)
def storing(request):
    """GET says what it means and what is kept; POST switches, and asks for the password again before."""
    return _switch(request) if request.method == "POST" else _storing(request)


@reauthentication_required
def _switch(request):
    do, seen = request.POST.get("do"), request.POST.get("seen", "")
    if do == "on":
        papers.switch_on(request.company, by=request.membership)
        messages.success(request, _("Numbers may be entered from now on."))
    elif do == "off" and seen.isascii() and seen.isdigit() and len(seen) < 9:
        try:
            n = papers.switch_off(request.company, by=request.membership, seen=int(seen))
        except papers.Changed:
            return _storing(request, 409, changed=True)
        text = ngettext(
            "Switched off. %(n)s number was erased.", "Switched off. %(n)s numbers were erased.", n
        )
        messages.success(request, text % {"n": n})
    else:
        raise Http404
    return redirect("onboarding:paper_storing")


def _storing(request, status=200, changed=False):
    numbers, people = papers.held(request.company)
    context = {
        "storing": papers.is_on(request.company),
        "numbers": numbers,
        "people": people,
        "changed": changed,
    }
    return render(request, "onboarding/paper_storing.html", context, status=status)
