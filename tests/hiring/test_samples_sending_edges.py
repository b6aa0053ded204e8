"""Work samples at their edges: the words somebody undoes, more time, calling off twice, reminders that stay home."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import conflicts, undoing
from hiring import judging, pipeline, sample_panel, samples_sending
from hiring.models import Application, SampleText, Stage, WorkSample
from hiring.pipeline import Refused
from mailroom.models import Mail, Notice
from tests.hiring.acts import deliver, put, refuse
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_samples import finish, fresh, mail_of, words_of
from vault import erasing
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def sample(ada, owner):
    return samples_sending.send(ada.job, [ada], by=owner)[0]


def mark(row, what, by):
    return undoing.offered(fresh(row), what, by)


def trail_of(action) -> list:
    return list(TrailEntry.objects.filter(action=action).values_list("kind", "subject_id"))


class TestKeepingTheWords:
    def test_counts_up_from_nothing(self, job, owner):
        found = [
            samples_sending.keep_text(job, by=owner, values={"key": key}).revision for key in ("tea", "tea")
        ]
        assert found == [1, 2]

    def test_the_first_keeping_taken_back_is_the_usual_one(self, job, owner):
        row = samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        samples_sending.take_back_text(job, mark(row, "text", owner), by=owner)
        assert (samples_sending.text_of(job).key, fresh(row).revision) == ("outdoor", 2)

    def test_a_page_from_before_somebody_elses_first_keeping_is_told(self, job, owner, manager):
        samples_sending.keep_text(job, by=manager, values={"key": "tea"}, seen=0)
        with pytest.raises(conflicts.Changed) as now:
            samples_sending.keep_text(job, by=owner, values={"key": "children"}, seen=0)
        assert now.value.row.key == "tea"

    def test_taking_back_twice_is_gone(self, job, owner):
        row = samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        first = mark(row, "text", owner)
        samples_sending.take_back_text(job, first, by=owner)
        with pytest.raises(undoing.Gone):
            samples_sending.take_back_text(job, first, by=owner)

    def test_with_nothing_kept_there_is_nothing_to_take_back(self, job, owner):
        with pytest.raises(undoing.Gone):
            samples_sending.take_back_text(job, "text-12345678", by=owner)
        assert SampleText.objects.count() == 0

    def test_after_ten_minutes_it_stays(self, job, owner):
        row = samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        first = mark(row, "text", owner)
        with time_machine.travel(timezone.now() + timedelta(minutes=11)), pytest.raises(undoing.Refused):
            samples_sending.take_back_text(job, first, by=owner)
        assert fresh(row).key == "tea"

    def test_is_in_the_trail_of_the_job(self, job, owner):
        samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        assert trail_of("sample.text_changed") == [("job", job.pk)]

    def test_another_jobs_stays_as_it_was(self, job, company, owner):
        other = make_job(company)
        samples_sending.keep_text(job, by=owner, values={"key": "tea"})
        assert samples_sending.text_of(other).key == "outdoor"

    @settings(max_examples=20)
    @given(st.lists(st.text(alphabet="ab \t", max_size=5), max_size=6))
    def test_blank_lines_are_no_questions(self, lines):
        row = SampleText(key="own", points_1="\n".join(lines))
        points = samples_sending.texts(row, "en")["messages"][0]["points"]
        assert points == [line for line in lines if line.strip()]


class TestWhoElseCannotGetOne:
    @pytest.mark.parametrize("field", ["deleted_at", "erased_at"])
    def test_somebody_thrown_away_or_erased(self, ada, owner, field):
        Application.everything.filter(pk=ada.pk).update(**{field: timezone.now()})
        with pytest.raises(Refused):
            samples_sending.send(ada.job, [ada], by=owner)

    def test_those_who_can_get_theirs_though_one_cannot(self, job, ada, owner):
        reading = make_application(job)
        sent = samples_sending.send(job, [ada, reading], by=owner)
        assert [row.application for row in sent] == [ada]

    def test_a_number_is_never_given_twice(self, sample, job, owner):
        samples_sending.cancel(sample, by=owner)
        again = samples_sending.send(job, [sample.application], by=owner)[0]
        assert (sample.number, again.number) == (1, 2)

    def test_numbers_are_of_each_job(self, sample, company, owner):
        other = put(make_application(make_job(company)), Stage.PHONE)
        assert samples_sending.send(other.job, [other], by=owner)[0].number == 1

    def test_sending_is_in_the_trail_of_the_person(self, sample):
        assert trail_of("sample.sent") == [("application", sample.application_id)]


class TestTheLastDay:
    @pytest.mark.parametrize(
        ("zone", "day"),
        [("Pacific/Auckland", 24), ("Europe/Helsinki", 24), ("America/Los_Angeles", 23)],
    )
    def test_is_counted_from_today_where_the_shop_is(self, company, zone, day):
        company.timezone = zone
        with time_machine.travel("2026-11-22T23:30:00+00:00", tick=False):
            found = samples_sending.end_of_day(company, 1)
        assert found.day == day

    @settings(max_examples=20)
    @given(st.integers(1, 60))
    def test_is_never_nearer_than_a_minute_less_than_those_days(self, days):
        end = samples_sending.end_of_day(SimpleNamespace(timezone="Europe/Helsinki"), days)
        assert timedelta(days=days - 1) < end - timezone.now() < timedelta(days=days + 1, hours=2)


class TestTakingBack:
    def test_goes_for_the_whole_click(self, job, owner):
        people = [put(make_application(job), Stage.PHONE) for _ in range(3)]
        batch = samples_sending.send(job, people, by=owner)[0].batch
        assert (samples_sending.take_back(job, batch, by=owner), WorkSample.objects.count()) == (3, 0)

    def test_leaves_whoever_has_begun(self, job, owner):
        people = [put(make_application(job), Stage.PHONE) for _ in range(2)]
        first, _second = samples_sending.send(job, people, by=owner)
        samples_sending.begin(first)
        assert samples_sending.take_back(job, first.batch, by=owner) == 1
        assert list(WorkSample.objects.all()) == [first]

    def test_of_another_jobs_click_is_gone(self, sample, company, owner):
        with pytest.raises(undoing.Gone):
            samples_sending.take_back(make_job(company), sample.batch, by=owner)
        assert fresh(sample)

    @pytest.mark.parametrize("odd", ["", "x", "9" * 400])
    def test_of_a_click_that_never_was_is_gone(self, sample, job, owner, odd):
        with pytest.raises(undoing.Gone):
            samples_sending.take_back(job, odd, by=owner)

    def test_is_not_offered_once_begun(self, sample, owner):
        assert samples_sending.may_take_back(sample, owner)
        assert not samples_sending.may_take_back(samples_sending.begin(sample), owner)

    def test_anybody_elses_is_offered_to_those_who_lead_only(self, sample, manager, interviewer):
        assert [samples_sending.may_take_back(sample, who) for who in (manager, interviewer)] == [True, False]


class TestCallingOff:
    def test_twice_is_once(self, sample, owner, manager):
        first = samples_sending.cancel(sample, by=owner).cancelled_at
        assert samples_sending.cancel(sample, by=manager).cancelled_at == first
        assert len(trail_of("sample.cancelled")) == 1

    def test_back_after_its_mail_left_writes_no_second_one(self, sample, owner):
        deliver("work_sample")
        row = samples_sending.cancel(sample, by=owner)
        samples_sending.uncancel(row, mark(row, "cancelled", owner), by=owner)
        assert Mail.objects.filter(message="work_sample").count() == 1

    def test_ends_what_the_applicant_was_writing(self, sample, owner):
        samples_sending.save(sample, answers=("Dear", ""), seen=1)
        samples_sending.cancel(sample, by=owner)
        with pytest.raises(samples_sending.Closed):
            samples_sending.save(sample, answers=("Dear Jonna", ""), seen=2)
        assert fresh(sample).answer_1 == "Dear"

    def test_of_one_taken_back_is_gone(self, sample, job, owner):
        samples_sending.take_back(job, sample.batch, by=owner)
        with pytest.raises(undoing.Gone):
            samples_sending.cancel(sample, by=owner)

    def test_of_somebody_erased_is_not_there(self, sample, ada, owner):
        erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)
        with pytest.raises((judging.NotThere, undoing.Gone)):
            samples_sending.cancel(sample, by=owner)


class TestMoreTime:
    @pytest.mark.parametrize("end", ["finish", "cancel"])
    def test_not_once_it_is_over(self, sample, owner, end):
        finish(sample) if end == "finish" else samples_sending.cancel(sample, by=owner)
        with pytest.raises(Refused, match="come in"):
            samples_sending.give_time(sample, by=owner)

    def test_replaces_a_mail_that_has_not_left(self, sample, owner):
        samples_sending.give_time(sample, by=owner, days=9)
        assert sorted(Mail.objects.values_list("state", flat=True)) == ["cancelled", "waiting"]

    def test_begins_reminding_anew(self, sample, owner):
        WorkSample.objects.update(reminded_at=timezone.now())
        assert samples_sending.give_time(sample, by=owner).reminded_at is None

    def test_ends_the_undo_of_the_sending(self, sample, owner):
        row = samples_sending.give_time(sample, by=owner)
        assert (row.undoable, samples_sending.may_take_back(row, owner)) == ({}, False)

    def test_keeps_what_was_written(self, sample, owner):
        samples_sending.save(sample, answers=("Dear", ""), seen=1)
        assert samples_sending.give_time(sample, by=owner).answer_1 == "Dear"

    def test_the_mail_answers_to_whoever_gave_it(self, sample, manager):
        samples_sending.give_time(sample, by=manager)
        assert "mika@lumi.example" in bytes(Mail.objects.latest("pk").body).decode()


class TestWriting:
    def test_keeps_when_it_was_begun(self, sample):
        began = samples_sending.begin(sample).started_at
        assert samples_sending.save(sample, answers=("A", ""), seen=1).started_at == began

    def test_a_form_that_names_no_revision_is_kept(self, sample):
        assert samples_sending.save(sample, answers=("A", ""), seen=None).revision == 2

    @pytest.mark.parametrize("verb", [samples_sending.save, samples_sending.finish])
    def test_nothing_after_the_last_minute(self, sample, verb):
        WorkSample.objects.update(expires_at=timezone.now())
        with pytest.raises(samples_sending.Closed) as closed:
            verb(sample, answers=("A", "B"), seen=1)
        assert closed.value.sample.has_expired

    def test_sending_twice_tells_once(self, sample):
        finish(sample)
        with pytest.raises(samples_sending.Closed):
            finish(sample)
        assert Notice.objects.filter(kind="sample").values("member").distinct().count() == 2

    def test_the_trail_says_by_link_and_by_nobody(self, sample):
        finish(sample)
        entry = TrailEntry.objects.get(action="sample.came_in")
        assert (entry.actor_id, "Jonna" in str(vars(entry))) == (None, False)


class TestReminderAtItsEdges:
    @pytest.fixture(autouse=True)
    def _noon(self, sample, company):
        company.timezone = "UTC"
        company.save()
        day = sample.expires_at.replace(hour=12, minute=0) - timedelta(days=1)
        with time_machine.travel(day, tick=False):
            yield

    def test_is_one_mail_in_the_applicants_language_with_a_link(self, sample):
        assert samples_sending.remind() == 1
        assert "/my/sample/" in words_of(Mail.objects.get(message="work_sample_reminder"))

    @pytest.mark.parametrize("fields", [{"email": ""}, {"deleted_at": timezone.now()}])
    def test_nobody_whom_it_cannot_reach_but_as_soon_as_it_can(self, sample, ada, fields):
        before = {name: getattr(ada, name) for name in fields}
        Application.everything.filter(pk=ada.pk).update(**fields)
        assert (samples_sending.remind(), mail_of(sample, "work_sample_reminder")) == (0, None)
        Application.everything.filter(pk=ada.pk).update(**before)
        assert samples_sending.remind() == 1

    def test_not_whoever_was_refused_until_that_is_undone(self, sample, ada, owner):
        move = refuse(ada, owner)
        assert samples_sending.remind() == 0
        pipeline.undo(move, by=owner)
        assert samples_sending.remind() == 1

    def test_after_its_sender_left_it_comes_from_the_shop(self, sample, owner):
        owner.removed_at = timezone.now()
        owner.save()
        assert samples_sending.remind() == 1
        assert "olga@" not in bytes(Mail.objects.latest("pk").body).decode()


class TestPanel:
    @pytest.mark.parametrize("stage", [Stage.CV, Stage.HIRED])
    def test_offers_none_before_the_talk_and_after_the_end(self, job, owner, stage):
        row = put(make_application(job), stage)
        assert sample_panel.context(owner, row) == {"sample": None, "sample_offered": False}

    def test_offers_none_to_an_interviewer(self, ada, interviewer, owner):
        found = [sample_panel.context(who, ada)["sample_offered"] for who in (interviewer, owner)]
        assert found == [False, True]

    def test_costs_nothing_where_the_page_knows_there_is_none(self, ada, owner, django_assert_num_queries):
        ada.has_sample = False
        with django_assert_num_queries(0):
            assert sample_panel.context(owner, ada)["sample"] is None

    @pytest.mark.parametrize(("arrived", "queries"), [(False, 1), (True, 2)])
    def test_costs_two_at_the_most(self, sample, ada, owner, arrived, queries, django_assert_num_queries):
        if arrived:
            finish(sample)
        with django_assert_num_queries(queries):
            sample_panel.context(owner, ada)

    def test_says_how_long_after_in_one_word(self, sample):
        assert sample_panel.after(sample) == ""
        sample.finished_at = sample.sent_at + timedelta(days=2, hours=3)
        assert sample_panel.after(sample).replace("\xa0", " ") == "2 days"

    def test_the_undo_of_the_sending_ends_with_its_minutes(self, sample, owner):
        assert sample.batch in sample_panel.undo_address(sample, owner)
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert sample_panel.undo_address(sample, owner) == ""

    def test_one_called_off_is_none(self, sample, ada, owner):
        samples_sending.cancel(sample, by=owner)
        assert sample_panel.context(owner, ada)["sample"] is None
