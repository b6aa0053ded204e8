"""The second factor that a shop asks of everybody, and the way back in for who lost theirs.

Its secrets lie in allauth's own table, encrypted by our adapter: they change keys with the rest.
"""

import uuid
from datetime import UTC, date, timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, letters, sessions, team, zones
from accounts.models import Company, Membership, Role, User
from vault import trail

GRACE = timedelta(days=14)  # what the page proposes
LATEST = timedelta(days=90)
# Codes on paper stand in for a factor; alone they are none.
FACTORS = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
ENCRYPTED = ("secret", "seed")


def rotate(renew) -> int:
    """Writes each secret under the first key; how many. `renew` as in vault.keys."""
    return sum(
        _rotate_one(pk, renew) for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True)
    )


def _rotate_one(pk: int, renew) -> bool:
    with transaction.atomic():
        # Using a recovery code writes the same row.
        row = Authenticator.objects.select_for_update().filter(pk=pk).first()
        old = {name: row.data[name] for name in ENCRYPTED if row and name in row.data}
        new = {name: token for name, value in old.items() if (token := renew(value))}
        if new:
            row.data |= new
            row.save(update_fields=["data"])
        return bool(new)


class Refused(Exception):
    """`str()` is a sentence for people."""


def has_one(column: str = "user_id") -> Exists:
    """An expression: does the person whose number stands in `column` have a second factor?"""
    return Exists(FACTORS.filter(user_id=OuterRef(column)))


def today(company) -> date:
    """The day it is in the shop."""
    return timezone.localdate(timezone=zones.named(company.timezone) or UTC)


def is_missing(membership) -> bool:
    """The shop asks for a factor and this member has none. `membership` carries `has_factor`."""
    return membership.company.factors_from is not None and not membership.has_factor


def is_shut_out(membership) -> bool:
    """The same, and the days of grace are over."""
    return is_missing(membership) and membership.company.factors_from <= today(membership.company)


def without(company) -> list[Membership]:
    """Members who have come in and have none."""
    inside = Membership.objects.for_company(company).active().exclude(user=None)
    return list(inside.annotate(has_factor=has_one()).filter(has_factor=False).order_by("name", "pk"))


@transaction.atomic
def ask_everybody(company, *, since: date | None, by, seen: int | None = None) -> None:
    """From the day `since` on nothing opens without a factor; None asks nobody any more.

    Raises PermissionDenied for whoever is no owner, Refused for one who has none, conflicts.Changed.
    """
    if by.role != Role.OWNER or by.company_id != company.pk:
        raise PermissionDenied
    team.lock(company.pk)
    row = Company.objects.get(pk=company.pk)
    conflicts.check(row, seen)
    if row.factors_from == since:
        return
    if since is not None and not FACTORS.filter(user_id=by.user_id).exists():
        raise Refused(_("Set up your own second factor first: you would lock yourself out."))
    row.factors_from, row.revision = since, row.revision + 1
    row.save(update_fields=["factors_from", "revision"])
    _record("company.factors_asked" if since else "company.factors_left_open", by, "company", row.pk)


@transaction.atomic
def reset(membership, *, by) -> None:
    """Takes every factor from somebody who lost theirs: signing in takes the password alone until they set up new ones.

    They are signed out everywhere and get a mail. Raises PermissionDenied and Refused.
    """
    if by.role != Role.OWNER or by.company_id != membership.company_id:
        raise PermissionDenied
    team.lock(membership.company_id)
    place = Membership.objects.select_related("company", "user").get(pk=membership.pk)
    if refusal := _why_not(place, by):
        raise Refused(refusal)
    if not forget(place.user):
        raise Refused(_("%(name)s has no second factor.") % {"name": place})
    _record("team.factor_reset", by, "membership", place.pk)
    letters.send(place, kind="factor_reset", key=uuid.uuid4().hex, values={"who": str(by)})


def _why_not(place, by) -> str:
    if place.removed_at or place.user is None:
        return _("%(name)s has not come in yet.") % {"name": place}
    if place.pk == by.pk:
        return _("Your own factors are on your own page.")
    # One shop's owner must not open the doors of another.
    if Membership.objects.active().filter(user=place.user).exclude(pk=place.pk).exists():
        return _("This account opens more than one shop. Only whoever runs this installation can reset it.")
    return ""


def forget(user: User) -> bool:
    """Deletes all factors and codes of `user` and ends their sessions; False when there was nothing."""
    gone = Authenticator.objects.filter(user=user).delete()[0]
    if gone:
        sessions.end_all(user)
    return bool(gone)


def _record(action, by, kind, pk):
    trail.record(
        action, company_id=by.company_id, actor_id=by.user_id, kind=kind, pk=pk, fields=["second_factor"]
    )
