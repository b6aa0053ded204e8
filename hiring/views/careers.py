"""What anybody can read: a shop's open jobs and each advert, in the job's language, without a script."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import condition, conditional_page, require_safe

from accounts import colours
from accounts.addresses import absolute
from accounts.guards import public
from accounts.models import Company
from hiring import careers_site, jsonld, requirements, wording
from hiring.models import Job, JobStatus
from hiring.views import via

ASK_AGAIN = "public, no-cache"  # kept anywhere, asked about each time: stopping a job holds at once


@public
@conditional_page
def company(request, company):
    shop = careers_site.shop(company)
    jobs = careers_site.open_jobs(shop)
    with translation.override(shop.language):
        rows = [{"job": job, "facts": " · ".join(fact.text for fact in wording.facts(job))} for job in jobs]
        context = {"shop": shop, "rows": rows, "about": careers_site.about(shop, jobs)}
        context["canonical"] = absolute(reverse("careers:company", args=[shop.slug]))
        response = render(request, "careers/company.html", context)
    response["Cache-Control"] = ASK_AGAIN
    return response


@public
@conditional_page
def job(request, company, job):
    found = published(company, job)
    with translation.override(found.language):
        return closed(request, found) if found.is_over else _advert(request, found)


def published(company: str, slug: str) -> Job:
    """The job of this address, open or not any more. Drafts and unknown ones: the same 404."""
    jobs = Job.objects.filter(company__slug=company).exclude(status=JobStatus.DRAFT)
    found = jobs.select_related("company", "created_by").filter(slug=slug).first()
    if found is None:
        raise Http404
    if found.company.closes_at:
        found.status = JobStatus.CLOSED  # on the page only: the shop may change its mind
    return found


def _advert(request, job):
    advert = wording.advert(job, requirements.listed(job))
    path = reverse("careers:job", args=[job.company.slug, job.slug])
    posting = jsonld.posting(job, sections=advert.sections, path=path)
    context = {
        "job": job,
        "shop": job.company,
        "advert": advert,
        "canonical": absolute(path),
        "jsonld": jsonld.script(posting) if job.takes_applications else "",
        "apply_url": apply_address(request, job) if job.takes_applications else "",
    }
    response = render(request, "careers/job.html", context)
    response["Cache-Control"] = ASK_AGAIN
    via.opened(request, response, job)
    if not job.takes_applications:
        response["X-Robots-Tag"] = "noindex"
    return response


def apply_address(request, job) -> str:
    """The form's address; where somebody came from goes along with them."""
    path = reverse("careers:apply", args=[job.company.slug, job.slug])
    said = via.first(request)
    return f"{path}?{urlencode({'via': said})}" if said else path


def closed(request, job, kept=()):
    """Gone, and search engines are told so. `kept` are (label, text) of a form that came too late."""
    context = {"job": job, "shop": job.company, "kept": kept}
    response = render(request, "careers/closed.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


# -- the shop's looks


def _theme_tag(request, company) -> str:
    shop = careers_site.shop(company)
    return f'"{shop.accent}{shop.on_accent}"'.replace("#", "")


@public
@require_safe
@condition(etag_func=_theme_tag)
def theme(request, company):
    """The shop's colours as a style sheet; a shop without its own has none."""
    shop = careers_site.shop(company)
    if not shop.accent:
        raise Http404
    sheet = colours.sheet(shop.accent, shop.on_accent)
    return HttpResponse(
        sheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, no-cache"}
    )


@public
@require_safe
def logo(request, company, digest):
    """The picture of this very address, which never changes; another picture has another address."""
    shop = (
        Company.objects.filter(slug=company, logo_hash=digest)
        .exclude(logo=None)
        .select_related("logo")
        .first()
    )
    if shop is None or not shop.logo.path.exists():
        raise Http404
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": f'"{digest}"'}
    return HttpResponse(shop.logo.path.read_bytes(), content_type="image/png", headers=headers)
