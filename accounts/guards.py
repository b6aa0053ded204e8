"""Who may open a view, and the one way to get at a row: fetching and authorising in one step."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.models import Company
from vault import links

# Links behind which people look after their own data: open in every shop.
OWN_DATA = {"status", "data", "pool"}


def public(view):
    """Open to anybody."""
    view.access = "public"
    return view


def member(*roles):
    """Open to members of the current company, in one of `roles` when any are named.

    Strangers go to sign in; a person without any company goes to the page that makes one; others get a 403.
    """

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.membership is None:
                return redirect("accounts:no_company")
            if roles and request.membership.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = roles or "member"
        return guarded

    return guard


def signed_in(view):
    """Open to anybody with an account, also without a company."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = "signed in"
    return guarded


def by_link(purpose):
    """Open by a link with this purpose: `request.link` is its row.

    Unknown, altered, expired, revoked and used tokens all get the same page, so that nobody can tell
    from the answer whether a token ever existed. Such pages stay out of caches, referrers and indexes.
    """

    def guard(view):
        @wraps(view)
        def guarded(request, token, *args, **kwargs):
            request.link = links.find(purpose=purpose, token=token)
            if request.link is None or _is_frozen(request, purpose):
                response = render(request, "link_gone.html", status=404)
            else:
                response = view(request, token, *args, **kwargs)
            response["Referrer-Policy"] = "no-referrer"
            response["Cache-Control"] = "no-store, private"
            response["X-Robots-Tag"] = "noindex"
            return response

        guarded.access = f"link:{purpose}"
        return guarded

    return guard


def _is_frozen(request, purpose) -> bool:
    """A shop that is being closed signs nothing and takes nobody in."""
    if request.method != "POST" or purpose in OWN_DATA:
        return False
    return Company.objects.filter(pk=request.link.company_id).exclude(closes_at=None).exists()


def fetch(request, rows, **lookup):
    """The one row of the current company that `lookup` names and this member may see.

    `rows` is a model or a queryset of one. Raises Http404 for a missing row and for another company's
    alike; raises PermissionDenied (403) for a row of one's own company that one may not see.
    """
    queryset = rows if isinstance(rows, QuerySet) else rows.objects.all()
    own = queryset.for_company(request.company).filter(**lookup)
    if (found := own.visible_to(request.membership).order_by("pk").first()) is not None:
        return found
    if own.exists():
        raise PermissionDenied
    raise Http404
