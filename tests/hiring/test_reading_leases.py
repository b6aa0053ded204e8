"""Two people at one pile never get the same CV; whoever leaves gives theirs back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from hiring import reading_leases, reading_pile
from hiring.models import Application, ReadingLease, Stage
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def pile(job):
    return [make_application(job, name=name) for name in ("Ada", "Bo", "Cleo")]


@pytest.fixture
def ann(company):
    return make_member(company, Role.OWNER, "ann@lumi.example", name="Ann")


def take(job, by, **options):
    return reading_leases.take(reading_pile.rows_of(job), by=by, **options)


def over(by):
    """As if the three minutes of this reader had gone by."""
    ReadingLease.objects.filter(by=by).update(until=timezone.now() - timedelta(seconds=1))


def held() -> list:
    return list(ReadingLease.objects.order_by("application").values_list("application__name", "by__name"))


class TestTaking:
    def test_two_readers_get_two_cvs(self, job, pile, owner, ann):
        assert [take(job, by).name for by in (owner, ann)] == ["Ada", "Bo"]

    def test_the_same_reader_gets_the_same_one_again(self, job, pile, owner):
        assert [take(job, owner).name for _ in range(2)] == ["Ada", "Ada"]

    def test_each_page_has_a_ticket_of_its_own(self, job, pile, owner):
        assert len({take(job, owner).ticket for _ in range(3)}) == 3

    def test_what_one_holds_comes_before_what_is_older(self, job, pile, owner, ann):
        take(job, ann)
        take(job, owner)
        reading_leases.free(pile[0], by=ann)
        assert take(job, owner).name == "Bo"

    def test_after_three_minutes_it_is_anybodys(self, job, pile, owner, ann):
        take(job, owner)
        over(owner)
        assert take(job, ann).name == "Ada"
        assert held() == [("Ada", "Ann")]

    def test_nobody_is_left_for_a_third(self, job, pile, owner, ann):
        Application.objects.exclude(pk=pile[0].pk).update(later_at=timezone.now())
        take(job, owner)
        assert take(job, ann) is None

    def test_of_a_company_says_nothing_in_another(self, job, pile, owner, rival):
        foreign = make_job(rival.company)
        make_application(foreign, name="Dai")
        take(job, owner)
        assert take(foreign, rival).name == "Dai"

    def test_there_is_one_row_an_application(self, pile, owner, ann):
        values = {"company": owner.company, "application": pile[0], "until": timezone.now(), "ticket": "x"}
        ReadingLease.objects.create(by=owner, **values)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReadingLease.objects.create(by=ann, **values)


class TestAhead:
    """The page that is fetched while another is read."""

    def ahead(self, job, by, after):
        return reading_leases.take(reading_pile.rows_of(job).exclude(pk=after.pk), by=by, ahead=True)

    def test_is_held_for_its_reader(self, job, pile, owner, ann):
        self.ahead(job, owner, take(job, owner))
        assert take(job, ann).name == "Cleo"

    def test_gives_way_to_a_colleague_who_finds_nothing_else(self, job, pile, owner, ann):
        put(pile[2], Stage.PHONE)
        self.ahead(job, owner, take(job, owner))
        assert take(job, ann).name == "Bo"
        assert held() == [("Ada", "Olga"), ("Bo", "Ann")]

    def test_takes_nothing_from_anybody(self, job, pile, owner, ann):
        put(pile[2], Stage.PHONE)
        first = take(job, ann)
        reading_leases.claim(pile[1], by=ann, ahead=True)
        assert (first.name, self.ahead(job, owner, first)) == ("Ada", None)

    def test_becomes_the_page_that_is_read(self, job, pile, owner, ann):
        self.ahead(job, owner, take(job, owner))
        put(pile[0], Stage.PHONE)
        put(pile[2], Stage.PHONE)
        assert (take(job, owner).name, take(job, ann)) == ("Bo", None)


class TestStillOpen:
    def test_prolongs_the_three_minutes(self, job, pile, owner):
        found = take(job, owner)
        ReadingLease.objects.update(until=timezone.now() + timedelta(seconds=5))
        assert reading_leases.prolong(found, by=owner, ticket=found.ticket)
        assert ReadingLease.objects.get().until > timezone.now() + timedelta(minutes=2)

    def test_after_a_sleep_it_is_claimed_again(self, pile, owner):
        assert reading_leases.prolong(pile[0], by=owner, ticket="x" * 400)
        assert (held(), len(ReadingLease.objects.get().ticket)) == ([("Ada", "Olga")], 12)

    def test_not_when_a_colleague_is_at_it(self, job, pile, owner, ann):
        take(job, ann)
        assert not reading_leases.prolong(pile[0], by=owner, ticket="t")
        assert held() == [("Ada", "Ann")]

    def test_not_once_it_is_decided(self, pile, owner):
        assert not reading_leases.prolong(put(pile[0], Stage.PHONE), by=owner, ticket="t")

    def test_leaving_frees_by_the_ticket_of_its_page_alone(self, job, pile, owner):
        first, second = take(job, owner).ticket, take(job, owner).ticket
        reading_leases.free(pile[0], by=owner, ticket=first)
        assert held() == [("Ada", "Olga")]
        reading_leases.free(pile[0], by=owner, ticket=second)
        assert held() == []

    def test_nobody_frees_anothers(self, job, pile, owner, ann):
        take(job, owner)
        reading_leases.free(pile[0], by=ann)
        assert held() == [("Ada", "Olga")]


class TestPages:
    @pytest.fixture
    def boss(self, owner, sign_in):
        return sign_in(owner)

    @pytest.fixture
    def other(self, ann, sign_in):
        return sign_in(ann)

    def read(self, client, job, **query):
        return text(client.get(url("read", job), query))

    def test_each_shows_another_person(self, boss, other, job, pile):
        pages = [self.read(client, job) for client in (boss, other)]
        assert ["data-focus>Ada<" in pages[0], "data-focus>Bo<" in pages[1]] == [True, True]

    def test_the_last_one_is_somebodys(self, boss, other, job, pile):
        for row in pile[1:]:
            put(row, Stage.PHONE)
        self.read(other, job)
        page = self.read(boss, job)
        assert ("Ann is reading the last one" in page, url("board", job) in page) == (True, True)

    def test_asked_for_by_number_it_is_said_who_reads_it(self, boss, other, job, pile):
        self.read(other, job)
        page = self.read(boss, job, at=pile[0].pk)
        assert ("Ann is reading this one." in page, "data-focus>Bo<" in page) == (True, True)

    @pytest.mark.parametrize("decision", ["talk", "later"])
    def test_a_decision_gives_it_back(self, boss, job, pile, decision):
        self.read(boss, job)
        boss.post(url("decide", pile[0]), {"decision": decision, "expected": "cv"})
        assert held() == []

    def test_leaving_the_page_gives_it_back(self, boss, other, job, pile):
        ticket = self.read(boss, job).split('data-ticket="')[1].split('"')[0]
        assert boss.post(url("reading_open", pile[0]), {"leave": ticket}).status_code == 204
        assert "data-focus>Ada<" in self.read(other, job)

    def test_an_open_page_holds_it_and_the_next_one(self, boss, job, pile):
        self.read(boss, job)
        self.read(boss, job, after=pile[0].pk)
        ReadingLease.objects.update(until=timezone.now() + timedelta(seconds=5))
        boss.post(url("reading_open", pile[0]), {"ticket": "t", "next": pile[1].pk})
        assert ReadingLease.objects.filter(until__gt=timezone.now() + timedelta(minutes=2)).count() == 2

    @pytest.mark.parametrize("odd", ["x", "", "9" * 40, "-1"])
    def test_an_odd_next_one_is_nothing(self, boss, pile, odd):
        assert boss.post(url("reading_open", pile[0]), {"next": odd}).status_code == 204

    def test_a_page_that_lost_it_hears_who_has_it(self, boss, other, job, pile):
        self.read(other, job)
        assert text(boss.post(url("reading_open", pile[0]), {"ticket": "t"})) == "Ann is reading this one."

    def test_the_persons_own_page_says_who_reads(self, boss, other, job, pile):
        self.read(other, job)
        found = [
            "is reading this one" in text(client.get(url("candidate", pile[0]))) for client in (boss, other)
        ]
        assert found == [True, False]

    def test_the_board_says_who_reads(self, boss, other, job, pile, django_assert_num_queries):
        boss.get(url("board", job))
        self.read(other, job)
        with django_assert_num_queries(3 + 8):
            page = text(boss.get(url("board", job)))
        assert (
            page.count("Ann is reading this one."),
            "reading this" in text(other.get(url("board", job))),
        ) == (1, False)

    def test_is_for_those_on_the_job(self, sign_in, manager, interviewer, rival, pile):
        answers = [
            sign_in(who).post(url("reading_open", pile[0])).status_code
            for who in (manager, interviewer, rival)
        ]
        assert (answers, held()) == ([403, 403, 404], [])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_two_readers_get_different_cvs(self, job, pile, owner, ann):
        found = race(lambda: take(job, owner), lambda: take(job, ann))
        assert (found["waited"], found["first"].name, found["second"].name) == (True, "Ada", "Bo")

    def test_also_when_the_older_claim_has_run_out(self, job, pile, owner, ann, manager):
        reading_leases.claim(pile[0], by=manager)
        over(manager)
        found = race(lambda: take(job, owner), lambda: take(job, ann))
        assert (found["first"].name, found["second"].name) == ("Ada", "Bo")

    def test_the_last_one_is_given_once(self, job, pile, owner, ann):
        Application.objects.exclude(pk=pile[0].pk).update(later_at=timezone.now())
        found = race(lambda: take(job, owner), lambda: take(job, ann))
        assert (found["first"].name, found["second"]) == ("Ada", None)
