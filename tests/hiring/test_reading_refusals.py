"""Refusals from the pile: the one line of N, when the message leaves, and what can be done until it has."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from hiring import waiting_refusals
from hiring.models import Application, Job, Told
from hiring.pipeline import Refused, Stale
from hiring.refusals import next_morning
from mailroom.models import Mail
from tests.hiring.acts import deliver, refusal_mail, refuse, standing, text, undo, url
from tests.hiring.factories import make_application, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def job(company):
    type(company).objects.filter(pk=company.pk).update(timezone="Europe/Helsinki")
    company.refresh_from_db()
    return make_job(company)


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def refused(ada, owner):
    refuse(ada, owner, tell=Told.MORNING)
    return ada


def no(client, application, **data):
    values = {"decision": "no", "expected": "cv", "reason": "requirement", "why": "Not met: Stays calm"}
    return client.post(url("decide", application), values | data)


class TestOneLine:
    def test_refuses_with_the_reason_and_the_words(self, boss, ada):
        answer = no(boss, ada)
        move = ada.moves.latest("pk")
        assert (answer["Location"], standing(ada)) == (url("read", ada.job), "cv:not_selected")
        assert (move.reason, move.text, move.told) == ("requirement", "Not met: Stays calm", "morning")

    def test_says_when_the_message_leaves(self, boss, ada):
        page = text(
            boss.post(
                url("decide", ada), {"decision": "no", "expected": "cv", "reason": "hours"}, follow=True
            )
        )
        assert "Ada: not this time. Message leaves " in page
        assert refusal_mail(ada) == "waiting"

    @pytest.mark.parametrize("reason", ["", "age", "x" * 400])
    def test_without_a_reason_of_the_list_it_asks_on_its_page(self, boss, ada, reason):
        assert no(boss, ada, reason=reason)["Location"].startswith(url("not_select", ada))
        assert standing(ada) == "cv"

    def test_nobody_without_an_address_is_told_at_nine(self, boss, job):
        person = make_application(job, email="")
        assert "data-why" not in text(boss.get(url("read", job)))
        assert no(boss, person)["Location"].startswith(url("not_select", person))

    def test_a_colleague_was_faster(self, boss, refused):
        assert no(boss, refused).status_code == 409

    def test_the_line_waits_to_be_asked(self, boss, ada):
        """Without scripts the fields are not sent, and the page of its own asks."""
        assert "data-why disabled hidden" in text(boss.get(url("read", ada.job)))


class TestWhen:
    def leaves(self, company, *now):
        return next_morning(company, datetime(*now, tzinfo=HELSINKI))

    @pytest.mark.parametrize(
        ("now", "day"), [((2026, 11, 18, 10), 19), ((2026, 11, 20, 10), 23), ((2026, 11, 22, 23, 59), 23)]
    )
    def test_is_the_next_working_day_where_the_shop_is(self, company, job, now, day):
        found = self.leaves(company, *now)
        assert (found.day, found.hour, str(found.tzinfo)) == (day, 9, "Europe/Helsinki")

    @pytest.mark.parametrize(("days", "said"), [(1, "leaves tomorrow at 9:00"), (3, "leaves on ")])
    def test_is_said_in_words(self, company, job, days, said):
        at = datetime.now(HELSINKI) + timedelta(days=days)
        assert said in waiting_refusals.leaves(company, at)


class TestUntilItLeaves:
    def act(self, client, application, do, **data):
        expected = Application.objects.get(pk=application.pk).standing
        return client.post(url("read_letter", application), {"do": do, "expected": expected} | data)

    def test_undo_brings_them_back_after_any_number_of_minutes(self, boss, refused):
        refused.moves.update(at=refused.submitted_at - timedelta(days=1))
        assert self.act(boss, refused, "back")["Location"] == url("read_letters", refused.job)
        assert (standing(refused), refusal_mail(refused)) == ("cv", "cancelled")

    def test_another_reason_keeps_the_message(self, boss, refused):
        self.act(boss, refused, "reason", reason="pay")
        row = Application.objects.get(pk=refused.pk)
        assert (row.reason, row.told, refusal_mail(refused)) == ("pay", "morning", "waiting")
        assert Mail.objects.filter(message="not_selected", state="waiting").count() == 1

    def test_by_phone_instead_stops_it_and_keeps_the_reason(self, boss, refused):
        self.act(boss, refused, "phone")
        row = Application.objects.get(pk=refused.pk)
        assert (row.reason, row.told, refusal_mail(refused)) == ("hours", "phone", "cancelled")

    def test_by_phone_can_be_taken_back(self, boss, refused, owner):
        self.act(boss, refused, "phone")
        assert undo(refused.moves.latest("pk"), owner).standing == "cv"

    @pytest.mark.parametrize("do", ["", "reason", "delete"])
    def test_anything_else_changes_nothing(self, boss, refused, do):
        self.act(boss, refused, do, reason="age")
        assert (standing(refused), refusal_mail(refused)) == ("cv:not_selected", "waiting")

    @pytest.mark.parametrize("act", [waiting_refusals.back, waiting_refusals.again])
    def test_nothing_is_taken_back_once_it_has_left(self, refused, owner, act):
        deliver("not_selected")
        with pytest.raises(Refused, match="has left"):
            act(refused, by=owner, expected="cv:not_selected")
        assert standing(refused) == "cv:not_selected"

    @pytest.mark.parametrize("act", [waiting_refusals.back, waiting_refusals.again])
    def test_a_colleague_was_faster(self, refused, owner, act):
        waiting_refusals.back(refused, by=owner, expected="cv:not_selected")
        with pytest.raises(Stale):
            act(refused, by=owner, expected="cv:not_selected")

    def test_of_a_job_that_is_over_the_message_goes(self, refused, owner):
        Job.objects.filter(pk=refused.job_id).update(status="closed", closed_at=timezone.now())
        with pytest.raises(Refused, match="This job is over"):
            waiting_refusals.back(refused, by=owner, expected="cv:not_selected")
        assert refusal_mail(refused) == "waiting"

    def test_is_for_those_on_the_job(self, sign_in, manager, interviewer, rival, refused):
        answers = [
            self.act(sign_in(who), refused, "back").status_code for who in (manager, interviewer, rival)
        ]
        assert (answers, standing(refused)) == ([403, 403, 404], "cv:not_selected")


class TestTheList:
    def page(self, client, job) -> str:
        return " ".join(text(client.get(url("read_letters", job))).split())

    def test_shows_what_it_says_and_to_whom(self, boss, refused, job):
        page = self.page(boss, job)
        assert ("thank you for applying" in page, ">Ada</a>" in page, "1 leaves on" in page) == (
            True,
            True,
            True,
        )

    def test_covers_the_name_in_the_words(self, boss, company, owner):
        job = make_job(company, hide_names=True)
        refuse(make_application(job, name="Ada Lind"), owner, tell=Told.MORNING)
        page = self.page(boss, job)
        assert ("Applicant 1" in page, "Ada" in page, "Lind" in page) == (True, False, False)

    def test_groups_by_the_moment(self, boss, refused, job, owner):
        for _ in range(2):
            refuse(make_application(job), owner, tell=Told.MORNING)
        assert "3 leave on" in self.page(boss, job)

    def test_what_has_left_is_not_on_it(self, boss, refused, job):
        deliver("not_selected")
        assert "No message waits." in self.page(boss, job)

    def test_another_jobs_are_not_on_it(self, boss, refused, company):
        assert "No message waits." in self.page(boss, make_job(company))

    def test_costs_the_same_for_one_and_three(self, boss, refused, job, owner, django_assert_num_queries):
        self.page(boss, job)
        for more in range(2):
            with django_assert_num_queries(3 + 4):
                self.page(boss, job)
            for _ in range(2 * (not more)):
                refuse(make_application(job), owner, tell=Told.MORNING)


class TestCalls:
    def test_lists_number_address_and_next_step(self, boss, ada, owner):
        Application.objects.update(phone="+358 40 1", next_step="Call at noon", stage="phone")
        page = text(boss.get(url("read_calls", ada.job)))
        assert [
            word for word in ("+358 40 1", ada.email, "Call at noon", "panel=phone") if word not in page
        ] == []

    def test_nobody_waits(self, boss, ada):
        assert "Nobody waits for a call." in text(boss.get(url("read_calls", ada.job)))

    def test_costs_the_same_for_one_and_three(self, boss, ada, job, django_assert_num_queries):
        for n in (0, 2):
            for _ in range(n):
                make_application(job)
            Application.objects.update(stage="phone")
            boss.get(url("read_calls", job))
            with django_assert_num_queries(3 + 4):
                boss.get(url("read_calls", job))


class TestNames:
    def test_are_hidden_and_shown_by_one_button(self, boss, job):
        for hide, hidden in (("1", True), ("", False)):
            boss.post(url("job_names", job), {"hide": hide})
            assert Job.objects.get(pk=job.pk).hide_names is hidden

    def test_showing_them_is_recorded_and_can_be_taken_back(self, boss, company):
        job = make_job(company, hide_names=True)
        page = text(boss.post(url("job_names", job), {"hide": ""}, follow=True))
        address = page.rsplit('data-toast="success"', 1)[1].split('action="')[1].split('"')[0]
        assert TrailEntry.objects.filter(action="job.changed").count() == 1
        boss.post(address.replace("&amp;", "&"))
        assert Job.objects.get(pk=job.pk).hide_names is True

    def test_twice_is_once(self, boss, job):
        boss.post(url("job_names", job), {"hide": ""})
        assert TrailEntry.objects.filter(action="job.changed").count() == 0

    def test_the_page_of_the_job_says_which(self, boss, company):
        for hide, said in ((True, "Show names (this is recorded)"), (False, "Hide names (recommended)")):
            assert said in text(boss.get(url("job", make_job(company, hide_names=hide))))

    def test_is_for_those_on_the_job(self, sign_in, manager, interviewer, rival, job):
        answers = [
            sign_in(who).post(url("job_names", job), {"hide": "1"}).status_code
            for who in (manager, interviewer, rival)
        ]
        assert (answers, Job.objects.get(pk=job.pk).hide_names) == ([403, 403, 404], False)
