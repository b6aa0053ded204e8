"""Who comes into a company, as what, and how they leave it again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import invitations, sessions
from accounts.models import Company, Membership, Role
from vault import erasing, links, trail

# Which roles a member may hand out, and take back while the invitation is not accepted.
MAY_GIVE = {
    Role.OWNER: (Role.OWNER, Role.MANAGER, Role.INTERVIEWER, Role.HIRE),
    Role.MANAGER: (Role.INTERVIEWER, Role.HIRE),
}
after_removal: list = []  # callables (membership), in the same transaction; apps add themselves in AppConfig.ready


class Refused(Exception):
    """What cannot be done; `str()` is a sentence for people."""


def may_give(by) -> tuple:
    return MAY_GIVE.get(by.role, ())


def may_withdraw(by, membership) -> bool:
    """Owners may take anybody out, managers whom they could have invited, until that person has come in."""
    if by.role == Role.OWNER:
        return True
    return membership.is_waiting and membership.role in may_give(by)


@transaction.atomic
def invite(*, company, email, name, role, by, send_at=None) -> Membership:
    """Makes the place in the team and mails the invitation, at `send_at` (aware) or at once.

    `by` is the inviting member, or None when the product itself does it. Raises Refused when somebody with
    this address is in the team already, PermissionDenied when `by` may not give this role.
    """
    if by is not None and (role not in may_give(by) or by.company_id != company.pk):
        raise PermissionDenied
    lock(company.pk)
    email = email.strip().lower()
    if Membership.objects.for_company(company).active().filter(email__iexact=email).exists():
        raise Refused(_("This person is in the team already."))
    membership = Membership.objects.create(company=company, role=role, name=name.strip(), email=email)
    invitations.send(membership, by=by, send_at=send_at)
    _record("team.invited", membership, by)
    return membership


@transaction.atomic
def invite_again(membership, *, by) -> None:
    """A new mail with a new link; the older links stay alive until they expire. Raises Refused."""
    membership = _locked(membership)
    if not membership.is_waiting:
        raise Refused(_("This person has come in already."))
    if by.role != Role.OWNER and membership.role not in may_give(by):
        raise PermissionDenied
    invitations.send(membership, by=by)
    _record("team.invited_again", membership, by)


@transaction.atomic
def remove(membership, *, by) -> None:
    """Ends the membership and every session and link that hung on it.

    Raises Refused for the last owner and PermissionDenied when `by` may not. Removing twice is removing once.
    """
    lock(membership.company_id)
    membership = _locked(membership)
    if membership.removed_at:
        return
    if by is not None and not may_withdraw(by, membership):
        raise PermissionDenied
    _keep_an_owner(membership)
    action = "team.invitation_withdrawn" if membership.is_waiting else "team.removed"
    membership.removed_at = timezone.now()
    membership.save(update_fields=["removed_at"])
    _close(membership)
    _record(action, membership, by)


@transaction.atomic
def put_back(membership, *, by, send_at=None) -> None:
    """Somebody is in the team again as they were; who was only invited gets a new mail, at `send_at` or at once.

    The old links and sessions stay dead. `by` is None when the product itself does it. Raises Refused when the
    address is somebody else's place by now, PermissionDenied when `by` may not.
    """
    lock(membership.company_id)
    membership = _locked(membership)
    if membership.removed_at is None:
        return
    membership.removed_at = None
    if by is not None and not may_withdraw(by, membership):
        raise PermissionDenied
    others = Membership.objects.for_company(membership.company_id).active().exclude(pk=membership.pk)
    if others.filter(email__iexact=membership.email).exists():
        raise Refused(_("This person is in the team already."))
    membership.save(update_fields=["removed_at"])
    if membership.user_id is None:
        invitations.send(membership, by=by, send_at=send_at)
    _record("team.put_back", membership, by)


@transaction.atomic
def leave(membership) -> None:
    """Ends one's own membership. Raises Refused for the last owner."""
    lock(membership.company_id)
    membership = _locked(membership)
    if membership.removed_at:
        return
    _keep_an_owner(membership)
    membership.removed_at = timezone.now()
    membership.save(update_fields=["removed_at"])
    _record("team.left", membership, membership)
    _close(membership)


@transaction.atomic
def change_role(membership, *, to, by) -> None:
    """Gives a member another role; only owners may. Raises Refused for the last owner."""
    if by.role != Role.OWNER:
        raise PermissionDenied
    lock(membership.company_id)
    membership = _locked(membership)
    if membership.removed_at or membership.role == to:
        return
    _keep_an_owner(membership)
    membership.role = to
    membership.save(update_fields=["role"])
    if membership.user and membership.pk != by.pk:
        sessions.end_all(membership.user)
    _record("team.role_changed", membership, by, fields=["role"])


def address_changed(sender, request, user, **kwargs):
    """allauth's signal: a person signs in with another address now; their places follow where it is free."""
    for membership in Membership.objects.active().filter(user=user):
        others = Membership.objects.for_company(membership.company_id).active().exclude(pk=membership.pk)
        if not others.filter(email__iexact=user.email).exists():
            membership.email = user.email
            membership.save(update_fields=["email"])


def lock(company_id: int) -> None:
    """Owners are counted under the company's lock, so that two who leave at once do not both count the other.

    It is the first lock of all: whoever locks more before a place is made or ended calls this before that.
    """
    Company.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=company_id)


def lock_member(pk: int) -> None:
    """For erasing: the company, then the place."""
    lock(Membership.objects.only("company_id").get(pk=pk).company_id)
    _locked(Membership(pk=pk))


def end_for_erasing(pk: int) -> None:
    """Nobody is erased while they are in the team: the last owner cannot be, either. Raises erasing.Refused."""
    membership = _locked(Membership(pk=pk))
    try:
        remove(membership, by=None)
    except Refused as refused:
        raise erasing.Refused(str(refused)) from None


def _locked(membership) -> Membership:
    return Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=membership.pk)


def _keep_an_owner(membership):
    if membership.role != Role.OWNER or membership.is_waiting:
        return
    owners = Membership.objects.for_company(membership.company_id).in_role(Role.OWNER).exclude(user=None)
    if not owners.exclude(pk=membership.pk).exists():
        raise Refused(_("A shop needs an owner. Make somebody else an owner first."))


def _close(membership):
    membership.invitations.filter(revoked_at=None, accepted_at=None).update(revoked_at=membership.removed_at)
    links.revoke_all(subject=("membership", membership.pk))
    if membership.user:
        sessions.end_all(membership.user)
    for callback in after_removal:
        callback(membership)


def _record(action, membership, by, fields=()):
    trail.record(
        action,
        company_id=membership.company_id,
        actor_id=by.user_id if by else None,
        kind="membership",
        pk=membership.pk,
        fields=fields,
    )
