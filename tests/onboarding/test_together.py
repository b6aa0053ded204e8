"""Past e-mails gone through together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import conflicts
from onboarding import handbook, library, tasks, together
from onboarding.kinds import State
from onboarding.models import Example, TogetherMail
from tests.factories import make_member
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_library import CARD, MASKED
from tests.onboarding.test_mine import IDENTITY, page, text
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
FACTS = ("delivery_times", "tracking", "return_window", "return_postage")


def write_facts(company, by, keys=FACTS):
    for key in keys:
        handbook.answer(company, key, by=by, body=f"About {key}", language="en", seen=0)


def put_in(onboarding, by, *messages, **texts):
    mails = [
        {"message": message, "reply": f"Reply to {message}", "thinking": "So"} | texts for message in messages
    ]
    return together.add(onboarding, by=by, mails=mails)


def mails(onboarding) -> list[TogetherMail]:
    rows = onboarding.together.there().select_related("onboarding__company", "onboarding__hire__user")
    return list(rows)


@pytest.fixture
def ready(plan, company, owner):
    """Sara's plan, with the facts written down and two e-mails in it."""
    write_facts(company, owner)
    put_in(plan, owner, "First", "Second")
    return plan


@pytest.fixture
def ines(plan, interviewer):
    """Sara's buddy."""
    plan.buddy = interviewer
    plan.save()
    return interviewer


@pytest.fixture
def sara(hire, sign_in):
    client = sign_in(hire)
    client.get("/")
    return client


@pytest.fixture
def olga(owner, sign_in):
    client = sign_in(owner)
    client.get("/")
    return client


def send(client, name, pk, **data):
    return client.post(reverse(f"onboarding:{name}", args=[pk]), data)


# Putting in


def test_e_mails_stand_in_the_order_they_came(plan, owner):
    assert put_in(plan, owner, "First", "Second") == 2
    assert put_in(plan, owner, "Third") == 1
    assert [row.message for row in mails(plan)] == ["First", "Second", "Third"]


def test_the_same_e_mail_again_is_one(plan, owner):
    put_in(plan, owner, "Where  is it?")
    assert put_in(plan, owner, "Where is\nit?", "Where is it?", "Other") == 1
    assert TogetherMail.objects.count() == 2


def test_what_was_taken_out_comes_back_when_it_is_put_in_again(plan, owner):
    put_in(plan, owner, "First", "Second")
    together.remove(mails(plan)[0], by=owner)
    assert put_in(plan, owner, "First") == 1
    assert [row.message for row in mails(plan)] == ["Second", "First"]


def test_more_than_forty_are_refused_and_none_is_put_in(plan, owner):
    put_in(plan, owner, *map(str, range(together.MOST)))
    with pytest.raises(together.Refused):
        put_in(plan, owner, "One more")
    together.remove(mails(plan)[0], by=owner)
    assert put_in(plan, owner, "One more") == 1


def test_card_numbers_are_masked_in_every_text(ready, owner, hire):
    put_in(ready, owner, CARD, reply=CARD, thinking=CARD)
    row = mails(ready)[2]
    together.answer(row, by=hire, body=CARD)
    row.refresh_from_db()
    assert (row.message, row.reply, row.thinking, row.answer) == (MASKED,) * 4


def test_the_database_holds_no_word_of_it(ready, hire):
    together.answer(mails(ready)[0], by=hire, body="My answer")
    with connection.cursor() as cursor:
        cursor.execute("SELECT message, reply, thinking, answer FROM onboarding_togethermail")
        stored = " ".join(value for row in cursor.fetchall() for value in row)
    assert not {"First", "Reply", "So ", "answer"} & set(stored.split())
    assert "First" not in stored


def test_examples_are_copied(plan, company, owner):
    row = library.add(company, by=owner, topic="Mine", message="M", reply="R", why="W")
    assert together.choose(plan, by=owner, codes={row.code, "practice_late", "999"}) == 2
    library.change(row, by=owner, seen=1, **library.shown(row) | {"reply": "Other"})
    texts = {(each.message, each.reply, each.thinking) for each in mails(plan)}
    ours = library.ours(company, "practice_late")
    assert texts == {("M", "R", "W"), (ours.said, ours.answer, ours.reason)}
    assert Example.objects.count() == 1


