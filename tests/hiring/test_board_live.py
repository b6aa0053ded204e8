"""The open board of a colleague, the column drawn anew, and the list on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring.models import Application, How, Stage, StageMove
from hiring.views import board_news, people
from tests.hiring.acts import put, refuse, text, undo, url, withdraw
from tests.hiring.factories import go, make_application, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
IDENTITY = 3


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def newest() -> int:
    return StageMove.objects.latest("pk").pk


def news(client, job, since):
    return client.get(url("board_news", job), {"since": since})


class TestNews:
    @pytest.fixture
    def ada(self, job):
        return make_application(job, name="Ada")

    def test_nothing_new_is_one_query_and_no_words(self, job, ada, boss, django_assert_num_queries):
        since = newest()
        news(boss, job, since)
        with django_assert_num_queries(IDENTITY + 1):
            answer = news(boss, job, since)
        assert (answer.status_code, answer.content) == (204, b"")

    def test_says_who_moved_whom_and_which_columns_changed(self, job, ada, boss, manager):
        since = newest()
        go(ada, Stage.PHONE, manager)
        assert news(boss, job, since).json() == {
            "newest": newest(),
            "said": "Mika moved Ada to Phone screen.",
            "stages": ["cv", "phone"],
        }

    @pytest.mark.parametrize("n", [1, 3])
    def test_costs_the_same_for_one_move_and_for_three(
        self, job, boss, manager, django_assert_num_queries, n
    ):
        rows = [make_application(job) for _ in range(n)]
        since = newest()
        for row in rows:
            go(row, Stage.PHONE, manager)
        news(boss, job, since)
        with django_assert_num_queries(IDENTITY + 2):
            said = news(boss, job, since).json()["said"]
        assert ("And 2 more steps." in said) == (n == 3)

    def test_a_name_that_is_hidden_stays_so(self, company, boss):
        job = make_job(company, hide_names=True)
        make_application(job, name="Ada Hidden")
        since = newest()
        make_application(job, name="Bo Hidden")
        assert news(boss, job, since).json()["said"] == "Applicant 2 applied."

    def test_whoever_goes_leaves_one_column(self, job, ada, boss, manager):
        since = newest()
        refuse(ada, manager)
        assert news(boss, job, since).json()["stages"] == ["cv"]

    def test_what_is_taken_back_is_news_too(self, job, ada, boss, manager):
        move = go(ada, Stage.PHONE, manager)
        undo(move, manager)
        assert news(boss, job, move.pk).json()["stages"] == ["cv", "phone"]

    def test_after_a_long_sleep_everything_is_drawn_anew(self, job, ada, boss, manager, monkeypatch):
        monkeypatch.setattr(board_news, "MOST", 1)
        since = newest()
        go(ada, Stage.PHONE, manager)
        go(ada, Stage.INTERVIEW, manager)
        assert news(boss, job, since).json()["stages"] == []

    def test_other_jobs_are_no_news(self, job, ada, boss, company, manager):
        since = newest()
        go(make_application(make_job(company)), Stage.PHONE, manager)
        assert news(boss, job, since).status_code == 204

    @pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30, "1e3"])
    def test_an_odd_number_is_no_news(self, job, ada, boss, since):
        assert news(boss, job, since).status_code == 204

    def test_an_empty_job_has_none(self, job, boss):
        assert news(boss, job, 0).status_code == 204

    def test_the_board_says_where_it_stands(self, job, ada, boss):
        assert f'data-version="{newest()}"' in text(boss.get(url("board", job)))

    def test_not_for_interviewers_and_strangers(self, job, ada, interviewer, rival, sign_in):
        assert [news(sign_in(who), job, 0).status_code for who in (interviewer, rival)] == [403, 404]


class TestColumnDrawnAnew:
    @pytest.fixture
    def many(self, job):
        rows = [make_application(job, name=f"P{n:02}") for n in range(40)]
        for n, row in enumerate(rows):
            Application.objects.filter(pk=row.pk).update(
                stage_entered_at=timezone.now() - timedelta(days=50 - n)
            )
        return rows

    def shown(self, boss, job, **query) -> list[str]:
        page = text(boss.get(url("column", job), {"stage": "cv"} | query))
        return [part.split(">")[1].split("<")[0] for part in page.split('href="/hiring/people/')[1:]]

    @pytest.mark.parametrize(
        ("many_", "n"), [("30", 30), ("", 15), ("3", 15), ("x", 15), ("999999", 40), ("-5", 15)]
    )
    def test_as_far_as_it_was_unrolled(self, boss, job, many, many_, n):
        assert len(self.shown(boss, job, many=many_)) == n

    def test_whoever_was_just_moved_stands_on_top(self, boss, job, many):
        assert self.shown(boss, job, also=many[-1].pk)[:2] == ["P39", "P00"]

    def test_but_not_twice_nor_from_elsewhere(self, boss, job, many, company):
        elsewhere = make_application(make_job(company), name="Else")
        gone = put(make_application(job, name="Gone"), Stage.PHONE)
        for also in (many[0].pk, elsewhere.pk, gone.pk, "x", ""):
            assert self.shown(boss, job, also=also) == [f"P{n:02}" for n in range(15)]

    def test_no_column_is_drawn_longer_than_the_most(self, boss, job, many, monkeypatch):
        monkeypatch.setattr("hiring.views.board.MOST_CARDS", 20)
        assert len(self.shown(boss, job, many="40")) == 20

    @pytest.mark.parametrize("query", [{}, {"many": "30"}])
    def test_costs_four_queries(self, boss, job, many, django_assert_num_queries, query):
        self.shown(boss, job)
        with django_assert_num_queries(IDENTITY + 3):
            self.shown(boss, job, **query)

    def test_scripts_and_no_scripts_find_their_way_on(self, boss, job, many):
        page = text(boss.get(url("board", job)))
        assert 'hx-trigger="click, intersect once"' in page
        assert f'href="{url("people", job)}?show=cv"' in page


class TestOnPaper:
    def page(self, client, job, **query):
        return client.get(url("people_print", job), query)

    def names(self, client, job, **query) -> list[str]:
        return [row.shown_name for row in self.page(client, job, **query).context["people"]]

    @pytest.mark.parametrize("n", [1, 3])
    def test_costs_the_same_however_many_there_are(self, job, boss, django_assert_num_queries, n):
        for _ in range(n):
            make_application(job)
        self.page(boss, job)
        with django_assert_num_queries(IDENTITY + 3):
            self.page(boss, job)

    def test_goes_by_stage_and_number_and_those_who_ended_last(self, job, boss, owner):
        ended = make_application(job, name="Ended")
        put(make_application(job, name="Phone"), Stage.PHONE)
        make_application(job, name="First")
        make_application(job, name="Second")
        withdraw(ended)
        assert self.names(boss, job) == ["First", "Second", "Phone", "Ended"]

    def test_is_as_the_filter_leaves_it_and_says_so(self, job, boss):
        make_application(job, name="Ada", is_test=True)
        make_application(job, name="Bo")
        answer = self.page(boss, job, flag="test")
        assert ([row.name for row in answer.context["people"]], "A test of your own" in text(answer)) == (
            ["Ada"],
            True,
        )

    def test_says_who_printed_it_that_it_is_personal_and_writes_it_down(self, job, boss, owner):
        make_application(job)
        page = text(self.page(boss, job))
        assert ("printed by Olga" in page, "Contains personal data: shred it" in page) == (True, True)
        entry = TrailEntry.objects.get(action="people.printed")
        assert (entry.actor_id, entry.subject_id) == (owner.user_id, job.pk)

    def test_hides_names_and_how_to_reach_them(self, company, boss):
        job = make_job(company, hide_names=True)
        make_application(job, name="Ada Hidden", email="ada@hidden.example", phone="040 1")
        page = text(self.page(boss, job))
        assert [word in page for word in ("Ada Hidden", "hidden.example", "040 1", "Applicant 1")] == [
            False
        ] * 3 + [True]

    def test_stops_at_five_hundred_with_a_sentence(self, job, boss, monkeypatch):
        monkeypatch.setattr(people, "MOST_ON_PAPER", 2)
        for n in range(3):
            make_application(job, name=f"P{n}")
        assert self.names(boss, job) == ["P1", "P2"]
        assert "These are the newest 2." in text(self.page(boss, job))

    def test_an_empty_one_says_so(self, job, boss):
        assert "Nobody fits." in text(self.page(boss, job))

    def test_only_for_those_on_the_job(self, job, interviewer, rival, sign_in):
        answers = [self.page(sign_in(who), job).status_code for who in (interviewer, rival)]
        assert (answers, TrailEntry.objects.filter(action="people.printed").count()) == ([403, 404], 0)


class TestFaultsOfOtherBoards:
    @pytest.fixture
    def ada(self, job):
        return make_application(job, name="Ada")

    def drop(self, client, application, to="phone"):
        return client.post(url("advance", application), {"to": to, "expected": "cv", "how": "board"})

    def test_looking_never_moves(self, job, ada, boss):
        for page in (url("advance", ada), f"{url('board', job)}?to=phone&card={ada.pk}"):
            boss.get(page)
        assert (Application.objects.get().stage, StageMove.objects.count()) == ("cv", 1)

    def test_a_drop_leaves_a_line_of_history(self, job, ada, boss):
        assert self.drop(boss, ada).status_code == 302
        assert (newest_move().how, newest_move().to_stage) == (How.BOARD, "phone")

    def test_a_drop_on_an_old_board_is_told_who_was_faster(self, job, ada, boss, manager):
        go(ada, Stage.PHONE, manager)
        answer = self.drop(boss, ada)
        assert (answer.status_code, "Mika" in text(answer)) == (409, True)

    def test_the_hiring_manager_moves_like_anybody(self, job, ada, manager, sign_in):
        assert self.drop(sign_in(manager), ada).status_code == 302

    def test_forty_drops_of_one_person_are_one_move(self, job, ada, boss):
        answers = sorted(self.drop(boss, ada).status_code for _ in range(40))
        assert (answers, StageMove.objects.count()) == ([302] + [409] * 39, 2)


def newest_move() -> StageMove:
    return StageMove.objects.latest("pk")
