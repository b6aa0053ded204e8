"""What waits for whom on the home page and in the list of jobs, and the forms of somebody entered by hand."""

import pytest
from django.utils import timezone

from hiring import panels
from hiring.models import Application, Assignment, Job, JobStatus, Outcome, Stage
from hiring.views.home import counted
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_card, make_interview, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def context(member) -> dict:
    found = panels.for_member(member)
    return found[-1].context if found else {}


class TestBosses:
    @pytest.mark.parametrize(
        ("n", "minutes"), [(1, "About 2 minutes."), (2, "About 3 minutes."), (10, "About 15 minutes.")]
    )
    def test_reading_takes_a_guess(self, job, owner, n, minutes):
        for _ in range(n):
            make_application(job)
        found = context(owner)
        assert (found["unread"], found["unread_minutes"]) == (n, minutes)

    def test_tests_and_ended_people_are_not_to_be_read(self, job, owner):
        make_application(job, is_test=True)
        put(make_application(job), Stage.CV, Outcome.WITHDRAWN)
        assert context(owner)["unread"] == 0

    def test_the_pile_of_the_longest_waiting_is_opened(self, job, company, owner):
        make_application(job)
        make_application(make_job(company))
        assert context(owner)["read_job"] == job.pk

    @pytest.mark.parametrize("who", ["hire", "rival"])
    def test_nobody_else_sees_them(self, request, job, who):
        make_application(job)
        assert [
            panel for panel in panels.for_member(request.getfixturevalue(who)) if "unread" in panel.context
        ] == []


class TestInterviewers:
    @pytest.fixture
    def seen(self, job, interviewer):
        row = put(make_application(job, name="Ada"), Stage.INTERVIEW)
        Assignment.objects.create(company=job.company, application=row, membership=interviewer)
        return row

    def test_owe_a_card_until_it_is_in(self, seen, interviewer):
        before = len(context(interviewer)["owed"])
        make_card(seen, interviewer, submitted=False)
        drafting = len(context(interviewer)["owed"])
        make_card(seen, interviewer, version=2)
        assert (before, drafting, len(context(interviewer)["owed"])) == (1, 1, 0)

    def test_owe_nothing_on_people_who_are_gone(self, seen, interviewer):
        put(seen, Stage.INTERVIEW, Outcome.WITHDRAWN)
        assert context(interviewer)["owed"] == []

    def test_see_talks_that_are_not_cancelled(self, seen, owner, interviewer):
        kept = make_interview(seen, owner)
        make_interview(seen, owner, cancelled_at=timezone.now())
        assert context(interviewer)["talks"] == [kept]

    def test_see_no_talk_of_somebody_else(self, job, owner, interviewer):
        make_interview(put(make_application(job), Stage.INTERVIEW), owner)
        assert context(interviewer)["talks"] == []


class TestTheListOfJobs:
    def test_open_ones_come_first(self, boss, company):
        made = {}
        for status in ("closed", "filled", "draft", "paused", "open"):
            closed = timezone.now() if status in {"closed", "filled"} else None
            made[status] = make_job(
                company, title=f"Job {status}", status=JobStatus(status), closed_at=closed
            )
        page = text(boss.get("/hiring/"))
        places = [page.index(f"Job {status}") for status in ("open", "paused", "draft", "filled", "closed")]
        assert places == sorted(places)

    def test_counts_people_and_not_tests(self, boss, job, owner):
        make_application(job)
        make_application(job, is_test=True)
        put(make_application(job), Stage.HIRED)
        put(make_application(job), Stage.PHONE, Outcome.WITHDRAWN)
        row = counted(Job.objects.all()).get()
        assert (row.applied, row.unread, row.running, row.hired) == (3, 1, 1, 1)


class TestEnteredByHand:
    def post(self, client, job, **data):
        return client.post(
            url("application_add", job), {"name": "Ada Lind", "email": "", "cv_text": "Words"} | data
        )

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "x" * 201},
            {"name": "a\x00b"},
            {"email": "no address"},
            {"phone": "12"},
            {"phone": "1" * 41},
            {"source": "google"},
            {"cv_text": "x" * 50_001},
            {"cover_letter": "x" * 20_001},
        ],
    )
    def test_odd_values_are_refused_and_the_rest_kept(self, boss, job, wrong):
        answer = self.post(boss, job, **({"cover_letter": "Met at a fair"} | wrong))
        assert (answer.status_code, Application.objects.count()) == (422, 0)
        assert "cover_letter" in wrong or "Met at a fair" in text(answer)

    def test_somebody_entered_stands_first_in_their_history(self, boss, job, owner):
        self.post(boss, job)
        row = Application.objects.get()
        move = row.moves.get()
        assert (row.entered_by, move.actor, move.by_link, move.how) == (owner, owner, False, "page")

    def test_without_an_address_they_are_told_by_phone(self, boss, job):
        self.post(boss, job)
        page = text(boss.get(url("not_select", Application.objects.get())))
        assert ('value="mail"' in page, 'value="phone"' in page) == (False, True)

    def test_fields_the_form_does_not_show_change_nothing(self, boss, job):
        self.post(boss, job, stage="hired", is_test="on", number="9", adjustments="x")
        row = Application.objects.get()
        assert (row.stage, row.is_test, row.number, row.adjustments) == ("cv", False, 1, "")

    @pytest.mark.parametrize(("who", "status"), [("interviewer", 403), ("hire", 403), ("rival", 404)])
    def test_is_for_those_on_the_job(self, request, sign_in, job, who, status):
        assert self.post(sign_in(request.getfixturevalue(who)), job).status_code == status
        assert Application.objects.count() == 0