def test_the_buddy_puts_in_and_nobody_else(plan, company, hire, ines):
    assert put_in(plan, ines, "First") == 1
    stranger = make_member(company, "interviewer")
    for by in (hire, stranger):
        with pytest.raises(PermissionDenied):
            put_in(plan, by, "Second")


# Answering


def test_the_first_words_stay(ready, hire):
    row = mails(ready)[0]
    assert together.answer(row, by=hire, body=" First thought ") is True
    assert together.answer(row, by=hire, body="Second thought") is False
    row.refresh_from_db()
    assert row.answer == "First thought"


@pytest.mark.parametrize("body", ["", "  \n "])
def test_without_words_nothing_is_shown(ready, hire, body):
    with pytest.raises(together.Refused):
        together.answer(mails(ready)[0], by=hire, body=body)
    assert together.session(ready).answered == 0


@pytest.mark.parametrize("missing", range(4))
def test_it_begins_when_all_the_facts_are_written_down(plan, company, owner, hire, missing):
    write_facts(company, owner, [key for n, key in enumerate(FACTS) if n != missing])
    put_in(plan, owner, "First")
    with pytest.raises(together.Refused):
        together.answer(mails(plan)[0], by=hire, body="Mine")
    write_facts(company, owner, [FACTS[missing]])
    assert together.answer(mails(plan)[0], by=hire, body="Mine") is True


def test_only_the_new_hire_answers(ready, owner, ines):
    for by in (owner, ines):
        with pytest.raises(PermissionDenied):
            together.answer(mails(ready)[0], by=by, body="Mine")


def test_what_was_taken_out_is_not_answered(ready, owner, hire):
    row = mails(ready)[0]
    together.remove(row, by=owner)
    assert together.answer(row, by=hire, body="Mine") is False


def test_the_last_answer_does_the_steps_that_asked_for_it(ready, hire):
    for row in mails(ready):
        assert step_of(ready, "mails_reply").state == State.OPEN
        together.answer(row, by=hire, body="Mine")
    assert [step_of(ready, key).state for key in ("mails_read", "mails_reply", "mails_facts")] == [
        State.DONE,
        State.DONE,
        State.OPEN,
    ]


# Taking out, other words


def test_what_was_answered_stays(ready, owner, hire):
    row = mails(ready)[0]
    together.answer(row, by=hire, body="Mine")
    with pytest.raises(together.Refused):
        together.remove(row, by=owner)
    assert len(mails(ready)) == 2


def test_taken_out_twice_is_once_and_put_back_is_there(ready, owner):
    row = mails(ready)[0]
    assert [together.remove(row, by=owner) for _n in range(2)] == [True, False]
    assert [together.put_back(row, by=owner) for _n in range(2)] == [True, False]
    assert len(mails(ready)) == 2


def test_how_we_replied_is_changed_and_an_older_page_does_not_win(ready, owner):
    row = mails(ready)[0]
    assert together.change(row, by=owner, seen=1, reply="New", thinking="Why") is True
    assert together.change(row, by=owner, seen=2, reply="New", thinking="Why") is False
    with pytest.raises(conflicts.Changed):
        together.change(row, by=owner, seen=1, reply="Old", thinking="")
    row.refresh_from_db()
    assert (row.message, row.reply, row.thinking) == ("First", "New", "Why")


def test_the_new_hire_changes_nothing_of_the_list(ready, hire):
    row = mails(ready)[0]
    for act in (together.remove, together.put_back):
        with pytest.raises(PermissionDenied):
            act(row, by=hire)
    with pytest.raises(PermissionDenied):
        together.change(row, by=hire, seen=1, reply="New", thinking="")


# After 90 days


def test_after_ninety_days_the_texts_go_and_what_was_done_stays(ready, hire):
    together.answer(mails(ready)[0], by=hire, body="Mine")
    TogetherMail.objects.filter(message_hash=mails(ready)[0].message_hash).update(
        added_at=timezone.now() - timedelta(days=90, minutes=1)
    )
    tasks.forget_mails()
    first, second = mails(ready)
    assert (first.message, first.reply, first.thinking, first.answer) == ("", "", "", "")
    assert (first.answered_at is None, second.message) == (False, "Second")
    assert together.forget() == 0


def test_until_then_they_stay(ready):
    TogetherMail.objects.update(added_at=timezone.now() - timedelta(days=90) + timedelta(minutes=1))
    assert together.forget() == 0


