import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mailroom.models import Mail
from onboarding import defaults, drafts, practice, reviews, steps
from onboarding.kinds import Kind, State
from onboarding.models import Review
from tests.onboarding.factories import step_of
from tests.onboarding.test_mine import page, press, text

TYPED = {"tone": "1", "accuracy": "1", "good": "1", "comment": "", "body": "Sorry, it comes on Friday."}


@pytest.fixture
def given_reply(plan, hire):
    step = step_of(plan, "practice_late")
    steps.give(step, by=hire, body="It comes on Friday.")
    return step


def look(step, by, **fields):
    values = {"body": "It comes on Friday.", "tone": True, "accuracy": True, "comment": "", "good": True}
    return reviews.review(step, by=by, **(values | fields))


# The difference


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("same words", "same words", [("same", "same words")]),
        ("on Friday", "on Monday", [("same", "on "), ("gone", "Friday"), ("new", "Monday")]),
        ("", "new", [("new", "new")]),
        ("old", "", [("gone", "old")]),
        ("明天到", "周五到", [("gone", "明天"), ("new", "周五"), ("same", "到")]),
    ],
)
def test_what_stayed_went_and_came(before, after, pieces):
    assert practice.difference(before, after) == pieces


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_put_together_from_the_pieces(before, after):
    pieces = practice.difference(before, after)
    assert "".join(text for kind, text in pieces if kind != practice.NEW) == before
    assert "".join(text for kind, text in pieces if kind != practice.GONE) == after


def test_each_practice_step_has_its_situation():
    replies = {step.key for step in defaults.PLAN if step.kind == Kind.REPLY}
    assert replies == set(practice.SITUATIONS)


# The review

pytestmark = pytest.mark.django_db


def test_an_empty_reply_is_not_shown_to_anybody(plan, hire):
    with pytest.raises(steps.Refused, match="Write a few words"):
        steps.give(step_of(plan, "practice_late"), by=hire)


def test_approved_as_written(given_reply, owner, hire):
    row = look(given_reply, owner)
    assert (row.changed, row.good, given_reply.state) == (False, True, State.DONE)
    mail = Mail.objects.get(message="onboarding_approved")
    assert (mail.recipient, mail.subject) == (hire.email, "Good to go: Practice reply: the parcel is late")


def test_a_changed_text_needs_a_reason(given_reply, owner):
    with pytest.raises(steps.Refused, match="Say why"):
        look(given_reply, owner, body="Sorry! It comes on Friday.")
    row = look(given_reply, owner, body="Sorry! It comes on Friday.", comment="Say sorry first")
    assert (row.changed, row.draft.body) == (True, "It comes on Friday.")


@pytest.mark.parametrize("mark", ["tone", "accuracy", "good"])
def test_a_missing_mark_needs_a_reason(given_reply, owner, mark):
    with pytest.raises(steps.Refused):
        look(given_reply, owner, **{mark: False})
    assert not Review.objects.exists()


def test_line_ends_of_a_browser_are_no_change(plan, hire, owner):
    step = step_of(plan, "practice_late")
    steps.give(step, by=hire, body="One\nTwo")
    assert not look(step, owner, body="One\r\nTwo\r\n").changed


def test_asked_for_changes_goes_back_and_every_version_is_kept(given_reply, owner, hire):
    look(given_reply, owner, good=False, comment="Say the date first")
    assert (given_reply.state, given_reply.message) == (State.RETURNED, "Say the date first")
    steps.give(given_reply, by=hire, body="On Friday it comes.")
    look(given_reply, owner, body="On Friday it comes.")
    assert [row.draft.body for row in Review.objects.order_by("pk")] == [
        "It comes on Friday.",
        "On Friday it comes.",
    ]


def test_without_reading_nothing_is_approved(given_reply, owner):
    with pytest.raises(steps.Refused, match="Read the reply first"):
        steps.receive(given_reply, by=owner)


def test_the_hire_does_not_approve_their_own(given_reply, hire):
    with pytest.raises(PermissionDenied):
        look(given_reply, hire)


def test_reviewed_twice_counts_once(given_reply, owner, manager):
    same = step_of(given_reply.onboarding, "practice_late")
    look(given_reply, owner)
    with pytest.raises(steps.Stale):
        look(same, manager)
    assert Review.objects.count() == 1


def test_an_approval_taken_back_is_not_mailed(given_reply, owner):
    look(given_reply, owner)
    steps.unreceive(given_reply, by=owner)
    assert Mail.objects.get(message="onboarding_approved").state == "cancelled"


def test_a_gate_looks_back_and_decides_nothing(plan, hire, owner):
    for key in ("practice_late", "practice_angry"):
        steps.give(step_of(plan, key), by=hire, body="Words")
    look(step_of(plan, "practice_late"), owner, body="Words")
    look(step_of(plan, "practice_angry"), owner, body="Other words", comment="Kinder")
    assert drafts.evidence(plan) == drafts.Evidence(2, as_written=1, changed=1, returned=0, missed=0)
    assert step_of(plan, "gate_1").state == State.OPEN


# The pages


def test_from_the_customers_message_to_the_difference(plan, hire, owner, sign_in):
    sara, olga = sign_in(hire), sign_in(owner)
    step = step_of(plan, "practice_late")
    seen = text(page(sara, "step", pk=step.pk))
    assert "The customer writes Hi, I ordered last week" in seen
    assert "Show Olga" in seen
    press(sara, "give", step, body="It comes on Friday.")
    assert "It comes on Friday. Read" in text(page(olga, "home"))
    press(olga, "review", step, **TYPED | {"comment": "Sorry first", "back": "plan"})
    seen = page(sara, "step", pk=step.pk)
    assert "Approved. Olga changed it." in text(seen)
    assert "Why: Sorry first" in text(seen)
    assert "<ins>Sorry, it </ins>" in seen


def test_a_refused_review_keeps_what_was_typed(given_reply, owner, sign_in):
    answer = press(sign_in(owner), "review", given_reply, **TYPED)
    assert answer.status_code == 422
    seen = answer.content.decode()
    assert "Say why, so that the next one is right" in text(seen)
    assert "Sorry, it comes on Friday.</textarea>" in seen


def test_macros_and_markup_in_a_reply_are_text(given_reply, owner, hire, sign_in):
    body = "Hi {{ customer.first_name }} <b>x</b>"
    look(given_reply, owner, body=body, comment="As our templates have it")
    seen = page(sign_in(hire), "step", pk=given_reply.pk)
    assert "{{ customer.first_name }}" in seen
    assert "<b>" not in seen


def test_the_gate_shows_what_was_seen(given_reply, owner, sign_in):
    look(given_reply, owner)
    seen = text(page(sign_in(owner), "step", pk=step_of(given_reply.onboarding, "gate_1").pk))
    assert "1 reply looked at: 1 as written, 0 changed, 0 sent back. 0 missed rules." in seen


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_reply_costs_four_queries_and_four_for_what_stands_beside(
    plan, hire, owner, rounds, sign_in, django_assert_num_queries
):
    step = step_of(plan, "practice_late")
    for n in range(rounds):
        steps.give(step, by=hire, body=f"Words {n}")
        look(step, owner, body=f"Words {n}", good=False, comment="Kinder")
    client = sign_in(hire)
    client.get("/")
    with django_assert_num_queries(3 + 4 + 4):
        client.get(reverse("onboarding:step", kwargs={"pk": step.pk}))
