"""What the manager sees of everybody, questions and their answers, agreed words, the set-up list, and reminders."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Membership, Role
from mailroom.models import Mail
from onboarding import overview, plans, questions, reminders, setups, steps, words
from onboarding.kinds import Part, State
from onboarding.models import Onboarding, Question, Reminder, SetupItem, Step, Wording
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def text(response) -> str:
    return response.content.decode()


def keys(rows) -> list[str]:
    return [row.key for row in rows]


class TestTheMirror:
    def mirror(self, member):
        return overview.mirrors(member.company, member)

    def test_one_for_each_running_plan_newest_start_first(self, plan, company, owner):
        later = make_onboarding(company, start_date=MONDAY + timedelta(days=14))
        assert [row.onboarding for row in self.mirror(owner)] == [later, plan]

    def test_none_for_an_ended_one(self, plan, owner):
        plans.cancel(plan, by=owner, reason="Left")
        assert self.mirror(owner) == []

    def test_nobody_mirrors_themselves(self, company, owner, manager, clock):
        own = make_onboarding(company, owner, manager)
        assert (self.mirror(owner), [row.onboarding for row in self.mirror(manager)]) == ([], [own])

    @pytest.mark.parametrize(
        ("who", "sees"), [("owner", 1), ("manager", 1), ("interviewer", 0), ("hire", 0), ("rival", 0)]
    )
    def test_for_those_who_may(self, request, plan, who, sees):
        assert len(self.mirror(request.getfixturevalue(who))) == sees

    def test_a_buddy_sees_their_own(self, plan, interviewer):
        Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
        assert len(self.mirror(interviewer)) == 1

    @pytest.mark.parametrize(
        ("now", "day", "starts_in"),
        [
            ("2026-12-04 09:00", 0, 3),
            ("2026-12-07 09:00", 1, 0),
            ("2026-12-12 09:00", 5, 0),
            ("2026-12-14 09:00", 6, 0),
        ],
    )
    def test_counts_days_before_and_after(self, plan, owner, clock, now, day, starts_in):
        clock.move_to(f"{now} +0000")
        row = self.mirror(owner)[0]
        assert (row.day, row.starts_in) == (day, starts_in)

    def test_what_was_given_waits_with_its_words(self, plan, hire, owner):
        steps.give(step_of(plan, "practice_late"), by=hire, body="Sorry, it is late.")
        row = self.mirror(owner)[0]
        assert [(step.key, step.said) for step in row.waiting] == [("practice_late", "Sorry, it is late.")]

    def test_given_without_words_has_none(self, plan, hire, owner):
        steps.give(step_of(plan, "paperwork"), by=hire)
        assert self.mirror(owner)[0].waiting[0].said is None

    def test_the_newest_words_are_shown(self, plan, hire, owner):
        steps.give(step_of(plan, "practice_late"), by=hire, body="First")
        steps.send_back(step_of(plan, "practice_late"), by=owner, message="Warmer")
        steps.give(step_of(plan, "practice_late"), by=hire, body="Second")
        assert self.mirror(owner)[0].waiting[0].said == "Second"

    def test_the_hires_late_steps_and_the_managers_own_are_apart(self, plan, owner, clock):
        clock.move_to("2026-12-09 09:00 +0000")
        row = self.mirror(owner)[0]
        assert ({step.owner for step in row.late}, {step.owner for step in row.mine}) == (
            {"hire"},
            {"manager"},
        )
        assert all(step.due_on < date(2026, 12, 9) for step in row.late)

    def test_skipped_steps_are_not_asked_for(self, plan, owner):
        before = self.mirror(owner)[0].progress.total
        steps.skip(step_of(plan, "tone_guide"), by=owner, reason="None yet")
        assert self.mirror(owner)[0].progress.total == before - 1

    def test_calls_are_what_asks_for_something(self, plan, hire, owner):
        before = self.mirror(owner)[0].calls
        questions.ask(plan, by=hire, body="Where?")
        steps.give(step_of(plan, "paperwork"), by=hire)
        assert self.mirror(owner)[0].calls == before + 2

    @pytest.mark.parametrize("n", [1, 3])
    def test_costs_the_same_for_every_number(self, company, owner, clock, django_assert_num_queries, n):
        for _ in range(n):
            questions.ask(make_onboarding(company, None, owner), by=owner, body="Where?")
        with django_assert_num_queries(3):  # plans with people, unfinished steps, questions
            overview.mirrors(company, owner)


class TestQuestions:
    def ask(self, client, body):
        return client.post(reverse("onboarding:ask"), {"body": body})

    def answer(self, client, question, body="In the cellar"):
        return client.post(reverse("onboarding:answer", args=[question.pk]), {"answer": body})

    @pytest.mark.parametrize("body", ["", "   ", "x" * 2_001, "a\x00b"])
    def test_odd_ones_are_refused_beside_the_field(self, plan, hire, sign_in, body):
        answer = self.ask(sign_in(hire), body)
        mails = Mail.objects.filter(message="onboarding_question").count()
        assert (answer.status_code, Question.objects.count(), mails) == (422, 0, 0)

    def test_asked_twice_while_it_waits_is_one(self, plan, hire, sign_in):
        client = sign_in(hire)
        for _ in range(2):
            self.ask(client, "Where is the printer?")
        assert Question.objects.count() == 1

    def test_asked_again_after_the_answer_is_another(self, plan, hire, owner):
        first = questions.ask(plan, by=hire, body="Where?")
        questions.answer(first, by=owner, body="There")
        questions.ask(plan, by=hire, body="Where?")
        assert Question.objects.count() == 2

    def test_the_same_words_of_two_hires_are_two(self, plan, company, hire, owner):
        other = make_onboarding(company, None, owner)
        for row in (plan, other):
            questions.ask(row, by=row.hire, body="Where?")
        assert Question.objects.count() == 2

    @pytest.mark.parametrize("body", ["", "  ", "x" * 4_001, "a\x00b"])
    def test_odd_answers_are_refused(self, plan, hire, olga, body):
        question = questions.ask(plan, by=hire, body="Where?")
        assert self.answer(olga, question, body).status_code == 422
        question.refresh_from_db()
        assert question.answered_at is None

    def test_the_first_answer_counts_and_the_second_is_shown_again(self, plan, hire, olga, manager, sign_in):
        question = questions.ask(plan, by=hire, body="Where?")
        self.answer(olga, question, "In the cellar")
        second = self.answer(sign_in(manager), question, "On the roof")
        question.refresh_from_db()
        assert (second.status_code, question.answer, "On the roof" in text(second)) == (
            409,
            "In the cellar",
            True,
        )

    @pytest.mark.parametrize(("who", "status"), [("hire", 403), ("interviewer", 403), ("rival", 404)])
    def test_are_answered_by_those_who_lead(self, request, plan, hire, sign_in, who, status):
        question = questions.ask(plan, by=hire, body="Where?")
        assert self.answer(sign_in(request.getfixturevalue(who)), question).status_code == status

    def test_a_buddy_may_answer(self, plan, hire, interviewer, sign_in):
        Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
        question = questions.ask(plan, by=hire, body="Where?")
        assert self.answer(sign_in(interviewer), question).status_code == 302

    def test_macros_and_markup_are_text_on_both_sides(self, plan, hire, olga, sign_in):
        question = questions.ask(plan, by=hire, body="{{ customer.first_name }} <b>why</b>")
        page = text(olga.get(reverse("onboarding:home")))
        assert ("{{ customer.first_name }}" in page, "<b>why</b>" in page) == (True, False)
        self.answer(olga, question, "<i>so</i> {{ x }}")
        page = text(sign_in(hire).get(reverse("onboarding:ask")))
        assert ("{{ x }}" in page, "<i>so</i>" in page) == (True, False)

    def test_somebody_without_a_plan_asks_nobody(self, interviewer, sign_in):
        answer = self.ask(sign_in(interviewer), "Where?")
        assert (answer.status_code, Question.objects.count()) == (200, 0)


class TestAgreedWords:
    def write(self, company, by, body, seen, onboarding=None, subject="ask_first"):
        return words.write(
            company=company, subject=subject, by=by, body=body, seen=seen, onboarding=onboarding
        )

    def test_versions_count_up_for_each_subject(self, company, owner):
        numbers = [self.write(company, owner, f"Rule {n}", n).number for n in range(3)]
        assert (numbers, words.ask_first(company.pk).body) == ([1, 2, 3], "Rule 2")

    @pytest.mark.parametrize("seen", [0, 2, 99])
    def test_an_older_or_unknown_page_wins_nothing(self, company, owner, seen):
        self.write(company, owner, "First", 0)
        with pytest.raises(words.Changed):
            self.write(company, owner, "Mine", seen)
        assert words.ask_first(company.pk).body == "First"

    def test_the_same_words_are_no_version(self, company, owner):
        self.write(company, owner, "First", 0)
        assert self.write(company, owner, "First", 1).number == 1
        assert Wording.objects.count() == 1

    def test_the_suggested_words_become_a_version_when_saved(self, company, owner):
        assert self.write(company, owner, words.ask_first(company.pk).body, 0).number == 1

    def test_expectations_of_two_people_are_two(self, plan, company, owner):
        other = make_onboarding(company, None, owner)
        self.write(company, owner, "For Sara", 0, plan, "expectations")
        assert words.current(other, "expectations").body == ""

    def test_two_companies_have_their_own(self, company, owner, rival):
        self.write(company, owner, "Ours", 0)
        assert words.ask_first(rival.company_id).number == 0

    @pytest.mark.parametrize(
        "data", [{"body": ""}, {"body": "x" * 8_001}, {"body": "a\x00b"}, {"seen": "x"}, {"seen": "-1"}]
    )
    def test_odd_ones_are_refused(self, company, olga, data):
        answer = olga.post(reverse("onboarding:edit_ask_first"), {"body": "Rules", "seen": "0"} | data)
        assert (answer.status_code, Wording.objects.count()) == (422, 0)

    def test_the_database_takes_one_of_each_number(self, company, owner):
        self.write(company, owner, "First", 0)
        with pytest.raises(IntegrityError), transaction.atomic():
            Wording.objects.create(company=company, subject="ask_first", number=1, body="x", by=owner)

    def test_a_hire_reads_and_does_not_write_them(self, plan, hire, sign_in):
        client = sign_in(hire)
        assert client.get(reverse("onboarding:ask_first")).status_code == 200
        assert (
            client.post(reverse("onboarding:edit_ask_first"), {"body": "x", "seen": "0"}).status_code == 403
        )


class TestTheSetUpList:
    def prepare(self, company, ref="job:1"):
        return setups.prepare(company=company, job_ref=ref, job_title="Support")

    def test_is_made_once_for_each_job(self, company):
        rows = [self.prepare(company, ref).pk for ref in ("job:1", "job:1", "job:2")]
        assert (rows[0] == rows[1], rows[0] == rows[2]) == (True, False)

    def test_every_item_has_words(self, company):
        assert all(item.label and item.text for item in self.prepare(company).items.all())

    @pytest.mark.parametrize(
        ("before", "done", "changed"),
        [(False, True, True), (True, True, False), (True, False, True), (False, False, False)],
    )
    def test_is_marked_once(self, company, owner, before, done, changed):
        item = self.prepare(company).items.earliest("position")
        if before:
            setups.mark(item, by=owner, done=True)
        trail = TrailEntry.objects.count()
        assert setups.mark(item, by=owner, done=done) is changed
        item.refresh_from_db()
        assert (item.done_at is not None, item.done_by, TrailEntry.objects.count() - trail) == (
            done, owner if done else None, int(changed),
        )  # fmt: skip

    @pytest.mark.parametrize("seats", ["0", "-1", "501", "x", "", "99999", "1.5", "٣"])
    def test_odd_numbers_of_seats_are_one(self, company, olga, seats):
        setup = self.prepare(company)
        answer = olga.get(reverse("onboarding:setup", args=[setup.pk]), {"seats": seats})
        assert answer.context["seats"] == 1

    @pytest.mark.parametrize("name", ["setup", "setup_done", "setup_undone"])
    @pytest.mark.parametrize(("who", "status"), [("hire", 403), ("interviewer", 403), ("rival", 404)])
    def test_is_for_those_who_lead(self, request, company, sign_in, name, who, status):
        setup = self.prepare(company)
        pk = setup.pk if name == "setup" else setup.items.earliest("position").pk
        client = sign_in(request.getfixturevalue(who))
        answer = (
            client.get(reverse(f"onboarding:{name}", args=[pk]))
            if name == "setup"
            else client.post(reverse(f"onboarding:{name}", args=[pk]))
        )
        assert (answer.status_code, SetupItem.objects.exclude(done_at=None).count()) == (status, 0)


class TestReminders:
    @pytest.fixture
    def late(self, plan, clock):
        """Tuesday morning: the first day's steps are late."""
        clock.move_to("2026-12-08 09:30 +0000")
        return plan

    def test_go_to_whose_turn_it_is_once(self, late, hire, owner):
        first, again = reminders.send(), reminders.send()
        told = set(Mail.objects.filter(message="onboarding_late").values_list("recipient", flat=True))
        assert (first > 0, again, told) == (True, 0, {hire.email, owner.email})

    @pytest.mark.parametrize(("hour", "rings"), [(8, False), (9, True), (17, True), (18, False), (23, False)])
    def test_ring_by_day_only(self, plan, clock, hour, rings):
        clock.move_to(f"2026-12-08 {hour:02}:30 +0000")
        assert (reminders.send() > 0) is rings

    def test_are_one_row_for_each_step(self, late):
        reminders.send()
        assert Reminder.objects.count() == Reminder.objects.values("step").distinct().count() > 1

    def test_a_step_given_is_the_partners_turn(self, late, hire, owner):
        Step.objects.exclude(key="paperwork").update(required=False)
        steps.give(step_of(late, "paperwork"), by=hire)
        reminders.send()
        assert [row.recipient for row in Reminder.objects.all()] == [owner]

    def test_a_buddy_who_is_not_there_is_the_manager(self, late, owner):
        Step.objects.exclude(key="values").update(required=False)
        Step.objects.filter(key="values").update(owner=Part.BUDDY)
        Onboarding.objects.filter(pk=late.pk).update(buddy=None)
        reminders.send()
        assert [row.recipient for row in Reminder.objects.all()] == [owner]

    def test_nobody_outside_the_team_is_written_to(self, late, hire):
        Membership.objects.filter(pk=hire.pk).update(removed_at="2026-12-08T08:00Z")
        reminders.send()
        assert hire.email not in Mail.objects.filter(message="onboarding_late").values_list(
            "recipient", flat=True
        )

    @pytest.mark.parametrize("state", [State.DONE, State.SKIPPED])
    def test_what_is_finished_is_silent(self, late, state):
        Step.objects.update(state=state, skip_reason="x")
        assert reminders.send() == 0

    @pytest.mark.parametrize("batch", [1, 2, 200])
    def test_batches_reach_everybody_once(self, company, owner, plan, clock, batch):
        clock.move_to("2026-11-20 08:00 +0000")
        people = [make_onboarding(company, make_member(company, Role.HIRE), owner) for _ in range(3)]
        clock.move_to("2026-12-08 09:30 +0000")
        reminders.send(batch=batch)
        told = Reminder.objects.filter(step__owner=Part.HIRE).values("recipient").distinct().count()
        assert told == len(people) + 1
