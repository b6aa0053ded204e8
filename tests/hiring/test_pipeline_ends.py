"""How somebody's way ends: refused and told, refused and not told, withdrawn, taken up again, never started."""

import pytest
import time_machine

from hiring import closing, history, offers, pipeline, refusals
from hiring.models import Application, How, Outcome, Reason, Stage, Told
from hiring.pipeline import Refused, Stale
from mailroom.models import Mail
from onboarding.models import Onboarding
from tests.hiring.acts import (
    deliver,
    refusal_mail,
    refuse,
    standing,
    take_up,
    undo,
    unhire,
    withdraw,
)
from tests.hiring.factories import bring, go, make_application, make_job, make_offer
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind")


class TestWithdrawingBehindTheLink:
    """Whoever has not heard of a refusal is still in the running as far as they know."""

    @pytest.mark.parametrize("tell", [Told.MAIL, Told.MORNING, Told.NONE])
    def test_an_unheard_refusal_gives_way(self, ada, owner, tell):
        refuse(ada, owner, tell=tell)
        withdraw(ada)
        assert (ada.outcome, ada.reason, ada.told) == (Outcome.WITHDRAWN, "", "")

    def test_its_message_never_leaves(self, ada, owner):
        refuse(ada, owner)
        withdraw(ada)
        assert refusal_mail(ada) == "cancelled"

    def test_the_history_goes_on_from_the_refusal(self, ada, owner):
        refuse(ada, owner)
        move = withdraw(ada)
        assert (move.from_outcome, move.to_outcome, move.by_link) == ("not_selected", "withdrawn", True)
        assert history.sentence(move, ada) == "Ada Lind withdrew."

    def test_after_the_message_has_left_nothing_changes(self, ada, owner):
        refuse(ada, owner)
        deliver("not_selected")
        with pytest.raises(Refused):
            withdraw(ada)
        assert (standing(ada), ada.moves.count()) == ("cv:not_selected", 2)

    def test_after_the_phone_call_nothing_changes(self, ada, owner):
        refuse(ada, owner, tell=Told.PHONE)
        with pytest.raises(Refused):
            withdraw(ada)
        assert standing(ada) == "cv:not_selected"

    def test_a_manager_notes_no_withdrawal_of_somebody_refused(self, ada, owner):
        refuse(ada, owner)
        with pytest.raises(Refused):
            withdraw(ada, owner)
        assert refusal_mail(ada) == "waiting"

    def test_the_manager_who_refused_is_told_when_taking_it_back(self, ada, owner):
        move = refuse(ada, owner)
        withdraw(ada)
        with pytest.raises(Stale):
            undo(move, owner)
        assert standing(ada) == "cv:withdrawn"

    def test_twice_is_once(self, ada, owner):
        refuse(ada, owner)
        withdraw(ada)
        with pytest.raises(Refused):
            withdraw(ada)
        assert ada.moves.count() == 3

    def test_they_are_not_counted_among_the_unheard(self, ada, owner):
        refuse(ada, owner)
        withdraw(ada)
        assert Application.objects.not_told().count() == 0

    def test_they_may_be_taken_up_again_where_it_ended(self, ada, owner):
        go(ada, Stage.PHONE, owner)
        refuse(ada, owner)
        withdraw(ada)
        take_up(ada, owner)
        assert (ada.stage, ada.outcome) == ("phone", "active")

    def test_the_trail_says_it_was_the_link(self, ada, owner):
        refuse(ada, owner)
        withdraw(ada)
        entry = TrailEntry.objects.latest("pk")
        assert (entry.action, entry.actor_id, entry.by_link) == ("application.withdrawn", None, "status")


class TestWithdrawing:
    @pytest.mark.parametrize("stage", [Stage.CV, Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER])
    def test_keeps_the_stage_it_ended_in(self, ada, owner, stage):
        if stage != Stage.CV:
            bring(ada, stage, owner)
        withdraw(ada, owner)
        assert (ada.stage, ada.outcome, ada.ended_at is None) == (stage, "withdrawn", False)

    def test_at_the_offer_stage_takes_the_offer_off_the_table(self, ada, owner):
        offer = offers.send(make_offer(bring(ada, Stage.OFFER, owner), owner), by=owner)
        withdraw(ada)
        offer.refresh_from_db()
        assert offer.state == "withdrawn"

    def test_of_somebody_hired_is_refused(self, ada, owner):
        bring(ada, Stage.HIRED, owner)
        with pytest.raises(Refused):
            withdraw(ada)
        assert standing(ada) == "hired"

    def test_by_hand_on_a_stale_page_says_who_was_faster(self, ada, owner, manager):
        go(ada, Stage.PHONE, manager)
        with pytest.raises(Stale) as stale:
            withdraw(ada, owner, expected="cv")
        assert stale.value.move.actor == manager

    def test_behind_the_link_never_stale(self, ada, owner):
        page = Application.objects.get(pk=ada.pk)
        go(ada, Stage.PHONE, owner)
        pipeline.withdraw(page, by_link=True)
        assert standing(ada) == "phone:withdrawn"

    def test_by_hand_can_be_undone(self, ada, owner):
        undo(withdraw(ada, owner), owner)
        assert standing(ada) == "cv"

    def test_behind_the_link_is_undone_by_nobody(self, ada, owner):
        move = withdraw(ada)
        with pytest.raises(Refused, match="your own"):
            undo(move, owner)


