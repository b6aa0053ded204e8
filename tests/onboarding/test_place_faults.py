"""Faults seen in other systems, each on the new hire's own page: the name says what must not happen here."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from onboarding import plans, questions, steps
from onboarding.kinds import State
from onboarding.models import Onboarding, Point, Step, StepEvent
from tests.onboarding.factories import MONDAY, make_onboarding, step_of

pytestmark = pytest.mark.django_db
IDENTITY = 3  # session, user, membership with company


def main(response) -> str:
    html = response.content.decode().split("<main", 1)[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def press(client, verb, step, **headers):
    return client.post(reverse(f"onboarding:{verb}", args=[step.pk]), headers=headers)


@pytest.fixture
def sara(plan, hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


def today(client) -> str:
    return main(client.get(reverse("onboarding:today")))


def many(plan, count, due_on=MONDAY):
    """A plan of so many steps of the hire."""
    first = plan.steps.filter(key="values").get()
    Step.objects.filter(onboarding=plan).exclude(pk=first.pk).delete()
    Step.objects.bulk_create(
        Step(company=plan.company, onboarding=plan, title=f"Step {n}", position=n, due_on=due_on)
        for n in range(1, count)
    )
    return first


class TestProgress:
    def test_is_not_stale_after_a_tick(self, plan, sara):
        fragment = press(sara, "tick", step_of(plan, "values"), **{"HX-Request": "true"})
        assert re.search(r"(\d+) of \d+ steps", fragment.content.decode())[1] == "1"

    @pytest.mark.parametrize("count", [3, 7, 51])
    def test_is_not_stuck_at_98(self, plan, sara, hire, count):
        many(plan, count)
        for step in Step.objects.filter(onboarding=plan).select_related("onboarding"):
            steps.tick(step, by=hire)
        assert 'value="100"' in sara.get(reverse("onboarding:today")).content.decode()

    def test_is_not_100_one_step_before_the_end(self, plan, sara, hire):
        many(plan, 250)
        rows = list(Step.objects.filter(onboarding=plan).select_related("onboarding").order_by("pk"))
        Step.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(
            state=State.DONE, completed_at="2026-12-07T06:00Z"
        )
        assert 'value="99"' in sara.get(reverse("onboarding:today")).content.decode()


class TestDoneWork:
    def test_does_not_vanish_when_its_day_has_passed(self, plan, hire, clock, sign_in):
        steps.tick(step_of(plan, "values"), by=hire)
        clock.move_to("2027-01-20 09:00 +0000")
        assert "Read what matters to us" in today(sign_in(hire)).split("Done on earlier days")[1]

    def test_survives_the_template_it_came_from(self, plan, hire, sara):
        steps.tick(step_of(plan, "values"), by=hire)
        plan.version.template.delete()
        assert step_of(plan, "values").state == State.DONE
        assert "Done today" in today(sara)

    def test_keeps_its_answers_when_it_is_opened_again(self, plan, hire, owner):
        steps.give(step_of(plan, "review_30"), by=hire, body="All is well")
        steps.receive(step_of(plan, "review_30"), by=owner)
        steps.unreceive(step_of(plan, "review_30"), by=owner)
        steps.send_back(step_of(plan, "review_30"), by=owner, message="More")
        assert step_of(plan, "review_30").answers.get().body == "All is well"


class TestTicking:
    def test_takes_one_request(self, plan, sara):
        fragment = press(sara, "tick", step_of(plan, "values"), **{"HX-Request": "true"})
        assert (fragment.status_code, step_of(plan, "values").state) == (200, State.DONE)

    def test_from_two_devices_is_one_tick(self, plan, hire, sign_in):
        phone, laptop = sign_in(hire), sign_in(hire)
        step = step_of(plan, "values")
        answers = [press(client, "tick", step, **{"HX-Request": "true"}) for client in (phone, laptop)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert StepEvent.objects.filter(step=step).count() == 1

    def test_and_unticking_from_two_devices_ends_as_the_last_one_said(self, plan, hire, sign_in):
        phone, laptop = sign_in(hire), sign_in(hire)
        step = step_of(plan, "values")
        for client, verb in ((phone, "tick"), (laptop, "untick"), (phone, "untick"), (laptop, "tick")):
            press(client, verb, step, **{"HX-Request": "true"})
        assert (step_of(plan, "values").state, StepEvent.objects.count()) == (State.DONE, 3)

    def test_is_taken_back_at_any_time(self, plan, hire, sara, clock):
        steps.tick(step_of(plan, "values"), by=hire)
        clock.move_to("2026-12-09 09:00 +0000")
        press(sara, "untick", step_of(plan, "values"))
        assert step_of(plan, "values").state == State.OPEN

    def test_a_step_left_out_meanwhile_says_so(self, plan, owner, sara):
        step = step_of(plan, "values")
        steps.leave_out(step, by=owner)
        answer = press(sara, "tick", step, **{"HX-Request": "true"})
        assert answer.status_code == 409
        assert "This step has changed meanwhile." in answer.content.decode()


class TestTheDay:
    """Near midnight it is the day where the person is."""

    ZONES = [
        ("Pacific/Auckland", "2026-12-07 10:59", "2026-12-07 11:00"),
        ("Pacific/Honolulu", "2026-12-08 09:59", "2026-12-08 10:00"),
        ("Europe/Helsinki", "2026-12-07 21:59", "2026-12-07 22:00"),
    ]

    @pytest.mark.parametrize(("zone", "before", "after"), ZONES)
    def test_is_not_the_servers(self, plan, hire, sign_in, clock, zone, before, after):
        hire.user.timezone = zone
        hire.user.save()
        clock.move_to(f"{before} +0000")
        first = today(sign_in(hire))
        clock.move_to(f"{after} +0000")
        second = today(sign_in(hire))
        assert ("Your first day." in first, "Day 2 at Lumi." in second) == (True, True)

    @pytest.mark.parametrize(("zone", "before", "after"), ZONES)
    def test_of_a_tick_is_the_hires(self, plan, hire, sign_in, clock, zone, before, after):
        hire.user.timezone = zone
        hire.user.save()
        clock.move_to(f"{before} +0000")
        steps.tick(step_of(plan, "values"), by=hire)
        assert "Done today" in today(sign_in(hire))
        clock.move_to(f"{after} +0000")
        assert "Done today" not in today(sign_in(hire))

    @pytest.mark.parametrize(("zone", "before", "after"), ZONES)
    def test_makes_nothing_late_before_it_is_over_there(
        self, plan, hire, sign_in, clock, zone, before, after
    ):
        hire.user.timezone = zone
        hire.user.save()
        clock.move_to(f"{before} +0000")
        assert "from yesterday" not in today(sign_in(hire))
        clock.move_to(f"{after} +0000")
        assert "from yesterday. No hurry." in today(sign_in(hire))


class TestLate:
    def test_of_yesterday_is_said_kindly(self, plan, hire, sign_in, clock):
        Step.objects.exclude(key__in=["values", "tone_guide"]).update(due_on=MONDAY + timedelta(days=1))
        clock.move_to("2026-12-08 08:00 +0000")
        assert "2 from yesterday. No hurry." in today(sign_in(hire))

    def test_of_longer_ago_is_said_kindly(self, plan, hire, sign_in, clock):
        Step.objects.exclude(key="values").update(due_on=date(2026, 12, 9))
        clock.move_to("2026-12-09 08:00 +0000")
        assert "1 is from an earlier day. No hurry." in today(sign_in(hire))

    @pytest.mark.parametrize("hour", ["07:30", "18:30"])
    def test_is_never_said_on_day_one(self, plan, hire, sign_in, clock, hour):
        clock.move_to(f"2026-12-07 {hour} +0000")
        assert "No hurry" not in today(sign_in(hire))


class TestTheFirstEvening:
    def test_what_is_unclear_lies_on_the_next_meeting(self, plan, sara, hire, clock):
        clock.move_to("2026-12-07 16:40 +0000")
        address = reverse("onboarding:give", args=[step_of(plan, "day_one").pk])
        for _ in range(2):
            sara.post(address, {"mood": "mixed", "body": "Where do {{ returns }} go?"})
        point = Point.objects.get()
        assert (point.text, point.by, point.source) == ("Where do {{ returns }} go?", hire, "questions")

    def test_nothing_unclear_is_no_point(self, plan, sara, clock):
        clock.move_to("2026-12-07 16:40 +0000")
        sara.post(reverse("onboarding:give", args=[step_of(plan, "day_one").pk]), {"mood": "good"})
        assert Point.objects.count() == 0


class TestWhenToAskFirst:
    def test_is_confirmed_on_its_own_page(self, plan, sara):
        page = sara.get(reverse("onboarding:ask_first"))
        assert "I have read it" in main(page)
        sara.post(reverse("onboarding:acknowledge", args=[step_of(plan, "ask_first").pk]), {"number": "0"})
        again = main(sara.get(reverse("onboarding:ask_first")))
        assert ("I have read it" in again, "You read this version on Monday, December 7." in again) == (
            False,
            True,
        )

    def test_says_that_there_is_a_newer_one(self, plan, sara, company, owner):
        from onboarding import words

        sara.post(reverse("onboarding:acknowledge", args=[step_of(plan, "ask_first").pk]), {"number": "0"})
        words.write(company=company, subject="ask_first", by=owner, body="Over 50 EUR: ask.", seen=0)
        assert "You read an earlier version on Monday" in main(sara.get(reverse("onboarding:ask_first")))
        assert "There is a newer version" in main(sara.get(reverse("onboarding:me")))

    def test_who_leads_reads_it_without_a_button_to_confirm(self, plan, owner, sign_in):
        assert "I have read it" not in main(sign_in(owner).get(reverse("onboarding:ask_first")))

    def test_is_pinned_to_ask(self, plan, sara):
        assert reverse("onboarding:ask_first") in sara.get(reverse("onboarding:ask")).content.decode()


class TestWhatWasReadAndGiven:
    def test_stands_on_me_with_the_words_as_they_stood(self, plan, sara, hire):
        sara.post(reverse("onboarding:acknowledge", args=[step_of(plan, "ask_first").pk]), {"number": "0"})
        steps.give(step_of(plan, "bank_details"), by=hire)
        page = main(sara.get(reverse("onboarding:me")))
        assert "a custom order;" in page.split("What was read")[1]
        assert "Bank details for pay Given" in page

    def test_and_before_whoever_leads(self, plan, sara, owner, sign_in):
        client, address = sign_in(owner), reverse("onboarding:record", args=[plan.pk])
        assert "Read “When to ask first”" in main(client.get(address)).split("Not read yet")[1]
        sara.post(reverse("onboarding:acknowledge", args=[step_of(plan, "ask_first").pk]), {"number": "0"})
        assert "a custom order;" in main(client.get(address)).split("What was read")[1]

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_the_same_for_every_number(
        self, plan, owner, hire, sign_in, count, django_assert_num_queries
    ):
        client, step = sign_in(owner), step_of(plan, "ask_first")
        for n in range(count):
            plan.acknowledgements.create(
                company=plan.company, step=step, subject="ask_first", number=n, body="x", by=hire
            )
        client.get("/")
        with django_assert_num_queries(IDENTITY + 4):
            client.get(reverse("onboarding:record", args=[plan.pk]))


class TestWhatItCosts:
    @pytest.mark.parametrize("count", [10, 500])
    def test_today(self, plan, sara, count, django_assert_num_queries):
        many(plan, count)
        with django_assert_num_queries(IDENTITY + 4):
            sara.get(reverse("onboarding:today"))

    @pytest.mark.parametrize("count", [10, 500])
    @pytest.mark.parametrize("verb", ["tick", "untick"])
    def test_a_tick_and_taking_it_back(self, plan, hire, sara, count, verb, django_assert_num_queries):
        step = many(plan, count)
        if verb == "untick":
            steps.tick(step, by=hire)
        with django_assert_num_queries(IDENTITY + 5 + 2):  # and BEGIN and COMMIT, as savepoints here
            press(sara, verb, step, **{"HX-Request": "true"})

    @pytest.mark.parametrize("count", [10, 500])
    def test_shows_seven_at_most(self, plan, sara, count):
        many(plan, count)
        page = sara.get(reverse("onboarding:today")).content.decode()
        listed = page.split('id="today-list"')[1].split("</ul>")[0]
        assert listed.count("<li") == 7


class TestNobodyElses:
    @pytest.mark.parametrize("name", ["step", "tick", "untick", "give", "fill", "acknowledge", "see"])
    def test_step_by_any_address(self, plan, company, owner, sara, name):
        other = make_onboarding(company, None, owner)
        address = reverse(f"onboarding:{name}", args=[step_of(other, "paperwork").pk])
        answer = sara.get(address) if name == "step" else sara.post(address)
        assert (answer.status_code, StepEvent.objects.count()) == (403, 0)

    @pytest.mark.parametrize("name", ["plan", "record", "compose", "details", "expectations"])
    def test_pages_of_whoever_leads(self, plan, sara, name):
        assert sara.get(reverse(f"onboarding:{name}", args=[plan.pk])).status_code == 403

    def test_questions_of_others_are_not_on_ask(self, plan, company, owner, sara):
        other = make_onboarding(company, None, owner)
        questions.ask(other, by=other.hire, body="A secret of somebody else")
        assert "A secret" not in main(sara.get(reverse("onboarding:ask")))

    def test_two_plans_one_after_the_other_show_the_running_one(self, plan, hire, owner, sara):
        plans.cancel(plan, by=owner, reason="Began anew")
        make_onboarding(plan.company, hire, owner, job_title="Second try")
        assert "Second try" in main(sara.get(reverse("onboarding:me")))
        assert Onboarding.objects.count() == 2


@pytest.mark.parametrize("name", ["today", "ask", "me", "ask_first"])
def test_the_bar_stands_in_its_order_on_every_page_of_the_hire(plan, sara, name):
    page = sara.get(reverse(f"onboarding:{name}")).content.decode()
    bar = page.split('<nav class="fh-bottombar')[1].split("</nav>")[0]
    words = re.findall(r"</svg>\s*([^<]+?)\s*</a>", bar)
    order = ["Today", "Ask", "Handbook", "Replies", "Me"]
    assert words == [word for word in order if word in words]
    assert {"Today", "Ask", "Me"} <= set(words)
