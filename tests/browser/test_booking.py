"""A link to choose a time: the owner sends it, somebody in New York books, moves and cancels, the owner sees each."""

import re
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from tests.browser import walker
from tests.browser.conftest import watch
from tests.browser.walker import Walker

pytestmark = pytest.mark.timeout(300)  # the shop is founded first
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
number = count(1)
HELSINKI, NEW_YORK = ZoneInfo("Europe/Helsinki"), ZoneInfo("America/New_York")


@pytest.fixture
def owner(product, new_page):
    """A shop with a job on the air and somebody to talk to; `owner.person` is their page."""
    founder = walker.check(Walker(product, new_page())).click("Start hiring")
    walker.sign_up(founder, f"olga{next(number)}@booking.example", shop="Booking")
    walker.publish(founder)
    job = founder.page.url.removesuffix("live/")
    token = TOKEN.search(founder.page.request.get(f"{job}people/add/").text())[1]
    person = {"name": "Ann York", "email": "ann@mail.example", "cv_text": "Two years of answering people."}
    founder.page.request.post(f"{job}people/add/", multipart=person | {"csrfmiddlewaretoken": token})
    founder.open(f"{job}read/").key("t").sees("talk to")
    founder.open(f"{job}read/calls/").click("Ann York")
    founder.person = founder.page.url.partition("?")[0]
    return founder


@pytest.fixture
def abroad(product, browser):
    """abroad(**more) -> somebody whose browser is in New York."""
    contexts, faults = [], []

    def make(**more):
        context = browser.new_context(locale="en-US", timezone_id="America/New_York", **more)
        contexts.append(context)
        page = context.new_page()
        watch(page, faults)
        return Walker(product, page)

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def send(owner) -> str:
    return walker.send_times(owner.open(f"{owner.person}?panel=phone"))


def tap_a_time(applicant, nth) -> datetime:
    """The moment that this button is for; its words are checked against the clock of New York."""
    button = applicant.page.locator("button[name=at]").nth(nth)
    moment = datetime.fromisoformat(button.get_attribute("value"))
    hour = moment.astimezone(NEW_YORK).hour
    assert re.search(rf"\b0?({hour}|{hour % 12 or 12})\b", button.inner_text())
    applicant.tap(button).sees("This time is yours.")
    return moment


def shown_to(owner) -> str:
    owner.open(f"{owner.person}?panel=phone")
    return owner.page.locator("main").inner_text()


def test_booked_moved_and_cancelled_from_another_zone(owner, abroad):
    address = send(owner)
    applicant = abroad(viewport={"width": 360, "height": 740}).open(address)
    applicant.page.wait_for_url("**zone=America%2FNew_York**")
    assert applicant.page.locator("select[name=zone]").input_value() == "America/New_York"
    assert applicant.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    first = tap_a_time(applicant, 0)
    assert "America/New_York" in applicant.page.locator("main").inner_text()
    assert hour_of(first) in shown_to(owner)

    applicant.click("Choose another time")
    second = tap_a_time(applicant, 5)
    assert second != first
    assert hour_of(second) in shown_to(owner)

    applicant.page.get_by_text("I cannot come").click()
    applicant.click("Cancel this time").sees("Your time is cancelled.")
    assert "the time they had was cancelled" in shown_to(owner)


def hour_of(moment) -> str:
    """As the owner reads it, in Helsinki."""
    local = moment.astimezone(HELSINKI)
    if (local.hour, local.minute) == (12, 0):
        return "noon"
    return f"{local.hour % 12 or 12}:{local:%M}" if local.minute else f"{local.hour % 12 or 12} "


def test_without_scripts_the_zone_is_chosen_by_hand(owner, abroad):
    applicant = abroad(java_script_enabled=False).open(send(owner))
    assert applicant.sees("This is the time of Booking.")
    applicant.page.locator("select[name=zone]").select_option("America/New_York")
    applicant.click("Show", exact=True)
    tap_a_time(applicant, 2)
    assert "America/New_York" in applicant.page.locator("main").inner_text()