class TestTellingLate:
    """People whose way ended without a word are told when the job is over."""

    def unheard(self, ada, owner):
        """Refused, taken up before the mail left, and that taken back: ended, and nobody has told them."""
        refuse(ada, owner)
        undo(take_up(ada, owner), owner)
        ada.refresh_from_db()
        return ada

    def test_a_refusal_that_came_back_to_life_is_unheard(self, ada, owner):
        self.unheard(ada, owner)
        assert (ada.outcome, ada.told, refusal_mail(ada)) == ("not_selected", "", "cancelled")

    def test_is_mailed_once(self, ada, owner):
        self.unheard(ada, owner)
        assert [refusals.tell(ada, by=owner), refusals.tell(ada, by=owner)] == [True, False]
        assert Mail.objects.filter(message="not_selected", state="waiting").count() == 1

    def test_a_second_time_sends_a_second_mail(self, ada, owner):
        """The first late one was cancelled on the way: its key must not swallow the next."""
        for _ in range(2):
            if ada.is_active:
                refuse(ada, owner)
            undo(take_up(ada, owner), owner)
            ada.refresh_from_db()
            assert refusals.tell(ada, by=owner) is True
            ada.refresh_from_db()
            assert (ada.told, refusal_mail(ada)) == ("mail", "waiting")

    def test_nobody_active_is_told(self, ada, owner):
        assert refusals.tell(ada, by=owner) is False
        assert refusal_mail(ada) is None

    def test_without_an_address_there_is_no_mail(self, job, owner):
        nobody = make_application(job, email="")
        refuse(nobody, owner, tell=Told.PHONE)
        Application.objects.filter(pk=nobody.pk).update(told="", told_at=None)
        assert refusals.tell(nobody, by=owner) is False

    def test_whoever_was_told_by_phone_is_not_mailed_as_well(self, ada, owner):
        refuse(ada, owner, tell=Told.PHONE)
        assert refusals.tell(ada, by=owner) is False


class TestRefusing:
    @pytest.mark.parametrize("reason", ["", "too old", "REQUIREMENT", "a" * 500])
    def test_the_reason_is_from_the_closed_list(self, ada, owner, reason):
        with pytest.raises(Refused, match="reason"):
            refuse(ada, owner, reason=reason)
        assert standing(ada) == "cv"

    @pytest.mark.parametrize("tell", ["", "fax", "MAIL"])
    def test_the_way_of_telling_is_from_the_closed_list(self, ada, owner, tell):
        with pytest.raises(Refused, match="how they hear"):
            refuse(ada, owner, tell=tell)
        assert standing(ada) == "cv"

    @pytest.mark.parametrize("why", ["", "   ", "\n"])
    def test_silence_has_to_be_explained(self, ada, owner, why):
        with pytest.raises(Refused, match="why no message"):
            refuse(ada, owner, tell=Told.NONE, why=why)

    @pytest.mark.parametrize("tell", [Told.MAIL, Told.MORNING])
    def test_no_mail_is_promised_to_nobody(self, job, owner, tell):
        with pytest.raises(Refused, match="no e-mail"):
            refuse(make_application(job, email=""), owner, tell=tell)

    @pytest.mark.parametrize("reason", Reason.values)
    def test_every_reason_reads_in_the_history(self, ada, owner, reason):
        move = refuse(ada, owner, reason=reason, tell=Told.PHONE)
        assert str(Reason(reason).label) in history.sentence(move, ada)

    @pytest.mark.parametrize(
        ("tell", "heard"), [(Told.PHONE, True), (Told.NONE, True), (Told.MAIL, False), (Told.MORNING, False)]
    )
    def test_when_they_heard_is_known_at_once_only_without_mail(self, ada, owner, tell, heard):
        refuse(ada, owner, tell=tell)
        assert (ada.told_at is not None) == heard

    def test_the_mail_waits_ten_minutes(self, ada, owner):
        with time_machine.travel("2026-11-23 08:00 +0000", tick=False):
            refuse(ada, owner)
            due = Mail.objects.get(message="not_selected").due_at
        assert due.isoformat() == "2026-11-23T08:10:00+00:00"

    def test_answers_to_it_reach_whoever_refused(self, ada, owner):
        refuse(ada, owner)
        head = bytes(Mail.objects.get(message="not_selected").body).split(b"\r\n\r\n")[0]
        assert owner.email.encode() in head

    def test_twice_is_stale_for_the_second(self, ada, owner):
        refuse(ada, owner)
        with pytest.raises(Stale):
            pipeline.not_select(
                ada, by=owner, expected="cv", reason=Reason.HOURS, tell=Told.PHONE, how=How.PAGE
            )

    def test_ten_refusals_are_ten_mails_and_no_more(self, job, owner):
        for _ in range(10):
            refuse(make_application(job), owner)
        assert Mail.objects.filter(message="not_selected").count() == 10


