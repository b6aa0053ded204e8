"""The manager's pages."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Membership
from mailroom.models import Mail
from onboarding import plans, questions, setups, steps, words
from onboarding.kinds import State
from onboarding.models import Onboarding, Step
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from tests.onboarding.test_mine import IDENTITY, page, press, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(plan, owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


def send(client, name, pk=None, /, **data):
    return client.post(reverse(f"onboarding:{name}", kwargs={"pk": pk} if pk else {}), data)


# Everybody on their way


def test_nobody_on_their_way_says_what_to_do_next(owner, sign_in):
    seen = text(page(sign_in(owner), "home"))
    assert "Nobody is on their way yet." in seen
    assert "Begin a plan by hand" in seen


def test_a_hire_with_day_number_and_what_waits(plan, olga, hire):
    questions.ask(plan, by=hire, body="Where is the printer?")
    steps.give(step_of(plan, "bank_details"), by=hire)
    seen = text(page(olga, "home"))
    assert "Support person · Day 1" in seen
    assert "Sara asks: Where is the printer?" in seen
    assert "Bank details for pay Sara waits for you Received" in seen
    assert "Send the welcome note with the times of the first day Due Wed, Dec 2 Done" in seen


def test_late_steps_of_the_hire_are_counted(plan, owner, sign_in, clock):
    clock.move_to("2026-12-08 09:00 +0000")
    assert "12 late steps" in text(page(sign_in(owner), "home"))
    Step.objects.filter(onboarding=plan, due_on=MONDAY, owner="hire").exclude(key="values").update(
        state=State.DONE, completed_at="2026-12-07T12:00Z"
    )
    assert "1 late step" in text(page(sign_in(owner), "home"))


def test_the_answer_of_the_evening_stands_beside_the_button(plan, olga, hire):
    steps.give(step_of(plan, "day_one"), by=hire, mood="hard", body="Too many systems")
    assert "How was day one? Hard. Too many systems Checked" in text(page(olga, "home"))


def test_received_from_the_home_page_with_undo(plan, olga, hire):
    step = step_of(plan, "bank_details")
    steps.give(step, by=hire)
    assert press(olga, "receive", step).url == reverse("onboarding:home")
    assert reverse("onboarding:unreceive", kwargs={"pk": step.pk}) in page(olga, "home")
    assert step_of(plan, "bank_details").state == State.DONE


def test_answered_from_the_home_page(plan, olga, hire):
    question = questions.ask(plan, by=hire, body="Where is the printer?")
    send(olga, "answer", question.pk, answer="Behind the door")
    question.refresh_from_db()
    assert question.answer == "Behind the door"
    assert "Nothing waits" not in text(page(olga, "home"))


def test_two_who_answer_at_once_see_the_first_answer(plan, olga, manager, hire):
    question = questions.ask(plan, by=hire, body="Where is the printer?")
    questions.answer(question, by=manager, body="Behind the door")
    answer = send(olga, "answer", question.pk, answer="In the cellar")
    assert answer.status_code == 409
    assert "Behind the door" in text(answer.content.decode())
    assert "In the cellar" in text(answer.content.decode())


def test_received_by_two_at_once_says_how_it_is_now(plan, olga, hire, manager):
    step = step_of(plan, "bank_details")
    steps.give(step, by=hire)
    steps.send_back(step, by=manager, message="The name is missing")
    answer = press(olga, "receive", step)
    assert answer.status_code == 409
    assert "This step has changed meanwhile." in text(answer.content.decode())
    assert "Came back: The name is missing" in text(answer.content.decode())


def test_another_companys_hires_are_nowhere(plan, rival, sign_in):
    assert "Sara" not in page(sign_in(rival), "home")


def test_a_buddy_opens_their_tasks(plan, interviewer, sign_in):
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    client = sign_in(interviewer)
    assert "Sara" in text(page(client, "home"))
    assert "Go through 15 answered" in text(page(client, "plan", pk=plan.pk))
    assert press(client, "tick", step_of(plan, "mails_read")).url == reverse("onboarding:home")
    assert step_of(plan, "mails_read").completed_by == interviewer


def test_a_buddy_changes_nothing_else(plan, interviewer, sign_in):
    Onboarding.objects.filter(pk=plan.pk).update(buddy=interviewer)
    client = sign_in(interviewer)
    assert press(client, "skip", step_of(plan, "mails_read"), reason="x").status_code == 403
    assert send(client, "move_start", plan.pk, start_date="2027-01-01").status_code == 403
    assert "End this plan" not in page(client, "plan", pk=plan.pk)


# One plan


def test_the_plan_by_day_with_who_and_what_is_late(plan, olga):
    seen = text(page(olga, "plan", pk=plan.pk))
    assert "Monday, December 7 · today Welcome: meet and settle in Sara · 30 min" in seen
    assert "Send the welcome note with the times of the first day Olga · 10 min Late Done" in seen


def test_a_missing_buddy_is_said(plan, manager, olga):
    Onboarding.objects.filter(pk=plan.pk).update(buddy=None)
    assert "Nobody is buddy yet; until then Olga does the buddy's steps." in text(
        page(olga, "plan", pk=plan.pk)
    )


def test_a_step_is_added_and_found_on_today(plan, olga, hire, sign_in):
    send(olga, "add_step", plan.pk, title="Meet the printer", owner="hire", due_on="2026-12-07", minutes=5)
    assert "Meet the printer" in text(page(sign_in(hire)))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("due_on", "tomorrow", "Enter a valid date."),
        ("minutes", "0", "greater than or equal to 1"),
        ("owner", "boss", "Select a valid choice."),
    ],
)
def test_a_bad_step_keeps_what_was_typed(plan, olga, field, value, sentence):
    typed = {"title": "Meet", "owner": "hire", "due_on": "2026-12-07", "minutes": "5"} | {field: value}
    answer = send(olga, "add_step", plan.pk, **typed)
    assert answer.status_code == 422
    assert sentence in text(answer.content.decode())
    assert not Step.objects.filter(title="Meet").exists()


def test_a_step_is_skipped_with_a_reason_and_undo(plan, olga):
    step = step_of(plan, "tone_guide")
    assert press(olga, "skip", step, reason="Not written yet", back="plan").url == reverse(
        "onboarding:plan", kwargs={"pk": plan.pk}
    )
    seen = page(olga, "plan", pk=plan.pk)
    assert "Not written yet" in text(seen)
    assert reverse("onboarding:unskip", kwargs={"pk": step.pk}) in seen


def test_a_skip_without_a_reason_keeps_the_step(plan, olga):
    answer = press(olga, "skip", step_of(plan, "tone_guide"), reason="")
    assert "Say why this step is skipped." in text(answer.content.decode())
    assert step_of(plan, "tone_guide").state == State.OPEN


def test_another_first_day(plan, olga):
    send(olga, "move_start", plan.pk, start_date="2026-12-14")
    assert step_of(plan, "welcome").due_on == date(2026, 12, 14)
    assert "starts on Monday, December 14" in text(page(olga, "plan", pk=plan.pk))


def test_ending_a_plan_closes_the_place(plan, olga, hire):
    send(olga, "cancel", plan.pk, reason="Took another job")
    hire.refresh_from_db()
    assert hire.removed_at
    assert "Ended: Took another job" in text(page(olga, "plan", pk=plan.pk))


def test_sending_back_without_words_says_so(plan, olga, hire):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    assert "Say what is missing." in text(press(olga, "send_back", step, message="").content.decode())


# First day


DETAILS = {"start_time": "08:30", "ask_until": "16:00", "place": "Harbour Street 3"}


def test_details_are_saved_and_the_note_is_sent_once(plan, olga, hire):
    send(olga, "details", plan.pk, **DETAILS, send="1")
    plan.refresh_from_db()
    assert plan.place == "Harbour Street 3"
    mail = Mail.objects.get(message="onboarding_first_day")
    assert (mail.recipient, mail.subject) == (hire.email, "Monday, December 7, 8:30 at Lumi: what to expect")
    assert step_of(plan, "welcome_note").state == State.DONE


def test_saving_alone_sends_nothing(plan, olga):
    send(olga, "details", plan.pk, **DETAILS)
    assert not Mail.objects.filter(message="onboarding_first_day").exists()
    assert step_of(plan, "welcome_note").state == State.OPEN


def test_naming_a_buddy_does_the_step_that_asks_for_one(plan, olga, interviewer):
    send(olga, "details", plan.pk, **DETAILS, buddy=interviewer.pk)
    plan.refresh_from_db()
    assert plan.buddy == interviewer
    assert step_of(plan, "name_buddy").state == State.DONE


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example/", "meet"])
def test_a_video_link_is_a_web_address(plan, olga, link):
    answer = send(olga, "details", plan.pk, **DETAILS, video_link=link)
    assert answer.status_code == 422
    plan.refresh_from_db()
    assert plan.video_link == ""


def test_a_buddy_of_another_company_is_refused(plan, olga, rival):
    assert send(olga, "details", plan.pk, **DETAILS, buddy=rival.pk).status_code == 422


def test_the_day_of_an_unsent_invitation_may_be_changed(owner, sign_in, clock, company):
    clock.move_to("2026-11-20 08:00 +0000")
    client = sign_in(owner)
    send(client, "start", **BY_HAND, manager=owner.pk)
    onboarding = Onboarding.objects.get()
    assert "Invitation goes out on" in text(page(client, "details", pk=onboarding.pk))
    send(client, "details", onboarding.pk, **DETAILS, invite_on="2026-12-01")
    waiting = Mail.objects.get(message="invitation", state="waiting")
    assert waiting.due_at.isoformat() == "2026-12-01T09:00:00+00:00"


# Texts


def test_expectations_are_written_and_versions_kept(plan, olga):
    send(olga, "expectations", plan.pk, body="Answers easy tickets.", seen="0")
    send(olga, "expectations", plan.pk, body="Answers most tickets.", seen="1")
    assert list(plan.wordings.order_by("number").values_list("body", flat=True)) == [
        "Answers easy tickets.",
        "Answers most tickets.",
    ]
    assert step_of(plan, "ready_means").state == State.DONE


def test_a_version_written_meanwhile_is_a_conflict_that_keeps_the_text(plan, olga, owner, company):
    words.write(company=company, subject="ask_first", by=owner, body="Theirs", seen=0)
    answer = olga.post(reverse("onboarding:edit_ask_first"), {"body": "Mine", "seen": "0"})
    assert answer.status_code == 409
    assert "Theirs" in text(answer.content.decode())
    assert "Mine" in text(answer.content.decode())


def test_saving_the_same_words_makes_no_version(plan, olga):
    for seen in ("0", "1"):
        send(olga, "expectations", plan.pk, body="Same", seen=seen)
    assert plan.wordings.count() == 1


# By hand


BY_HAND = {
    "name": "Sara Salo",
    "email": "sara@home.example",
    "job_title": "Support person",
    "start_date": "2026-12-07",
    "weekdays": ["0", "1", "2"],
}


def test_a_plan_for_somebody_new_invites_them(owner, sign_in, clock):
    send(sign_in(owner), "start", **BY_HAND, manager=owner.pk)
    onboarding = Onboarding.objects.get()
    assert (onboarding.hire.email, onboarding.weekdays) == ("sara@home.example", [0, 1, 2])
    assert set(Mail.objects.values_list("message", flat=True)) == {"invitation", "onboarding_welcome"}


def test_a_plan_for_a_member_sends_nothing(owner, interviewer, sign_in, clock):
    answer = send(
        sign_in(owner),
        "start",
        **BY_HAND | {"name": "", "email": ""},
        member=interviewer.pk,
        manager=owner.pk,
    )
    onboarding = Onboarding.objects.get()
    assert answer.url == reverse("onboarding:plan", kwargs={"pk": onboarding.pk})
    assert onboarding.hire == interviewer
    assert not Mail.objects.exists()


@pytest.mark.parametrize("field", ["name", "email", "job_title", "start_date", "weekdays"])
def test_what_is_missing_is_said_beside_the_field(owner, sign_in, field):
    typed = {key: value for key, value in BY_HAND.items() if key != field}
    answer = send(sign_in(owner), "start", **typed, manager=owner.pk)
    assert answer.status_code == 422
    assert f'id="error_1_id_{field}"' in answer.content.decode()
    assert not Onboarding.objects.exists()


@pytest.mark.parametrize("field", ["manager", "member"])
def test_people_of_another_company_are_refused(owner, rival, sign_in, field):
    people = {"manager": owner.pk} | {field: rival.pk}
    assert send(sign_in(owner), "start", **BY_HAND, **people).status_code == 422
    assert not Onboarding.objects.exists()


def test_somebody_with_a_plan_gets_no_second_one(plan, olga, owner, hire):
    answer = send(olga, "start", **BY_HAND | {"email": hire.email}, manager=owner.pk)
    assert "This person has a plan already." in text(answer.content.decode())
    assert Onboarding.objects.count() == 1


# Set-up


def test_the_set_up_list_is_worked_through(owner, company, sign_in):
    setup = setups.prepare(company=company, job_ref="job:1", job_title="Support person")
    client = sign_in(owner)
    assert "Support person 0 of 5 ready" in text(page(client, "home"))
    send(client, "setup_done", setup.items.get(key="help_desk").pk)
    seen = text(page(client, "setup", pk=setup.pk))
    assert "1 of 5 ready" in seen
    assert "Choose a help desk Done by Olga" in seen


@pytest.mark.parametrize(
    ("seats", "price"),
    [("3", "€126"), *((odd, "€42") for odd in ("0", "x", "9" * 99, "0001" + "9" * 5_000, "²"))],
)
def test_the_price_of_help_desks(owner, company, sign_in, seats, price):
    setup = setups.prepare(company=company, job_ref="job:1", job_title="Support person")
    answer = sign_in(owner).get(reverse("onboarding:setup", kwargs={"pk": setup.pk}), {"seats": seats})
    assert f"Zendesk €42 {price} as quoted" in text(answer.content.decode())


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_four_queries(company, owner, count, sign_in, clock, django_assert_num_queries):
    for _ in range(count):
        onboarding = make_onboarding(company, make_member(company, "hire", name="Hire"), owner)
        steps.give(step_of(onboarding, "day_one"), by=onboarding.hire, mood="good")
        questions.ask(onboarding, by=onboarding.hire, body="?")
        setups.prepare(company=company, job_ref=f"job:{onboarding.pk}", job_title="x")
    client = sign_in(owner)
    client.get("/")
    with django_assert_num_queries(IDENTITY + 4):
        page(client, "home")


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_costs_two_queries(plan, olga, owner, count, django_assert_num_queries):
    for n in range(count):
        plans.add(plan, by=owner, title=f"Step {n}", owner="hire", due_on=MONDAY)
    with django_assert_num_queries(IDENTITY + 2):
        page(olga, "plan", pk=plan.pk)


def test_a_removed_manager_is_out_with_the_next_request(plan, manager, sign_in):
    client = sign_in(manager)
    Membership.objects.filter(pk=manager.pk).update(removed_at="2026-12-07T07:00Z")
    assert press(client, "skip", step_of(plan, "values"), reason="x").status_code == 302
    assert step_of(plan, "values").state == State.OPEN
