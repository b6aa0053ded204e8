"""The advert as schema.org JobPosting. Every value in it stands on the page as well, or search engines distrust it."""

import json

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from accounts import places, zones
from accounts.addresses import absolute
from hiring.models.jobs import Place

# What would end the script element or start a comment in it; JSON reads the escapes as the same characters.
ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
UNITS = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}


def script(data: dict) -> SafeString:
    """`data` as JSON that cannot leave its script element, whatever people typed into it."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped right here


def description(sections) -> str:
    """The advert's sections as the HTML a JobPosting takes: p, ul, li and nothing else."""
    parts = []
    for section in sections:
        parts.append(f"<p>{escape(section.heading)}</p>")
        parts += [f"<p>{escape(text)}</p>" for text in section.paragraphs]
        if section.items:
            parts.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in section.items) + "</ul>")
    return "".join(parts)


def posting(job, *, sections, path: str) -> dict:
    """JobPosting of a published job; parts that the job does not tell are left out, never empty."""
    company = job.company
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "description": description(sections),
        "datePosted": _day(job).isoformat(),
        "validThrough": job.answer_by.isoformat() if job.answer_by else None,
        "employmentType": job.employment_type,
        "hiringOrganization": _organization(company),
        "identifier": {"@type": "PropertyValue", "name": company.name, "value": str(job.pk)},
        "directApply": True,
        "url": absolute(path),
        **_place(job),
        **_pay(job),
    }
    return {name: value for name, value in data.items() if value not in (None, "")}


def _day(job):
    """When it was posted first, on the shop's calendar. Opening it again changes nothing."""
    return localtime(job.first_opened_at, zones.named(job.company.timezone)).date()


def _organization(company) -> dict:
    page = absolute(reverse("careers:company", args=[company.slug]))
    found = {"@type": "Organization", "name": company.name, "sameAs": page}
    if company.logo_hash:
        found["logo"] = absolute(reverse("careers:logo", args=[company.slug, company.logo_hash]))
    return found


def _place(job) -> dict:
    """Where the work is done; fully remote jobs name the country of the applicants and no place at all."""
    if job.place == Place.REMOTE:
        where = {"@type": "Country", "name": places.country_name(job.country)} if job.country else None
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": where}
    if not job.country:
        return {}
    address = {"@type": "PostalAddress", "addressCountry": job.country}
    if job.city:
        address["addressLocality"] = job.city
    if job.region:
        address["addressRegion"] = job.region
    return {"jobLocation": {"@type": "Place", "address": address}}


def _pay(job) -> dict:
    if job.pay_min is None and job.pay_max is None:
        return {}
    value = {"@type": "QuantitativeValue", "unitText": UNITS[job.pay_period]}
    for name, amount in (("minValue", job.pay_min), ("maxValue", job.pay_max)):
        if amount is not None:
            value[name] = float(amount)
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": job.currency, "value": value}}
