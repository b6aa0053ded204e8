"""Who may make which move of which step: everybody against everything, and what is left when it was refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from mailroom.models import Mail
from onboarding import drafts, reviews, steps, words
from onboarding.kinds import Kind, Part, State
from onboarding.models import Onboarding, Step, StepAnswer, StepEvent
from tests.factories import make_member
from tests.onboarding.factories import make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(plan, company, hire, owner, manager, interviewer, rival):
    """Everybody there can be; the interviewer is Sara's buddy, Tomi another new hire."""
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    other = make_member(company, Role.INTERVIEWER, "nobody@lumi.example")
    tomi = make_member(company, Role.HIRE, "tomi@lumi.example")
    return {
        "hire": hire, "owner": owner, "manager": manager, "buddy": interviewer, "colleague": other,
        "tomi": tomi, "rival": rival,
    }  # fmt: skip


# Per side of a step that the hire owns with the manager as partner: who may.
HIRES = {
    "tick": {"hire", "owner", "manager"},
    "untick": {"hire", "owner", "manager"},
    "give": {"hire"},
    "take_back": {"hire"},
    "see": {"hire"},
    "receive": {"owner", "manager"},
    "unreceive": {"owner", "manager"},
    "send_back": {"owner", "manager"},
    "unreturn": {"owner", "manager"},
    "skip": {"owner", "manager"},
    "unskip": {"owner", "manager"},
    "leave_out": {"owner", "manager"},
    "put_back": {"owner", "manager"},
}


@pytest.mark.parametrize("action", steps.MOVES)
def test_a_step_of_the_hire_with_the_manager(plan, people, action):
    step = step_of(plan, "paperwork")
    assert {who for who, member in people.items() if steps.may(action, step, member)} == HIRES[action]


@pytest.mark.parametrize("action", steps.MOVES)
def test_a_step_of_the_hire_alone_is_touched_by_nobody_else(plan, people, action):
    step = step_of(plan, "values")
    alone = {"hire"} if steps.MOVES[action].side in (steps.OWNER, steps.EITHER) else set()
    bosses = {"owner", "manager"} if steps.MOVES[action].side == steps.BOSS else set()
    assert {who for who, member in people.items() if steps.may(action, step, member)} == alone | bosses


@pytest.mark.parametrize("action", ["tick", "untick", "give", "take_back"])
def test_a_step_of_the_manager_is_no_hires(plan, people, action):
    step = step_of(plan, "accounts_given")
    assert {who for who, member in people.items() if steps.may(action, step, member)} == {"owner", "manager"}


@pytest.mark.parametrize("action", ["tick", "untick"])
def test_a_step_with_the_buddy_is_the_buddys_and_whoever_leads(plan, people, action):
    step = step_of(plan, "mails_read")
    step.owner, step.partner = Part.BUDDY, ""
    assert {who for who, member in people.items() if steps.may(action, step, member)} == {
        "owner", "manager", "buddy",
    }  # fmt: skip


@pytest.mark.parametrize("action", steps.MOVES)
@pytest.mark.parametrize("who", ["colleague", "tomi", "rival"])
def test_strangers_are_refused_and_nothing_is_written(plan, people, action, who):
    move = steps.MOVES[action]
    key = "paperwork" if move.two_sided else "welcome"
    before = Step.objects.get(pk=step_of(plan, key).pk).state
    with pytest.raises(PermissionDenied):
        steps._move(action, step_of(plan, key), by=people[who], note="n")
    assert (step_of(plan, key).state, StepEvent.objects.count()) == (before, 0)


def test_the_hire_who_is_an_owner_leads_everybody_but_themselves(company, owner, manager, clock):
    own = make_onboarding(company, owner, manager)
    assert (steps.leads(owner, own), steps.leads(manager, own)) == (False, True)


def test_an_interviewer_who_is_buddy_does_not_lead(plan, people):
    plan.refresh_from_db()
    assert steps.leads(people["buddy"], plan) is False


