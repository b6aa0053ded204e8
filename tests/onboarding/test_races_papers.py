"""Two at once, on PostgreSQL: the first transaction is held open while the second tries."""

import pytest

from onboarding import accounts_given, papers, setups
from onboarding.models import AccountGiven, Paper, SetupItem
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding
from tests.onboarding.test_races import while_open
from vault.models import TrailEntry

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan():
    company = make_company()
    return make_onboarding(company, make_member(company, "hire"), make_member(company, "owner"))


def test_two_ticks_of_the_set_up_list_are_one(plan):
    setup = setups.prepare(company=plan.company, job_ref="job:1", job_title="x")
    item = setup.items.get(key="handbook")
    tick = lambda: setups.mark(item, by=plan.manager, done=True)  # noqa: E731
    assert while_open(tick, tick) == (True, False)
    assert TrailEntry.objects.filter(action="setup.done").count() == 1


def test_two_answers_bring_one_list(plan):
    setup = setups.prepare(company=plan.company, job_ref="job:1", job_title="x")
    setups.answer_first(setup, by=plan.manager, first=False)
    answer = lambda: setups.answer_first(setup, by=plan.manager, first=True)  # noqa: E731
    assert while_open(answer, answer) == (True, False)
    keys = list(SetupItem.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def test_an_account_given_by_two_is_given_once(plan):
    give = lambda: accounts_given.give(accounts_given.row_of(plan, "mail"), by=plan.manager)  # noqa: E731
    assert while_open(give, give) == (True, False)
    assert AccountGiven.objects.count() == 1


def test_a_number_entered_twice_at_once_is_one(plan):
    papers.switch_on(plan.company, by=plan.manager)
    enter = lambda: papers.enter(plan, kind="bank", value="123456789", by=plan.hire).pk  # noqa: E731
    first, second = while_open(enter, enter)
    assert (first == second, Paper.objects.count()) == (True, 1)


def test_nothing_slips_in_while_it_is_switched_off(plan):
    papers.switch_on(plan.company, by=plan.manager)
    first, second = while_open(
        lambda: papers.switch_off(plan.company, by=plan.manager, seen=0),
        lambda: papers.enter(plan, kind="bank", value="123456789", by=plan.hire),
    )
    assert (first, second, Paper.objects.count()) == (0, papers.Refused, 0)


def test_what_slipped_in_before_is_said_before_it_is_erased(plan):
    papers.switch_on(plan.company, by=plan.manager)
    first, second = while_open(
        lambda: papers.enter(plan, kind="bank", value="123456789", by=plan.hire).kind,
        lambda: papers.switch_off(plan.company, by=plan.manager, seen=0),
    )
    assert (first, second, Paper.objects.count()) == ("bank", papers.Changed, 1)
