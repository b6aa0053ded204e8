"""Feeds, sitemaps and robots.txt, read by a parser that is not ours."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from defusedxml.ElementTree import fromstring
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from hypothesis import given
from hypothesis import strategies as st

from hiring import adverts, careers_site, closing, feeds, placements
from hiring.models import Job
from tests.factories import make_company, make_member
from tests.hiring.adverts import make_draft, make_published

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XML = "{http://www.w3.org/XML/1998/namespace}"
NAMES = ("atom", "sitemap", "jobs_xml")
NASTY = 'R&D <b>"x"</b> ]]> \x0b\ufffe & &amp; </job>'


def where(company, name="atom") -> str:
    return reverse(f"careers:{name}", args=[company.slug])


def read(answer):
    return fromstring(answer.content.decode())


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def switched_on(owner):
    careers_site.save(owner.company, by=owner, jobs_feed=True)


# RFC 4287, 4.1.1 and 4.1.2: what a feed and an entry have exactly once, and what they may have at all.
FEED_ONCE, ENTRY_ONCE = (
    ("id", "title", "updated"),
    ("id", "title", "updated", "content", "summary", "published"),
)
FEED_MAY = {*FEED_ONCE, "author", "link", "entry"}
ENTRY_MAY = {*ENTRY_ONCE, "link"}


def strictly(feed):
    """RFC 4287 as far as a feed of ours goes."""
    assert feed.tag == f"{ATOM}feed"
    assert {child.tag.removeprefix(ATOM) for child in feed} <= FEED_MAY
    assert [len(feed.findall(ATOM + name)) for name in FEED_ONCE] == [1] * len(FEED_ONCE)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for entry in feed.findall(f"{ATOM}entry"):
        assert {child.tag.removeprefix(ATOM) for child in entry} <= ENTRY_MAY
        assert [len(entry.findall(ATOM + name)) for name in ENTRY_ONCE] == [1] * len(ENTRY_ONCE)
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    for moment in [*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published")]:
        assert parse_datetime(moment.text).tzinfo is not None
    ids = [found.text for found in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found) for found in ids)


class TestAtom:
    def test_is_atom_with_every_open_job(self, client, owner, job):
        make_published(owner, title="Second")
        make_draft(owner, title="Draft")
        closing.stop(make_published(owner, title="Paused"), by=owner)
        answer = client.get(where(owner.company))
        feed = read(answer)
        strictly(feed)
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert [found.text for found in feed.findall(f"{ATOM}entry/{ATOM}title")] == ["Second", job.title]

    def test_a_reader_of_feeds_finds_nothing_to_mend(self, client, company, job):
        found = feedparser.parse(client.get(where(company)).content)
        assert (found.bozo, found.version, len(found.entries)) == (False, "atom10", 1)
        assert (found.entries[0].title, found.entries[0].link) == (job.title, feeds.address(job))
        assert found.entries[0].published_parsed[:3] == job.first_opened_at.timetuple()[:3]

    def test_names_itself_and_the_page(self, client, company, job):
        links = {
            link.get("rel"): link.get("href")
            for link in read(client.get(where(company))).findall(f"{ATOM}link")
        }
        assert links == {
            "alternate": f"http://localhost:8000/careers/{company.slug}/",
            "self": f"http://localhost:8000/careers/{company.slug}/jobs.atom",
        }

    def test_an_entry_holds_the_whole_advert_in_its_language(self, client, owner):
        job = make_published(owner, language="fi", about_company=NASTY)
        entry = read(client.get(where(owner.company))).find(f"{ATOM}entry")
        assert entry.get(f"{XML}lang") == "fi"
        assert entry.find(f"{ATOM}content").get("type") == "html"
        html = entry.findtext(f"{ATOM}content")
        assert "<p>R&amp;D &lt;b&gt;&quot;x&quot;&lt;/b&gt; ]]&gt;" in html
        assert entry.find(f"{ATOM}link").get("href") == feeds.address(job)

    def test_without_a_job_it_is_a_feed_all_the_same(self, client, company):
        feed = read(client.get(where(company)))
        strictly(feed)
        assert feed.findall(f"{ATOM}entry") == []

    def test_ids_outlive_every_rename(self, client, owner, job, settings):
        def ids():
            company = owner.company
            return [found.text for found in read(client.get(where(company))).iter(f"{ATOM}id")]

        before = ids()
        owner.company.name, owner.company.slug = "Lumo", "lumo"
        owner.company.save()
        Job.objects.update(title="Another", slug="another")
        settings.SITE_URL = "https://elsewhere.example"
        assert ids() == before

    def test_no_two_shops_share_an_id(self, client, owner, rival):
        for member in (owner, rival):
            make_published(member)
        pages = [read(client.get(where(member.company))) for member in (owner, rival)]
        ids = [found.text for page in pages for found in page.iter(f"{ATOM}id")]
        assert len(set(ids)) == 4

    def test_the_moment_moves_with_the_advert_and_when_a_job_goes(self, client, owner, time_machine):
        moments = []
        time_machine.move_to(datetime(2027, 11, 2, 9, tzinfo=UTC), tick=False)
        job = make_published(owner)
        acts = (lambda: None, lambda: adverts.set_pay(job, values={"pay_min": 14}, by=owner),
                lambda: closing.stop(job, by=owner), lambda: closing.resume(job, by=owner),
                lambda: closing.close(job, by=owner))  # fmt: skip
        for act in acts:
            time_machine.shift(timedelta(days=1))
            act()
            moments.append(read(client.get(where(owner.company))).findtext(f"{ATOM}updated")[:10])
        assert moments == ["2027-11-02", "2027-11-04", "2027-11-05", "2027-11-06", "2027-11-07"]


class TestSitemap:
    def test_holds_the_page_and_every_open_job_with_true_days(self, client, owner, time_machine):
        time_machine.move_to(datetime(2027, 11, 2, 9, tzinfo=UTC), tick=False)
        job, gone = make_published(owner), make_published(owner)
        time_machine.move_to(datetime(2027, 11, 8, 9, tzinfo=UTC), tick=False)
        closing.close(gone, by=owner)
        found = read(client.get(where(owner.company, "sitemap")))
        rows = [(url.findtext(f"{MAP}loc"), url.findtext(f"{MAP}lastmod")[:10]) for url in found]
        page = f"http://localhost:8000/careers/{owner.company.slug}/"
        assert rows == [(page, "2027-11-08"), (feeds.address(job), "2027-11-02")]

    def test_every_address_in_it_answers(self, client, owner, job):
        found = read(client.get(where(owner.company, "sitemap"))).iter(f"{MAP}loc")
        paths = [loc.text.removeprefix("http://localhost:8000") for loc in found]
        assert [client.get(path).status_code for path in paths] == [200, 200]

    def test_the_index_names_shops_with_an_open_job(self, client, owner, job, rival):
        make_draft(rival)
        make_published(make_member(make_company(is_demo=True)))
        found = [loc.text for loc in read(client.get("/sitemap.xml")).iter(f"{MAP}loc")]
        assert found == [f"http://localhost:8000{where(owner.company, 'sitemap')}"]

    def test_a_shop_that_closes_is_in_none(self, client, owner, job):
        owner.company.closes_at = job.first_opened_at + timedelta(days=14)
        owner.company.save()
        assert list(read(client.get("/sitemap.xml"))) == []
        assert len(read(client.get(where(owner.company, "sitemap")))) == 1


class TestRobots:
    def test_may_read_adverts_and_nothing_behind_the_door(self, client):
        lines = client.get("/robots.txt").content.decode().splitlines()
        assert lines[0] == "User-agent: *"
        assert {f"Disallow: /{name}/" for name in ("hiring", "accounts", "my", "onboarding")} <= set(lines)
        assert not [line for line in lines if "careers" in line or line == "Disallow: /"]
        assert "Sitemap: http://localhost:8000/sitemap.xml" in lines

    def test_every_closed_address_exists(self, client):
        from django.urls import Resolver404, resolve

        for name in ("accounts/team", "deleted", "find", "hiring", "mail", "onboarding", "settings"):
            try:
                assert resolve(f"/{name}/")
            except Resolver404:
                pytest.fail(name)


# Indeed's XML: the elements of a job, in their order.
TOLD = ["title", "date", "referencenumber", "requisitionid", "url", "company", "city", "state", "country",
        "description", "salary", "jobtype", "remotetype"]  # fmt: skip


@pytest.mark.usefixtures("switched_on")
class TestJobsXml:
    def source(self, client, company):
        return read(client.get(where(company, "jobs_xml")))

    def test_has_the_elements_of_the_form(self, client, company, job):
        source = self.source(client, company)
        assert [child.tag for child in source] == ["publisher", "publisherurl", "lastBuildDate", "job"]
        assert [child.tag for child in source.find("job")] == TOLD
        assert source.findtext("publisherurl") == f"http://localhost:8000/careers/{company.slug}/"

    def test_tells_the_job(self, client, company, job):
        told = {child.tag: child.text for child in self.source(client, company).find("job")}
        assert told["title"] == job.title
        assert [told["city"], told["country"], told["jobtype"]] == ["Turku", "FI", "parttime"]
        assert [told["salary"], told["remotetype"], told["state"]] == ["€13.50 – €16 an hour", None, None]
        assert parsedate_to_datetime(told["date"]) == job.first_opened_at.replace(microsecond=0)
        assert told["url"] == placements.address(job, placements.FEED)

    def test_the_state_of_an_american_job(self, client, owner):
        make_published(owner, city="Portland", region="Oregon", country="US", place="onsite")
        job = self.source(client, owner.company).find("job")
        assert [job.findtext(name) for name in ("city", "state", "country")] == ["Portland", "Oregon", "US"]
        assert (
            "Portland, Oregon, United States" in client.get(where(owner.company, "company")).content.decode()
        )

    def test_every_text_is_in_cdata_and_holds_no_entity(self, client, owner):
        make_published(owner, about_company=NASTY, title="R&D &nbsp; ]]> support")
        text = client.get(where(owner.company, "jobs_xml")).content.decode()
        outside = re.sub(r"<!\[CDATA\[.*?\]\]>", "", text, flags=re.S)
        assert "&" not in outside
        assert "&amp;lt;" not in text
        assert "&lt;" not in text

    def test_nobody_types_an_element(self, client, owner):
        make_published(owner, about_company="<script>alert(1)</script>", responsibilities="<img src=x>")
        words = self.source(client, owner.company).find("job").findtext("description")
        assert set(re.findall(r"<[^>]*>", words)) == {"<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>"}
        assert "‹script›alert(1)‹/script›" in words

    def test_the_reference_never_changes(self, client, owner, job):
        numbers = [self.source(client, owner.company).find("job").findtext("referencenumber")]
        closing.close(job, by=owner)
        closing.resume(job, by=owner)
        Job.objects.update(title="Other", slug="other")
        numbers.append(self.source(client, owner.company).find("job").findtext("referencenumber"))
        assert numbers == [str(job.pk)] * 2

    def test_holds_open_jobs_only(self, client, owner, job, rival):
        closing.stop(make_published(owner), by=owner)
        make_published(rival)
        assert len(self.source(client, owner.company).findall("job")) == 1

    @pytest.mark.parametrize(("place", "said"), [("remote", "Fully remote"), ("hybrid", "Hybrid remote")])
    def test_remote_has_its_words(self, client, owner, place, said):
        make_published(owner, place=place)
        assert self.source(client, owner.company).find("job").findtext("remotetype") == said

    def test_whoever_comes_by_it_is_counted(self, client, owner, job):
        url = self.source(client, owner.company).find("job").findtext("url")
        client.get(
            url.removeprefix("http://localhost:8000"), headers={"user-agent": "Mozilla/5.0 Firefox/132.0"}
        )
        assert job.placements.get().visits == 1


class TestSwitch:
    def test_is_off_until_somebody_turns_it_on(self, client, owner, job):
        assert client.get(where(owner.company, "jobs_xml")).status_code == 404
        careers_site.save(owner.company, by=owner, jobs_feed=True)
        assert client.get(where(owner.company, "jobs_xml")).status_code == 200
        careers_site.save(owner.company, by=owner, jobs_feed=False)
        assert client.get(where(owner.company, "jobs_xml")).status_code == 404

    def test_is_each_shops_own(self, client, owner, rival):
        careers_site.save(owner.company, by=owner, jobs_feed=True)
        assert client.get(where(rival.company, "jobs_xml")).status_code == 404


@pytest.mark.usefixtures("switched_on")
class TestCheap:
    @pytest.mark.parametrize("name", NAMES)
    def test_unchanged_is_a_304_and_changed_is_not(self, client, owner, job, name):
        first = client.get(where(owner.company, name))
        asked = {"if-none-match": first["ETag"]}
        assert [client.get(where(owner.company, name), headers=asked).status_code, first["Cache-Control"]] == [
            304, "public, max-age=300",
        ]  # fmt: skip
        closing.stop(job, by=owner)
        assert client.get(where(owner.company, name), headers=asked).status_code == 200

    @pytest.mark.parametrize("name", NAMES)
    def test_since_when_is_told_and_believed(self, client, owner, job, name, time_machine):
        first = client.get(where(owner.company, name))
        asked = {"if-modified-since": first["Last-Modified"]}
        assert client.get(where(owner.company, name), headers=asked).status_code == 304
        time_machine.move_to(timezone.now() + timedelta(minutes=5))
        closing.stop(job, by=owner)
        assert client.get(where(owner.company, name), headers=asked).status_code == 200

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize(("name", "queries"), [("atom", 5), ("sitemap", 5), ("jobs_xml", 5)])
    def test_queries_do_not_grow(self, client, owner, django_assert_num_queries, name, queries, number):
        for _ in range(number):
            make_published(owner)
        with django_assert_num_queries(queries):  # shop; last change, twice; jobs and what they look for
            client.get(where(owner.company, name))

    @pytest.mark.parametrize("name", NAMES)
    def test_unknown_shops_are_404_and_nothing_is_posted(self, client, company, name):
        answers = [client.get(reverse(f"careers:{name}", args=["nobody"])), client.post(where(company, name))]
        assert [answer.status_code for answer in answers] == [404, 405]

    @pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
    def test_the_roots_are_asked_about_cheaply(self, client, db, path):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304


class TestText:
    @given(st.text())
    def test_what_is_left_every_parser_takes(self, words):
        told = feeds.clean(words).replace("\r\n", "\n").replace("\r", "\n")  # as XML reads the ends of lines
        assert (fromstring(f"<a>{feeds._cdata(words)}</a>").text or "") == told

    @pytest.mark.parametrize("words", ["Grüße 客服 سارة 🙂", "a\tb\nc"])
    def test_words_stay_words(self, words):
        assert feeds.clean(words) == words

    def test_moments_are_rounded_upwards(self):
        moment = datetime(2026, 1, 1, 9, 0, 0, 1, tzinfo=UTC)
        assert feeds.whole(moment) == datetime(2026, 1, 1, 9, 0, 1, tzinfo=UTC)
        assert feeds.whole(feeds.whole(moment)) == feeds.whole(moment)
