"""The verbs of the talent pool, allowed and refused: inviting, leaving, agreeing, asking, staying, and each Undo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import undoing
from hiring import consents, locking, pool, wishes
from hiring.models import (
    Application,
    Assignment,
    Consent,
    Outcome,
    PoolInvitation,
    PoolNote,
    Stage,
    Told,
)
from hiring.models.consents import Purpose
from mailroom.models import Mail
from tests.factories import make_company
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_pool import days, kept, mails, names
from tests.hiring.test_pool_edges import both, change, deleted
from vault import erasing
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def next_job(company, manager):
    return make_job(company, members=[manager], title="Packer")


class TestInviting:
    def test_not_to_a_job_of_another_company(self, owner, rival, job):
        with pytest.raises(pool.Refused, match="not open"):
            pool.invite(kept(job), make_job(rival.company), by=owner)

    @pytest.mark.parametrize("role", ["rival", "hire", "interviewer"])
    def test_not_by_who_does_not_see_the_person(self, request, job, next_job, role):
        with pytest.raises(pool.Refused, match="not in the pool"):
            pool.invite(kept(job), next_job, by=request.getfixturevalue(role))
        assert mails("pool_invitation") == []

    def test_an_interviewer_has_no_job_to_invite_to(self, interviewer, job, next_job):
        row = kept(job)
        Assignment.objects.create(company=job.company, application=row, membership=interviewer)
        with pytest.raises(pool.Refused, match="not open"):
            pool.invite(row, next_job, by=interviewer)

    def test_not_to_a_job_they_applied_for_even_when_that_was_deleted(self, owner, job, next_job):
        row = kept(job)
        again = change(make_application(next_job), candidate=row.candidate_id)
        deleted(again)
        assert list(pool.jobs_for(row, owner)) == []
        with pytest.raises(pool.Refused, match="knows of that job"):
            pool.invite(row, next_job, by=owner)

    def test_one_person_is_told_once_by_whichever_application(self, owner, job, next_job, company):
        first, second = both(job, next_job)
        third = make_job(company)
        pool.invite(second, third, by=owner)
        assert list(pool.jobs_for(first, owner)) == []

    def test_who_withdrew_waits_for_no_refusal(self, owner, job, next_job):
        row = change(kept(job, outcome=Outcome.WITHDRAWN), told="", told_at=None)
        assert pool.invite(row, next_job, by=owner).job == next_job

    def test_who_was_to_hear_nothing_has_heard_nothing(self, owner, job, next_job):
        row = change(kept(job), told="", told_at=None)
        with pytest.raises(pool.Refused, match="has not heard"):
            pool.invite(row, next_job, by=owner)
        change(row, told=Told.PHONE)
        pool.invite(row, next_job, by=owner)

    def test_a_person_deleted_meanwhile(self, owner, job, next_job):
        row = kept(job)
        deleted(row)
        with pytest.raises(locking.Refused):
            pool.invite(row, next_job, by=owner)

    def test_the_mail_carries_the_way_out(self, owner, job, next_job):
        row = kept(job)
        pool.invite(row, next_job, by=owner)
        link = Link.objects.get(purpose=pool.LINK)
        assert (link.subject_id, link.company_id) == (row.pk, row.company_id)
        assert link.expires_at.date() >= days(pool.LINK_DAYS - 1)


class TestTakingInvitationsBack:
    def test_a_colleague_who_leads_may(self, owner, manager, job, next_job):
        invitation = pool.invite(kept(job), next_job, by=owner)
        pool.take_invitation_back(invitation, by=manager)
        assert PoolInvitation.objects.get().taken_back_at

    def test_somebody_else_may_not(self, owner, interviewer, job, next_job):
        invitation = pool.invite(kept(job), next_job, by=owner)
        with pytest.raises(undoing.Refused):
            pool.take_invitation_back(invitation, by=interviewer)
        assert mails("pool_invitation") == ["waiting"]

    def test_once(self, owner, job, next_job):
        invitation = pool.invite(kept(job), next_job, by=owner)
        pool.take_invitation_back(invitation, by=owner)
        with pytest.raises(undoing.Gone):
            pool.take_invitation_back(invitation, by=owner)

    def test_not_after_ten_minutes(self, owner, job, next_job):
        invitation = pool.invite(kept(job), next_job, by=owner)
        PoolInvitation.objects.update(invited_at=timezone.now() - timedelta(minutes=11))
        with pytest.raises(undoing.Refused, match="ten minutes"):
            pool.take_invitation_back(invitation, by=owner)

    def test_called_off_is_only_what_has_not_left(self, owner, job, next_job, company):
        row = kept(job)
        gone, waits = (pool.invite(row, to, by=owner) for to in (next_job, make_job(company)))
        Mail.objects.filter(message=pool.INVITED, about_id=gone.pk).update(state="done")
        pool.call_off(row.candidate_id)
        assert PoolInvitation.objects.get(taken_back_at=None) == gone
        assert mails("pool_invitation") == ["done", "cancelled"]
        assert waits.job_id != gone.job_id

    def test_called_off_is_nothing_of_others(self, owner, job, next_job):
        pool.invite(kept(job), next_job, by=owner)
        pool.call_off(kept(job, name="Otto Berg").candidate_id)
        assert mails("pool_invitation") == ["waiting"]


class TestLeaving:
    def back(self, row, by):
        pool.take_back(row, row.undoable["pool"]["mark"], by=by)

    def test_counts_for_both_applications_and_so_does_the_undo(self, owner, job, next_job):
        first, second = both(job, next_job)
        row = pool.leave(second, by=owner)
        found = Application.objects.order_by("pk").values_list("keep_longer_until", flat=True)
        assert list(found) == [None, None]
        self.back(row, owner)
        assert list(found.all()) == [first.keep_longer_until, second.keep_longer_until]

    def test_stops_the_mail_for_good(self, owner, job, next_job):
        row = kept(job)
        pool.invite(row, next_job, by=owner)
        self.back(pool.leave(row, by=owner), owner)
        assert (mails("pool_invitation"), names(owner)) == (["cancelled"], ["Ada Lind"])

    def test_an_undo_brings_nobody_back_who_was_erased(self, owner, job):
        row = pool.leave(kept(job), by=owner)
        change(row, erased_at=timezone.now())
        self.back(row, owner)
        assert change(row).keep_longer_until is None

    def test_is_undone_once_and_not_by_just_anybody(self, owner, interviewer, job):
        row = pool.leave(kept(job), by=owner)
        with pytest.raises(undoing.Refused):
            self.back(row, interviewer)
        self.back(row, owner)
        with pytest.raises(undoing.Gone):
            self.back(row, owner)

    def test_the_words_of_the_consent_follow(self, owner, job):
        row = kept(job)
        consents.give(row, [Purpose.KEEP])
        row = pool.leave(row, by=owner)
        assert not Consent.objects.get().stands
        self.back(row, owner)
        assert Consent.objects.get().stands

    def test_their_own_no_outlives_the_undo_of_the_shop(self, owner, job):
        row = kept(job)
        consents.give(row, [Purpose.KEEP])
        row = pool.leave(row, by=owner)
        wishes.withdraw_consent(row)
        with pytest.raises(undoing.Gone):
            self.back(row, owner)
        assert (names(owner), Consent.objects.get().stands) == ([], False)


class TestFinalists:
    def finalist(self, job, **fields):
        return kept(job, stage=Stage.OFFER, **{"keep_longer_until": None} | fields)

    @pytest.mark.parametrize("outcome", [Outcome.NOT_SELECTED, Outcome.WITHDRAWN])
    def test_agree_once(self, owner, job, outcome):
        row = pool.agree(self.finalist(job, outcome=outcome), by=owner)
        with pytest.raises(pool.Refused):
            pool.agree(row, by=owner)

    def test_by_telling_makes_no_words_they_never_read(self, owner, job):
        pool.agree(self.finalist(job), by=owner)
        assert Consent.objects.count() == 0

    def test_by_telling_leaves_what_they_took_back_taken_back(self, owner, job):
        row = self.finalist(job)
        consents.give(row, [Purpose.KEEP])
        wishes.withdraw_consent(row)
        pool.agree(row, by=owner)
        assert (names(owner), Consent.objects.get().stands) == (["Ada Lind"], False)

    def test_not_somebody_deleted_meanwhile(self, owner, job):
        row = self.finalist(job)
        deleted(row)
        with pytest.raises(locking.Refused):
            pool.agree(row, by=owner)


class TestAsking:
    def test_each_company_its_own_in_their_language(self, job, rival):
        kept(job, until=5, language="fi")
        kept(make_job(rival.company), until=5, name="Otto Berg", email="otto@mail.example", language="sv")
        assert pool.ask_all() == 2
        asked = Mail.objects.filter(message="pool_ask").order_by("pk")
        assert list(asked.values_list("company", "language")) == [
            (job.company_id, "fi"),
            (rival.company_id, "sv"),
        ]

    def test_one_person_once_about_the_later_day(self, job, next_job):
        both(job, next_job)
        Application.objects.filter(job=next_job).update(keep_longer_until=days(9))
        assert pool.ask_all() == 0
        Application.objects.filter(job=job).update(keep_longer_until=days(20))
        assert (pool.ask_all(), PoolNote.objects.get().asked_until) == (1, days(20))

    def test_more_than_a_batch_are_asked_on_the_next_run(self, job, monkeypatch):
        monkeypatch.setattr(pool, "BATCH", 2)
        for _n in range(3):
            kept(job, until=5)
        assert [pool.ask_all() for _n in range(3)] == [2, 1, 0]

    def test_what_was_noted_stays_and_a_form_is_no_older_for_it(self, owner, job):
        row = kept(job, until=5)
        pool.keep_note(row, by=owner, text="Calm", tags=["kind"], seen=0)
        pool.ask_all()
        note = PoolNote.objects.get()
        assert (note.text, note.tags, note.revision) == ("Calm", ["kind"], 1)

    def test_not_who_left_between_the_list_and_the_mail(self, job):
        row = kept(job, until=5)
        change(row, keep_longer_until=None)
        assert (pool._ask(row.pk), mails("pool_ask")) == (False, [])

    @pytest.mark.parametrize("field", ["erased_at", "deleted_at"])
    def test_not_who_is_gone(self, job, field):
        change(kept(job, until=5), **{field: timezone.now()})
        assert pool.ask_all() == 0


class TestStaying:
    def test_is_a_consent_in_words_said_by_nobody_of_the_shop(self, job):
        row = kept(job, until=10)
        pool.stay(row)
        consent, entry = Consent.objects.get(), TrailEntry.objects.get(action="pool.stayed")
        assert (consent.application, consent.version) == (row, consents.VERSIONS[Purpose.KEEP])
        assert (entry.actor_id, entry.by_link, entry.subject_id) == (None, "pool", row.candidate_id)

    def test_after_a_no_is_another_consent(self, job):
        row = kept(job, until=10)
        consents.give(row, [Purpose.KEEP])
        wishes.withdraw_consent(row)
        pool.stay(row)
        assert [consent.stands for consent in consents.of(row)] == [False, True]

    def test_is_counted_from_today_not_from_the_last_day(self, job):
        row = kept(job, until=500)
        assert pool.stay(row) == days(consents.KEEP_DAYS)


def test_two_companies_with_the_same_person_know_nothing_of_each_other(owner, rival, job):
    mine, theirs = kept(job), kept(make_job(rival.company))
    pool.leave(mine, by=owner)
    assert (names(owner), pool.seen_by(rival).get()) == ([], theirs)


def test_erased_takes_note_and_invitation_of_this_person_alone(owner, job, next_job):
    row, other = kept(job), kept(job, name="Otto Berg")
    for one in (row, other):
        pool.keep_note(one, by=owner, text="Calm", tags=[], seen=0)
        pool.invite(one, next_job, by=owner)
    erasing.erase("candidate", row.candidate_id, company_id=row.company_id, by_id=None, source="shop")
    assert (PoolNote.objects.get().application, PoolInvitation.objects.get().application) == (other, other)


def test_looking_names_the_company_and_who_looked(company, owner):
    pool.read(company, by=owner)
    entry = TrailEntry.objects.get(action="pool.read")
    assert (entry.subject_id, entry.company_id, entry.actor_id) == (company.pk, company.pk, owner.user_id)


def test_a_shop_without_anybody_asks_nobody():
    make_company()
    assert pool.ask_all() == 0
