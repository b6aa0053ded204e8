"""Pages of goals, of the end of the first weeks and of what was learned."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from onboarding import goal_words, goals, lessons, onward
from onboarding.models import Draft, Goal, GoalKind, GoalReading, Lesson, Onward
from readiness import after
from readiness.models import Assessment, BeforeAfter, Counted
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding
from tests.onboarding.goals import make_goal, said
from tests.onboarding.test_mine import page, text
from tests.onboarding.test_undo import undo_url
from tests.readiness.factories import make_assessment

pytestmark = pytest.mark.django_db
ODD = "{{ customer.first_name }} <b>bold</b> \u202eright"
SHOWN = "{{ customer.first_name }} &lt;b&gt;bold&lt;/b&gt; \u202eright"


@pytest.fixture
def olga(plan, owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def sara(plan, hire, sign_in):
    return sign_in(hire)


@pytest.fixture
def goal(plan):
    return make_goal(plan)


def send(client, name, pk, /, **data):
    return client.post(reverse(f"onboarding:{name}", kwargs=pk if isinstance(pk, dict) else {"pk": pk}), data)


def seen(client, name, pk):
    return text(page(client, name, pk=pk))


def queries(client, name, pk) -> int:
    address = reverse(f"onboarding:{name}", args=[pk])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(address)
    return len(found)


# -- the list


def test_before_they_open_a_sentence_says_when(plan, sara, olga):
    left = onward.opening(plan).left
    assert f"Goals come when your first weeks are done: {left} steps to go." in seen(sara, "goals", plan.pk)
    shown = seen(olga, "goals", plan.pk)
    assert f"Goals open when the first weeks of Sara are done: {left} steps to go." in shown
    assert "Say that the first weeks are over" in shown
    assert "Set this goal" not in shown


def test_own_goals_are_a_press_from_me(plan, sara):
    assert reverse("onboarding:my_goals") in page(sara, "me")
    assert sara.get(reverse("onboarding:my_goals")).url == reverse("onboarding:goals", args=[plan.pk])


def test_somebody_without_a_plan_reads_a_sentence(interviewer, sign_in):
    assert "There is no plan for you here yet." in text(page(sign_in(interviewer), "my_goals"))


def test_opened_early_three_are_offered_with_why(plan, olga):
    send(olga, "goals_open", plan.pk, reason="Quick learner")
    shown = seen(olga, "goals", plan.pk)
    assert "Opened before the plan was done: Quick learner" in shown
    assert "Three goals that fit most shops Satisfied customers Customers who are happy" in shown
    assert shown.count("Set this goal") == 3


def test_opening_without_a_reason_keeps_the_page(plan, olga):
    response = send(olga, "goals_open", plan.pk, reason="")
    assert response.status_code == 422
    assert "This field is required." in text(response.content.decode())


def test_opening_and_settling_can_be_taken_back(plan, olga):
    for name, data in [("goals_open", {"reason": "Quick"}), ("settle", {})]:
        response = send(olga, name, plan.pk, **data)
        olga.post(undo_url(response))
    assert not onward.opening(plan).open


def test_the_hire_without_goals_is_sent_to_the_manager(plan, sara, owner):
    onward.settle(plan, by=owner)
    assert "No goal yet. Olga sets them with you" in seen(sara, "goals", plan.pk)


def test_the_list_costs_the_same_for_one_and_three(plan, olga, sara, owner):
    goals.read(make_goal(plan), said(MONDAY, 9), by=owner)
    one = [queries(client, "goals", plan.pk) for client in (olga, sara)]
    for kind in (GoalKind.CSAT, GoalKind.OWN):
        goal = make_goal(plan, kind)
        counts = {"positive": 9, "total": 10} if goal.counted else {"value": 3}
        goals.read(goal, said(MONDAY, **counts), by=owner)
    assert [queries(client, "goals", plan.pk) for client in (olga, sara)] == one == [8, 8]


def test_the_page_of_a_goal_costs_the_same_for_one_number_and_three(plan, goal, sara, owner):
    goals.read(goal, said(MONDAY, 9), by=owner)
    one = queries(sara, "goal", goal.pk)
    for days in (1, 2):
        goals.read(goal, said(MONDAY - timedelta(days=days), 9 + days), by=owner)
    assert queries(sara, "goal", goal.pk) == one == 6


# -- setting one


def test_csat_is_offered_with_95_percent(plan, olga, owner):
    onward.settle(plan, by=owner)
    address = {"pk": plan.pk, "kind": "csat"}
    assert 'value="95"' in page(olga, "goal_add", **address)
    response = send(olga, "goal_add", address, baseline="88,5", target="٩٥", reader="both")
    goal = Goal.objects.get()
    assert response.url == reverse("onboarding:goal", args=[goal.pk])
    assert (goal.baseline, goal.target, goal.unit, goal.direction) == (D("88.5"), D(95), "percent", "up")


def test_repeat_purchases_are_counted_as_purchases_or_customers(plan, olga, owner):
    onward.settle(plan, by=owner)
    send(olga, "goal_add", {"pk": plan.pk, "kind": "repeat"}, unit="customers", target="60", reader="both")
    assert goal_words.aim(Goal.objects.get()) == "At least 60 customers who came back"


def test_a_goal_of_ones_own_stands_as_typed(plan, olga, owner):
    onward.settle(plan, by=owner)
    values = {"name": ODD, "unit": "number", "direction": "down", "target": "-3", "reader": "manager"}
    response = send(olga, "goal_add", {"pk": plan.pk, "kind": "own"}, **values)
    assert Goal.objects.get().name == ODD
    assert SHOWN in olga.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("csat", {"target": "101"}, "Write a number from 0 to 100."),
        ("csat", {"target": "90", "baseline": "92"}, "That is no better than it is now."),
        ("reply", {"target": "30", "baseline": "24", "unit": "hours"}, "That is no better than it is now."),
        ("reply", {"target": "soon", "unit": "hours"}, "Write a number, such as 12 or 2.5."),
        ("reply", {"target": "2", "unit": "percent"}, "Select a valid choice."),
        ("reply", {"target": "2", "unit": "hours", "a_week": "0"}, "greater than or equal to 1"),
        ("repeat", {"target": "-1", "unit": "purchases"}, "Write a number from 0 to 9999999."),
        ("repeat", {"target": "1e5", "unit": "purchases"}, "Write a number, such as 12 or 2.5."),
        ("own", {"target": "1", "unit": "number", "direction": "up"}, "This field is required."),
        ("csat", {"target": "95", "until": "9999-12-31"}, "This day is very far away."),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused_and_kept(plan, olga, owner, kind, values, sentence):
    onward.settle(plan, by=owner)
    response = send(olga, "goal_add", {"pk": plan.pk, "kind": kind}, reader="both", **values)
    assert response.status_code == 422
    shown = response.content.decode()
    assert sentence in text(shown)
    assert f'value="{values["target"]}"' in shown
    assert not Goal.objects.exists()


def test_no_kind_of_that_name(plan, olga, owner):
    onward.settle(plan, by=owner)
    assert send(olga, "goal_add", {"pk": plan.pk, "kind": "sales"}).status_code == 404


def test_a_closed_door_leads_back_to_the_list(plan, olga):
    response = send(olga, "goal_add", {"pk": plan.pk, "kind": "csat"}, target="95", reader="both")
    assert response.url == reverse("onboarding:goals", args=[plan.pk])
    assert not Goal.objects.exists()


def test_a_second_goal_of_a_kind_says_so(plan, goal, olga):
    values = {"unit": "hours", "target": "2", "reader": "both"}
    response = send(olga, "goal_add", {"pk": plan.pk, "kind": "reply"}, **values)
    assert response.status_code == 409
    assert "There is such a goal already." in text(response.content.decode())


def test_changed_with_undo_and_a_stale_page_shows_both(goal, olga):
    values = {"unit": "hours", "baseline": "24", "target": "3", "a_week": "60", "reader": "both", "seen": "1"}
    response = send(olga, "goal_change", goal.pk, **values)
    stale = send(olga, "goal_change", goal.pk, **(values | {"target": "2"}))
    assert stale.status_code == 409
    olga.post(undo_url(response))
    goal.refresh_from_db()
    assert goal.target == 4


# -- its page


def test_what_it_does_for_the_shop_in_own_numbers(plan, goal, sara, hire):
    goals.read(goal, said(MONDAY, 4), by=hire)
    shown = seen(sara, "goal", goal.pk)
    assert "4 hours: the target is reached." in shown
    spared = "20 hours sooner for each of 60 messages a week: customers wait 1,200 hours less in all."
    assert spared.replace(",", "") in shown.replace(",", "")


def test_happy_customers_are_counted(plan, olga, owner):
    goal = make_goal(plan, GoalKind.CSAT)
    goals.read(goal, said(MONDAY, positive=114, total=120), by=owner)
    shown = seen(olga, "goal", goal.pk)
    assert "114 of 120 customers who answered were happy" in shown
    assert "95 % 114 of 120" in shown


def test_the_number_away_from_its_target_is_said_of_the_number(goal, olga, owner):
    goals.read(goal, said(MONDAY, 30), by=owner)
    assert "30 hours: further from 4 hours than at the beginning." in seen(olga, "goal", goal.pk)


def test_chart_and_table_say_the_same(goal, olga, owner):
    for days, value in [(2, 12), (1, "8.5"), (0, 4)]:
        goals.read(goal, said(MONDAY - timedelta(days=days), value), by=owner)
    shown = page(olga, "goal", pk=goal.pk)
    assert shown.count('class="dot"') == 3
    assert "Dec. 5, 2026 12 hours" in text(shown)
    assert "Dec. 6, 2026 8.5 hours" in text(shown)


def test_in_arabic_the_numbers_of_the_picture_stay_those_of_a_picture(goal, olga, owner):
    goals.read(goal, said(MONDAY, "8.5"), by=owner)
    owner.user.language = "ar"
    owner.user.save()
    shown = page(olga, "goal", pk=goal.pk)
    assert 'd="M300.00 ' in shown
    assert 'dir="rtl"' in shown


def test_a_number_is_written_down_by_the_hire_and_taken_back(goal, sara):
    response = send(sara, "goal_read", goal.pk, day="2026-12-07", value="١٢٫٥")
    assert goal.readings.get().value == D("12.5")
    sara.post(undo_url(response))
    assert goals.points(goal) == []


def test_a_double_click_is_one_number(goal, sara):
    for _ in range(2):
        assert send(sara, "goal_read", goal.pk, day="2026-12-07", value="12").status_code == 302
    assert GoalReading.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": "2026-12-08", "value": "12"}, "This day has not come yet."),
        ({"day": "2026-12-07", "value": "-1"}, "Write a number from 0 to 9999999."),
        ({"day": "2026-12-07", "value": "99999999999999"}, "Write a number, such as 12 or 2.5."),
        ({"day": "yesterday", "value": "1"}, "Enter a valid date."),
        ({"day": "2026-12-07"}, "This field is required."),
    ],
)
def test_a_number_that_cannot_be_is_a_sentence(goal, sara, values, sentence):
    response = send(sara, "goal_read", goal.pk, **values)
    assert response.status_code == 422
    assert sentence in text(response.content.decode())


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"positive": "12", "total": "10"}, "No more can be positive than have answered."),
        ({"positive": "0", "total": "0"}, "greater than or equal to 1"),
        ({"positive": "1.5", "total": "10"}, "Enter a whole number."),
        ({"positive": "9", "total": "99999999999"}, "less than or equal to 2147483647"),
    ],
)
def test_counts_that_cannot_be(plan, sara, counts, sentence):
    goal = make_goal(plan, GoalKind.CSAT)
    response = send(sara, "goal_read", goal.pk, day="2026-12-07", **counts)
    assert response.status_code == 422
    assert sentence in text(response.content.decode())


def test_the_largest_numbers_are_shown(plan, olga, owner):
    goal = make_goal(plan, GoalKind.OWN, target=D("9999999"))
    goals.read(goal, said(MONDAY, "-9999999"), by=owner)
    assert "-9999999 so far" in seen(olga, "goal", goal.pk).replace(",", "")


def test_another_number_for_the_day_is_refused_and_kept(goal, sara, owner):
    goals.read(goal, said(MONDAY, 12), by=owner)
    response = send(sara, "goal_read", goal.pk, day="2026-12-07", value="11")
    assert response.status_code == 409
    assert 'value="11"' in response.content.decode()


def test_a_goal_for_managers_shows_the_hire_no_form(plan, sara):
    goal = make_goal(plan, reader="manager")
    assert "Write a number down" not in seen(sara, "goal", goal.pk)
    assert send(sara, "goal_read", goal.pk, day="2026-12-07", value="1").status_code == 403


def test_corrected_with_what_it_said_before(goal, sara, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    response = send(sara, "reading", reading.pk, day="2026-12-06", value="10", seen="1")
    assert response.url == reverse("onboarding:goal", args=[goal.pk])
    assert "What it said before 12 hours Dec. 7, 2026 · Olga" in seen(sara, "reading", reading.pk)
    stale = send(sara, "reading", reading.pk, day="2026-12-06", value="9", seen="1")
    assert stale.status_code == 409


def test_taken_off_with_undo(goal, olga, owner):
    reading = goals.read(goal, said(MONDAY, 12), by=owner)
    response = send(olga, "reading_remove", reading.pk)
    assert goals.points(goal) == []
    olga.post(undo_url(response))
    assert len(goals.points(goal)) == 1


def test_the_numbers_as_a_sheet(plan, olga, sara, owner):
    goal = make_goal(plan, GoalKind.CSAT, name="=Happy")
    goals.read(goal, said(MONDAY, positive=19, total=20), by=owner)
    lines = [client.get(reverse("onboarding:goal_sheet", args=[goal.pk])).content for client in (olga, sara)]
    assert lines[0] == lines[1]
    assert lines[0].decode() == (
        "\ufeffDay,'=Happy,Positive answers,All answers,Reached\r\n2026-12-07,95.00,19,20,Yes\r\n"
    )


def test_ended_with_reason_and_undo(plan, goal, olga):
    assert send(olga, "goal_end", goal.pk, reason="").status_code == 422
    response = send(olga, "goal_end", goal.pk, reason=ODD)
    assert "1 goal that has ended" in seen(olga, "goals", plan.pk)
    assert SHOWN in page(olga, "goal", pk=goal.pk)
    olga.post(undo_url(response))
    goal.refresh_from_db()
    assert goal.ended_at is None


def test_another_hire_the_buddy_and_another_shop_stay_outside(plan, goal, company, rival, sign_in, owner):
    other, buddy = make_member(company, "hire"), make_member(company, "interviewer")
    make_onboarding(company, other, owner)
    plan.buddy = buddy
    plan.save()
    for member, status in [(other, 403), (buddy, 403), (rival, 404)]:
        client = sign_in(member)
        for name, pk in [
            ("goals", plan.pk),
            ("goal", goal.pk),
            ("goal_sheet", goal.pk),
            ("settled", plan.pk),
        ]:
            assert client.get(reverse(f"onboarding:{name}", args=[pk])).status_code == status, (name, member)


# -- settled, and what was learned


def test_settled_says_it_in_one_sentence_first(plan, hire, owner, sign_in, clock):
    clock.move_to("2027-03-08 09:00 +0000")
    onward.settle(plan, by=owner)
    shown = seen(sign_in(owner), "settled", plan.pk)
    assert "62 working days, and Sara has settled in. You said" in shown
    assert "62 working days, and you have settled in. In numbers" in seen(sign_in(hire), "settled", plan.pk)


def test_before_that_the_page_says_that_it_fills(plan, olga):
    shown = seen(olga, "settled", plan.pk)
    assert "The first weeks of Sara are still going on." in shown
    assert "None set yet" in shown
    assert "None looked at yet" in shown


def test_replies_sent_alone_are_counted_and_the_freedom_is_named(plan, olga, owner):
    row = {"company": plan.company, "onboarding": plan, "situation": "other", "state": "sent", "alone": True}
    for sent in (MONDAY, None):
        Draft.objects.create(sent_at=sent and f"{sent}T09:00Z", **row)
    shown = seen(olga, "settled", plan.pk)
    assert "Replies on own judgement 1 " in shown
    assert "Freedom to answer Each reply is approved first" in shown


def test_goals_are_counted(plan, goal, olga, owner):
    goals.read(goal, said(MONDAY, 4), by=owner)
    make_goal(plan, GoalKind.CSAT)
    assert "1 of 2 reached" in seen(olga, "settled", plan.pk)


def test_before_and_after_is_a_link_for_those_who_lead(plan, sara, olga):
    assert 'href="/readiness/after/"' in page(olga, "settled", pk=plan.pk)
    onward.leads_to(plan, after_url="/readiness/after/5/")
    assert 'href="/readiness/after/5/"' in page(olga, "settled", pk=plan.pk)
    assert "/readiness/" not in page(sara, "settled", pk=plan.pk).split("<main")[1]
    assert Onward.objects.get().after_url == "/readiness/after/5/"


def test_a_lesson_is_kept_as_typed_and_found_again(plan, olga):
    response = send(olga, "lesson", plan.pk, keep=ODD, change="Ask for writing samples", seen="0")
    assert response.url == reverse("onboarding:settled", args=[plan.pk])
    row = Lesson.objects.get()
    assert (row.keep, row.template) == (ODD, plan.version.template)
    for address in (response.url, reverse("onboarding:learned")):
        assert SHOWN in olga.get(address).content.decode()


def test_an_empty_lesson_is_refused(plan, olga):
    response = send(olga, "lesson", plan.pk, keep=" ", seen="0")
    assert response.status_code == 422
    assert not Lesson.objects.exists()


def test_two_tabs_of_a_lesson(plan, olga):
    send(olga, "lesson", plan.pk, keep="One", seen="0")
    stale = send(olga, "lesson", plan.pk, keep="Two", seen="0")
    assert stale.status_code == 409
    assert Lesson.objects.get().keep == "One"
    send(olga, "lesson", plan.pk, keep="Two", seen="1")
    assert Lesson.objects.get().keep == "Two"


def test_a_lesson_is_taken_back_and_then_nothing_is_shown(plan, olga, company):
    response = send(olga, "lesson", plan.pk, keep="One", seen="0")
    olga.post(undo_url(response))
    assert list(lessons.written(company)) == []


def test_lessons_are_not_for_the_hire(plan, sara, olga):
    send(olga, "lesson", plan.pk, keep="Start earlier", seen="0")
    assert "Start earlier" not in page(sara, "settled", pk=plan.pk)
    assert sara.get(reverse("onboarding:lesson", args=[plan.pk])).status_code == 403


def test_what_was_learned_costs_the_same_for_one_and_three(plan, company, olga, owner):
    lessons.write(plan, by=owner, keep="One", change="", drop="", longest="")

    def count():
        with CaptureQueriesContext(connection) as found:
            olga.get(reverse("onboarding:learned"))
        return len(found)

    count()
    one = count()
    for text_ in ("Two", "Three"):
        other = make_onboarding(company, make_member(company, "hire"), owner)
        lessons.write(other, by=owner, keep=text_, change="", drop="", longest="")
    assert count() == one == 4


def test_units_are_counted_as_people_count():
    assert [goal_words.unit("hours", D(n)) for n in ("1", "1.5", "2.00")] == [
        "1 hour",
        "1.5 hours",
        "2 hours",
    ]
    with translation.override("fi"):
        assert goal_words.number(D("1234.50")) == "1234,5"


# -- what other apps have counted


@pytest.fixture
def counted(company):
    """A mailbox that was counted until Sunday 6 December: 5.5 hours until the first reply."""
    series = {"first_reply_hours": 5.5, "weeks": [["2026-11-30", 40, None]], "measured": {}}
    return Counted.objects.create(company=company, kind="mailbox", series=series)


def test_what_imported_mail_says_is_taken_with_one_press(goal, counted, sara):
    shown = page(sara, "goal", pk=goal.pk)
    assert "Your imported mail says: 5.5 hours until the first reply, counted until Dec. 6, 2026." in text(
        shown
    )
    send(sara, "goal_read", goal.pk, day="2026-12-06", value="5.50")
    assert goal.readings.get().value == D("5.5")
    assert "Your imported mail" not in seen(sara, "goal", goal.pk)


def test_minutes_are_taken_as_minutes(plan, counted, sara):
    goal = make_goal(plan, unit="minutes", baseline=D(600), target=D(60))
    assert 'name="value" value="330.00"' in page(sara, "goal", pk=goal.pk)


def test_mail_says_nothing_of_other_goals_and_other_shops(plan, goal, counted, sara, rival):
    happy = make_goal(plan, GoalKind.CSAT)
    assert "Your imported mail" not in seen(sara, "goal", happy.pk)
    counted.company = rival.company
    counted.save()
    assert "Your imported mail" not in seen(sara, "goal", goal.pk)


def test_hours_given_back_stand_on_the_settled_page_for_those_who_lead(plan, olga, sara, owner, company):
    compared = after.begin(company=company, by=owner, start_date=MONDAY, job_title="Support person")
    make_assessment(company, by=owner.user)
    BeforeAfter.objects.update(before=Assessment.objects.get(), person=plan.hire)
    onward.leads_to(plan, after_url=after.address(compared))
    for weeks in (0, 1):
        after.write_week(compared, by=owner, monday=MONDAY + timedelta(weeks=weeks), owner=6)
    assert "19 hours a week are yours again" in seen(olga, "settled", plan.pk)
    assert "yours again" not in seen(sara, "settled", plan.pk)
