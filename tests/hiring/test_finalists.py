"""A hire that did not work out: the opening is back, and the agreed finalists are asked again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accounts import undoing
from hiring import finalists, pool
from hiring.finalists import Refused
from hiring.models import Application, Outcome, Stage, Told
from mailroom.models import Mail
from onboarding.models import Onboarding
from tests.hiring.acts import deliver, put, refuse, standing, take_up, text, unhire, url
from tests.hiring.factories import make_application, make_job, sign

pytestmark = pytest.mark.django_db
SOON = timedelta(days=90)


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def finalist(job, stage=Stage.REFERENCES, *, outcome=Outcome.WITHDRAWN, days=SOON, **fields):
    return put(make_application(job, keep_longer_until=localdate() + days, **fields), stage, outcome)


@pytest.fixture
def ada(job):
    return finalist(job, name="Ada Lind")


def mails(state="waiting") -> int:
    return Mail.objects.filter(message="finalist_again", state=state).count()


def page(job) -> str:
    return reverse("hiring:finalists", args=[job.pk])


# -- undone


def test_undoing_a_hire_leads_to_the_finalists(company, owner, sign_in):
    job = make_job(company)
    ada = finalist(job, name="Ada Lind")
    hired = sign(put(make_application(job), Stage.OFFER), owner)
    answer = sign_in(owner).post(
        url("unhire", hired), {"reason": "no_show", "expected": "hired"}, follow=True
    )
    job.refresh_from_db()
    assert (standing(hired), job.status, "Ada Lind" in text(answer)) == ("offer:withdrawn", "paused", True)
    assert Onboarding.objects.get().cancelled_at is not None
    assert list(finalists.agreed(job)) == [ada]


def test_without_finalists_it_leads_back_to_the_person(company, owner, sign_in):
    hired = sign(put(make_application(make_job(company)), Stage.OFFER), owner)
    answer = sign_in(owner).post(url("unhire", hired), {"reason": "no_show", "expected": "hired"})
    assert answer["Location"] == url("candidate", hired)


def test_whoever_did_not_start_is_no_finalist(company, owner):
    job = make_job(company)
    hired = sign(put(make_application(job), Stage.OFFER), owner)
    unhire(hired, owner)
    Application.objects.filter(pk=hired.pk).update(keep_longer_until=localdate() + SOON)
    assert list(finalists.agreed(job)) == []


# -- who is one


def test_those_who_came_far_and_agreed(job, ada):
    offered = finalist(job, Stage.OFFER)
    assert set(finalists.agreed(job)) == {ada, offered}


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": Stage.INTERVIEW},
        {"outcome": Outcome.ACTIVE},
        {"days": timedelta(days=-1)},
        {"is_test": True},
    ],
    ids=["not far", "in the running", "six months over", "a test"],
)
def test_nobody_else(job, fields):
    finalist(job, **fields)
    assert list(finalists.agreed(job)) == []


def test_who_agreed_by_phone_is_one_for_six_months(job, owner):
    row = put(make_application(job), Stage.REFERENCES, Outcome.WITHDRAWN)
    assert list(finalists.agreed(job)) == []
    pool.agree(row, by=owner)
    assert [found.until for found in finalists.agreed(job)] == [localdate() + timedelta(days=183)]


# -- asked


def test_one_tap_asks_in_ten_minutes(job, ada, owner, sign_in):
    client = sign_in(owner)
    assert "Ask them again" in text(client.get(page(job)))
    answer = client.post(url("finalist_ask", ada), follow=True)
    assert ("the mail is on its way" in text(answer), mails()) == (True, 1)
    mail = Mail.objects.get(message="finalist_again")
    assert (mail.recipient, mail.due_at > ada.submitted_at) == (ada.email, True)


def test_asked_twice_is_one_mail(ada, owner):
    finalists.ask(ada, by=owner)
    finalists.ask(ada, by=owner)
    assert mails() == 1


def test_it_is_taken_back_before_it_leaves(job, ada, owner, sign_in):
    finalists.ask(ada, by=owner)
    sign_in(owner).post(url("finalist_take_back", ada))
    assert (mails(), mails("cancelled")) == (0, 1)
    finalists.ask(ada, by=owner)
    assert mails() == 1


def test_what_has_left_is_not_taken_back(ada, owner):
    finalists.ask(ada, by=owner)
    deliver("finalist_again")
    with pytest.raises(undoing.Gone):
        finalists.take_back(ada, by=owner)


def test_who_says_yes_is_taken_up_where_they_stood(job, ada, owner):
    take_up(ada, owner)
    assert (standing(ada), list(finalists.agreed(job))) == ("references", [])


@pytest.mark.parametrize("how", ["no address", "not agreed", "job over", "has not heard"])
def test_whom_one_may_not_ask(job, ada, owner, how):
    if how == "no address":
        Application.objects.filter(pk=ada.pk).update(email="")
    elif how == "not agreed":
        Application.objects.filter(pk=ada.pk).update(keep_longer_until=None)
    elif how == "job over":
        type(job).objects.filter(pk=job.pk).update(status="closed", closed_at=ada.submitted_at)
    else:
        put(ada, Stage.REFERENCES)
        refuse(ada, owner, tell=Told.MAIL)
    with pytest.raises(Refused):
        finalists.ask(Application.objects.get(pk=ada.pk), by=owner)
    assert mails() == 0


def test_a_refusal_is_said_on_the_page(job, ada, owner, sign_in):
    Application.objects.filter(pk=ada.pk).update(email="")
    answer = sign_in(owner).post(url("finalist_ask", ada), follow=True)
    assert "There is no e-mail address" in text(answer)


# -- who may


def test_the_job_s_manager_may_and_others_may_not(job, ada, manager, interviewer, hire, rival, sign_in):
    answers = [sign_in(who).post(url("finalist_ask", ada)).status_code for who in (interviewer, hire, rival)]
    assert (answers, mails()) == ([403, 403, 404], 0)
    assert sign_in(manager).post(url("finalist_ask", ada)).status_code == 302
    assert mails() == 1


def test_a_manager_of_another_job_sees_nobody(company, manager, sign_in):
    other = make_job(company)
    assert sign_in(manager).get(page(other)).status_code == 403
    assert sign_in(manager).post(url("finalist_ask", finalist(other))).status_code == 403


def test_an_empty_page_says_so(job, owner, sign_in):
    assert "None of the finalists" in text(sign_in(owner).get(page(job)))


def test_the_page_asks_as_often_for_three_as_for_one(job, ada, owner, sign_in):
    client = sign_in(owner)
    one = queries(client, page(job))
    for _ in range(2):
        finalists.ask(finalist(job), by=owner)
    assert queries(client, page(job)) == one == 6


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)
