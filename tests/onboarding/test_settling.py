"""Somebody who is here already, missed steps, the end of probation, days off: what a manager settles in a plan."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mailroom.models import Mail
from onboarding import missed, planning, plans, reminders, shopdays, steps, today
from onboarding.kinds import Kind, Rule, State
from onboarding.models import DayOff, Onboarding, Step, StepEvent
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from tests.onboarding.test_plan_pages import BY_HAND, IDENTITY
from tests.onboarding.test_planning import values

pytestmark = pytest.mark.django_db
WEEKS_LATER = "2026-12-28 09:00 +0000"
SETTLED_BOX = 'form="settle" checked'


@pytest.fixture
def olga(clock, owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def here(company, hire, owner, clock) -> Onboarding:
    """Sara's plan, begun three weeks after her first day."""
    clock.move_to(WEEKS_LATER)
    return make_onboarding(company, hire, owner)


def post(client, name, /, *args, **data):
    return client.post(reverse(f"onboarding:{name}", args=args), data)


def page(client, name, *args):
    return " ".join(client.get(reverse(f"onboarding:{name}", args=args)).content.decode().split())


def missed_of(plan):
    return set(plan.steps.filter(missed=True, state=State.OPEN).values_list("key", flat=True))


class TestSomebodyWhoIsHereAlready:
    def test_has_the_days_behind_as_missed_and_hears_of_none(self, here):
        assert {"welcome", "paperwork", "gate_2"} <= missed_of(here)
        assert not {"review_30", "review_90"} & missed_of(here)
        assert (reminders.send(), Mail.objects.count()) == (0, 0)

    def test_begun_by_hand_the_missed_steps_are_asked_about_first(self, sign_in, owner, interviewer, clock):
        clock.move_to(WEEKS_LATER)
        person = {"member": interviewer.pk, "manager": owner.pk, "name": "", "email": ""}
        answer = post(sign_in(owner), "start", **BY_HAND | person)
        assert answer.url == reverse("onboarding:missed", args=[Onboarding.objects.get().pk])

    def test_begun_ahead_the_plan_is_shown(self, olga, owner, interviewer, clock):
        clock.move_to("2026-11-20 08:00 +0000")
        person = {"member": interviewer.pk, "manager": owner.pk, "name": "", "email": ""}
        answer = post(olga, "start", **BY_HAND | person)
        assert answer.url == reverse("onboarding:plan", args=[Onboarding.objects.get().pk])


