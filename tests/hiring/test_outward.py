"""People outside the team read names: an address somebody signs in with stays inside."""

import pytest

from accounts.models import Membership
from hiring import evidence, hosting, letters, offer_letters, offers, outward, talk_letters
from hiring.models import Stage
from tests.hiring.acts import put
from tests.hiring.booked import address_of, again, offered, words
from tests.hiring.factories import make_application, make_interview, make_job, make_offer
from tests.hiring.referred import make_finalist, make_referee, page_of, sent
from tests.hiring.signed import accept, make, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(owner):
    """Has given no name; the manager, the interviewer and the rest have one."""
    Membership.objects.filter(pk=owner.pk).update(name="")
    owner.refresh_from_db()
    return owner


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.PHONE)


def test_a_name_is_a_name_and_no_name_is_the_shop(owner, manager, company):
    assert [outward.name(who, company) for who in (manager, owner, None)] == ["Mika", "Lumi", "Lumi"]


def test_the_shop_stands_there_once(owner, manager, interviewer, company):
    Membership.objects.filter(pk=interviewer.pk).update(name="")
    assert outward.names([owner, manager, again(interviewer)], company) == ["Lumi", "Mika"]


def test_whoever_was_erased_is_the_shop(company, owner):
    Membership.objects.filter(pk=owner.pk).update(email="1@erased.invalid")
    assert outward.name(again(owner), company) == "Lumi"


@pytest.fixture
def talk(ada, owner, manager):
    row = make_interview(ada, owner)
    hosting.set_hosts(row, [owner, manager])
    return row


def test_the_mail_about_a_talk_lists_names_only(talk, owner):
    talk_letters.talk(talk, talk_letters.INVITATION, owner)
    said = words(talk_letters.INVITATION)
    assert (owner.email in said, "Lumi and Mika" in said) == (False, True)


def test_the_team_itself_reads_who_it_is(talk, owner, sign_in):
    page = sign_in(owner).get(f"/hiring/people/{talk.application_id}/?panel=phone").content.decode()
    assert owner.email in page


def test_choosing_a_time_names_nobodys_address(ada, owner, manager, client):
    row = offered(ada, owner, hosts=[owner, manager])
    page = client.get(address_of(row)).content.decode()
    assert (owner.email in words(talk_letters.CHOOSE), owner.email in page) == (False, False)
    assert "Lumi and Mika" in page


def test_nor_does_the_offer_nor_its_reminder(ada, owner):
    put(ada, Stage.OFFER)
    offer_letters.reminder(offers.send(make_offer(again(ada), owner), by=owner, signature=None), ada)
    found = [words(message) for message in (letters.OFFER, offer_letters.REMINDER)]
    assert [(owner.email in said, "Lumi" in said) for said in found] == [(False, True)] * 2


def test_nor_the_mail_with_the_signed_contract(company, owner):
    make(accept(make_sent(company, owner, signature=evidence.Signature("Olga Lind"))))
    assert owner.email not in words("offer_signed")


def test_nor_what_a_referee_gets_and_opens(company, owner, client):
    reference = sent(make_referee(make_finalist(company)), owner)
    page = client.get(page_of(reference)).content.decode()
    assert (owner.email in words("reference_ask"), owner.email in page) == (False, False)


def test_who_has_a_name_signs_with_it(ada, manager):
    put(ada, Stage.OFFER)
    letters.offer(make_offer(again(ada), manager), ada, manager)
    assert "Mika" in words(letters.OFFER)
