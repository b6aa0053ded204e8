from datetime import timedelta

import pytest
from django.utils import timezone

from readiness import assessments, result
from readiness.models import Assessment
from tests.readiness.factories import BUSY, CALM, make_assessment
from vault.models import TrailEntry


def test_answers_become_inputs():
    told = {"help": "yes", "helpers": 2, "team_keeping_up": 4, "own_keeping_up": 0, "promised_hours": 12}
    inputs = assessments.inputs_of({**told, "target_percent": 80, "live_chat": "yes", "seasonal": "no"})
    assert (inputs.helpers, inputs.keeping_up, inputs.promised_days) == (2, 4, 0.5)
    assert (inputs.satisfaction_target, inputs.live_chat, inputs.seasonal) == (0.8, True, False)


def test_without_a_team_the_own_answer_counts():
    inputs = assessments.inputs_of({"help": "no", "own_keeping_up": 3, "team_keeping_up": 0})
    assert (inputs.helpers, inputs.keeping_up) == (0, 3)
    assert assessments.inputs_of({"help": "yes"}).helpers == 1
    assert assessments.inputs_of({}).helpers is None


def test_measured_wins_over_told():
    inputs = assessments.inputs_of(BUSY, {"measured_week": 150.0, "measured_weeks": [1, 2]})
    assert (inputs.measured_week, inputs.messages_day) == (150.0, 60)


def test_below_three_answers_nothing_is_said():
    assert assessments.compute({"breath": 4, "afford": "yes"}) is None
    assert (
        assessments.compute({"breath": 4, "afford": "yes", "trend": "same"})["recommendation"] == "part_time"
    )


@pytest.mark.django_db
def test_save_keeps_answers_version_and_result(company, owner):
    row = make_assessment(company, by=owner.user)
    assert (row.answers, row.config_version) == (BUSY, "2026-1")
    assert row.result == assessments.compute(BUSY)
    assert Assessment.objects.get().result == row.result
    entry = TrailEntry.objects.get(action="readiness.answered")
    assert (entry.subject_id, entry.actor_id, entry.fields) == (row.pk, owner.user.pk, sorted(BUSY))


def test_the_same_answers_again_change_nothing(company, owner):
    first = make_assessment(company, by=owner.user)
    assert make_assessment(company, by=owner.user) == first
    assert TrailEntry.objects.filter(action="readiness.answered").count() == 1


def test_one_sitting_refines_and_another_day_makes_a_new_one(company, owner):
    first = make_assessment(company, by=owner.user)
    assert make_assessment(company, by=owner.user, breath=4) == first
    Assessment.objects.update(created_at=timezone.now() - timedelta(days=2))
    second = make_assessment(company, by=owner.user, breath=4)
    assert second.pk != first.pk
    assert assessments.latest(company) == second


def test_another_configuration_never_rewrites_a_result(company, owner):
    first = make_assessment(company, by=owner.user)
    Assessment.objects.update(config_version="2020-1")
    assert make_assessment(company, by=owner.user, breath=4).pk != first.pk


def test_too_little_is_not_saved(company):
    assert assessments.save(company=company, by=None, answers={"breath": 1}) is None
    assert not Assessment.objects.exists()


def test_latest_is_the_companys_own(company, rival, owner):
    make_assessment(rival.company)
    assert assessments.latest(company) is None
    assert result.latest(company) is None


def test_what_other_apps_may_know(company, owner):
    row = make_assessment(company, by=owner.user, live_chat="yes", repeatable=40)
    answer = result.latest(company)
    assert (answer.pk, answer.recommendation, answer.hours, answer.firm) == (row.pk, "part_time", 15, True)
    assert (answer.live_chat, answer.out_of_hours, answer.repeatable) == (True, False, 40)


def test_hours_may_be_unknown_to_others_too(company):
    assessments.save(company=company, by=None, answers=CALM | {"support_hours": None})
    assert result.latest(company).hours is None


class Visit:
    """A request as adopt sees it."""

    def __init__(self, held):
        self.session = {assessments.SESSION: held} if held else {}


def test_adopt_moves_the_answers_into_the_company(owner):
    visit = Visit({"answers": BUSY, "plan": "Photos"})
    assessments.adopt(visit, owner)
    row = assessments.latest(owner.company)
    assert (row.answers, row.plan, row.created_by) == (BUSY, "Photos", owner.user)
    assert visit.session == {}


def test_adopt_without_answers_does_nothing(owner):
    assessments.adopt(Visit(None), owner)
    assert not Assessment.objects.exists()


def test_adopt_is_not_for_staff(interviewer):
    assessments.adopt(Visit({"answers": BUSY}), interviewer)
    assert not Assessment.objects.exists()
