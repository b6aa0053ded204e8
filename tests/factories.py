"""People and companies for tests. Apps keep their own beside their tests."""

from itertools import count

from accounts.models import Company, Membership, Role, User

PASSWORD = "correct horse battery"
_number = count(1)


def make_company(name="Lumi", **fields) -> Company:
    n = next(_number)
    defaults = {
        "slug": f"{name.lower()}-{n}",
        "privacy_contact": f"privacy{n}@lumi.example",
        "legal_name": f"{name} Oy",
    }
    return Company.objects.create(name=name, **(defaults | fields))


def make_user(email=None, **fields) -> User:
    return User.objects.create_user(email or f"person{next(_number)}@lumi.example", PASSWORD, **fields)


def make_member(company, role=Role.OWNER, email=None, **fields) -> Membership:
    """A member with an account and PASSWORD."""
    user = fields.pop("user", None) or make_user(email)
    name = fields.pop("name", f"{role.title()} {next(_number)}")
    return Membership.objects.create(
        company=company, user=user, role=role, name=name, email=user.email, **fields
    )
