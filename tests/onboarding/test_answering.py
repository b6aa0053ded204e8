"""The card that says who to ask: hours, usual answer time, who steps in; and the page on which it is filled in."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from mailroom.models import Mail
from onboarding import answering, plans, questions, steps
from onboarding.kinds import State
from onboarding.models import AnswerHours, Onboarding, Question, StepEvent
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
IDENTITY = 3
OFFICE = {day: (time(9), time(17)) for day in range(5)}


def name_hours(member, **fields):
    values = {"windows": OFFICE, "usual_minutes": None, "stand_in": None, "away_until": None, "seen": None}
    return answering.name_hours(member, **(values | fields))


def fresh(plan):
    return Onboarding.objects.with_people().get(pk=plan.pk)


def card(plan, **counted):
    return answering.card(fresh(plan), **counted)


def seen(client, name="ask"):
    main = client.get(reverse(f"onboarding:{name}")).content.decode().split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def answered_after(plan, hire, owner, clock, *minutes):
    """Questions of this morning at ten, each answered so many minutes later."""
    for n in minutes:
        clock.move_to("2026-12-07 10:00 +0000")
        question = questions.ask(plan, by=hire, body=f"Question {n}")
        clock.move_to(timezone.now() + timedelta(minutes=n))
        questions.answer(question, by=owner, body="So")


class TestTheCard:
    def test_before_the_hours_of_the_day(self, plan, owner, hire, sign_in):
        assert "Olga answers today from 9:00 to 17:00." in seen(sign_in(hire))

    def test_within_them(self, plan, hire, sign_in, clock):
        clock.move_to("2026-12-07 12:00 +0000")
        assert "Olga answers until 17:00." in seen(sign_in(hire))

    def test_after_them(self, plan, hire, sign_in, clock):
        clock.move_to("2026-12-11 18:00 +0000")
        assert "Olga answers again on Monday, December 14 from 9:00." in seen(sign_in(hire))

    def test_away(self, plan, owner, hire, manager, sign_in):
        name_hours(owner, away_until=timezone.localdate() + timedelta(days=4), stand_in=manager)
        page = seen(sign_in(hire))
        assert "Olga is away until Friday, December 11. Mika steps in." in page

    def test_back_the_day_after(self, plan, owner, hire, sign_in, clock):
        name_hours(owner, away_until=timezone.localdate())
        clock.move_to("2026-12-08 10:00 +0000")
        assert "Olga answers until 17:00." in seen(sign_in(hire))

    def test_a_stand_in_is_not_named_while_the_manager_is_there(self, plan, owner, manager, clock):
        name_hours(owner, stand_in=manager)
        outside = card(plan).steps_in
        clock.move_to("2026-12-07 12:00 +0000")
        assert (outside, card(plan).steps_in) == (manager, None)

    def test_somebody_who_left_steps_in_no_more(self, plan, owner, manager):
        name_hours(owner, stand_in=manager)
        Membership.objects.filter(pk=manager.pk).update(removed_at=timezone.now())
        assert card(plan).steps_in is None

    def test_nobody_steps_in_for_their_own_question(self, company, owner, manager, clock):
        own = make_onboarding(company, manager, owner)
        name_hours(owner, stand_in=manager)
        assert card(own).steps_in is None

    @pytest.mark.parametrize(
        ("zone", "said"),
        [
            ("Pacific/Auckland", "Olga answers today from 22:00 to 6:00."),
            ("Pacific/Honolulu", "Olga answers again on Sunday, December 6 from 23:00."),
        ],
    )
    def test_hours_are_on_the_readers_clock(self, plan, hire, sign_in, zone, said, clock):
        clock.move_to("2026-12-07 05:00 +0000" if "Auck" in zone else "2026-12-06 05:00 +0000")
        hire.user.timezone = zone
        hire.user.save()
        page = seen(sign_in(hire))
        assert said in page
        assert "All times are on your own clock." in page

    def test_two_plans_of_one_manager_read_the_same_hours(self, plan, company, owner, clock):
        other = make_onboarding(company, None, owner)
        clock.move_to("2026-12-07 08:00 +0000")
        name_hours(owner, windows={0: (time(7, 45), time(11))})
        assert [card(row).until.strftime("%H:%M") for row in (plan, other)] == ["11:00", "11:00"]

    @pytest.mark.parametrize("until", [time(8), time(9), time(0, 30)])
    def test_a_plan_that_ends_early_has_hours_all_the_same(self, plan, until):
        Onboarding.objects.filter(pk=plan.pk).update(ask_until=until)
        assert card(plan).week[0][1].time() == until


class TestTheUsualWait:
    def test_two_answers_are_not_enough(self, plan, hire, owner, clock):
        answered_after(plan, hire, owner, clock, 10, 20)
        assert answering.usual_of(fresh(plan)) is None

    def test_from_three_on_it_is_the_median(self, plan, hire, owner, clock, sign_in):
        answered_after(plan, hire, owner, clock, 10, 30, 240)
        page = seen(sign_in(hire))
        assert "An answer usually comes within 30 minutes. Counted from the answers so far" in page

    def test_until_then_what_the_manager_says(self, plan, hire, owner, sign_in):
        name_hours(owner, usual_minutes=60)
        page = seen(sign_in(hire))
        assert ("An answer usually comes within 1 hour." in page, "Counted from" in page) == (True, False)

    def test_counted_wins_over_said(self, plan, hire, owner, clock):
        name_hours(owner, usual_minutes=480)
        answered_after(plan, hire, owner, clock, 10, 10, 10)
        assert card(plan, counted=answering.usual_of(fresh(plan))).usual == 10

    def test_nights_are_not_counted(self, plan, hire, owner, clock):
        for n in range(3):
            clock.move_to(f"2026-12-0{n + 7} 16:50 +0000")
            question = questions.ask(plan, by=hire, body=f"Question {n}")
            clock.move_to(f"2026-12-{n + 8:02} 09:10 +0000")
            questions.answer(question, by=owner, body="So")
        assert answering.usual_of(fresh(plan)) == 20

    def test_another_company_counts_for_itself(self, plan, hire, owner, clock):
        other = make_company("Other")
        boss = make_member(other, "owner")
        theirs = make_onboarding(other, None, boss)
        answered_after(theirs, theirs.hire, boss, clock, 10, 10, 10)
        assert answering.usual_of(fresh(plan)) is None

    def test_nothing_is_said_where_nothing_is_known(self, plan, hire, sign_in):
        assert "An answer usually comes" not in seen(sign_in(hire))


def posted(**fields):
    days = {f"from_{day}": "09:00" for day in range(5)} | {f"until_{day}": "17:00" for day in range(5)}
    return days | fields


class TestThePage:
    address = "/onboarding/answer-hours/"

    def test_begins_with_an_office_week(self, olga):
        page = olga.get(self.address).content.decode()
        assert page.count('value="09:00"') == 5

    def test_is_saved(self, olga, owner, manager):
        answer = olga.post(self.address, posted(usual_minutes="60", stand_in=manager.pk, until_4="12:00"))
        row = AnswerHours.objects.get()
        assert (answer.url, row.member, row.stand_in, row.usual_minutes) == (
            reverse("onboarding:home"), owner, manager, 60,
        )  # fmt: skip
        assert (row.windows["4"], "5" in row.windows) == (["09:00", "12:00"], False)

    def test_twice_is_one_row(self, olga):
        for _ in range(2):
            olga.post(self.address, posted())
        assert AnswerHours.objects.count() == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"until_0": ""},
            {"from_0": "18:00"},
            {"from_0": "17:00"},
            {"from_0": "x"},
            {"usual_minutes": "7"},
            {"stand_in": "987654321"},
            {"away_until": "2026-12-06"},
            {"away_until": "2126-12-06"},
            {"away_until": "soon"},
        ],
    )
    def test_odd_ones_are_refused_and_kept_as_typed(self, clock, olga, fields):
        answer = olga.post(self.address, posted(**fields))
        assert (answer.status_code, AnswerHours.objects.count()) == (422, 0)

    def test_a_week_without_hours_is_refused(self, olga):
        answer = olga.post(self.address, {"from_0": ""})
        assert "Name the hours of at least one day." in answer.content.decode()

    @pytest.mark.parametrize("who", ["hire", "rival", "owner"])
    def test_not_everybody_can_step_in(self, request, olga, who):
        other = request.getfixturevalue(who)
        answer = olga.post(self.address, posted(stand_in=other.pk))
        assert (answer.status_code, AnswerHours.objects.count()) == (422, 0)

    def test_two_tabs_see_each_other(self, olga):
        olga.post(self.address, posted(seen="0"))
        answer = olga.post(self.address, posted(seen="0", until_0="12:00"))
        assert (answer.status_code, AnswerHours.objects.get().windows["0"]) == (409, ["09:00", "17:00"])

    def test_everybody_has_their_own(self, olga, manager, sign_in):
        olga.post(self.address, posted())
        sign_in(manager).post(self.address, posted(until_0="12:00"))
        assert AnswerHours.objects.count() == 2

    def test_it_is_in_the_trail(self, olga):
        olga.post(self.address, posted())
        assert TrailEntry.objects.latest("pk").action == "answer_hours.named"

    @pytest.mark.parametrize("hires", [1, 3])
    def test_costs_the_same_for_every_team(self, company, olga, hires, django_assert_num_queries):
        for _ in range(hires):
            make_member(company, "interviewer")
        olga.get(self.address)
        with django_assert_num_queries(IDENTITY + 2):
            olga.get(self.address)


class TestWhoToAskTicksItself:
    def step(self, plan):
        return step_of(plan, "who_to_ask")

    def see(self, client, plan, **headers):
        return client.post(reverse("onboarding:see", args=[self.step(plan).pk]), headers=headers)

    def test_when_the_card_is_filled_in_and_seen(self, plan, owner, hire, sign_in):
        name_hours(owner)
        client = sign_in(hire)
        assert (
            f'hx-post="{reverse("onboarding:see", args=[self.step(plan).pk])}"'
            in client.get("/onboarding/ask/").content.decode()
        )
        answer = self.see(client, plan, **{"HX-Request": "true"}).content.decode()
        assert "Done: Who to ask, and how" in answer
        assert (self.step(plan).state, self.step(plan).completed_by) == (State.DONE, hire)

    def test_without_script_by_a_button(self, plan, owner, hire, sign_in):
        name_hours(owner)
        client = sign_in(hire)
        assert "I know who to ask" in seen(client)
        assert self.see(client, plan).url == reverse("onboarding:today")

    def test_not_before_somebody_filled_it_in(self, plan, hire, sign_in):
        client = sign_in(hire)
        assert "I know who to ask" not in seen(client)
        assert (self.see(client, plan).status_code, self.step(plan).state) == (422, State.OPEN)

    def test_twice_is_once(self, plan, owner, hire, sign_in):
        name_hours(owner)
        client = sign_in(hire)
        for _ in range(2):
            self.see(client, plan)
        assert StepEvent.objects.filter(action="see").count() == 1
        assert "I know who to ask" not in seen(client)

    def test_what_waited_for_the_manager_waits_no_more(self, plan, owner, hire, sign_in):
        steps.give(self.step(plan), by=hire)
        name_hours(owner)
        self.see(sign_in(hire), plan)
        assert self.step(plan).state == State.DONE
        assert Mail.objects.get(message="onboarding_given").state == "cancelled"

    @pytest.mark.parametrize("key", ["paperwork", "bank_details", "welcome"])
    def test_no_other_step_is_done_by_looking(self, plan, owner, hire, sign_in, key):
        name_hours(owner)
        step = step_of(plan, key)
        answer = sign_in(hire).post(reverse("onboarding:see", args=[step.pk]))
        assert (answer.status_code, step_of(plan, key).state) == (422, State.OPEN)

    def test_looking_alone_changes_nothing(self, plan, owner, hire, sign_in):
        name_hours(owner)
        sign_in(hire).get("/onboarding/ask/")
        assert self.step(plan).state == State.OPEN


class TestWhoStepsIn:
    """They read and answer the questions, and nothing else of the plan."""

    def test_answers_in_the_managers_place(self, plan, owner, hire, interviewer, sign_in):
        question = questions.ask(plan, by=hire, body="Where?")
        name_hours(owner, stand_in=interviewer)
        client, address = sign_in(interviewer), reverse("onboarding:answer", args=[question.pk])
        assert "Where?" in client.get(address).content.decode()
        client.post(address, {"answer": "Here"})
        assert Question.objects.get().answered_by == interviewer

    def test_does_not_see_the_plan(self, plan, owner, interviewer, sign_in):
        name_hours(owner, stand_in=interviewer)
        assert sign_in(interviewer).get(reverse("onboarding:plan", args=[plan.pk])).status_code == 403

    def test_no_longer_asked_no_longer_let_in(self, plan, owner, hire, interviewer, sign_in):
        question = questions.ask(plan, by=hire, body="Where?")
        name_hours(owner, stand_in=interviewer)
        name_hours(owner)
        address = reverse("onboarding:answer", args=[question.pk])
        assert sign_in(interviewer).get(address).status_code == 403

    def test_of_an_ended_plan_there_is_nothing(self, plan, owner, hire, interviewer, sign_in):
        question = questions.ask(plan, by=hire, body="Where?")
        name_hours(owner, stand_in=interviewer)
        plans.cancel(plan, by=owner, reason="Left")
        address = reverse("onboarding:answer", args=[question.pk])
        assert sign_in(interviewer).get(address).status_code == 404


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)
