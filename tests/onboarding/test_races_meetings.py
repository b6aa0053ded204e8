"""Two at once at one meeting; the first transaction is held open."""

from datetime import time

import pytest

from accounts import conflicts, undoing
from onboarding import invitations, meetings, probation, steps, talks, weekly
from onboarding.models import Action, Decision, Meeting, Point, Series, Talk
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding
from tests.onboarding.test_races import while_open
from tests.onboarding.weeks import FIELDS, change, set_up

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan():
    company = make_company()
    return make_onboarding(company, make_member(company, "hire"), make_member(company, "owner"))


@pytest.fixture
def row(plan):
    set_up(plan)
    found = Meeting.objects.order_by("on").first()
    found.onboarding = plan
    return found


def again(row):
    found = Meeting.objects.get(pk=row.pk)
    found.onboarding = row.onboarding
    return found


def test_both_save_notes(row, plan):
    one, other = again(row), again(row)
    found = while_open(
        lambda: meetings.write_notes(one, by=plan.hire, seen=1, text="Hers"),
        lambda: meetings.write_notes(other, by=plan.manager, seen=1, text="Theirs"),
    )
    assert (found, again(row).notes) == ((True, conflicts.Changed), "Hers")


def test_raised_twice(row, plan):
    def raised():
        return meetings.raise_point(plan, by=plan.hire, text="The printer").pk

    first, second = while_open(raised, raised)
    assert (first == second, Point.objects.count()) == (True, 1)


def test_noted_twice(row, plan):
    def noted():
        return meetings.add_action(row, by=plan.hire, text="x", owner=plan.hire, due_on=row.on).pk

    first, second = while_open(noted, noted)
    assert (first == second, Action.objects.count()) == (True, 1)


def test_held_by_both_is_one_step(row, plan):
    found = while_open(
        lambda: meetings.hold(again(row), by=plan.hire), lambda: meetings.hold(again(row), by=plan.manager)
    )
    assert (found, plan.steps.filter(key="weekly", state="done").count()) == ((True, False), 1)


def test_one_says_held_and_the_other_not(row, plan):
    found = while_open(
        lambda: meetings.hold(again(row), by=plan.hire),
        lambda: meetings.not_held(again(row), by=plan.manager),
    )
    assert (found, again(row).state) == ((True, steps.Stale), "held")


def test_raised_while_it_is_held_waits_for_the_next(row, plan):
    while_open(
        lambda: meetings.hold(again(row), by=plan.manager),
        lambda: meetings.raise_point(plan, by=plan.hire, text="Late").pk,
    )
    assert Point.objects.get().meeting_id is None


def test_set_up_by_two(plan):
    plan.days_off = []
    plan.save()

    def made():
        return weekly.set_up(plan, by=plan.manager, **FIELDS).pk

    _first, second = while_open(made, made)
    assert (second, Series.objects.count(), Meeting.objects.count()) == (steps.Refused, 1, 8)


def test_moved_while_all_move(row, plan):
    series = Series.objects.get()
    series.onboarding = plan
    values = {"at": time(9), "minutes": 30, "place": "", "video_link": ""}
    found = while_open(
        lambda: change(series, at=time(10)),
        lambda: meetings.move(again(row), by=plan.manager, seen=0, on=row.on, **values),
    )
    assert (found, again(row).at) == ((True, conflicts.Changed), time(10))


def test_two_workers_ask_once(row, plan):
    Meeting.objects.exclude(pk=row.pk).delete()
    Meeting.objects.update(on=plan.today())
    assert while_open(invitations.send, invitations.send) == (2, 0)


# -- reviews and probation


def side(plan, by, body, seen=0):
    return lambda: talks.write(plan, 30, by=by, seen=seen, body=body, ready=True).number


def test_the_first_two_to_write_make_one_review(plan):
    found = while_open(side(plan, plan.hire, "Hers"), side(plan, plan.manager, "Mine"))
    assert (found, Talk.objects.count()) == ((1, 1), 1)


def test_one_side_from_two_devices(plan):
    found = while_open(side(plan, plan.hire, "One"), side(plan, plan.hire, "Other"))
    assert found == (1, conflicts.Changed)


def test_both_sign(plan):
    for by in (plan.hire, plan.manager):
        side(plan, by, "Words")()
    talks.agree(plan, 30, by=plan.manager, seen=0, body="We agree")
    found = while_open(
        lambda: talks.sign(plan, 30, by=plan.hire, seen=1),
        lambda: talks.sign(plan, 30, by=plan.manager, seen=1),
    )
    assert (found, plan.steps.get(key="review_30").state) == ((True, True), "done")


def test_signed_while_a_new_version_is_written(plan):
    for by in (plan.hire, plan.manager):
        side(plan, by, "Words")()
    talks.agree(plan, 30, by=plan.manager, seen=0, body="We agree")
    found = while_open(
        lambda: bool(talks.agree(plan, 30, by=plan.manager, seen=1, body="More")),
        lambda: talks.sign(plan, 30, by=plan.hire, seen=1),
    )
    assert found == (True, conflicts.Changed)


def decided(plan, what):
    return lambda: probation.decide(plan, by=plan.manager, seen=0, what=what, reason="x").number


def test_decided_by_two(plan):
    found = while_open(decided(plan, "continue"), decided(plan, "end"))
    assert (found, Decision.objects.get().what) == ((1, conflicts.Changed), "continue")


def test_told_twice_is_told_once(plan):
    decided(plan, "continue")()
    row = Decision.objects.get()
    row.onboarding = plan

    def tell():
        return probation.tell(row, by=plan.manager, words="")

    assert while_open(tell, tell) == (True, False)


def test_taken_back_while_it_is_told(plan):
    decided(plan, "continue")()
    row = Decision.objects.get()
    row.onboarding = plan
    found = while_open(
        lambda: probation.tell(row, by=plan.manager, words=""),
        lambda: probation.take_back(row, by=plan.manager),
    )
    assert found == (True, undoing.Gone)
