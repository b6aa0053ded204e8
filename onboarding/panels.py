from accounts.models import Role
from accounts.panels import Panel
from onboarding import meeting_panel, overview, steps, today
from onboarding.models import Onboarding


def for_member(membership) -> list[Panel]:
    """What this member sees of it on the home page: their own day, and who waits for them."""
    panels = []
    if not membership.is_boss and (panel := _own(membership)):
        panels.append(panel)
        panels += _meetings(membership, [panel.context["onboarding"]])
    if membership.role != Role.HIRE:
        panels += _waiting(membership)
    return panels


def _meetings(membership, plans) -> list[Panel]:
    """Asked for only where a meeting is near, so that an ordinary day's home page costs nothing for it."""
    panel = meeting_panel.panel(membership) if any(plan.meets for plan in plans) else None
    return [panel] if panel else []


def _own(membership) -> Panel | None:
    rows = Onboarding.objects.with_people().for_company(membership.company_id).running()
    rows = rows.annotate(meets=meeting_panel.near())
    onboarding = rows.filter(hire=membership).order_by("pk").first()
    if onboarding is None:
        return None
    built = today.build(list(onboarding.steps.in_order()), onboarding.local_now())
    context = {"onboarding": onboarding, "today": built, "day": onboarding.day_number()}
    return Panel(10, "onboarding/_panel_today.html", context)


def _waiting(membership) -> list[Panel]:
    """Only what asks for something: a plan that runs by itself needs no place on the home page."""
    if membership.role != Role.OWNER:
        return _calls(membership, overview.mirrors(membership.company, membership))
    found, leavers = overview.with_leavers(membership.company, membership)
    back = [Panel(20, "onboarding/_panel_accounts.html", {"plans": leavers})] if leavers else []
    return back + _calls(membership, found)


def _calls(membership, found) -> list[Panel]:
    meets = _meetings(membership, [mirror.onboarding for mirror in found])
    mirrors = [mirror for mirror in found if mirror.calls or (mirror.late and membership.is_boss)]
    if not mirrors:
        return meets
    context = {"mirrors": mirrors, "moods": steps.MOODS, "leads": membership.is_boss}
    return [*meets, Panel(30, "onboarding/_panel_waiting.html", context)]
