from accounts.models import Role
from accounts.panels import Panel
from mailroom.models import Mail

SHOWN = 5


def for_member(membership) -> list[Panel]:
    """Mails that never arrived: nobody but an owner can send them again, and nobody else would notice."""
    if membership.role != Role.OWNER:
        return []
    rows = Mail.objects.for_company(membership.company).parked().order_by("pk")
    mails = list(rows[: SHOWN + 1])
    context = {"mails": mails[:SHOWN], "more": len(mails) > SHOWN}
    return [Panel(order=20, template="mailroom/_failed.html", context=context)] if mails else []
