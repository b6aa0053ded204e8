"""A shop's jobs for programs, and what robots may read. Asked often, answered cheaply: 304 while nothing changed."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from accounts.addresses import absolute
from accounts.guards import public
from hiring import careers_site, feeds

FOR_A_WHILE = "public, max-age=300"
CLOSED_TO_ROBOTS = ("accounts", "deleted", "find", "hiring", "mail", "my", "onboarding", "settings")


def _answer(text, kind, *, changed=None) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = FOR_A_WHILE
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    return response


@public
@require_safe
@conditional_page
def atom(request, company):
    shop = careers_site.shop(company)
    with translation.override(shop.language):
        title = _("Jobs at %(company)s") % {"company": shop.name}
        text = feeds.atom(shop, title=title)
    return _answer(text, "application/atom+xml", changed=feeds.changed_at(shop))


@public
@require_safe
@conditional_page
def sitemap(request, company):
    shop = careers_site.shop(company)
    return _answer(feeds.sitemap(shop), "application/xml", changed=feeds.changed_at(shop))


@public
@require_safe
@conditional_page
def jobs_xml(request, company):
    """Only where the shop has switched it on."""
    shop = careers_site.shop(company)
    if not careers_site.of(shop).jobs_feed:
        raise Http404
    response = _answer(feeds.jobs_xml(shop), "application/xml", changed=feeds.changed_at(shop))
    response["X-Robots-Tag"] = "noindex"
    return response


@public
@require_safe
@conditional_page
def sitemap_index(request):
    return _answer(feeds.sitemap_index(), "application/xml")


@public
@require_safe
@conditional_page
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: /{name}/" for name in CLOSED_TO_ROBOTS)]
    lines += ["", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return _answer("\n".join(lines), "text/plain")
