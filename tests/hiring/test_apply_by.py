"""A job whose day to apply by is over: closed for applicants at once, and stopped by the clock."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Company
from hiring import applying, closing, pipeline, tasks
from hiring.models import Application, Job, JobStatus
from tests.hiring.acts import text, url
from tests.hiring.adverts import make_published
from tests.hiring.factories import make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 4)
ON_IT, AFTER = "2026-12-04 21:59 +0000", "2026-12-04 22:01 +0000"  # in Helsinki the day ends at 22:00 UTC


@pytest.fixture
def job(owner):
    Company.objects.filter(pk=owner.company_id).update(timezone="Europe/Helsinki")
    job = make_published(owner)
    Job.objects.filter(pk=job.pk).update(answer_by=DAY)
    return Job.objects.select_related("company").get(pk=job.pk)


def careers(name, job):
    own = [job.company.slug] if name == "company" else [job.company.slug, job.slug]
    return reverse(f"careers:{name}", args=own)


def status(job):
    return Job.objects.get(pk=job.pk).status


@pytest.mark.parametrize(("now", "takes"), [(ON_IT, True), (AFTER, False)])
def test_the_day_ends_where_the_shop_is(job, now, takes):
    with time_machine.travel(now, tick=False):
        assert (job.takes_applications, job.day_is_over) == (takes, not takes)


def test_without_a_day_it_never_ends(company):
    assert not make_job(company).day_is_over


def test_a_shop_with_an_odd_zone_has_a_day_too(job):
    Company.objects.filter(pk=job.company_id).update(timezone="")
    with time_machine.travel("2026-12-06 12:00 +0000", tick=False):
        assert Job.objects.select_related("company").get(pk=job.pk).day_is_over


def test_the_public_page_says_so_and_search_engines_too(job, client):
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(careers("job", job))
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    assert "One could apply until" in text(answer)
    assert careers("apply", job) not in text(answer)


def test_on_its_last_day_one_applies(job, client):
    with time_machine.travel(ON_IT, tick=False):
        assert careers("apply", job) in text(client.get(careers("job", job)))


def test_the_form_is_closed(job, client):
    with time_machine.travel(AFTER, tick=False):
        answer = client.get(careers("apply", job))
    assert (answer.status_code, "One could apply until" in text(answer)) == (410, True)


def test_what_was_written_over_midnight_is_shown_to_be_kept(job, client):
    body = {
        "name": "Ada",
        "email": "ada@mail.example",
        "cover_letter": "My long letter",
        "key": "k",
        "do": "anyway",
    }
    with time_machine.travel(AFTER, tick=False):
        answer = client.post(careers("apply", job), body)
    assert (answer.status_code, "My long letter" in text(answer)) == (410, True)
    assert Application.objects.count() == 0


def test_the_verb_refuses_and_by_hand_it_goes_on(job, owner):
    person = {"name": "Ada", "email": "ada@mail.example"}
    with time_machine.travel(AFTER, tick=False):
        with pytest.raises(pipeline.NotOpen):
            applying.apply(job, person=person, answers={}, key="k")
        assert applying.enter_by_hand(job, person=person, by=owner).job == job


def test_the_list_of_jobs_leaves_it_out(job, client):
    with time_machine.travel(ON_IT, tick=False):
        assert job.title in text(client.get(careers("company", job)))
    with time_machine.travel(AFTER, tick=False):
        assert job.title not in text(client.get(careers("company", job)))


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same(job, company, client, django_assert_num_queries, n):
    for _ in range(n):
        make_job(company, answer_by=DAY)
    with time_machine.travel(ON_IT, tick=False):
        client.get(careers("company", job))
        with django_assert_num_queries(2):
            client.get(careers("company", job))


def test_the_shop_sees_it_on_the_jobs_page(job, owner, sign_in):
    with time_machine.travel(AFTER, tick=False):
        assert "the day to apply by is over" in text(sign_in(owner).get(url("job", job)))


# -- the clock


def test_the_clock_stops_it_once(job):
    with time_machine.travel(AFTER, tick=False):
        assert [closing.stop_overdue(), closing.stop_overdue()] == [1, 0]
    entry = TrailEntry.objects.latest("pk")
    assert (status(job), entry.action, entry.actor_id) == (JobStatus.PAUSED, "job.day_over", None)


def test_not_before_the_day_is_over_there(job):
    with time_machine.travel(ON_IT, tick=False):
        assert closing.stop_overdue() == 0
    assert status(job) == JobStatus.OPEN


def test_the_beat_runs_it(job):
    with time_machine.travel(AFTER, tick=False):
        tasks.expire_offers()
    assert status(job) == JobStatus.PAUSED


@pytest.mark.parametrize("other", [JobStatus.DRAFT, JobStatus.PAUSED])
def test_only_what_is_on_the_air_is_stopped(company, other):
    make_job(company, status=other, answer_by=DAY)
    with time_machine.travel("2026-12-09 12:00 +0000", tick=False):
        assert closing.stop_overdue() == 0


def test_it_opens_again_with_a_later_day_only(job, owner):
    with time_machine.travel(AFTER, tick=False):
        closing.stop_overdue()
        with pytest.raises(pipeline.Refused, match="choose a later one"):
            closing.resume(job, by=owner)
        Job.objects.filter(pk=job.pk).update(answer_by=DAY + timedelta(days=7))
        closing.resume(job, by=owner)
    assert status(job) == JobStatus.OPEN


@pytest.mark.parametrize("n", [1, 3])
def test_the_jobs_of_the_shop_cost_the_same(company, owner, sign_in, django_assert_max_num_queries, n):
    client = sign_in(owner)
    for _ in range(n):
        make_job(company, answer_by=DAY)
    client.get(reverse("hiring:home"))
    with django_assert_max_num_queries(4):
        client.get(reverse("hiring:home"))