def test_what_is_gone_is_passed_over(ready, sara):
    first = mails(ready)[0]
    TogetherMail.objects.filter(pk=first.pk).update(forgotten_at=timezone.now(), message="")
    assert "E-mail 2 of 2" in text(page(sara, "together"))
    assert "The words are gone: past e-mails are kept for 90 days. Go on" in text(
        page(sara, "together_mail", pk=first.pk)
    )


def test_the_trail_says_who_and_no_words(ready, hire):
    together.answer(mails(ready)[0], by=hire, body="Mine")
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.fields, entry.subject_id) == (
        "onboarding.mail_answered",
        ["together"],
        ready.pk,
    )


# The new hire's page


def test_what_was_replied_is_not_in_the_page_before_the_answer(ready, sara):
    html = page(sara, "together")
    assert "E-mail 1 of 2 · 0 answered" in text(html)
    assert "Show how we replied" in text(html)
    assert "Reply to First" not in html
    assert "Reply to First" not in page(sara, "together_mail", pk=mails(ready)[0].pk)


def test_after_the_answer_both_stand_there_and_the_next_one_waits(ready, sara):
    row = mails(ready)[0]
    answer = send(sara, "together_mail", row.pk, answer="I would say Friday")
    assert answer.url == reverse("onboarding:together_mail", args=[row.pk])
    seen = text(page(sara, "together_mail", pk=row.pk))
    assert "What you would reply I would say Friday How we replied Reply to First" in seen
    assert "What we thought So Next e-mail" in seen
    assert "E-mail 2 of 2 · 1 answered" in text(page(sara, "together"))


def test_sent_twice_shows_the_first_answer(ready, sara):
    row = mails(ready)[0]
    for words in ("One", "Two"):
        send(sara, "together_mail", row.pk, answer=words)
    assert "What you would reply One How we replied" in text(page(sara, "together_mail", pk=row.pk))


def test_without_words_the_page_says_so(ready, sara):
    answer = send(sara, "together_mail", mails(ready)[0].pk, answer=" ")
    assert answer.status_code == 422
    assert "Write a few words first. They need not be perfect." in text(answer.content.decode())
    assert "Reply to First" not in answer.content.decode()


def test_before_the_handbook_has_its_facts_it_says_which(plan, company, owner, sara):
    put_in(plan, owner, "First")
    write_facts(company, owner, FACTS[:2])
    html = page(sara, "together")
    assert "What is the return policy? Not written yet" in text(html)
    assert "These two have to stand in the handbook before the e-mails begin" in text(html)
    shipping = handbook.page_of(company, "delivery_times")
    assert f'href="{reverse("onboarding:handbook_page", args=[shipping.pk])}"' in html
    assert "First" not in html.split("<main")[1].split("</main>")[0]


def test_an_answer_before_the_facts_is_kept_on_the_page(plan, owner, sara):
    put_in(plan, owner, "First")
    answer = send(sara, "together_mail", mails(plan)[0].pk, answer="Mine")
    assert answer.status_code == 422
    assert "The two facts have to be in the handbook first." in text(answer.content.decode())


def test_without_e_mails_one_asks(plan, company, owner, sara):
    write_facts(company, owner)
    assert "Nobody has put e-mails in yet. Ask Olga" in text(page(sara, "together"))


def test_at_the_end_all_of_them_can_be_read_again(ready, sara, hire):
    for row in mails(ready):
        together.answer(row, by=hire, body="Mine")
    html = page(sara, "together")
    assert "2 e-mails gone through. Well done." in text(html)
    assert html.count("/onboarding/together/") >= 2


def test_somebody_without_a_plan_reads_a_sentence(owner, sign_in):
    assert "There is no plan for you here yet." in text(page(sign_in(owner), "together"))


# The colleague's pages


def test_the_list_says_how_far_and_leads_to_the_facts(plan, company, owner, olga):
    html = page(olga, "together_plan", pk=plan.pk)
    assert "It begins when both are in the handbook." in text(html)
    assert f'href="{reverse("onboarding:handbook_question", args=["delivery_times"])}"' in html
    write_facts(company, owner)
    put_in(plan, owner, "First")
    assert "1 e-mail, 0 answered. About 15 make a good morning." in text(
        page(olga, "together_plan", pk=plan.pk)
    )


