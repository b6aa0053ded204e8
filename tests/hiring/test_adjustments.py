"""What would help somebody in a call is forgotten a day after it is decided, and not before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring import adjustments, tasks
from hiring.models import Application, Outcome, Stage
from tests.hiring.acts import put, refuse, take_up, text, undo, url, withdraw
from tests.hiring.factories import make_application, make_job

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ada(company):
    return make_application(
        make_job(company), name="Ada", email="ada@mail.example", adjustments="A quiet room"
    )


def words(application) -> str:
    return Application.everything.get(pk=application.pk).adjustments


@pytest.mark.parametrize(("after", "left"), [(DAY - timedelta(minutes=1), "A quiet room"), (DAY, "")])
@pytest.mark.parametrize("outcome", [Outcome.NOT_SELECTED, Outcome.WITHDRAWN])
def test_a_day_after_the_decision(ada, time_machine, outcome, after, left):
    ended = put(ada, Stage.CV, outcome).ended_at
    time_machine.move_to(ended + after, tick=False)
    assert (adjustments.forget(), words(ada)) == (int(not left), left)


@pytest.mark.parametrize("stage", [Stage.CV, Stage.PHONE, Stage.INTERVIEW, Stage.OFFER])
def test_never_before_however_long_it_takes(ada, time_machine, stage):
    put(ada, stage)
    time_machine.move_to(timezone.now() + 400 * DAY, tick=False)
    assert (adjustments.forget(), words(ada)) == (0, "A quiet room")


@pytest.mark.parametrize(
    "back", [lambda move, by: undo(move, by), lambda move, by: take_up(move.application, by)]
)
def test_a_decision_taken_back_is_none(ada, owner, time_machine, back):
    back(refuse(ada, owner), owner)
    time_machine.move_to(timezone.now() + 2 * DAY, tick=False)
    assert (adjustments.forget(), words(ada)) == (0, "A quiet room")


def test_only_of_whom_it_is_decided_and_nothing_else_of_them(ada, company, owner, time_machine):
    other = make_application(ada.job, name="Bo", email="bo@mail.example", adjustments="Slow speech")
    withdraw(ada)
    time_machine.move_to(timezone.now() + 2 * DAY, tick=False)
    assert adjustments.forget() == 1
    ada.refresh_from_db()
    assert (ada.name, ada.email, words(other)) == ("Ada", "ada@mail.example", "Slow speech")


def test_the_hourly_work_does_it_and_may_do_it_twice(ada, time_machine):
    put(ada, Stage.HIRED)
    time_machine.move_to(timezone.now() + 2 * DAY, tick=False)
    tasks.retention()
    assert (words(ada), adjustments.forget()) == ("", 0)


def test_whoever_arranges_the_calls_reads_it_and_an_interviewer_does_not(ada, sign_in, owner, interviewer):
    put(ada, Stage.INTERVIEW)
    ada.assignments.create(company=ada.company, membership=interviewer)
    pages = [text(sign_in(who).get(url("candidate", ada))) for who in (owner, interviewer)]
    assert ["A quiet room" in page for page in pages] == [True, False]
