"""Forms of one's own: composed, filled in, sent back, kept; before the first day by link, and never required then."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from onboarding import arrivals, changing, filling, forms_filling, reminders, steps, words
from onboarding.filling import Ask
from onboarding.kinds import Kind, Part, State
from onboarding.models import Onboarding, Reminder, Step, StepAnswer
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from vault.models import Link

pytestmark = pytest.mark.django_db
ASKS = [
    Ask("Your shirt size?", "choice", ["S", "M", "L"]),
    Ask("Whom do we call in an emergency?"),
    Ask("Do you eat meat?", "yes"),
    Ask("Your birthday?", "date", required=False),
]
FILLED = {"answer_0": "M", "answer_1": "Paula, 040 123", "answer_2": "no", "answer_3": "1999-02-28"}


def text(response):
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def sara(hire, sign_in):
    return sign_in(hire)


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def form(plan, owner):
    return filling.compose(plan, by=owner, title="About you", due_on=MONDAY, asks=ASKS)


def fill(client, step, **values):
    return client.post(reverse("onboarding:fill", args=[step.pk]), FILLED | values)


def state(step):
    return Step.objects.get(pk=step.pk).state


class TestComposing:
    def typed(self, **fields):
        row = {"label_0": "Your size?", "kind_0": "choice", "options_0": "S\nM\n\nM ", "required_0": "on"}
        return {"title": "About you", "due_on": "2026-12-08", "label_3": "Anything else?"} | row | fields

    def test_puts_a_form_into_the_plan(self, plan, olga):
        olga.post(reverse("onboarding:compose", args=[plan.pk]), self.typed())
        step = Step.objects.get(kind=Kind.FORM, title="About you")
        assert (step.owner, step.partner, step.required) == (Part.HIRE, Part.MANAGER, True)
        assert filling.asks_of(step) == [
            Ask("Your size?", "choice", ["S", "M"]),
            Ask("Anything else?", "text", [], required=False),
        ]

    @pytest.mark.parametrize(
        "fields",
        [
            {"title": ""},
            {"due_on": ""},
            {"due_on": "2099-01-01"},
            {"label_0": "", "label_3": ""},
            {"label_0": "x" * 201},
            {"label_0": "a\x00b"},
            {"kind_0": "file"},
            {"options_0": ""},
            {"options_0": "Only one"},
            {"options_0": "\n".join(str(n) for n in range(13))},
        ],
    )
    def test_odd_ones_are_refused_and_kept_as_typed(self, plan, olga, fields):
        answer = olga.post(reverse("onboarding:compose", args=[plan.pk]), self.typed(**fields))
        assert (answer.status_code, Step.objects.filter(title="About you").exists()) == (422, False)

    def test_an_eleventh_question_is_not_asked(self, plan, olga):
        olga.post(reverse("onboarding:compose", args=[plan.pk]), self.typed(label_10="Eleven?"))
        assert len(Step.objects.get(title="About you").asks) == 2

    def test_is_listed_with_its_questions(self, plan, form, olga):
        page = text(olga.get(reverse("onboarding:record", args=[plan.pk])))
        assert "About you Monday, December 7 · 4 questions" in page

    def test_other_questions_while_nobody_has_answered(self, form, olga):
        address = reverse("onboarding:reword", args=[form.pk])
        assert 'value="Your shirt size?"' in olga.get(address).content.decode()
        olga.post(address, {"label_0": "Your shoe size?", "kind_0": "text", "seen": "1"})
        assert [ask.label for ask in filling.asks_of(Step.objects.get(pk=form.pk))] == ["Your shoe size?"]

    def test_other_questions_can_be_taken_back(self, form, owner, olga):
        filling.reword(form, by=owner, seen=1, asks=[Ask("Your shoe size?")])
        form.refresh_from_db()
        changing.take_back(form, form.undoable["change"]["mark"], by=owner)
        form.refresh_from_db()
        assert filling.asks_of(form) == ASKS

    def test_two_tabs_see_each_other(self, form, owner, olga):
        filling.reword(form, by=owner, seen=1, asks=[Ask("Your shoe size?")])
        answer = olga.post(reverse("onboarding:reword", args=[form.pk]), {"label_0": "Hat?", "seen": "1"})
        assert answer.status_code == 409

    def test_answered_questions_stay(self, form, hire, owner, olga):
        filling.fill(form, by=hire, values=["M", "Paula", "no", None])
        steps.send_back(step_again(form), by=owner, message="Number?")
        answer = olga.post(reverse("onboarding:reword", args=[form.pk]), {"label_0": "Hat?"})
        assert "Somebody has answered already." in text(answer)
        assert filling.asks_of(Step.objects.get(pk=form.pk)) == ASKS

    @pytest.mark.parametrize(("who", "status"), [("hire", 403), ("interviewer", 403), ("rival", 404)])
    def test_only_whoever_leads(self, request, plan, form, sign_in, who, status):
        client = sign_in(request.getfixturevalue(who))
        pages = [("compose", plan.pk), ("record", plan.pk), ("reword", form.pk)]
        assert [client.get(reverse(f"onboarding:{name}", args=[pk])).status_code for name, pk in pages] == [
            status
        ] * 3


def step_again(step):
    return Step.objects.select_related("onboarding").get(pk=step.pk)


class TestFillingIn:
    def test_is_a_line_of_the_day_and_a_page(self, form, sara):
        Step.objects.exclude(pk=form.pk).update(due_on=MONDAY + timedelta(days=5))
        assert "About you 5 min" in text(sara.get(reverse("onboarding:today")))
        page = text(sara.get(reverse("onboarding:step", args=[form.pk])))
        assert all(ask.label in page for ask in ASKS)

    def test_reaches_the_manager_word_for_word(self, form, sara, olga):
        assert fill(sara, form, answer_1="{{ Paula }} <b>1</b>").url == reverse("onboarding:today")
        page = olga.get(reverse("onboarding:step", args=[form.pk]))
        assert (
            "Whom do we call in an emergency? {{ Paula }} &lt;b&gt;1&lt;/b&gt; Do you eat meat? No"
            in text(page)
        )
        assert "Your birthday? February 28, 1999" in text(page)

    def test_an_answer_left_open_is_said(self, form, sara, olga):
        fill(sara, form, answer_3="")
        assert "Your birthday? Left open" in text(olga.get(reverse("onboarding:step", args=[form.pk])))

    @pytest.mark.parametrize(
        "values",
        [
            {"answer_0": ""},
            {"answer_0": "XXL"},
            {"answer_1": "   "},
            {"answer_1": "x" * 2001},
            {"answer_1": "a\x00b"},
            {"answer_2": ""},
            {"answer_2": "perhaps"},
            {"answer_3": "yesterday"},
            {"answer_3": "0001-01-01"},
        ],
    )
    def test_required_answers_are_required(self, form, sara, values):
        answer = fill(sara, form, **values)
        assert (answer.status_code, state(form), StepAnswer.objects.count()) == (422, State.OPEN, 0)

    def test_what_was_typed_is_kept(self, form, sara):
        answer = fill(sara, form, answer_0="", answer_1="Paula the sister")
        assert "Paula the sister" in answer.content.decode()

    def test_nothing_at_all_is_not_an_answer(self, form, sara):
        answer = sara.post(reverse("onboarding:fill", args=[form.pk]), {})
        assert (answer.status_code, state(form)) == (422, State.OPEN)

    @pytest.mark.parametrize("verb", ["give", "tick"])
    def test_no_other_button_hands_it_in_empty(self, form, sara, verb):
        answer = sara.post(reverse(f"onboarding:{verb}", args=[form.pk]), {"mood": "good"})
        assert (answer.status_code, state(form)) == (422, State.OPEN)

    def test_twice_is_stored_once(self, form, sara):
        for _ in range(2):
            fill(sara, form)
        assert StepAnswer.objects.count() == 1

    def test_sent_back_it_is_filled_in_already_and_both_versions_stay(self, form, sara, owner, olga):
        fill(sara, form)
        steps.send_back(step_again(form), by=owner, message="And a number?")
        page = sara.get(reverse("onboarding:step", args=[form.pk])).content.decode()
        assert ("Came back: And a number?" in page, "Paula, 040 123</textarea>" in page) == (True, True)
        fill(sara, form, answer_1="Paula, 040 999")
        said = [answer.lines[1]["value"] for answer in StepAnswer.objects.order_by("number")]
        assert said == ["Paula, 040 123", "Paula, 040 999"]

    def test_received_it_is_done_and_counts(self, form, sara, olga):
        fill(sara, form)
        olga.post(reverse("onboarding:receive", args=[form.pk]))
        assert state(form) == State.DONE

    def test_the_answers_are_not_readable_in_the_database(self, form, sara):
        fill(sara, form)
        with connection.cursor() as cursor:
            cursor.execute("select filled from onboarding_stepanswer")
            assert "Paula" not in cursor.fetchone()[0]

    def test_another_hires_form_is_never_opened(self, form, company, owner, sign_in):
        tomi = make_member(company, "hire")
        make_onboarding(company, tomi, owner)
        client = sign_in(tomi)
        page = client.get(reverse("onboarding:step", args=[form.pk]))
        assert (page.status_code, fill(client, form).status_code, StepAnswer.objects.count()) == (403, 403, 0)

    @pytest.mark.parametrize(("who", "status"), [("owner", 403), ("interviewer", 403), ("rival", 404)])
    def test_nobody_fills_it_in_for_them(self, request, form, sign_in, who, status):
        answer = fill(sign_in(request.getfixturevalue(who)), form)
        assert (answer.status_code, StepAnswer.objects.count()) == (status, 0)

    def test_a_step_without_questions_is_no_form(self, plan, sara):
        assert fill(sara, step_of(plan, "day_one")).status_code == 422

    @pytest.mark.parametrize("questions", [1, 10])
    def test_costs_the_same_for_every_number_of_questions(
        self, plan, owner, sara, questions, django_assert_num_queries
    ):
        asks = [Ask(f"Question {n}?") for n in range(questions)]
        step = filling.compose(plan, by=owner, title="About you", due_on=MONDAY, asks=asks)
        sara.get("/")
        with django_assert_num_queries(3 + 4):
            sara.get(reverse("onboarding:step", args=[step.pk]))


class TestBeforeTheFirstDay:
    """Behind the private link: only what may be done early, never required, no session, and it ends."""

    @pytest.fixture
    def early(self, plan, owner, clock):
        clock.move_to("2026-12-01 09:00 +0000")
        return filling.compose(plan, by=owner, title="About you", due_on=date(2026, 12, 3), asks=ASKS)

    @pytest.fixture
    def token(self, early, plan):
        return arrivals.welcome_link(plan)

    def address(self, token, step):
        return reverse("onboarding_links:welcome_step", kwargs={"token": token, "pk": step.pk})

    def test_is_optional_whatever_was_wanted(self, early):
        assert early.required is False

    def test_is_offered_and_not_asked_for(self, early, token, client):
        page = text(client.get(reverse("onboarding_links:welcome", args=[token])))
        assert "If you like, already now About you 5 min None of it has to be done" in page

    def test_is_filled_in_without_a_session(self, early, token, client, hire):
        answer = client.post(self.address(token, early), FILLED)
        assert answer.url == reverse("onboarding_links:welcome", args=[token])
        assert (StepAnswer.objects.get().by, state(early)) == (hire, State.SUBMITTED)
        assert client.get(reverse("onboarding:today")).status_code == 302
        assert "_auth_user_id" not in client.session

    def test_required_answers_are_required_here_too(self, early, token, client):
        answer = client.post(self.address(token, early), FILLED | {"answer_0": ""})
        assert (answer.status_code, state(early), "Paula, 040 123" in answer.content.decode()) == (
            422, State.OPEN, True,
        )  # fmt: skip

    def test_twice_is_stored_once(self, early, token, client):
        for _ in range(2):
            client.post(self.address(token, early), FILLED)
        assert StepAnswer.objects.count() == 1

    def test_a_text_is_read_and_the_version_kept(self, plan, early, token, client):
        step = step_of(plan, "ask_first")
        Step.objects.filter(pk=step.pk).update(due_on=date(2026, 12, 4))
        assert "a custom order;" in text(client.get(self.address(token, step)))
        client.post(self.address(token, step), {"number": "0"})
        assert plan.acknowledgements.get().number == 0

    def test_a_version_written_meanwhile_is_shown_first(self, plan, company, owner, early, token, client):
        step = step_of(plan, "ask_first")
        Step.objects.filter(pk=step.pk).update(due_on=date(2026, 12, 4))
        words.write(company=company, subject="ask_first", by=owner, body="Over 50 EUR: ask.", seen=0)
        answer = client.post(self.address(token, step), {"number": "0"})
        assert (answer.status_code, "Over 50 EUR: ask." in text(answer)) == (409, True)

    @pytest.mark.parametrize("key", ["welcome", "paperwork", "day_one", "review_30", "ask_first", "gate_1"])
    def test_opens_nothing_else_of_the_plan(self, plan, early, token, client, key):
        step = step_of(plan, key)
        answers = [client.get(self.address(token, step)), client.post(self.address(token, step), FILLED)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert step_of(plan, key).state == State.OPEN

    def test_opens_nobody_elses(self, company, owner, early, token, client):
        other = make_onboarding(company, None, owner)
        theirs = filling.compose(other, by=owner, title="X", due_on=date(2026, 12, 3), asks=ASKS)
        assert client.get(self.address(token, theirs)).status_code == 404

    @pytest.mark.parametrize("purpose", ["data", "status"])
    def test_another_kind_of_link_opens_it_not(self, plan, early, client, purpose):
        from vault import links

        token = links.mint(
            purpose=purpose, subject=("onboarding", plan.pk), company_id=plan.company_id, days=3
        )
        assert client.get(self.address(token, early)).status_code == 404

    def test_it_expires(self, early, token, client, clock):
        Link.objects.update(expires_at="2026-12-02T00:00Z")
        clock.move_to("2026-12-02 09:00 +0000")
        assert client.post(self.address(token, early), FILLED).status_code == 404

    def test_from_the_first_day_on_one_signs_in(self, early, token, client, clock):
        clock.move_to("2026-12-07 06:00 +0000")
        assert client.get(self.address(token, early)).status_code == 404
        assert "If you like" not in text(client.get(reverse("onboarding_links:welcome", args=[token])))

    def test_the_first_day_begins_where_the_person_is(self, hire, early, token, client, clock):
        hire.user.timezone = "Pacific/Auckland"
        hire.user.save()
        clock.move_to("2026-12-06 12:00 +0000")
        assert client.get(self.address(token, early)).status_code == 404

    def test_of_an_ended_plan_there_is_nothing(self, plan, owner, early, token, client):
        arrivals.end(plan, by=owner, reason="Does not come")
        assert client.get(self.address(token, early)).status_code == 404

    def test_nobody_is_late_before_the_first_day(self, plan, early, clock, hire):
        Step.objects.filter(pk=early.pk).update(required=True)
        clock.move_to("2026-12-04 10:00 +0000")
        reminders.send()
        assert not Reminder.objects.filter(recipient=hire).exists()

    def test_somebody_without_an_account_can(self, plan, early, token, client, hire):
        hire.user = None
        hire.save()
        client.post(self.address(token, early), FILLED)
        assert state(early) == State.SUBMITTED


labels = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60).filter(
    str.strip
)


@given(
    st.lists(
        st.tuples(labels, st.sampled_from(["text", "yes", "date"]), st.booleans()), min_size=1, max_size=10
    )
)
def test_what_is_composed_is_what_is_asked(rows):
    typed = {}
    for n, (label, kind, required) in enumerate(rows):
        typed |= {f"label_{n}": label, f"kind_{n}": kind} | ({f"required_{n}": "on"} if required else {})
    form = forms_filling.QuestionsForm(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["asks"] == [
        Ask(label.strip(), kind, [], required) for label, kind, required in rows
    ]


def test_another_plan_of_the_same_shop_keeps_its_form(company, owner, form, hire):
    """The questions are copies, as every step is: what is worded anew for one says nothing to another."""
    other = make_onboarding(company, None, owner)
    twin = filling.compose(other, by=owner, title="About you", due_on=MONDAY, asks=ASKS)
    filling.reword(form, by=owner, seen=1, asks=[Ask("Hat?")])
    assert filling.asks_of(Step.objects.get(pk=twin.pk)) == ASKS
    assert Onboarding.objects.count() == 2
