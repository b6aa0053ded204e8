"""The talent pool at its edges: midnight, what was erased or deleted, two applications of one person, odd words."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import conflicts, undoing
from hiring import indexing, locking, pool, wishes
from hiring.models import (
    Application,
    JobStatus,
    Outcome,
    PoolNote,
    Stage,
)
from hiring.pool_forms import PoolNoteForm
from tests.hiring.acts import put
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_pool import closed, kept, names
from vault.models import Erasure, TrailEntry

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def next_job(company, manager):
    return make_job(company, members=[manager], title="Packer")


def change(row, **fields):
    """Written past every rule; the row is refreshed."""
    Application.everything.filter(pk=row.pk).update(**fields)
    return Application.everything.get(pk=row.pk)


def deleted(row):
    type(row).everything.filter(pk=row.pk).update(deleted_at=timezone.now())


def both(job, next_job):
    """Ada twice, grouped, kept until different days."""
    first = kept(job, until=300)
    return first, change(kept(next_job, until=100), candidate=first.candidate_id)


class TestWhoIsIn:
    @pytest.mark.parametrize(
        ("zone", "there"), [("Pacific/Auckland", 0), ("UTC", 1), ("Pacific/Honolulu", 1)]
    )
    def test_the_last_day_ends_at_midnight_of_the_reader(self, owner, job, zone, there):
        kept(job, keep_longer_until=date(2026, 12, 7))
        with time_machine.travel("2026-12-07 22:30 +0000", tick=False), timezone.override(zone):
            assert pool.seen_by(owner).count() == there

    @pytest.mark.parametrize(
        ("status", "there"),
        [
            (JobStatus.OPEN, 0),
            (JobStatus.PAUSED, 0),
            (JobStatus.DRAFT, 0),
            (JobStatus.FILLED, 1),
            (JobStatus.CLOSED, 1),
        ],
    )
    def test_who_is_undecided_waits_for_the_end_of_the_job(self, owner, job, status, there):
        kept(job, outcome=Outcome.ACTIVE)
        closed(job, status)
        assert len(names(owner)) == there

    @pytest.mark.parametrize("stage", [Stage.CV, Stage.OFFER])
    def test_who_withdrew_and_agreed_is(self, owner, job, stage):
        kept(job, stage=stage, outcome=Outcome.WITHDRAWN)
        assert names(owner) == ["Ada Lind"]

    def test_what_was_deleted_is_not(self, owner, job):
        deleted(kept(job))
        assert names(owner) == []

    def test_a_deleted_application_elsewhere_keeps_nobody_out(self, owner, job, next_job):
        first = kept(job)
        again = change(make_application(next_job), candidate=first.candidate_id)
        assert names(owner) == []
        deleted(again)
        assert names(owner) == ["Ada Lind"]

    def test_nor_does_one_that_waits_at_a_job_that_is_over(self, owner, job, next_job):
        first = kept(job)
        change(make_application(next_job), candidate=first.candidate_id)
        closed(next_job, JobStatus.CLOSED)
        assert names(owner) == ["Ada Lind"]

    def test_who_never_started_is_back(self, owner, job, next_job):
        first, again = both(job, next_job)
        put(again, Stage.HIRED)
        assert names(owner) == []
        put(again, Stage.OFFER, Outcome.WITHDRAWN)
        assert pool.seen_by(owner).get().until == first.keep_longer_until

    @pytest.mark.parametrize("field", ["done_at", "cancelled_at"])
    def test_a_plan_that_is_over_keeps_nobody_out(self, owner, job, field):
        wishes.ask_erasing(kept(job))
        Erasure.objects.update(**{field: timezone.now()})
        assert names(owner) == ["Ada Lind"]

    def test_somebody_elses_plan_keeps_only_them_out(self, owner, job):
        kept(job)
        wishes.ask_erasing(kept(job, name="Otto Berg"))
        assert names(owner) == ["Ada Lind"]

    def test_an_older_consent_stands_for_who_may_not_see_the_newer(self, company, owner, manager, job):
        first, second = both(job, make_job(company))
        assert (pool.seen_by(manager).get(), pool.seen_by(owner).get()) == (first, second)

    def test_a_new_hire_sees_nobody(self, hire, job):
        kept(job)
        assert names(hire) == []


class TestSearch:
    @pytest.mark.parametrize(
        ("fields", "found"),
        [({}, 0), ({"name_shown_at": "2026-01-01T00:00Z"}, 1), ({"stage": Stage.PHONE}, 1)],
    )
    def test_by_a_name_as_soon_as_it_may_be_seen(self, company, owner, fields, found):
        change(kept(make_job(company, hide_names=True)), **fields)
        assert len(names(owner, words="lind")) == found

    def test_by_the_words_of_somebody_whose_name_is_hidden(self, company, owner):
        kept(make_job(company, hide_names=True), cv_text="Zendesk")
        indexing.run()
        assert names(owner, words="zendesk") == ["Ada Lind"]

    @pytest.mark.parametrize(
        ("tag", "found"), [("part time", 1), ("part", 0), ("p_rt time", 0), ("part%", 0), ("", 1)]
    )
    def test_a_tag_is_whole_and_holds_no_signs(self, owner, job, tag, found):
        PoolNote.objects.create(company=job.company, application=kept(job), tag_words="|kind|part time|")
        assert len(names(owner, tag=tag)) == found

    def test_only_the_first_eight_words_count(self, owner, job):
        kept(job, name="Ada B C D E F G Lind")
        assert names(owner, words="ada b c d e f g lind nobody") == ["Ada B C D E F G Lind"]

    def test_the_same_words_in_another_company_are_not_found(self, rival, owner, job):
        kept(job, cv_text="Zendesk")
        kept(make_job(rival.company), name="Otto Berg", cv_text="Zendesk")
        indexing.run()
        assert (names(owner, words="zendesk"), names(rival, words="zendesk")) == (["Ada Lind"], ["Otto Berg"])


class TestTags:
    @pytest.mark.parametrize(
        ("words", "tags"), [("", []), ("||", [""]), ("|a|", ["a"]), ("|a|b c|", ["a", "b c"])]
    )
    def test_of_a_note(self, words, tags):
        assert PoolNote(tag_words=words).tags == tags

    @pytest.mark.parametrize(
        ("typed", "tags"),
        [(" , ,", []), ("A|B", ["a b"]), ("x" * 30, ["x" * 30]), ("e,d,c,b,a", ["e", "d", "c", "b", "a"])],
    )
    def test_as_typed(self, typed, tags):
        form = PoolNoteForm({"tags": typed, "seen": 0}, note=None)
        assert (form.is_valid(), form.cleaned_data["tags"]) == (True, tags)

    @given(WORDS)
    def test_are_small_each_once_and_the_same_when_sent_again(self, typed):
        form = PoolNoteForm({"tags": typed, "seen": 0}, note=None)
        if form.is_valid():
            tags = form.cleaned_data["tags"]
            again = PoolNoteForm({"tags": ", ".join(tags), "seen": 0}, note=None)
            assert (len(tags), again.is_valid()) == (len(set(tags)), True)
            assert (again.cleaned_data["tags"], "|" in "".join(tags)) == (tags, False)


class TestNotes:
    def keep(self, row, by, text="Calm", seen=0):
        return pool.keep_note(row, by=by, text=text, tags=[], seen=seen)

    def test_a_note_taken_back_is_newer_than_a_form_that_is_still_open(self, owner, job):
        row = kept(job)
        note = self.keep(row, owner)
        pool.take_note_back(row, undoing.offered(note, "note", owner), by=owner)
        with pytest.raises(conflicts.Changed):
            self.keep(row, owner, seen=1)

    def test_an_older_note_is_not_taken_back_over_a_newer(self, owner, job):
        row = kept(job)
        mark = undoing.offered(self.keep(row, owner), "note", owner)
        self.keep(row, owner, "Loud", seen=1)
        with pytest.raises(undoing.Gone):
            pool.take_note_back(row, mark, by=owner)
        assert PoolNote.objects.get().text == "Loud"

    def test_whoever_leads_takes_back_a_colleagues(self, owner, manager, job):
        row = kept(job)
        note = self.keep(row, owner)
        pool.take_note_back(row, undoing.offered(note, "note", manager), by=manager)
        assert PoolNote.objects.get().text == ""

    def test_not_of_somebody_deleted_meanwhile(self, owner, job):
        row = kept(job)
        deleted(row)
        with pytest.raises(locking.Refused, match="deleted meanwhile"):
            self.keep(row, owner)
        assert PoolNote.objects.count() == 0

    def test_the_trail_names_fields_and_no_words(self, owner, job):
        self.keep(kept(job), owner, "Secret")
        entry = TrailEntry.objects.get(action="pool.noted")
        assert (entry.fields, entry.actor_id) == (["text", "tags"], owner.user_id)