class TestHasHeard:
    @pytest.mark.parametrize(
        ("tell", "state", "heard"),
        [
            (Told.PHONE, None, True),
            (Told.NONE, None, False),
            (Told.MAIL, "waiting", False),
            (Told.MAIL, "running", False),
            (Told.MAIL, "parked", False),
            (Told.MAIL, "cancelled", False),
            (Told.MAIL, "done", True),
            (Told.MORNING, "waiting", False),
            (Told.MORNING, "done", True),
        ],
    )
    def test_only_what_arrived_counts(self, ada, owner, tell, state, heard):
        refuse(ada, owner, tell=tell)
        if state:
            Mail.objects.filter(message="not_selected").update(state=state)
        assert refusals.has_heard(ada) == heard


class TestTakingUpAgain:
    def test_needs_a_reason(self, ada, owner):
        withdraw(ada, owner)
        with pytest.raises(Refused, match="reason"):
            take_up(ada, owner, reason="")

    def test_somebody_active_is_up_already(self, ada, owner):
        with pytest.raises(Refused):
            take_up(ada, owner)

    def test_clears_what_the_end_wrote(self, ada, owner):
        refuse(ada, owner, tell=Told.PHONE)
        take_up(ada, owner)
        assert (ada.ended_at, ada.reason, ada.told, ada.told_at) == (None, "", "", None)

    def test_keeps_the_day_they_entered_the_stage(self, ada, owner):
        entered = Application.objects.get(pk=ada.pk).stage_entered_at
        refuse(ada, owner, tell=Told.PHONE)
        take_up(ada, owner)
        assert ada.stage_entered_at == entered

    def test_a_mail_that_has_left_stays_sent(self, ada, owner):
        refuse(ada, owner)
        deliver("not_selected")
        take_up(ada, owner)
        assert refusal_mail(ada) == "sent"

    def test_the_undo_of_it_remembers_that_they_had_heard(self, ada, owner):
        refuse(ada, owner)
        deliver("not_selected")
        undo(take_up(ada, owner), owner)
        ada.refresh_from_db()
        assert (ada.outcome, ada.reason, ada.told) == ("not_selected", "hours", "mail")

    def test_the_undo_of_it_remembers_the_call(self, ada, owner):
        refuse(ada, owner, tell=Told.PHONE)
        undo(take_up(ada, owner), owner)
        ada.refresh_from_db()
        assert (ada.told, ada.told_at is None) == ("phone", False)


class TestWhoNeverStarts:
    @pytest.fixture
    def hired(self, ada, owner):
        return bring(ada, Stage.HIRED, owner)

    def test_gives_the_opening_back_and_pauses_the_job(self, hired, owner):
        assert (hired.job.refresh_from_db(), hired.job.status) == (None, "filled")
        unhire(hired, owner)
        hired.job.refresh_from_db()
        assert (hired.job.status, hired.job.closed_at) == ("paused", None)

    def test_ends_as_withdrawn_at_the_offer_stage(self, hired, owner):
        unhire(hired, owner)
        assert (hired.stage, hired.outcome, hired.reason) == ("offer", "withdrawn", "no_show")

    def test_ends_the_onboarding_with_the_reason(self, hired, owner):
        unhire(hired, owner, text="Took a job nearer home")
        plan = Onboarding.objects.get()
        assert (plan.cancelled_at is None, plan.cancel_reason) == (False, "Took a job nearer home")

    @pytest.mark.parametrize("reason", ["", "hours", "because"])
    def test_needs_a_reason_of_its_own_list(self, hired, owner, reason):
        with pytest.raises(Refused, match="reason"):
            unhire(hired, owner, reason=reason)
        assert (standing(hired), Onboarding.objects.get().cancelled_at) == ("hired", None)

    def test_is_no_undo(self, hired, owner):
        with pytest.raises(Refused, match="with a reason"):
            undo(hired.moves.latest("pk"), owner)

    def test_twice_is_refused(self, hired, owner):
        unhire(hired, owner)
        with pytest.raises(Refused):
            unhire(hired, owner)
        assert hired.moves.count() == 7

    def test_undone_hire_is_not_undone_by_undo(self, hired, owner):
        move = unhire(hired, owner)
        with pytest.raises(Refused):
            undo(move, owner)

    def test_a_job_closed_by_hand_stays_closed(self, hired, owner):
        type(hired.job).objects.filter(pk=hired.job_id).update(status="closed")
        unhire(hired, owner)
        hired.job.refresh_from_db()
        assert hired.job.status == "closed"

    def test_notes_and_offer_stay(self, hired, owner):
        hired.notes.create(company=hired.company, author=owner, text="Kind on the phone")
        unhire(hired, owner)
        assert (hired.notes.count(), hired.offers.get().state) == (1, "accepted")

    def test_the_next_finalist_can_be_hired_into_the_opening(self, hired, owner, job):
        unhire(hired, owner)
        closing.resume(job, by=owner)
        second = bring(make_application(job), Stage.HIRED, owner)
        assert (standing(second), Onboarding.objects.filter(cancelled_at=None).count()) == ("hired", 1)
