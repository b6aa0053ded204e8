"""The owner's page of the careers site: the text, and the switch of the feed."""

import pytest
from django.urls import reverse

from hiring import careers_site, placements
from hiring.models import CareersSite
from tests.hiring.adverts import make_published
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
PAGE = reverse("hiring:careers_site")


@pytest.fixture
def boss(sign_in, owner):
    return sign_in(owner)


def text(response) -> str:
    return " ".join(response.content.decode().split())


class TestText:
    def test_is_kept_and_noted_without_its_words(self, boss, company):
        assert boss.post(PAGE, {"about": "Three people and a dog."}).url == PAGE
        assert CareersSite.objects.get(company=company).about == "Three people and a dog."
        entry = TrailEntry.objects.latest("pk")
        assert [entry.action, entry.fields] == ["careers.changed", ["about"]]

    def test_too_long_is_told_and_kept(self, boss):
        answer = boss.post(PAGE, {"about": "x" * 4001})
        assert [
            answer.status_code,
            "at most 4000 characters" in text(answer),
            "x" * 4001 in text(answer),
        ] == [422, True, True]

    def test_leaves_the_switch_as_it_is(self, boss, owner):
        careers_site.save(owner.company, by=owner, jobs_feed=True)
        boss.post(PAGE, {"about": "Tea."})
        assert CareersSite.objects.get().jobs_feed

    def test_twice_is_one_row(self, boss):
        for words in ("One", "Two"):
            boss.post(PAGE, {"about": words})
        assert [row.about for row in CareersSite.objects.all()] == ["Two"]

    def test_of_one_shop_is_no_others(self, boss, sign_in, rival):
        boss.post(PAGE, {"about": "Our tea"})
        assert "Our tea" not in text(sign_in(rival).get(PAGE))

    def test_is_the_owners(self, sign_in, manager, interviewer, hire):
        assert [sign_in(member).post(PAGE).status_code for member in (manager, interviewer, hire)] == [
            403
        ] * 3


class TestSwitch:
    def address(self, company):
        return f"http://localhost:8000/careers/{company.slug}/jobs.xml"

    def test_shows_the_address_only_while_it_is_on(self, boss, company):
        assert self.address(company) not in text(boss.get(PAGE))
        boss.post(PAGE, {"do": "on"})
        assert self.address(company) in text(boss.get(PAGE))
        boss.post(PAGE, {"do": "off"})
        assert self.address(company) not in text(boss.get(PAGE))

    def test_is_the_last_item_of_where_to_post(self, boss, owner):
        job = make_published(owner)
        live = reverse("hiring:job_live", args=[job.pk])
        page = text(boss.get(live))
        assert page.index('id="place-feed"') > page.index('id="place-notice"')
        back = f"{live}?at=feed#place-feed"
        assert boss.post(PAGE, {"do": "on", "back": back}).url == back
        assert self.address(owner.company) in text(boss.get(live, {"at": "feed"}))

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
    def test_leads_nowhere_else(self, boss, back):
        assert boss.post(PAGE, {"do": "on", "back": back}).url == PAGE

    def test_a_manager_reads_that_it_is_off(self, sign_in, manager, owner):
        job = make_published(manager)
        page = text(sign_in(manager).get(reverse("hiring:job_live", args=[job.pk])))
        assert ("It is off. An owner can switch it on." in page, 'value="on"' in page) == (True, False)

    def test_what_it_brought_stands_there(self, boss, owner):
        job = make_published(owner)
        placements.visited(placements.Touch(placements.FEED, job.pk, 1), job)
        assert "1 visit · 0 applications" in text(boss.get(reverse("hiring:job_live", args=[job.pk])))
