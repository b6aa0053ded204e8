"""Where an advert was posted: the tracked links, the counts, and what people note."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import undoing
from hiring import adverts, applying, channels, placements, requirements, rows
from hiring.models import Application, Job, Placement
from tests.hiring.adverts import application, make_draft, make_published
from tests.hiring.factories import make_application
from tests.hiring.placed import came_by, make_placement, placed
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
CHANNELS = ["linkedin", "wwr", "supportdriven", "friend", "own", "notice", "own12", placements.FEED]
TODAY = date(2026, 11, 22)


@pytest.fixture
def job(owner):
    return make_published(owner)


def actions() -> list:
    return list(TrailEntry.objects.order_by("pk").values_list("action", flat=True))


def mark(row, what, by) -> str:
    return undoing.offered(Placement.objects.get(pk=row.pk), what, by)


class TestLinks:
    @pytest.mark.parametrize("channel", CHANNELS)
    def test_say_job_place_and_time(self, channel):
        said = placements.token(Job(pk=7), channel, 3)
        assert placements.read(said) == placements.Touch(channel, 7, 3)

    @given(st.integers(1, 10**15 - 1), st.integers(1, 9999), st.sampled_from(CHANNELS))
    def test_are_short_and_need_no_quoting(self, pk, number, channel):
        said = placements.token(Job(pk=pk), channel, number)
        assert placements.read(said) == placements.Touch(channel, pk, number)
        assert (len(said) <= 80, said.isascii(), set("&=?# %+") & set(said)) == (True, True, set())

    @pytest.mark.parametrize("place", range(24))
    def test_another_letter_anywhere_is_no_link(self, place):
        said = placements.token(Job(pk=7), "linkedin", 1)
        letter = "b" if said[place] == "a" else "a"
        assert placements.read(said[:place] + letter + said[place + 1 :]) is None

    @pytest.mark.parametrize(
        "said",
        [
            "", "linkedin", "linkedin-7-1-", "linkedin-7-1-AAAAAAAAAAAA", "own0-7-1-AAAAAAAAAAAA",
            "linkedin-٧-1-AAAAAAAAAAAA", "linkedin-" + "9" * 30 + "-1-AAAAAAAAAAAA", "\x00", "é" * 300,
            "javascript:alert(1)", "' OR 1=1 --",
        ],
    )  # fmt: skip
    def test_what_is_not_ours_says_nothing(self, said):
        assert placements.read(said) is None

    def test_of_one_job_is_none_of_another(self):
        one, other = (placements.token(Job(pk=pk), "linkedin") for pk in (1, 2))
        assert one[-12:] != other[-12:]
        assert placements.read(f"linkedin-2-1-{one[-12:]}") is None

    def test_lead_to_the_advert(self, job):
        where, _question, query = placements.address(job, "wwr").partition("?")
        assert where == f"http://localhost:8000/careers/{job.company.slug}/{job.slug}/"
        assert query == f"via={placements.token(job, 'wwr')}"

    def test_stop_working_with_another_key(self, job, settings):
        said = placements.token(job, "wwr")
        settings.SECRET_KEY = "another"
        assert placements.read(said) is None


class TestVisits:
    def test_are_numbers_and_make_the_row_they_count_in(self, job):
        touch = placements.Touch("wwr", job.pk, 1)
        for _ in range(3):
            placements.visited(touch, job)
        row = Placement.objects.get()
        assert [row.visits, row.channel, row.company_id, row.posted_on] == [3, "wwr", job.company_id, None]

    def test_go_on_counting_while_somebody_changes_the_row(self, job, owner):
        row = make_placement(job, owner)
        placements.visited(placements.Touch("wwr", job.pk, 1), job)
        placements.change(row, values=placed(price="1"), by=owner)
        assert Placement.objects.get().visits == 1

    @pytest.mark.parametrize(
        "agent",
        [
            "", "Googlebot/2.1 (+http://www.google.com/bot.html)", "LinkedInBot/1.0", "facebookexternalhit/1.1",
            "WhatsApp/2.23", "curl/8.5.0", "python-requests/2.32", "Mozilla/5.0 (compatible; bingbot/2.0)",
            "Slackbot-LinkExpanding 1.0", "Go-http-client/2.0", "Wget/1.21", "Mozilla/5.0 AhrefsBot/7.0",
        ],
    )  # fmt: skip
    def test_robots_are_known_by_what_they_say(self, agent):
        assert placements.is_robot(agent)

    @pytest.mark.parametrize(
        "agent",
        [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        ],
    )
    def test_people_are_not_robots(self, agent):
        assert not placements.is_robot(agent)


class TestFirstTouch:
    def apply(self, job, via):
        form = application(job)
        person = {name: form[name] for name in ("name", "email", "cv_text")}
        return applying.apply(job, person=person, answers={}, key=form["key"], via=via)

    def test_is_stored_on_the_application(self, job, owner):
        row = make_placement(job, owner)
        made = self.apply(job, placements.token(job, "wwr"))
        assert [made.source, made.placement] == ["wwr", row]

    def test_makes_the_placement_nobody_has_noted_yet(self, job):
        made = self.apply(job, placements.token(job, "friend", 2))
        assert [made.placement.channel, made.placement.number, made.placement.visits] == ["friend", 2, 0]

    @pytest.mark.parametrize("via", ["", "linkedin", "linkedin-1-1-AAAAAAAAAAAA", "<b>"])
    def test_of_no_link_is_not_known(self, job, via):
        made = self.apply(job, via)
        assert [made.source, made.placement, Placement.objects.count()] == ["", None, 0]

    def test_by_another_job_of_the_shop_is_the_place_alone(self, job, owner):
        other = make_published(owner)
        made = self.apply(job, placements.token(other, "linkedin"))
        assert [made.source, made.placement] == ["linkedin", None]

    def test_by_another_shops_job_is_nothing(self, job, rival):
        made = self.apply(job, placements.token(make_published(rival), "linkedin"))
        assert [made.source, made.placement] == ["", None]

    def test_of_somebody_entered_by_hand_is_the_place_they_name(self, job, owner):
        row = make_placement(job, owner, "friend", price="", days=None)
        one, other = (
            applying.enter_by_hand(job, person={"name": "Ann"}, by=owner, source=source)
            for source in ("friend", "linkedin")
        )
        assert [one.placement, other.placement, other.source] == [row, None, "linkedin"]

    def test_stays_known_when_the_placement_goes(self, job, owner):
        row = make_placement(job, owner)
        made = self.apply(job, placements.token(job, "wwr"))
        row.delete()
        made.refresh_from_db()
        assert [made.source, made.placement] == ["wwr", None]


class TestPost:
    def test_notes_day_price_and_end_and_says_so_in_the_trail(self, job, manager):
        row = make_placement(job, manager, price="150", currency="USD")
        assert [row.price, row.currency, row.posted_by, row.is_up] == [150, "USD", manager, True]
        assert row.expires_on == row.posted_on + timedelta(days=30)
        assert actions()[-1] == "placement.posted"

    def test_twice_is_once_and_the_first_stands(self, job, owner):
        first, second = (make_placement(job, owner, price=price) for price in ("1", "2"))
        assert [first.pk, second.price, Placement.objects.count()] == [second.pk, Decimal(1), 1]
        assert actions().count("placement.posted") == 1

    def test_keeps_the_visits_that_came_before_it_was_noted(self, job, owner):
        placements.visited(placements.Touch("wwr", job.pk, 1), job)
        assert [make_placement(job, owner).number, Placement.objects.get().visits] == [1, 1]

    def test_again_after_it_was_taken_down_is_another(self, job, owner):
        placements.take_down(make_placement(job, owner), by=owner)
        assert [make_placement(job, owner).number, Placement.objects.count()] == [2, 2]

    def test_again_after_its_days_are_over_is_another(self, job, owner):
        make_placement(job, owner, ago=31, days=30)
        assert make_placement(job, owner).number == 2

    @pytest.mark.parametrize(("days", "number"), [(-1, 2), (0, 1), (1, 1)])
    def test_the_last_day_belongs_to_it(self, days, number):
        row = Placement(number=1, posted_on=TODAY - timedelta(9), expires_on=TODAY + timedelta(days))
        assert placements.next_number(row, TODAY) == number


class TestChange:
    def test_of_the_last_day_is_announced_again(self, job, owner):
        row = make_placement(job, owner)
        Placement.objects.update(reminded_at=timezone.now())
        assert placements.change(row, values=placed(days=30, price="9"), by=owner).reminded_at
        assert placements.change(row, values=placed(days=60), by=owner).reminded_at is None

    def test_is_taken_back(self, job, owner):
        row = make_placement(job, owner)
        placements.change(row, values=placed(days=9, price="9.50"), by=owner)
        placements.take_back(row, mark(row, "changed", owner), by=owner)
        again = Placement.objects.get()
        assert [again.price, again.expires_on - again.posted_on] == [170, timedelta(days=30)]


class TestTakeDown:
    def test_twice_is_once(self, job, owner):
        row = make_placement(job, owner)
        first, second = (placements.take_down(row, by=owner).taken_down_at for _ in range(2))
        assert first == second
        assert actions().count("placement.taken_down") == 1

    def test_is_taken_back(self, job, owner):
        row = make_placement(job, owner)
        placements.take_down(row, by=owner)
        placements.take_back(row, mark(row, "down", owner), by=owner)
        assert Placement.objects.get().is_up

    def test_is_not_taken_back_when_it_was_posted_again(self, job, owner):
        row = make_placement(job, owner)
        placements.take_down(row, by=owner)
        make_placement(job, owner)
        with pytest.raises(undoing.Gone):
            placements.take_back(row, mark(row, "down", owner), by=owner)


class TestTakeBack:
    def test_of_a_posting_leaves_the_link_and_its_counts(self, job, owner):
        row = make_placement(job, owner)
        came_by(row)
        placements.visited(placements.Touch("wwr", job.pk, 1), job)
        placements.take_back(row, mark(row, "posted", owner), by=owner)
        again = Placement.objects.get()
        assert [again.posted_on, again.price, again.visits, again.applications.count()] == [None, None, 1, 1]

    def test_works_for_ten_minutes(self, job, owner, time_machine):
        row = make_placement(job, owner)
        said = mark(row, "posted", owner)
        time_machine.move_to(timezone.now() + timedelta(minutes=11))
        with pytest.raises(undoing.Refused):
            placements.take_back(row, said, by=owner)
        assert Placement.objects.get().is_up

    def test_twice_is_gone(self, job, owner):
        row = make_placement(job, owner)
        said = mark(row, "posted", owner)
        placements.take_back(row, said, by=owner)
        with pytest.raises(undoing.Gone):
            placements.take_back(row, said, by=owner)


class TestWhatTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "values",
        [
            {"price": Decimal(-1)},
            {"expires_on": date(2020, 1, 1)},
            {"posted_on": None},
            {"posted_on": None, "expires_on": None, "price": None, "taken_down_at": timezone.now()},
        ],
    )
    def test_values_that_cannot_be(self, job, owner, values):
        make_placement(job, owner)
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.update(**values)

    def test_the_same_place_and_time_twice(self, job, owner):
        row = make_placement(job, owner)
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.create(company=job.company, job=job, channel=row.channel, number=1)


class TestFigures:
    def line(self, job, code="wwr"):
        return next(line for line in channels.lines(job)[0] if line.code == code)

    def test_tell_visits_applications_and_what_one_cost(self, job, owner):
        row = make_placement(job, owner)
        came_by(row, 3)
        Placement.objects.update(visits=12)
        posted = self.line(job).posted[0]
        assert [posted.row.visits, posted.applications, posted.each] == [12, 3, "€56.67"]

    def test_count_no_test_and_nobody_deleted(self, job, owner):
        row = make_placement(job, owner)
        came_by(row, is_test=True)
        Application.objects.filter(pk=came_by(row)[0].pk).update(deleted_at=timezone.now())
        assert [self.line(job).applied, channels.sources(job)] == [0, {}]

    def test_count_each_placement_by_itself(self, job, owner):
        first = make_placement(job, owner)
        came_by(first, 2)
        placements.take_down(first, by=owner)
        came_by(make_placement(job, owner, price="50"), 1)
        line = self.line(job)
        assert [(posted.applications, posted.each) for posted in line.posted] == [(1, "€50"), (2, "€85")]
        assert [line.applied, line.is_up] == [3, True]

    def test_the_link_in_the_text_is_the_one_that_is_counted_next(self, job, owner):
        assert self.line(job).text.endswith(placements.token(job, "wwr", 1))
        placements.take_down(make_placement(job, owner), by=owner)
        assert self.line(job).text.endswith(placements.token(job, "wwr", 2))

    def test_a_place_that_left_the_list_keeps_its_line(self, job, owner):
        make_placement(job, owner, "own77")
        assert self.line(job, "own77").name == "A place no longer on your list"

    def test_the_feed_is_no_place_to_post_in(self, job):
        placements.visited(placements.Touch(placements.FEED, job.pk, 1), job)
        assert placements.FEED not in [line.code for line in channels.lines(job)[0]]
        assert channels.lines(job)[1].row.visits == 1

    @pytest.mark.parametrize(
        ("price", "applications", "each"),
        [("170", 3, "56.67"), ("0", 3, None), (None, 3, None), ("170", 0, None), ("0.01", 3, "0.00")],
    )
    def test_cost_of_one(self, price, applications, each):
        found = channels.cost_each(price and Decimal(price), applications)
        assert found == (each and Decimal(each))

    @given(st.decimals(0, 10**8, places=2), st.integers(1, 10**6))
    def test_all_together_cost_what_was_paid(self, price, applications):
        each = channels.cost_each(price, applications)
        assert abs((each or 0) * applications - price) <= applications * Decimal("0.005")

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow(self, job, owner, django_assert_num_queries, number):
        for channel in ("wwr", "linkedin", "friend")[:number]:
            came_by(make_placement(job, owner, channel), number)
        with django_assert_num_queries(2):  # placements with counts; the list of places
            channels.lines(job)


class TestAdvice:
    @pytest.mark.parametrize(
        ("came", "posted", "said"),
        [
            ({}, set(), ""),
            ({}, {"wwr"}, "one"),
            ({}, {"wwr", "linkedin"}, ""),
            ({"friend": 2}, {"friend"}, "one"),
            ({"friend": 3}, {"friend"}, "network"),
            ({"friend": 2, "wwr": 2}, {"wwr"}, ""),
            ({"friend": 3, "wwr": 2}, {"wwr"}, "network"),
            ({"": 5}, {"wwr"}, "one"),
            ({"": 9, "friend": 5}, set(), "one"),
            ({"linkedin": 4}, {"wwr"}, ""),
        ],
    )
    def test_of_where_people_came_from(self, came, posted, said):
        assert channels.advice(came, posted) == said

    def test_sources_are_counted_by_place(self, job):
        for source in ("friend", "friend", "wwr", ""):
            make_application(job, source=source)
        make_application(job, source="friend", is_test=True)
        assert channels.sources(job) == {"friend": 2, "wwr": 1, "": 1}


class TestWhenTheAdvertChanged:
    def test_is_when_it_went_out(self, owner):
        assert make_draft(owner).changed_at is None
        job = make_published(owner)
        assert job.changed_at == job.first_opened_at

    @pytest.mark.parametrize("change", ["pay", "order", "question"])
    def test_moves_with_what_people_read(self, job, owner, change):
        before = Job.objects.get(pk=job.pk).changed_at
        row = requirements.listed(job)[1]
        {
            "pay": lambda: adverts.set_pay(job, values={"pay_min": Decimal(14)}, by=owner),
            "order": lambda: rows.shift(row, up=True),
            "question": lambda: requirements.remove(row, by=owner),
        }[change]()
        assert Job.objects.get(pk=job.pk).changed_at > before

    def test_stays_when_only_the_number_of_people_changes(self, job, owner):
        adverts.set_openings(job, number=3, by=owner)
        assert Job.objects.get(pk=job.pk).changed_at == job.changed_at
