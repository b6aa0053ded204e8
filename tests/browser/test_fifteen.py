"""One founder, fifteen applicants: from a published advert to a signed contract and everybody told.

At most 160 clicks or command keys, and at most 6 questions for a reason.
"""

import pytest

from tests.browser import walker
from tests.browser.test_path import today
from tests.browser.walker import Walker

APPLICANTS = 15
TALK, INVITED = 4, 2  # of them to the phone, of those to the interview


@pytest.fixture
def person(product, new_page):
    return lambda **options: Walker(product, new_page(**options))


@pytest.fixture
def founder(person):
    """Alone, with a published advert and fifteen applications."""
    founder = person()
    walker.check(founder).click("Start hiring")
    walker.sign_up(founder, "fiona@fifteen.example", shop="Fifteen")
    address = walker.publish(founder)
    applicant = person(scripts=False)
    for number in range(APPLICANTS):
        walker.apply(applicant, address, f"Applicant Number{number:02}")
    founder.count = founder.asked = 0
    return founder


def read_all(founder):
    """By key: T for the first four; N, the number of what is not met and Enter for the rest. Pages of the four."""
    founder.open("/").click("Start reading")
    for number in range(APPLICANTS):
        before = founder.heading
        if number >= TALK:
            founder.key("n").key("1")
        founder.key("t" if number < TALK else "Enter")
        _until_another(founder.page, before)
    assert founder.heading == "Everything is read"
    founder.click("To the board")
    cards = founder.page.locator("[data-card] a").all()
    return [card.get_attribute("href") for card in cards]


def _until_another(page, heading):
    page.wait_for_function(
        "before => location.pathname.endsWith('/read/') && document.querySelector('h1')?.innerText !== before",
        arg=heading,
    )


def refuse(founder):
    founder.click("Not this time", role="link").click("Not this time", role="button")


def choose(founder, people):
    """Calls, interviews, references, in the order of the board; whoever is left gets the offer."""
    for place, address in enumerate(people):
        founder.open(address)
        if place < INVITED:
            walker.talk(founder)
            walker.interview(founder)
        else:
            refuse(founder)
    founder.open(people[0])
    walker.reference(founder)
    founder.open(people[0]).click("On to: Offer").answer_asks()
    walker.offer(founder, today().isoformat())


def test_one_founder_fifteen_applicants(person, founder):
    people = read_all(founder)
    assert len(people) == TALK
    choose(founder, people)
    applicant = person(width=360)
    applicant.open(founder.mail_link("offer", "/my/offer/"))
    applicant.type(name="Applicant Number00").click("Sign and accept")
    founder.open(people[0]).click("Who has not heard yet?").click("Tell")
    assert founder.heading == "Everybody has heard"
    assert founder.count <= 160
    assert founder.asked <= 6
