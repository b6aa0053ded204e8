"""What is on a meeting, what is noted and agreed, and what becomes of it."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import conflicts, undoing
from mailroom.models import Notice
from onboarding import meetings, plans, steps
from onboarding.models import Action, Meeting, Onboarding, Point
from tests.factories import make_member
from tests.onboarding.factories import step_of
from tests.onboarding.weeks import FRIDAY, meeting, set_up

pytestmark = pytest.mark.django_db
ODD = "{{ x }} {% now %} <b>\u202etext</b>"


@pytest.fixture
def friday(plan, clock):
    set_up(plan)
    clock.move_to("2026-12-11 14:00 +0000")
    return meeting(plan)


def raised(plan, by, text="The printer", **fields):
    return meetings.raise_point(plan, by=by, text=text, **fields)


def texts(rows):
    return [row.text for row in rows]


def weekly_states(plan):
    return list(plan.steps.filter(key="weekly").in_order().values_list("state", flat=True)[:2])


# -- points


def test_a_problem_lands_on_the_next_and_the_manager_hears_of_it(plan, hire, owner):
    point = raised(plan, hire, ODD)
    assert texts(meetings.waiting(plan)) == [ODD]
    notice = Notice.objects.get()
    assert (notice.member, notice.kind, notice.about_id) == (owner, "meeting_point", point.pk)


def test_what_it_says_is_not_in_the_mail(plan, hire, on_commit):
    from mailroom.models import Mail

    raised(plan, hire, "Secret trouble")
    body = bytes(Mail.objects.get(message="told_one").body).decode()
    assert ("Secret" in body, "next weekly meeting of Sara" in body) == (False, True)


def test_nor_readable_in_the_database(plan, hire):
    raised(plan, hire, "Secret trouble")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM onboarding_point")
        assert "Secret" not in cursor.fetchone()[0]


def test_raised_twice_it_is_once(plan, hire):
    assert raised(plan, hire).pk == raised(plan, hire, " The printer\r\n").pk
    assert Point.objects.count() == Notice.objects.count() == 1


def test_the_same_words_of_two_people_are_two(plan, hire, owner):
    raised(plan, hire)
    raised(plan, owner)
    assert Point.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  \r\n"])
def test_nothing_is_not_raised(plan, hire, text):
    with pytest.raises(steps.Refused):
        raised(plan, hire, text)


def test_what_the_buddy_writes_the_buddy_reads(plan, interviewer):
    Onboarding.objects.update(buddy=interviewer)
    plan.refresh_from_db()
    assert raised(plan, interviewer).with_buddy is True


@pytest.mark.parametrize("role", ["manager", "interviewer", "hire"])
def test_nobody_else_raises_anything(plan, company, role):
    with pytest.raises(PermissionDenied):
        raised(plan, make_member(company, role))


def test_nobody_from_elsewhere(plan, rival):
    with pytest.raises(PermissionDenied):
        raised(plan, rival)


def test_not_in_a_plan_that_has_ended(plan, hire, owner):
    plans.cancel(plan, by=owner, reason="No")
    with pytest.raises(steps.Refused):
        raised(plan, hire)


def test_taken_off_and_put_back(plan, hire):
    point = raised(plan, hire)
    assert [meetings.drop_point(point, by=hire) for _ in range(2)] == [True, False]
    assert texts(meetings.waiting(plan)) == []
    point.refresh_from_db()
    assert meetings.pick_up_point(point, by=hire) is True
    assert texts(meetings.waiting(plan)) == ["The printer"]


def test_put_back_within_ten_minutes(plan, hire, clock):
    point = raised(plan, hire)
    meetings.drop_point(point, by=hire)
    point.refresh_from_db()
    clock.shift(timedelta(minutes=11))
    with pytest.raises(undoing.Refused):
        meetings.pick_up_point(point, by=hire)


def test_the_new_colleague_takes_off_only_their_own(plan, hire, owner):
    with pytest.raises(PermissionDenied):
        meetings.drop_point(raised(plan, owner), by=hire)
    assert meetings.drop_point(raised(plan, hire), by=owner) is True


# -- held or not


def test_held_everything_was_spoken_of_and_the_step_is_done(plan, friday, hire, owner):
    point = raised(plan, hire)
    assert [meetings.hold(meeting(plan), by=owner) for _ in range(2)] == [True, False]
    point.refresh_from_db()
    assert (point.meeting_id, meeting(plan).state) == (friday.pk, "held")
    assert weekly_states(plan) == ["done", "open"]
    assert not Notice.objects.filter(kind="meeting_point", handled_at=None).exists()


def test_the_new_colleague_may_say_so(plan, friday, hire):
    assert meetings.hold(friday, by=hire) is True


def test_it_did_not_happen_and_the_next_has_everything(plan, friday, hire):
    raised(plan, hire)
    meetings.not_held(friday, by=hire)
    assert texts(meetings.waiting(plan)) == ["The printer"]
    assert meetings.next_of(plan).on == FRIDAY + timedelta(days=7)
    assert weekly_states(plan) == ["open", "open"]


def test_one_word_and_then_another_is_refused(plan, friday, hire, owner):
    meetings.hold(friday, by=owner)
    with pytest.raises(steps.Stale):
        meetings.not_held(meeting(plan), by=hire)


def test_taken_back_everything_waits_again(plan, friday, hire, owner):
    raised(plan, hire)
    meetings.hold(friday, by=owner)
    assert meetings.reopen(meeting(plan), by=owner) is True
    assert (meeting(plan).state, texts(meetings.waiting(plan))) == ("planned", ["The printer"])
    assert weekly_states(plan) == ["open", "open"]


def test_not_after_ten_minutes(plan, friday, owner, clock):
    meetings.hold(friday, by=owner)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(undoing.Refused):
        meetings.reopen(meeting(plan), by=owner)
    assert meeting(plan).state == "held"


def test_a_step_that_was_done_before_stays_done(plan, friday, owner):
    first = plan.steps.filter(key="weekly").in_order().first()
    first.onboarding = plan
    steps.tick(first, by=owner)
    meetings.hold(friday, by=owner)
    meetings.reopen(meeting(plan), by=owner)
    assert weekly_states(plan) == ["done", "open"]


def test_two_weeks_are_two_steps(plan, friday, owner, clock):
    meetings.hold(friday, by=owner)
    meetings.hold(meeting(plan, FRIDAY + timedelta(days=7)), by=owner)
    assert weekly_states(plan) == ["done", "done"]


def test_only_who_leads_calls_it_off(plan, friday, hire, owner):
    with pytest.raises(PermissionDenied):
        meetings.call_off(friday, by=hire)
    assert meetings.call_off(friday, by=owner) is True


# -- moved


def move(row, by, **fields):
    now = {"on": row.on, "at": row.at, "minutes": 30, "place": "", "video_link": ""}
    return meetings.move(row, by=by, seen=row.sequence, **(now | fields))


def test_only_this_one_moves(plan, friday, owner):
    monday = FRIDAY + timedelta(days=3)
    assert move(friday, owner, on=monday, at=time(9)) is True
    row = meeting(plan, monday)
    assert (row.uid, row.sequence, row.week) == (friday.uid, 1, friday.week)
    assert meeting(plan, FRIDAY + timedelta(days=7)).sequence == 0


def test_moved_to_where_it_is_nothing_changes(friday, owner):
    assert move(friday, owner) is False


def test_two_who_move_it_meet(plan, friday, owner):
    move(meeting(plan), owner, at=time(9))
    with pytest.raises(conflicts.Changed):
        move(friday, owner, at=time(10))


def test_what_is_over_does_not_move(plan, friday, owner):
    meetings.hold(friday, by=owner)
    with pytest.raises(steps.Refused):
        move(meeting(plan), owner, at=time(9))


# -- notes and actions


def test_both_write_the_notes_and_neither_loses_any(plan, friday, hire, owner):
    assert meetings.write_notes(friday, by=hire, seen=1, text=ODD) is True
    with pytest.raises(conflicts.Changed) as now:
        meetings.write_notes(friday, by=owner, seen=1, text="Mine")
    assert (now.value.row.notes, now.value.row.revision) == (ODD, 2)
    assert meetings.write_notes(friday, by=owner, seen=2, text=ODD) is False


def test_the_buddy_writes_none(plan, friday, interviewer):
    Onboarding.objects.update(buddy=interviewer)
    friday.onboarding.refresh_from_db()
    with pytest.raises(PermissionDenied):
        meetings.write_notes(friday, by=interviewer, seen=1, text="x")


def act(friday, by, owner, text="Order labels"):
    return meetings.add_action(friday, by=by, text=text, owner=owner, due_on=FRIDAY)


def test_somebody_will_do_something(friday, hire, owner):
    action = act(friday, owner, hire, ODD)
    assert (action.text, Notice.objects.get(kind="meeting_action").member) == (ODD, hire)
    assert [meetings.do_action(action, by=hire) for _ in range(2)] == [True, False]


def test_noted_twice_it_is_once(friday, hire, owner):
    assert act(friday, owner, hire).pk == act(friday, owner, hire).pk
    assert Action.objects.count() == 1


def test_it_carries_over_until_it_is_done(plan, friday, hire, owner):
    action = act(friday, owner, hire)
    meetings.hold(friday, by=owner)
    assert list(plan.actions.filter(done_at=None)) == [action]


def test_nobody_from_outside_owes_anything(friday, owner, company):
    with pytest.raises(steps.Refused):
        act(friday, owner, make_member(company, "interviewer"))


def test_done_and_not_done(friday, hire, owner):
    action = act(friday, owner, owner)
    meetings.do_action(action, by=hire)
    action.refresh_from_db()
    assert (action.done_by, meetings.undo_action(action, by=owner)) == (hire, True)
    assert Notice.objects.filter(kind="meeting_action").count() == 0


def test_others_do_not_do_it(friday, owner, company):
    action = act(friday, owner, owner)
    with pytest.raises(PermissionDenied):
        meetings.do_action(action, by=make_member(company, "manager"))


def test_a_moved_first_day_leaves_what_was_held(plan, friday, owner):
    meetings.hold(friday, by=owner)
    assert step_of(plan, "welcome").state == "open"
    assert Meeting.objects.filter(state="held").count() == 1
