"""What Today shows, from steps that no database holds."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding import today
from onboarding.kinds import Kind, Part, State
from onboarding.models import Step

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = date(2026, 12, 7)
NINE = datetime(2026, 12, 7, 9, 0, tzinfo=HELSINKI)
ALL_DONE = {"state": State.DONE, "completed_at": NINE}


def step(n=1, due=MONDAY, **fields):
    values = {"kind": Kind.TASK, "owner": Part.HIRE, "title": f"Step {n}", "position": n, "minutes": 30}
    return Step(pk=n, due_on=due, **(values | fields))


def names(steps):
    return [found.title for found in steps]


def test_seven_at_most_and_the_others_can_wait():
    built = today.build([step(n) for n in range(1, 11)], NINE)
    assert names(built.todo) == [f"Step {n}" for n in range(1, 8)]
    assert names(built.more) == ["Step 8", "Step 9", "Step 10"]
    assert (built.counted, built.total) == (0, 7)


def test_what_is_done_counts_among_the_seven():
    built = today.build([step(1, **ALL_DONE), *[step(n) for n in range(2, 11)]], NINE)
    assert (built.counted, built.total, built.next.title) == (1, 7, "Step 2")


def test_all_seven_done_the_rest_still_waits():
    built = today.build([*[step(n, **ALL_DONE) for n in range(1, 8)], step(8)], NINE)
    assert (built.todo, names(built.more)) == ([], ["Step 8"])


def test_the_managers_steps_are_not_the_hires():
    built = today.build([step(1, owner=Part.MANAGER), step(2, owner=Part.MANAGER, partner=Part.HIRE)], NINE)
    assert names(built.todo) == ["Step 2"]


def test_yesterday_comes_first_and_is_counted():
    built = today.build([step(1), step(2, MONDAY - timedelta(days=1))], NINE)
    assert (names(built.todo), built.late) == (["Step 2", "Step 1"], 1)


def test_nothing_is_late_on_its_own_day():
    assert today.build([step(1)], NINE).late == 0


def test_tomorrow_is_not_today_and_is_shown_ahead():
    built = today.build([step(1, MONDAY + timedelta(days=1)), step(2, MONDAY + timedelta(days=2))], NINE)
    assert built.todo == []
    assert (names(built.ahead), built.ahead_on) == (["Step 1"], MONDAY + timedelta(days=1))


def test_done_work_stays_when_its_day_has_passed():
    old = step(1, MONDAY - timedelta(days=9), state=State.DONE, completed_at=NINE - timedelta(days=9))
    built = today.build([old], NINE)
    assert (built.done, names(built.earlier)) == ([], ["Step 1"])


def test_what_waits_for_the_other_side_is_not_next():
    paper = step(1, kind=Kind.HANDOVER, partner=Part.MANAGER, state=State.SUBMITTED)
    built = today.build([paper, step(2)], NINE)
    assert (names(built.waiting), built.next.title, built.total) == (["Step 1"], "Step 2", 2)


def test_added_late_is_missed_and_not_due():
    built = today.build([step(1, MONDAY - timedelta(days=3), missed=True)], NINE)
    assert (built.todo, names(built.missed), built.late) == ([], ["Step 1"], 0)


@pytest.mark.parametrize(
    ("moment", "found"),
    [("08:00", "Step 1"), ("09:29", "Step 1"), ("09:30", "Step 2"), ("10:59", "Step 2"), ("11:00", None)],
)
def test_now_is_the_meeting_that_has_not_ended(moment, found):
    meetings = [step(1, at=time(9, 0)), step(2, at=time(10, 0), minutes=60), step(3)]
    now = datetime.combine(MONDAY, time.fromisoformat(moment), tzinfo=HELSINKI)
    built = today.build(meetings, now)
    assert (built.now.title if built.now else None) == found


def test_one_may_come_in_ten_minutes_early():
    meeting = step(1, at=time(9, 0))
    assert not today.joinable(meeting, NINE - timedelta(minutes=11))
    assert today.joinable(meeting, NINE - timedelta(minutes=10))


@pytest.mark.parametrize(("hour", "asked"), [(9, False), (16, False), (17, True), (23, True)])
def test_the_day_is_asked_about_in_the_evening(hour, asked):
    form = step(1, kind=Kind.FORM, partner=Part.MANAGER, at=time(16, 30))
    built = today.build([form], NINE.replace(hour=hour))
    assert ((built.evening is not None), built.todo) == (asked, [])


def test_near_midnight_it_is_the_day_where_the_person_is():
    late_evening = datetime(2026, 12, 7, 23, 30, tzinfo=HELSINKI)
    done = step(1, state=State.DONE, completed_at=datetime(2026, 12, 7, 22, 30, tzinfo=ZoneInfo("UTC")))
    assert today.build([done], late_evening).done == []
    assert names(today.build([done], late_evening + timedelta(hours=2)).done) == ["Step 1"]


@pytest.mark.parametrize(
    ("hour", "word"),
    [(0, "evening"), (4, "morning"), (11, "morning"), (12, "day"), (17, "day"), (18, "evening")],
)
def test_the_greeting_follows_their_clock(hour, word):
    assert today.daytime(NINE.replace(hour=hour)) == word


@pytest.mark.parametrize(
    ("name", "first"), [("Sara Salo", "Sara"), ("李小龙", "李小龙"), ("", ""), (" Ö ", "Ö")]
)
def test_first_names(name, first):
    assert today.first_name(name) == first


states = st.sampled_from(State.values)


@given(st.lists(st.tuples(states, st.booleans()), max_size=60))
def test_progress_is_100_exactly_when_all_that_is_required_is_done(rows):
    steps = [step(n, state=state, required=required) for n, (state, required) in enumerate(rows)]
    asked = [s for s in steps if s.required and s.state not in (State.SKIPPED, State.LEFT_OUT)]
    everything = all(s.state == State.DONE for s in asked)
    assert (today.progress(steps).percent == 100) == everything
    assert 0 <= today.progress(steps).percent <= 100


@given(st.lists(states, min_size=1, max_size=30))
def test_one_more_done_is_never_less_progress(rows):
    steps = [step(n, state=state) for n, state in enumerate(rows)]
    before = today.progress(steps).percent
    steps[0].state = State.DONE
    assert today.progress(steps).percent >= before or rows[0] == State.SKIPPED


@given(st.lists(st.tuples(states, st.integers(-5, 5)), max_size=30))
def test_every_step_of_the_past_and_today_is_somewhere(rows):
    steps = [
        step(
            n,
            MONDAY + timedelta(days=days),
            state=state,
            completed_at=NINE if state in (State.DONE, State.SKIPPED) else None,
            partner=Part.MANAGER,
            kind=Kind.HANDOVER,
        )
        for n, (state, days) in enumerate(rows, 1)
    ]
    built = today.build(steps, NINE)
    shown = {s.pk for s in [*built.todo, *built.more, *built.waiting, *built.done, *built.earlier]}
    asked = [s for s in steps if s.state not in (State.SKIPPED, State.LEFT_OUT)]
    due = {s.pk for s in asked if s.due_on <= MONDAY or not s.undone}
    assert shown == due
    assert built.total <= max(7, len(built.waiting) + len(built.done))
