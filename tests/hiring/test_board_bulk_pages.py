"""Choosing several people, the page that says what will happen, the one that says what did."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from hiring import bulk, tasks
from hiring.models import Act, Application, Bulk, How, JobMember, Stage, StageMove
from tests.factories import make_member
from tests.hiring.acts import put, standing, text, url, withdraw
from tests.hiring.factories import go, make_application, make_job

pytestmark = pytest.mark.django_db
IDENTITY = 3
REFUSAL = {"reason": "hours", "tell": "morning", "phone": "on"}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def pick(client, job, *chosen, act="forward", **data):
    posted = {"act": act, "pick": [row.pk for row in chosen], "filter": "", "back_to": "board"} | data
    return client.post(url("bulk_pick", job), posted)


def picked() -> list[str]:
    rows = Bulk.objects.latest("pk").items.order_by("pk")
    return list(rows.values_list("application__name", flat=True))


def begun(boss, job, *chosen, act="forward"):
    pick(boss, job, *chosen, act=act)
    return Bulk.objects.latest("pk")


class TestChoosing:
    def test_boxes_wait_for_select(self, job, boss):
        make_application(job)
        for page in ("board", "people"):
            before, after = (text(boss.get(url(page, job), query)) for query in ({}, {"select": "1"}))
            assert [" hidden>" in part for part in (boxes(before), boxes(after))] == [True, False]

    def test_those_ticked(self, job, boss):
        first, _second = make_application(job, name="Ada"), make_application(job, name="Bo")
        answer = pick(boss, job, first)
        assert (answer.status_code, picked()) == (302, ["Ada"])
        assert answer["Location"] == url("bulk", Bulk.objects.get())

    def test_all_that_the_filter_shows(self, job, boss):
        make_application(job, name="Ada", is_test=True)
        make_application(job, name="Bo")
        pick(boss, job, all="1", filter="?flag=test")
        assert picked() == ["Ada"]

    @pytest.mark.parametrize(("back_to", "found"), [("board", ["Ada"]), ("list", ["Ada", "Gone"])])
    def test_all_of_the_board_are_those_in_the_running(self, job, boss, back_to, found):
        make_application(job, name="Ada")
        withdraw(make_application(job, name="Gone"))
        pick(boss, job, all="1", back_to=back_to)
        assert sorted(picked()) == found

    @pytest.mark.parametrize("chosen", [["x"], ["-1"], ["9" * 30], [], ["987654321"], ["²"]])
    def test_nobody_is_said(self, job, boss, chosen):
        answer = boss.post(
            url("bulk_pick", job), {"act": "forward", "pick": chosen, "filter": "?show=cv"}, follow=True
        )
        assert "Choose somebody first." in text(answer)
        assert answer.redirect_chain[0][0] == f"{url('board', job)}?select=1&show=cv"

    @pytest.mark.parametrize("act", ["", "hire", "delete", "\x00"])
    def test_an_odd_act_does_nothing(self, job, boss, act):
        pick(boss, job, make_application(job), act=act)
        assert Bulk.objects.count() == 0

    def test_people_of_other_jobs_and_shops_cannot_be_chosen(self, job, boss, company, rival):
        elsewhere = [make_application(make_job(company)), make_application(make_job(rival.company))]
        pick(boss, job, *elsewhere, make_application(job, name="Ada"))
        assert picked() == ["Ada"]

    def test_only_for_those_on_the_job(self, job, company, interviewer, rival, sign_in):
        ada = make_application(job)
        stranger = make_member(company, Role.MANAGER)
        answers = [pick(sign_in(who), job, ada).status_code for who in (stranger, interviewer, rival)]
        assert (answers, Bulk.objects.count()) == ([403, 403, 404], 0)


def boxes(page) -> str:
    at = page.index('class="form-check-input fh-pick"')
    return page[at : page.index("<a", at)]


class TestPreview:
    def test_says_who_goes_where_and_who_stays_and_why(self, job, boss):
        going, staying = make_application(job, name="Ada"), put(make_application(job, name="Bo"), Stage.OFFER)
        context = boss.get(url("bulk", begun(boss, job, going, staying))).context
        assert [(item.application.name, item.what) for item in context["free"]] == [
            ("Ada", "CV → Phone screen")
        ]
        assert [(item.application.name, item.hindrance) for item in context["held"]] == [
            ("Bo", "Nobody is hired from here: that takes a signature."),
        ]  # fmt: skip

    def test_nothing_happens_by_looking(self, job, boss):
        ada = make_application(job)
        boss.get(url("bulk", begun(boss, job, ada)))
        assert standing(ada) == "cv"

    def test_hidden_names_stay_hidden(self, company, boss):
        job = make_job(company, hide_names=True)
        page = text(boss.get(url("bulk", begun(boss, job, make_application(job, name="Ada Hidden")))))
        assert ("Ada Hidden" in page, "Applicant 1" in page) == (False, True)

    def test_nobody_who_can_go_leads_back(self, job, boss):
        page = text(boss.get(url("bulk", begun(boss, job, put(make_application(job), Stage.HIRED)))))
        assert ("Nobody of those you chose" in page, "Do it for" in page) == (True, False)

    def test_asks_once_for_all_and_may_be_left_open(self, job, boss, owner):
        rows = [go(make_application(job), Stage.PHONE, owner).application for _ in range(2)]
        row = begun(boss, job, *rows)
        page = text(boss.get(url("bulk", row)))
        assert page.count('name="ask_judgements"') == 1
        boss.post(url("bulk", row), {"ask_judgements": "clear", "text": "We know them"})
        assert [standing(each) for each in rows] == ["interview", "interview"]
        assert rows[0].moves.latest("pk").text == "We know them"

    def test_a_chip_nobody_offered_is_said_beside_the_field(self, job, boss, owner):
        row = begun(boss, job, go(make_application(job), Stage.PHONE, owner).application)
        answer = boss.post(url("bulk", row), {"ask_judgements": "odd", "text": "Typed"})
        assert (answer.status_code, "Typed" in text(answer)) == (422, True)

    def test_more_than_go_at_once_is_a_sentence(self, job, boss, monkeypatch):
        monkeypatch.setattr(bulk, "MOST", 1)
        row = begun(boss, job, make_application(job), make_application(job))
        assert "these are the 1 who have waited longest" in text(boss.get(url("bulk", row)))

    def test_a_colleague_does_not_see_it(self, job, boss, manager, rival, sign_in):
        row = begun(boss, job, make_application(job))
        for page in ("bulk", "bulk_undo"):
            assert [sign_in(who).post(url(page, row)).status_code for who in (manager, rival)] == [403, 404]

    @pytest.mark.parametrize("n", [1, 3])
    @pytest.mark.parametrize(
        ("act", "more"), [("forward", 2), ("refuse", 2), ("later", 2), ("assign", 3), ("step", 3)]
    )
    def test_costs_the_same_for_one_and_for_three(self, job, boss, django_assert_num_queries, n, act, more):
        row = begun(boss, job, *(make_application(job) for _ in range(n)), act=act)
        with django_assert_num_queries(IDENTITY + more):
            boss.get(url("bulk", row))


class TestForms:
    def test_not_this_time_needs_a_reason_and_a_way(self, job, boss):
        row = begun(boss, job, make_application(job), act="refuse")
        answer = boss.post(url("bulk", row), {"text": "Typed words", "tell": "", "reason": "odd"})
        assert (answer.status_code, "Typed words" in text(answer)) == (422, True)
        assert set(answer.context["form"].errors) == {"reason", "tell"}

    def test_no_message_needs_a_why(self, job, boss):
        row = begun(boss, job, make_application(job), act="refuse")
        answer = boss.post(url("bulk", row), REFUSAL | {"tell": "none"})
        assert "Say why no message goes out." in text(answer)

    @pytest.mark.parametrize(("stage", "guess"), [(Stage.CV, "morning"), (Stage.INTERVIEW, "mail")])
    def test_the_message_is_guessed_from_the_stage(self, job, boss, stage, guess):
        row = begun(boss, job, put(make_application(job), stage), act="refuse")
        assert boss.get(url("bulk", row)).context["form"]["tell"].initial == guess

    def test_says_how_many_have_no_address(self, job, boss):
        row = begun(boss, job, make_application(job, email=""), make_application(job), act="refuse")
        assert "1 of them has no e-mail address." in text(boss.get(url("bulk", row)))

    def test_shows_to_interviewers_of_the_shop_only(self, job, boss, interviewer, rival):
        ada = make_application(job)
        row = begun(boss, job, ada, act="assign")
        wrong = boss.post(url("bulk", row), {"membership": rival.pk})
        boss.post(url("bulk", row), {"membership": interviewer.pk})
        assert (wrong.status_code, ada.assignments.get().membership) == (422, interviewer)

    @pytest.mark.parametrize(
        "data", [{"what": ""}, {"what": "x", "on": "2999-01-01"}, {"what": "x", "on": "soon"}]
    )
    def test_a_step_needs_words_and_a_likely_day(self, job, boss, data):
        row = begun(boss, job, make_application(job), act="step")
        assert boss.post(url("bulk", row), data).status_code == 422

    def test_later_asks_nothing(self, job, boss):
        ada = make_application(job)
        boss.post(url("bulk", begun(boss, job, ada, act="later")))
        ada.refresh_from_db()
        assert ada.later_at is not None


class TestDone:
    def test_says_for_how_many_and_offers_undo(self, job, boss):
        ada = make_application(job)
        row = begun(boss, job, ada)
        page = text(boss.post(url("bulk", row), follow=True))
        assert ("Done for 1 person." in page, "Undo all of it" in page) == (True, True)
        page = text(boss.post(url("bulk_undo", row), follow=True))
        assert ("Taken back for 1 person." in page, standing(ada)) == (True, "cv")

    def test_names_whom_a_colleague_moved_and_where(self, job, boss, manager):
        ada, bo = make_application(job, name="Ada"), make_application(job, name="Bo")
        row = begun(boss, job, ada, bo)
        go(ada, Stage.PHONE, manager)
        page = text(boss.post(url("bulk", row), follow=True))
        assert "Mika moved Ada to Phone screen." in page
        assert "Done for 1 person." in page

    def test_undo_is_not_offered_later(self, job, boss):
        row = begun(boss, job, make_application(job))
        boss.post(url("bulk", row))
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert "Undo all of it" not in text(boss.get(url("bulk", row)))
            page = text(boss.post(url("bulk_undo", row), follow=True))
        assert "The ten minutes for taking this back are over" in page

    def test_a_look_never_does_anything(self, job, boss):
        ada = make_application(job)
        row = begun(boss, job, ada)
        assert [boss.get(url(page, row)).status_code for page in ("bulk", "bulk_undo")] == [200, 405]
        assert standing(ada) == "cv"

    def test_the_button_pressed_twice_is_once(self, job, boss):
        row = begun(boss, job, make_application(job))
        assert [boss.post(url("bulk", row)).status_code for _ in range(2)] == [302, 200]
        assert StageMove.objects.filter(how=How.BULK).count() == 1

    def test_leads_back_to_the_list(self, job, boss):
        pick(boss, job, make_application(job), back_to="list")
        page = text(boss.post(url("bulk", Bulk.objects.get()), follow=True))
        assert ("Back to the list" in page, url("people", job) in page) == (True, True)

    @pytest.mark.parametrize("n", [1, 3])
    def test_costs_the_same_for_one_and_for_three(self, job, boss, manager, django_assert_num_queries, n):
        rows = [make_application(job) for _ in range(2 * n)]
        row = begun(boss, job, *rows)
        for moved in rows[:n]:
            go(moved, Stage.PHONE, manager)
        boss.post(url("bulk", row))
        with django_assert_num_queries(IDENTITY + 3):
            boss.get(url("bulk", row))


class TestManyGoOnInTheBackground:
    @pytest.fixture
    def row(self, job, boss, monkeypatch):
        monkeypatch.setattr(bulk, "AT_ONCE", 1)
        self.queued = []
        monkeypatch.setattr(tasks.do_several, "delay", self.queued.append)
        return begun(boss, job, make_application(job), make_application(job))

    def test_with_how_far_it_is(self, boss, row, on_commit):
        with on_commit():
            page = text(boss.post(url("bulk", row), follow=True))
        assert (self.queued, "0 of 2 are done." in page, "every 2s" in page) == ([row.pk], True, True)
        tasks.do_several(row.pk)
        page = text(boss.get(url("bulk", row)))
        assert ("Done for 2 people." in page, "every 2s" in page) == (True, False)

    def test_and_so_does_undo(self, boss, row):
        boss.post(url("bulk", row))
        tasks.do_several(row.pk)
        assert "Taking it back" in text(boss.post(url("bulk_undo", row), follow=True))
        tasks.do_several(row.pk)
        assert set(Application.objects.values_list("stage", flat=True)) == {"cv"}

    def test_what_the_broker_lost_is_found_by_the_sweep(self, boss, row, monkeypatch):
        boss.post(url("bulk", row))
        monkeypatch.setattr(tasks.do_several, "apply_async", lambda args, **_: tasks.do_several(*args))
        tasks.sweep_several()
        assert Application.objects.filter(stage=Stage.PHONE).count() == 2

    def test_a_broker_that_is_away_is_no_error(self, boss, row, monkeypatch, on_commit):
        def away(_pk):
            raise OSError

        monkeypatch.setattr(tasks.do_several, "delay", away)
        with on_commit():
            assert boss.post(url("bulk", row)).status_code == 302


def test_taken_off_the_job_meanwhile(job, manager, sign_in):
    ada = make_application(job)
    row = bulk.prepare(job, Act.FORWARD, Application.objects.filter(job=job), by=manager)
    JobMember.objects.filter(membership=manager).delete()
    assert sign_in(manager).post(url("bulk", row)).status_code == 403
    assert standing(ada) == "cv"
