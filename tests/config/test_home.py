"""Home: where the shop stands in one sentence, one next step, then what waits."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from config import home
from hiring.models import Application, Assignment, Candidate
from mailroom.models import Mail
from onboarding import steps
from tests.hiring.adverts import make_draft
from tests.hiring.factories import bring, make_application, make_interview, make_job
from tests.mailroom.factories import make_mail
from tests.onboarding.factories import make_onboarding, step_of
from tests.readiness.factories import CALM, make_assessment

pytestmark = pytest.mark.django_db
CURRENT = 'aria-current="step">'


def page(sign_in, member) -> str:
    return " ".join(sign_in(member).get("/").content.decode().split())


def lead(text) -> str:
    return text.partition('<p class="fh-lead mb-4">')[2].partition("</p>")[0]


def path_step(text) -> str:
    return text.partition(CURRENT)[2].partition("<")[0]


def unread(company, n):
    job = make_job(company)
    return [make_application(job) for _ in range(n)]


@pytest.mark.parametrize(
    ("hour", "greeting"), [(8, "Good morning, Olga."), (13, "Hello, Olga."), (20, "Good evening, Olga.")]
)
def test_the_heading_greets_by_the_hour_of_the_reader(sign_in, owner, monkeypatch, hour, greeting):
    then = datetime(2026, 11, 20, hour, tzinfo=ZoneInfo("Europe/Helsinki"))
    monkeypatch.setattr(home.timezone, "localtime", lambda *_: then)
    assert f"<h1>{greeting}</h1>" in page(sign_in, owner)


def test_without_a_name_the_shop_is_the_heading(sign_in, owner):
    owner.name = ""
    owner.save()
    assert "<h1>Lumi</h1>" in page(sign_in, owner)


def test_a_new_shop_is_asked_the_question(sign_in, owner):
    text = page(sign_in, owner)
    assert lead(text) == "You have not asked yet whether it is time to hire."
    assert (path_step(text), "Answer ten questions" in text, "fh-empty" in text) == ("Decide", True, False)


def test_people_who_wait_are_the_sentence_when_everything_is_read(sign_in, owner):
    for person in unread(owner.company, 2):
        bring(person, "offer", owner)
    text = page(sign_in, owner)
    assert lead(text) == "Every application is read; 2 people wait for you."
    assert (text.count("Write the offer"), "fh-empty" in text) == (2, False)


def test_a_late_step_of_a_new_colleague_is_said(sign_in, owner, hire):
    make_onboarding(owner.company, hire=hire, manager=owner, start_date=date(2026, 12, 7))
    with time_machine.travel("2026-12-10 09:00 +0000", tick=False):
        text = page(sign_in, owner)
    assert "steps are late, this is the oldest" in text


def test_a_draft_is_the_next_step(sign_in, owner):
    make_assessment(owner.company)
    make_draft(owner)
    text = page(sign_in, owner)
    assert lead(text) == "Next is the advert: nobody can apply before it is there."
    assert (path_step(text), text.count("fh-steps"), text.count("btn-primary")) == ("Describe", 1, 1)


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 application waits to be read, since "), (3, "3 applications wait to be read, the oldest")],
)
def test_applications_to_read(sign_in, owner, n, said):
    unread(owner.company, n)
    text = page(sign_in, owner)
    assert lead(text).startswith(said)
    assert (path_step(text), text.count("btn-primary"), "Start reading" in text) == ("Choose", 1, True)


def test_reading_says_how_long_it_takes(sign_in, owner):
    unread(owner.company, 3)
    assert "About 5 minutes. The oldest first." in page(sign_in, owner)


def test_an_open_job_with_nobody_to_read(sign_in, owner):
    make_job(owner.company)
    text = page(sign_in, owner)
    assert (lead(text), path_step(text)) == ("No application waits to be read.", "Choose")


def test_where_somebody_hires_the_question_comes_last(sign_in, owner):
    unread(owner.company, 1)
    text = page(sign_in, owner)
    assert text.index("Start reading") < text.index("Answer ten questions")


def test_mail_that_did_not_arrive_comes_before_everything(sign_in, owner):
    unread(owner.company, 1)
    make_mail(owner.company, state="parked")
    assert Mail.objects.parked().count() == 1
    assert lead(page(sign_in, owner)) == "Some of your mail did not arrive."


@pytest.mark.parametrize("n", [1, 2])
def test_a_new_colleague_who_waits(sign_in, owner, manager, hire, n):
    for number in range(n):
        member = hire if number == 0 else manager
        plan = make_onboarding(owner.company, hire=member)
        steps.give(step_of(plan, "paperwork"), by=member)
    text = page(sign_in, owner)
    said = ["The plan of Sara asks something of you.", "The plans of new colleagues ask something of you."]
    assert (lead(text), path_step(text)) == (said[n - 1], "First day")


def test_nothing_to_do_is_said_with_one_button(sign_in, owner):
    make_assessment(owner.company, **CALM)
    text = page(sign_in, owner)
    assert (lead(text), text.count("fh-empty"), text.count("btn-primary")) == ("Nobody waits for you.", 1, 1)


def test_an_interviewer_and_a_manager_without_jobs_read_nothing_of_others(sign_in, interviewer, manager):
    unread(manager.company, 2)
    assert [lead(page(sign_in, interviewer)), "to be read" in page(sign_in, manager)] == ["", False]


def test_another_shop_hears_nothing(sign_in, owner, rival):
    unread(owner.company, 2)
    assert lead(page(sign_in, rival)) == "You have not asked yet whether it is time to hire."


def test_a_new_hire_goes_to_their_day_and_a_stranger_sees_what_this_is(sign_in, hire, client):
    assert sign_in(hire).get("/")["Location"] == "/onboarding/today/"
    assert "Is it time to hire your first support person?" in client.get("/").content.decode()


def everything(owner, hire, n):
    make_assessment(owner.company)
    unread(owner.company, n)
    for _ in range(n):
        make_mail(owner.company, state="parked")
    plan = make_onboarding(owner.company, hire=hire)
    steps.give(step_of(plan, "paperwork"), by=hire)


@pytest.mark.parametrize("n", [1, 3])
def test_home_with_everything_costs_eleven_queries_with_who_is_asking(
    sign_in, owner, hire, django_assert_num_queries, n
):
    everything(owner, hire, n)
    client = sign_in(owner)
    client.get("/")
    with django_assert_num_queries(11):
        client.get("/")


def test_and_the_same_with_ten_thousand_candidates(sign_in, owner, hire, django_assert_num_queries):
    everything(owner, hire, 1)
    job = make_job(owner.company)
    person = Candidate.objects.create(company=owner.company)
    Application.objects.bulk_create(
        Application(company=owner.company, job=job, candidate=person, number=n, name=f"Person {n}")
        for n in range(1, 10_001)
    )
    client = sign_in(owner)
    client.get("/")
    with django_assert_num_queries(11):
        text = " ".join(client.get("/").content.decode().split())
    assert "1,000+ applications to read" in text


def test_an_interviewers_home_costs_as_much_for_one_as_for_three(
    sign_in, owner, interviewer, django_assert_num_queries
):
    for person in unread(owner.company, 3):
        Assignment.objects.create(company=owner.company, application=person, membership=interviewer)
        make_interview(person, owner)
    client = sign_in(interviewer)
    client.get("/")
    with django_assert_num_queries(7):
        client.get("/")
