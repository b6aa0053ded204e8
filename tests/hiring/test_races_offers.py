"""Two at once around an offer before it is signed, on PostgreSQL, with the first transaction held open."""

import pytest

from accounts.conflicts import Changed
from hiring import approvals, contract_templates, offer_days, offer_questions, offers, signing
from hiring.models import ContractTemplate, Decision, Offer, OfferQuestion, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail
from tests.hiring.acts import put
from tests.hiring.factories import make_application, make_job, make_offer, offer_values
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(company, manager):
    return put(make_application(make_job(company, members=[manager]), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def draft(ada, manager):
    return make_offer(ada, manager)


@pytest.fixture
def asked(draft, manager):
    return approvals.ask(draft, by=manager)


def again(row):
    return type(row).objects.get(pk=row.pk)


def change(ada, by):
    return offers.save_draft(ada, by=by, values=offer_values(notice="One month"))


def tried(act):
    """What a race returns: the outcome, or which of ours was raised."""

    def attempt():
        try:
            return act()
        except (Refused, Changed) as error:
            return type(error)

    return attempt


def test_approved_while_it_is_changed(ada, asked, manager, owner):
    """The change comes first: what the owner read is not what would leave."""
    found = race(lambda: change(ada, manager), tried(lambda: approvals.approve(again(asked), by=owner)))
    assert (found["waited"], found["second"]) == (True, approvals.Stale)
    assert again(asked).decision == Decision.VOID


def test_changed_while_it_is_approved(ada, draft, asked, manager, owner):
    found = race(lambda: approvals.approve(again(asked), by=owner), lambda: change(ada, manager))
    assert (found["waited"], again(asked).decision) == (True, Decision.VOID)
    with pytest.raises(Refused, match="owner approves"):
        offers.send(again(draft), by=manager)


def test_sent_while_it_is_changed(ada, draft, asked, manager, owner):
    approvals.approve(asked, by=owner)
    found = race(lambda: change(ada, manager), tried(lambda: offers.send(again(draft), by=manager)))
    assert (found["waited"], found["second"], again(draft).state) == (True, Refused, "draft")


def test_changed_while_it_is_sent(ada, draft, asked, manager, owner):
    """The change makes the next version; what left is what was approved."""
    approvals.approve(asked, by=owner)
    found = race(lambda: offers.send(again(draft), by=manager), lambda: change(ada, manager))
    assert found["waited"]
    assert again(draft).contract_sha256 == asked.sha256
    assert list(ada.offers.order_by("version").values_list("state", flat=True)) == ["sent", "draft"]


def test_two_owners_decide_at_once(asked, owner):
    found = race(
        lambda: approvals.approve(again(asked), by=owner),
        tried(lambda: approvals.send_back(again(asked), by=owner, comment="No")),
    )
    assert (found["waited"], found["second"], again(asked).decision) == (True, approvals.Stale, "approved")


def test_asked_twice_at_once(draft, manager):
    found = race(*[lambda: approvals.ask(again(draft), by=manager).pk] * 2)
    assert found["first"] == found["second"]


def test_two_tabs_keep_a_first_draft(ada, manager):
    values = offer_values()
    found = race(*[tried(lambda: offers.save_draft(ada, by=manager, values=values, seen=0))] * 2)
    assert (found["waited"], found["second"], Offer.objects.count()) == (True, Changed, 1)


def test_two_openings_are_not_promised_to_three(company, owner):
    job = make_job(company, openings=1)
    drafts = [make_offer(put(make_application(job), Stage.OFFER), owner) for _ in range(2)]
    found = race(*(tried(lambda row=row: offers.send(row, by=owner)) for row in drafts))
    assert (found["waited"], found["second"]) == (True, Refused)
    assert Offer.objects.filter(state="sent").count() == 1


def test_signed_while_it_expires(draft, owner):
    sent = offers.send(draft, by=owner)
    values = {"name": "Ada Lind", "address": "192.0.2.1", "agent": "Browser"}
    found = race(
        lambda: signing.accept(again(sent), **values), lambda: offers.expire(sent.expires_at), then=None
    )
    assert (found["second"], again(sent).state) == (0, "accepted")


def test_more_time_while_it_expires(draft, owner, company):
    sent = offers.send(draft, by=owner)
    later = offers.day_in(20, company)
    found = race(
        lambda: offer_days.extend(again(sent), by=owner, until=later), lambda: offers.expire(sent.expires_at)
    )
    assert (found["second"], again(sent).state) == (0, "sent")


def test_two_colleagues_answer_one_question(draft, owner, manager):
    asked = offer_questions.ask(offers.send(draft, by=owner), text="May I?")
    found = race(
        lambda: offer_questions.answer(again(asked), by=owner, text="Yes"),
        tried(lambda: offer_questions.answer(again(asked), by=manager, text="No")),
    )
    assert (found["second"], OfferQuestion.objects.get().answer) == (Refused, "Yes")
    assert Mail.objects.filter(message="offer_answer").count() == 1


def test_reminded_by_two_workers_at_once(asked):
    later = asked.asked_at + approvals.REMIND_AFTER
    found = race(*[lambda: approvals.remind(later)] * 2)
    assert sorted((found["first"], found["second"])) == [0, 1]


def test_two_owners_keep_a_template_at_once(company, owner):
    words = contract_templates.shipped("en")
    found = race(
        lambda: contract_templates.save(company, "en", words + "\nOne", by=owner, seen=0),
        tried(lambda: contract_templates.save(company, "en", words + "\nTwo", by=owner, seen=0)),
    )
    assert (found["waited"], found["second"]) == (True, Changed)
    assert ContractTemplate.objects.get().text.endswith("One")
