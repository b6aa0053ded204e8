"""When a job is full, stopped, closed and opened again, and who has not heard then."""

import pytest
from django.utils import timezone

from hiring import adverts, closing, hand_off
from hiring.models import Application, JobStatus, Stage, StageMove, Told
from hiring.pipeline import NotOpen, Refused
from mailroom.models import Mail
from tests.hiring.acts import refusal_mail, refuse, standing, text, unhire, url, withdraw
from tests.hiring.adverts import make_draft
from tests.hiring.factories import bring, go, make_application, make_job, sign
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db

OVER = (JobStatus.FILLED, JobStatus.CLOSED)


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def status(job) -> str:
    job.refresh_from_db()
    return job.status


def put(job, status):
    job.status, job.closed_at = status, timezone.now() if status in OVER else None
    job.save()
    return job


ACTS = {"stop": closing.stop, "resume": closing.resume, "close": closing.close}
# Each act on a job in each state, with every opening free.
TABLE = {
    "open": {"stop": "paused", "resume": "open", "close": "closed"},
    "paused": {"stop": "paused", "resume": "open", "close": "closed"},
    "closed": {"stop": "closed", "resume": "open", "close": "closed"},
    "filled": {"stop": "filled", "resume": "open", "close": "filled"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("before", TABLE)
def test_every_act_in_every_state(job, owner, act, before):
    put(job, before)
    ACTS[act](job, by=owner)
    assert status(job) == TABLE[before][act]
    assert (job.closed_at is not None) == (job.status in OVER)


@pytest.mark.parametrize("act", ACTS)
def test_what_changes_nothing_leaves_no_trace_in_the_trail(job, owner, act):
    same = {"stop": "paused", "resume": "open", "close": "closed"}[act]
    put(job, same)
    ACTS[act](job, by=owner)
    assert TrailEntry.objects.filter(kind="job").count() == 0


@pytest.mark.parametrize("act", ["stop", "resume"])
def test_a_draft_is_neither_stopped_nor_resumed(owner, act):
    draft = make_draft(owner)
    ACTS[act](draft, by=owner)
    assert status(draft) == "draft"


def test_a_draft_is_not_closed(owner):
    draft = make_draft(owner)
    with pytest.raises(NotOpen):
        closing.close(draft, by=owner)


class TestFilling:
    def test_the_last_opening_closes_the_job(self, company, owner):
        job = make_job(company, openings=2)
        bring(make_application(job), Stage.HIRED, owner)
        assert status(job) == "open"
        bring(make_application(job), Stage.HIRED, owner)
        assert (status(job), job.closed_at is None) == ("filled", False)

    def test_closing_an_unfilled_job_does_not_count_as_filled(self, job, owner):
        make_application(job)
        closing.close(job, by=owner)
        assert (status(job), hand_off.hired(job)) == ("closed", 0)

    def test_only_people_hired_take_an_opening(self, job, owner):
        bring(make_application(job), Stage.OFFER, owner)
        withdraw(bring(make_application(job), Stage.OFFER, owner))
        assert hand_off.hired(job) == 0

    def test_somebody_else_may_not_be_hired_into_a_full_job(self, company, owner):
        job = make_job(company)
        other = bring(make_application(job), Stage.OFFER, owner)
        bring(make_application(job), Stage.HIRED, owner)
        with pytest.raises(Refused, match="openings"):
            sign(other, owner)
        assert standing(other) == "offer"


class TestHowManyPeople:
    def test_more_openings_let_a_filled_job_open_again(self, job, owner):
        bring(make_application(job), Stage.HIRED, owner)
        adverts.set_openings(job, number=2, by=owner)
        closing.resume(job, by=owner)
        assert (status(job), job.openings, job.closed_at) == ("open", 2, None)

    def test_a_full_job_is_not_opened_again(self, job, owner):
        bring(make_application(job), Stage.HIRED, owner)
        with pytest.raises(Refused, match="Every opening is filled"):
            closing.resume(job, by=owner)
        assert status(job) == "filled"

    def test_the_page_says_so_instead_of_nothing(self, boss, job, owner):
        bring(make_application(job), Stage.HIRED, owner)
        page = text(boss.post(url("job_state", job), {"do": "resume"}, follow=True))
        assert ("Every opening is filled." in page, "its advert is gone" in page) == (True, False)

    def test_as_many_as_are_hired_fills_the_job(self, company, owner):
        job = make_job(company, openings=3)
        bring(make_application(job), Stage.HIRED, owner)
        adverts.set_openings(job, number=1, by=owner)
        assert (status(job), job.closed_at is None) == ("filled", False)

    def test_fewer_than_are_hired_keeps_everybody(self, company, owner):
        job = make_job(company, openings=2)
        people = [bring(make_application(job), Stage.HIRED, owner) for _ in range(2)]
        adverts.set_openings(job, number=1, by=owner)
        assert [standing(person) for person in people] == ["hired", "hired"]

    def test_with_nobody_hired_the_job_stays_open(self, company, owner):
        job = make_job(company, openings=3)
        adverts.set_openings(job, number=1, by=owner)
        assert status(job) == "open"

    def test_a_draft_stays_a_draft(self, owner):
        draft = make_draft(owner)
        adverts.set_openings(draft, number=4, by=owner)
        assert (status(draft), draft.openings) == ("draft", 4)

    def test_an_undone_hire_leaves_room(self, job, owner):
        unhire(bring(make_application(job), Stage.HIRED, owner), owner)
        closing.resume(job, by=owner)
        assert status(job) == "open"

    @pytest.mark.parametrize("number", ["0", "-1", "100", "two", "", "1.5"])
    def test_an_impossible_number_is_refused_beside_the_field(self, boss, job, number):
        answer = boss.post(url("job_openings", job), {"openings": number})
        assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
        assert (status(job), job.openings) == ("open", 1)


class TestWhoHasNotHeard:
    @pytest.fixture
    def people(self, job, owner):
        """One of each kind; the last two have not heard."""
        told, phoned, gone = (make_application(job) for _ in range(3))
        refuse(told, owner)
        refuse(phoned, owner, tell=Told.PHONE)
        withdraw(gone)
        waiting, far = make_application(job), go_to_phone(make_application(job), owner)
        make_application(job, is_test=True)
        return {"told": told, "phoned": phoned, "gone": gone, "waiting": waiting, "far": far}

    def test_is_found_by_what_they_know(self, job, people):
        found = closing.not_told(job).order_by("pk").values_list("pk", flat=True)
        assert list(found) == [people["waiting"].pk, people["far"].pk]

    def test_all_are_told_and_end_where_they_stood(self, job, owner, people):
        closing.close(job, by=owner)
        job.refresh_from_db()
        assert closing.tell_all(job, by=owner) == 2
        assert [standing(people[who]) for who in ("waiting", "far")] == [
            "cv:not_selected",
            "phone:not_selected",
        ]

    def test_each_with_a_line_of_history_of_its_own(self, job, owner, people):
        closing.close(job, by=owner)
        job.refresh_from_db()
        closing.tell_all(job, by=owner)
        moves = StageMove.objects.filter(how="bulk").order_by("pk")
        assert [(move.reason, move.told) for move in moves] == [("job_closed", "mail")] * 2

    def test_the_reason_says_whether_somebody_was_found(self, job, owner):
        late = make_application(job)
        bring(make_application(job), Stage.HIRED, owner)
        job.refresh_from_db()
        closing.tell_all(job, by=owner)
        assert Application.objects.get(pk=late.pk).reason == "filled"

    def test_again_tells_nobody_twice(self, job, owner, people):
        closing.close(job, by=owner)
        job.refresh_from_db()
        assert [closing.tell_all(job, by=owner) for _ in range(2)] == [2, 0]
        assert Mail.objects.filter(message="not_selected").count() == 3

    def test_nobody_hired_is_told_that_they_were_not(self, job, owner):
        hired = bring(make_application(job), Stage.HIRED, owner)
        job.refresh_from_db()
        assert closing.tell_all(job, by=owner) == 0
        assert refusal_mail(hired) is None

    def test_without_an_address_the_list_ends_all_the_same(self, job, owner):
        person = make_application(job, email="")
        closing.close(job, by=owner)
        job.refresh_from_db()
        assert closing.tell_all(job, by=owner) == 1
        assert (standing(person), closing.not_told(job).count()) == ("cv:not_selected", 0)

    def test_the_button_is_only_for_a_job_that_is_over(self, boss, job, people):
        boss.post(url("unheard", job))
        assert standing(people["waiting"]) == "cv"

    def test_the_page_counts_them(self, boss, job, owner, people):
        closing.close(job, by=owner)
        assert "2 people will hear." in text(boss.post(url("unheard", job), follow=True))

    def test_a_manager_who_is_not_on_the_job_tells_nobody(self, sign_in, manager, job, owner, people):
        closing.close(job, by=owner)
        assert sign_in(manager).post(url("unheard", job)).status_code == 403
        assert standing(people["waiting"]) == "cv"


def go_to_phone(application, owner):
    go(application, Stage.PHONE, owner)
    return application


class TestAClosedJob:
    def test_takes_nobody_in(self, job, owner):
        closing.close(job, by=owner)
        with pytest.raises(NotOpen):
            make_application(job)
        with pytest.raises(NotOpen):
            make_application(job, by=owner)

    def test_a_stopped_one_takes_people_in_by_hand_only(self, job, owner):
        closing.stop(job, by=owner)
        with pytest.raises(NotOpen):
            make_application(job)
        assert make_application(job, by=owner).entered_by == owner

    def test_people_in_the_running_go_on(self, job, owner):
        person = make_application(job)
        closing.close(job, by=owner)
        go(person, Stage.PHONE, owner)
        assert standing(person) == "phone"

    @pytest.mark.parametrize("said", ["", "drop", "filled", "open", "CLOSE"])
    def test_an_odd_word_changes_nothing(self, boss, job, said):
        boss.post(url("job_state", job), {"do": said})
        assert status(job) == "open"
