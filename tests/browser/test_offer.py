"""A manager writes an offer, an owner sends it back, approves it; the applicant asks, is answered, and reads it all."""

import pytest

from tests.browser import walker
from tests.browser.test_path import first_person, invite_the_manager, today
from tests.browser.walker import Walker

pytestmark = pytest.mark.timeout(400)  # the shop is founded first, and somebody comes as far as an offer


@pytest.fixture
def person(product, new_page):
    return lambda **options: Walker(product, new_page(**options))


@pytest.fixture
def founder(person):
    """A shop with a manager and one applicant."""
    founder = person()
    walker.check(founder).click("Start hiring")
    walker.sign_up(founder, "olga@offer.example", shop="Offer")
    address = walker.publish(founder)
    walker.apply(person(scripts=False), address, "Sara Aalto")
    return founder


@pytest.fixture
def manager(person, founder):
    """At the offer with the one applicant."""
    manager = invite_the_manager(person, founder)
    manager.open("/hiring/").click("Customer support").click("Board", exact=True).click("Start reading").key(
        "t"
    )
    manager.open("/hiring/people/" + first_person(founder))
    walker.talk(manager)
    walker.interview(manager)
    walker.reference(manager)
    manager.open("/hiring/people/" + first_person(founder)).click("On to: Offer").answer_asks()
    return manager


def test_written_sent_back_approved_sent_and_asked_about(person, founder, manager):
    page = manager.page.url
    walker.write_offer(manager, today().isoformat())
    walker.name_the_shop(founder.open(page))
    manager.open(page).click("Ask for approval")
    look_and_send_back(founder, page)
    change_and_ask_again(manager, page)
    founder.open(page).click("Approve", exact=True)
    walker.send_offer(manager.open(page))
    ask_and_answer(person, founder, manager, page)


def look_and_send_back(founder, page):
    founder.open("/")
    assert founder.sees("waits for an owner")
    founder.open(page).tap(founder.page.get_by_text("Send it back", exact=True))
    founder.type(comment="Name the notice.").click("Send it back with these words")


def change_and_ask_again(manager, page):
    manager.open(page)
    assert manager.sees("Name the notice.")
    manager.click("Edit the offer").tap(manager.page.get_by_text("What a contract often names besides"))
    manager.type(notice="One month on both sides").click("Keep the offer").click("Ask for approval")


def ask_and_answer(person, founder, manager, page):
    applicant = person(width=360, scripts=False)
    applicant.open(founder.mail_link("An offer from", "/my/offer/"))
    assert applicant.sees("Notice: One month on both sides")
    applicant.type(text="May I begin a week later?").click("Ask", exact=True)
    manager.open(page).fill(manager.page.get_by_label("Your answer"), "Yes, gladly.").click("Send the answer")
    applicant.open(founder.mail_link("answer to your question", "/my/offer/"))
    assert applicant.sees("Yes, gladly.")
