"""Two people at one reply, one level, one gate, one rule; the first transaction is held open (PostgreSQL)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding import autonomy, drafts, escalation, gates, steps
from onboarding.models import Draft, DraftReview, FreedomChange, FreedomQuestion, GateSigning, Onboarding
from onboarding.reply_kinds import Level, Stand
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_races import while_open

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
GOOD = {"body": "Hi", "tone": True, "accuracy": True, "comment": "", "good": True}


@pytest.fixture
def plan():
    company = make_company()
    plan = make_onboarding(company, make_member(company, "hire"), make_member(company, "owner"))
    steps.did(plan, "accounts_given", by=plan.manager)
    return plan


def begin(plan):
    return drafts.begin(plan, by=plan.hire, situation="other", channel="email", body="Hi")


def again(draft):
    return Draft.objects.select_related("onboarding__hire", "onboarding__manager").get(pk=draft.pk)


@pytest.fixture
def given(plan):
    draft = begin(plan)
    drafts.submit(draft, by=plan.hire)
    return draft


def test_of_two_looks_the_first_counts(plan, given):
    other = make_member(plan.company, "manager")
    one, two = again(given), again(given)
    first, second = while_open(
        lambda: drafts.review(one, by=plan.manager, **GOOD).good,
        lambda: drafts.review(two, by=other, **GOOD | {"good": False, "comment": "Say sorry first"}),
    )
    assert (first, second) == (True, steps.Stale)
    assert DraftReview.objects.count() == 1


def test_two_equal_looks_are_one(plan, given):
    one, two = again(given), again(given)
    look = lambda row: lambda: drafts.review(row, by=plan.manager, **GOOD).good  # noqa: E731
    assert while_open(look(one), look(two)) == (True, steps.Stale)
    assert DraftReview.objects.count() == 1


def test_taken_back_while_somebody_says_yes(plan, given):
    one, two = again(given), again(given)
    first, second = while_open(
        lambda: drafts.withdraw(one, by=plan.hire), lambda: drafts.review(two, by=plan.manager, **GOOD)
    )
    assert (first, second) == (True, steps.Stale)
    assert (again(given).state, DraftReview.objects.count()) == (Stand.WRITING, 0)


def test_sent_while_the_yes_is_taken_back(plan, given):
    drafts.review(given, by=plan.manager, **GOOD)
    one, two = again(given), again(given)
    first, second = while_open(
        lambda: drafts.send(one, by=plan.hire), lambda: drafts.unlook(two, by=plan.manager)
    )
    assert (first, second) == (True, steps.Stale)
    assert again(given).state == Stand.SENT


def test_marked_as_sent_twice_at_once(plan, given):
    drafts.review(given, by=plan.manager, **GOOD)
    send = lambda row: lambda: drafts.send(row, by=plan.hire)  # noqa: E731
    assert while_open(send(again(given)), send(again(given))) == (True, False)


def test_nobody_sends_alone_while_the_level_is_lowered(plan):
    autonomy.change(plan, by=plan.manager, seen=Level.ALL, level=Level.SAMPLED, reason="Well done")
    draft = begin(plan)
    first, second = while_open(
        lambda: (
            autonomy.change(
                plan, by=plan.manager, seen=Level.SAMPLED, level=Level.ALL, reason="New goods"
            ).after
        ),
        lambda: drafts.send(again(draft), by=plan.hire),
    )
    assert (first, second) == (Level.ALL, steps.Refused)
    assert again(draft).state == Stand.WRITING


def test_two_raise_one_level(plan):
    other = make_member(plan.company, "manager")
    first, second = while_open(
        lambda: (
            autonomy.change(
                plan, by=plan.manager, seen=Level.ALL, level=Level.SAMPLED, reason="Well done"
            ).after
        ),
        lambda: autonomy.change(plan, by=other, seen=Level.ALL, level=Level.OWN, reason="Very well"),
    )
    assert (first, second) == (Level.SAMPLED, steps.Stale)
    assert FreedomChange.objects.count() == 1


def test_a_gate_signed_by_two_is_signed_once(plan):
    other = make_member(plan.company, "manager")
    one, two = step_of(plan, "gate_2"), step_of(plan, "gate_2")
    first, second = while_open(
        lambda: gates.sign(one, by=plan.manager).name, lambda: gates.sign(two, by=other)
    )
    assert (first, second) == (plan.manager.name, steps.Stale)
    assert (GateSigning.objects.count(), autonomy.level_of(plan)) == (1, Level.SAMPLED)


def test_one_rule_written_by_two(plan):
    write = lambda title: (  # noqa: E731
        lambda: (
            escalation.write(company=plan.company, by=plan.manager, code="custom", seen=0, title=title).number
        )
    )
    assert while_open(write("Mine"), write("Theirs")) == (1, escalation.Changed)


def test_the_weekly_question_of_two_runs_is_one(plan):
    Onboarding.objects.update(start_date=timezone.now().date() - timedelta(days=8))
    Onboarding.objects.get().company.__class__.objects.update(timezone=_awake())
    assert while_open(autonomy.ask_weekly, autonomy.ask_weekly) == (1, 0)
    assert FreedomQuestion.objects.count() == 1


def _awake() -> str:
    """A time zone in which it is noon or so."""
    ahead = (12 - timezone.now().hour) % 24
    return f"Etc/GMT{-ahead:+d}" if ahead <= 12 else f"Etc/GMT{24 - ahead:+d}"
