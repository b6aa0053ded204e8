"""Who is in the talent pool, who is not any more, and what may be done with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import conflicts, undoing
from hiring import duplicates, indexing, leaving, pool, retention, tasks, wishes
from hiring.models import (
    Application,
    Candidate,
    JobMember,
    JobStatus,
    Outcome,
    PoolInvitation,
    PoolNote,
    SamePerson,
    Stage,
    Told,
)
from mailroom.models import Mail
from tests.hiring.acts import put, refuse
from tests.hiring.factories import make_application, make_job
from vault import erasing
from vault.models import Erasure, Hold, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def next_job(company, manager):
    return make_job(company, members=[manager], title="Packer")


def days(number):
    return timezone.localdate() + timedelta(days=number)


def kept(job, *, until=100, stage=Stage.CV, outcome=Outcome.NOT_SELECTED, **fields):
    """Somebody who agreed, and about whom was decided; told so."""
    values = {"name": "Ada Lind", "email": "ada@mail.example", "keep_longer_until": days(until)} | fields
    row = put(make_application(job, **values), stage, outcome)
    Application.objects.filter(pk=row.pk).update(told=Told.PHONE, told_at=timezone.now())
    row.refresh_from_db()
    return row


def closed(job, status):
    at = timezone.now() if status in pool.OVER else None
    type(job).objects.filter(pk=job.pk).update(status=status, closed_at=at)


def names(member, **asked) -> list[str]:
    return [row.name for row in pool.search(member, **asked).order_by("pk")]


def mails(message) -> list[str]:
    rows = Mail.objects.filter(message=message).order_by("pk")
    return list(rows.values_list("state", flat=True))


class TestWhoIsIn:
    @pytest.mark.parametrize("until", [0, 1, 365])
    def test_who_agreed_and_is_decided_on(self, owner, job, until):
        kept(job, until=until)
        found = pool.seen_by(owner).get()
        assert (found.name, found.until) == ("Ada Lind", days(until))

    @pytest.mark.parametrize(
        "fields",
        [
            {"until": -1},
            {"keep_longer_until": None},
            {"outcome": Outcome.ACTIVE},
            {"outcome": Outcome.ACTIVE, "stage": Stage.HIRED},
            {"is_test": True},
        ],
    )
    def test_nobody_else(self, owner, job, fields):
        kept(job, **fields)
        assert names(owner) == []

    def test_who_waited_when_the_job_closed(self, owner, job):
        kept(job, outcome=Outcome.ACTIVE)
        closed(job, JobStatus.CLOSED)
        assert names(owner) == ["Ada Lind"]

    def test_one_person_stands_there_once_with_the_later_day(self, owner, job, next_job):
        first, second = kept(job, until=300), kept(next_job, until=100)
        duplicates.run()
        duplicates.same(SamePerson.objects.get(), by=owner)
        found = pool.seen_by(owner).get()
        assert (found.pk, found.until) == (second.pk, first.keep_longer_until)

    @pytest.mark.parametrize("stage", [Stage.CV, Stage.HIRED])
    def test_who_is_in_the_running_or_works_here_is_not(self, owner, job, next_job, stage):
        first = kept(job)
        again = put(make_application(next_job), stage)
        Application.objects.filter(pk=again.pk).update(candidate=first.candidate_id)
        assert names(owner) == []

    def test_who_is_to_be_erased_is_not(self, owner, job):
        row = kept(job)
        wishes.ask_erasing(row)
        assert names(owner) == []

    def test_who_was_erased_is_not(self, owner, job):
        row = kept(job)
        PoolNote.objects.create(company=job.company, application=row, text="Kind", tag_words="|kind|")
        erasing.erase("candidate", row.candidate_id, company_id=row.company_id, by_id=None, source="shop")
        assert (names(owner), PoolNote.objects.count()) == ([], 0)

    def test_the_clocks_own_plan_waits_for_what_was_agreed(self, owner, job):
        row = kept(job)
        erasing.plan(
            "candidate", row.candidate_id, company_id=job.company_id, on=days(0), source=Erasure.Source.CLOCK
        )
        assert names(owner) == ["Ada Lind"]

    def test_a_manager_sees_those_of_their_jobs(self, company, owner, manager, job):
        kept(job)
        kept(make_job(company), name="Otto Berg")
        assert (names(manager), names(owner)) == (["Ada Lind"], ["Ada Lind", "Otto Berg"])

    def test_nobody_of_another_company(self, rival, job):
        kept(job)
        assert names(rival) == []


class TestSearch:
    @pytest.fixture(autouse=True)
    def two(self, job):
        ada = kept(job, cv_text="Zendesk and refunds", language="fi")
        kept(job, name="Otto Berg", cv_text="Shopify")
        PoolNote.objects.create(company=job.company, application=ada, tag_words="|weekends|polish|")
        indexing.run()

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"words": "refund"}, ["Ada Lind"]),
            ({"words": "otto"}, ["Otto Berg"]),
            ({"words": "nothing"}, []),
            ({"words": "!!"}, ["Ada Lind", "Otto Berg"]),
            ({"language": "fi"}, ["Ada Lind"]),
            ({"language": "sv"}, []),
            ({"tag": "polish"}, ["Ada Lind"]),
            ({"tag": "pol"}, []),
            ({"tag": "polish", "words": "otto"}, []),
        ],
    )
    def test_by_words_language_and_tag(self, owner, asked, found):
        assert names(owner, **asked) == found

    def test_a_hidden_name_is_not_found_by(self, owner, job):
        type(job).objects.update(hide_names=True)
        assert names(owner, words="ada") == []


class TestNotes:
    def keep(self, row, by, text="Calm", tags=("weekends",), seen=0):
        return pool.keep_note(row, by=by, text=text, tags=list(tags), seen=seen)

    def test_are_kept_and_taken_back(self, owner, job):
        row = kept(job)
        note = self.keep(row, owner)
        assert (note.text, note.tags, note.revision) == ("Calm", ["weekends"], 1)
        pool.take_note_back(row, undoing.offered(note, "note", owner), by=owner)
        note.refresh_from_db()
        assert (note.text, note.tags) == ("", [])

    def test_the_same_again_is_no_change(self, owner, job):
        row = kept(job)
        self.keep(row, owner)
        assert self.keep(row, owner, seen=1).revision == 1

    def test_of_a_colleague_are_not_written_over(self, owner, manager, job):
        row = kept(job)
        self.keep(row, owner)
        with pytest.raises(conflicts.Changed):
            self.keep(row, manager, text="Loud")

    def test_are_not_taken_back_by_somebody_who_may_not(self, owner, interviewer, job):
        row = kept(job)
        note = self.keep(row, owner)
        mark = note.undoable["note"]["mark"]
        with pytest.raises(undoing.Refused):
            pool.take_note_back(row, mark, by=interviewer)


class TestInviting:
    def test_is_one_mail_that_waits(self, owner, job, next_job):
        row = kept(job, language="fi")
        pool.invite(row, next_job, by=owner)
        mail = Mail.objects.get(message="pool_invitation")
        assert (mail.recipient, mail.language, mail.state) == ("ada@mail.example", "fi", "waiting")
        assert mail.due_at > timezone.now() + timedelta(minutes=9)
        assert TrailEntry.objects.filter(action="pool.invited", subject_id=row.pk).count() == 1

    def test_the_job_is_not_offered_again(self, owner, job, next_job):
        row = kept(job)
        assert list(pool.jobs_for(row, owner)) == [next_job]
        pool.invite(row, next_job, by=owner)
        assert list(pool.jobs_for(row, owner)) == []
        with pytest.raises(pool.Refused, match="knows of that job"):
            pool.invite(row, next_job, by=owner)

    def test_taken_back_it_never_happened(self, owner, job, next_job):
        row = kept(job)
        pool.take_invitation_back(pool.invite(row, next_job, by=owner), by=owner)
        assert mails("pool_invitation") == ["cancelled"]
        pool.invite(row, next_job, by=owner)
        assert mails("pool_invitation") == ["cancelled", "waiting"]

    def test_what_has_left_is_not_taken_back(self, owner, job, next_job):
        invitation = pool.invite(kept(job), next_job, by=owner)
        Mail.objects.filter(message="pool_invitation").update(state="done")
        with pytest.raises(undoing.Gone):
            pool.take_invitation_back(invitation, by=owner)

    @pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.CLOSED, JobStatus.FILLED])
    def test_only_to_an_open_job(self, owner, job, next_job, status):
        closed(next_job, status)
        with pytest.raises(pool.Refused, match="not open"):
            pool.invite(kept(job), next_job, by=owner)

    def test_only_to_a_job_of_ones_own(self, company, manager, job):
        with pytest.raises(pool.Refused, match="not open"):
            pool.invite(kept(job), make_job(company), by=manager)

    @pytest.mark.parametrize(
        ("fields", "why"), [({"email": ""}, "no e-mail"), ({"until": -1}, "not in the pool")]
    )
    def test_not_who_cannot_be(self, owner, job, next_job, fields, why):
        with pytest.raises(pool.Refused, match=why):
            pool.invite(kept(job, **fields), next_job, by=owner)

    def test_not_who_waits_for_a_refusal(self, owner, job, next_job):
        row = make_application(job, keep_longer_until=days(9))
        refuse(row, owner)
        with pytest.raises(pool.Refused, match="has not heard"):
            pool.invite(row, next_job, by=owner)

    def test_is_erased_with_the_person(self, owner, job, next_job):
        row = kept(job)
        pool.invite(row, next_job, by=owner)
        erasing.erase("candidate", row.candidate_id, company_id=row.company_id, by_id=None, source="shop")
        assert (PoolInvitation.objects.count(), Mail.objects.filter(recipient=row.email).count()) == (0, 0)


class TestLeaving:
    def test_a_consent_taken_back_counts_at_once_and_stops_the_mail(self, owner, job, next_job):
        row = kept(job)
        pool.invite(row, next_job, by=owner)
        wishes.withdraw_consent(row)
        assert (names(owner), mails("pool_invitation")) == ([], ["cancelled"])

    def test_told_to_the_shop(self, owner, job):
        row = pool.leave(kept(job), by=owner)
        assert names(owner) == []
        pool.take_back(row, undoing.offered(row, "pool", owner), by=owner)
        assert names(owner) == ["Ada Lind"]

    def test_by_the_clock(self, company, owner, job):
        type(company).objects.filter(pk=company.pk).update(country="NL")  # four weeks, else the day agreed
        row = kept(job, until=3)
        long_ago = timezone.now() - timedelta(days=90)
        Application.objects.update(submitted_at=long_ago, ended_at=long_ago, told_at=long_ago)
        row.moves.update(at=long_ago)
        candidate = Candidate.objects.select_related("company").get(pk=row.candidate_id)
        assert retention.goes_on(candidate) == days(3)
        Application.objects.update(keep_longer_until=days(-8))
        leaving.run()
        assert (names(owner), Erasure.objects.get().source) == ([], Erasure.Source.CLOCK)
        assert not Hold.objects.exists()


class TestFinalists:
    @pytest.mark.parametrize("stage", [Stage.REFERENCES, Stage.OFFER])
    def test_agree_for_six_months(self, owner, job, stage):
        row = pool.agree(kept(job, keep_longer_until=None, stage=stage), by=owner)
        assert pool.seen_by(owner).get().until == days(pool.FINALIST_DAYS)
        pool.take_back(row, undoing.offered(row, "pool", owner), by=owner)
        assert names(owner) == []

    @pytest.mark.parametrize(
        "fields",
        [
            {"stage": Stage.INTERVIEW, "keep_longer_until": None},
            {"stage": Stage.OFFER, "outcome": Outcome.ACTIVE, "keep_longer_until": None},
            {"stage": Stage.OFFER},
        ],
    )
    def test_nobody_else_does(self, owner, job, fields):
        with pytest.raises(pool.Refused, match="finalists"):
            pool.agree(kept(job, **fields), by=owner)


class TestAsking:
    @pytest.mark.parametrize(("until", "asked"), [(0, 1), (30, 1), (31, 0), (-1, 0)])
    def test_a_month_before(self, job, until, asked):
        kept(job, until=until)
        assert (pool.ask_all(), len(mails("pool_ask"))) == (asked, asked)

    def test_once(self, job):
        kept(job, until=10)
        tasks.ask_pool()
        assert (pool.ask_all(), len(mails("pool_ask"))) == (0, 1)

    def test_once_more_when_another_year_is_nearly_over(self, job):
        row = kept(job, until=10)
        pool.ask_all()
        Application.objects.filter(pk=row.pk).update(keep_longer_until=days(20))
        assert pool.ask_all() == 1

    @pytest.mark.parametrize("fields", [{"email": ""}, {"outcome": Outcome.ACTIVE}])
    def test_not_who_cannot_be_or_need_not_be(self, job, fields):
        kept(job, until=10, **fields)
        assert pool.ask_all() == 0

    def test_not_in_the_sample_shop(self, company, job):
        type(company).objects.filter(pk=company.pk).update(is_demo=True)
        kept(job, until=10)
        assert pool.ask_all() == 0

    def test_a_yes_is_another_year_from_today(self, owner, job):
        row = kept(job, until=10)
        assert pool.stay(row) == pool.stay(row) == days(365)
        assert pool.seen_by(owner).get().until == days(365)
        assert TrailEntry.objects.filter(action="pool.stayed").count() == 1


def test_a_member_of_the_job_only_from_then_on(company, manager):
    job = make_job(company)
    kept(job)
    assert names(manager) == []
    JobMember.objects.create(company=company, job=job, membership=manager)
    assert names(manager) == ["Ada Lind"]
