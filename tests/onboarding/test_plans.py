from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.utils import translation

from accounts import team
from onboarding import countries, defaults, plans
from onboarding.kinds import Kind, Part, State
from onboarding.models import Onboarding, PlanTemplate, PlanVersion, Step, TemplateStep
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before_the_start():
    with time_machine.travel("2026-11-20 08:00 +0000", tick=False):
        yield


def keys(onboarding):
    return set(onboarding.steps.values_list("key", flat=True))


def test_the_default_plan_is_made_once_for_each_company(company):
    assert plans.default_version(company) == plans.default_version(company)
    rows = len(defaults.PLAN) + len(countries.steps_of("FI"))
    assert TemplateStep.objects.for_company(company).count() == rows
    assert plans.default_version(make_company("Rival")) != plans.default_version(company)


def test_a_new_version_is_what_the_next_start_copies(company):
    old = plans.default_version(company)
    new = PlanVersion.objects.create(company=company, template=old.template, number=2)
    assert plans.default_version(company) == new


def test_the_first_day_has_the_five_items_with_two_sides(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    found = onboarding.steps.filter(key__in=defaults.FIRST_DAY_ITEMS)
    assert {(step.due_on, step.two_sided, step.partner) for step in found} == {(MONDAY, True, Part.MANAGER)}
    assert found.count() == 5


def test_days_are_the_hires_own_working_days(company, owner):
    onboarding = make_onboarding(company, manager=owner, weekdays=[4, 0, 2])
    due = dict(onboarding.steps.values_list("key", "due_on"))
    assert onboarding.weekdays == [0, 2, 4]
    assert due["mails_read"] == date(2026, 12, 9)
    assert due["gate_1"] == date(2026, 12, 16)
    # 6 January is a holiday in Finland.
    assert due["review_30"] == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("remote", "there", "absent"),
    [
        (True, {"walk_through_video", "video_ready"}, {"walk_through"}),
        (False, {"walk_through"}, {"walk_through_video", "video_ready"}),
    ],
)
def test_remote_items_appear_only_for_remote_jobs(company, owner, remote, there, absent):
    found = keys(make_onboarding(company, manager=owner, remote=remote))
    assert there <= found
    assert not absent & found


def test_only_the_first_employee_ever_asks_for_registrations(company, owner):
    assert "payroll_ready" in keys(make_onboarding(company, manager=owner))
    assert "payroll_ready" not in keys(make_onboarding(company, manager=owner))


def test_one_who_never_started_was_not_the_first_employee(company, owner):
    plans.cancel(make_onboarding(company, manager=owner), by=owner, reason="Took another job")
    assert "payroll_ready" in keys(make_onboarding(company, manager=owner))


def test_weak_skills_become_steps_that_name_them(company, owner):
    onboarding = make_onboarding(company, manager=owner, weak_skills=["Written communication"])
    assert step_of(onboarding, "weak_skill").label == "Practise together: Written communication"


def test_a_percent_sign_in_a_skill_is_only_a_percent_sign(company, owner):
    onboarding = make_onboarding(company, manager=owner, weak_skills=["95 %(about)s {{ x }}"])
    assert step_of(onboarding, "weak_skill").label == "Practise together: 95 %(about)s {{ x }}"


def test_every_title_of_the_catalogue_can_be_read(company, owner):
    for step in make_onboarding(company, manager=owner).steps.all():
        assert step.label not in ("", step.key)
        assert "%(" not in step.label


def test_own_words_win_over_the_catalogue(company, owner):
    step = step_of(make_onboarding(company, manager=owner), "values")
    assert step.label == "Read what matters to us: our values"
    step.title = "Our five sentences"
    assert (step.label, step.text) == ("Our five sentences", "")


def test_the_catalogue_speaks_the_readers_language(company, owner, monkeypatch):
    step = step_of(make_onboarding(company, manager=owner), "values")
    with translation.override("fi"):
        assert step.label == str(defaults.BY_KEY["values"].title)


