"""The careers site: light, the same for everybody, and asked about cheaply."""

import gzip
import re

import pytest
from django.urls import reverse

from hiring import careers_site, closing
from tests.hiring.adverts import address, make_published

pytestmark = pytest.mark.django_db
HEAVY = {
    "about_company": "We sell tea. " * 150,
    "why_us": "Your ideas count. " * 110,
    "responsibilities": "Answer people kindly and in time\n" * 90,
    "benefits": "A day off\n" * 100,
    "summary": "You answer our customers. " * 75,
    "how_to_apply": "Write to us. " * 150,
}


@pytest.fixture
def job(owner):
    return make_published(owner)


def said(response) -> str:
    return response.content.decode()


def site(company) -> str:
    return reverse("careers:company", args=[company.slug])


class TestAboutTheShop:
    def test_is_its_own_text(self, client, owner, job):
        careers_site.save(owner.company, by=owner, about="Three people and a dog.\n\nSince 1999.")
        page = said(client.get(site(owner.company)))
        assert ("Three people and a dog.</p>" in page, "Since 1999.</p>" in page) == (True, True)
        assert "We sell tea." not in page

    def test_is_that_of_the_newest_advert_until_somebody_writes_one(self, client, company, job):
        assert "We sell tea." in said(client.get(site(company)))

    def test_nothing_to_say_is_nothing_shown(self, client, company):
        assert "About us" not in said(client.get(site(company)))

    def test_nobody_types_html_into_it(self, client, owner):
        careers_site.save(owner.company, by=owner, about="<script>alert(1)</script>")
        assert "&lt;script&gt;alert(1)" in said(client.get(site(owner.company)))

    def test_belongs_to_one_shop(self, client, owner, rival):
        careers_site.save(rival.company, by=rival, about="We sell coffee.")
        assert "coffee" not in said(client.get(site(owner.company)))


class TestLight:
    @pytest.fixture
    def page(self, client, owner):
        job = make_published(owner, **HEAVY)
        return said(client.get(address(job, "job")))

    def test_an_advert_longer_than_anybody_reads_is_below_60_kb(self, page):
        assert len(page.encode()) < 60_000
        assert len(gzip.compress(page.encode())) < 14_000  # what fits into the first flight of a connection

    def test_needs_no_script(self, page):
        scripts = re.findall(r"<script[^>]*>", page)
        assert [tag for tag in scripts if "ld+json" not in tag and "theme" not in tag] == []
        assert re.findall(r"hx-|data-text|<form|<input|csrf", page) == []

    def test_says_where_else_it_is_told(self, client, company, job):
        for path in (site(company), address(job, "job")):
            page = said(client.get(path))
            assert f'href="/careers/{company.slug}/jobs.atom"' in page
            assert f'<link rel="canonical" href="http://localhost:8000{path}">' in page


class TestCheap:
    @pytest.mark.parametrize("name", ["company", "job"])
    def test_unchanged_is_a_304_that_anybody_may_keep(self, client, company, job, name):
        path = site(company) if name == "company" else address(job, "job")
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert [again.status_code, again.content, first["Cache-Control"]] == [304, b"", "public, no-cache"]

    def test_stopping_is_seen_with_the_next_request(self, client, owner, job):
        tag = {"if-none-match": client.get(address(job, "job"))["ETag"]}
        closing.stop(job, by=owner)
        assert client.get(address(job, "job"), headers=tag).status_code == 200
        closing.close(job, by=owner)
        assert client.get(address(job, "job"), headers=tag).status_code == 410

    def test_sets_no_cookie(self, client, company, job):
        for path in (site(company), address(job, "job")):
            client.get(path)
        assert dict(client.cookies) == {}

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_with_a_text_of_its_own(self, client, owner, django_assert_num_queries, number):
        careers_site.save(owner.company, by=owner, about="Tea.")
        for _ in range(number):
            make_published(owner)
        with django_assert_num_queries(2):  # the shop with its text; its jobs
            client.get(site(owner.company))
