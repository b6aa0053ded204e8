"""The board by keyboard, with several at once, and beside a colleague who moves somebody: nothing jumps."""

import re
from itertools import count

import pytest

from tests.browser import walker
from tests.browser.walker import Walker

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PEOPLE = 17
NUMBER = count()


@pytest.fixture
def shop(product, browser):
    """A shop with a job on the air and seventeen people: its cookies, and the job's address."""
    context = browser.new_context(locale="en-FI", timezone_id="Europe/Helsinki")
    founder = walker.check(Walker(product, context.new_page())).click("Start hiring")
    walker.sign_up(founder, f"bea{next(NUMBER)}@board.example", shop="Board")
    walker.publish(founder)
    job = founder.page.url.removesuffix("live/")
    enter(founder.page, f"{job}people/add/", [f"Person {n:02}" for n in range(PEOPLE)])
    founder.page.request.get(f"{job}board/")  # takes the notices of entering them along
    yield context.cookies(), job
    context.close()


def enter(page, address, names):
    token = token_of(page, address)
    for name in names:
        data = {"name": name, "cv_text": "Tea.", "email": "", "csrfmiddlewaretoken": token}
        page.request.post(address, form=data, max_redirects=0)


def token_of(page, address) -> str:
    return TOKEN.search(page.request.get(address).text())[1]


@pytest.fixture
def page(shop, new_page):
    cookies, job = shop
    page = new_page()
    page.context.add_cookies(cookies)
    page.goto(f"{job}board/")
    return page


def column(page, stage):
    return page.locator(f'[data-stage="{stage}"] [data-card]')


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('[data-card]')?.id || ''")


def test_a_person_is_moved_by_key_and_the_focus_goes_along(page):
    page.locator('[data-stage="cv"] [data-more]').scroll_into_view_if_needed()
    column(page, "cv").nth(PEOPLE - 1).wait_for()
    column(page, "cv").locator("a").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    card = focused(page)
    assert card == column(page, "cv").nth(1).get_attribute("id")
    for key in ("x", "m", "Tab", "Enter"):
        page.keyboard.press(key)
    page.locator(f'[data-stage="phone"] #{card}').wait_for()
    page.locator("#messages").get_by_text(": Phone screen.").wait_for()
    assert (focused(page), column(page, "cv").count()) == (card, PEOPLE - 1)
    assert page.locator(f"#{card} .fh-pick").is_checked()
    assert page.locator("[data-picked]").inner_text() == "1 selected"


def test_what_a_colleague_did_is_said_and_shown_on_demand_and_several_go_at_once(page, shop):
    mover = column(page, "cv").last
    number, before = mover.get_attribute("id").removeprefix("card-"), column(page, "phone").count()
    data = {"to": "phone", "expected": "cv", "how": "board", "csrfmiddlewaretoken": token_of(page, page.url)}
    base = shop[1].split("/hiring/")[0]
    page.request.post(f"{base}/hiring/people/{number}/advance/", form=data, max_redirects=0)
    page.evaluate("window.firsthireNews()")
    page.locator("#board-news").get_by_text("to Phone screen").wait_for()
    assert column(page, "phone").count() == before
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(f'[data-stage="phone"] #card-{number}').wait_for()
    page.keyboard.press("s")
    column(page, "cv").nth(0).locator(".fh-pick").click()
    column(page, "cv").nth(2).locator(".fh-pick").click(modifiers=["Shift"])
    page.get_by_role("button", name="One stage forward").click()
    page.get_by_role("button", name="Do it for 3 people").click()
    page.get_by_text("Done for 3 people.").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Taken back for 3 people.").wait_for()
