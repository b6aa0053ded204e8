"""From the invitation to day 60: the owner and the first colleague, with the clock of the whole product moved."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.browser import walker
from tests.browser.conftest import Product
from tests.browser.test_path import finish_the_day
from tests.browser.walker import PASSWORD, Walker

HELSINKI = ZoneInfo("Europe/Helsinki")
CLOCK = Path(__file__).with_name("clock")
FOUNDER, HIRE = "olga@weeks.example", "sara@weeks.example"


class Shop(Product):
    """A product that can be switched off one day and on again on another."""

    def on(self, day: date, at=time(9, 5)):
        if self.process:
            self.stop()
        ahead = datetime.combine(day, at, HELSINKI) - datetime.now(HELSINKI)
        self.environ |= {"PYTHONPATH": str(CLOCK), "CLOCK_SHIFT": str(ahead.total_seconds())}
        return self.start()


@pytest.fixture
def shop(tmp_path):
    found = Shop(tmp_path, SIGNUP="open")
    yield found
    found.stop()


@pytest.fixture
def monday() -> date:
    """The first day of work: a Monday, a week away or two."""
    today = datetime.now(HELSINKI).date()
    return today + timedelta(days=14 - today.weekday())


@pytest.mark.timeout(420)
@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.crawl)])
def test_from_the_invitation_to_day_60(shop, new_page, monday, width):
    shop.on(monday - timedelta(days=5))
    owner, hire = (Walker(shop, new_page(width=width, height=740)) for _ in range(2))
    get_ready(owner, monday)
    before_the_day(owner, hire)
    shop.on(monday)
    the_first_day(owner, hire)
    shop.on(monday + timedelta(days=4))
    the_first_reply(sign_in(owner, FOUNDER), sign_in(hire, HIRE))
    shop.on(monday + timedelta(days=11))
    the_second_week(sign_in(owner, FOUNDER), sign_in(hire, HIRE))
    shop.on(monday + timedelta(days=60))
    day_60(sign_in(owner, FOUNDER), sign_in(hire, HIRE))


def sign_in(who, email):
    who.page.context.clear_cookies()
    who.open("/accounts/login/").type(login=email, password=PASSWORD)
    who.page.locator("[name=password]").press("Enter")
    who.page.wait_for_url(f"{who.url}/**")
    return who


def get_ready(owner, monday):
    owner.open("/accounts/signup/")
    walker.sign_up(owner, FOUNDER, shop="Weeks")
    owner.open("/onboarding/start/")
    owner.type(name="Sara Aalto", email=HIRE, job_title="Customer support", start_date=monday.isoformat())
    owner.tap(owner.page.locator("main form button.btn-primary"))
    for key in ("delivery_times", "tracking", "return_window", "return_postage"):
        owner.open(f"/onboarding/handbook/start/{key}/").click("Begin with this and change it")
        owner.click("Save and go on")
    owner.open(plan_of(owner) + "accounts/")
    while (given := owner.page.get_by_role("button", name="Given")).count():
        owner.tap(given.first)


def plan_of(owner) -> str:
    """The address of the only plan there is."""
    return owner.open("/onboarding/").page.get_by_role("link", name="Sara Aalto").first.get_attribute("href")


def before_the_day(owner, hire):
    hire.open(owner.mail_link("your first day", "/my/welcome/"))
    assert hire.sees("Nothing to do until then.")


def the_first_day(owner, hire):
    sign_in(owner, FOUNDER)
    hire.open(owner.mail_link("invites you", "/my/invitation/"))
    hire.page.locator("input[type=password]").first.fill(PASSWORD)
    hire.click("Come in").open("/")
    assert hire.sees("Your first day. Take your time.")
    hire.open("/onboarding/ask/").type(body="Where are the tea towels?").click("Ask", role="button")
    owner.open("/onboarding/").tap(owner.page.locator("summary", has_text="Where are the tea towels?"))
    owner.type(answer="On the lowest shelf.").click("Answer", role="button")
    hire.open("/onboarding/ask/").sees("On the lowest shelf.")
    finish_the_day(hire, owner)


def the_first_reply(owner, hire):
    """A draft that is changed, read with its reason, copied and sent; then the gate."""
    hire.open("/onboarding/replies/").click("Write a reply")
    hire.type(message="Where is my parcel?", body="It is on its way, {{ customer.first_name }}.")
    hire.click("Show")
    open_the_reply(owner, "/onboarding/replies/waiting/")
    owner.type(body="Hello {{ customer.first_name }}, it comes on Friday. Sorry!", comment="The day first.")
    owner.page.get_by_label("The facts are right").check()
    owner.click("Good to go")
    open_the_reply(hire, "/onboarding/replies/")
    assert hire.sees("The day first.")
    assert hire.page.get_by_text("{{ customer.first_name }}").count() > 0
    hire.click("Sent", role="button")


def open_the_reply(who, place):
    hrefs = [link.get_attribute("href") for link in who.open(place).page.locator("main a[href]").all()]
    who.open(next(href for href in hrefs if re.fullmatch(r"/onboarding/replies/\d+/", href)))


def the_second_week(owner, hire):
    """A meeting every week, and what the new colleague puts on it; a gate is signed with what was seen."""
    plan = plan_of(owner)
    owner.open(plan + "meetings/every-week/").click("Meet every week")
    hire.open("/onboarding/meetings/").tap(hire.page.locator("#raise summary"))
    hire.fill(hire.page.locator("#raise [name=text]"), "The scale is broken.")
    hire.click("Put it on the next meeting")
    assert owner.open(plan + "meetings/").sees("The scale is broken.")
    hrefs = [link.get_attribute("href") for link in owner.open(plan).page.locator("main a[href]").all()]
    owner.open(next(href for href in hrefs if "/gates/" in href))
    assert owner.sees("What was seen so far")
    owner.click("Sign as").sees("Signed by")


def day_60(owner, hire):
    """Two months on, what was done is still there, and what is late is said without a reproach."""
    hire.open("/onboarding/today/").sees("No hurry.")
    assert hire.open("/onboarding/replies/").sees("Sent")
    owner.open(plan_of(owner) + "reviews/")
    assert owner.heading
    owner.open(plan_of(owner) + "goals/")
    assert owner.heading