def test_a_step_without_a_partner_is_received_by_nobody(plan, people):
    plan.refresh_from_db()
    assert [who for who, member in people.items() if steps.plays(member, plan, "")] == []


class TestVerbsByAddress:
    """The same by POST: 403 in one's own company, 404 from another, 405 by GET."""

    @pytest.mark.parametrize("verb", [*steps.MOVES, "review", "acknowledge"])
    def test_is_no_get(self, plan, sign_in, owner, verb):
        address = reverse(f"onboarding:{verb}", args=[step_of(plan, "paperwork").pk])
        assert sign_in(owner).get(address).status_code == 405

    @pytest.mark.parametrize("verb", [*steps.MOVES, "review", "acknowledge"])
    def test_another_hire_is_refused(self, plan, people, sign_in, verb):
        address = reverse(f"onboarding:{verb}", args=[step_of(plan, "paperwork").pk])
        assert sign_in(people["tomi"]).post(address, {"reason": "x", "message": "x"}).status_code == 403
        assert StepEvent.objects.count() == 0

    @pytest.mark.parametrize("verb", [*steps.MOVES, "review", "acknowledge"])
    def test_for_another_company_it_does_not_exist(self, plan, sign_in, rival, verb):
        address = reverse(f"onboarding:{verb}", args=[step_of(plan, "paperwork").pk])
        assert sign_in(rival).post(address, {"reason": "x", "message": "x"}).status_code == 404
        assert StepEvent.objects.count() == 0

    @pytest.mark.parametrize("verb", [*steps.MOVES, "review", "acknowledge"])
    def test_of_an_ended_plan_is_gone(self, plan, sign_in, owner, verb):
        address = reverse(f"onboarding:{verb}", args=[step_of(plan, "paperwork").pk])
        Onboarding.objects.filter(pk=plan.pk).update(cancelled_at="2026-12-07T08:00Z")
        assert sign_in(owner).post(address, {"reason": "x", "message": "x"}).status_code == 404


class TestOddWords:
    """What no form field looks at: NUL, endless texts, nothing."""

    def post(self, client, verb, step, **data):
        return client.post(reverse(f"onboarding:{verb}", args=[step.pk]), data)

    @pytest.mark.parametrize("reason", ["", "   ", "\n\t", "\x00"])
    def test_a_skip_without_words_is_refused(self, plan, sign_in, owner, reason):
        step = step_of(plan, "tone_guide")
        answer = self.post(sign_in(owner), "skip", step, reason=reason)
        assert (answer.status_code, step_of(plan, "tone_guide").state) == (422, State.OPEN)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("a\x00b", "ab"), ("two\nlines", "two lines"), ("x" * 900, "x" * 300), ("<b>no</b>", "<b>no</b>")],
    )
    def test_its_reason_is_one_plain_line(self, plan, sign_in, owner, typed, kept):
        self.post(sign_in(owner), "skip", step_of(plan, "tone_guide"), reason=typed)
        assert step_of(plan, "tone_guide").skip_reason == kept

    @pytest.mark.parametrize("message", ["", "  ", "\x00"])
    def test_sending_back_says_what_is_missing(self, plan, sign_in, owner, hire, message):
        steps.give(step_of(plan, "paperwork"), by=hire)
        answer = self.post(sign_in(owner), "send_back", step_of(plan, "paperwork"), message=message)
        assert (answer.status_code, step_of(plan, "paperwork").state) == (422, State.SUBMITTED)

    def test_a_reply_keeps_its_lines_and_loses_a_nul(self, plan, sign_in, hire):
        self.post(sign_in(hire), "give", step_of(plan, "practice_late"), body="Dear\x00 you,\n\nsorry.")
        assert StepAnswer.objects.get().body == "Dear you,\n\nsorry."

    def test_an_endless_reply_ends(self, plan, sign_in, hire):
        self.post(sign_in(hire), "give", step_of(plan, "practice_late"), body="x" * 9_000)
        assert len(StepAnswer.objects.get().body) == 4_000

    @pytest.mark.parametrize("mood", ["", "great", "GOOD", "good\x00bad", "x" * 90])
    def test_a_mood_is_one_of_three(self, plan, sign_in, hire, mood):
        step = plan.steps.filter(kind=Kind.FORM).earliest("pk")
        answer = self.post(sign_in(hire), "give", step, mood=mood)
        step.refresh_from_db()
        assert (answer.status_code, step.state) == (422, State.OPEN)

    @pytest.mark.parametrize("mood", steps.MOODS)
    def test_each_of_the_three_is_taken(self, plan, sign_in, hire, mood):
        step = plan.steps.filter(kind=Kind.FORM).earliest("pk")
        self.post(sign_in(hire), "give", step, mood=mood)
        step.refresh_from_db()
        assert step.answers.get().mood == mood

    @pytest.mark.parametrize("number", ["", "1", "-1", "x", "99999999999999999999"])
    def test_only_the_version_on_the_screen_is_confirmed(self, plan, sign_in, hire, number):
        step = step_of(plan, "ask_first")
        answer = self.post(sign_in(hire), "acknowledge", step, number=number)
        assert (answer.status_code, step_of(plan, "ask_first").state) == (409, State.OPEN)

    def test_a_step_that_asks_for_no_reading_is_not_read(self, plan, sign_in, hire):
        answer = self.post(sign_in(hire), "acknowledge", step_of(plan, "values"), number="0")
        assert answer.status_code == 422

    def test_unknown_steps_are_not_found(self, plan, sign_in, owner):
        for pk in (0, 10**12):
            assert sign_in(owner).post(reverse("onboarding:tick", args=[pk])).status_code == 404


