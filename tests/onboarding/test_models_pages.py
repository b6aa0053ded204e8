"""What the database itself refuses of a plan, and its pages for everybody who may and may not open them."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from onboarding import practice, steps, words
from onboarding.kinds import Kind, Part, State
from onboarding.models import (
    Acknowledgement,
    Onboarding,
    PlanVersion,
    Reminder,
    Review,
    SetupItem,
    SetupList,
    Step,
    StepAnswer,
)
from onboarding.templatetags import plan_days
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of

pytestmark = pytest.mark.django_db


def refuses(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def text(response) -> str:
    return response.content.decode()


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("values", "bad"),
        [
            ({"state": "lost"}, True),
            ({"state": "skipped"}, True),
            ({"state": "skipped", "skip_reason": "By post"}, False),
            ({"completed_at": "2026-12-07T08:00Z"}, True),
            ({"state": "done", "completed_at": "2026-12-07T08:00Z"}, False),
            ({"state": "submitted", "completed_at": "2026-12-07T08:00Z"}, True),
        ],
    )
    def test_a_step_agrees_with_itself(self, plan, values, bad):
        row = Step.objects.filter(pk=step_of(plan, "values").pk)
        assert refuses(lambda: row.update(**values)) is bad

    def test_one_running_plan_each(self, plan, company, hire, owner):
        assert refuses(lambda: make_onboarding(company, hire, owner))

    def test_one_plan_for_each_reference(self, plan, company):
        Onboarding.objects.filter(pk=plan.pk).update(reference="a5")
        assert refuses(lambda: make_onboarding(company, reference="a5"))

    def test_one_version_of_each_number(self, plan):
        assert refuses(
            lambda: PlanVersion.objects.create(company=plan.company, template=plan.version.template)
        )

    def test_one_answer_of_each_number(self, plan, hire):
        values = {"company": plan.company, "step": step_of(plan, "practice_late"), "number": 1, "by": hire}
        StepAnswer.objects.create(**values)
        assert refuses(lambda: StepAnswer.objects.create(**values))

    def test_one_reminder_of_a_step_each(self, plan, hire):
        values = {"company": plan.company, "step": step_of(plan, "values"), "recipient": hire}
        Reminder.objects.create(**values)
        assert refuses(lambda: Reminder.objects.create(**values))

    def test_a_changed_reply_says_why(self, plan, hire):
        step = step_of(plan, "practice_late")
        draft = StepAnswer.objects.create(company=plan.company, step=step, number=1, by=hire)
        values = {"company": plan.company, "step": step, "draft": draft, "body": "x", "changed": True}
        assert refuses(lambda: Review.objects.create(**values))

    def test_one_list_for_each_job_and_one_item_of_each_kind(self, company):
        setup = SetupList.objects.create(company=company, job_ref="1", job_title="x")
        assert refuses(lambda: SetupList.objects.create(company=company, job_ref="1", job_title="x"))
        SetupItem.objects.create(company=company, setup=setup, key="a")
        assert refuses(lambda: SetupItem.objects.create(company=company, setup=setup, key="a"))

    def test_people_of_a_plan_are_not_deleted_from_under_it(self, plan):
        for person in (plan.hire, plan.manager):
            with pytest.raises(ProtectedError):
                person.delete()

    def test_what_was_read_goes_with_the_plan_only(self, plan, hire):
        shown = words.of_step(step_of(plan, "ask_first"))
        steps.acknowledge(
            step_of(plan, "ask_first"), by=hire, subject=shown.subject, number=0, body=shown.body
        )
        Acknowledgement.objects.get()
        plan.delete()
        assert Acknowledgement.objects.count() == 0


class TestSteps:
    @pytest.mark.parametrize("kind", Kind.values)
    @pytest.mark.parametrize("partner", ["", "manager"])
    def test_have_two_sides_with_a_partner_and_something_to_hand_over(self, kind, partner):
        handed = {"handover", "ack", "form", "review", "reply"}
        assert Step(kind=kind, partner=partner).two_sided is (bool(partner) and kind in handed)

    @pytest.mark.parametrize(
        ("state", "finished", "undone", "waits"),
        [
            ("open", False, True, "hire"),
            ("returned", False, True, "hire"),
            ("submitted", False, False, "manager"),
            ("done", True, False, "hire"),
            ("skipped", True, False, "hire"),
        ],
    )
    def test_know_whose_turn_it_is(self, state, finished, undone, waits):
        step = Step(state=state, owner=Part.HIRE, partner=Part.MANAGER)
        assert (step.finished, step.undone, step.waits_for) == (finished, undone, waits)

    @pytest.mark.parametrize(
        ("fields", "late"),
        [
            ({}, True),
            ({"required": False}, False),
            ({"missed": True}, False),
            ({"state": State.DONE}, False),
            ({"state": State.SUBMITTED}, True),
            ({"due_on": date(2026, 12, 8)}, False),
        ],
    )
    def test_are_late_when_required_and_past(self, fields, late):
        values = {"state": State.OPEN, "required": True, "due_on": MONDAY} | fields
        assert Step(**values).is_late(date(2026, 12, 8)) is late

    def test_own_words_win_over_the_catalogue(self):
        assert Step(key="values", title="Ours").label == "Ours"
        assert Step(key="values", title="Ours").text == ""
        assert Step(key="values", title="Ours", body="Our body").text == "Our body"

    @pytest.mark.parametrize(
        ("number", "dial"), [("+358 (40) 12-34", "+358401234"), ("", ""), ("call me", "")]
    )
    def test_a_number_as_a_telephone_takes_it(self, number, dial):
        assert Onboarding(phone=number).dial == dial


class TestZones:
    @pytest.mark.parametrize(
        ("person", "company_zone", "found"),
        [
            ("Asia/Tokyo", "Europe/Helsinki", "Asia/Tokyo"),
            ("", "Europe/Helsinki", "Europe/Helsinki"),
            ("", "Nowhere/Here", "UTC"),
            ("Nowhere/Here", "Europe/Helsinki", "UTC"),
        ],
    )
    def test_the_day_is_the_hires(self, plan, hire, company, person, company_zone, found):
        type(hire.user).objects.filter(pk=hire.user_id).update(timezone=person)
        type(company).objects.filter(pk=company.pk).update(timezone=company_zone)
        assert Onboarding.objects.with_people().get(pk=plan.pk).zone.key == found

    def test_somebody_who_has_not_come_in_has_the_companys(self, company, owner, clock):
        waiting = make_member(company, Role.HIRE)
        type(waiting).objects.filter(pk=waiting.pk).update(user=None)
        plan = make_onboarding(company, waiting, owner)
        assert Onboarding.objects.with_people().get(pk=plan.pk).zone.key == company.timezone


class TestPages:
    @pytest.fixture
    def people(self, plan, company, hire, owner, manager, interviewer, rival):
        Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
        tomi = make_member(company, Role.HIRE, "tomi@lumi.example")
        return {
            "hire": hire,
            "owner": owner,
            "manager": manager,
            "buddy": interviewer,
            "tomi": tomi,
            "rival": rival,
        }

    @pytest.mark.parametrize(
        ("name", "answers"),
        [
            ("plan", {"owner": 200, "manager": 200, "buddy": 200, "hire": 403, "tomi": 403, "rival": 404}),
            ("details", {"owner": 200, "manager": 200, "buddy": 403, "hire": 403, "tomi": 403, "rival": 404}),
            (
                "expectations",
                {"owner": 200, "manager": 200, "buddy": 403, "hire": 403, "tomi": 403, "rival": 404},
            ),
        ],
    )
    def test_of_a_plan(self, plan, people, sign_in, name, answers):
        found = {
            who: sign_in(member).get(reverse(f"onboarding:{name}", args=[plan.pk])).status_code
            for who, member in people.items()
        }
        assert found == answers

    @pytest.mark.parametrize(
        ("key", "readers"),
        [
            ("paperwork", {"owner", "manager", "hire"}),
            ("accounts_given", {"owner", "manager"}),
            ("values", {"owner", "manager", "hire"}),
        ],
    )
    def test_of_a_step_are_for_those_it_concerns(self, plan, people, sign_in, key, readers):
        address = reverse("onboarding:step", args=[step_of(plan, key).pk])
        assert {
            who for who, member in people.items() if sign_in(member).get(address).status_code == 200
        } == readers

    @pytest.mark.parametrize("name", ["today", "ask", "me", "ask_first", "home"])
    def test_of_ones_own_are_there_for_everybody(self, plan, people, sign_in, name):
        answers = {
            sign_in(member).get(reverse(f"onboarding:{name}")).status_code for member in people.values()
        }
        assert answers <= {200, 302}

    @pytest.mark.parametrize("name", ["today", "me"])
    def test_today_and_me_are_only_read(self, plan, hire, sign_in, name):
        assert sign_in(hire).post(reverse(f"onboarding:{name}")).status_code == 405

    def test_everything_typed_is_text_on_the_steps_page(self, plan, hire, owner, sign_in):
        steps.give(step_of(plan, "practice_late"), by=hire, body="<script>alert(1)</script> {{ x }}")
        page = text(sign_in(owner).get(reverse("onboarding:step", args=[step_of(plan, "practice_late").pk])))
        assert ("<script>alert" in page, "{{ x }}" in page) == (False, True)

    def test_a_foreign_and_an_unknown_plan_have_the_same_bytes(self, plan, rival, sign_in):
        client = sign_in(rival)
        pages = [client.get(reverse("onboarding:plan", args=[pk])).content for pk in (plan.pk, 999_999_999)]
        assert pages[0] == pages[1]

    @pytest.mark.parametrize("n", [1, 3])
    def test_home_costs_the_same(self, company, owner, sign_in, clock, django_assert_num_queries, n):
        for _ in range(n):
            make_onboarding(company, None, owner)
        client = sign_in(owner)
        client.get(reverse("onboarding:home"))
        with django_assert_num_queries(3 + 4):
            client.get(reverse("onboarding:home"))


class TestDaysInWords:
    @pytest.mark.parametrize(
        ("language", "long", "short"),
        [
            ("en", "Monday, December 7", "Mon, Dec 7"),
            ("fi", "maanantai 7. joulukuuta", "ma 7.12."),
            ("pl", "poniedziałek, 7 grudnia", "pon., 7 gru"),
            ("zh-hans", "12月7日星期一", "12月7日周一"),
        ],
    )
    def test_in_the_readers_order(self, language, long, short):
        with translation.override(language):
            assert (plan_days.long_day(MONDAY), plan_days.short_day(MONDAY)) == (long, short)

    @pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans", "xx", ""])
    def test_never_fail_and_never_name_the_year(self, language):
        with translation.override(language or None):
            assert "2026" not in plan_days.long_day(MONDAY)

    def test_no_day_is_empty(self):
        assert (plan_days.long_day(None), plan_days.short_day(None), plan_days.clock(None)) == ("", "", "")

    def test_the_clock_has_24_hours(self):
        assert [plan_days.clock(time(h, 5)) for h in (0, 9, 23)] == ["0:05", "9:05", "23:05"]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("same", "same", [("same", "same")]),
        ("", "new", [("new", "new")]),
        ("old", "", [("gone", "old")]),
        ("a b", "a c", [("same", "a "), ("gone", "b"), ("new", "c")]),
        ("您好吗", "您很好", None),
        ("<b>", "<i>", [("gone", "<b>"), ("new", "<i>")]),
    ],
)
def test_a_difference_can_be_put_together_again(before, after, pieces):
    found = practice.difference(before, after)
    assert pieces is None or found == pieces
    assert "".join(words for kind, words in found if kind != "new") == before
    assert "".join(words for kind, words in found if kind != "gone") == after
