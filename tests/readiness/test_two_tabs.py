"""Two tabs with different answers do not fight: what was changed counts, what was not stays, and both are said."""

import json

import pytest
from django.urls import reverse

from readiness import assessments
from readiness.forms import STEPS, CheckForm
from tests.readiness.factories import BUSY, make_assessment, typed
from tests.readiness.test_views import text

CHECK = reverse("readiness:check")
pytestmark = pytest.mark.django_db
REPLACED = "Another tab had answered differently; this answer counts now: Hours a week you answer customers"
KEPT = "Answered in another tab, and kept: Hours a week you answer customers"


def opened(client, address=CHECK) -> str:
    """What a tab that is opened now carries in its hidden field."""
    form = client.get(address).context["form"]
    return form.seen


def send(client, seen, **answers):
    return text(client.post(CHECK, typed(**answers) | {"seen": seen}, follow=True))


def held(client) -> dict:
    return client.session[assessments.SESSION]["answers"]


def test_the_page_carries_what_it_was_filled_with(client):
    client.post(CHECK, typed())
    shown = json.loads(opened(client))
    assert {name: value for name, value in shown.items() if value is not None} == BUSY


def test_an_empty_tab_takes_nothing_from_a_full_one(client):
    first, second = opened(client), opened(client)
    send(client, second)
    page = send(client, first, support_hours=None, brand_hours=None)
    assert held(client) == BUSY
    assert f"{KEPT} · Hours a week you build the shop" in page


def test_the_answer_saved_last_counts_and_it_is_said(client):
    first, second = opened(client), opened(client)
    send(client, second, support_hours=30)
    page = send(client, first, support_hours=20)
    assert held(client)["support_hours"] == 20
    assert REPLACED in page


def test_tabs_that_changed_different_things_lose_nothing(client):
    send(client, "{}")
    first, second = opened(client), opened(client)
    send(client, first, support_hours=30)
    page = send(client, second, brand_hours=5)
    assert (held(client)["support_hours"], held(client)["brand_hours"]) == (30, 5)
    assert (KEPT in page, "counts now" in page) == (True, False)


def test_one_tab_alone_is_told_nothing(client):
    send(client, opened(client))
    page = send(client, opened(client), support_hours=30)
    assert "nother tab" not in page
    assert held(client)["support_hours"] == 30


def test_emptying_a_question_opens_it_again(client):
    send(client, opened(client))
    send(client, opened(client), ratings=None)
    assert "ratings" not in held(client)


def test_tabs_that_say_the_same_have_no_quarrel(client):
    first, second = opened(client), opened(client)
    send(client, first)
    assert "nother tab" not in send(client, second)


def test_the_same_for_a_member(sign_in, owner):
    make_assessment(owner.company, by=owner.user)
    client = sign_in(owner)
    first, second = opened(client), opened(client)
    send(client, first, support_hours=30)
    page = send(client, second, brand_hours=5)
    row = assessments.latest(owner.company)
    assert (row.answers["support_hours"], row.answers["brand_hours"], KEPT in page) == (30, 5, True)


def test_the_same_on_the_four_pages(client):
    client.post(CHECK, typed())
    address = reverse("readiness:step", args=["growth"])
    first, second = opened(client, address), opened(client, address)
    client.post(address, {"seen": first, "orders_now": "90"})
    client.post(address, {"seen": second, "customers_now": "50"})
    assert (held(client)["orders_now"], held(client)["customers_now"]) == (90, 50)


def test_a_refused_page_still_knows_what_it_was_filled_with(client):
    first = opened(client)
    send(client, opened(client), support_hours=30)
    refused = client.post(CHECK, typed(support_hours=None, brand_hours="wrong") | {"seen": first})
    again = refused.context["form"].seen
    send(client, again, support_hours=None)
    assert held(client)["support_hours"] == 30


def test_a_page_with_too_few_answers_goes_on_from_there(client):
    few = client.post(CHECK, {"seen": opened(client), "breath": "3", "support_hours": "25"})
    again = few.context["form"].seen
    client.post(
        CHECK, {"seen": again, "breath": "3", "support_hours": "", "brand_hours": "12", "ratings": "same"}
    )
    assert sorted(held(client)) == ["brand_hours", "breath", "ratings"]


@pytest.mark.parametrize("nonsense", ["", "[1]", "{", '"x"', "[" * 100_000, "null", "\0", '{"breath": [[]]}'])
def test_nonsense_in_the_hidden_field_takes_the_page_as_it_is(client, nonsense):
    send(client, nonsense)
    assert held(client) == BUSY


@pytest.mark.parametrize("form", [CheckForm, *STEPS.values()])
def test_every_question_says_why_it_is_asked(form):
    assert sorted(form.WHY) == sorted(form().fields)
    assert [why for why in map(str, form.WHY.values()) if not why.endswith(".") or len(why) > 100] == []


def test_the_why_is_beside_every_card(client):
    page = text(client.get(CHECK))
    assert page.count('<details class="fh-why">') == len(CheckForm.CARDS) + 1
    assert "More hours on customers than on the shop decide by themselves." in page
