"""Who is asking, for which company, in which language; and nothing is open unless somebody said so."""

from datetime import timedelta

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect

from accounts import second_factors, sessions, zones
from accounts.models import Membership

# Pages of allauth decide themselves who may see them.
OWN_GUARD = ("account_", "mfa_")
# What a shop that is being closed still does: change its mind, take its data along, look after one's own account.
WHEN_CLOSING = {
    *(
        "data",
        "data_take",
        "keep_open",
        "close",
        "profile",
        "switch",
        "set_language",
        "end_sessions",
        "no_company",
    ),
}
# What somebody still opens who owes their shop a second factor, beside the pages that set one up.
WITHOUT_FACTOR = {"accounts:factor_needed", "accounts:switch", "accounts:set_language"}
LAST_SEEN_EVERY = timedelta(minutes=5)
# The pages of links, and what stands in their footer.
NO_REFERRER = ("/my/", "/accounts/language/")
# Expressions read with the membership, by name; apps above add theirs in AppConfig.ready (such as the bell's number).
with_membership: dict = {}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def private_pages(get_response):
    """What a signed-in person saw is not shown again by Back after signing out."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")  # also when the host was refused
        # Who asks is not looked up for a failure: the database may be what has failed.
        if response.status_code >= 500 or _is_signed_in(request):
            response.headers.setdefault("Cache-Control", "no-store, private")
        if request.path == "/accounts/logout/" and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


def _is_signed_in(request) -> bool:
    return getattr(request, "user", None) is not None and request.user.is_authenticated


class CsrfMiddleware(CsrfViewMiddleware):
    """A page that sends no referrer makes browsers call the origin of its forms "null".

    The pages of links are such pages, so there "null" is taken. The form's token is still asked for,
    and whoever forges such a request would need the link itself.
    """

    def _origin_verified(self, request):
        nameless = request.META["HTTP_ORIGIN"] == "null" and request.path.startswith(NO_REFERRER)
        return nameless or super()._origin_verified(request)


class MemberMiddleware(MiddlewareMixin):
    def process_request(self, request):
        if request.user.is_authenticated and sessions.is_over(request.session):
            logout(request)
        request.memberships = my_memberships(request.user)
        request.membership = _current(request)
        request.company = request.membership.company if request.membership else None
        if request.user.is_authenticated:
            _speak(request)
            _seen(request.membership)
            sessions.touch(request.session)

    def process_view(self, request, view, args, kwargs):
        """Deny by default: a view says who may call it (accounts.guards), or nobody may."""
        name = request.resolver_match.view_name or ""
        if not hasattr(view, "access") and not name.startswith(OWN_GUARD):
            raise PermissionDenied
        if request.membership and second_factors.is_shut_out(request.membership) and not _is_open(name):
            return _to_set_up(request)
        return _frozen(request, name) if request.method == "POST" else None

    def process_response(self, request, response):
        timezone.deactivate()
        if getattr(request, "membership", None):
            patch_vary_headers(response, ["Cookie"])
        return response


def _is_open(name) -> bool:
    """The same for everybody who asks: no page in it looks at the membership."""
    space, _colon, page = name.rpartition(":")
    public = space == "careers" or space.endswith("_links") or page.startswith(("help", "healthz", "readyz"))
    return public or name in WITHOUT_FACTOR or name.startswith(OWN_GUARD)


def _to_set_up(request):
    address = reverse("accounts:factor_needed")
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _frozen(request, name):
    """In a shop that is being closed nothing is changed any more; public pages and links look for themselves."""
    if request.company is None or request.company.closes_at is None:
        return None
    space, _colon, page = name.rpartition(":")
    if space.endswith("_links") or space == "careers" or name.startswith(OWN_GUARD):
        return None
    if space == "accounts" and page in WHEN_CLOSING:
        return None
    return render(request, "accounts/frozen.html", status=409)


def my_memberships(user) -> list[Membership]:
    """A person's places, the oldest first. Removed ones open nothing."""
    if not user.is_authenticated:
        return []
    places = Membership.objects.active().filter(user=user).select_related("company")
    found = list(places.annotate(has_factor=second_factors.has_one(), **with_membership).order_by("pk"))
    for place in found:
        place.user = user  # who is asking is known: nobody fetches them again
    return found


def _current(request) -> Membership | None:
    """The membership chosen with the switcher, else the person's oldest."""
    chosen = request.session.get("company") if request.memberships else None
    mine = [place for place in request.memberships if place.company_id == chosen]
    return next(iter(mine or request.memberships), None)


def _speak(request):
    if language := request.user.language:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
    zone = request.user.timezone or (request.company.timezone if request.company else "")
    if known := zones.named(zone):
        timezone.activate(known)


def _seen(membership):
    now = timezone.now()
    if membership and (not membership.last_seen_at or now - membership.last_seen_at > LAST_SEEN_EVERY):
        Membership.objects.filter(pk=membership.pk).update(last_seen_at=now)
