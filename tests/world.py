"""One company with everything in it, and a rival, for tests that visit every page."""

from importlib import import_module

from accounts.models import Role
from tests.factories import make_company, make_member

ROLES = ("owner", "manager", "interviewer", "hire", "rival")
DOCS = {"help_page": "decide", "help_picture": "board.png"}
APPS = ("accounts", "mailroom", "readiness", "onboarding", "hiring")


def make_world() -> dict:
    """Memberships by role, the company, and what each app's tests/<app>/world.py: build(world) adds."""
    company = make_company(slug="lumi")
    world = {"company": company, "slug": company.slug} | DOCS
    for role in (Role.OWNER, Role.MANAGER, Role.INTERVIEWER, Role.HIRE):
        world[role.value] = make_member(company, role, f"{role.value}@lumi.example", name=str(role.label))
    world["rival"] = make_member(make_company("Rival", slug="rival"), Role.OWNER, "rival@rival.example")
    for app in APPS:
        import_module(f"tests.{app}.world").build(world)
    return world


def make_other_world(world) -> dict:
    """The rival with the same in it as the company has."""
    rival = world["rival"]
    other = {"company": rival.company, "slug": rival.company.slug, "owner": rival} | DOCS
    for role in (Role.MANAGER, Role.INTERVIEWER, Role.HIRE):
        other[role.value] = make_member(rival.company, role, f"{role.value}@rival.example")
    for app in APPS:
        import_module(f"tests.{app}.world").build(other)
    return other
