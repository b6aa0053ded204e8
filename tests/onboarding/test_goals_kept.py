"""What is kept of goals and of before and after: exported with the person, gone or nameless when they are erased."""

import pytest

from onboarding import goals, lessons, onward
from onboarding.models import Goal, GoalReading, Lesson, Onward, ReadingVersion
from readiness import after
from readiness.models import BeforeAfter, HoursWeek
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding
from tests.onboarding.goals import make_goal, said
from vault import erasing, keep

pytestmark = pytest.mark.django_db
OURS = {Goal, GoalReading, ReadingVersion, Onward, Lesson}


@pytest.fixture
def kept(plan, owner, hire):
    """One of everything of Sara's; the row of before and after with one week."""
    fill(plan, owner)
    row = after.begin(company=plan.company, by=owner, start_date=MONDAY, job_title="Support person")
    after.meant(row, hire)
    after.write_week(row, by=owner, monday=MONDAY, owner=9, person=12)
    return row


def fill(plan, owner):
    goal = make_goal(plan)
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    goals.correct(reading, said(MONDAY, 11), by=owner)
    onward.settle(plan, by=owner)
    lessons.write(plan, by=owner, keep="The call", change="", drop="", longest="")


def tied(member) -> dict:
    found = {rule.model: rows.count() for rule, rows in keep.tied("member", member.pk) if rule.export}
    return {model: found[model] for model in (*OURS, BeforeAfter, HoursWeek) if found.get(model)}


def test_each_row_is_the_hires_and_nobody_elses(kept, hire, interviewer):
    assert tied(hire) == dict.fromkeys((*OURS, BeforeAfter, HoursWeek), 1)
    assert tied(interviewer) == {}


def test_erased_with_the_person_and_another_hires_stay(kept, company, owner, hire):
    other = make_onboarding(company, make_member(company, "hire"), owner)
    fill(other, owner)
    erasing.erase("member", hire.pk, company_id=company.pk, by_id=owner.user_id)
    assert [model.objects.count() for model in OURS] == [1] * 5
    assert Goal.objects.get().onboarding == other


def test_the_shops_hours_stay_without_the_name(kept, company, owner, hire):
    erasing.erase("member", hire.pk, company_id=company.pk, by_id=owner.user_id)
    kept.refresh_from_db()
    assert (kept.person, kept.weeks.get().person) == (None, 12)
