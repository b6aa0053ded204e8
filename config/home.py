"""`/`: what this is for strangers, a work list for members."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.guards import public


@public
def alive(request):
    return HttpResponse("ok", content_type="text/plain")


@public
def home(request):
    if request.membership is None:
        return render(request, "config/landing.html")
    return render(request, "config/home.html", {"panels": panels_of(request.membership)})


def panels_of(membership) -> list:
    """What each app wants to show this person, the most urgent first."""
    from hiring import panels as hiring
    from onboarding import panels as onboarding
    from readiness import panels as readiness

    found = [panel for app in (readiness, hiring, onboarding) for panel in app.for_member(membership)]
    return sorted(found, key=lambda panel: panel.order)
