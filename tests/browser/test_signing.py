"""A contract from both sides: signed at 360, the file for both, and the page that finds it unchanged."""

import pytest

from tests.browser import walker
from tests.browser.test_path import first_person, today
from tests.browser.walker import Walker


@pytest.fixture
def person(product, new_page):
    return lambda **options: Walker(product, new_page(**options))


def test_both_sign_and_both_have_the_file(person):
    founder = person()
    walker.check(founder).click("Start hiring")
    walker.sign_up(founder, "olga@signing.example", shop="Signing")
    walker.apply(person(), walker.publish(founder), "Sara Aalto")
    to_the_offer(founder)
    applicant = person(width=360)
    applicant.open(founder.mail_link("ffer", "/my/offer/"))
    assert applicant.sees("Signed for the employer by")
    applicant.type(name="Sara Aalto").click("Sign and accept")
    assert applicant.sees("Signed by Sara Aalto")
    assert walker.contract(applicant).startswith(b"%PDF-")
    assert applicant.sees("Unchanged since it was signed")
    check(founder, walker.contract(applicant))


def to_the_offer(founder):
    """Alone, so that nobody has to approve."""
    founder.open("/hiring/").click("Customer support").click("Board", exact=True).click("Start reading")
    founder.key("t").sees("talk to")
    founder.open("/hiring/people/" + first_person(founder))
    walker.talk(founder)
    walker.interview(founder)
    walker.reference(founder)
    founder.open("/hiring/people/" + first_person(founder)).click("On to: Offer").answer_asks()
    walker.offer(founder, today().isoformat())


def check(founder, theirs):
    founder.open("/hiring/people/" + first_person(founder))
    founder.click("Check this contract")
    assert founder.sees("Unchanged: words, evidence and file")
    assert walker.contract(founder) == theirs
