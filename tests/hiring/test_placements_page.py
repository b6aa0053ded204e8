"""Where to post: the page, its forms, and a visitor who comes by a tracked link."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from hiring import closing, placements
from hiring.models import Application, JobMember, Placement
from tests.conftest import StrictClient
from tests.factories import make_member
from tests.hiring.adverts import address, application, make_draft, make_published
from tests.hiring.placed import BROWSER, came_by, make_placement

pytestmark = pytest.mark.django_db
TODAY = localdate


@pytest.fixture
def job(owner, manager):
    job = make_published(owner)
    JobMember.objects.create(company=job.company, job=job, membership=manager)
    return job


@pytest.fixture
def boss(sign_in, owner):
    return sign_in(owner)


@pytest.fixture
def visitor():
    return StrictClient(headers={"user-agent": BROWSER})


def text(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def live(job) -> str:
    return reverse("hiring:job_live", args=[job.pk])


def verb(name, row) -> str:
    return reverse(f"hiring:placement_{name}", args=[row.pk])


def noted(code="wwr", **typed) -> dict:
    values = {"posted_on": TODAY().isoformat(), "price": "170", "expires_on": ""} | typed
    return {"place": code} | {f"{code}-{name}": value for name, value in values.items()}


def post(client, job, code="wwr", **typed):
    return client.post(reverse("hiring:placement_post", args=[job.pk, code]), noted(code, **typed))


class TestPage:
    def test_offers_today_the_lists_price_and_its_days(self, boss, job):
        page = text(boss.get(live(job)))
        wwr = page[page.index('id="place-wwr"') : page.index('id="place-supportdriven"')]
        assert re.findall(r'name="wwr-\w+" value="([^"]*)"', wwr) == [
            TODAY().isoformat(), "170", (TODAY() + timedelta(days=30)).isoformat(),
        ]  # fmt: skip

    def test_a_place_without_a_price_has_no_end(self, boss, job):
        page = text(boss.get(live(job)))
        assert 'name="friend-expires_on" value=' not in page

    def test_shows_what_a_place_brought(self, boss, job, owner):
        came_by(make_placement(job, owner), 3)
        Placement.objects.update(visits=12)
        page = text(boss.get(live(job)))
        assert "12 visits · 3 applications · €56.67 for each application" in page

    def test_text_and_link_are_in_the_adverts_language(self, boss, owner):
        job = make_published(owner, language="ar")
        page = boss.get(live(job)).content.decode()
        assert len(re.findall(r'<textarea[^>]+lang="ar"', page)) == 6

    @pytest.mark.parametrize(
        ("channels", "said"),
        [
            ((), ""),
            (("wwr",), "One place so far."),
            (("wwr", "linkedin"), ""),
            (("friend", "wwr"), "Most people come from those you know."),
        ],
    )
    def test_says_what_follows(self, boss, job, owner, channels, said):
        for channel in channels:
            came_by(make_placement(job, owner, channel), 3 if channel == "friend" else 1)
        page = text(boss.get(live(job)))
        assert [words for words in ("One place so far.", "Most people come") if words in page] == (
            [said[:16]] if said.startswith("Most") else [said] if said else []
        )

    def test_a_closed_job_is_told_nothing(self, boss, job, owner):
        make_placement(job, owner)
        closing.close(job, by=owner)
        assert "One place so far." not in text(boss.get(live(job)))

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, boss, job, owner, django_assert_num_queries, number):
        for channel in ("wwr", "linkedin", "friend")[:number]:
            came_by(make_placement(job, owner, channel), number)
        boss.get("/help/")  # notes that somebody was here
        with django_assert_num_queries(3 + 5):  # who asks; job, placements, places, sources, requirements
            boss.get(live(job))


class TestIPostedIt:
    def test_is_one_press_and_says_so_with_an_undo(self, boss, job):
        answer = post(boss, job)
        assert answer.url == f"{live(job)}?at=wwr#place-wwr"
        row = Placement.objects.get()
        assert [row.channel, row.price, row.posted_on, row.is_up] == ["wwr", 170, TODAY(), True]
        page = text(boss.get(live(job)))
        assert ("Noted. What this place brings" in page, verb("take_back", row) in page) == (True, True)

    def test_keeps_the_currency_of_the_list(self, boss, job):
        post(boss, job)
        assert Placement.objects.get().currency == "EUR"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"posted_on": ""}, "This field is required."),
            ({"posted_on": (TODAY() + timedelta(days=1)).isoformat()}, "This day is still to come."),
            ({"posted_on": "2020-01-01"}, "Is the year right?"),
            ({"posted_on": "31.12."}, "Enter a valid date."),
            ({"price": "-1"}, "greater than or equal to 0"),
            ({"price": "NaN"}, "Enter a number."),
            ({"price": "1" + "0" * 18}, "no more than"),
            ({"price": "much"}, "Enter a number."),
            (
                {"expires_on": (TODAY() - timedelta(days=1)).isoformat()},
                "It cannot end before it was posted.",
            ),
            ({"expires_on": "9999-12-31"}, "more than a year away"),
        ],
    )
    def test_bad_input_is_told_beside_it_and_kept(self, boss, job, typed, said):
        answer = post(boss, job, **typed)
        page = text(answer)
        assert [answer.status_code, said in page, Placement.objects.count()] == [422, True, 0]
        (name, value), *_rest = typed.items()
        assert not value or f'name="wwr-{name}" value="{value}"' in page
        assert 'id="place-wwr" open' in page

    def test_arabic_digits_are_a_number(self, boss, job):
        post(boss, job, price="٢٠٠")
        assert Placement.objects.get().price == Decimal(200)

    def test_what_is_typed_for_one_place_is_no_others(self, boss, job):
        page = text(post(boss, job, price="much"))
        assert page.count('value="much"') == 1

    def test_twice_is_once(self, boss, job):
        assert [post(boss, job).status_code for _ in range(2)] == [302, 302]
        assert Placement.objects.count() == 1

    @pytest.mark.parametrize("place", ["moon", "own0", "own999", "feed"])
    def test_a_place_that_is_not_on_the_list_is_a_404(self, boss, job, place):
        assert post(boss, job, place).status_code == 404

    def test_a_draft_is_nowhere(self, boss, owner):
        assert post(boss, make_draft(owner)).status_code == 404

    def test_nobody_else_notes_anything(self, job, sign_in, rival, interviewer):
        stranger = make_member(job.company, "manager")
        codes = [post(sign_in(member), job).status_code for member in (rival, interviewer, stranger)]
        assert [codes, Placement.objects.count()] == [[404, 403, 403], 0]


class TestAfterwards:
    @pytest.fixture
    def row(self, job, owner):
        return make_placement(job, owner)

    def test_price_and_days_can_be_changed(self, boss, row):
        data = noted(f"row{row.pk}", price="99.50", expires_on=TODAY().isoformat())
        assert boss.post(verb("change", row), data).url == f"{live(row.job)}?at=wwr#place-wwr"
        row.refresh_from_db()
        assert [row.price, row.expires_on] == [Decimal("99.50"), TODAY()]

    def test_a_wrong_change_is_told_in_its_own_form(self, boss, row):
        page = text(boss.post(verb("change", row), noted(f"row{row.pk}", price="x")))
        assert (page.count("Enter a number."), "<details open>" in page) == (1, True)

    def test_it_is_marked_as_taken_down_and_offered_again(self, boss, row):
        boss.post(verb("down", row))
        page = text(boss.get(live(row.job)))
        assert ("Taken down" in page, 'name="wwr-posted_on"' in page) == (True, True)

    def test_every_step_is_taken_back_on_the_page(self, boss, row):
        boss.post(verb("down", row))
        undo = re.search(rf'action="({verb("take_back", row)}[^"]+)"', text(boss.get(live(row.job))))[1]
        assert boss.post(undo).url == f"{live(row.job)}?at=wwr#place-wwr"
        row.refresh_from_db()
        assert (row.is_up, boss.post(undo).status_code) == (True, 409)

    @pytest.mark.parametrize("name", ["change", "down", "take_back"])
    def test_nobody_else_touches_it(self, row, sign_in, rival, interviewer, name):
        stranger = make_member(row.company, "manager")
        people = [sign_in(member) for member in (rival, interviewer, stranger)]
        assert [one.post(verb(name, row)).status_code for one in people] == [404, 403, 403]

    def test_a_manager_of_the_job_may(self, row, sign_in, manager):
        sign_in(manager).post(verb("down", row))
        row.refresh_from_db()
        assert row.taken_down_at is not None

    def test_one_only_visited_is_nothing_to_change(self, boss, job):
        placements.visited(placements.Touch("linkedin", job.pk, 1), job)
        row = Placement.objects.get()
        assert [boss.post(verb(name, row)).status_code for name in ("change", "down")] == [404, 404]


class TestVisitor:
    def link(self, job, channel="wwr"):
        return placements.address(job, channel).removeprefix("http://localhost:8000")

    def visits(self) -> list:
        return list(Placement.objects.values_list("visits", flat=True))

    def test_is_counted_each_time_without_being_known(self, visitor, job):
        for _ in range(2):
            visitor.get(self.link(job))
        assert self.visits() == [2]
        assert set(visitor.cookies) <= {"via"}

    @pytest.mark.parametrize(
        "headers",
        [
            {"user-agent": "Googlebot/2.1"},
            {"user-agent": ""},
            {"sec-purpose": "prefetch;prerender"},
            {"purpose": "prefetch"},
            {"referer": "http://localhost:8000/careers/lumi/"},
        ],
    )
    def test_robots_pages_fetched_ahead_and_our_own_links_do_not_count(self, visitor, job, headers):
        visitor.get(self.link(job), headers=headers)
        assert self.visits() == []

    def test_head_and_the_team_do_not_count(self, visitor, boss, job):
        visitor.head(self.link(job))
        boss.get(self.link(job), headers={"user-agent": BROWSER})
        assert self.visits() == []

    def test_another_shops_people_do(self, sign_in, rival, job):
        sign_in(rival).get(self.link(job), headers={"user-agent": BROWSER})
        assert self.visits() == [1]

    @pytest.mark.parametrize("via", ["wwr", "linkedin-1-1-AAAAAAAAAAAA", "<script>", ""])
    def test_an_invented_link_counts_nothing_and_keeps_nothing(self, visitor, job, via):
        answer = visitor.get(address(job, "job"), {"via": via})
        assert [self.visits(), dict(answer.cookies), "via=" in text(answer)] == [[], {}, False]

    def test_of_another_job_counts_nothing(self, visitor, job, owner):
        other = make_published(owner)
        visitor.get(address(job, "job"), {"via": placements.token(other, "wwr")})
        assert self.visits() == []

    def test_keeps_the_first_link_and_not_a_later_one(self, visitor, job):
        for channel in ("linkedin", "friend"):
            page = text(visitor.get(self.link(job, channel)))
            assert f'href="{address(job)}?via={placements.token(job, "linkedin")}"' in page
        assert Placement.objects.count() == 2

    def test_the_cookie_is_the_shops_alone_and_says_only_the_link(self, visitor, job):
        cookie = visitor.get(self.link(job)).cookies["via"]
        assert cookie.value == placements.token(job, "wwr")
        assert [cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]] == [
            f"/careers/{job.company.slug}/", True, "Lax", 30 * 24 * 3600,
        ]  # fmt: skip

    @pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
    def test_whoever_asks_not_to_be_followed_gets_none(self, visitor, job, header):
        answer = visitor.get(self.link(job), headers={header: "1"})
        assert [dict(answer.cookies), "?via=" in text(answer), self.visits()] == [{}, True, [1]]

    def test_an_answer_with_a_cookie_is_nobody_elses(self, visitor, job):
        assert visitor.get(self.link(job))["Cache-Control"] == "private, no-cache"

    def test_a_job_that_takes_nobody_counts_nothing(self, visitor, job, owner):
        closing.stop(job, by=owner)
        visitor.get(self.link(job))
        assert self.visits() == []

    def test_looks_around_and_applies_later_by_the_first_link(self, visitor, job):
        visitor.get(self.link(job))
        visitor.get(reverse("careers:company", args=[job.company.slug]))
        form = text(visitor.get(address(job)))
        via = re.search(r'name="via" value="([^"]+)"', form)[1]
        visitor.post(address(job), application(job, via=via))
        applied = Application.objects.get()
        assert [applied.source, applied.placement, applied.placement.visits] == [
            "wwr", Placement.objects.get(), 1,
        ]  # fmt: skip

    def test_without_cookies_the_link_goes_along_to_the_form(self, job):
        page = StrictClient(headers={"user-agent": BROWSER}).get(self.link(job))
        form = StrictClient().get(re.search(rf'href="({address(job)}\?via=[^"]+)"', text(page))[1])
        assert f'value="{placements.token(job, "wwr")}"' in text(form)

    def test_a_link_somebody_wrote_into_the_form_is_none(self, visitor, job):
        visitor.post(address(job), application(job, via="linkedin"))
        assert Application.objects.get().source == ""

    def test_the_notice_says_what_is_kept(self, visitor, job):
        assert "we keep in which place it stood" in text(visitor.get(address(job)))
