"""The advert as schema.org JobPosting. Every value in it stands on the page as well, or search engines distrust it."""

import json

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.addresses import absolute

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
        "datePosted": job.first_opened_at.date().isoformat(),
        "validThrough": job.answer_by.isoformat() if job.answer_by else None,
        "employmentType": job.employment_type,
        "hiringOrganization": {
            "@type": "Organization",
            "name": company.name,
            "sameAs": absolute(f"/careers/{company.slug}/"),
        },
        "identifier": {"@type": "PropertyValue", "name": company.name, "value": str(job.pk)},
        "directApply": True,
        "url": absolute(path),
        **_place(job),
        **_pay(job),
    }
    return {name: value for name, value in data.items() if value not in (None, "")}


def _place(job) -> dict:
    """Where the work is done; fully remote jobs name the country of the applicants and no place at all."""
    if job.place == "remote":
        return {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": {"@type": "Country", "name": job.country},
        }
    address = {"@type": "PostalAddress", "addressCountry": job.country}
    if job.city:
        address["addressLocality"] = job.city
    return {"jobLocation": {"@type": "Place", "address": address}}


def _pay(job) -> dict:
    if job.pay_min is None and job.pay_max is None:
        return {}
    value = {"@type": "QuantitativeValue", "unitText": UNITS[job.pay_period]}
    for name, amount in (("minValue", job.pay_min), ("maxValue", job.pay_max)):
        if amount is not None:
            value[name] = float(amount)
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": job.currency, "value": value}}
