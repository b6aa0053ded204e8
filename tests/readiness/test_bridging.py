"""Bridge plans: begun once, ticked off, taken back for ten minutes, looked at again, ended and taken up again."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import undoing
from accounts.models import Role
from mailroom.models import Mail
from readiness import bridge_mail, bridge_steps, bridging, deleted, panels
from readiness.models import Bridge, BridgePlan, BridgeStep, Verdict
from tests.factories import make_member
from tests.readiness.factories import make_assessment
from vault.models import TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(owner):
    return bridging.begin(company=owner.company, kind="chatbot", by=owner)


@pytest.fixture
def first(plan):
    return plan.steps.there().first()


def again(row):
    return type(row)._base_manager.get(pk=row.pk)


def mark(row, what, by) -> str:
    return undoing.offered(again(row), what, by)


def verbs() -> list:
    return list(
        TrailEntry.objects.filter(action__startswith="bridge.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def labels(plan) -> list:
    return [bridge_steps.label(step) for step in plan.steps.there().select_related("plan")]


# -- beginning


@pytest.mark.parametrize("kind", Bridge.values)
def test_every_kind_begins_with_its_steps(owner, kind):
    plan = bridging.begin(company=owner.company, kind=kind, by=owner)
    assert labels(plan) == [str(known.text) for known in bridge_steps.STEPS[kind]]
    assert plan.look_on == timezone.localdate() + timedelta(weeks=4)
    assert verbs() == ["bridge.begun"]


def test_beginning_twice_is_one_plan(owner, manager, plan):
    assert bridging.begin(company=owner.company, kind="chatbot", by=manager) == plan
    assert (BridgePlan.objects.count(), verbs()) == (1, ["bridge.begun"])


def test_another_kind_and_another_shop_have_their_own(owner, rival, plan):
    other = bridging.begin(company=owner.company, kind="outsource", by=owner)
    theirs = bridging.begin(company=rival.company, kind="chatbot", by=rival)
    assert len({plan.pk, other.pk, theirs.pk}) == 3


def test_after_the_end_the_same_kind_begins_anew(owner, plan):
    bridging.end(plan, by=owner, verdict="stopped")
    assert bridging.begin(company=owner.company, kind="chatbot", by=owner).pk != plan.pk


def test_the_database_knows_one_plan_of_a_kind(owner, plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        BridgePlan.objects.create(company=owner.company, kind="chatbot", look_on=plan.look_on)


@pytest.mark.parametrize(("ended", "verdict"), [(True, ""), (False, "stopped")])
def test_the_database_wants_a_verdict_with_an_end(plan, ended, verdict):
    plan.ended_at, plan.verdict = timezone.now() if ended else None, verdict
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save()


def test_a_step_says_something(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        BridgeStep.objects.create(company_id=plan.company_id, plan=plan)


def test_a_plan_keeps_the_numbers_of_its_first_day(owner):
    row = make_assessment(owner.company, by=owner.user)
    plan = bridging.begin(company=owner.company, kind="chatbot", by=owner)
    assert (plan.before["messages"], plan.before["answer"], plan.before["counted"]) == (300, row.pk, False)
    make_assessment(owner.company, by=owner.user, messages_day=10)
    assert again(plan).before["messages"] == 300


def test_without_an_answer_there_is_nothing_to_keep(plan):
    assert plan.before == {}


@pytest.mark.parametrize("kind", Bridge.values)
def test_keys_of_a_kind_are_its_own(kind):
    keys = [known.key for known in bridge_steps.STEPS[kind]]
    assert (len(keys), len(set(keys))) == (6, 6)
    assert all(known.about for known in bridge_steps.STEPS[kind])


# -- ticks


def test_a_tick_says_who_and_when(manager, first):
    assert bridging.tick(first, by=manager, done=True) is True
    row = again(first)
    assert (row.done_by, row.done_at is not None) == (manager, True)
    assert verbs() == ["bridge.begun", "bridge.ticked"]


def test_ticking_twice_is_ticking_once(owner, manager, first):
    bridging.tick(first, by=owner, done=True)
    assert bridging.tick(first, by=manager, done=True) is False
    assert again(first).done_by == owner


def test_a_tick_is_opened_again(owner, first):
    bridging.tick(first, by=owner, done=True)
    bridging.tick(first, by=owner, done=False)
    row = again(first)
    assert (row.done_at, row.done_by, verbs()[-1]) == (None, None, "bridge.opened")


def test_a_tick_is_taken_back(owner, first):
    bridging.tick(first, by=owner, done=True)
    bridging.take_back_step(first, mark(first, "step", owner), by=owner)
    row = again(first)
    assert (row.done_at, row.done_by, verbs()[-1]) == (None, None, "bridge.taken_back")


def test_opening_is_taken_back_with_its_moment(owner, first):
    bridging.tick(first, by=owner, done=True)
    done_at = again(first).done_at
    bridging.tick(first, by=owner, done=False)
    bridging.take_back_step(first, mark(first, "step", owner), by=owner)
    row = again(first)
    assert (abs(row.done_at - done_at) < timedelta(milliseconds=1), row.done_by) == (True, owner)


def test_after_ten_minutes_nothing_is_taken_back(owner, first):
    bridging.tick(first, by=owner, done=True)
    found = mark(first, "step", owner)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert mark(first, "step", owner) == ""
        with pytest.raises(undoing.Refused, match="ten minutes"):
            bridging.take_back_step(first, found, by=owner)
    assert again(first).done_at is not None


def test_what_something_newer_stands_on_is_not_taken_back(owner, first):
    bridging.tick(first, by=owner, done=True)
    old = mark(first, "step", owner)
    bridging.rename(first, by=owner, text="Try two")
    with pytest.raises(undoing.Gone):
        bridging.take_back_step(first, old, by=owner)
    assert (again(first).text, again(first).done_at is not None) == ("Try two", True)


def test_taking_back_twice_is_refused(owner, first):
    bridging.tick(first, by=owner, done=True)
    found = mark(first, "step", owner)
    bridging.take_back_step(first, found, by=owner)
    with pytest.raises(undoing.Gone):
        bridging.take_back_step(first, found, by=owner)


# -- the list of steps


def test_a_step_is_renamed_and_speaks_its_own_words(owner, plan, first):
    bridging.rename(first, by=owner, text="Try Gorgias")
    assert labels(plan)[0] == "Try Gorgias"
    bridging.take_back_step(first, mark(first, "step", owner), by=owner)
    assert labels(plan)[0] == "Try one help desk for a week"


@pytest.mark.parametrize("text", ["", "Try Gorgias"])
def test_the_same_words_or_none_change_nothing(owner, first, text):
    bridging.rename(first, by=owner, text="Try Gorgias")
    assert bridging.rename(first, by=owner, text=text) is False
    assert again(first).text == "Try Gorgias"


def test_a_step_is_removed_and_taken_back_to_its_place(owner, plan, first):
    before = labels(plan)
    assert bridging.remove(first, by=owner) is True
    assert labels(plan) == before[1:]
    assert bridging.remove(first, by=owner) is False
    bridging.take_back_step(first, mark(first, "step", owner), by=owner)
    assert labels(plan) == before


def test_a_step_of_ones_own_is_last_and_is_taken_back(owner, plan):
    row = bridging.add(plan, by=owner, text="Ask my sister")
    assert labels(plan)[-1] == "Ask my sister"
    bridging.take_back_step(row, mark(row, "step", owner), by=owner)
    assert "Ask my sister" not in labels(plan)


def test_an_empty_step_is_refused(owner, plan):
    with pytest.raises(bridging.Refused, match="Write what is to do"):
        bridging.add(plan, by=owner, text="")


def test_there_is_an_end_to_steps(owner, plan):
    for n in range(bridging.MOST - 6):
        bridging.add(plan, by=owner, text=f"Step {n}")
    with pytest.raises(bridging.Refused, match="enough for one plan"):
        bridging.add(plan, by=owner, text="One more")
    bridging.remove(plan.steps.there().first(), by=owner)
    assert bridging.add(plan, by=owner, text="One more").position == bridging.MOST + 1


# -- the plan


def changed(plan, by, **values):
    given = {"provider": "", "fee": None, "look_on": plan.look_on} | values
    return bridging.change(plan, by=by, **given)


def test_details_are_changed_and_taken_back(owner, plan):
    day = plan.look_on + timedelta(days=7)
    assert changed(plan, owner, provider="agency", fee=Decimal("450.50"), look_on=day) is True
    row = again(plan)
    assert (row.provider, row.fee, row.look_on) == ("agency", Decimal("450.50"), day)
    bridging.take_back(plan, mark(plan, "plan", owner), by=owner)
    row = again(plan)
    assert (row.provider, row.fee, row.look_on) == ("", None, plan.look_on)


def test_a_fee_is_taken_back_to_the_cent(owner, plan):
    changed(plan, owner, fee=Decimal("450.50"))
    changed(plan, owner, fee=Decimal("500"))
    bridging.take_back(plan, mark(plan, "plan", owner), by=owner)
    assert again(plan).fee == Decimal("450.50")


def test_nothing_changed_is_nothing_done(owner, plan):
    assert changed(plan, owner) is False
    assert verbs() == ["bridge.begun"]


@pytest.mark.parametrize("verdict", Verdict.values)
def test_an_end_with_its_verdict_is_taken_back(owner, plan, verdict):
    bridging.end(plan, by=owner, verdict=verdict)
    row = again(plan)
    assert (row.is_open, row.verdict, verbs()[-1]) == (False, verdict, "bridge.ended")
    bridging.take_back(plan, mark(plan, "plan", owner), by=owner)
    assert (again(plan).is_open, again(plan).verdict) == (True, "")


def test_an_unknown_verdict_is_none(owner, plan):
    with pytest.raises(ValueError, match="maybe"):
        bridging.end(plan, by=owner, verdict="maybe")


def attempts(plan, step, by):
    return [
        lambda: bridging.tick(step, by=by, done=True),
        lambda: bridging.rename(step, by=by, text="New"),
        lambda: bridging.remove(step, by=by),
        lambda: bridging.add(plan, by=by, text="New"),
        lambda: bridging.go_on(plan, by=by),
        lambda: bridging.end(plan, by=by, verdict="stopped"),
        lambda: changed(plan, by, provider="agency"),
        lambda: bridging.take_back_step(step, "step-x", by=by),
    ]


@pytest.mark.parametrize("n", range(8))
def test_an_ended_plan_stands_still(owner, plan, first, n):
    bridging.end(plan, by=owner, verdict="good_enough")
    with pytest.raises(bridging.Refused, match="This plan has ended"):
        attempts(plan, first, owner)[n]()
    assert (again(plan).verdict, labels(plan)[0]) == ("good_enough", "Try one help desk for a week")


def test_an_ended_plan_is_taken_up_again(owner, plan):
    bridging.end(plan, by=owner, verdict="good_enough")
    bridging.reopen(plan, by=owner)
    assert (again(plan).is_open, again(plan).look_on) == (True, plan.look_on)
    bridging.reopen(plan, by=owner)
    assert verbs()[-2:] == ["bridge.ended", "bridge.reopened"]


def test_taken_up_after_its_day_it_gets_four_weeks_more(owner, plan):
    bridging.end(plan, by=owner, verdict="good_enough")
    with time_machine.travel(timezone.now() + timedelta(weeks=10)):
        bridging.reopen(plan, by=owner)
        assert again(plan).look_on == timezone.localdate() + timedelta(weeks=4)


@pytest.mark.parametrize("how", ["reopen", "take_back"])
def test_two_of_a_kind_do_not_go_on(owner, plan, how):
    bridging.end(plan, by=owner, verdict="good_enough")
    found = mark(plan, "plan", owner)
    bridging.begin(company=owner.company, kind="chatbot", by=owner)
    with pytest.raises((bridging.Refused, undoing.Gone), match="Another plan of this kind"):
        bridging.reopen(plan, by=owner) if how == "reopen" else bridging.take_back(plan, found, by=owner)
    assert again(plan).is_open is False


def test_going_on_is_four_weeks_from_today(owner, plan):
    with time_machine.travel(timezone.now() + timedelta(weeks=5)):
        bridging.go_on(plan, by=owner)
        assert again(plan).look_on == timezone.localdate() + timedelta(weeks=4)


# -- deleting


def test_a_deleted_plan_is_nowhere_and_reminds_nobody(owner, plan, first):
    deleted.delete(plan, by=owner)
    assert bridging.listed(owner.company)["running"] == []
    assert list(BridgeStep.objects.of_plans()) == []
    assert waiting(plan) == []


def test_put_back_it_reminds_again(owner, plan):
    deleted.delete(plan, by=owner)
    deleted.put_back(again(plan), by=owner)
    assert [mail.recipient for mail in waiting(plan)] == [owner.email]


def test_beside_a_new_one_it_is_not_put_back(owner, plan):
    deleted.delete(plan, by=owner)
    bridging.begin(company=owner.company, kind="chatbot", by=owner)
    with pytest.raises(deleted.Refused, match="begun meanwhile"):
        deleted.put_back(again(plan), by=owner)


def test_for_good_it_takes_its_steps_along(owner, plan):
    deleted.delete(plan, by=owner)
    deleted.purge(again(plan))
    assert (BridgePlan.everything.count(), BridgeStep.objects.count()) == (0, 0)


# -- the reminder


def waiting(plan):
    rows = Mail.objects.about(*bridge_mail.about(plan)).filter(
        message=bridge_mail.MESSAGE, state=State.WAITING
    )
    return list(rows.order_by("pk"))


def test_one_mail_waits_for_the_morning_of_the_day(owner):
    owner.company.timezone = "Asia/Tokyo"
    owner.company.save()
    plan = bridging.begin(company=owner.company, kind="chatbot", by=owner)
    (mail,) = waiting(plan)
    assert (
        mail.due_at.astimezone(timezone.get_fixed_timezone(9 * 60)).strftime("%Y-%m-%d %H:%M")
        == f"{plan.look_on} 08:00"
    )


def test_a_new_day_moves_it_to_whoever_chose_it(owner, manager, plan):
    changed(plan, manager, look_on=plan.look_on + timedelta(days=3))
    assert [mail.recipient for mail in waiting(plan)] == [manager.email]


def test_back_on_the_same_day_there_is_one_again(owner, plan):
    changed(plan, owner, look_on=plan.look_on + timedelta(days=3))
    bridging.take_back(plan, mark(plan, "plan", owner), by=owner)
    assert [mail.due_at.date() for mail in waiting(plan)] == [plan.look_on]


def test_an_ended_plan_reminds_nobody_and_reopened_again(owner, plan):
    bridging.end(plan, by=owner, verdict="good_enough")
    assert waiting(plan) == []
    bridging.reopen(plan, by=owner)
    assert len(waiting(plan)) == 1


def test_a_fee_moves_no_mail(owner, plan):
    (before,) = waiting(plan)
    changed(plan, owner, fee=Decimal(9))
    assert waiting(plan) == [before]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("self_service", "let customers help themselves"),
        ("chatbot", "tools to take over the simple part"),
        ("outsource", "help from outside"),
    ],
)
def test_the_mail_says_which_plan_and_leads_to_it(owner, kind, said):
    plan = bridging.begin(company=owner.company, kind=kind, by=owner)
    body = bytes(waiting(plan)[0].body).decode()
    assert (said in body.replace("=\n", ""), f"/readiness/bridges/{plan.pk}/" in body.replace("=\n", "")) == (
        True,
        True,
    )


# -- home


def shown(member) -> list:
    return [panel.context["name"] for panel in panels.for_member(member) if "bridge" in panel.template]


def test_home_asks_when_the_day_has_come(owner, manager, plan):
    make_assessment(owner.company, by=owner.user)
    assert shown(owner) == []
    with time_machine.travel(timezone.now() + timedelta(weeks=4)):
        assert shown(owner) == shown(manager) == ["Tools that take over the simple part"]


@pytest.mark.parametrize("how", ["end", "delete", "go_on"])
def test_home_asks_no_more_when_it_is_decided(owner, plan, how):
    with time_machine.travel(timezone.now() + timedelta(weeks=4)):
        {
            "end": lambda: bridging.end(plan, by=owner, verdict="stopped"),
            "delete": lambda: deleted.delete(plan, by=owner),
            "go_on": lambda: bridging.go_on(plan, by=owner),
        }[how]()
        assert shown(owner) == []


def test_home_asks_about_one_at_a_time_the_oldest_first(owner, plan):
    with time_machine.travel(timezone.now() + timedelta(weeks=1)):
        bridging.begin(company=owner.company, kind="outsource", by=owner)
    with time_machine.travel(timezone.now() + timedelta(weeks=6)):
        assert shown(owner) == ["Tools that take over the simple part"]


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRE])
def test_staff_is_not_asked(owner, plan, role):
    with time_machine.travel(timezone.now() + timedelta(weeks=4)):
        assert shown(make_member(owner.company, role)) == []


def test_another_shops_day_is_not_ours(owner, rival, plan):
    with time_machine.travel(timezone.now() + timedelta(weeks=4)):
        assert shown(rival) == []


def test_home_costs_no_query_more_beside_an_answer(owner, plan, django_assert_num_queries):
    make_assessment(owner.company, by=owner.user)
    with time_machine.travel(timezone.now() + timedelta(weeks=4)), django_assert_num_queries(1):
        assert len(panels.for_member(owner)) == 2
