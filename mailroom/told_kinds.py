"""What this app itself tells: a mail that did not arrive, somebody who has come in."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import invitations
from accounts.models import Membership, Role
from mailroom import told
from mailroom.models import How, Mail
from vault.work import State

FAILED, JOINED = "mail_failed", "joined"


def register() -> None:
    told.register(
        FAILED,
        label=gettext_lazy("A mail did not arrive"),
        default=How.DIGEST,
        roles=[Role.OWNER],
        look=failed,
        noun="mail",
    )
    told.register(
        JOINED,
        label=gettext_lazy("Somebody you invited has come in"),
        default=How.DIGEST,
        roles=[Role.OWNER, Role.MANAGER],
        look=joined,
        noun="membership",
    )
    invitations.after_joining.append(tell_joined)


def failed(members, pks) -> dict[int, told.Thing]:
    rows = Mail.objects.for_company(members[0].company_id).filter(pk__in=pks)
    owners = {member.pk for member in members if member.role == Role.OWNER}
    return {row.pk: _failed(row, owners) for row in rows}


def _failed(mail, owners) -> told.Thing:
    return told.Thing(
        readers=owners,
        handled=mail.state != State.PARKED,
        path=reverse("mailroom:mail", args=[mail.pk]),
        say=lambda reader: _("The mail to %(name)s did not arrive.") % {"name": mail.recipient},
    )


def tell_failed(mail) -> None:
    """Owners hear of it, but not of a mail that only told somebody something: that would go round in a circle."""
    if mail.company_id and mail.message not in told.MESSAGES:
        owners = Membership.objects.for_company(mail.company_id).in_role(Role.OWNER)
        told.tell(kind=FAILED, members=owners.select_related("user", "company"), about=mail.pk)


def joined(members, pks) -> dict[int, told.Thing]:
    rows = Membership.objects.for_company(members[0].company_id).active().filter(pk__in=pks)
    bosses = {member.pk for member in members if member.is_boss}
    return {
        row.pk: told.Thing(
            readers=bosses,
            handled=False,
            path=reverse("accounts:team"),
            say=partial(_joined, row.name or row.email),
        )
        for row in rows
    }


def _joined(name, reader) -> str:
    return _("%(name)s has come in and is part of the team now.") % {"name": name}


def tell_joined(membership) -> None:
    """Whoever invited them hears that they are here."""
    sent = membership.invitations.exclude(invited_by=None).select_related(
        "invited_by__user", "invited_by__company"
    )
    members = [invitation.invited_by for invitation in sent]
    told.tell(kind=JOINED, members=members, about=membership.pk, by=membership)
