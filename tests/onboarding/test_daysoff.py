"""Days on which nobody works: public holidays of the country, the shop's own, and what they do to a plan."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from onboarding import dates, daysoff, plans, shopdays, steps
from onboarding.models import DayOff
from tests.factories import make_company
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
OFFICE = (0, 1, 2, 3, 4)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
weeks = st.sets(st.integers(0, 6), min_size=1)
offs = st.sets(st.integers(-20, 60)).map(lambda found: {MONDAY + timedelta(days=n) for n in found})


class TestCounting:
    def test_a_day_off_is_no_working_day(self):
        assert dates.working_day(MONDAY, 2, OFFICE, {TUESDAY}) == WEDNESDAY

    def test_the_first_day_counts_even_on_a_holiday(self):
        assert dates.working_day(MONDAY, 1, OFFICE, {MONDAY}) == MONDAY

    def test_days_before_the_start_leave_holidays_out(self):
        assert dates.working_day(MONDAY, -1, OFFICE, {date(2026, 12, 4)}) == date(2026, 12, 3)

    def test_a_review_on_a_holiday_is_a_working_day_earlier(self):
        assert dates.calendar_day(MONDAY, 18, OFFICE, {date(2026, 12, 25)}) == date(2026, 12, 24)

    def test_a_week_that_ends_with_a_holiday_ends_before_it(self):
        assert dates.end_of_week(MONDAY, 1, OFFICE, {date(2026, 12, 11)}) == date(2026, 12, 10)

    def test_the_day_number_does_not_count_it(self):
        assert dates.day_number(MONDAY, WEDNESDAY, OFFICE, {TUESDAY}) == 2

    @given(weekdays=weeks, off=offs, number=st.integers(2, 60))
    def test_no_working_day_is_a_day_off(self, weekdays, off, number):
        found = dates.working_day(MONDAY, number, weekdays, off)
        assert (found in off, found.weekday() in weekdays) == (False, True)

    @given(weekdays=weeks, off=offs, number=st.integers(2, 60))
    def test_the_day_number_is_the_working_day_read_backwards(self, weekdays, off, number):
        found = dates.working_day(MONDAY, number, weekdays, off)
        assert dates.day_number(MONDAY, found, weekdays, off) == number

    @given(weekdays=weeks, off=offs, count=st.integers(0, 40))
    def test_days_after_a_day_are_worked_and_not_before_it(self, weekdays, off, count):
        found = dates.days_after(MONDAY, count, weekdays, off)
        assert found >= MONDAY + timedelta(days=count)
        assert (found in off, found.weekday() in weekdays) == (False, True)


class TestEndsOfProbation:
    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            ("2026-12-07", 6, "2027-06-06"),
            ("2026-12-01", 3, "2027-02-28"),
            ("2026-08-31", 6, "2027-02-28"),
            ("2026-12-31", 12, "2027-12-30"),
        ],
    )
    def test_is_the_day_before_the_same_day_of_a_later_month(self, start, months, end):
        assert dates.months_end(date.fromisoformat(start), months).isoformat() == end

    def test_moves_as_many_months_with_the_first_day(self):
        assert dates.moved_end(MONDAY, date(2027, 6, 6), date(2027, 1, 11)) == date(2027, 7, 10)

    def test_moves_as_many_days_when_it_was_no_full_months(self):
        assert dates.moved_end(MONDAY, date(2027, 3, 3), MONDAY + timedelta(days=7)) == date(2027, 3, 10)

    @given(start=days, months=st.integers(1, 24), new=days)
    def test_any_number_of_months_stays_that_number(self, start, months, new):
        end = dates.months_end(start, months)
        assert dates.moved_end(start, end, new) in {dates.months_end(new, n) for n in range(1, 25)}

    def test_ten_working_days_before_it(self):
        assert dates.before_end(MONDAY, date(2027, 6, 4), -10, OFFICE) == date(2027, 5, 21)

    def test_is_never_before_the_first_day(self):
        assert dates.before_end(MONDAY, MONDAY + timedelta(days=3), -10, OFFICE) == MONDAY

    def test_nothing_is_counted_after_it(self):
        with pytest.raises(ValueError, match="after the end"):
            dates.before_end(MONDAY, MONDAY, 1, OFFICE)


class TestTheCalendar:
    def test_knows_the_public_holidays_of_a_country(self):
        assert date(2027, 1, 6) in daysoff.public("FI", date(2027, 1, 1), date(2027, 1, 31))
        assert date(2027, 1, 6) not in daysoff.public("US", date(2027, 1, 1), date(2027, 1, 31))

    def test_keeps_to_the_days_that_were_asked_for(self):
        assert daysoff.public("FI", date(2026, 12, 26), date(2027, 1, 1)) == {
            date(2026, 12, 26),
            date(2027, 1, 1),
        }

    @pytest.mark.parametrize("country", ["", "XX", "ZZ"])
    def test_knows_nothing_of_some_places_and_says_nothing(self, country):
        assert daysoff.public(country, date(2027, 1, 1), date(2027, 12, 31)) == set()

    @pytest.mark.parametrize(
        ("language", "name"), [("en", "Epiphany"), ("fi", "Loppiainen"), ("sv", "Trettondag")]
    )
    def test_speaks_the_readers_language_where_it_can(self, language, name):
        with translation.override(language):
            found = dict(daysoff.named("FI", date(2027, 1, 6), date(2027, 1, 6)))
        assert found == {date(2027, 1, 6): name}

    def test_a_language_it_does_not_speak_is_the_countrys_own(self):
        with translation.override("pl"):
            assert daysoff.named("FI", date(2027, 1, 6), date(2027, 1, 6)) == [
                (date(2027, 1, 6), "Loppiainen")
            ]


class TestAPlan:
    def test_leaves_out_the_holidays_of_the_shops_country(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner)
        assert "2026-12-25" in plan.days_off
        assert step_of(plan, "review_30").due_on == date(2027, 1, 5)

    def test_somebody_abroad_has_the_holidays_of_where_they_work(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner, country="US")
        assert step_of(plan, "review_30").due_on == date(2027, 1, 6)

    def test_leaves_out_the_shops_own_days(self, company, owner, clock):
        DayOff.objects.create(company=company, day=TUESDAY, name="Stocktaking")
        assert step_of(make_onboarding(company, manager=owner), "mails_read").due_on == WEDNESDAY

    def test_knows_nothing_of_another_shops_days(self, company, owner, clock):
        DayOff.objects.create(company=make_company("Rival"), day=TUESDAY)
        assert step_of(make_onboarding(company, manager=owner), "mails_read").due_on == TUESDAY

    def test_nobody_is_late_on_a_day_off(self, company, owner, clock):
        DayOff.objects.create(company=company, day=TUESDAY)
        plan = make_onboarding(company, manager=owner)
        clock.move_to("2026-12-08 12:00 +0000")
        assert (plan.day_number(), step_of(plan, "mails_read").is_late(plan.today())) == (1, False)

    def test_a_three_day_week_is_not_late_on_day_two(self, company, owner, clock):
        plan = make_onboarding(company, manager=owner, weekdays=[0, 2, 4])
        clock.move_to("2026-12-08 12:00 +0000")
        assert [s.key for s in plan.steps.all() if s.due_on == TUESDAY] == []
        assert plan.day_number() == 1


class TestOneMoreDayOff:
    def test_moves_what_is_open_and_ahead(self, plan, company, owner):
        shopdays.add(company, by=owner, day=TUESDAY, name="Stocktaking")
        assert step_of(plan, "mails_read").due_on == WEDNESDAY
        assert step_of(plan, "values").due_on == MONDAY

    def test_moves_nothing_that_is_done(self, plan, company, owner):
        plan.buddy = owner
        steps.tick(step_of(plan, "mails_read"), by=owner)
        shopdays.add(company, by=owner, day=TUESDAY)
        assert step_of(plan, "mails_read").due_on == TUESDAY

    def test_taken_away_everything_is_as_it_was(self, plan, company, owner):
        before = list(plan.steps.order_by("pk").values_list("due_on", flat=True))
        shopdays.add(company, by=owner, day=TUESDAY)
        shopdays.remove(DayOff.objects.get(), by=owner)
        assert list(plan.steps.order_by("pk").values_list("due_on", flat=True)) == before

    def test_twice_is_once(self, plan, company, owner):
        assert shopdays.add(company, by=owner, day=TUESDAY) is True
        assert shopdays.add(company, by=owner, day=TUESDAY) is False
        assert TrailEntry.objects.filter(action="day_off.added").count() == 1

    def test_a_day_chosen_by_hand_stays(self, plan, company, owner):
        own = plans.add(plan, by=owner, title="Cake", owner="hire", due_on=TUESDAY)
        shopdays.add(company, by=owner, day=TUESDAY)
        own.refresh_from_db()
        assert own.due_on == TUESDAY

    def test_what_is_past_is_not_dated_again(self, plan, company, owner, clock):
        clock.move_to("2026-12-09 12:00 +0000")
        shopdays.add(company, by=owner, day=TUESDAY)
        assert step_of(plan, "mails_read").due_on == TUESDAY

    def test_another_shops_plans_stay(self, plan, owner, company):
        rival = make_onboarding(make_company("Rival"))
        shopdays.add(company, by=owner, day=TUESDAY)
        assert step_of(rival, "mails_read").due_on == TUESDAY
