"""The mail that tells the shop of an answer: true words, and a way to what comes next."""

import re
from email import policy
from email.parser import BytesParser

import pytest
from django.urls import reverse

from hiring import signing
from mailroom.models import Mail
from tests.hiring.acts import url
from tests.hiring.signed import accept, again, make, make_sent

pytestmark = pytest.mark.django_db


def answered(offer) -> tuple[str, str, list]:
    """(subject, words, the links in it)."""
    mail = Mail.objects.get(message="offer_answered", about_id=offer.pk)
    read = BytesParser(policy=policy.default).parsebytes(bytes(mail.body))
    words = " ".join(read.get_body(("plain",)).get_content().split())
    return read["Subject"], words, re.findall(r"https?://[^/]+(/\S+)", words)


def panel(offer) -> str:
    return f"{url('candidate', offer.application)}?panel=offer"


def test_signed_by_both_it_names_the_welcome_and_the_contract(company, owner):
    offer = accept(make_sent(company, owner))
    subject, words, links = answered(offer)
    assert subject == "Your offer was signed: Support person"
    assert ("welcome mail is on its way" in words, "Now you sign" in words) == (True, False)
    assert reverse("hiring:contract_pdf", args=[offer.pk]) in links


def test_the_way_to_the_contract_leads_to_the_file(company, owner, sign_in):
    offer = accept(make_sent(company, owner))
    make(offer)
    answer = sign_in(owner).get(answered(offer)[2][1])
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")


def test_when_the_shop_signs_second_it_asks_for_that_and_promises_nothing(company, owner):
    offer = accept(make_sent(company, owner, signature=None))
    subject, words, links = answered(offer)
    assert subject == "Your offer was signed, now you sign: Support person"
    assert ("Ada Lind has signed" in words, "is on its way" in words) == (True, False)
    assert (links[0], [link for link in links if "contract" in link]) == (panel(offer), [])


def test_the_way_there_leads_to_where_one_signs(company, owner, sign_in):
    offer = accept(make_sent(company, owner, signature=None))
    page = sign_in(owner).get(answered(offer)[2][0]).content.decode()
    assert reverse("hiring:offer_countersign", args=[offer.pk]) in page


def test_a_no_has_neither(company, owner):
    offer = make_sent(company, owner)
    signing.decline(again(offer), note="Too far")
    subject, words, links = answered(offer)
    assert (subject, "Too far" in words) == ("Your offer was declined: Support person", True)
    assert links[0] == url("candidate", offer.application)
    assert [link for link in links if "contract" in link] == []
