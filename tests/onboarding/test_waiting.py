"""A question that waits is said once more, then to whoever steps in; and the evening of a first day."""

import email
from datetime import date, time, timedelta
from email import policy

import pytest
from django.utils import timezone

from accounts.models import Membership, Role
from mailroom.models import Mail, Notice
from onboarding import answering, evenings, plans, questions, steps, tasks, waiting
from onboarding.models import Onboarding, Question, Step
from tests.factories import make_member
from tests.onboarding.factories import make_onboarding, step_of

pytestmark = pytest.mark.django_db
OFFICE = {day: (time(9), time(17)) for day in range(5)}


@pytest.fixture
def question(plan, hire, clock):
    clock.move_to("2026-12-07 10:00 +0000")
    return questions.ask(plan, by=hire, body="Where is the {{ printer }}?")


def name_hours(member, **fields):
    values = {"windows": OFFICE, "usual_minutes": None, "stand_in": None, "away_until": None, "seen": None}
    return answering.name_hours(member, **(values | fields))


def words(mail) -> str:
    message = email.message_from_bytes(bytes(mail.body), policy=policy.default)
    return message.get_body(("plain",)).get_content()


def told(message="onboarding_waits"):
    return list(Mail.objects.filter(message=message).order_by("pk").values_list("recipient", flat=True))


class TestTheManager:
    @pytest.mark.parametrize(("now", "mails"), [("10:59", 0), ("11:00", 1), ("12:00", 1)])
    def test_hears_of_it_after_an_hour(self, question, clock, now, mails):
        clock.move_to(f"2026-12-07 {now} +0000")
        assert (waiting.send(), len(told())) == (mails, mails)

    def test_hears_of_it_once(self, question, clock, owner):
        for minutes in (60, 65, 600, 6000):
            clock.move_to(question.asked_at + timedelta(minutes=minutes))
            waiting.send()
        assert told() == [owner.email]

    def test_not_in_the_night(self, plan, hire, clock):
        clock.move_to("2026-12-07 16:40 +0000")
        questions.ask(plan, by=hire, body="Where?")
        clock.move_to("2026-12-08 09:30 +0000")
        assert waiting.send() == 0
        clock.move_to("2026-12-08 09:40 +0000")
        assert waiting.send() == 1

    def test_the_hours_are_the_managers_own(self, question, clock, owner):
        name_hours(owner, windows={1: (time(9), time(17))})
        clock.move_to("2026-12-07 16:00 +0000")
        assert waiting.send() == 0
        clock.move_to("2026-12-08 10:00 +0000")
        assert waiting.send() == 1

    def test_none_after_the_answer(self, question, clock, owner):
        questions.answer(question, by=owner, body="Here")
        clock.move_to("2026-12-08 12:00 +0000")
        assert (waiting.send(), told()) == (0, [])

    def test_one_that_has_not_left_stays_when_it_was_answered(self, question, clock, owner):
        clock.move_to("2026-12-07 11:30 +0000")
        waiting.send()
        questions.answer(question, by=owner, body="Here")
        assert Mail.objects.get(message="onboarding_waits").state == "cancelled"
        assert not Notice.objects.filter(kind="question_waits", handled_at=None).exists()

    def test_none_of_an_ended_plan(self, question, plan, clock, owner):
        plans.cancel(plan, by=owner, reason="Left")
        clock.move_to("2026-12-08 12:00 +0000")
        assert waiting.send() == 0

    def test_none_of_a_shop_that_closes(self, question, company, clock):
        company.closes_at = timezone.now() + timedelta(days=20)
        company.save()
        clock.move_to("2026-12-08 12:00 +0000")
        assert waiting.send() == 0

    def test_in_their_language_and_on_their_clock(self, question, clock, owner):
        owner.user.language, owner.user.timezone = "sv", "Pacific/Honolulu"
        owner.user.save()
        name_hours(owner, windows={day: (time(0), time(23, 59)) for day in range(7)})
        clock.move_to("2026-12-07 11:30 +0000")
        waiting.send()
        mail = Mail.objects.get(message="onboarding_waits")
        assert (mail.language, " 0:00" in words(mail)) == ("sv", True)

    def test_words_are_shown_as_typed(self, question, clock):
        clock.move_to("2026-12-07 11:30 +0000")
        waiting.send()
        assert "Where is the {{ printer }}?" in words(Mail.objects.get(message="onboarding_waits"))


class TestWhoeverStepsIn:
    def test_hears_of_it_an_hour_later_once(self, question, clock, owner, interviewer):
        name_hours(owner, stand_in=interviewer)
        counts = []
        for minutes in (60, 119, 120, 500, 5000):
            clock.move_to(question.asked_at + timedelta(minutes=minutes))
            counts.append(waiting.send())
        assert (counts, told("onboarding_step_in")) == ([1, 0, 1, 0, 0], [interviewer.email])

    def test_at_once_while_the_manager_is_away(self, question, clock, owner, interviewer):
        name_hours(owner, stand_in=interviewer, away_until=date(2026, 12, 9))
        waiting.send()
        assert (told(), told("onboarding_step_in")) == ([], [interviewer.email])

    def test_nobody_when_nobody_is_named(self, question, clock):
        clock.move_to("2026-12-09 12:00 +0000")
        assert (waiting.send(), told("onboarding_step_in")) == (1, [])

    def test_nobody_who_has_left(self, question, clock, owner, interviewer):
        name_hours(owner, stand_in=interviewer)
        Membership.objects.filter(pk=interviewer.pk).update(removed_at=timezone.now())
        clock.move_to("2026-12-09 12:00 +0000")
        waiting.send()
        assert told("onboarding_step_in") == []

    def test_none_after_the_answer(self, question, clock, owner, interviewer):
        name_hours(owner, stand_in=interviewer)
        questions.answer(question, by=owner, body="Here")
        clock.move_to("2026-12-09 12:00 +0000")
        assert waiting.send() == 0


