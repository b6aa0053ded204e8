"""What a shop says above its open jobs, and whether search engines for jobs may fetch them."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from accounts.addresses import absolute
from accounts.models import Company
from hiring.models import CareersSite, Job
from vault import trail


def shop(slug: str) -> Company:
    """The shop of a public address, with its careers page. One query; raises Http404."""
    found = Company.objects.select_related("careers_site").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def open_jobs(company, *prefetch) -> list[Job]:
    """Those that take applications, the newest first; none in a shop that is being closed."""
    if company.closes_at:
        return []
    rows = Job.objects.for_company(company).open().prefetch_related(*prefetch)
    jobs = list(rows.order_by("-first_opened_at", "-pk"))
    for job in jobs:
        job.company = company  # known already: no query for each
    return [job for job in jobs if job.takes_applications]


def of(company) -> CareersSite:
    """The shop's own, or one that says nothing and is not saved."""
    try:
        return company.careers_site
    except CareersSite.DoesNotExist:
        return CareersSite(company=company)


def about(company, jobs) -> list[str]:
    """Paragraphs about the shop: its own words, else those of its newest open advert."""
    own = of(company).about or next((job.about_company for job in jobs if job.about_company), "")
    return [line for line in own.splitlines() if line.strip()]


@dataclass(frozen=True)
class Feed:
    """The address that search engines for jobs fetch, and whether it answers."""

    address: str
    is_on: bool


def feed(company) -> Feed:
    return Feed(absolute(reverse("careers:jobs_xml", args=[company.slug])), of(company).jobs_feed)


@transaction.atomic
def save(company, *, by, **values) -> CareersSite:
    """`about` or `jobs_feed`, or both."""
    row, _new = CareersSite.objects.update_or_create(company=company, defaults=values)
    trail.record(
        "careers.changed",
        company_id=company.pk,
        actor_id=by.user_id,
        kind="careers",
        pk=row.pk,
        fields=sorted(values),
    )
    return row
