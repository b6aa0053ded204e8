import json
import re

import pytest
from django.urls import reverse

from hiring import closing
from tests.factories import make_company, make_member
from tests.hiring.adverts import address, make_draft, make_published

pytestmark = pytest.mark.django_db
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture
def job(owner):
    return make_published(owner)


def said(response) -> str:
    return response.content.decode()


def company_page(company):
    return reverse("careers:company", args=[company.slug])


class TestCompanyPage:
    def test_lists_open_jobs_only(self, client, owner, job):
        make_draft(owner, title="Not yet told")
        closing.stop(make_published(owner, title="Paused one"), by=owner)
        page = said(client.get(company_page(owner.company)))
        assert job.title in page
        assert "Not yet told" not in page
        assert "Paused one" not in page

    def test_says_when_there_is_none(self, client, company):
        assert "There is no open job here at the moment." in said(client.get(company_page(company)))

    def test_shows_no_other_companys_jobs(self, client, company, rival):
        make_published(rival, title="Rival job")
        assert "Rival job" not in said(client.get(company_page(company)))

    def test_unknown_company(self, client, company):
        assert client.get(reverse("careers:company", args=["nobody"])).status_code == 404

    def test_speaks_the_companys_language_to_everybody(self, client):
        company = make_company(language="ar")
        page = said(client.get(company_page(company), headers={"accept-language": "fi"}))
        assert '<html lang="ar" dir="rtl">' in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_the_list(self, client, owner, django_assert_num_queries, number):
        for _ in range(number):
            make_published(owner)
        with django_assert_num_queries(2):  # the company, its jobs
            client.get(company_page(owner.company))


class TestJobPage:
    def test_tells_everything(self, client, job):
        page = said(client.get(address(job, "job")))
        for words in (
            job.title,
            "We sell tea.",
            "Your ideas count.",
            "€13.50 – €16 an hour",
            "Turku, Finland",
        ):
            assert words in page
        assert "Writes clearly and without mistakes" in page
        assert f'href="{address(job)}"' in page

    def test_speaks_the_jobs_language(self, client, owner):
        job = make_published(owner, language="ar")
        assert '<html lang="ar" dir="rtl">' in said(client.get(address(job, "job")))

    def test_is_the_same_for_a_signed_in_colleague(self, client, job, sign_in):
        def body(page):
            return re.sub(r'(X-CSRFToken": "|csrfmiddlewaretoken" value=")[^"]+', "", page)

        colleague = sign_in(job.created_by)
        pages = [body(said(one.get(address(job, "job")))) for one in (client, colleague)]
        assert pages[0] == pages[1]

    def test_jsonld_is_whole_and_cannot_be_left(self, client, owner):
        job = make_published(owner, about_company="</script><script>alert(1)</script>")
        page = said(client.get(address(job, "job")))
        data = json.loads(LD.search(page)[1])
        assert data["title"] == job.title
        assert data["url"] == f"http://localhost:8000{address(job, 'job')}"
        assert "<script>alert" not in page

    def test_every_value_of_the_jsonld_is_on_the_page(self, client, job):
        page = said(client.get(address(job, "job")))
        data = json.loads(LD.search(page)[1])
        text = re.sub(r"<[^>]+>", "\n", data["description"])
        for line in filter(None, (line.strip() for line in text.splitlines())):
            assert line in page
        assert [data["title"] in page, data["jobLocation"]["address"]["addressLocality"] in page] == [
            True,
            True,
        ]

    def test_paused_takes_no_applications_and_leaves_the_index(self, client, owner):
        job = make_published(owner)
        closing.stop(job, by=owner)
        answer = client.get(address(job, "job"))
        assert "takes no applications for the moment" in said(answer)
        assert answer["X-Robots-Tag"] == "noindex"
        assert LD.search(said(answer)) is None

    @pytest.mark.parametrize("status", ["closed", "filled"])
    def test_over_is_410_and_noindex(self, client, job, status):
        job.status, job.closed_at = status, job.first_opened_at
        job.save()
        answer = client.get(address(job, "job"))
        assert [answer.status_code, answer["X-Robots-Tag"]] == [410, "noindex"]
        assert '<meta name="robots" content="noindex">' in said(answer)

    def test_draft_is_a_404_with_the_bytes_of_nothing(self, client, owner):
        draft = make_draft(owner)
        nothing = client.get(reverse("careers:job", args=[owner.company.slug, "nothing"]))
        answer = client.get(address(draft, "job"))
        assert [answer.status_code, answer.content] == [404, nothing.content]

    def test_under_another_companys_name_is_a_404(self, client, job):
        other = make_member(make_company("Other")).company
        assert client.get(reverse("careers:job", args=[other.slug, job.slug])).status_code == 404

    def test_has_neither_inline_script_nor_style(self, client, job):
        page = LD.sub("", said(client.get(address(job, "job"))))
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", page)

    def test_queries(self, client, job, django_assert_num_queries):
        with django_assert_num_queries(2):  # job with company; requirements
            client.get(address(job, "job"))
