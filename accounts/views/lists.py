"""Tools and places to advertise, as the shop calls them: owners change the lists, managers read them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.guards import member
from accounts.list_forms import ABOUT, ListEditor, change
from accounts.models import Role


@member(Role.OWNER, Role.MANAGER)
def lists(request):
    changed = _change(request) if request.method == "POST" else None
    if changed is not None and changed.is_valid():
        messages.success(request, _("Saved."))
        return redirect("accounts:lists")
    editors = [
        changed if changed and changed.kind == kind else ListEditor(request.company, kind) for kind in ABOUT
    ]
    context = {"editors": editors, "may_change": request.membership.role == Role.OWNER}
    return render(request, "accounts/lists.html", context, status=422 if changed else 200)


def _change(request) -> ListEditor:
    if request.membership.role != Role.OWNER:
        raise PermissionDenied
    kind = request.POST.get("kind", "")
    if kind not in ABOUT:
        raise Http404
    do = request.POST.get("do", "")
    return change(company=request.company, kind=kind, data=request.POST, do=do, by=request.membership)
