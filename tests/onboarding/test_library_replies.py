"""A reply that becomes an example, and an example that becomes a reply."""

import pytest
from django.urls import reverse

from onboarding import drafts, handbook, library, steps
from onboarding.models import Draft, Example
from tests.onboarding.test_library import CARD, MASKED, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(plan, hire, owner):
    """Sara's reply, changed a little and good to go."""
    steps.did(plan, "accounts_given", by=owner)
    draft = drafts.begin(
        plan, by=hire, situation="practice_late", channel="chat", message=f"Where? {CARD}", body="Friday."
    )
    drafts.submit(draft, by=hire)
    marks = {"tone": True, "accuracy": True, "good": True, "comment": "The day first"}
    drafts.review(draft, by=owner, body="It comes on Friday.", **marks)
    return draft


def keep(client, draft):
    return client.post(reverse("onboarding:example_from_reply", args=[draft.pk]))


def begin(client, code):
    return client.get(reverse("onboarding:reply_new"), {"example": code}).context["form"].initial


def test_what_was_sent_becomes_an_example_that_asks_to_be_looked_at(approved, owner, sign_in):
    answer = keep(sign_in(owner), approved)
    row = Example.objects.get()
    assert answer.url == reverse("onboarding:example", args=[row.pk])
    assert (row.message, row.reply, row.situation, row.channel, row.to_check) == (
        f"Where? {MASKED}",
        "It comes on Friday.",
        "practice_late",
        "chat",
        True,
    )


def test_kept_twice_is_one_example(approved, owner, manager, sign_in):
    for member in (owner, manager, owner):
        keep(sign_in(member), approved)
    assert Example.objects.count() == 1


def test_the_page_of_the_reply_has_the_button_for_those_who_lead(approved, owner, hire, sign_in):
    address = reverse("onboarding:example_from_reply", args=[approved.pk])
    shown = [
        address in sign_in(who).get(reverse("onboarding:reply", args=[approved.pk])).content.decode()
        for who in (owner, hire)
    ]
    assert shown == [True, False]


def test_what_nobody_found_good_is_no_example(approved, owner, sign_in):
    Draft.objects.filter(pk=approved.pk).update(state="submitted")
    answer = sign_in(owner).post(reverse("onboarding:example_from_reply", args=[approved.pk]), follow=True)
    assert "Only a reply that was good to go can become an example." in answer.content.decode()
    assert Example.objects.count() == 0


def test_a_new_hire_and_another_company_keep_nothing(approved, hire, rival, sign_in):
    assert keep(sign_in(hire), approved).status_code == 403
    assert keep(sign_in(rival), approved).status_code == 404
    assert Example.objects.count() == 0


def test_a_reply_begins_with_an_example(approved, company, owner, hire, sign_in):
    row = write(
        company, owner, situation="practice_angry", channel="chat", reply="Hi {{ customer.first_name }}"
    )
    assert begin(sign_in(hire), row.code) == {
        "situation": "practice_angry",
        "channel": "chat",
        "body": "Hi {{ customer.first_name }}",
    }


def test_one_of_ours_and_one_without_a_situation_begin_replies_too(approved, company, owner, hire, sign_in):
    sara = sign_in(hire)
    assert begin(sara, "practice_late")["body"] == library.ours(company, "practice_late").answer
    assert begin(sara, write(company, owner).code)["situation"] == "other"


def test_nothing_and_another_companys_example_begin_an_empty_reply(approved, hire, rival, sign_in):
    theirs = write(rival.company, rival)
    sara = sign_in(hire)
    for code in ("", theirs.code, "made_up", "9" * 30, "٣"):
        assert begin(sara, code) == {}


def test_the_new_hires_page_of_an_example_leads_to_a_reply(approved, company, owner, hire, sign_in):
    row = write(company, owner)
    address = f"{reverse('onboarding:reply_new')}?example={row.code}"
    shown = [
        address in sign_in(who).get(reverse("onboarding:example", args=[row.code])).content.decode()
        for who in (hire, owner)
    ]
    assert shown == [True, False]


def test_beside_the_editor_are_the_facts_the_tone_and_the_examples(approved, company, owner, hire, sign_in):
    page = handbook.answer(company, "tracking", by=owner, body="In the mail", language="en", seen=0)
    html = sign_in(hire).get(reverse("onboarding:reply_new"), {"example": "practice_late"}).content.decode()
    assert f'href="{reverse("onboarding:handbook_page", args=[page.pk])}"' in html
    assert "How we sound: Friendly" in html