class TestTwoSides:
    ROUND = ("give", "send_back", "give", "receive", "unreceive", "receive")

    def play(self, plan, hire, owner):
        for action in self.ROUND:
            step = step_of(plan, "paperwork")
            by = hire if action == "give" else owner
            extra = {"message": "A page is missing"} if action == "send_back" else {}
            getattr(steps, action)(step, by=by, **extra)
        return step_of(plan, "paperwork")

    def test_a_whole_round_is_in_the_history(self, plan, hire, owner):
        step = self.play(plan, hire, owner)
        done = StepEvent.objects.filter(step=step).order_by("pk").values_list("action", flat=True)
        assert (tuple(done), step.state) == (self.ROUND, State.DONE)

    def test_and_in_the_trail_without_a_word_of_it(self, plan, hire, owner):
        self.play(plan, hire, owner)
        entries = TrailEntry.objects.filter(kind="step").order_by("pk")
        assert [row.action for row in entries] == [f"step.{action}" for action in self.ROUND]
        assert {tuple(row.fields) for row in entries} == {("state",)}

    def test_each_line_continues_the_one_before(self, plan, hire, owner):
        rows = list(StepEvent.objects.filter(step=self.play(plan, hire, owner)).order_by("pk"))
        assert [row.after for row in rows[:-1]] == [row.before for row in rows[1:]]

    def test_whoever_finished_it_is_named_and_unnamed_again(self, plan, hire, owner):
        steps.give(step_of(plan, "paperwork"), by=hire)
        steps.receive(step_of(plan, "paperwork"), by=owner)
        done = step_of(plan, "paperwork")
        steps.unreceive(done, by=owner)
        open_again = step_of(plan, "paperwork")
        assert (done.completed_by, open_again.completed_by, open_again.completed_at) == (None, None, None)

    def test_given_and_received_at_once_leaves_no_mail_behind(self, plan, hire, owner):
        steps.give(step_of(plan, "paperwork"), by=hire)
        steps.receive(step_of(plan, "paperwork"), by=owner)
        assert list(Mail.objects.filter(message="onboarding_given").values_list("state", flat=True)) == [
            "cancelled"
        ]

    def test_skipping_what_was_given_needs_no_partner(self, plan, hire, owner):
        steps.give(step_of(plan, "paperwork"), by=hire)
        steps.skip(step_of(plan, "paperwork"), by=owner, reason="Sent by post")
        assert step_of(plan, "paperwork").state == State.SKIPPED

    def test_what_was_sent_back_can_be_skipped_and_comes_back_open(self, plan, hire, owner):
        steps.give(step_of(plan, "paperwork"), by=hire)
        steps.send_back(step_of(plan, "paperwork"), by=owner, message="Page 2")
        steps.skip(step_of(plan, "paperwork"), by=owner, reason="By post")
        steps.unskip(step_of(plan, "paperwork"), by=owner)
        assert step_of(plan, "paperwork").state == State.OPEN


