"""Two requests at once, on PostgreSQL: SQLite's single writer would hide every one of these."""

import threading

import pytest
from django.db import connection, transaction

from readiness import bridging
from readiness.models import Assessment, BridgePlan
from tests.factories import make_member
from tests.readiness.factories import make_assessment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def in_a_thread(act):
    """Runs `act` beside us and gives a function that waits for it and returns what it returned."""
    found = []

    def run():
        try:
            found.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()

    def wait(seconds):
        thread.join(seconds)
        return None if thread.is_alive() else found[0]

    return wait


@pytest.mark.postgres
def test_the_same_answers_twice_at_once_are_one_result(company):
    with transaction.atomic():
        first = make_assessment(company)
        second = in_a_thread(lambda: make_assessment(company))
        assert second(0.7) is None
    assert second(10) == first
    assert Assessment.objects.count() == 1


@pytest.mark.postgres
def test_a_plan_begun_twice_at_once_is_one(company):
    by = make_member(company)
    with transaction.atomic():
        first = bridging.begin(company=company, kind="chatbot", by=by)
        second = in_a_thread(lambda: bridging.begin(company=company, kind="chatbot", by=by))
        assert second(0.7) is None
    assert second(10) == first
    assert BridgePlan.objects.count() == 1


@pytest.mark.postgres
def test_two_who_tick_at_once_tick_once(company):
    by, other = make_member(company), make_member(company)
    step = bridging.begin(company=company, kind="chatbot", by=by).steps.there().first()
    with transaction.atomic():
        bridging.tick(step, by=by, done=True)
        second = in_a_thread(lambda: bridging.tick(step, by=other, done=True))
        assert second(0.7) is None
    assert second(10) is False
    step.refresh_from_db()
    assert step.done_by == by


@pytest.mark.postgres
def test_a_tick_that_waits_for_the_end_is_refused(company):
    by = make_member(company)
    plan = bridging.begin(company=company, kind="chatbot", by=by)
    step = plan.steps.there().first()
    with transaction.atomic():
        bridging.end(plan, by=by, verdict="stopped")
        second = in_a_thread(lambda: refused(lambda: bridging.tick(step, by=by, done=True)))
        assert second(0.7) is None
    assert second(10) == "This plan has ended. Take it up again first."


def refused(act) -> str:
    try:
        act()
    except bridging.Refused as sentence:
        return str(sentence)
    return ""
