"""`/`: what this is for strangers, a work list for members."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.guards import public
from accounts.models import Role
from config import sample, standing
from onboarding.today import daytime, first_name


@public
def home(request):
    membership = request.membership
    if membership is None:
        return render(request, "config/landing.html", {"has_sample": sample.offered(request)})
    if membership.role == Role.HIRE:
        return redirect("onboarding:today")
    panels = panels_of(membership)
    context = {
        "panels": panels,
        "daytime": daytime(timezone.localtime()),
        "first_name": first_name(membership.name),
        "standing": standing.sentence(panels) if membership.is_boss else "",
        "path_step": standing.step(panels) if membership.is_boss else None,
        "empty": membership.is_boss and not standing.waits(panels),
    }
    return render(request, "config/home.html", context)


def panels_of(membership) -> list:
    """What each app wants to show this person, the most urgent first."""
    from hiring import panels as hiring
    from mailroom import panels as mailroom
    from onboarding import panels as onboarding
    from readiness import panels as readiness

    found = [
        panel for app in (mailroom, readiness, hiring, onboarding) for panel in app.for_member(membership)
    ]
    return standing.ordered(found)
