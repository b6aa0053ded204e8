"""Levels of freedom, the weekly question, and gates."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import undoing
from mailroom.models import Mail, Notice
from onboarding import autonomy, drafts, gates, plans, steps
from onboarding.kinds import State
from onboarding.models import Freedom, FreedomChange, FreedomQuestion, GateSigning
from onboarding.reply_kinds import Level
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_mine import text
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
SECOND_WEEK = "2026-12-14 09:00 +0000"


def change(plan, by, level=Level.SAMPLED, reason="Nine as written", seen=None):
    return autonomy.change(plan, by=by, seen=seen or autonomy.level_of(plan), level=level, reason=reason)


def levels(plan):
    return list(autonomy.history(plan).values_list("before", "after", "reason"))


# -- the level


def test_everybody_begins_with_everything_approved(plan):
    assert autonomy.level_of(plan) == Level.ALL
    assert not Freedom.objects.exists()


def test_raised_and_lowered_with_reasons_that_stay(plan, owner):
    change(plan, owner)
    change(plan, owner, Level.OWN, "A good month")
    change(plan, owner, Level.ALL, "New products, let us look again")
    assert autonomy.level_of(plan) == Level.ALL
    assert levels(plan) == [
        ("own", "all", "New products, let us look again"),
        ("sampled", "own", "A good month"),
        ("all", "sampled", "Nine as written"),
    ]
    assert TrailEntry.objects.filter(action="freedom.changed", kind="onboarding").count() == 3


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_changes(plan, owner, reason):
    with pytest.raises(steps.Refused, match="Say why"):
        change(plan, owner, reason=reason)
    assert autonomy.level_of(plan) == Level.ALL


@pytest.mark.parametrize("who", ["hire", "interviewer", "rival"])
def test_only_whoever_leads_changes_it(plan, who, request):
    with pytest.raises(PermissionDenied):
        change(plan, request.getfixturevalue(who))


def test_the_same_level_again_is_no_change(plan, owner):
    change(plan, owner)
    assert change(plan, owner) is None
    assert FreedomChange.objects.count() == 1


def test_a_form_from_before_somebody_elses_change_is_stale(plan, owner, manager):
    change(plan, manager)
    with pytest.raises(steps.Stale):
        change(plan, owner, Level.OWN, seen=Level.ALL)
    assert autonomy.level_of(plan) == Level.SAMPLED


def test_of_two_who_want_the_same_the_second_is_done_already(plan, owner, manager):
    change(plan, manager)
    assert change(plan, owner, Level.SAMPLED, seen=Level.ALL) is None


def test_a_plan_that_ended_is_not_changed(plan, owner):
    plans.cancel(plan, by=owner, reason="Another job")
    plan.refresh_from_db()
    with pytest.raises(steps.Refused):
        change(plan, owner)


def test_taken_back_within_ten_minutes(plan, owner):
    autonomy.take_back(change(plan, owner), by=owner)
    assert (autonomy.level_of(plan), levels(plan)) == (Level.ALL, [])


def test_later_it_stays(plan, owner, clock):
    made = change(plan, owner)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(undoing.Refused):
        autonomy.take_back(made, by=owner)


def test_an_older_change_is_not_taken_back(plan, owner):
    first = change(plan, owner)
    change(plan, owner, Level.OWN, "A good month")
    with pytest.raises(undoing.Gone):
        autonomy.take_back(first, by=owner)
    assert autonomy.level_of(plan) == Level.OWN


# -- gates


def test_a_gate_is_signed_with_what_was_seen(plan, owner, clock):
    row = gates.sign(step_of(plan, "gate_1"), by=owner, note=" Kind and  exact ")
    assert (row.name, row.note, row.at.isoformat()) == ("Olga", "Kind and exact", "2026-12-07T07:30:00+00:00")
    assert row.seen == {"total": 0, "as_written": 0, "changed": 0, "returned": 0, "missed": 0}
    assert step_of(plan, "gate_1").state == State.DONE
    assert autonomy.level_of(plan) == Level.ALL


def test_what_was_seen_stays_as_it_was(plan, hire, owner):
    gates.sign(step_of(plan, "gate_1"), by=owner)
    draft = drafts.practise(plan, by=hire, situation="practice_late")
    drafts.save(draft, by=hire, seen=1, body="Sorry.")
    drafts.submit(draft, by=hire)
    drafts.review(draft, by=owner, body="Sorry.", tone=True, accuracy=True, comment="", good=True)
    assert drafts.evidence(plan).total == 1
    assert GateSigning.objects.get().seen["total"] == 0


def test_gate_two_raises_the_freedom(plan, owner):
    gates.sign(step_of(plan, "gate_2"), by=owner, note="Twelve in a row")
    assert levels(plan) == [("all", "sampled", "Twelve in a row")]


def test_gate_two_never_lowers(plan, owner):
    change(plan, owner, Level.OWN, "Was here before")
    gates.sign(step_of(plan, "gate_2"), by=owner)
    assert autonomy.level_of(plan) == Level.OWN


@pytest.mark.parametrize("who", ["hire", "interviewer", "rival"])
def test_only_whoever_leads_signs(plan, who, request):
    with pytest.raises(PermissionDenied):
        gates.sign(step_of(plan, "gate_1"), by=request.getfixturevalue(who))


def test_no_other_step_is_signed(plan, owner):
    with pytest.raises(steps.Refused, match="no gate"):
        gates.sign(step_of(plan, "accounts_given"), by=owner)


def test_signed_once(plan, owner, manager):
    gates.sign(step_of(plan, "gate_1"), by=owner)
    with pytest.raises(steps.Stale):
        gates.sign(step_of(plan, "gate_1"), by=manager)
    assert GateSigning.objects.count() == 1


def test_a_gate_is_neither_ticked_nor_unticked(plan, owner):
    with pytest.raises(steps.Refused, match="signed on its own page"):
        steps.tick(step_of(plan, "gate_1"), by=owner)
    gates.sign(step_of(plan, "gate_1"), by=owner)
    with pytest.raises(steps.Refused, match="taken back on the gate's own page"):
        steps.untick(step_of(plan, "gate_1"), by=owner)


def test_a_signature_is_taken_back_with_the_freedom_it_gave(plan, owner):
    gates.sign(step_of(plan, "gate_2"), by=owner)
    gates.take_back(step_of(plan, "gate_2"), by=owner)
    assert (step_of(plan, "gate_2").state, autonomy.level_of(plan)) == (State.OPEN, Level.ALL)
    assert gates.signature(step_of(plan, "gate_2")) is None
    assert gates.sign(step_of(plan, "gate_2"), by=owner).pk


def test_a_signature_stays_after_ten_minutes(plan, owner, clock):
    gates.sign(step_of(plan, "gate_2"), by=owner)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(undoing.Refused):
        gates.take_back(step_of(plan, "gate_2"), by=owner)
    assert autonomy.level_of(plan) == Level.SAMPLED


def test_what_was_not_signed_is_not_taken_back(plan, owner):
    with pytest.raises(undoing.Gone):
        gates.take_back(step_of(plan, "gate_1"), by=owner)


# -- once a week


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        ("2026-12-07 09:00 +0000", 0),
        ("2026-12-13 09:00 +0000", 0),
        ("2026-12-14 08:59 +0000", 0),
        (SECOND_WEEK, 1),
        ("2026-12-14 18:00 +0000", 0),
        ("2026-12-20 12:00 +0000", 1),
    ],
)
def test_asked_from_the_second_week_on_by_day(plan, company, clock, moment, asked):
    company.timezone = "UTC"
    company.save()
    clock.move_to(moment)
    assert autonomy.ask_weekly() == asked


@pytest.fixture
def asked(plan, company, clock):
    company.timezone = "UTC"
    company.save()
    clock.move_to(SECOND_WEEK)
    autonomy.ask_weekly()
    return plan


def test_told_once_a_week(asked, owner, clock):
    assert autonomy.ask_weekly() == 0
    clock.move_to("2026-12-18 10:00 +0000")
    assert autonomy.ask_weekly() == 0
    assert list(Notice.objects.filter(kind="freedom").values_list("member", flat=True)) == [owner.pk]
    assert Mail.objects.filter(subject__contains="May Sara answer more customers alone?").count() == 1


def test_asked_again_in_the_next_week_and_open_once(asked, clock):
    clock.move_to("2026-12-21 10:00 +0000")
    assert autonomy.ask_weekly() == 1
    assert list(FreedomQuestion.objects.values_list("week", flat=True)) == [3]


def test_not_yet_is_an_answer_for_a_week(asked, owner, clock):
    assert autonomy.not_yet(asked, by=owner)
    assert autonomy.open_question(asked) is None
    assert autonomy.ask_weekly() == 0
    assert autonomy.not_yet(asked, by=owner) is False
    clock.move_to("2026-12-21 10:00 +0000")
    assert autonomy.ask_weekly() == 1


def test_a_change_answers_it(asked, owner):
    change(asked, owner)
    assert autonomy.open_question(asked) is None
    assert Notice.objects.get(kind="freedom").handled_at is not None


def test_with_own_judgement_nobody_is_asked(plan, company, owner, clock):
    change(plan, owner, Level.OWN, "Was here before")
    clock.move_to(SECOND_WEEK)
    assert autonomy.ask_weekly() == 0


def test_of_a_plan_that_ended_nobody_is_asked(plan, owner, clock):
    plans.cancel(plan, by=owner, reason="Another job")
    clock.move_to(SECOND_WEEK)
    assert autonomy.ask_weekly() == 0


def test_a_shop_that_closes_is_not_asked(plan, company, clock):
    clock.move_to(SECOND_WEEK)
    company.closes_at = plan.local_now()
    company.save()
    assert autonomy.ask_weekly() == 0


@pytest.mark.parametrize("who", ["hire", "rival"])
def test_nobody_else_answers_it(asked, who, request):
    with pytest.raises(PermissionDenied):
        autonomy.not_yet(asked, by=request.getfixturevalue(who))


@pytest.mark.parametrize("n", [1, 3])
def test_looking_for_the_due_costs_the_same_for_one_and_for_many(
    company, owner, clock, n, django_assert_num_queries
):
    for _ in range(n):
        make_onboarding(company, make_member(company, "hire"), owner)
    clock.move_to("2026-12-14 03:00 +0000")  # nobody is at work: nothing is sent
    with django_assert_num_queries(3):
        autonomy.ask_weekly()


# -- pages


def get(client, name, *args):
    return text(client.get(reverse(f"onboarding:{name}", args=args)).content.decode())


def post(client, name, *args, **data):
    return client.post(reverse(f"onboarding:{name}", args=args), data)


def test_the_level_is_changed_on_its_page_and_undone(plan, owner, sign_in):
    client = sign_in(owner)
    values = {"level": "sampled", "seen": "all", "reason": "Well <b>done</b> {{ x }}"}
    assert post(client, "freedom", plan.pk, **values).status_code == 302
    seen = get(client, "freedom", plan.pk)
    assert "Well &lt;b&gt;done&lt;/b&gt; {{ x }}" in seen
    post(client, "freedom_take_back", FreedomChange.objects.get().pk)
    assert autonomy.level_of(plan) == Level.ALL


def test_a_level_without_a_reason_keeps_what_was_chosen(plan, owner, sign_in):
    answer = post(sign_in(owner), "freedom", plan.pk, level="own", seen="all", reason="")
    assert answer.status_code == 422
    assert 'value="own"' in answer.content.decode()


def test_a_stale_page_says_so_and_keeps_the_reason(plan, owner, manager, sign_in):
    change(plan, manager)
    answer = post(sign_in(owner), "freedom", plan.pk, level="own", seen="all", reason="My reason")
    assert answer.status_code == 409
    assert "My reason" in answer.content.decode()


def test_the_question_is_on_the_page_until_it_is_answered(asked, owner, sign_in):
    client = sign_in(owner)
    assert "Week 2: more freedom?" in get(client, "freedom", asked.pk)
    assert "May Sara answer more alone?" in get(client, "home")
    post(client, "freedom_not_yet", asked.pk)
    assert "more freedom?" not in get(client, "freedom", asked.pk)
    assert "May Sara answer more alone?" not in get(client, "home")


def test_a_gate_is_signed_on_its_page(plan, owner, sign_in):
    client, step = sign_in(owner), step_of(plan, "gate_2")
    assert "0 replies looked at: 0 as written, 0 changed, 0 sent back. 0 missed rules." in get(
        client, "gate", step.pk
    )
    post(client, "gate", step.pk, note="{{ fine }}")
    seen = get(client, "gate", step.pk)
    assert "Signed by Olga, Monday, December 7," in seen
    assert "{{ fine }}" in seen


def test_a_gate_signed_meanwhile_is_shown_as_it_is(plan, owner, manager, sign_in):
    step = step_of(plan, "gate_1")
    gates.sign(step, by=manager)
    answer = post(sign_in(owner), "gate", step.pk, note="Mine")
    assert answer.status_code == 409
    assert "Signed by Mika" in answer.content.decode()


def test_the_plan_leads_to_the_gate(plan, owner, sign_in):
    assert "Look and sign" in get(sign_in(owner), "step", step_of(plan, "gate_1").pk)


def test_a_boss_does_not_free_themselves(company, manager, owner, sign_in, clock):
    plan = make_onboarding(company, manager, owner)
    client = sign_in(manager)
    assert client.get(reverse("onboarding:freedom", args=[plan.pk])).status_code == 403
    assert post(client, "gate", step_of(plan, "gate_2").pk).status_code == 403


def test_another_shops_plan_is_not_there(rival, owner, sign_in, clock):
    other = make_company()
    plan = make_onboarding(other, make_member(other, "hire"), make_member(other, "owner"))
    client = sign_in(owner)
    assert client.get(reverse("onboarding:freedom", args=[plan.pk])).status_code == 404
    assert post(client, "gate", step_of(plan, "gate_1").pk).status_code == 404
