"""What accounts keeps of people (vault.keep)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast, Coalesce, Concat, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import ERASED_AT, Company, Invitation, Listed, Membership, Session, User
from vault import erasing, keep
from vault.models import TrailEntry

ELSEWHERE = _("This person belongs to another shop too; the account stays for that.")


def register() -> None:
    for app in ("accounts", "account"):
        keep.seen_by(app, _("Owners and managers; the person"))
    for app in ("mfa", "sessions"):
        keep.seen_by(app, _("Nobody; the product alone"))
    keep.called("membership", Membership)
    keep.called("member", Membership)
    keep.register(
        Company,
        purpose=_("Say who stands behind adverts, contracts and privacy notices"),
        retention=_("as long as the company is a customer"),
        export=False,
        erase="keep",
        because=_("The company's own data, not a person's."),
        of={},
        shop="pk",
        personal=["privacy_contact"],
        plain=["name", "legal_name", "address"],
    )
    keep.register(
        Listed,
        purpose=_("Offer the names of tools and places that the shop uses"),
        retention=_("as long as the company keeps it"),
        export=False,
        erase="keep",
        because=_("The company's own data, not a person's."),
        of={},
        plain=["name", "note"],
    )
    keep.register(
        Membership,
        purpose=_("Say who belongs to which company, in which role"),
        retention=_(
            "as long as the person belongs to the company; the number as long as the records they made"
        ),
        export=True,
        erase="blank",
        of={"member": "pk"},
        personal=["name", "email"],
        hidden=["user"],
        blank={
            "email": Concat(Value("erased-"), Cast("pk", CharField()), Value(ERASED_AT)),
            "user": None,
            "removed_at": Coalesce("removed_at", Now()),
        },
    )
    keep.register(
        Invitation,
        purpose=_("Ask somebody into a company"),
        retention=_("until somebody came in or is waited for no more, then 90 days after it expired"),
        export=True,
        erase="delete",
        of={"member": "membership"},
        shop="membership__company",
    )
    _account()


def _account():
    keep.register(
        User,
        purpose=_("Sign in"),
        retention=_("until the person's last membership has ended, then 30 days"),
        export=True,
        erase="delete",
        of={"member": "memberships"},
        shop="memberships__company",
        personal=["email", "name"],
        hidden=["password", "session_epoch"],
        law=keep.Law(_shared_users, ELSEWHERE),
    )
    account = {
        "retention": _("as long as the account"),
        "erase": "delete",
        "of": {"member": "user__memberships"},
        "law": keep.Law(_of_shared_users, ELSEWHERE),
    }
    keep.register(
        EmailAddress,
        purpose=_("Confirm addresses"),
        **account,
        export=True,
        personal=["email"],
        shop="user__memberships__company",
    )
    keep.register(
        Authenticator, purpose=_("Sign in with a second factor"), **account, export=False, shop=None
    )
    keep.register(
        Session,
        purpose=_("Stay signed in"),
        retention=_("14 days"),
        export=False,
        erase="delete",
        of={"member": _sessions},
        plain=["session_data", "session_key"],
    )
    keep.tie(TrailEntry, "member", _did)


def _several_shops():
    return User.objects.annotate(places=Count("memberships")).filter(places__gt=1)


def _shared_users(rows):
    return rows.filter(pk__in=_several_shops().values("pk"))


def _of_shared_users(rows):
    return rows.filter(user__in=_several_shops().values("pk"))


def _sessions(pk):
    """A session tells whose it is only when it is opened; there are as many as people who are signed in."""
    user = Membership.objects.filter(pk=pk).values_list("user", flat=True).first()
    if user is None or _several_shops().filter(pk=user).exists():
        return Session.objects.none()
    return Session.objects.filter(user=user)


def _did(pk):
    """What the person did themselves, as far as this company's trail says."""
    place = Membership.objects.filter(pk=pk).exclude(user=None).first()
    if place is None:
        return TrailEntry.objects.none()
    return TrailEntry.objects.filter(company_id=place.company_id, actor_id=place.user_id)


def subjects() -> None:
    from accounts import team

    erasing.subjects["member"] = erasing.Subject(Membership, lock=team.lock_member, end=team.end_for_erasing)
