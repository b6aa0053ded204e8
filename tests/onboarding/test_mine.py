"""The new hire's own pages."""

import re

import pytest
from django.urls import reverse

from accounts.models import Membership
from mailroom.models import Mail
from onboarding import plans, questions, steps
from onboarding.kinds import State
from onboarding.models import Onboarding, Question, Step, StepEvent
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
IDENTITY = 3  # session, user, membership with company


def page(client, name="today", **kwargs):
    return client.get(reverse(f"onboarding:{name}", kwargs=kwargs)).content.decode()


def text(html):
    """What a reader sees of <main>, one space between words."""
    main = html.split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def press(client, verb, step, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"onboarding:{verb}", kwargs={"pk": step.pk}), data, headers=headers)


@pytest.fixture
def sara(plan, hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


def test_the_first_morning(plan, sara):
    seen = text(page(sara))
    assert "Good morning, Sara." in seen
    assert "Your first day. Take your time." in seen
    assert "Now 9:00 Welcome: meet and settle in with Olga, 30 minutes" in seen
    assert "Olga answers today from 9:00 to 17:00." in seen
    assert "0 of 7. Next: Welcome: meet and settle in" in seen


def test_the_greeting_follows_the_hires_own_clock(plan, hire, sara):
    hire.user.timezone = "Pacific/Auckland"
    hire.user.save()
    assert "Good evening, Sara." in text(page(sara))


def test_the_day_changes_where_the_person_is(plan, hire, sara, clock):
    hire.user.timezone = "Pacific/Auckland"
    hire.user.save()
    clock.move_to("2026-12-07 10:59 +0000")
    assert "Your first day." in text(page(sara))
    clock.move_to("2026-12-07 11:01 +0000")
    assert "Day 2 at Lumi." in text(page(sara))


def test_before_the_first_day_there_is_nothing_to_do(plan, sara, clock):
    clock.move_to("2026-12-03 09:00 +0000")
    seen = text(page(sara))
    assert "You start on Monday, December 7 at 9:00. Nothing to do until then." in seen
    assert "Given" not in seen


def test_somebody_without_a_plan_reads_a_sentence(interviewer, sign_in):
    assert "There is no plan for you here yet." in text(page(sign_in(interviewer)))


def test_home_leads_the_new_hire_to_today(plan, sara):
    assert sara.get(reverse("onboarding:home")).url == reverse("onboarding:today")


def test_a_tick_without_script_goes_back_to_today(plan, sara):
    step = step_of(plan, "welcome")
    assert press(sara, "tick", step).url == reverse("onboarding:today")
    assert "1 of 7. Next: See how an order travels" in text(page(sara))


def test_the_fragment_of_a_tick_is_the_page_as_it_is_now(plan, sara):
    fragment = press(sara, "tick", step_of(plan, "welcome"), htmx=True).content.decode()
    whole = page(sara)
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    part = whole[whole.index('<div id="today"') : whole.index('<nav class="fh-bottombar')]
    swapped = fragment[fragment.index('<div id="today"') : fragment.index('<div id="messages"')]
    swapped, part = (" ".join(tokens.sub("", html).split()) for html in (swapped, part))
    assert part.startswith(swapped)


def test_a_tick_is_taken_back_with_undo(plan, sara):
    step = step_of(plan, "welcome")
    press(sara, "tick", step)
    assert reverse("onboarding:untick", kwargs={"pk": step.pk}) in page(sara)
    press(sara, "untick", step, htmx=True)
    assert "0 of 7." in text(page(sara))


def test_progress_is_never_stale_after_a_tick(plan, sara):
    answer = press(sara, "tick", step_of(plan, "values"), htmx=True).content.decode()
    done, total = re.search(r"Your first 90 days: (\d+) of (\d+) steps", answer).groups()
    assert (int(done), int(total)) == (1, int(total))
    assert f'value="{100 // int(total)}"' in answer


def test_progress_reaches_100_when_all_that_is_required_is_done(plan, sara, hire):
    rows = Step.objects.filter(onboarding=plan, required=True)
    rows.update(state=State.DONE, completed_at="2026-12-07T06:00Z")
    assert 'value="100"' in page(sara)


def test_papers_wait_for_the_manager(plan, sara):
    press(sara, "give", step_of(plan, "bank_details"), htmx=True)
    assert "Bank details for pay Waiting for Olga" in text(page(sara))


def test_what_came_back_says_why(plan, sara, hire, owner):
    step = step_of(plan, "paperwork")
    steps.give(step, by=hire)
    steps.send_back(step, by=owner, message="Page two is not signed")
    assert "Came back: Page two is not signed" in text(page(sara))


def test_late_is_said_kindly(plan, sara, clock):
    clock.move_to("2026-12-08 08:00 +0000")
    seen = text(page(sara))
    assert "from yesterday. No hurry." in seen
    assert "late" not in seen.lower().replace("parcel is late", "")


def test_done_work_stays_when_its_day_has_passed(plan, hire, sign_in, clock):
    steps.tick(step_of(plan, "values"), by=hire)
    clock.move_to("2026-12-10 08:00 +0000")
    assert "Done on earlier days Read what matters to us" in text(page(sign_in(hire)))


def test_the_evening_asks_how_it_was_and_tells_the_manager(plan, sara, clock, owner):
    clock.move_to("2026-12-07 16:45 +0000")
    assert "How was day one?" in text(page(sara))
    press(sara, "give", step_of(plan, "day_one"), mood="mixed", body="Where are returns kept?")
    assert Mail.objects.get(message="onboarding_given").recipient == owner.email
    assert "What is still unclear?" not in text(page(sara))


def test_an_answer_without_a_choice_comes_back_with_what_was_typed(plan, sara, clock):
    answer = press(sara, "give", step_of(plan, "day_one"), body="Where are returns kept?")
    assert answer.status_code == 422
    seen = text(answer.content.decode())
    assert "Choose one of the three." in seen
    assert "Where are returns kept?" in seen


def test_macros_are_shown_as_typed(plan, sara):
    step = step_of(plan, "review_30")
    press(sara, "give", step, body="Hi {{ customer.first_name }}")
    assert "Hi {{ customer.first_name }}" in page(sara, "step", pk=step.pk)


def test_markup_is_shown_as_text(plan, sara):
    step = step_of(plan, "review_30")
    press(sara, "give", step, body="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in page(sara, "step", pk=step.pk)


# What is not theirs


@pytest.mark.parametrize("verb", ["tick", "untick", "give", "take_back", "receive", "skip"])
def test_another_hires_step_is_refused(plan, company, sara, owner, verb):
    other = make_onboarding(company, make_member(company, "hire"), owner)
    step = step_of(other, "paperwork")
    assert press(sara, verb, step).status_code == 403
    assert not StepEvent.objects.exists()


def test_another_hires_step_cannot_be_read(plan, company, sara, owner):
    other = make_onboarding(company, make_member(company, "hire"), owner)
    assert sara.get(reverse("onboarding:step", kwargs={"pk": step_of(other, "values").pk})).status_code == 403


def test_the_managers_steps_are_refused_to_the_hire(plan, sara):
    assert press(sara, "tick", step_of(plan, "gate_1")).status_code == 403
    assert step_of(plan, "gate_1").state == State.OPEN


def test_nothing_of_another_company_exists(plan, rival, sign_in):
    step = step_of(plan, "welcome")
    client = sign_in(rival)
    missing = client.post(reverse("onboarding:tick", kwargs={"pk": 987654321}))
    theirs = press(client, "tick", step)
    assert (theirs.status_code, theirs.content) == (404, missing.content)
    assert step_of(plan, "welcome").state == State.OPEN


def test_fields_that_no_form_shows_change_nothing(plan, sara, rival):
    press(sara, "tick", step_of(plan, "values"), company=rival.company_id, state="skipped", owner="manager")
    step = step_of(plan, "values")
    assert (step.state, step.owner, step.company_id) == (State.DONE, "hire", plan.company_id)


def test_a_removed_hire_is_out_with_the_next_request(plan, hire, sara):
    Membership.objects.filter(pk=hire.pk).update(removed_at="2026-12-07T07:00Z")
    assert press(sara, "tick", step_of(plan, "values")).status_code == 302
    assert step_of(plan, "values").state == State.OPEN


def test_steps_of_an_ended_plan_are_gone(plan, sara, owner):
    plans.cancel(plan, by=owner, reason="No")
    assert press(sara, "tick", step_of(plan, "values")).status_code == 404
    assert "There is no plan for you here yet." in text(page(sara))


# What is read


def test_reading_and_confirming(plan, sara):
    step = step_of(plan, "ask_first")
    assert "a custom order;" in text(page(sara, "step", pk=step.pk))
    assert press(sara, "acknowledge", step, number="0").url == reverse("onboarding:today")
    assert "When to ask first" in text(page(sara, "me"))


def test_an_older_version_on_the_screen_is_shown_again(plan, sara, owner, company):
    from onboarding import words

    words.write(company=company, subject="ask_first", by=owner, body="Over 50 EUR: ask.", seen=0)
    answer = press(sara, "acknowledge", step_of(plan, "ask_first"), number="0")
    assert answer.status_code == 409
    assert "Over 50 EUR: ask." in text(answer.content.decode())
    assert step_of(plan, "ask_first").state == State.OPEN


def test_expectations_that_are_not_written_say_so(plan, sara):
    assert "Olga has not written it yet." in text(page(sara, "step", pk=step_of(plan, "expectations").pk))


# Ask


def test_a_question_reaches_the_manager_and_its_answer_comes_back(plan, sara, owner, hire):
    sara.post(reverse("onboarding:ask"), {"body": "Where is the printer?"})
    mail = Mail.objects.get(message="onboarding_question")
    assert (mail.recipient, mail.subject) == (owner.email, "A new colleague has a question")
    questions.answer(Question.objects.get(), by=owner, body="Behind the door")
    seen = text(page(sara, "ask"))
    assert "Where is the printer?" in seen
    assert "Olga answered Behind the door" in seen
    assert Mail.objects.get(message="onboarding_answer").recipient == hire.email


def test_asked_twice_is_asked_once(plan, sara):
    for _ in range(2):
        sara.post(reverse("onboarding:ask"), {"body": "Where is the printer?"})
    assert Question.objects.count() == 1
    assert Mail.objects.filter(message="onboarding_question").count() == 1


def test_an_empty_question_is_refused_beside_the_field(plan, sara):
    answer = sara.post(reverse("onboarding:ask"), {"body": ""})
    assert answer.status_code == 422
    assert "This field is required." in text(answer.content.decode())


def test_the_first_answer_counts(plan, sara, owner, manager, hire):
    question = questions.ask(plan, by=hire, body="Where?")
    same = Question.objects.get()
    assert questions.answer(question, by=owner, body="Here")
    assert not questions.answer(same, by=manager, body="There")
    assert same.answer == "Here"


def test_the_trail_holds_no_words(plan, sara):
    sara.post(reverse("onboarding:ask"), {"body": "Secret question"})
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.fields) == ("ask.asked", [])


# What it costs


@pytest.mark.parametrize("more", [0, 2, 40])
def test_today_costs_four_queries(plan, sara, owner, more, django_assert_num_queries):
    for n in range(more):
        plans.add(plan, by=owner, title=f"Step {n}", owner="hire", due_on=plan.start_date)
    with django_assert_num_queries(IDENTITY + 4):  # two of them for the weekly meeting
        page(sara)


@pytest.mark.parametrize("more", [0, 2, 40])
def test_a_tick_costs_five_queries(plan, sara, owner, more, django_assert_num_queries):
    for n in range(more):
        plans.add(plan, by=owner, title=f"Step {n}", owner="hire", due_on=plan.start_date)
    step = step_of(plan, "values")
    with django_assert_num_queries(
        IDENTITY + 5 + 2
    ):  # and the transaction's BEGIN and COMMIT, as savepoints here
        press(sara, "tick", step, htmx=True)


@pytest.mark.parametrize("count", [1, 3])
def test_ask_costs_three_queries(plan, sara, hire, count, django_assert_num_queries):
    for n in range(count):
        questions.ask(plan, by=hire, body=f"Question {n}")
    with django_assert_num_queries(IDENTITY + 3):
        page(sara, "ask")


@pytest.mark.parametrize("count", [1, 3])
def test_me_costs_four_queries(plan, sara, hire, count, django_assert_num_queries):
    for key in ["values", "tone_guide", "data_safety"][:count]:
        steps.tick(step_of(plan, key), by=hire)
    with django_assert_num_queries(IDENTITY + 4):
        page(sara, "me")


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_step_costs_three_queries(plan, sara, hire, rounds, django_assert_num_queries):
    step = step_of(plan, "review_30")
    for _ in range(rounds):
        steps.give(step, by=hire, body="Words")
        steps.take_back(step, by=hire)
    with django_assert_num_queries(IDENTITY + 3):
        page(sara, "step", pk=step.pk)


def test_a_hire_of_two_companies_sees_the_one_they_are_in(plan, hire, sign_in):
    other = make_company("Other")
    place = make_member(other, "hire", user=hire.user, name="Sara")
    make_onboarding(other, place, make_member(other, "owner", name="Zelda"))
    assert "Olga answers" in text(page(sign_in(hire)))
    assert "Zelda answers" in text(page(sign_in(place)))
    assert Onboarding.objects.count() == 2
