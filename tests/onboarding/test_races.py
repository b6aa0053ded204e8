"""Two people at once, on PostgreSQL: the first transaction is held open while the second tries."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from mailroom.models import Mail
from onboarding import intake, steps
from onboarding.kinds import State
from onboarding.models import Onboarding, Step, StepEvent
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def while_open(first, second):
    """What `first` and `second` returned or raised: the second begins while the first has not committed."""
    wrote, answers = Event(), {}

    def run_first():
        try:
            with transaction.atomic():
                answers["first"] = first()
                wrote.set()
                connection.cursor().execute("SELECT pg_sleep(0.4)")
        finally:
            connection.close()

    def run_second():
        wrote.wait(10)
        try:
            answers["second"] = second()
        except Exception as error:
            answers["second"] = type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        [job.result() for job in [pool.submit(run_first), pool.submit(run_second)]]
    return answers["first"], answers["second"]


@pytest.fixture
def onboarding():
    company = make_company()
    return make_onboarding(company, make_member(company, "hire"), make_member(company, "owner"))


def test_two_ticks_are_one(onboarding):
    tick = lambda: steps.tick(step_of(onboarding, "values"), by=onboarding.hire)  # noqa: E731
    assert while_open(tick, tick) == (True, False)
    assert StepEvent.objects.count() == 1


def test_a_tick_and_an_untick_end_as_one_of_them(onboarding):
    step = step_of(onboarding, "values")
    steps.tick(step, by=onboarding.hire)
    seen = step_of(onboarding, "values")
    first, second = while_open(
        lambda: steps.untick(step, by=onboarding.hire), lambda: steps.untick(seen, by=onboarding.hire)
    )
    assert (first, second) == (True, False)
    assert step_of(onboarding, "values").state == State.OPEN


def test_received_and_taken_back_at_once_is_the_first_one(onboarding):
    step = step_of(onboarding, "paperwork")
    steps.give(step, by=onboarding.hire)
    seen = step_of(onboarding, "paperwork")
    first, second = while_open(
        lambda: steps.receive(step, by=onboarding.manager), lambda: steps.take_back(seen, by=onboarding.hire)
    )
    assert (first, second) == (True, steps.Stale)
    assert Step.objects.get(pk=step.pk).state == State.DONE


def test_one_hire_opened_twice_at_once_is_one_plan_and_one_invitation():
    company = make_company()
    owner = make_member(company, "owner")

    def open_it():
        return intake.open(
            company=company,
            by=owner,
            name="Sara",
            email="sara@home.example",
            job_title="Support person",
            start_date=MONDAY,
            hours_week=20,
            working_days=[0, 1, 2],
            remote=False,
            manager=owner,
            language="en",
            contract_file_id=None,
            reference="application:1",
        ).pk

    first, second = while_open(open_it, open_it)
    assert first == second
    assert Onboarding.objects.count() == 1
    assert sorted(Mail.objects.values_list("message", flat=True)) == ["invitation", "onboarding_welcome"]