class TestMissedSteps:
    def test_are_done_all_at_once(self, here, owner, hire):
        behind = {step.pk for step in missed.listed(here)}
        count = missed.settle(here, here.steps.values_list("pk", flat=True), by=owner, done=True)
        done = here.steps.filter(state=State.DONE)
        assert (count, set(done.values_list("pk", flat=True))) == (len(behind), behind)
        assert set(done.values_list("completed_by", flat=True)) == {owner.pk}
        assert StepEvent.objects.filter(action="settled").count() == count

    def test_not_needed_are_skipped_and_not_asked_for(self, here, owner):
        step = step_of(here, "welcome")
        missed.settle(here, [step.pk], by=owner, done=False)
        step.refresh_from_db()
        assert (step.state, step.skip_reason) == (State.SKIPPED, "Not needed")

    def test_a_step_that_was_not_missed_stays(self, here, owner):
        step = step_of(here, "review_90")
        assert missed.settle(here, [step.pk], by=owner, done=True) == 0
        assert step_of(here, "review_90").state == State.OPEN

    def test_another_plans_step_stays(self, here, owner, company):
        other = step_of(make_onboarding(company, manager=owner), "welcome")
        assert missed.settle(here, [other.pk], by=owner, done=True) == 0
        other.refresh_from_db()
        assert other.state == State.OPEN

    def test_settled_twice_is_once(self, here, owner):
        pks = [step_of(here, "welcome").pk]
        assert [missed.settle(here, pks, by=owner, done=True) for _ in range(2)] == [1, 0]

    def test_come_back_as_they_were(self, here, owner):
        before = list(here.steps.order_by("pk").values_list("state", "missed", "completed_at"))
        missed.settle(here, here.steps.values_list("pk", flat=True), by=owner, done=True)
        here.refresh_from_db()
        plans.take_back(here, here.undoable["missed"]["mark"], by=owner)
        assert list(here.steps.order_by("pk").values_list("state", "missed", "completed_at")) == before

    def test_are_the_managers_to_settle(self, here, hire, interviewer):
        pks = [step_of(here, "welcome").pk]
        for who in (hire, interviewer, make_member(make_company("Rival"), "owner")):
            with pytest.raises(PermissionDenied):
                missed.settle(here, pks, by=who, done=True)

    def test_of_a_plan_that_has_ended_stay(self, here, owner):
        plans.cancel(here, by=owner, reason="No")
        with pytest.raises(steps.Refused, match="has ended"):
            missed.settle(here, [step_of(here, "welcome").pk], by=owner, done=True)

    def test_do_it_now_is_due_today_and_on_the_list(self, here, owner):
        assert missed.do_now(step_of(here, "values"), by=owner) is True
        step = step_of(here, "values")
        assert (step.due_on, step.missed, step.title) == (date(2026, 12, 28), False, "")
        assert step in today.build([step], here.local_now()).todo
        assert missed.do_now(step, by=owner) is False

    def test_date_what_follows_them(self, company, owner, clock):
        template = planning.make(company, by=owner, name="Two")
        first = planning.add_step(template, by=owner, values=values(title="First"))
        planning.add_step(template, by=owner, values=values(rule=Rule.AFTER, after=first.ref, number=1))
        planning.save(template, by=owner, seen=None)
        clock.move_to("2026-12-16 09:00 +0000")
        plan = make_onboarding(company, manager=owner, template=template)
        missed.settle(plan, plan.steps.values_list("pk", flat=True), by=owner, done=True)
        last = plan.steps.get(rule=Rule.AFTER)
        assert (last.waits, last.missed, last.due_on) == (False, False, date(2026, 12, 17))

    @pytest.mark.parametrize("count", [1, 40])
    def test_cost_the_same_however_many(self, here, owner, count, django_assert_num_queries):
        pks = list(here.steps.filter(missed=True).values_list("pk", flat=True)[:count])
        with django_assert_num_queries(8):
            missed.settle(here, pks, by=owner, done=True)


class TestTheMissedPage:
    def test_has_a_button_for_each_step_and_two_for_all(self, here, olga):
        shown = page(olga, "missed", here.pk)
        count = len(missed.listed(here))
        assert (shown.count("Do it now<"), shown.count('name="step" value=')) == (count, 2 * count)
        assert "The marked ones are done" in shown

    def test_marks_all_for_somebody_who_was_here_and_none_for_a_new_one(self, here, olga):
        assert page(olga, "missed", here.pk).count(SETTLED_BOX) == len(missed.listed(here))
        Onboarding.objects.filter(pk=here.pk).update(start_date=here.today())
        assert page(olga, "missed", here.pk).count(SETTLED_BOX) == 0

    def test_settles_what_is_marked(self, here, olga):
        step = step_of(here, "welcome")
        post(olga, "missed_settle", here.pk, do="done", step=[step.pk])
        assert step_of(here, "welcome").state == State.DONE
        assert "Missed steps were settled." in page(olga, "plan", here.pk)

    @pytest.mark.parametrize(
        "said", [{}, {"do": "done"}, {"do": "all", "step": "1"}, {"do": "done", "step": "²"}]
    )
    def test_says_what_is_missing(self, here, olga, said):
        answer = post(olga, "missed_settle", here.pk, **said)
        assert (answer.status_code, "Mark the steps first." in answer.content.decode()) == (422, True)

    def test_puts_one_on_todays_list(self, here, olga):
        post(olga, "missed_now", step_of(here, "values").pk)
        assert "values" not in missed_of(here)
        assert "Just changed." in page(olga, "plan", here.pk)

    def test_is_said_on_the_plan_and_empty_when_all_is_settled(self, here, olga, owner):
        assert "Say what becomes of them" in page(olga, "plan", here.pk)
        missed.settle(here, here.steps.values_list("pk", flat=True), by=owner, done=True)
        assert "Say what becomes of them" not in page(olga, "plan", here.pk)
        assert "Nothing is missed." in page(olga, "missed", here.pk)

    def test_is_nothing_for_the_hire_or_another_company(self, here, sign_in, hire, rival):
        address = reverse("onboarding:missed", args=[here.pk])
        assert [sign_in(who).get(address).status_code for who in (hire, rival)] == [403, 404]

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_two_queries(self, here, olga, count, django_assert_num_queries):
        pks = list(here.steps.filter(missed=True).order_by("pk").values_list("pk", flat=True)[count:])
        Step.objects.filter(pk__in=pks).update(missed=False)
        page(olga, "missed", here.pk)
        with django_assert_num_queries(IDENTITY + 2):
            page(olga, "missed", here.pk)


