"""What accounts keeps of people (vault.keep)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from accounts.models import Company, Invitation, Membership, User
from vault import keep


def register() -> None:
    keep.register(
        User,
        purpose="Sign in",
        retention="until the person's last membership has ended, then 30 days",
        export=True,
        erase="delete",
        personal=["email", "name"],
    )
    keep.register(
        Company,
        purpose="Say who stands behind adverts, contracts and privacy notices",
        retention="as long as the company is a customer",
        export=False,
        erase="keep: the company's own data, not a person's",
        personal=["privacy_contact"],
        plain=["name", "legal_name", "address"],
    )
    keep.register(
        Membership,
        purpose="Say who belongs to which company, in which role",
        retention="as long as the person belongs to the company, then as long as the records they made",
        export=True,
        erase="blank",
        personal=["name", "email"],
    )
    keep.register(
        Invitation,
        purpose="Ask somebody into a company",
        retention="until accepted, revoked or expired, then 90 days",
        export=True,
        erase="delete",
    )
    _of_packages()


def _of_packages():
    account = {"retention": "as long as the account", "erase": "delete"}
    keep.register(EmailAddress, purpose="Confirm addresses", **account, export=True, personal=["email"])
    keep.register(Authenticator, purpose="Sign in with a second factor", **account, export=False)
    keep.register(
        Session,
        purpose="Stay signed in",
        retention="14 days",
        export=False,
        erase="delete",
        plain=["session_data", "session_key"],
    )
