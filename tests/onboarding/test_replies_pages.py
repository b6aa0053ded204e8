"""The pages of replies: the new colleague's, the reviewer's, and the queue."""

import pytest
from django.urls import reverse

from mailroom.models import Mail
from onboarding import drafts, practice, steps
from onboarding.models import Draft
from onboarding.reply_kinds import Stand
from tests.factories import make_member
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.replying import freely, look, sample, write
from tests.onboarding.test_mine import text

pytestmark = pytest.mark.django_db
TYPED = {
    "situation": "other",
    "channel": "email",
    "ticket": "",
    "message": "Where is it?",
    "body": "On Friday.",
}
SHOWN = "Hi {{ customer.first_name }} <b>now</b> \u202eabc"
MARKS = {"tone": "1", "accuracy": "1", "good": "1", "comment": ""}


def get(client, name, *args):
    return client.get(reverse(f"onboarding:{name}", args=args))


def seen(client, name, *args):
    return text(get(client, name, *args).content.decode())


def post(client, name, *args, **data):
    return client.post(reverse(f"onboarding:{name}", args=args), data)


@pytest.fixture
def sara(ready, hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


@pytest.fixture
def olga(ready, owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


# -- the new colleague


def test_before_the_accounts_practice_is_open_and_customers_wait(plan, hire, sign_in):
    client = sign_in(hire)
    page = seen(client, "replies")
    assert "Replies to real customers begin when your accounts are open: Olga sees to that." in page
    assert "Write a reply" not in page
    answer = post(client, "reply_new", **TYPED)
    assert answer.status_code == 422
    assert "On Friday.</textarea>" in answer.content.decode()
    assert post(client, "reply_practise", situation="practice_late").status_code == 302


def test_from_the_message_to_sent(sara, olga):
    post(sara, "reply_new", **TYPED | {"do": "show"})
    draft = Draft.objects.get()
    assert "Olga looks at it. It can be sent after that." in seen(sara, "reply", draft.pk)
    post(olga, "reply_review", draft.pk, **MARKS | {"body": "Sorry! On Friday.", "comment": "Sorry first"})
    page = get(sara, "reply", draft.pk).content.decode()
    assert "Approved. Olga changed it." in text(page)
    assert "Why: Sorry first" in text(page)
    assert "<ins>Sorry! </ins>" in page
    assert '<pre class="fh-paper fh-typed" id="reply-body">Sorry! On Friday.</pre>' in page
    post(sara, "reply_send", draft.pk)
    assert Draft.objects.get().state == Stand.SENT


def test_kept_for_later_nobody_hears_of_it(sara):
    post(sara, "reply_new", **TYPED | {"do": "keep"})
    assert Draft.objects.get().state == Stand.WRITING
    assert not Mail.objects.filter(message="told_one").exists()


def test_sending_without_a_yes_keeps_the_text_and_says_why(sara):
    answer = sara.post(reverse("onboarding:reply_new"), TYPED | {"do": "send"}, follow=True)
    assert "This reply needs a yes before it goes. Show it first." in answer.content.decode()
    assert (Draft.objects.get().state, drafts.latest(Draft.objects.get()).body) == ("writing", "On Friday.")


def test_with_freedom_it_goes_at_once_unless_a_rule_says_no(ready, owner, sara):
    freely(ready, owner)
    post(sara, "reply_new", **TYPED | {"do": "send"})
    post(sara, "reply_new", **TYPED | {"do": "send", "marked": ["custom"]})
    assert list(Draft.objects.order_by("pk").values_list("state", "marked")) == [
        ("sent", []),
        ("writing", ["custom"]),
    ]


def test_a_rule_that_is_none_is_refused(sara):
    assert post(sara, "reply_new", **TYPED | {"marked": ["nonsense"]}).status_code == 422


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example/1", "not a link at all"])
def test_only_links_of_the_web_are_tickets(sara, link):
    assert post(sara, "reply_new", **TYPED | {"ticket": link}).status_code == 422


def test_a_link_without_its_beginning_is_a_link(sara):
    post(sara, "reply_new", **TYPED | {"ticket": "desk.example/1"})
    assert Draft.objects.get().ticket == "https://desk.example/1"


def test_what_is_typed_is_shown_as_typed(sara, olga):
    post(sara, "reply_new", **TYPED | {"message": SHOWN, "body": SHOWN, "do": "show"})
    for client in (sara, olga):
        page = get(client, "reply", Draft.objects.get().pk).content.decode()
        assert page.count("{{ customer.first_name }} &lt;b&gt;now&lt;/b&gt; \u202eabc") >= 2
        assert "<b>" not in page


def test_of_two_tabs_nothing_is_lost(ready, hire, sara):
    draft = write(ready)
    drafts.save(draft, by=hire, seen=1, body="First tab")
    answer = post(sara, "reply_save", draft.pk, **TYPED | {"body": "Second tab", "seen": 1})
    assert answer.status_code == 409
    assert "Second tab" in answer.content.decode()
    assert "First tab" in answer.content.decode()


def test_typed_while_it_was_approved_is_kept_on_the_screen(given, owner, sara):
    look(given, owner)
    answer = post(sara, "reply_save", given.pk, **TYPED | {"body": "Too late", "seen": 1})
    assert answer.status_code == 409
    assert "What you had typed Too late" in text(answer.content.decode())


def test_a_hint_is_shown_and_decides_nothing(ready, sara):
    draft = write(ready, message="My lawyer says hello")
    assert "The message says “lawyer”. Does a rule below apply? You decide." in seen(sara, "reply", draft.pk)
    assert Draft.objects.get().marked == []


def test_practising_on_the_page(sara):
    answer = post(sara, "reply_practise", situation="practice_angry")
    page = text(sara.get(answer.url).content.decode())
    message = str(practice.VARIANTS["practice_angry"][1].message)
    assert message in page
    assert "Example:" in page


def test_samples_have_their_place_once_somebody_is_free(ready, owner, sara):
    assert "samples" not in seen(sara, "replies")
    freely(ready, owner)
    sample(ready)
    assert "This week's samples: 1 of 5" in seen(sara, "replies")


def test_a_sample_is_shown_on_its_page(ready, owner, sara):
    freely(ready, owner)
    assert post(sara, "reply_sample", **TYPED | {"body": "", "ticket": ""}).status_code == 422
    assert post(sara, "reply_sample", **TYPED).status_code == 302
    assert Draft.objects.get().purpose == "sample"


def test_the_level_is_said_in_plain_words_with_its_reason(ready, owner, sara):
    assert "Each reply to a customer is looked at before it goes." in seen(sara, "replies")
    freely(ready, owner)
    page = seen(sara, "replies")
    assert "You send replies yourself. Five a week are looked at afterwards." in page
    assert "Well done" in page


def test_undo_of_sent_and_put_away(given, owner, sara):
    look(given, owner)
    post(sara, "reply_send", given.pk)
    post(sara, "reply_unsend", given.pk)
    post(sara, "reply_drop", given.pk)
    post(sara, "reply_undrop", given.pk)
    assert Draft.objects.get().state == Stand.WRITING


def test_sending_what_waits_is_refused_in_a_sentence(given, sara):
    answer = post(sara, "reply_send", given.pk)
    assert answer.status_code == 422
    assert "This reply waits for a yes. It can be sent after that." in answer.content.decode()


def test_replies_are_in_the_bar_at_the_bottom(sara):
    assert f'href="{reverse("onboarding:replies")}"' in get(sara, "today").content.decode()


def test_somebody_without_a_plan_has_no_replies(interviewer, sign_in):
    assert "There is no plan for you here yet." in seen(sign_in(interviewer), "replies")


# -- nobody else's


@pytest.mark.parametrize(
    "name", ["reply", "reply_save", "reply_review", "reply_unlook", "reply_withdraw", "reply_send"]
)
@pytest.mark.parametrize(("who", "status"), [("other", 403), ("interviewer", 403), ("rival", 404)])
def test_a_reply_is_its_writers_and_the_bosses(given, request, company, sign_in, name, who, status):
    other = make_member(company, "hire") if who == "other" else request.getfixturevalue(who)
    if who == "other":
        make_onboarding(company, other, given.onboarding.manager)
    client = sign_in(other)
    answer = get(client, name, given.pk) if name == "reply" else post(client, name, given.pk, **TYPED)
    assert answer.status_code == status
    assert Draft.objects.get().state == Stand.SUBMITTED


def test_the_buddy_does_not_browse_customers_words(given, interviewer, sign_in):
    given.onboarding.buddy = interviewer
    given.onboarding.save()
    assert get(sign_in(interviewer), "reply", given.pk).status_code == 403


def test_another_hires_replies_are_on_nobody_elses_page(given, company, owner, sign_in):
    other = make_member(company, "hire")
    make_onboarding(company, other, owner)
    assert "Where is it?" not in seen(sign_in(other), "replies")


# -- the reviewer


def test_the_queue_is_the_oldest_first_across_people_and_kinds(ready, company, owner, hire, olga, clock):
    steps.give(step_of(ready, "practice_late"), by=hire, body="Sorry.")
    clock.move_to("2026-12-07 08:30 +0000")
    other = make_onboarding(company, make_member(company, "hire", name="Anna"), owner)
    steps.did(other, "accounts_given", by=owner)
    drafts.submit(write(other), by=other.hire)
    clock.move_to("2026-12-07 09:30 +0000")
    drafts.submit(write(ready, situation="practice_angry"), by=hire)
    page = seen(olga, "replies_waiting")
    places = [
        page.index(words) for words in ("Practice reply: the parcel is late", "Anna", "The customer is angry")
    ]
    assert places == sorted(places)


def test_an_empty_queue_has_one_button(olga):
    assert "No reply waits for you." in seen(olga, "replies_waiting")


def test_next_and_before_have_keys(ready, hire, olga):
    rows = [write(ready) for _ in range(3)]
    for row in rows:
        drafts.submit(row, by=hire)
    page = get(olga, "reply", rows[1].pk).content.decode()
    assert f'href="{reverse("onboarding:reply", args=[rows[2].pk])}" data-key="j"' in page
    assert f'href="{reverse("onboarding:reply", args=[rows[0].pk])}" data-key="k"' in page


def test_after_one_comes_the_next(ready, hire, olga):
    rows = [write(ready) for _ in range(2)]
    for row in rows:
        drafts.submit(row, by=hire)
    answer = post(olga, "reply_review", rows[0].pk, **MARKS | {"body": "On Friday."})
    assert answer.url == reverse("onboarding:reply", args=[rows[1].pk])
    answer = post(olga, "reply_review", rows[1].pk, **MARKS | {"body": "On Friday."})
    assert answer.url == reverse("onboarding:replies_waiting")


def test_a_refused_look_keeps_what_was_typed(given, olga):
    answer = post(olga, "reply_review", given.pk, **MARKS | {"body": "Sorry! On Friday.", "comment": "ok"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "That is kind, and it does not say what to do next time." in page
    assert "Sorry! On Friday.</textarea>" in page


def test_the_second_reviewer_keeps_their_words(given, manager, olga):
    look(given, manager)
    answer = post(olga, "reply_review", given.pk, **MARKS | {"body": "My version", "comment": "Sorry first"})
    assert answer.status_code == 409
    page = text(answer.content.decode())
    assert "This reply has changed meanwhile. This is how it is now." in page
    assert "What you had typed My version" in page


def test_a_look_is_undone(given, olga):
    post(olga, "reply_review", given.pk, **MARKS | {"body": "On Friday."})
    assert (
        reverse("onboarding:reply_unlook", args=[given.pk]) in get(olga, "replies_waiting").content.decode()
    )
    post(olga, "reply_unlook", given.pk)
    assert Draft.objects.get().state == Stand.SUBMITTED
    assert post(olga, "reply_unlook", given.pk).status_code == 409


def test_marked_rules_and_a_missed_one_are_on_the_page(ready, hire, olga):
    draft = write(ready, marked=["custom"], message="And my lawyer?")
    drafts.submit(draft, by=hire)
    page = seen(olga, "reply", draft.pk)
    assert "A custom order" in page
    assert "Was a rule missed? You decide." in page
    post(
        olga,
        "reply_review",
        draft.pk,
        **MARKS | {"body": "On Friday.", "missed": "lawyer", "comment": "Ask me"},
    )
    assert drafts.evidence(ready).missed == 1


def test_what_waits_stands_on_the_page_of_onboarding(given, olga):
    assert "1 reply waits for your yes" in seen(olga, "home")


def test_the_same_rule_holds_for_practice_replies(ready, hire, olga):
    step = step_of(ready, "practice_late")
    steps.give(step, by=hire, body="It comes.")
    answer = post(olga, "review", step.pk, **MARKS | {"body": "Sorry! It comes.", "comment": "good"})
    assert answer.status_code == 422


# -- what it costs


def more(plan, n):
    for _ in range(n):
        drafts.submit(write(plan), by=plan.hire)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_replies_costs_the_same(ready, sara, n, django_assert_num_queries):
    more(ready, n)
    with django_assert_num_queries(10):
        get(sara, "replies")


@pytest.mark.parametrize("n", [1, 3])
def test_the_queue_costs_the_same(ready, olga, n, django_assert_num_queries):
    more(ready, n)
    with django_assert_num_queries(5):
        get(olga, "replies_waiting")


@pytest.mark.parametrize("n", [1, 3])
def test_one_reply_to_look_at_costs_the_same(ready, olga, n, django_assert_num_queries):
    more(ready, n)
    with django_assert_num_queries(11):
        get(olga, "reply", Draft.objects.earliest("pk").pk)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_onboarding_costs_the_same(ready, olga, n, django_assert_num_queries):
    more(ready, n)
    with django_assert_num_queries(7):
        get(olga, "home")


def test_a_good_reply_is_kept_as_an_example(given, olga):
    assert "Keep as an example" not in seen(olga, "reply", given.pk)
    look(given, given.onboarding.manager)
    assert "Keep as an example" in seen(olga, "reply", given.pk)
    assert "On Friday." in text(
        olga.post(reverse("onboarding:reply_keep", args=[given.pk]), follow=True).content.decode()
    )


def test_times_are_those_of_the_reader(given, owner, company, sign_in):
    company.timezone = "Europe/Helsinki"
    company.save()
    assert "9:30" in seen(sign_in(owner), "replies_waiting")