class TestProbationPage:
    def test_sets_the_day_and_offers_to_take_it_back(self, plan, olga):
        post(olga, "probation", plan.pk, until="2027-04-30")
        assert step_of(plan, "probation").due_on == date(2027, 4, 30)
        assert "Probation ends on Friday, April 30." in page(olga, "plan", plan.pk)
        assert "The end of probation was changed." in page(olga, "plan", plan.pk)

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [("2026-12-01", "That is before the first day."), ("soon", "Enter a valid date"), ("9999-01-01", "")],
    )
    def test_refuses_an_impossible_day_beside_the_field(self, plan, olga, day, sentence):
        answer = post(olga, "probation", plan.pk, until=day)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
        plan.refresh_from_db()
        assert plan.probation_until is None


class TestDaysOffPage:
    def test_adds_and_removes_a_day(self, plan, olga, company):
        post(olga, "days_off", day="2026-12-08", name="Stocktaking")
        assert step_of(plan, "mails_read").due_on == MONDAY + timedelta(days=2)
        assert 'Tuesday, December 8 · <span dir="auto">Stocktaking' in page(olga, "days_off")
        post(olga, "day_off_remove", DayOff.objects.get().pk)
        assert step_of(plan, "mails_read").due_on == MONDAY + timedelta(days=1)

    def test_names_the_public_holidays(self, olga, clock):
        assert "Public holidays in Finland" in page(olga, "days_off")
        assert "Epiphany" in page(olga, "days_off")

    @pytest.mark.parametrize("day", ["", "soon", "0001-01-01"])
    def test_refuses_an_impossible_day(self, olga, day):
        assert post(olga, "days_off", day=day).status_code == 422
        assert not DayOff.objects.exists()

    def test_another_shops_day_is_not_there(self, olga):
        other = DayOff.objects.create(company=make_company("Rival"), day=MONDAY)
        assert post(olga, "day_off_remove", other.pk).status_code == 404


class TestBegunByHand:
    def test_with_a_plan_a_country_and_an_end_of_probation(self, olga, owner, company, clock):
        clock.move_to("2026-11-20 08:00 +0000")
        template = planning.make(company, by=owner, name="One")
        planning.add_step(template, by=owner, values=values())
        planning.save(template, by=owner, seen=None)
        more = {
            "template": template.pk,
            "country": "US",
            "probation_until": "2027-03-31",
            "manager": owner.pk,
        }
        post(olga, "start", **BY_HAND, **more)
        plan = Onboarding.objects.get()
        assert (plan.country, plan.probation_until, plan.steps.count()) == ("US", date(2027, 3, 31), 1)

    @pytest.mark.parametrize(
        "said", [{"probation_until": "2026-12-01"}, {"country": "XX"}, {"template": 987654321}]
    )
    def test_what_cannot_be_is_refused(self, olga, owner, said):
        assert post(olga, "start", **BY_HAND, manager=owner.pk, **said).status_code == 422
        assert not Onboarding.objects.exists()

    def test_another_companys_plan_is_refused(self, olga, owner):
        other = plans.default_version(make_company("Rival")).template
        assert post(olga, "start", **BY_HAND, manager=owner.pk, template=other.pk).status_code == 422