class TestReviews:
    def look(self, plan, owner, **fields):
        values = {"body": "", "tone": True, "accuracy": True, "comment": "", "good": True} | fields
        return reviews.review(step_of(plan, "practice_late"), by=owner, **values)

    @pytest.fixture
    def given(self, plan, hire):
        steps.give(step_of(plan, "practice_late"), by=hire, body="Sorry, it is late.")
        return plan

    @pytest.mark.parametrize(
        ("fields", "fine"),
        [
            ({}, True),
            ({"body": "Sorry, it is late."}, True),
            ({"body": "  Sorry, it is late.\r\n"}, True),
            ({"body": "Sorry! It is late."}, False),
            ({"tone": False}, False),
            ({"accuracy": False}, False),
            ({"good": False}, False),
            ({"tone": False, "comment": "Warmer, please"}, True),
            ({"body": "Sorry! It is late.", "comment": "Warmer"}, True),
            ({"good": False, "comment": "  "}, False),
        ],
    )
    def test_whatever_is_not_as_written_says_why(self, given, owner, fields, fine):
        if fine:
            assert self.look(given, owner, **fields).comment == fields.get("comment", "").strip()
        else:
            with pytest.raises(steps.Refused, match="Say why"):
                self.look(given, owner, **fields)

    def test_a_refused_review_leaves_it_where_it_was(self, given, owner):
        with pytest.raises(steps.Refused):
            self.look(given, owner, tone=False)
        assert (step_of(given, "practice_late").state, given.steps.get(key="practice_late").reviews.count()) == (
            State.SUBMITTED, 0,
        )  # fmt: skip

    def test_nothing_given_is_nothing_to_look_at(self, plan, owner):
        with pytest.raises(steps.Stale):
            self.look(plan, owner)

    def test_looked_at_twice_is_stale(self, given, owner):
        self.look(given, owner)
        with pytest.raises(steps.Stale):
            self.look(given, owner)

    @pytest.mark.parametrize("who", ["hire", "interviewer", "rival"])
    def test_only_whoever_leads_looks_at_it(self, given, request, who):
        with pytest.raises(PermissionDenied):
            self.look(given, request.getfixturevalue(who))

    def test_a_long_comment_ends_and_is_one_line(self, given, owner):
        row = self.look(given, owner, good=False, comment="Warmer\n please " + "x" * 600)
        assert (row.comment[:15], len(row.comment)) == ("Warmer please x", 500)

    def test_counts_each_kind_for_the_gate(self, given, hire, owner):
        self.look(given, owner, good=False, comment="Warmer")
        steps.give(step_of(given, "practice_late"), by=hire, body="Dear customer, sorry.")
        self.look(given, owner, body="Dear Ann, sorry.", comment="By name")
        assert drafts.evidence(given) == drafts.Evidence(2, as_written=0, changed=1, returned=1, missed=0)

    def test_another_plans_replies_count_nothing(self, given, owner, company):
        self.look(given, owner)
        assert drafts.evidence(make_onboarding(company)).total == 0


def test_reading_is_kept_with_its_words(plan, hire):
    step = step_of(plan, "ask_first")
    shown = words.of_step(step)
    steps.acknowledge(step, by=hire, subject=shown.subject, number=shown.number, body=shown.body)
    kept = plan.acknowledgements.get()
    assert (kept.number, kept.body, kept.by) == (0, shown.body, hire)
