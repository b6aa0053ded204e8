"""The way through the check as people walk it: back and forth, in two tabs, before and after signing in."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from mailroom.models import Mail
from readiness import assessments, panels, reminders, result
from readiness.models import Assessment
from tests.factories import make_member
from tests.readiness.factories import BUSY, CALM, make_assessment, typed
from tests.readiness.test_races import in_a_thread
from tests.readiness.test_views import text
from vault.models import TrailEntry

CHECK, ANSWER, PLAN, HOME = (reverse(f"readiness:{name}") for name in ("check", "answer", "plan", "home"))
pytestmark = pytest.mark.django_db


def step(name):
    return reverse("readiness:step", args=[name])


def held(client):
    return client.session.get(assessments.SESSION)


# -- nothing that was accepted is lost


def test_a_step_before_the_check_is_kept_for_a_member_too(sign_in, owner):
    client = sign_in(owner)
    client.post(step("growth"), {"orders_now": "50", "orders_before": "40"})
    assert not Assessment.objects.exists()
    client.post(CHECK, typed())
    row = Assessment.objects.get()
    assert (row.answers["orders_now"], row.answers["breath"]) == (50, 3)
    assert held(client) is None


def test_two_answers_of_a_member_wait_for_the_third(sign_in, owner):
    client = sign_in(owner)
    client.post(CHECK, {"breath": "3", "trend": "more"})
    assert 'value="3" id="id_breath_3" checked' in text(client.get(CHECK))
    client.post(CHECK, {"breath": "3", "trend": "more", "ratings": "same"})
    assert Assessment.objects.get().answers == {"breath": 3, "trend": "more", "ratings": "same"}


def test_too_few_answers_are_not_offered_to_be_kept(sign_in, owner):
    client = sign_in(owner)
    client.post(CHECK, {"breath": "3"})
    assert "You answered the check before you signed in." not in text(client.get(HOME))


def test_bringing_too_few_answers_loses_none(sign_in, owner):
    client = sign_in(owner)
    client.post(CHECK, {"breath": "3"})
    client.post(reverse("readiness:bring"))
    assert held(client)["answers"] == {"breath": 3}


def test_bringing_nothing_is_nothing(sign_in, owner):
    assert sign_in(owner).post(reverse("readiness:bring")).url == HOME
    assert not Assessment.objects.exists()


def test_answers_before_signing_in_never_overwrite_those_of_the_shop_unasked(sign_in, owner):
    row = make_assessment(owner.company, by=owner.user)
    client = sign_in(owner)
    session = client.session
    session[assessments.SESSION] = {"answers": CALM, "result": assessments.compute(CALM), "plan": ""}
    session.save()
    client.get(CHECK)
    client.get(ANSWER)
    client.post(step("growth"), {"orders_now": "5"})
    row.refresh_from_db()
    assert (row.answers["breath"], held(client)["answers"]["breath"]) == (3, 0)


def test_an_emptied_question_is_open_again(client):
    client.post(CHECK, typed())
    client.post(CHECK, typed(ratings="dont_know", oldest_days="dont_know"))
    assert not {"ratings", "oldest_days"} & set(held(client)["answers"])


def test_a_step_leaves_the_answers_of_the_others(client):
    client.post(CHECK, typed())
    client.post(step("overload"), {"available_hours": "30"})
    client.post(step("growth"), {"orders_now": "5"})
    answers = held(client)["answers"]
    assert (answers["available_hours"], answers["orders_now"], answers["support_hours"]) == (30, 5, 25)


def test_a_result_is_new_another_day_and_the_old_one_stays(sign_in, owner, time_machine):
    client = sign_in(owner)
    client.post(CHECK, typed())
    time_machine.move_to(timezone.now() + timedelta(hours=13))
    client = sign_in(owner)
    client.post(CHECK, typed(breath=4))
    assert [row.answers["breath"] for row in Assessment.objects.order_by("pk")] == [3, 4]
    assert text(client.get(HOME)).count("Hire part-time now, about 15 hours a week.") >= 2


@pytest.mark.parametrize(("hours", "rows"), [(11.9, 1), (12.1, 2)])
def test_a_sitting_lasts_half_a_day(owner, time_machine, hours, rows):
    make_assessment(owner.company, by=owner.user)
    time_machine.move_to(timezone.now() + timedelta(hours=hours))
    make_assessment(owner.company, by=owner.user, breath=4)
    assert Assessment.objects.count() == rows


# -- the result is for those who decide


@pytest.mark.parametrize("who", ["interviewer", "hire"])
@pytest.mark.parametrize("name", ["home", "check", "answer", "strip", "plan", "bring"])
def test_staff_get_none_of_it(sign_in, request, who, name):
    assert sign_in(request.getfixturevalue(who)).post(reverse(f"readiness:{name}")).status_code == 403


@pytest.mark.parametrize("who", ["interviewer", "hire"])
def test_staff_cannot_read_a_result_or_see_its_panel(sign_in, owner, request, who):
    row, member = make_assessment(owner.company, by=owner.user), request.getfixturevalue(who)
    assert sign_in(member).get(reverse("readiness:show", args=[row.pk])).status_code == 403
    assert panels.for_member(member) == []


@pytest.mark.parametrize("name", ["home", "bring"])
def test_a_stranger_has_no_list(client, name):
    assert client.post(reverse(f"readiness:{name}")).url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["strip", "plan", "bring"])
def test_what_changes_or_answers_is_only_sent(client, sign_in, owner, name):
    assert sign_in(owner).get(reverse(f"readiness:{name}")).status_code == 405


def test_a_rivals_result_and_none_look_the_same(sign_in, owner, rival):
    row, client = make_assessment(owner.company, by=owner.user), sign_in(rival)
    theirs, none = (client.get(reverse("readiness:show", args=[pk])) for pk in (row.pk, row.pk + 1000))
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_somebody_in_two_companies_sees_the_result_of_the_one_they_are_in(sign_in, owner, rival):
    there = make_member(rival.company, Role.OWNER, user=owner.user, email=owner.email)
    make_assessment(owner.company, by=owner.user)
    assert "about 15 hours" in text(sign_in(owner).get(HOME))
    assert "about 15 hours" not in text(sign_in(there).get(HOME))


# -- the plan


def test_the_plan_is_escaped_wherever_it_is_shown(client):
    client.post(CHECK, typed())
    client.post(PLAN, {"plan": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(ANSWER).content.decode()


@pytest.mark.parametrize("plan", ["x" * 501, "a\x00b"])
def test_a_wrong_plan_keeps_the_old_one_and_the_page(sign_in, owner, plan):
    row, client = make_assessment(owner.company, by=owner.user), sign_in(owner)
    client.post(PLAN, {"plan": "Photos"})
    page = text(client.post(PLAN, {"plan": plan}))
    row.refresh_from_db()
    assert (row.plan, "invalid-feedback" in page, "<h1>Hire part-time now" in page) == ("Photos", True, True)


def test_a_wrong_plan_still_says_that_a_reminder_is_on_its_way(sign_in, owner):
    row, client = make_assessment(owner.company, by=owner.user), sign_in(owner)
    reminders.ask_again(row, by=owner)
    page = text(client.post(PLAN, {"plan": "x" * 501}))
    assert "Ask me again in four weeks" not in page
    assert "we ask again, once, by mail to" in page


def test_a_plan_before_any_answer_leads_to_the_questions(client):
    assert client.post(PLAN, {"plan": "Photos"}).url == CHECK
    assert held(client) is None


def test_the_plan_stays_when_the_answers_are_refined(sign_in, owner):
    client = sign_in(owner)
    client.post(CHECK, typed())
    client.post(PLAN, {"plan": "Photos"})
    client.post(step("growth"), {"orders_now": "5"})
    assert Assessment.objects.get().plan == "Photos"


# -- the reminder


def test_a_reminder_is_posted_once_however_often_it_is_asked_for(sign_in, owner):
    row, client = make_assessment(owner.company, by=owner.user), sign_in(owner)
    for _ in range(3):
        assert client.post(reverse("readiness:remind", args=[row.pk])).status_code == 302
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans"])
def test_the_reminder_speaks_its_readers_language(owner, language):
    owner.user.language = language
    mail = reminders.ask_again(make_assessment(owner.company, by=owner.user), by=owner)
    assert (mail.language, mail.recipient) == (language, owner.email)
    assert mail.subject


def test_without_a_language_of_their_own_it_is_the_companys(owner):
    owner.user.language, owner.company.language = "", "sv"
    owner.company.save()
    assert reminders.ask_again(make_assessment(owner.company), by=owner).language == "sv"


def test_the_reminder_of_one_result_says_nothing_about_another(owner, rival):
    reminders.ask_again(make_assessment(owner.company, by=owner.user), by=owner)
    assert reminders.wish(make_assessment(rival.company)) is None


# -- what other apps and the trail are told


@pytest.mark.parametrize(
    ("changes", "hours"),
    [({"support_hours": 1}, 1), ({"support_hours": 0}, 1), ({"support_hours": None}, None)],
)
def test_other_apps_are_told_the_hours_of_the_headline(company, changes, hours):
    answers = {name: value for name, value in (BUSY | changes).items() if value is not None}
    assessments.save(company=company, by=None, answers=answers)
    assert result.latest(company).hours == hours


def test_the_trail_names_the_questions_and_no_answer(owner):
    make_assessment(owner.company, by=owner.user, support_hours=77)
    entry = TrailEntry.objects.get(action="readiness.answered")
    assert "support_hours" in entry.fields
    assert "77" not in str(entry.fields)


def test_a_result_can_be_computed_again_from_what_is_kept(owner):
    row = make_assessment(owner.company, by=owner.user)
    assert assessments.compute(row.answers, row.measured) == row.result


def test_the_panel_leads_to_the_check_first_and_to_the_answer_later(owner):
    [before] = panels.for_member(owner)
    make_assessment(owner.company, by=owner.user)
    [after] = panels.for_member(owner)
    assert (before.context["row"], after.context["headline"]) == (
        None,
        "Hire part-time now, about 15 hours a week.",
    )
    assert before.order < after.order


# -- two at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_pages_sent_at_once_both_count(owner):
    make_assessment(owner.company, by=owner.user)

    def send(**changes):
        return assessments.save(company=owner.company, by=owner.user, answers=BUSY | changes, changes=changes)

    with transaction.atomic():
        send(orders_now=5)
        second = in_a_thread(lambda: send(repeatable=40))
        assert second(0.3) is None
    assert second(10).answers == BUSY | {"orders_now": 5, "repeatable": 40}


def test_two_pages_that_empty_each_others_answers_leave_the_result_that_was(owner):
    three = {"breath": 3, "trend": "more", "ratings": "same"}
    row = assessments.save(company=owner.company, by=owner.user, answers=three)
    stale = BUSY | {"trend": None}
    assert (
        assessments.save(company=owner.company, by=owner.user, answers=stale, changes={"trend": None}) is None
    )
    assert assessments.latest(owner.company).result == row.result


def test_two_pages_one_after_the_other_from_the_same_beginning_both_count(owner):
    make_assessment(owner.company, by=owner.user)
    for changes in ({"orders_now": 5}, {"repeatable": 40}, {"orders_now": None, "trend": "same"}):
        row = assessments.save(
            company=owner.company, by=owner.user, answers=assessments._merged(BUSY, changes), changes=changes
        )
    assert row.answers == BUSY | {"repeatable": 40, "trend": "same"}
    assert row.result == assessments.compute(row.answers)
