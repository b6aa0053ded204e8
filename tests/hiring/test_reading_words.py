"""What reading says in a line, at home, on the page and at the end; what counts there; and odd words from a page."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import undoing
from hiring import reading_home, reading_lines, reading_names, reading_pile, reading_times
from hiring.models import Application, Outcome, ReadingLease, Stage
from hiring.reading_times import Reading
from tests.hiring.acts import put, text, url, withdraw
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_reading_times import NOW, readings
from vault.models import TrailEntry


def job_at_home(pk=1, *, last=3, begun=False, pace=None):
    return SimpleNamespace(pk=pk, last_number=last, begun=begun, pace=pace)


class TestAtHome:
    @pytest.mark.parametrize(
        ("unread", "said"),
        [
            ([1], "1 of 3 applications to read"),
            ([1, 1], "2 of 3 applications to read"),
            ([1, 1, 1], "3 applications to read"),
            ([1, 2], "2 applications to read"),
            ([2], "1 application to read"),
        ],
    )
    def test_says_of_how_many_only_for_one_job(self, unread, said):
        assert reading_home.line(unread, [job_at_home()])["unread_text"] == said

    @pytest.mark.parametrize(("begun", "said"), [(True, "Go on at 3 of 3"), (False, "")])
    def test_offers_to_go_on_where_one_began(self, begun, said):
        assert reading_home.line([1], [job_at_home(begun=begun)])["go_on"] == said

    def test_does_not_go_on_in_one_of_several(self):
        assert reading_home.line([1, 2], [job_at_home(begun=True), job_at_home(2)])["go_on"] == ""

    @pytest.mark.parametrize(
        ("pace", "said"),
        [
            (None, "About 2 minutes."),
            (1, "Last time you took about 1 second each."),
            (29, "Last time you took about 29 seconds each."),
            (31, "Last time you took about 30 seconds each."),
            (76, "Last time you took about 80 seconds each."),
        ],
    )
    def test_says_how_long_one_usually_takes(self, pace, said):
        assert reading_home.line([1], [job_at_home(pace=pace)])["unread_minutes"] == said

    def test_nothing_to_read_is_a_line_too(self):
        assert reading_home.line([], [])["unread_text"] == "0 applications to read"

    @given(st.integers(1, 1_800))
    def test_no_pace_is_told_to_the_second_from_half_a_minute_on(self, pace):
        said = reading_home._round(pace)
        assert abs(said - pace) <= 5
        assert said == pace if pace < 30 else said % 10 == 0


class TestWhatWasDecided:
    @pytest.mark.parametrize(
        ("stage", "outcome", "said"),
        [
            (Stage.CV, Outcome.NOT_SELECTED, "Decided: not this time."),
            (Stage.PHONE, Outcome.NOT_SELECTED, "Decided: not this time."),
            (Stage.CV, Outcome.WITHDRAWN, "Has withdrawn meanwhile."),
            (Stage.CV, Outcome.ACTIVE, "Decided: later."),
            (Stage.PHONE, Outcome.ACTIVE, "Decided: talk to."),
            (Stage.OFFER, Outcome.ACTIVE, "Decided: talk to."),
        ],
    )
    def test_is_said_in_a_sentence(self, stage, outcome, said):
        assert reading_lines.was_decided(Application(stage=stage, outcome=outcome)) == said


class TestArithmetic:
    @settings(max_examples=40)
    @given(st.integers(0, 2_000), st.integers(1, 1_800))
    def test_minutes_left_are_never_too_few(self, count, each):
        found = reading_times.minutes_left(count, each)
        assert 0 <= found * 60 - count * each < 60

    @settings(max_examples=40)
    @given(st.lists(st.integers(0, 9), max_size=30))
    def test_everybody_is_counted_once(self, pks):
        found = reading_times.people([Reading(pk, 5, NOW) for pk in pks])
        assert sorted(found) == sorted(set(pks))
        assert found[-1:] == pks[-1:]

    @settings(max_examples=40)
    @given(st.lists(st.integers(1, 300), min_size=20, max_size=45))
    def test_who_is_named_as_hurried_was_read_last(self, seconds):
        found = reading_times.hurried(readings(*seconds))
        assert found in ([], list(range(len(seconds) - 10, len(seconds))))

    @settings(max_examples=40)
    @given(st.integers(5, 300), st.integers(20, 40))
    def test_an_even_pace_hurries_nobody(self, each, n):
        assert reading_times.hurried(readings(*[each] * n)) == []

    @settings(max_examples=40)
    @given(st.lists(st.none() | st.integers(1, 1_800), max_size=20))
    def test_minutes_grow_with_every_reading(self, seconds):
        rows = readings(*seconds)
        found = [reading_times.minutes(rows[:n]) for n in range(len(rows) + 1)]
        assert found == sorted(found)


@pytest.mark.django_db
class TestOfThePile:
    @pytest.fixture
    def job(self, company):
        return make_job(company)

    @pytest.fixture
    def ada(self, job):
        return make_application(job, name="Ada")

    def counts(self, job, *rows):
        return reading_pile.outcome_counts(job, [Reading(row.pk, 5, NOW) for row in rows])

    def test_who_took_their_application_back_was_not_refused(self, job, ada):
        withdraw(put(ada, Stage.PHONE))
        assert self.counts(job, ada) == {"talk": 0, "later": 0, "no": 0}

    @pytest.mark.parametrize(
        ("stage", "outcome", "kind"),
        [
            (Stage.PHONE, Outcome.ACTIVE, "talk"),
            (Stage.HIRED, Outcome.ACTIVE, "talk"),
            (Stage.CV, Outcome.NOT_SELECTED, "no"),
        ],
    )
    def test_everybody_is_in_one(self, job, ada, stage, outcome, kind):
        put(ada, stage, outcome)
        assert self.counts(job, ada) == {"talk": 0, "later": 0, "no": 0} | {kind: 1}

    def test_who_is_on_the_pile_again_is_in_none(self, job, ada):
        assert sum(self.counts(job, ada).values()) == 0

    def test_readings_of_another_company_count_nobody(self, job, rival):
        foreign = put(make_application(make_job(rival.company)), Stage.PHONE)
        assert sum(self.counts(job, foreign).values()) == 0

    def test_two_decisions_on_one_are_one(self, job, ada):
        put(ada, Stage.PHONE)
        assert self.counts(job, ada, ada)["talk"] == 1

    @pytest.mark.parametrize("n", [1, 3])
    def test_counting_costs_one_query(self, job, django_assert_num_queries, n):
        rows = [put(make_application(job), Stage.PHONE) for _ in range(n)]
        with django_assert_num_queries(1):
            assert self.counts(job, *rows)["talk"] == n


@pytest.mark.django_db
class TestOddTickets:
    """What a page says of itself may be anything."""

    @pytest.fixture
    def ada(self, company):
        return make_application(make_job(company), name="Ada")

    @pytest.mark.parametrize("ticket", ["\0", "a\0b", "", "x" * 5_000, "' OR 1=1", "٣"])
    def test_open_still_claims_all_the_same(self, ada, owner, sign_in, ticket):
        answer = sign_in(owner).post(url("reading_open", ada), {"ticket": ticket})
        assert (answer.status_code, ReadingLease.objects.get().by) == (204, owner)

    @pytest.mark.parametrize("ticket", ["\0", "a\0b", "", "x" * 5_000, "' OR 1=1"])
    def test_leaving_with_another_frees_nothing(self, ada, owner, sign_in, ticket):
        client = sign_in(owner)
        client.post(url("reading_open", ada), {"ticket": "mine"})
        assert client.post(url("reading_open", ada), {"leave": ticket}).status_code == 204
        assert ReadingLease.objects.count() == 1


@pytest.mark.django_db
class TestHidingNames:
    @pytest.fixture
    def job(self, company):
        return make_job(company)

    @pytest.mark.parametrize("on", [True, False])
    def test_twice_is_once(self, job, owner, on):
        for _ in range(2):
            found = reading_names.hide(job, on=on, by=owner)
        entries = TrailEntry.objects.filter(action="job.changed").count()
        assert (found.hide_names, entries) == (on, int(on))

    def test_remembers_how_it_was(self, job, owner):
        found = reading_names.hide(job, on=True, by=owner)
        taken = undoing.take(found, undoing.offered(found, "names", owner), by=owner)
        assert taken.values == {"hide_names": False}

    def test_is_for_those_who_lead_the_job(self, job, manager, interviewer, hire, rival, sign_in):
        people = (manager, interviewer, hire, rival)
        found = [sign_in(who).post(url("job_names", job), {"hide": "1"}).status_code for who in people]
        job.refresh_from_db()
        assert (found, job.hide_names) == ([403, 403, 403, 404], False)

    def test_says_which_it_is_now(self, job, owner, sign_in):
        client = sign_in(owner)
        said = [text(client.post(url("job_names", job), {"hide": on}, follow=True)) for on in ("1", "")]
        assert ["Names are hidden" in said[0], "Names are shown" in said[1]] == [True, True]
