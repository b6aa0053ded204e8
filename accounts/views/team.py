from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import notices, second_factors, undoing
from accounts import team as people
from accounts.forms import InviteForm, RoleForm
from accounts.guards import fetch, member
from accounts.models import Membership, Role


@member(Role.OWNER, Role.MANAGER)
@require_safe
def team(request):
    members = Membership.objects.for_company(request.company).active().order_by("name", "email", "pk")
    open_until = Max("invitations__expires_at", filter=Q(invitations__revoked_at=None))
    rows = [_row(request.membership, place) for place in members.annotate(open_until=open_until)]
    return render(
        request,
        "accounts/team.html",
        {
            "inside": [row for row in rows if not row["member"].is_waiting],
            "invited": [row for row in rows if row["member"].is_waiting],
        },
    )


def _row(by, place) -> dict:
    return {
        "member": place,
        "is_me": place.pk == by.pk,
        "expired": place.is_waiting and (place.open_until is None or place.open_until < timezone.now()),
        "may_change": by.role == Role.OWNER,
        "may_withdraw": people.may_withdraw(by, place),
    }


@member(Role.OWNER)
@require_safe
def one(request, pk):
    """One member: their role, and the way out."""
    rows = Membership.objects.active().annotate(has_factor=second_factors.has_one())
    place = fetch(request, rows, pk=pk)
    return render(request, "accounts/member.html", {"place": place, "roles": Role.choices})


@member(Role.OWNER, Role.MANAGER)
def invite(request):
    form = InviteForm(request.POST or None, by=request.membership)
    if request.method == "POST" and form.is_valid() and (place := form.save()):
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": place.email})
        return redirect("accounts:team")
    return render(request, "accounts/invite.html", {"form": form})


@member(Role.OWNER, Role.MANAGER)
@require_POST
def invite_again(request, pk):
    place = fetch(request, Membership.objects.active(), pk=pk)
    _tell(request, people.invite_again, place, by=request.membership)
    return redirect("accounts:team")


@member(Role.OWNER, Role.MANAGER)
@require_POST
def remove(request, pk):
    """Out of the team, or an invitation taken back; both can be undone for ten minutes.

    Asks for the password again before somebody who has come in is put out.
    """
    place = fetch(request, Membership, pk=pk)
    if not people.may_withdraw(request.membership, place):
        raise PermissionDenied
    return _remove(request, place) if place.is_waiting else _remove_member(request, place)


@reauthentication_required
def _remove_member(request, place):
    return _remove(request, place)


def _remove(request, place):
    try:
        people.remove(place, by=request.membership)
    except people.Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("%(name)s is no longer in the team.") % {"name": place}
        notices.undo(request, said, reverse("accounts:put_back", args=[place.pk]))
    return redirect("accounts:team")


@member(Role.OWNER, Role.MANAGER)
@require_POST
def put_back(request, pk):
    place = fetch(request, Membership, pk=pk)
    return notices.take_back(
        request, lambda _mark: _put_back(place, request.membership), back=reverse("accounts:team")
    )


def _put_back(place, by):
    if place.removed_at is None:
        raise undoing.Gone(_("This was taken back already."))
    if not undoing.in_time(place.removed_at):
        raise undoing.Refused(_("The ten minutes for taking this back are over."))
    try:
        people.put_back(place, by=by)
    except people.Refused as refused:
        raise undoing.Refused(str(refused)) from refused


@member(Role.OWNER)
@require_POST
def change_role(request, pk):
    """Asks for the password again when the last time was a while ago."""
    return _change_role(request, fetch(request, Membership.objects.active(), pk=pk))


@reauthentication_required
def _change_role(request, place):
    form = RoleForm(request.POST)
    if form.is_valid():
        _tell(request, people.change_role, place, to=form.cleaned_data["role"], by=request.membership)
    else:
        messages.error(request, _("Please choose one of the roles."))
    return redirect("accounts:team")


def _tell(request, verb, place, **how):
    """Does it, and says what happened or why it did not."""
    try:
        verb(place, **how)
    except people.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _told(verb) % {"name": place})


def _told(verb) -> str:
    return {
        people.invite_again: _("%(name)s gets a new mail with a new link."),
        people.change_role: _("%(name)s has a new role."),
    }[verb]