def test_one_is_put_in(plan, olga):
    send(olga, "together_plan", plan.pk, message="Where is it?", reply="On its way", thinking="Day first")
    row = mails(plan)[0]
    assert (row.message, row.reply, row.thinking) == ("Where is it?", "On its way", "Day first")


def test_one_without_a_message_is_refused_and_the_rest_is_kept(plan, olga):
    answer = send(olga, "together_plan", plan.pk, message="", reply="Kept", thinking="")
    assert (answer.status_code, answer.context["one"]["reply"].value()) == (422, "Kept")
    assert mails(plan) == []


def test_several_are_pasted_and_a_missing_reply_is_said(plan, olga):
    send(olga, "together_paste", plan.pk, text="One\n===\nYes\n---\nTwo")
    assert [(row.message, row.reply) for row in mails(plan)] == [("One", "Yes"), ("Two", "")]
    assert "Two Our reply is missing" in text(page(olga, "together_plan", pk=plan.pk))


def test_one_that_is_too_long_is_named(plan, olga):
    answer = send(olga, "together_paste", plan.pk, text="One\n---\n" + "x" * 4001)
    assert answer.context["several"].errors == {"text": ["E-mail 2 is longer than 4,000 signs."]}
    assert mails(plan) == []


def test_examples_are_chosen(plan, olga):
    olga.post(
        reverse("onboarding:together_choose", args=[plan.pk]),
        {"example": ["practice_late", "practice_angry"]},
    )
    assert len(mails(plan)) == 2


def test_too_many_are_refused_with_a_sentence(plan, owner, olga):
    put_in(plan, owner, *map(str, range(together.MOST)))
    answer = send(olga, "together_paste", plan.pk, text="One more")
    assert answer.status_code == 422
    assert "More than 40 e-mails tire everybody." in answer.content.decode()


def test_the_buddy_reads_what_was_answered(ready, hire, ines, sign_in):
    row = mails(ready)[0]
    together.answer(row, by=hire, body="I would say Friday")
    seen = text(page(sign_in(ines), "together_mail", pk=row.pk))
    assert "What Sara would reply I would say Friday How we replied Reply to First" in seen


def test_how_we_replied_is_corrected(ready, olga):
    row = mails(ready)[0]
    send(olga, "together_edit", row.pk, reply="Better", thinking="", seen="1")
    assert send(olga, "together_edit", row.pk, reply="Older", thinking="", seen="1").status_code == 409
    assert mails(ready)[0].reply == "Better"


def test_taken_out_with_undo(ready, olga):
    row = mails(ready)[0]
    answer = olga.post(reverse("onboarding:together_remove", args=[row.pk]), follow=True)
    undo = reverse("onboarding:together_put_back", args=[row.pk])
    assert undo in answer.content.decode()
    olga.post(undo)
    assert len(mails(ready)) == 2


def test_somebody_elses_e_mails_are_not_there(ready, company, owner, rival, sign_in):
    other = make_onboarding(company, manager=owner)
    row, stranger = mails(ready)[0], sign_in(other.hire)
    assert stranger.get(reverse("onboarding:together_mail", args=[row.pk])).status_code == 403
    assert send(stranger, "together_mail", row.pk, answer="Mine").status_code == 403
    theirs = sign_in(rival)
    for name in ("together_mail", "together_edit"):
        assert theirs.get(reverse(f"onboarding:{name}", args=[row.pk])).status_code == 404
    for name in ("together_plan", "together_paste", "together_choose"):
        assert send(theirs, name, ready.pk, message="x", text="x").status_code == 404
    assert TogetherMail.objects.filter(answered_at=None).count() == 2


def test_a_plan_that_has_ended_is_closed(ready, olga):
    ready.cancelled_at = ready.created_at
    ready.save()
    assert olga.get(reverse("onboarding:together_plan", args=[ready.pk])).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_pages_cost_the_same_for_one_and_three(
    plan, company, owner, olga, sara, n, django_assert_num_queries
):
    write_facts(company, owner)
    put_in(plan, owner, *map(str, range(n)))
    with django_assert_num_queries(IDENTITY + 5):
        page(sara, "together")
    with django_assert_num_queries(IDENTITY + 5):
        page(olga, "together_plan", pk=plan.pk)
