"""Plans that are begun, moved, changed and ended: what is copied, what is kept, and days that cannot be."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import team
from accounts.models import Membership, Role
from mailroom.models import Mail
from onboarding import arrivals, defaults, plans, questions, steps
from onboarding.kinds import Kind, Part, Rule, State, When
from onboarding.models import Onboarding, PlanTemplate, PlanVersion, Step, TemplateStep
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db

WEEKS = st.sets(st.integers(0, 6), min_size=1).map(sorted)


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def post(client, name, pk=None, /, **data):
    return client.post(reverse(f"onboarding:{name}", args=[pk] if pk else []), data)


def text(response) -> str:
    return response.content.decode()


class TestTheSnapshot:
    def test_copies_every_word_and_rule_of_the_version(self, plan):
        template = {row.position: row for row in plan.version.steps.all()}
        for step in plan.steps.all():
            assert [getattr(step, name) for name in plans.COPIED] == [
                getattr(template[step.position], name) for name in plans.COPIED
            ]

    def test_is_the_versions_own_company(self, plan, company):
        rows = [*plan.steps.all(), *plan.version.steps.all(), plan.version, plan.version.template]
        assert {row.company_id for row in rows} == {company.pk}

    def test_one_template_and_one_version_however_many_begin(self, company, clock):
        for _ in range(3):
            make_onboarding(company)
        assert (PlanTemplate.objects.count(), PlanVersion.objects.count()) == (1, 1)

    def test_each_company_has_its_own(self, company, clock):
        make_onboarding(company)
        make_onboarding(make_company("Rival"))
        assert sorted(PlanTemplate.objects.values_list("company", flat=True)) == sorted(
            Onboarding.objects.values_list("company", flat=True)
        )

    def test_a_template_renamed_and_emptied_changes_no_plan(self, plan):
        before = list(plan.steps.order_by("pk").values_list("title", "due_on"))
        TemplateStep.objects.update(title="Other", number=3)
        PlanTemplate.objects.update(name="Other")
        assert list(plan.steps.order_by("pk").values_list("title", "due_on")) == before

    def test_a_template_deleted_takes_nothing_finished_along(self, plan, hire):
        steps.tick(step_of(plan, "values"), by=hire)
        PlanTemplate.objects.all().delete()
        plan.refresh_from_db()
        assert (plan.version, step_of(plan, "values").state) == (None, State.DONE)

    def test_the_next_start_after_that_makes_the_default_again(self, plan, company):
        PlanTemplate.objects.all().delete()
        again = make_onboarding(company)
        assert again.steps.filter(key="values").count() == 1

    def test_two_default_plans_are_refused_by_the_database(self, plan, company):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanTemplate.objects.create(company=company, is_default=True)

    @pytest.mark.parametrize(("remote", "there"), [(True, When.REMOTE), (False, When.ON_SITE)])
    def test_only_what_applies_is_copied(self, company, clock, remote, there):
        onboarding = make_onboarding(company, remote=remote)
        keys = set(onboarding.steps.values_list("key", flat=True))
        by_when = {
            when: {row.key for row in onboarding.version.steps.filter(when=when)} for when in When.values
        }
        absent = When.ON_SITE if remote else When.REMOTE
        assert by_when[there] <= keys
        assert by_when[absent] & keys == set()

    @pytest.mark.parametrize(
        "skill", ["Writes clearly", "x" * 400, "<b>Bold</b>", "50 % more", "{{ macro }}", "清楚"]
    )
    def test_any_weak_skill_becomes_a_step(self, company, clock, skill):
        onboarding = make_onboarding(company, weak_skills=[skill])
        step = onboarding.steps.get(about=skill[:200])
        assert skill[:50] in step.label

    def test_no_weak_skill_is_no_step(self, plan):
        assert plan.steps.exclude(about="").count() == 0


class TestDueDays:
    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(weekdays=WEEKS, ahead=st.integers(0, 400))
    def test_nothing_is_required_of_the_hire_before_the_start(self, company, weekdays, ahead):
        start = MONDAY + timedelta(days=ahead)
        for row in defaults.PLAN:
            due = TemplateStep(rule=row.rule, number=row.number).due(start, weekdays)
            if row.owner == Part.HIRE and row.required:
                assert due >= start, row.key

    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(weekdays=WEEKS)
    def test_every_step_falls_on_a_day_they_work_or_on_the_start(self, company, weekdays):
        for row in defaults.PLAN:
            due = TemplateStep(rule=row.rule, number=row.number).due(MONDAY, weekdays)
            assert due == MONDAY or due.weekday() in weekdays, row.key

    @pytest.mark.parametrize(
        ("rule", "number", "due"),
        [
            (Rule.DAY, 1, "2026-12-07"),
            (Rule.DAY, 5, "2026-12-11"),
            (Rule.DAY, 6, "2026-12-14"),
            (Rule.DAY, -1, "2026-12-04"),
            (Rule.DAY, -10, "2026-11-23"),
            (Rule.CALENDAR, 30, "2027-01-06"),
            (Rule.CALENDAR, 34, "2027-01-08"),
            (Rule.WEEK, 1, "2026-12-11"),
            (Rule.WEEK, 2, "2026-12-18"),
        ],
    )
    def test_by_each_rule(self, rule, number, due):
        assert TemplateStep(rule=rule, number=number).due(MONDAY, [0, 1, 2, 3, 4]).isoformat() == due

    def test_a_three_day_week_is_given_its_own_days(self, company, clock):
        onboarding = make_onboarding(company, weekdays=[0, 2, 4])
        found = {step.due_on.weekday() for step in onboarding.steps.filter(rule=Rule.DAY, number__gt=0)}
        assert found <= {0, 2, 4}

    def test_weekdays_are_kept_in_order(self, company, clock):
        assert make_onboarding(company, weekdays=[4, 0, 2]).weekdays == [0, 2, 4]


class TestAnotherFirstDay:
    def test_moves_what_is_open_by_its_rule(self, plan, owner):
        moved = plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
        assert moved == plan.steps.count()
        assert step_of(plan, "values").due_on == MONDAY + timedelta(days=7)

    def test_leaves_what_is_done_skipped_or_of_their_own(self, plan, owner, hire):
        steps.tick(step_of(plan, "values"), by=hire)
        steps.skip(step_of(plan, "tone_guide"), by=owner, reason="None yet")
        own = plans.add(plan, by=owner, title="Cake", owner=Part.HIRE, due_on=MONDAY)
        before = [step_of(plan, key).due_on for key in ("values", "tone_guide")]
        plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=14))
        own.refresh_from_db()
        assert [step_of(plan, key).due_on for key in ("values", "tone_guide")] == before
        assert own.due_on == MONDAY

    def test_forgives_what_would_have_been_missed(self, plan, owner, clock):
        clock.move_to("2026-12-20 08:00 +0000")
        plans.move_start(plan, by=owner, start_date=date(2026, 12, 7))
        assert step_of(plan, "values").missed is True
        plans.move_start(plan, by=owner, start_date=date(2027, 1, 4))
        assert step_of(plan, "values").missed is False

    def test_to_the_same_day_changes_no_step(self, plan, owner):
        before = list(plan.steps.order_by("pk").values_list("due_on", flat=True))
        plans.move_start(plan, by=owner, start_date=MONDAY)
        assert list(plan.steps.order_by("pk").values_list("due_on", flat=True)) == before

    @pytest.mark.parametrize("day", ["", "soon", "0001-01-01", "9999-12-31", "2026-02-30", "1999-01-01"])
    def test_an_impossible_one_is_refused_beside_the_field(self, plan, olga, day):
        answer = post(olga, "move_start", plan.pk, start_date=day)
        plan.refresh_from_db()
        assert (answer.status_code, "invalid-feedback" in text(answer), plan.start_date) == (
            422,
            True,
            MONDAY,
        )

    @pytest.mark.parametrize("years", [-9, 9])
    def test_some_years_off_is_possible(self, plan, olga, years):
        day = MONDAY.replace(year=MONDAY.year + years)
        assert post(olga, "move_start", plan.pk, start_date=day.isoformat()).status_code == 302

    def test_costs_the_same_for_a_long_plan(self, plan, owner):
        def queries(day):
            with CaptureQueriesContext(connection) as found:
                plans.move_start(plan, by=owner, start_date=day)
            return len(found)

        before = queries(MONDAY + timedelta(days=1))
        for n in range(10):
            plans.add(plan, by=owner, title=f"Step {n}", owner=Part.HIRE, due_on=MONDAY)
        assert queries(MONDAY + timedelta(days=2)) == before

    def test_a_new_hire_cannot(self, plan, hire, sign_in):
        assert post(sign_in(hire), "move_start", plan.pk, start_date="2027-01-11").status_code == 403
        plan.refresh_from_db()
        assert plan.start_date == MONDAY


class TestBegunByHand:
    def data(self, owner, **changes):
        return {
            "name": "Tomi", "email": "tomi@home.example", "job_title": "Packer", "start_date": "2027-01-11",
            "weekdays": ["0", "1", "2"], "manager": owner.pk,
        } | changes  # fmt: skip

    def test_invites_somebody_new(self, olga, owner):
        post(olga, "start", **self.data(owner))
        plan = Onboarding.objects.get()
        assert (plan.hire.email, plan.hire.role, plan.weekdays) == ("tomi@home.example", Role.HIRE, [0, 1, 2])

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"email": ""},
            {"email": "no address"},
            {"job_title": ""},
            {"job_title": "x" * 201},
            {"name": "a\x00b"},
            {"start_date": ""},
            {"start_date": "0001-01-01"},
            {"start_date": "9999-12-31"},
            {"weekdays": []},
            {"weekdays": ["7"]},
            {"weekdays": ["x"]},
            {"manager": ""},
            {"manager": "0"},
            {"member": "999999999"},
        ],
    )
    def test_odd_values_are_refused_and_kept(self, olga, owner, wrong):
        answer = post(olga, "start", **self.data(owner, **({"job_title": "Packer of parcels"} | wrong)))
        assert (answer.status_code, Onboarding.objects.count()) == (422, 0)
        assert "job_title" in wrong or "Packer of parcels" in text(answer)

    def test_the_address_in_capitals_is_the_same_person(self, olga, owner, manager):
        post(olga, "start", **self.data(owner, email=manager.email.upper()))
        assert Onboarding.objects.get().hire == manager
        assert Membership.objects.filter(email__iexact=manager.email).count() == 1

    def test_twice_is_once_and_says_so(self, olga, owner):
        answers = [post(olga, "start", **self.data(owner)).status_code for _ in range(2)]
        assert (answers, Onboarding.objects.count(), Membership.objects.count()) == ([302, 422], 1, 2)

    def test_another_companys_people_are_no_choice(self, olga, owner, rival):
        for field in ("manager", "member"):
            assert post(olga, "start", **self.data(owner, **{field: rival.pk})).status_code == 422
        assert Onboarding.objects.count() == 0

    def test_an_interviewer_manages_nobody(self, olga, owner, interviewer):
        assert post(olga, "start", **self.data(owner, manager=interviewer.pk)).status_code == 422

    @pytest.mark.parametrize("who", ["interviewer", "hire"])
    def test_is_for_those_who_lead(self, request, sign_in, owner, who):
        client = sign_in(request.getfixturevalue(who))
        assert post(client, "start", **self.data(owner)).status_code == 403
        assert Onboarding.objects.count() == 0


class TestAnEndedPlan:
    @pytest.fixture
    def ended(self, plan, owner):
        arrivals.end(plan, by=owner, reason="Took another job")
        plan.refresh_from_db()
        return plan

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("add_step", {"title": "Cake", "owner": "hire", "due_on": "2026-12-08", "minutes": "5"}),
            ("move_start", {"start_date": "2027-01-11"}),
            ("details", {"start_time": "09:00", "ask_until": "17:00", "send": "1"}),
            ("expectations", {"body": "Be kind", "seen": "0"}),
        ],
    )
    def test_stands_still(self, ended, olga, name, data):
        steps_before, mails = ended.steps.count(), Mail.objects.exclude(state="cancelled").count()
        assert post(olga, name, ended.pk, **data).status_code == 404
        assert (ended.steps.count(), Mail.objects.exclude(state="cancelled").count()) == (steps_before, mails)

    def test_can_still_be_read(self, ended, olga):
        assert "Took another job" in text(olga.get(reverse("onboarding:plan", args=[ended.pk])))

    def test_ended_again_is_ended_once(self, ended, olga):
        post(olga, "cancel", ended.pk, reason="Again")
        ended.refresh_from_db()
        assert (ended.cancel_reason, TrailEntry.objects.filter(action="onboarding.cancelled").count()) == (
            "Took another job", 1,
        )  # fmt: skip

    def test_its_questions_are_answered_no_more(self, plan, hire, owner, olga):
        question = questions.ask(plan, by=hire, body="Where is the printer?")
        arrivals.end(plan, by=owner, reason="Left")
        assert post(olga, "answer", question.pk, answer="There").status_code == 404
        assert Mail.objects.filter(message="onboarding_answer").count() == 0

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_needs_a_reason(self, plan, owner, olga, reason):
        with pytest.raises(plans.Refused):
            plans.cancel(plan, by=owner, reason=reason)
        assert post(olga, "cancel", plan.pk, reason=reason).status_code == 422
        plan.refresh_from_db()
        assert plan.cancelled_at is None

    def test_a_long_reason_is_cut_and_not_an_error(self, plan, owner):
        plans.cancel(plan, by=owner, reason="x" * 900)
        assert len(plan.cancel_reason) == 300

    def test_what_was_done_stays(self, plan, hire, owner):
        steps.tick(step_of(plan, "values"), by=hire)
        arrivals.end(plan, by=owner, reason="Left")
        assert step_of(plan, "values").state == State.DONE

    def test_makes_room_for_a_new_one(self, ended, company, hire, owner):
        Membership.objects.filter(pk=hire.pk).update(removed_at=None)
        assert make_onboarding(company, hire, owner).cancelled_at is None


class TestWhoLeavesTheTeam:
    @pytest.fixture
    def led(self, company, hire, owner, manager, clock):
        """Mika is Sara's manager and buddy."""
        onboarding = make_onboarding(company, hire, manager)
        Onboarding.objects.filter(pk=onboarding.pk).update(buddy=manager)
        return onboarding

    def test_a_managers_plans_go_to_an_owner(self, led, manager, owner):
        team.remove(manager, by=owner)
        led.refresh_from_db()
        assert (led.manager, led.buddy) == (owner, None)

    def test_nothing_is_mailed_to_them_any_more(self, led, manager, owner, hire):
        team.remove(manager, by=owner)
        steps.give(step_of(led, "paperwork"), by=hire)
        assert [mail.recipient for mail in Mail.objects.filter(message="onboarding_given")] == [owner.email]

    def test_an_ended_plan_stays_as_it_was(self, led, manager, owner):
        plans.cancel(led, by=owner, reason="Left")
        team.remove(manager, by=owner)
        led.refresh_from_db()
        assert led.manager == manager

    def test_the_trail_says_so(self, led, manager, owner):
        team.remove(manager, by=owner)
        entry = TrailEntry.objects.get(action="onboarding.handed_over")
        assert (
            (entry.object_id, entry.fields) == (led.pk, ["manager"]) if hasattr(entry, "object_id") else True
        )

    def test_a_colleague_who_leaves_changes_nothing(self, led, interviewer, owner, manager):
        team.remove(interviewer, by=owner)
        led.refresh_from_db()
        assert led.manager == manager

    def test_another_companys_plans_stay(self, led, manager, owner, rival):
        other = make_onboarding(rival.company, None, rival)
        team.remove(manager, by=owner)
        other.refresh_from_db()
        assert other.manager == rival


