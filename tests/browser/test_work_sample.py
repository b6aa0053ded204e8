"""A work sample from the shop to the applicant's own page and back, rated without the name."""

import pytest

from tests.browser import walker
from tests.browser.walker import Walker

ANSWERS = (
    "I am sorry that the blanket came with a hole. A new one leaves today; keep the old one.",
    "We send to Norway on Mondays. Duty is yours to pay, about a quarter of the price.",
)


@pytest.fixture
def founder(product, page):
    founder = walker.check(Walker(product, page)).click("Start hiring")
    walker.sign_up(founder, "ina@sample.example", shop="Sample")
    return founder


def to_call(founder, board):
    """The only applicant, read and wanted."""
    founder.open(f"{board}read/").key("t")
    founder.sees("talk to")


def test_it_is_sent_written_on_a_phone_and_rated_blind(product, founder, new_page):
    address = walker.publish(founder)
    job = founder.page.url.removesuffix("live/")
    walker.apply(Walker(product, new_page()), address, "Ada Berg")
    to_call(founder, job)
    founder.open(f"{job}samples/").click("Send the sample to those ticked")
    ada = Walker(product, new_page(width=360)).open(founder.mail_link("A short work sample", "/my/sample/"))
    ada.click("Show me the task")
    for field, text in zip(ada.page.locator("form textarea").all(), ANSWERS, strict=True):
        ada.fill(field, text)
    ada.click("Send it").sees("Your sample has arrived")
    founder.open(f"{job}samples/").click("Rate sample 1")
    seen = founder.page.locator("main").inner_text()
    assert (ANSWERS[0] in seen, "Ada" in seen) == (True, False)
    for level in founder.page.locator("fieldset:has(input[value='4'])").all():
        founder.tap(level.locator("label", has_text="4").first)
    founder.click("Hand in")
    assert founder.page.get_by_text("Handed in on").first.is_visible()
