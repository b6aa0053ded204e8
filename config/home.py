"""`/`: what this is for strangers, a work list for members."""

from django.shortcuts import redirect, render

from accounts.guards import public
from accounts.models import Role


@public
def home(request):
    if request.membership is None:
        return render(request, "config/landing.html")
    if request.membership.role == Role.HIRE:
        return redirect("onboarding:today")
    return render(request, "config/home.html", {"panels": panels_of(request.membership)})


def panels_of(membership) -> list:
    """What each app wants to show this person, the most urgent first."""
    from hiring import panels as hiring
    from mailroom import panels as mailroom
    from onboarding import panels as onboarding
    from readiness import panels as readiness

    found = [
        panel for app in (mailroom, readiness, hiring, onboarding) for panel in app.for_member(membership)
    ]
    return sorted(found, key=lambda panel: panel.order)
