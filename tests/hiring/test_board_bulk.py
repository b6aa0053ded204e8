"""Several people at once: each through the verb for one, with one line of history, and back again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from hiring import bulk, details
from hiring.models import (
    Act,
    Application,
    Assignment,
    Bulk,
    BulkItem,
    How,
    Outcome,
    Reason,
    Result,
    Stage,
    StageMove,
)
from hiring.models.moves import ORDER
from mailroom.models import Mail, Notice
from tests.hiring.acts import put, refusal_mail, refuse, standing, withdraw
from tests.hiring.factories import ANSWERS, go, make_application, make_job
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
REFUSAL = {"reason": Reason.HOURS, "tell": "mail", "text": "", "why": "", "phone": True}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def people(job, n=3, **fields) -> list:
    return [make_application(job, name=f"P{k}", **fields) for k in range(n)]


def prepare(job, by, act=Act.FORWARD, **fields) -> Bulk:
    return bulk.prepare(
        job, act, Application.objects.for_company(job.company_id).filter(job=job), by=by, **fields
    )


def do(row, said=None) -> Bulk:
    bulk.begin(row, said or {}, by=row.by)
    bulk.run(row.pk)
    row.refresh_from_db()
    return row


def take_back(row) -> Bulk:
    bulk.begin_undo(row, by=row.by)
    bulk.run(row.pk)
    row.refresh_from_db()
    return row


def results(row) -> list[str]:
    return list(row.items.order_by("pk").values_list("result", flat=True))


class TestPreparing:
    def test_notes_where_everybody_stands_and_moves_nobody(self, job, owner):
        people(job, 2)
        row = prepare(job, owner)
        assert [item.expected for item in row.items.all()] == ["cv", "cv"]
        assert (row.is_draft, StageMove.objects.exclude(from_stage="").count()) == (True, 0)

    def test_nobody_chosen_is_nothing(self, job, owner):
        assert prepare(job, owner) is None

    def test_more_than_go_at_once_are_cut_at_those_longest_here(self, job, owner, monkeypatch):
        monkeypatch.setattr(bulk, "MOST", 2)
        rows = people(job, 3)
        Application.objects.filter(pk=rows[2].pk).update(stage_entered_at=timezone.now() - timedelta(days=9))
        row = prepare(job, owner)
        assert (row.cut, list(row.items.order_by("pk").values_list("application__name", flat=True))) == (
            True, ["P2", "P0"],
        )  # fmt: skip

    @pytest.mark.parametrize(("back_to", "kept"), [("list", "list"), ("board", "board"), ("//evil", "board")])
    def test_leads_back_to_one_of_two_pages(self, job, owner, back_to, kept):
        people(job, 1)
        assert prepare(job, owner, back_to=back_to).back_to == kept

    def test_a_draft_is_nobodys_work_and_goes_after_a_day(self, job, owner):
        people(job, 1)
        row = prepare(job, owner)
        bulk.run(row.pk)
        assert (results(row), bulk.due(), bulk.forget()) == (["open"], [], 0)
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            bulk.forget()
        assert Bulk.objects.count() == 0


class TestHindrances:
    @pytest.mark.parametrize(
        ("act", "stage", "said"),
        [
            (Act.FORWARD, Stage.OFFER, "Nobody is hired from here"),
            (Act.FORWARD, Stage.HIRED, "Nobody is hired from here"),
            (Act.FORWARD, Stage.REFERENCES, ""),
            (Act.REFUSE, Stage.HIRED, "Is hired."),
            (Act.REFUSE, Stage.OFFER, ""),
            (Act.LATER, Stage.PHONE, "Only a CV can be read later."),
            (Act.LATER, Stage.CV, ""),
            (Act.ASSIGN, Stage.OFFER, ""),
            (Act.STEP, Stage.CV, ""),
        ],
    )
    def test_are_told_before(self, job, owner, act, stage, said):
        put(make_application(job), stage)
        row = prepare(job, owner, act)
        found = bulk.hindrance(row, row.items.get())
        assert found.startswith(said) if said else found == ""

    @pytest.mark.parametrize("act", Act)
    def test_whoever_ended_goes_nowhere(self, job, owner, act):
        put(make_application(job), Stage.PHONE, Outcome.WITHDRAWN)
        row = prepare(job, owner, act)
        assert bulk.hindrance(row, row.items.get()) == "Is not in the running any more."

    def test_whoever_is_put_aside_stays_aside(self, job, owner):
        Application.objects.filter(pk=make_application(job).pk).update(later_at=timezone.now())
        row = prepare(job, owner, Act.LATER)
        assert bulk.hindrance(row, row.items.get()) == "Is put aside already."

    @pytest.mark.parametrize(
        ("start", "codes"),
        [
            (Stage.CV, []),
            (Stage.PHONE, ["judgements"]),
            (Stage.INTERVIEW, ["musts", "cards", "finalists"]),
            (Stage.REFERENCES, ["references", "contradiction", "only_one", "skipped"]),
            (Stage.OFFER, []),
            (Stage.HIRED, []),
        ],
    )
    def test_every_question_of_a_step_is_asked_once(self, start, codes):
        assert [ask.code for ask in bulk.questions([start, start])] == codes

    def test_questions_of_all_stages_are_those_of_the_table(self):
        assert len(bulk.questions(ORDER)) == 8


class TestForward:
    def test_moves_each_by_one_line_of_history(self, job, owner):
        first, second = people(job, 2)
        row = do(prepare(job, owner))
        moves = StageMove.objects.filter(how=How.BULK).order_by("pk")
        assert [(move.application, move.to_stage, move.actor) for move in moves] == [
            (first, "phone", owner), (second, "phone", owner),
        ]  # fmt: skip
        assert (results(row), row.state, [item.move for item in row.items.order_by("pk")]) == (
            ["done", "done"], State.DONE, list(moves),
        )  # fmt: skip

    def test_answers_are_recorded_with_those_whom_they_concern(self, job, owner):
        first, second = people(job, 2)
        go(first, Stage.PHONE, owner)
        do(prepare(job, owner), {"answers": ANSWERS, "text": ""})
        assert first.moves.latest("pk").answers == {"judgements": "clear"}
        assert second.moves.latest("pk").answers == {}

    def test_without_an_answer_they_stay_with_the_reason(self, job, owner):
        go(make_application(job), Stage.PHONE, owner)
        row = do(prepare(job, owner), {"answers": {}})
        assert (results(row), row.items.get().why) == (
            ["left"],
            "The three judgements of the call are not all there.",
        )

    def test_a_made_up_chip_is_no_answer(self, job, owner):
        ada = go(make_application(job), Stage.PHONE, owner).application
        do(prepare(job, owner), {"answers": {"judgements": "whatever"}})
        assert standing(ada) == "phone"

    def test_whoever_was_moved_meanwhile_is_left(self, job, owner, manager):
        first, second = people(job, 2)
        row = prepare(job, owner)
        go(first, Stage.PHONE, manager)
        do(row)
        assert (results(row), standing(first), standing(second)) == (["stale", "done"], "phone", "phone")
        assert first.moves.filter(how=How.BULK).count() == 0

    def test_whoever_was_erased_meanwhile_is_left(self, job, owner):
        ada = make_application(job)
        row = prepare(job, owner)
        Application.objects.filter(pk=ada.pk).update(deleted_at=timezone.now())
        do(row)
        assert (results(row), standing_of(ada)) == (["left"], "cv")

    def test_pressed_twice_is_once(self, job, owner):
        people(job, 2)
        row = prepare(job, owner)
        assert [bulk.begin(row, {}, by=owner), bulk.begin(row, {}, by=owner)] == [True, False]
        bulk.run(row.pk)
        bulk.run(row.pk)
        assert StageMove.objects.filter(how=How.BULK).count() == 2

    def test_a_colleague_cannot_press_it(self, job, owner, manager):
        people(job, 1)
        row = prepare(job, owner)
        assert (bulk.begin(row, {}, by=manager), bulk.begin_undo(row, by=manager)) == (False, False)

    def test_a_worker_that_died_is_followed_by_one_who_does_the_rest(self, job, owner, monkeypatch):
        people(job, 3)
        row = prepare(job, owner)
        bulk.begin(row, {}, by=owner)
        with monkeypatch.context() as patch:
            patch.setitem(bulk._DO, Act.FORWARD, dies_after(1, bulk._forward))
            with pytest.raises(ZeroDivisionError):
                bulk.run(row.pk)
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            assert bulk.due() == [row.pk]
            bulk.run(row.pk)
        assert (results(row), StageMove.objects.filter(how=How.BULK).count()) == (["done"] * 3, 3)

    def test_the_trail_says_that_it_was_begun(self, job, owner):
        people(job, 1)
        do(prepare(job, owner))
        assert TrailEntry.objects.filter(action="people.several", actor_id=owner.user_id).count() == 1


def dies_after(n, act):
    done = []

    def dying(*args):
        if len(done) == n:
            raise ZeroDivisionError
        done.append(1)
        act(*args)

    return dying


def standing_of(application):
    return Application.everything.get(pk=application.pk).standing


class TestNotThisTime:
    def test_tells_everybody_and_keeps_no_words(self, job, owner):
        people(job, 2)
        row = do(prepare(job, owner, Act.REFUSE), REFUSAL | {"text": "Hours"})
        assert set(Application.objects.values_list("outcome", "reason", "told")) == {
            ("not_selected", "hours", "mail")
        }
        assert (Mail.objects.filter(message="not_selected").count(), row.said) == (2, {})
        assert StageMove.objects.filter(text="Hours", how=How.BULK).count() == 2

    @pytest.mark.parametrize(("phone", "result"), [(True, "done"), (False, "left")])
    def test_whoever_has_no_address(self, job, owner, phone, result):
        make_application(job, email="")
        row = do(prepare(job, owner, Act.REFUSE), REFUSAL | {"phone": phone})
        assert results(row) == [result]
        assert Application.objects.get().told == ("phone" if phone else "")

    def test_without_a_message_the_why_is_kept(self, job, owner):
        make_application(job)
        do(prepare(job, owner, Act.REFUSE), REFUSAL | {"tell": "none", "why": "They asked us not to write"})
        assert StageMove.objects.latest("pk").text == "They asked us not to write"


class TestTheOthers:
    def test_later(self, job, owner):
        people(job, 2)
        row = do(prepare(job, owner, Act.LATER))
        assert Application.objects.exclude(later_at=None).count() == 2
        take_back(row)
        assert Application.objects.exclude(later_at=None).count() == 0

    def test_show_to_a_colleague_tells_them(self, job, owner, interviewer):
        people(job, 2)
        row = do(prepare(job, owner, Act.ASSIGN), {"member": interviewer.pk})
        assert Assignment.objects.filter(membership=interviewer).count() == 2
        assert Notice.objects.filter(member=interviewer).count() == 2
        take_back(row)
        assert (Assignment.objects.count(), Notice.objects.filter(member=interviewer).count()) == (0, 0)

    def test_whoever_sees_them_already_is_not_taken_off_by_undo(self, job, owner, interviewer):
        ada = make_application(job)
        Assignment.objects.create(company=job.company, application=ada, membership=interviewer)
        take_back(do(prepare(job, owner, Act.ASSIGN), {"member": interviewer.pk}))
        assert Assignment.objects.count() == 1

    def test_a_colleague_who_left_meanwhile(self, job, owner, interviewer):
        make_application(job)
        interviewer.removed_at = timezone.now()
        interviewer.save()
        row = do(prepare(job, owner, Act.ASSIGN), {"member": interviewer.pk})
        assert (results(row), row.items.get().why) == (
            ["left"],
            "This person has left the team. Nothing was changed.",
        )

    def test_the_next_step_and_back_to_the_one_before(self, job, owner):
        ada = make_application(job)
        details.plan_next(ada, by=owner, what="Call", on=None, who=None)
        row = do(prepare(job, owner, Act.STEP), {"what": "Write", "on": "2026-12-01", "who": owner.pk})
        ada.refresh_from_db()
        assert (ada.next_step, ada.next_step_on.isoformat(), ada.next_step_who) == (
            "Write",
            "2026-12-01",
            owner,
        )
        take_back(row)
        ada.refresh_from_db()
        assert (ada.next_step, ada.next_step_on, ada.next_step_who) == ("Call", None, None)

    def test_a_step_without_day_or_person(self, job, owner):
        make_application(job)
        do(prepare(job, owner, Act.STEP), {"what": "Write", "on": "", "who": None})
        assert Application.objects.values_list("next_step", "next_step_on").get() == ("Write", None)


class TestUndo:
    def test_takes_everybody_back_with_a_line_each(self, job, owner):
        people(job, 2)
        row = take_back(do(prepare(job, owner)))
        assert (results(row), set(Application.objects.values_list("stage", flat=True))) == (
            ["back", "back"],
            {"cv"},
        )
        assert StageMove.objects.filter(how=How.UNDO, undoes__how=How.BULK).count() == 2

    def test_holds_the_messages_back(self, job, owner):
        ada = make_application(job)
        take_back(do(prepare(job, owner, Act.REFUSE), REFUSAL))
        assert (standing(ada), refusal_mail(ada)) == ("cv", "cancelled")

    def test_leaves_whom_a_colleague_moved_since(self, job, owner, manager):
        first, second = people(job, 2)
        row = do(prepare(job, owner))
        first.refresh_from_db()
        go(first, Stage.INTERVIEW, manager)
        take_back(row)
        assert (results(row), standing(first), standing(second)) == (["stale", "back"], "interview", "cv")

    def test_is_over_after_ten_minutes(self, job, owner):
        ada = make_application(job)
        row = do(prepare(job, owner))
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert (bulk.may_undo(row, owner), bulk.begin_undo(row, by=owner)) == (False, False)
        assert standing(ada) == "phone"

    def test_a_message_that_left_stays_said(self, job, owner):
        ada = make_application(job)
        row = do(prepare(job, owner, Act.REFUSE), REFUSAL)
        Mail.objects.filter(message="not_selected").update(state="done")
        take_back(row)
        assert (results(row), standing(ada)) == (["left"], "cv:not_selected")
        assert row.items.get().why.startswith("The message has left by now.")

    def test_pressed_twice_is_once(self, job, owner):
        make_application(job)
        row = do(prepare(job, owner))
        assert [bulk.begin_undo(row, by=owner), bulk.begin_undo(row, by=owner)] == [True, False]

    def test_what_was_left_is_not_taken_back(self, job, owner):
        put(make_application(job), Stage.OFFER)
        row = take_back(do(prepare(job, owner)))
        assert results(row) == ["left"]


class TestWhatIsKept:
    def test_goes_with_the_person(self, job, owner):
        ada = make_application(job)
        do(prepare(job, owner))
        Application.everything.filter(pk=ada.pk).first().moves.all().delete()
        assert BulkItem.objects.get().move is None

    def test_whoever_withdrew_by_link_is_left(self, job, owner):
        ada = make_application(job)
        row = prepare(job, owner)
        withdraw(ada)
        assert results(do(row)) == ["stale"]

    def test_whoever_was_refused_meanwhile_is_left(self, job, owner, manager):
        ada = make_application(job)
        row = prepare(job, owner, Act.REFUSE)
        refuse(ada, manager)
        assert (results(do(row, REFUSAL)), row.items.get().result) == (["stale"], Result.STALE)
