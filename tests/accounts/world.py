from accounts.models import Membership, Role
from vault import links


def build(world: dict) -> None:
    """Somebody who has been invited and not come in yet, and a colleague who can be removed."""
    company = world["company"]
    company.accent, company.on_accent = "#1d4f91", "#ffffff"
    company.save(update_fields=["accent", "on_accent"])
    invited = Membership.objects.create(
        company=company, role=Role.INTERVIEWER, name="Iris", email="iris@lumi.example"
    )
    world["invited"] = invited.pk
    world["colleague"] = world["interviewer"].pk
    world["invitation_token"] = links.mint(
        purpose="invitation", subject=("membership", invited.pk), company_id=company.pk, days=1
    )
