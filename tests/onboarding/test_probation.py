"""The decision about probation: who makes it, when, and what nobody hears before it is told."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import conflicts, undoing
from mailroom.models import Mail, Notice
from onboarding import plans, probation, steps
from onboarding.models import Decision, Onboarding, ProbationReminder
from tests.factories import make_member
from tests.hiring.acts import text
from tests.onboarding.factories import make_onboarding, step_of

pytestmark = pytest.mark.django_db
END = date(2027, 3, 5)  # 88 days after the start
LATER = date(2027, 5, 3)


@pytest.fixture
def plan(plan):
    plan.probation_until, plan.days_off = END, []
    plan.save()
    return plan


def decide(plan, by=None, what="continue", reason="She is good", seen=0, until=None):
    return probation.decide(plan, by=by or plan.manager, seen=seen, what=what, reason=reason, until=until)


def tell(row, by=None, words="Welcome for good"):
    return probation.tell(row, by=by or row.onboarding.manager, words=words)


# -- the decision


def test_it_is_kept_with_its_reason_and_nobody_is_told(plan, owner):
    row = decide(plan)
    assert (row.what, row.reason, row.by, row.told_at) == ("continue", "She is good", owner, None)
    assert (Notice.objects.count(), Mail.objects.filter(message="told_one").count()) == (0, 0)


def test_the_end_comes_from_the_contract_else_it_is_90_days(plan):
    assert probation.ends(plan) == END
    plan.probation_until = None
    assert probation.ends(plan) == plan.start_date + timedelta(days=90)


@pytest.mark.parametrize("role", ["manager", "interviewer", "hire"])
def test_nobody_else_of_the_shop_decides(plan, company, role):
    with pytest.raises(PermissionDenied):
        decide(plan, make_member(company, role))


def test_nor_the_person_themselves_nor_another_company(plan, hire, rival):
    for other in (hire, rival):
        with pytest.raises(PermissionDenied):
            decide(plan, other)
    Onboarding.objects.update(hire=plan.manager)
    with pytest.raises(PermissionDenied):
        decide(Onboarding.objects.get(pk=plan.pk), plan.manager)


def test_the_manager_of_the_plan_does(plan, manager):
    plan.manager = manager
    plan.save()
    assert decide(plan, manager).by == manager


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (None, False),
        (END, False),
        (END - timedelta(days=1), False),
        (END + timedelta(days=1), True),
        (date(2027, 12, 6), True),
        (date(2027, 12, 7), False),
    ],
)
def test_until_when_it_may_be_extended(plan, until, allowed):
    if allowed:
        assert decide(plan, what="extend", until=until).until == until
        return
    with pytest.raises(steps.Refused):
        decide(plan, what="extend", until=until)


def test_not_into_the_past(plan, clock):
    clock.move_to("2027-04-01 09:00 +0000")
    with pytest.raises(steps.Refused):
        decide(plan, what="extend", until=date(2027, 4, 1))


def test_a_day_that_no_extension_has_is_dropped(plan):
    assert decide(plan, what="end", until=LATER).until is None


def test_two_who_decide_meet(plan):
    decide(plan)
    with pytest.raises(conflicts.Changed):
        decide(plan, what="end")
    assert decide(plan, what="end", seen=1).number == 2


def test_taken_back_in_ten_minutes_and_not_once_told(plan, clock):
    probation.take_back(decide(plan), by=plan.manager)
    assert not Decision.objects.exists()
    row = decide(plan)
    tell(row)
    with pytest.raises(undoing.Gone):
        probation.take_back(row, by=plan.manager)
    late = decide(plan, what="end", seen=1)
    clock.shift(timedelta(minutes=11))
    with pytest.raises(undoing.Refused):
        probation.take_back(late, by=plan.manager)


# -- told


def test_told_the_plan_moves_and_not_before(plan, hire):
    row = decide(plan, what="extend", until=LATER)
    plan.refresh_from_db()
    assert plan.probation_until == END
    assert [tell(row) for _ in range(2)] == [True, False]
    plan.refresh_from_db()
    assert plan.probation_until == LATER
    assert [(row.member, row.kind) for row in Notice.objects.all()] == [(hire, "probation_told")]


def test_told_the_step_is_done(plan):
    tell(decide(plan))
    assert step_of(plan, "probation").state == "done"


def test_an_older_decision_is_told_no_more(plan):
    first = decide(plan)
    decide(plan, what="end", seen=1)
    with pytest.raises(steps.Refused):
        tell(first)


def test_the_mail_says_that_there_is_something(plan):
    tell(decide(plan, what="end", reason="Secret reason"), words="Let us talk")
    body = bytes(Mail.objects.get(message="told_one").body).decode()
    assert [word in body for word in ("Secret reason", "Let us talk", "about your probation")] == [
        False,
        False,
        True,
    ]


# -- the reminder


REMIND = "2027-02-19 09:00 +0000"  # ten working days before Friday 5 March


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("2027-02-18 12:00 +0000", 0),
        ("2027-02-19 08:59 +0000", 0),
        (REMIND, 1),
        ("2027-03-05 17:00 +0000", 1),
        ("2027-03-08 09:00 +0000", 0),
    ],
)
def test_ten_working_days_before(plan, clock, moment, count):
    assert probation.remind_on(plan) == date(2027, 2, 19)
    clock.move_to(moment)
    assert probation.remind() == count


def test_once_to_the_manager(plan, owner, clock):
    clock.move_to(REMIND)
    assert [probation.remind() for _ in range(3)] == [1, 0, 0]
    assert [(row.member, row.kind) for row in Notice.objects.all()] == [(owner, "probation_ends")]


def test_decided_nobody_is_reminded(plan, clock):
    decide(plan)
    clock.move_to(REMIND)
    assert probation.remind() == 0


def test_extended_it_is_said_again_before_the_new_end(plan, clock):
    clock.move_to(REMIND)
    probation.remind()
    tell(decide(plan, what="extend", until=LATER))
    assert probation.remind() == 0
    clock.move_to("2027-04-19 09:00 +0000")
    assert probation.remind() == 1


def test_ended_plans_and_closing_shops_are_silent(plan, owner, company, clock):
    clock.move_to(REMIND)
    type(company).objects.update(closes_at="2027-03-20T00:00Z")
    assert probation.remind() == 0
    type(company).objects.update(closes_at=None)
    plans.cancel(plan, by=owner, reason="No")
    assert (probation.remind(), ProbationReminder.objects.count()) == (0, 0)


@pytest.mark.parametrize("count", [1, 4])
def test_looking_costs_the_same_for_any_number(company, owner, clock, count, django_assert_num_queries):
    for _ in range(count):
        make_onboarding(company, make_member(company, "hire"), owner)
    with django_assert_num_queries(2):
        assert probation.remind() == 0


# -- pages


def url(plan):
    return reverse("onboarding:decision", args=[plan.pk])


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


def test_decided_and_told_from_the_page(plan, olga, hire, sign_in):
    olga.post(url(plan), {"what": "continue", "reason": "Secret reason", "seen": "0"})
    row = Decision.objects.get()
    sara = sign_in(hire)
    reviews = reverse("onboarding:talks", args=[plan.pk])
    assert "Continue" not in text(sara.get(reviews))
    olga.post(reverse("onboarding:decision_tell", args=[row.pk]), {"words": "<b>Welcome</b>"})
    page = text(sara.get(reviews))
    assert [word in page for word in ("Continue", "&lt;b&gt;Welcome&lt;/b&gt;", "Secret reason")] == [
        True,
        True,
        False,
    ]


def test_it_suggests_nothing(plan, olga):
    page = text(olga.get(url(plan)))
    assert len(re.findall(r'name="what"', page)) == 3
    assert re.findall(r'name="what"[^>]*checked', page) == []


def test_a_day_that_cannot_be_is_said_beside_the_field(plan, olga):
    typed = {"what": "extend", "until": "2027-03-05", "reason": "More time", "seen": "0"}
    response = olga.post(url(plan), typed)
    assert (response.status_code, "That is no extension" in text(response)) == (422, True)
    assert "More time" in text(response)


def test_two_tabs_meet(plan, olga):
    decide(plan)
    response = olga.post(url(plan), {"what": "end", "reason": "Other", "seen": "0"})
    assert (response.status_code, Decision.objects.count()) == (409, 1)


def test_reading_it_is_written_down(plan, olga):
    from vault.models import TrailEntry

    olga.get(url(plan))
    decide(plan)
    olga.get(url(plan))
    assert TrailEntry.objects.filter(action="decision.read").count() == 1


def test_the_new_colleague_never_gets_in(plan, hire, sign_in):
    row, sara = decide(plan), sign_in(hire)
    tell_url = reverse("onboarding:decision_tell", args=[row.pk])
    assert [sara.get(url(plan)).status_code, sara.post(tell_url).status_code] == [403, 403]
    hire.role = "manager"
    hire.save()
    assert [sara.get(url(plan)).status_code, sara.post(tell_url).status_code] == [404, 404]


def test_nor_do_other_managers_and_companies(plan, manager, rival, sign_in):
    row = decide(plan)
    for other in (sign_in(manager), sign_in(rival)):
        assert other.get(url(plan)).status_code == 404
        assert other.post(reverse("onboarding:decision_tell", args=[row.pk])).status_code == 404
    assert Decision.objects.get().told_at is None


def test_the_copy_of_ones_data_has_only_what_was_told(plan, hire):
    from vault import keep

    row = decide(plan)
    rule = next(rule for rule in keep.rules() if rule.model is Decision)
    assert list(rule.shown(Decision.objects.all())) == []
    tell(row)
    assert list(rule.shown(Decision.objects.all())) == [row]


def test_far_from_utc_the_managers_morning_counts(plan, owner):
    owner.user.timezone = "Pacific/Auckland"
    owner.user.save()
    with time_machine.travel("2027-02-18 20:30 +0000", tick=False):
        assert probation.remind() == 1
