"""Two people at a plan in the same moment, on PostgreSQL; the first transaction is held open."""

import pytest

from accounts import conflicts, deleting
from onboarding import missed, planning, plans, shopdays, steps
from onboarding.kinds import State
from onboarding.models import DayOff, PlanTemplate, Step
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from tests.onboarding.test_following import DRAFTS, TOOLS, begin, named
from tests.onboarding.test_planning import values
from tests.onboarding.test_races import while_open

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owner():
    return make_member(make_company(), "owner")


@pytest.fixture
def template(owner):
    return plans.default_version(owner.company).template


def add(template, owner, title="Meet the team"):
    return lambda: planning.add_step(template, by=owner, values=values(title=title))


def test_two_first_changes_make_one_draft(template, owner):
    while_open(add(template, owner), add(template, owner, "Another"))
    titles = planning.draft_of(template).steps.exclude(title="").values_list("title", flat=True)
    assert (template.versions.count(), sorted(titles)) == (2, ["Another", "Meet the team"])


def test_saved_in_two_windows_is_one_version(template, owner):
    add(template, owner)()
    seen = planning.draft_of(template).revision

    def save():
        return planning.save(template, by=owner, seen=seen).number

    first, second = while_open(save, save)
    assert (first, second, template.versions.count()) == (2, planning.Refused, 2)


def test_changed_while_it_is_saved_the_change_is_the_next_draft(template, owner):
    add(template, owner)()
    while_open(lambda: planning.save(template, by=owner, seen=None), add(template, owner, "Late"))
    assert planning.draft_of(template).number == 3
    assert not template.versions.get(number=2).steps.filter(title="Late").exists()


def test_saved_while_it_is_changed_is_a_conflict(template, owner):
    add(template, owner)()
    seen = planning.draft_of(template).revision
    _, second = while_open(add(template, owner, "Late"), lambda: planning.save(template, by=owner, seen=seen))
    assert second is conflicts.Changed


def test_two_new_defaults_are_one(template, owner):
    rows = [planning.make(owner.company, by=owner, name=name) for name in ("A", "B")]
    while_open(*(lambda row=row: planning.choose_default(row, by=owner) for row in rows))
    assert list(PlanTemplate.objects.filter(is_default=True).values_list("name", flat=True)) == ["B"]


def test_chosen_while_it_is_deleted(template, owner):
    row = planning.make(owner.company, by=owner, name="A")
    _, second = while_open(
        lambda: planning.choose_default(row, by=owner), lambda: planning.delete(row, by=owner)
    )
    assert second is deleting.Refused


def test_a_day_off_twice_is_once(owner):
    def add_day():
        return shopdays.add(owner.company, by=owner, day=MONDAY)

    assert (while_open(add_day, add_day), DayOff.objects.count()) == ((True, False), 1)


def test_missed_steps_settled_twice_are_settled_once(owner):
    plan = make_onboarding(owner.company, manager=owner)
    Step.objects.filter(pk=step_of(plan, "values").pk).update(missed=True)
    pks = [step_of(plan, "values").pk]
    first, second = while_open(
        lambda: missed.settle(plan, pks, by=owner, done=True),
        lambda: missed.settle(plan, pks, by=owner, done=False),
    )
    assert (first, second, step_of(plan, "values").state) == (1, 0, State.DONE)


def test_ticked_twice_the_follower_is_dated_once():
    plan = begin(make_company(), None, TOOLS, DRAFTS)
    step, again = named(plan, "tools"), named(plan, "tools")
    first, second = while_open(
        lambda: steps.tick(step, by=plan.hire), lambda: steps.tick(again, by=plan.hire)
    )
    assert (first, second, named(plan, "drafts").waits) == (True, False, False)
