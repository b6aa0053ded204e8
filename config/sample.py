"""The sample shop: one click in, for whoever sits at this computer, and one button that takes it away."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.guards import member, public
from accounts.models import Company, Membership, Role
from config import demo_password
from config.demo import removal

HERE = {"127.0.0.1", "::1"}
FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")


@public
@require_POST
def enter(request):
    """Signs a stranger in as the owner of the sample shop; for everybody and everywhere else it is not there."""
    owner = _owner(request)
    if owner is None:
        raise Http404
    login(request, owner.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["company"] = owner.company_id
    return redirect("home")


def offered(request) -> bool:
    return _owner(request) is not None


def _owner(request) -> Membership | None:
    """The sample owner, for a stranger on this very computer, while nothing real hangs on that account."""
    if not settings.DEMO_ALLOWED or not _is_here(request) or request.user.is_authenticated:
        return None
    places = list(
        Membership.objects.active()
        .filter(user__email=demo_password.SAMPLE_PEOPLE[0], user__is_active=True)
        .select_related("company", "user")
        .order_by("pk")
    )
    owns = [place for place in places if place.role == Role.OWNER]
    return owns[0] if owns and all(place.company.is_demo for place in places) else None


def _is_here(request) -> bool:
    """Whoever was passed on by a proxy may sit anywhere."""
    passed_on = any(name in request.headers for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in HERE and not passed_on


def may_remove(request) -> bool:
    """An owner of the sample shop, and the owner of a real one on the same computer."""
    if request.membership.role != Role.OWNER:
        return False
    if request.company.is_demo:
        return True
    return settings.DEMO_ALLOWED and Company.objects.filter(is_demo=True).exists()


@member(Role.OWNER)
@require_POST
def remove(request):
    if not may_remove(request):
        raise Http404
    from_inside = request.company.is_demo
    removal.remove()
    if from_inside:
        logout(request)
        messages.success(request, _("The sample shop is gone. Everything is ready for yours."))
        return redirect("home")
    messages.success(request, _("The sample shop is gone."))
    return redirect("go_live")