class TestTheRun:
    @pytest.mark.parametrize("hires", [1, 10])
    def test_costs_the_same_for_every_number_of_hires(
        self, company, owner, clock, hires, django_assert_num_queries
    ):
        for _ in range(hires):
            row = make_onboarding(company, None, owner)
            questions.ask(row, by=row.hire, body="Where?")
        with django_assert_num_queries(1 + 2):  # and the transaction's own two
            assert waiting.send() == 0

    @pytest.mark.parametrize("batch", [1, 2, 200])
    def test_batches_reach_every_question_once(self, plan, hire, clock, batch):
        clock.move_to("2026-12-07 10:00 +0000")
        for n in range(3):
            questions.ask(plan, by=hire, body=f"Question {n}")
        clock.move_to("2026-12-07 11:00 +0000")
        assert (waiting.send(batch=batch), len(told())) == (3, 3)

    def test_runs_by_itself(self, question, clock):
        clock.move_to("2026-12-07 11:30 +0000")
        tasks.remind_of_questions()
        assert Question.objects.get().reminded_at == timezone.now()


class TestTheEveningOfTheFirstDay:
    def mail(self):
        return Mail.objects.get(message="onboarding_evening")

    @pytest.mark.parametrize(
        ("now", "count"),
        [("12-07 17:59", 0), ("12-07 18:00", 1), ("12-08 09:59", 1), ("12-08 10:00", 0), ("12-09 18:00", 0)],
    )
    def test_is_told_on_that_evening_only(self, plan, clock, now, count):
        clock.move_to(f"2026-{now} +0000")
        assert evenings.send() == count

    def test_to_the_manager_only_and_once(self, plan, manager, owner, clock):
        clock.move_to("2026-12-07 18:30 +0000")
        assert [evenings.send(), evenings.send()] == [1, 0]
        assert self.mail().recipient == owner.email

    @pytest.mark.parametrize(
        ("asked", "subject"),
        [
            (0, "Sara: 1 of 7, no question open."),
            (1, "Sara: 1 of 7, 1 question open."),
            (2, "Sara: 1 of 7, 2 questions open."),
        ],
    )
    def test_says_how_far_and_what_is_open(self, plan, hire, clock, asked, subject):
        steps.tick(step_of(plan, "values"), by=hire)
        for n in range(asked):
            questions.ask(plan, by=hire, body=f"Question {n}")
        clock.move_to("2026-12-07 18:30 +0000")
        evenings.send()
        assert self.mail().subject == subject

    def test_says_how_it_was_in_the_hires_words(self, plan, hire, clock):
        clock.move_to("2026-12-07 16:40 +0000")
        steps.give(step_of(plan, "day_one"), by=hire, mood="mixed", body="{{ returns }} <b>why</b>")
        clock.move_to("2026-12-07 18:30 +0000")
        evenings.send()
        assert "How was day one? Mixed" in words(self.mail())
        assert "{{ returns }} <b>why</b>" in words(self.mail())

    def test_says_that_nothing_was_said(self, plan, clock):
        clock.move_to("2026-12-07 18:30 +0000")
        evenings.send()
        assert "How it was has not been said yet." in words(self.mail())

    @pytest.mark.parametrize(
        ("zone", "moment"),
        [("Pacific/Auckland", "2026-12-07 05:00"), ("Pacific/Honolulu", "2026-12-08 04:00")],
    )
    def test_the_evening_is_the_hires(self, plan, hire, clock, zone, moment):
        hire.user.timezone = zone
        hire.user.save()
        clock.move_to(f"{moment} +0000")
        early = timezone.now() - timedelta(minutes=1)
        clock.move_to(early)
        assert evenings.send() == 0
        clock.move_to(early + timedelta(minutes=1))
        assert evenings.send() == 1

    def test_not_of_an_ended_plan(self, plan, owner, clock):
        plans.cancel(plan, by=owner, reason="Left")
        clock.move_to("2026-12-07 18:30 +0000")
        assert evenings.send() == 0

    def test_counts_seven_of_seven(self, plan, hire, owner, clock):
        Step.objects.filter(onboarding=plan, owner=Role.HIRE).exclude(
            key__in=["values", "tone_guide"]
        ).update(due_on=date(2026, 12, 20))
        for key in ("values", "tone_guide"):
            steps.tick(step_of(plan, key), by=hire)
        clock.move_to("2026-12-07 18:30 +0000")
        tasks.tell_evenings()
        assert self.mail().subject == "Sara: 2 of 2, no question open."

    @pytest.mark.parametrize("hires", [1, 3])
    def test_costs_the_same_for_every_number(self, company, owner, clock, hires, django_assert_num_queries):
        for _ in range(hires):
            make_onboarding(company, make_member(company, Role.HIRE), owner)
        with django_assert_num_queries(1 + 2):
            assert evenings.send() == 0
        assert not Onboarding.objects.exclude(evening_told_at=None).exists()
