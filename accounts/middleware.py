"""Who is asking, for which company, in which language; and nothing is open unless somebody said so."""

import zoneinfo
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from accounts.models import Membership

# Pages of allauth decide themselves who may see them.
OWN_GUARD = ("account_", "mfa_")
LAST_SEEN_EVERY = timedelta(minutes=5)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def private_pages(get_response):
    """What a signed-in person saw is not shown again by Back after signing out."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        if request.path == "/accounts/logout/" and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


class MemberMiddleware(MiddlewareMixin):
    def process_request(self, request):
        request.membership = current_membership(request) if request.user.is_authenticated else None
        request.company = request.membership.company if request.membership else None
        if request.user.is_authenticated:
            _speak(request)
            _seen(request.membership)

    def process_view(self, request, view, args, kwargs):
        """Deny by default: a view says who may call it (accounts.guards), or nobody may."""
        name = request.resolver_match.view_name or ""
        if not hasattr(view, "access") and not name.startswith(OWN_GUARD):
            raise PermissionDenied

    def process_response(self, request, response):
        timezone.deactivate()
        if getattr(request, "membership", None):
            patch_vary_headers(response, ["Cookie"])
        return response


def current_membership(request) -> Membership | None:
    """The membership chosen with the switcher, else the person's oldest. Removed ones open nothing."""
    mine = Membership.objects.active().filter(user=request.user).select_related("company")
    chosen = request.session.get("company")
    return (mine.filter(company=chosen).first() if chosen else None) or mine.order_by("pk").first()


def _speak(request):
    if language := request.user.language:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
    zone = request.user.timezone or (request.company.timezone if request.company else "")
    if zone in zoneinfo.available_timezones():
        timezone.activate(zone)


def _seen(membership):
    now = timezone.now()
    if membership and (not membership.last_seen_at or now - membership.last_seen_at > LAST_SEEN_EVERY):
        Membership.objects.filter(pk=membership.pk).update(last_seen_at=now)
