"""The page behind the link: times in the applicant's own zone, booked, moved, cancelled, or none that suits."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hiring import booking, free_hours
from hiring.models import Booking, Interview, Stage
from tests.hiring.acts import put, refuse, text, withdraw
from tests.hiring.booked import MONDAY, WEDNESDAY_TEN, address_of, again, hours, offered
from tests.hiring.factories import make_application, make_job
from vault import links

pytestmark = pytest.mark.django_db
AT = "2026-12-09T10:00Z"
LATER = "2026-12-09T13:00Z"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def link(ada, manager):
    return offered(ada, manager, place="+358 40 123")


@pytest.fixture
def page(link):
    return address_of(link)


@pytest.fixture
def booked(client, page):
    client.post(page, {"at": AT, "zone": "America/New_York"})
    return Interview.objects.get()


def times(response) -> list[str]:
    return re.findall(r'name="at" value="([^"]+)"', text(response))


class TestChoosing:
    def test_says_how_long_how_with_whom_and_where(self, client, page):
        found = text(client.get(page))
        parts = ("20 minutes", "Phone call", "Mika", "+358 40 123", "Support person at Lumi")
        assert [part for part in parts if part not in found] == []

    def test_offers_every_free_time_once(self, client, page, link):
        found = times(client.get(page))
        assert len(found) == len(set(found)) == len(booking.left(link))
        assert AT in found

    def test_names_the_shops_zone_while_the_applicants_is_not_known(self, client, page):
        found = text(client.get(page))
        assert ('data-zone="guess"' in found, "This is the time of Lumi." in found) == (True, True)

    def test_shows_them_in_the_zone_that_is_chosen(self, client, page):
        found = text(client.get(page, {"zone": "America/New_York"}))
        assert ('data-zone="known"' in found, "This is the time of" in found) == (True, False)
        assert re.search(rf'value="{AT}">.*?<bdi>5:00', found)

    @pytest.mark.parametrize("zone", ["Mars/Base", "", "../../etc/passwd", "x" * 500])
    def test_a_zone_that_is_none_changes_nothing(self, client, page, zone):
        answer = client.get(page, {"zone": zone})
        assert (answer.status_code, 'data-zone="guess"' in text(answer)) == (200, True)

    def test_two_times_that_the_clock_shows_alike_are_told_apart(self, client, ada, manager):
        """On 1 November 2026 half past one comes twice in New York."""
        always = [[[0, 1440]]] * 7
        free_hours.keep(manager, values=hours(week=always, before=0, after=0))
        with time_machine.travel(datetime(2026, 10, 30, 12, tzinfo=UTC), tick=False):
            found = text(client.get(address_of(offered(ada, manager)), {"zone": "America/New_York"}))
        assert (found.count("UTC-04:00"), found.count("UTC-05:00")) == (2, 2)

    def test_reading_changes_nothing(self, client, page, link):
        before = Booking.objects.values().get()
        client.get(page, {"at": AT, "do": "cancel", "zone": "Europe/Paris", "move": "1"})
        client.head(page)
        assert (Booking.objects.values().get(), Interview.objects.count()) == (before, 0)

    def test_without_a_free_time_there_is_a_sentence_and_a_field(self, client, page, manager):
        free_hours.keep(manager, values=hours(week=[[]] * 7))
        found = text(client.get(page))
        assert ("no free time" in found, "Tell us when you can" in found, times(client.get(page))) == (
            True,
            True,
            [],
        )


class TestBooking:
    def test_takes_one_tap_and_says_what_when_and_where(self, client, page):
        answer = client.post(page, {"at": AT, "zone": "America/New_York"})
        found = text(client.get(answer["Location"]))
        assert (answer.status_code, "This time is yours." in found, "America/New_York" in found) == (
            302,
            True,
            True,
        )
        assert ("Wednesday" in found, "+358 40 123" in found, times(client.get(page))) == (True, True, [])

    def test_remembers_the_zone(self, booked):
        assert (booked.zone, Booking.objects.get().zone) == ("America/New_York", "America/New_York")

    def test_a_time_that_has_gone_is_told_and_the_others_are_there(self, client, page, ada, manager):
        bo = put(make_application(ada.job), Stage.PHONE)
        booking.book(offered(bo, manager), WEDNESDAY_TEN, zone="")
        answer = client.post(page, {"at": AT})
        assert (answer.status_code, "has just gone" in text(answer)) == (409, True)
        assert (AT in times(answer), "2026-12-09T11:00Z" in times(answer)) == (False, True)

    @pytest.mark.parametrize(
        "at", ["", "soon", "2026-12-09", "2026-13-40T99:00Z", "9999-12-31T23:59Z", "a\x00b"]
    )
    def test_what_is_no_time_of_ours_books_nothing(self, client, page, at):
        assert client.post(page, {"at": at}).status_code == 409
        assert not Interview.objects.exists()

    def test_a_double_click_is_one(self, client, page, booked):
        assert client.post(page, {"at": AT, "zone": "America/New_York"}).status_code == 302
        assert Interview.objects.count() == 1


class TestChanging:
    def test_another_time(self, client, page, booked):
        found = client.get(page, {"move": "1"})
        assert (LATER in times(found), AT in times(found)) == (True, False)
        client.post(page, {"at": LATER, "zone": "America/New_York"})
        assert again(booked).starts_at == WEDNESDAY_TEN + timedelta(hours=3)

    def test_cancelling_and_choosing_anew(self, client, page, booked):
        client.post(page, {"do": "cancel"})
        found = client.get(page)
        assert ("Your time is cancelled." in text(found), AT in times(found)) == (True, True)
        client.post(page, {"at": AT})
        assert Interview.objects.filter(cancelled_at=None).count() == 1

    def test_cancelling_twice_is_once(self, client, page, booked):
        answers = [client.post(page, {"do": "cancel"}).status_code for _ in range(2)]
        assert (answers, again(booked).sequence) == ([302, 302], 1)

    @pytest.mark.parametrize("data", [{"do": "cancel"}, {"at": "2026-12-11T10:00Z"}])
    def test_not_once_it_has_begun(self, client, page, booked, data):
        with time_machine.travel(WEDNESDAY_TEN + timedelta(minutes=1), tick=False):
            answer = client.post(page, data)
            assert ("It has begun" in text(answer), answer.status_code) == (True, 409)
        assert again(booked).starts_at == WEDNESDAY_TEN


class TestNoneSuits:
    def test_is_kept_in_their_words(self, client, page, link):
        client.post(page, {"do": "wish", "wish": "Evenings <b>after</b> six"})
        found = text(client.get(page))
        assert ("Evenings &lt;b&gt;after&lt;/b&gt; six" in found, again(link).wish[:8]) == (True, "Evenings")

    @pytest.mark.parametrize("wish", ["", "   ", "x" * 1001, "a\x00b"])
    def test_is_refused_beside_the_field(self, client, page, link, wish):
        answer = client.post(page, {"do": "wish", "wish": wish})
        assert (answer.status_code, "invalid-feedback" in text(answer), again(link).wish) == (422, True, "")


class TestAnEnd:
    def see(self, client, page):
        answer = client.get(page)
        assert (answer.status_code, times(answer)) == (200, [])
        assert client.post(page, {"at": AT}).status_code == 409
        assert client.post(page, {"do": "wish", "wish": "Evenings"}).status_code == 409
        return text(answer)

    def test_by_the_shop(self, client, page, link, manager):
        booking.end(link, by=manager)
        assert "No time needs to be chosen here any more." in self.see(client, page)

    def test_by_a_refusal_says_nothing_of_it(self, client, page, ada, manager):
        refuse(ada, manager)
        assert "No time needs to be chosen here any more." in self.see(client, page)

    def test_by_their_own_withdrawal(self, client, page, ada):
        withdraw(ada)
        assert "taken your application back" in self.see(client, page)

    def test_by_time(self, client, page, link):
        Booking.objects.update(expires_at=MONDAY)
        assert "The days of this page are over." in self.see(client, page)

    def test_by_being_taken_back(self, client, page, link, manager):
        booking.take_back(link.application.job, link.batch, by=manager)
        assert client.get(page).status_code == 404

    def test_by_being_erased(self, client, page, ada):
        type(ada).objects.update(erased_at=MONDAY)
        assert [client.get(page).status_code, client.post(page, {"at": AT}).status_code] == [404, 404]


class TestTheLink:
    def test_of_another_kind_or_altered_opens_nothing(self, client, link, page):
        other = links.mint(
            purpose="status", subject=("application", link.application_id), company_id=link.company_id, days=5
        )
        found = [
            client.get(f"/my/booking/{token}/").status_code
            for token in (other, "x", page.split("/")[3] + "x")
        ]
        assert found == [404, 404, 404]

    def test_of_another_company_shows_nothing(self, client, link, rival):
        token = links.mint(
            purpose="booking", subject=("booking", link.pk), company_id=rival.company_id, days=5
        )
        assert client.get(f"/my/booking/{token}/").status_code == 404

    def test_stays_out_of_caches_and_is_frozen_with_the_shop(self, client, page, company):
        assert client.get(page)["Cache-Control"] == "no-store, private"
        type(company).objects.update(closes_at=MONDAY + timedelta(days=9))
        assert client.post(page, {"at": AT}).status_code == 404

    def test_speaks_the_applicants_language(self, client, ada, manager):
        type(ada).objects.update(language="ar")
        ada.refresh_from_db()
        assert 'dir="rtl"' in text(client.get(address_of(offered(ada, manager))))


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_however_many_have_times(
    n, client, ada, manager, page, django_assert_num_queries
):
    for hour in range(n):
        bo = put(make_application(ada.job), Stage.PHONE)
        booking.book(offered(bo, manager), WEDNESDAY_TEN + timedelta(hours=hour), zone="")
    with django_assert_num_queries(9):
        client.get(page)
