"""How many have applied is counted no further than people read: a job of a hundred thousand opens like one of ten."""

import pytest
from django.utils.html import strip_tags

from hiring import filtering
from hiring.models import Application, Job, Outcome, Stage
from hiring.templatetags.counts import shown
from hiring.views.home import counted
from tests.hiring.acts import put, text
from tests.hiring.factories import make_application, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def words(page) -> str:
    return " ".join(strip_tags(text(page)).split())


def counts(job):
    row = counted(Job.objects.filter(pk=job.pk)).get()
    return row.applied, row.unread, row.running, row.hired


def test_each_is_counted_by_what_it_says(job):
    make_application(job)
    put(make_application(job), Stage.PHONE)
    put(make_application(job), Stage.HIRED)
    ended = make_application(job)
    Application.objects.filter(pk=ended.pk).update(
        outcome=Outcome.NOT_SELECTED, ended_at=ended.submitted_at, told="phone"
    )
    make_application(job, is_test=True)
    assert counts(job) == (4, 1, 2, 1)


def test_nobody_is_none(job):
    assert counts(job) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("n", "said"), [(0, "0"), (1, "1"), (1_000, "1,000"), (1_001, "1,000+"), (80_000, "1,000+")]
)
def test_more_than_the_cap_says_so(n, said):
    assert shown(n) == said


def test_the_pages_say_so(job, owner, sign_in, monkeypatch):
    for _n in range(3):
        make_application(job)
    monkeypatch.setattr(filtering, "CAP", 2)
    client = sign_in(owner)
    assert "2+ people have applied · 2+ in the running" in words(client.get("/hiring/"))
    assert "2+ applications to read." in words(client.get(f"/hiring/jobs/{job.pk}/"))
