"""Before and now: only what is newer than the plan counts, and nothing is claimed that was not measured."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from readiness import bridge_effect, bridging
from readiness.models import Assessment, BridgePlan
from tests.readiness.factories import make_assessment

pytestmark = pytest.mark.django_db
LATER = timedelta(weeks=5)


@pytest.fixture
def plan(owner):
    make_assessment(owner.company, by=owner.user)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        return bridging.begin(company=owner.company, kind="chatbot", by=owner)


def after(plan, **answers):
    """The effect five weeks on, after the check was answered again."""
    with time_machine.travel(timezone.now() + LATER):
        return bridge_effect.effect(plan, make_assessment(plan.company, **answers))


def test_the_answer_of_the_first_day_is_nothing_new(plan, owner):
    row = Assessment.objects.get()
    assert (bridge_effect.is_new(plan, row), bridge_effect.effect(plan, row)) == (False, None)


def test_no_answer_is_nothing_new(plan):
    assert bridge_effect.effect(plan, None) is None


def test_fewer_messages_in_a_sentence_and_a_table(plan):
    found = after(plan, messages_day=48, well_day=60)
    assert found.sentences[0] == "From 300 to 240 messages a week: 20 % fewer."
    assert [str(each) for each in found.rows[0]] == ["Messages a week", "300", "240", "−20 %"]


def test_more_messages(plan):
    assert after(plan, messages_day=66).sentences[0] == "From 300 to 330 messages a week: 10 % more."


def test_as_many_messages(plan):
    found = after(plan, support_hours=20)
    assert found.sentences[0] == "As many messages as before: 300 a week."
    assert found.rows[0][3] == "0 %"


def test_how_full_it_was_and_is(plan):
    now = after(plan, messages_day=48, well_day=60)
    assert now.sentences[1] == "Your support week was 118 % full and is 80 % full now."
    assert [str(row[0]) for row in now.rows][-1] == "How full your week is, in %"


def test_it_does_not_claim_to_be_the_cause(plan):
    assert after(plan, messages_day=48).sentences[-1].startswith("Other things may have changed, too")


def test_what_was_not_known_then_is_only_shown(owner):
    plan = bridging.begin(company=owner.company, kind="chatbot", by=owner)
    found = after(plan)
    assert found.sentences == [
        "Your support week is 118 % full.",
        "When the plan began there was no answer to compare with.",
    ]
    assert {(row[1], row[3]) for row in found.rows} == {("", "")}


def test_what_is_not_known_now_is_left_out(plan):
    found = after(plan, messages_day=None, support_hours=None, well_day=None)
    assert found.rows == []
    assert found.sentences == ["Other things may have changed, too: a season, a sale, a new product."]


def counted(row, *, week, until):
    row.measured = {"measured_week": week, "counted_until": until}
    row.result = row.result | {"messages_week": week}
    return row


def test_a_log_counted_after_the_beginning_is_new_though_the_answer_is_not(plan):
    row = counted(Assessment.objects.get(), week=200, until="2026-12-20")
    found = bridge_effect.effect(plan, row)
    assert found.sentences[0] == "From 300 to 200 messages a week: 33 % fewer."
    assert found.sentences[-1].startswith("One number was counted and the other is what you said")


def test_the_log_of_the_first_day_is_not_new(owner):
    row = counted(make_assessment(owner.company), week=200, until="2026-12-20")
    plan = BridgePlan(before=bridge_effect.numbers_of(row), started_at=row.created_at + timedelta(minutes=1))
    assert bridge_effect.is_new(plan, row) is False
    assert bridge_effect.is_new(plan, counted(row, week=200, until="2027-01-03")) is True


def test_two_counted_logs_are_compared_without_a_warning(owner):
    row = counted(make_assessment(owner.company), week=200, until="2026-12-20")
    plan = BridgePlan(before=bridge_effect.numbers_of(row), started_at=row.created_at + timedelta(minutes=1))
    found = bridge_effect.effect(plan, counted(row, week=150, until="2027-01-03"))
    assert found.sentences[0] == "From 200 to 150 messages a week: 25 % fewer."
    assert found.sentences[-1].startswith("Other things")


@pytest.mark.parametrize("load", [float("inf"), float("nan"), None])
def test_a_load_without_end_is_no_number(owner, load):
    row = make_assessment(owner.company)
    row.result["load"] = load
    assert bridge_effect.numbers_of(row)["full"] is None


@pytest.mark.parametrize(("before", "now", "change"), [(200, 150, -25), (0, 10, None), (3, 4, 33), (5, 5, 0)])
def test_percent(before, now, change):
    assert bridge_effect.percent(before, now) == change


def test_what_was_known_when_it_began(plan):
    assert [(str(label), value) for label, value in bridge_effect.began(plan)] == [
        ("Messages a week", "300"),
        ("Hours of answering a week", "25"),
        ("How full your week is, in %", "118"),
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "Begun this week."), (7, "Begun 1 week ago."), (36, "Begun 5 weeks ago."), (-1, "Begun this week.")],
)
def test_how_long_ago(days, said):
    plan = BridgePlan(started_at=timezone.now())
    assert bridge_effect.weeks(plan, plan.started_at.date() + timedelta(days=days)) == said
