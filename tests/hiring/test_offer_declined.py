"""A no to an offer: with a reason of a closed list, in words, or with nothing."""

import pytest
from django.urls import reverse

from hiring import offers
from hiring.models import DeclineReason, Offer, Stage
from hiring.offer_forms import DeclineForm
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job, make_offer
from vault import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(company, owner):
    ada = put(make_application(make_job(company), name="Ada Lind"), Stage.OFFER)
    return offers.send(make_offer(ada, owner), by=owner)


def decline(client, offer, **data):
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    return client.post(reverse("hiring_links:offer_decline", args=[token]), data)


@pytest.mark.parametrize("reason", ["", *DeclineReason.values])
def test_every_reason_and_none_is_a_no(client, sent, reason):
    assert decline(client, sent, reason=reason, note="Sorry").status_code == 302
    offer = Offer.objects.get()
    assert (offer.state, offer.decline_reason, offer.answer_note) == ("declined", reason, "Sorry")


def test_a_reason_that_is_not_on_the_list_is_refused(client, sent):
    assert decline(client, sent, reason="weather").status_code == 422
    assert Offer.objects.get().state == "sent"


def test_the_list_begins_with_not_saying():
    assert DeclineForm().fields["reason"].choices[0] == ("", "I would rather not say")


def test_the_shop_reads_the_reason_beside_the_version(client, sent, owner, sign_in):
    decline(client, sent, reason="pay", note="Rent is high")
    page = text(sign_in(owner).get(url("candidate", sent.application)))
    assert "Declined: The pay: <bdi>Rent is high</bdi>" in page
