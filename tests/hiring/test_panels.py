"""What the home page shows of hiring, to whom."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hiring.models import Application, Assignment, Interview, Stage
from tests.hiring.factories import go, make_application, make_card, make_interview, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(company, manager):
    return make_application(make_job(company, members=[manager]), name="Ada Lind")


def home(sign_in, member) -> str:
    return sign_in(member).get("/").content.decode()


def test_unread_applications_are_one_button_away(application, owner, manager, sign_in):
    for member in (owner, manager):
        page = home(sign_in, member)
        assert ("1 application to read" in page, "Start reading" in page) == (True, True)


def test_a_manager_hears_nothing_of_jobs_they_are_not_on(company, manager, sign_in):
    make_application(make_job(company))
    assert "to read" not in home(sign_in, manager)


def test_a_next_step_that_is_due_names_the_person(application, owner, sign_in):
    go(application, Stage.PHONE, owner)
    Application.objects.update(next_step="Call back", next_step_on=date(2026, 12, 1))
    page = home(sign_in, owner)
    assert ("Ada Lind" in page, "Call back" in page) == (True, True)


def test_an_interviewer_sees_talks_and_cards_owed(application, owner, interviewer, sign_in):
    assert "Nobody waits for you." in home(sign_in, interviewer)
    Assignment.objects.create(company=owner.company, application=application, membership=interviewer)
    make_interview(application, owner)
    page = home(sign_in, interviewer)
    assert ("Your interviews" in page, "Scorecards to hand in" in page) == (True, False)
    Interview.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    assert "Scorecards to hand in" in home(sign_in, interviewer)
    make_card(application, interviewer)
    assert "Scorecards to hand in" not in home(sign_in, interviewer)


def test_a_new_hire_and_another_shop_see_nothing(application, hire, rival, sign_in):
    assert [
        ("Ada" in home(sign_in, member), "to read" in home(sign_in, member)) for member in (hire, rival)
    ] == [(False, False)] * 2


@pytest.mark.parametrize("n", [1, 3])
def test_the_panel_costs_the_same_however_many_wait(application, owner, django_assert_num_queries, n):
    from hiring import panels

    for _ in range(n - 1):
        make_application(application.job)
    with django_assert_num_queries(3):
        panels.for_member(owner)