def test_alone_the_owner_is_manager_and_buddy(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    assert (onboarding.buddy, onboarding.lacks_buddy) == (owner, False)


def test_in_a_team_a_missing_buddy_is_said(company, owner, manager):
    onboarding = make_onboarding(company, manager=owner)
    assert (onboarding.buddy, onboarding.lacks_buddy) == (None, True)
    assert onboarding.people(Part.BUDDY) == owner


def test_deleting_the_template_deletes_nothing_anybody_did(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    Step.objects.filter(onboarding=onboarding, key="values").update(state=State.DONE)
    PlanTemplate.objects.for_company(company).delete()
    onboarding.refresh_from_db()
    assert onboarding.version is None
    assert step_of(onboarding, "values").state == State.DONE


def test_editing_the_template_rewrites_nothing(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    TemplateStep.objects.filter(key="values").update(title="Other words", number=9)
    assert step_of(onboarding, "values").label == "Read what matters to us: our values"


def test_a_person_has_one_running_plan(company, owner, hire):
    make_onboarding(company, hire, owner)
    with pytest.raises(IntegrityError):
        make_onboarding(company, hire, owner)


def test_steps_whose_day_has_passed_at_the_start_are_missed(company, owner):
    with time_machine.travel("2026-12-09 12:00 +0000", tick=False):
        onboarding = make_onboarding(company, manager=owner)
    assert step_of(onboarding, "welcome").missed
    assert not step_of(onboarding, "mails_facts").missed
    assert not step_of(onboarding, "welcome").is_late(date(2026, 12, 20))


def test_a_step_of_ones_own_is_added_for_this_person_only(company, owner):
    onboarding, other = make_onboarding(company, manager=owner), make_onboarding(company, manager=owner)
    step = plans.add(onboarding, by=owner, title="Meet the printer", owner=Part.HIRE, due_on=MONDAY)
    assert (step.label, step.kind, step.missed) == ("Meet the printer", Kind.TASK, False)
    assert not other.steps.filter(title="Meet the printer").exists()


def test_a_step_added_late_is_missed(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    step = plans.add(onboarding, by=owner, title="x", owner=Part.HIRE, due_on=date(2026, 11, 19))
    assert step.missed


def test_another_start_moves_what_is_not_finished(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    Step.objects.filter(onboarding=onboarding, key="accounts_given").update(state=State.DONE)
    plans.move_start(onboarding, by=owner, start_date=MONDAY + timedelta(days=7))
    onboarding.refresh_from_db()
    assert onboarding.invite_on == date(2026, 12, 11)
    assert step_of(onboarding, "welcome").due_on == date(2026, 12, 14)
    assert step_of(onboarding, "accounts_given").due_on == date(2026, 11, 30)


def test_moving_the_start_keeps_the_day_of_own_steps(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    step = plans.add(onboarding, by=owner, title="x", owner=Part.HIRE, due_on=MONDAY)
    plans.move_start(onboarding, by=owner, start_date=MONDAY + timedelta(days=7))
    step.refresh_from_db()
    assert step.due_on == MONDAY


@pytest.mark.parametrize("weak_skills", [(), ["a", "b", "c"]])
def test_a_start_costs_the_same_whatever_is_in_it(company, owner, django_assert_num_queries, weak_skills):
    plans.default_version(company)
    hire = make_member(company, "hire")
    # SQLite takes fewer values in one statement, so that the steps go in two.
    with django_assert_num_queries({"sqlite": 12, "postgresql": 11}[connection.vendor]):
        make_onboarding(company, hire, owner, weak_skills=weak_skills)


def test_cancelling_needs_a_reason_and_happens_once(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    with pytest.raises(plans.Refused):
        plans.cancel(onboarding, by=owner, reason=" ")
    assert plans.cancel(onboarding, by=owner, reason="Moved away")
    assert not plans.cancel(onboarding, by=owner, reason="Again")
    assert not Onboarding.objects.for_company(company).running().exists()


def test_the_trail_says_what_was_done_and_never_what_it_said(company, owner):
    onboarding = make_onboarding(company, manager=owner)
    plans.cancel(onboarding, by=owner, reason="Secret reason")
    rows = list(TrailEntry.objects.order_by("pk").values_list("action", "actor_id", "subject_id"))
    assert rows == [
        ("onboarding.started", owner.user_id, onboarding.pk),
        ("onboarding.cancelled", owner.user_id, onboarding.pk),
    ]


def test_whoever_leaves_the_team_is_nobodys_buddy(company, owner, interviewer):
    onboarding = make_onboarding(company, manager=owner)
    Onboarding.objects.filter(pk=onboarding.pk).update(buddy=interviewer)
    team.remove(interviewer, by=owner)
    onboarding.refresh_from_db()
    assert (onboarding.buddy, onboarding.people(Part.BUDDY)) == (None, owner)