class TestThePlanPage:
    def test_says_what_a_step_waits_for(self, company, owner, olga, clock):
        template = planning.make(company, by=owner, name="Two")
        first = planning.add_step(template, by=owner, values=values(title="Tools"))
        planning.add_step(template, by=owner, values=values(rule=Rule.AFTER, after=first.ref, number=1))
        planning.save(template, by=owner, seen=None)
        plan = make_onboarding(company, manager=owner, template=template)
        assert "1 working day after “Tools”" in page(olga, "plan", plan.pk)
        steps.tick(plan.steps.get(title="Tools"), by=plan.hire)
        assert "1 working day after “Tools”" not in page(olga, "plan", plan.pk)

    def test_warns_only_where_a_buddy_has_something_to_do(self, plan, olga, manager):
        Onboarding.objects.filter(pk=plan.pk).update(buddy=None)
        assert "Nobody is buddy yet" in page(olga, "plan", plan.pk)
        plan.steps.filter(partner="buddy").delete()
        assert "Nobody is buddy yet" not in page(olga, "plan", plan.pk)

    def test_says_nothing_of_roles_to_an_owner_who_is_alone(self, plan, olga):
        assert "Nobody is buddy yet" not in page(olga, "plan", plan.pk)

    def test_of_ones_own_text_to_read_is_confirmed_by_reading_it(self, company, owner, hire, clock):
        template = planning.make(company, by=owner, name="One")
        said = values(title="House rules", body="Shoes off.", kind=Kind.ACK)
        planning.add_step(template, by=owner, values=said)
        planning.save(template, by=owner, seen=None)
        plan = make_onboarding(company, hire, owner, template=template)
        step = Step.objects.select_related("onboarding").get(onboarding=plan)
        assert steps.acknowledge(step, by=hire, subject="", number=0, body="Shoes off.") is True
        assert today.progress(plan.steps.all()).percent == 100


def many(plan, count):
    plan.steps.all().delete()
    Step.objects.bulk_create(
        Step(company=plan.company, onboarding=plan, title=f"Step {n}", number=1, due_on=MONDAY, position=n)
        for n in range(count)
    )


class TestWhatItCosts:
    @pytest.mark.parametrize("count", [10, 500])
    def test_the_managers_page_of_a_long_plan(self, plan, olga, count, django_assert_max_num_queries):
        many(plan, count)
        page(olga, "plan", plan.pk)
        with django_assert_max_num_queries(IDENTITY + 12):
            page(olga, "plan", plan.pk)

    @pytest.mark.parametrize("count", [10, 500])
    def test_the_hires_day_and_a_tick(self, plan, hire, sign_in, count, django_assert_max_num_queries):
        many(plan, count)
        sara = sign_in(hire)
        page(sara, "today")
        with django_assert_max_num_queries(IDENTITY + 6):
            page(sara, "today")
        address = reverse("onboarding:tick", args=[plan.steps.earliest("pk").pk])
        with CaptureQueriesContext(connection) as found:
            sara.post(address, headers={"HX-Request": "true"})
        asked = [query for query in found.captured_queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= IDENTITY + 5


class TestProgress:
    def test_reaches_exactly_100_when_all_required_is_done_and_not_before(self, plan, owner):
        required = list(plan.steps.filter(required=True).order_by("pk"))
        *most, last = required
        Step.objects.filter(pk__in=[step.pk for step in most]).update(
            state=State.DONE, completed_at="2026-12-07T12:00Z"
        )
        assert today.progress(plan.steps.all()).percent < 100
        Step.objects.filter(pk=last.pk).update(state=State.DONE, completed_at="2026-12-07T12:00Z")
        assert today.progress(plan.steps.all()).percent == 100


def test_a_day_off_is_added_once_to_a_plan_that_is_being_moved(plan, company, owner):
    plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
    shopdays.add(company, by=owner, day=MONDAY + timedelta(days=8))
    plan.refresh_from_db()
    assert plan.days_off.count("2026-12-15") == 1