class TestOwnSteps:
    def data(self, **changes):
        return {"title": "Cake", "owner": "hire", "due_on": "2026-12-08", "minutes": "10"} | changes

    @pytest.mark.parametrize(
        "wrong",
        [
            {"title": ""},
            {"title": "x" * 201},
            {"title": "a\x00b"},
            {"owner": ""},
            {"owner": "boss"},
            {"due_on": ""},
            {"due_on": "0001-01-01"},
            {"due_on": "9999-12-31"},
            {"minutes": "0"},
            {"minutes": "481"},
            {"minutes": "ten"},
        ],
    )
    def test_odd_values_are_refused_and_the_rest_kept(self, plan, olga, wrong):
        before = plan.steps.count()
        answer = post(olga, "add_step", plan.pk, **self.data(**({"title": "Birthday cake"} | wrong)))
        assert (answer.status_code, plan.steps.count()) == (422, before)
        assert "title" in wrong or "Birthday cake" in text(answer)

    @pytest.mark.parametrize("part", Part.values)
    def test_for_each_part(self, plan, olga, part):
        post(olga, "add_step", plan.pk, **self.data(owner=part))
        assert plan.steps.get(title="Cake").owner == part

    def test_count_into_the_progress_and_can_be_late(self, plan, olga):
        post(olga, "add_step", plan.pk, **self.data())
        step = plan.steps.get(title="Cake")
        assert (step.required, step.is_late(date(2026, 12, 9)), step.is_late(date(2026, 12, 8))) == (
            True, True, False,
        )  # fmt: skip

    def test_are_single_sided_tasks(self, plan, olga):
        post(olga, "add_step", plan.pk, **self.data())
        step = plan.steps.get(title="Cake")
        assert (step.kind, step.two_sided, step.text) == (Kind.TASK, False, "")

    def test_of_the_past_never_ring(self, plan, olga):
        post(olga, "add_step", plan.pk, **self.data(due_on="2026-12-01"))
        assert plan.steps.get(title="Cake").missed is True

    def test_markup_in_a_title_is_text(self, plan, olga):
        post(olga, "add_step", plan.pk, **self.data(title="<script>alert(1)</script>"))
        page = text(olga.get(reverse("onboarding:plan", args=[plan.pk])))
        assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)

    def test_fields_the_form_does_not_show_change_nothing(self, plan, olga):
        post(olga, "add_step", plan.pk, **self.data(kind="gate", state="done", required="", company="999"))
        step = plan.steps.get(title="Cake")
        assert (step.kind, step.state, step.required, step.company_id) == (
            Kind.TASK, State.OPEN, True, plan.company_id,
        )  # fmt: skip


def test_a_plan_of_somebody_with_one_is_refused_by_the_database(plan, company, hire, owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_onboarding(company, hire, owner)


def test_steps_of_another_company_are_never_counted(plan, rival):
    make_onboarding(rival.company, None, rival)
    assert Step.objects.for_company(plan.company).count() == plan.steps.count()


def test_alone_an_owner_is_the_buddy(clock):
    company = make_company("Solo")
    owner = make_member(company, Role.OWNER)
    assert make_onboarding(company, None, owner).buddy == owner
