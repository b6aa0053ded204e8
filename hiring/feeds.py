"""A shop's open jobs for programs: Atom (RFC 4287), a sitemap, and the XML that search engines for jobs read."""

import re
import uuid
from datetime import datetime, timedelta
from io import StringIO

from django.db.models import Max, Prefetch
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.xmlutils import SimplerXMLGenerator

from accounts.addresses import absolute
from accounts.models import Company
from hiring import careers_site, jsonld, placements, wording
from hiring.models import Job, JobStatus, Requirement
from hiring.models.jobs import EmploymentType, Place

IDS = uuid.UUID("6a9f7d0e-3c1b-5c1e-9f60-4d1f0f4f7c51")  # a namespace of our own
NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
SITEMAP = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
MOST = 50_000  # addresses of one sitemap, as sitemaps.org says
JOBTYPES = {
    EmploymentType.FULL_TIME: "fulltime",
    EmploymentType.PART_TIME: "parttime",
    EmploymentType.CONTRACTOR: "contract",
    EmploymentType.TEMPORARY: "temporary",
    EmploymentType.INTERN: "internship",
    EmploymentType.VOLUNTEER: "volunteer",
    EmploymentType.PER_DIEM: "perdiem",
}
REMOTE = {Place.REMOTE: "Fully remote", Place.HYBRID: "Hybrid remote"}


def clean(text) -> str:
    """Without the characters that no XML can hold."""
    return NEVER.sub("", str(text))


# -- what there is


def open_jobs(shop) -> list[Job]:
    """careers_site.open_jobs, each with `looked_for`. Two queries."""
    wanted = Requirement.objects.filter(retired_at=None).order_by("position", "pk")
    return careers_site.open_jobs(shop, Prefetch("requirements", wanted, to_attr="looked_for"))


def changed_at(shop) -> datetime:
    """When the list or an advert on it was last another: a job came, went, or was written anew. To the second."""
    jobs = Job.objects.for_company(shop).exclude(status=JobStatus.DRAFT)
    found = jobs.aggregate(a=Max("changed_at"), b=Max("closed_at"), c=Max("first_opened_at")).values()
    return whole(max([shop.created_at, *filter(None, found)]))


def changed(job) -> datetime:
    return whole(job.changed_at or job.first_opened_at)


def whole(moment) -> datetime:
    """HTTP and feeds count in seconds; upwards, so that nothing changes behind the moment that is told."""
    return moment if not moment.microsecond else moment.replace(microsecond=0) + timedelta(seconds=1)


def lasting_id(shop, job=None) -> str:
    """The same whatever the shop's or the job's name and address become, and nobody else's."""
    return uuid.uuid5(IDS, f"{shop.created_at.isoformat()}/{shop.pk}/{job.pk if job else ''}").urn


def address(job) -> str:
    return absolute(reverse("careers:job", args=[job.company.slug, job.slug]))


def _description(job) -> str:
    return clean(jsonld.description(wording.advert(job, job.looked_for).sections))


# -- Atom


class JobsFeed(Atom1Feed):
    """Django's, with the moment of the last change instead of "now", and the whole advert as content."""

    def latest_post_date(self):
        return self.feed["changed_at"]

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})


def atom(shop, *, title: str) -> str:
    page = absolute(reverse("careers:company", args=[shop.slug]))
    feed = JobsFeed(
        clean(title),
        page,
        None,
        language=shop.language,
        author_name=clean(shop.name),
        feed_url=absolute(reverse("careers:atom", args=[shop.slug])),
        feed_guid=lasting_id(shop),
        changed_at=changed_at(shop),
    )
    for job in open_jobs(shop):
        with translation.override(job.language):
            facts = " · ".join(fact.text for fact in wording.facts(job))
            feed.add_item(
                clean(job.title),
                address(job),
                escape(clean(facts)),
                unique_id=lasting_id(shop, job),
                pubdate=job.first_opened_at,
                updateddate=changed(job),
                html=_description(job),
                language=job.language,
            )
    return feed.writeString("utf-8")


# -- sitemaps


def _xml(root, attributes, rows) -> str:
    """`rows` are (element, {name: text})."""
    out = StringIO()
    handler = SimplerXMLGenerator(out, "utf-8")
    handler.startDocument()
    handler.startElement(root, attributes)
    for element, values in rows:
        handler.startElement(element, {})
        for name, text in values.items():
            handler.addQuickElement(name, text)
        handler.endElement(element)
    handler.endElement(root)
    return out.getvalue()


def sitemap(shop) -> str:
    page = absolute(reverse("careers:company", args=[shop.slug]))
    rows = [(page, changed_at(shop)), *((address(job), changed(job)) for job in open_jobs(shop)[: MOST - 1])]
    return _xml("urlset", SITEMAP, (("url", {"loc": loc, "lastmod": when.isoformat()}) for loc, when in rows))


def sitemap_index() -> str:
    """The sitemaps of every shop that has an open job; samples stay at home. One query."""
    jobs = Job.objects.filter(status=JobStatus.OPEN)
    shops = Company.objects.filter(pk__in=jobs.values("company"), closes_at=None, is_demo=False)
    slugs = shops.order_by("pk").values_list("slug", flat=True)[:MOST]
    found = ({"loc": absolute(reverse("careers:sitemap", args=[slug]))} for slug in slugs)
    return _xml("sitemapindex", SITEMAP, (("sitemap", values) for values in found))


# -- search engines for jobs


def _cdata(text) -> str:
    return f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _elements(values) -> str:
    return "".join(f"<{name}>{_cdata(text)}</{name}>" for name, text in values.items())


def jobs_xml(shop) -> str:
    """All open jobs as Indeed's XML: every text in CDATA, and no HTML entity in any."""
    head = {
        "publisher": shop.name,
        "publisherurl": absolute(reverse("careers:company", args=[shop.slug])),
        "lastBuildDate": http_date(changed_at(shop).timestamp()),
    }
    jobs = "".join(f"<job>{_elements(_told(job))}</job>" for job in open_jobs(shop))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<source>{_elements(head)}{jobs}</source>\n'


def _told(job) -> dict:
    with translation.override(job.language):
        return {
            "title": job.title,
            "date": http_date(job.first_opened_at.timestamp()),
            "referencenumber": job.pk,
            "requisitionid": job.pk,
            "url": placements.address(job, placements.FEED),
            "company": job.company.name,
            "city": job.city,
            "state": job.region,
            "country": job.country,
            "description": _without_entities(job),
            "salary": wording.pay(job),
            "jobtype": JOBTYPES.get(job.employment_type, ""),
            "remotetype": REMOTE.get(job.place, ""),
        }


def _without_entities(job) -> str:
    """p, ul and li. What people typed cannot make an element: its angle brackets become quotation marks."""
    angles = str.maketrans("<>", "‹›")
    parts = []
    for section in wording.advert(job, job.looked_for).sections:
        parts += [f"<p>{text.translate(angles)}</p>" for text in (section.heading, *section.paragraphs)]
        if section.items:
            items = (f"<li>{item.translate(angles)}</li>" for item in section.items)
            parts.append(f"<ul>{''.join(items)}</ul>")
    return "".join(parts)
