"""Where a visitor came from first: kept in a cookie of ours that says the link and nothing about the person."""

from django.conf import settings
from django.urls import reverse

from hiring import placements

COOKIE = "via"
DAYS = 30  # as long as an advert usually runs


def first(request) -> str:
    """The token of the link this browser came by first, else that of this address; "" for none of ours."""
    for said in (request.COOKIES.get(COOKIE, ""), request.GET.get("via", "")):
        if placements.read(said):
            return said
    return ""


def opened(request, response, job) -> None:
    """Counts an opening by the tracked link of `job`, and keeps the link when it is the browser's first."""
    said = request.GET.get("via", "")
    touch = placements.read(said)
    if touch is None or touch.job_id != job.pk or not job.takes_applications:
        return
    if _counts(request, job):
        placements.visited(touch, job)
    if first(request) == said and not _rather_not(request):
        response.set_cookie(
            COOKIE,
            said,
            max_age=DAYS * 24 * 3600,
            path=reverse("careers:company", args=[job.company.slug]),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    response["Cache-Control"] = "private, no-cache"  # every opening comes here, and a cookie is one browser's


def _counts(request, job) -> bool:
    """People from elsewhere; not robots, not a page fetched ahead, not our own pages, not the shop's team."""
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    from_here = request.headers.get("Referer", "").startswith(f"{settings.SITE_URL}/")
    of_the_team = request.company is not None and request.company.pk == job.company_id
    return request.method == "GET" and not (
        fetched_ahead
        or from_here
        or of_the_team
        or placements.is_robot(request.headers.get("User-Agent", ""))
    )


def _rather_not(request) -> bool:
    """Somebody whose browser asks not to be followed keeps nothing; the link alone goes along to the form."""
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"
