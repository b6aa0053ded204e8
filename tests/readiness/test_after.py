"""Before and after a hire: begun once, measured again, hours week by week, one reminder."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
import time_machine

from accounts import conflicts, undoing
from mailroom.models import Mail
from readiness import after, deleted, weighing
from readiness.models import Assessment, BeforeAfter, HoursWeek
from tests.factories import make_member
from tests.readiness.factories import CALM, make_assessment

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 7)
LOOK = MONDAY + timedelta(days=90)


def on(day, hour=9):
    return time_machine.travel(
        datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=hour), tick=False
    )


@pytest.fixture
def old(company, owner):
    """The answer from three weeks before the first day."""
    with on(MONDAY - timedelta(days=21)):
        return make_assessment(company, by=owner.user)


@pytest.fixture
def hire(company, owner, old):
    with on(MONDAY - timedelta(days=14)):
        return begin(company, owner)


def begin(company, owner, **fields):
    values = {
        "start_date": MONDAY,
        "job_title": "Support person",
        "hours_week": D(20),
        "reference": "application-1-hire-1",
    }
    return after.begin(company=company, by=owner, **(values | fields))


def reminders():
    rows = Mail.objects.filter(message="readiness_after_look").exclude(state="cancelled").order_by("due_at")
    return [(row.recipient, row.due_at.isoformat()) for row in rows]


# -- begun


def test_a_hire_takes_the_latest_answer_along_and_asks_after_90_days(hire, old, owner):
    assert (hire.before, hire.look_on) == (old, LOOK)
    assert reminders() == [(owner.email, "2027-03-07T08:00:00+00:00")]


def test_the_same_hire_again_is_the_same_row_and_one_mail(hire, company, owner):
    assert begin(company, owner).pk == hire.pk
    assert len(reminders()) == 1


def test_by_hand_there_may_be_several(company, owner):
    rows = [begin(company, owner, reference=None) for _ in range(2)]
    assert rows[0].pk != rows[1].pk
    assert rows[0].before is None


def test_a_hire_that_did_not_happen_is_over_and_reminds_nobody(hire, company, owner):
    assert after.cancel(company=company, reference=hire.reference) is True
    assert after.cancel(company=company, reference=hire.reference) is False
    assert reminders() == []
    assert begin(company, owner).pk != hire.pk


def test_a_start_long_ago_posts_no_mail(company, owner):
    begin(company, owner, start_date=date(2020, 1, 6))
    assert reminders() == []


def test_the_mail_speaks_the_owners_language(company, owner, old):
    owner.user.language = "fi"
    owner.user.save()
    begin(company, owner)
    assert Mail.objects.get(message="readiness_after_look").language == "fi"


# -- measured again


def test_before_the_first_day_nothing_is_measured(hire):
    with on(MONDAY - timedelta(days=1)):
        assert not after.may_measure(hire)
    with on(MONDAY):
        assert after.may_measure(hire)


def test_an_answer_of_the_same_sitting_would_be_refined_and_not_compared(company, owner):
    with on(MONDAY, 8):
        make_assessment(company)
        hire = begin(company, owner)
        assert not after.may_measure(hire)
    with on(MONDAY, 21):
        assert after.may_measure(hire)


def test_the_latest_answer_since_the_first_day_is_now(hire, company):
    with on(MONDAY - timedelta(days=1)):
        make_assessment(company, messages_day=70)
    assert after.now_of(hire) is None
    for days in (30, 60):
        with on(MONDAY + timedelta(days=days)):
            row = make_assessment(company, **CALM)
    assert after.now_of(hire) == row


def test_a_deleted_first_answer_is_none(hire, old, owner):
    deleted.delete(old, by=owner)
    assert after.before_of(BeforeAfter.objects.select_related("before").get()) is None


def test_another_shops_answers_are_not_ours(hire, rival):
    with on(MONDAY + timedelta(days=5)):
        make_assessment(rival.company)
    assert after.now_of(hire) is None


def test_the_first_answer_is_weighed_as_the_second(hire, company, old, owner):
    with on(MONDAY + timedelta(days=30)):
        weighing.save(company=company, by=owner, seen=0, changes={"need_low": 10.0})
        now = make_assessment(company, **CALM)
    found = after.weighed_alike(old, now)
    again = after.assessments.compute(old.answers, old.measured, weighing.config_of(company))
    assert (found["need"], now.config_version) == (again["need"], found["version"])


def test_with_the_same_weights_the_first_result_stays_as_it_was(hire, company, old):
    with on(MONDAY + timedelta(days=30)):
        now = make_assessment(company, **CALM)
    assert after.weighed_alike(old, now)["need"] == old.result["need"]


# -- details


def test_another_day_moves_the_one_mail(hire, owner):
    with on(MONDAY):
        after.change(hire, by=owner, seen=1, look_on=date(2027, 1, 15))
    assert reminders() == [(owner.email, "2027-01-15T08:00:00+00:00")]


def test_a_change_is_taken_back_with_its_mail(hire, owner):
    with on(MONDAY):
        after.change(hire, by=owner, look_on=date(2027, 1, 15), before_id=None)
        hire.refresh_from_db()
        after.take_back(hire, undoing.offered(hire, after.DETAILS, owner), by=owner)
    hire.refresh_from_db()
    assert (hire.look_on, hire.before_id is None) == (LOOK, False)
    assert reminders() == [(owner.email, "2027-03-07T08:00:00+00:00")]


def test_two_tabs(hire, owner):
    with on(MONDAY):
        after.change(hire, by=owner, seen=1, look_on=date(2027, 1, 15))
        with pytest.raises(conflicts.Changed):
            after.change(hire, by=owner, seen=1, look_on=date(2027, 1, 16))


def test_the_same_again_changes_nothing(hire, owner):
    assert after.change(hire, by=owner, start_date=MONDAY, look_on=LOOK) is False


# -- hours


def write(hire, boss, /, weeks=0, **hours):
    return after.write_week(hire, by=boss, monday=MONDAY + timedelta(weeks=weeks), **hours)


def test_hours_of_a_week_are_kept_to_the_tenth(hire, owner):
    week = write(hire, owner, owner=18.25, person=20)
    assert (week.owner, week.person, week.by) == (D("18.2"), D(20), owner)


def test_a_week_without_any_hours_is_refused(hire, owner):
    with pytest.raises(after.Refused):
        write(hire, owner)
    assert not HoursWeek.objects.exists()


def test_nothing_done_is_a_number_too(hire, owner):
    assert write(hire, owner, owner=0).owner == 0


def test_written_again_it_is_replaced_and_taken_back(hire, owner):
    write(hire, owner, owner=18, person=20)
    week = write(hire, owner, owner=17, person=20)
    assert HoursWeek.objects.count() == 1
    after.take_back_week(week, undoing.offered(week, after.WEEK, owner), by=owner)
    assert HoursWeek.objects.get().owner == 18


def test_the_same_twice_is_one_and_leaves_one_undo(hire, owner):
    marks = [undoing.offered(write(hire, owner, owner=18), after.WEEK, owner) for _ in range(2)]
    assert marks[0] == marks[1]


def test_a_first_week_that_is_taken_back_is_gone_and_can_come_again(hire, owner):
    week = write(hire, owner, owner=18)
    after.take_back_week(week, undoing.offered(week, after.WEEK, owner), by=owner)
    assert after.weeks(hire) == []
    write(hire, owner, owner=18)
    assert [row.owner for row in after.weeks(hire)] == [D(18)]


def test_taken_off_and_put_back(hire, owner):
    week = write(hire, owner, owner=18)
    assert (after.remove_week(week, by=owner), after.remove_week(week, by=owner)) == (True, False)
    week.refresh_from_db()
    after.take_back_week(week, undoing.offered(week, after.WEEK, owner), by=owner)
    assert len(after.weeks(hire)) == 1


@pytest.mark.parametrize(
    ("person", "rises"), [(19, False), (20, False), (20.04, False), (20.1, True), (24, True)]
)
def test_more_than_was_agreed_needs_a_why(hire, owner, person, rises):
    assert after.rises_in(hire, MONDAY, person) is rises


def test_a_rise_says_why(hire, owner):
    write(hire, owner, person=10)
    with pytest.raises(after.Refused):
        write(hire, owner, weeks=2, person=12)
    week = write(hire, owner, weeks=2, person=12, why="  Christmas\nrush ")
    assert week.why == "Christmas rush"


def test_a_rise_is_from_the_last_week_that_is_known(hire, owner):
    write(hire, owner, person=16)
    write(hire, owner, weeks=1, owner=12)
    assert after.rises_in(hire, MONDAY + timedelta(weeks=2), 17)
    assert not after.rises_in(hire, MONDAY + timedelta(weeks=2), 16)


def test_where_nothing_was_agreed_the_first_week_is_no_rise(company, owner):
    hire = begin(company, owner, hours_week=None, reference=None)
    assert not after.rises_in(hire, MONDAY, 30)


def test_the_member_gone_the_hours_stay(hire, company, owner):
    person = make_member(company, "hire")
    after.meant(hire, person)
    write(hire, owner, person=10)
    person.delete()
    hire.refresh_from_db()
    assert (hire.person, hire.weeks.count()) == (None, 1)


def test_answers_that_may_be_the_first_are_those_until_the_first_day(hire, company, old):
    with on(MONDAY + timedelta(days=9)):
        make_assessment(company, **CALM)
    assert list(after.candidates(hire)) == [old]
    assert Assessment.objects.count() == 2
