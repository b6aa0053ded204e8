"""The advert as JobPosting, held property by property against schema.org and against what the page shows."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from hiring import closing
from hiring.models import Job
from tests.hiring.adverts import address, make_published

pytestmark = pytest.mark.django_db
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
ISO_DAY = r"\d{4}-\d\d-\d\d"
ADDRESS = r"http://localhost:8000/careers/[\w-]+/.*"
EMPLOYMENT = "FULL_TIME|PART_TIME|CONTRACTOR|TEMPORARY|INTERN|VOLUNTEER|PER_DIEM|OTHER"
# schema.org, release 29: the properties of each type that we use, and what their values are: a pattern of a text,
# a Python type, or the name of another type.
SCHEMA = {
    "JobPosting": {
        "title": r"[^<>]{1,120}",
        "description": r"(<p>[^<>]+</p>|<ul>(<li>[^<>]+</li>)+</ul>)+",
        "datePosted": ISO_DAY,
        "validThrough": ISO_DAY,
        "employmentType": EMPLOYMENT,
        "hiringOrganization": "Organization",
        "identifier": "PropertyValue",
        "jobLocation": "Place",
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": "Country",
        "baseSalary": "MonetaryAmount",
        "directApply": bool,
        "url": ADDRESS,
    },
    "Organization": {"name": r".+", "sameAs": ADDRESS, "logo": ADDRESS},
    "PropertyValue": {"name": r".+", "value": r"\d+"},
    "Place": {"address": "PostalAddress"},
    "PostalAddress": {"addressCountry": r"[A-Z]{2}", "addressLocality": r".+", "addressRegion": r".+"},
    "Country": {"name": r".+"},
    "MonetaryAmount": {"currency": r"[A-Z]{3}", "value": "QuantitativeValue"},
    "QuantitativeValue": {"minValue": float, "maxValue": float, "unitText": r"HOUR|DAY|WEEK|MONTH|YEAR"},
}
NEEDED = set(
    "title description datePosted employmentType hiringOrganization identifier directApply url".split()
)


def held(data, kind="JobPosting"):
    """Every property is one of its type, and its value what schema.org expects there; never empty."""
    assert data["@type"] == kind
    for name, value in data.items():
        if not name.startswith("@"):
            expected = SCHEMA[kind][name]
            if isinstance(expected, type):
                assert type(value) is expected, name
            elif expected in SCHEMA:
                held(value, expected)
            else:
                assert re.fullmatch(expected, value, re.S), (name, value)


@pytest.fixture
def posting(client, owner):
    def posting(**fields):
        job = make_published(owner, **fields)
        return json.loads(LD.search(client.get(address(job, "job")).content.decode())[1])

    return posting


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"place": "remote", "city": ""},
        {"place": "remote", "country": ""},
        {"place": "hybrid"},
        {"place": "onsite", "country": ""},
        {"place": "onsite", "city": ""},
        {"answer_by": None, "pay_min": None, "pay_max": None},
        {"pay_max": None},
        {"pay_min": None, "pay_period": "year"},
        {"language": "ar", "title": "موظف دعم"},
        {"language": "zh-hans", "title": "客服"},
        {"title": "<b>R&D</b>", "about_company": "</script><!-- & \u2028"},
    ],
    ids=str,
)
def test_every_property_is_schema_orgs(posting, fields):
    data = posting(
        **{**fields, "title": fields.get("title", "Support person").replace("<b>", "").replace("</b>", "")}
    )
    held(data)
    assert (data["@context"], NEEDED - set(data)) == ("https://schema.org", set())


@pytest.mark.parametrize("kind", EMPLOYMENT.split("|"))
def test_every_kind_of_employment_has_its_word(posting, kind):
    assert posting(employment_type=kind)["employmentType"] == kind


@pytest.mark.parametrize("period", ["hour", "day", "week", "month", "year"])
def test_every_period_of_pay_has_its_word(posting, period):
    salary = posting(pay_period=period, currency="EUR", pay_min=Decimal("13.50"), pay_max=Decimal(16))[
        "baseSalary"
    ]
    assert salary == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {
            "@type": "QuantitativeValue",
            "unitText": period.upper(),
            "minValue": 13.5,
            "maxValue": 16.0,
        },
    }


def test_without_pay_there_is_no_salary(posting):
    assert "baseSalary" not in posting(pay_min=None, pay_max=None)


def test_fully_remote_names_the_country_and_no_place(posting):
    data = posting(place="remote", country="FI")
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "Finland"}
    assert (data["jobLocationType"], "jobLocation" in data) == ("TELECOMMUTE", False)


@pytest.mark.parametrize("place", ["onsite", "hybrid"])
def test_elsewhere_there_is_a_place_and_nothing_remote(posting, place):
    data = posting(place=place, city="Turku", country="FI")
    assert data["jobLocation"]["address"] == {
        "@type": "PostalAddress", "addressCountry": "FI", "addressLocality": "Turku",
    }  # fmt: skip
    assert {"jobLocationType", "applicantLocationRequirements"} & set(data) == set()


def test_a_state_is_told_where_addresses_have_one(posting):
    address = posting(place="onsite", city="Portland", region="Oregon", country="US")["jobLocation"][
        "address"
    ]
    assert (address["addressRegion"], address["addressLocality"]) == ("Oregon", "Portland")


@pytest.mark.parametrize("place", ["remote", "onsite"])
def test_an_unknown_country_leaves_nothing_empty_behind(posting, place):
    data = posting(place=place, country="")
    assert {"jobLocation", "applicantLocationRequirements"} & set(data) == set()


def test_the_logo_is_told_where_there_is_one(posting, owner):
    assert "logo" not in posting()["hiringOrganization"]
    owner.company.logo_hash = "abc123"
    owner.company.save()
    found = posting()["hiringOrganization"]["logo"]
    assert found == f"http://localhost:8000/careers/{owner.company.slug}/logo-abc123.png"


class TestDatePosted:
    def test_is_the_shops_day(self, posting, owner, client, time_machine):
        owner.company.timezone = "Asia/Tokyo"
        owner.company.save()
        time_machine.move_to(datetime(2026, 11, 22, 20, tzinfo=UTC), tick=False)
        assert posting(answer_by=None)["datePosted"] == "2026-11-23"

    def test_is_never_bumped(self, client, owner, time_machine):
        time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False)
        job = make_published(owner)
        time_machine.move_to(datetime(2026, 11, 20, 9, tzinfo=UTC), tick=False)
        closing.close(job, by=owner)
        closing.resume(job, by=owner)
        Job.objects.filter(pk=job.pk).update(title="Another title")
        page = client.get(address(job, "job")).content.decode()
        assert json.loads(LD.search(page)[1])["datePosted"] == "2026-11-02"


class TestLeavingTheScript:
    @pytest.mark.parametrize("words", ["</script><script>alert(1)", "<!--<script>", "]]>", "\u2028\u2029"])
    def test_nothing_typed_ends_it(self, client, owner, words):
        job = make_published(owner, about_company=words, title=f"T {words}"[:120])
        inside = LD.search(client.get(address(job, "job")).content.decode())[1]
        assert set("<>&\u2028\u2029") & set(inside) == set()
        assert json.loads(inside)["title"] == job.title

    def test_a_closed_job_tells_nothing_any_more(self, client, owner):
        job = make_published(owner)
        closing.close(job, by=owner)
        answer = client.get(address(job, "job"))
        assert [answer.status_code, answer["X-Robots-Tag"], b"ld+json" in answer.content] == [
            410,
            "noindex",
            False,
        ]
