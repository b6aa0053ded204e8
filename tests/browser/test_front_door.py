"""Quick find by keyboard, and the bell, on a shop with somebody who has applied."""

import pytest

from tests.browser import walker
from tests.browser.test_frame import violations
from tests.browser.walker import Walker

pytestmark = pytest.mark.timeout(300)  # the shop is founded within the first of them


@pytest.fixture(scope="module")
def shop(product, browser):
    """The cookies of a founder whose job has an applicant."""
    context = browser.new_context(locale="en-FI", timezone_id="Europe/Helsinki")
    founder = walker.check(Walker(product, context.new_page())).click("Start hiring")
    walker.sign_up(founder, "fia@door.example", shop="Door")
    address = walker.publish(founder)
    stranger = browser.new_context(locale="en-FI", timezone_id="Europe/Helsinki")
    walker.apply(Walker(product, stranger.new_page()), address, "Zelda Zimmer")
    stranger.close()
    yield context.cookies()
    context.close()


@pytest.fixture
def at_home(product, new_page, shop):
    def go(**looks):
        page = new_page(**looks)
        page.context.add_cookies(shop)
        page.goto(product.url)
        return page

    return go


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim().split('\\n')[0].trim()")


def test_slash_opens_the_search_arrows_walk_and_enter_goes_there(at_home):
    page = at_home()
    page.keyboard.press("/")
    page.keyboard.type("sent")
    page.locator("#found [data-found]", has_text="Sent mail").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Sent mail"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/mail/")


def test_a_later_answer_does_not_push_one_off_the_line(at_home):
    page = at_home()
    page.keyboard.press("/")
    page.keyboard.type("se")
    page.locator("#found [data-found]", has_text="Sent mail").wait_for()
    page.keyboard.press("ArrowDown")
    stood_on = focused(page)
    page.evaluate("document.querySelectorAll('[data-found]').forEach(line => { line.dataset.old = '' })")
    page.evaluate("htmx.ajax('GET', '/find/?q=sent', {source: '[data-find-form] input', target: '#found'})")
    page.locator("[data-found]:not([data-old])").first.wait_for()
    assert focused(page) == stood_on


def test_the_number_found_is_said_and_escape_closes(at_home):
    page = at_home()
    page.locator("[data-find-open]").click()
    page.keyboard.type("nothing like that")
    page.locator("#find-said", has_text="Nothing found.").wait_for(state="attached")
    page.keyboard.press("Escape")
    assert page.locator("#find").is_visible() is False


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_search_bell_and_choices_are_accessible_and_fit(at_home, width, dark):
    page = at_home(width=width, dark=dark)
    page.locator("[data-find-open]").click()
    page.keyboard.type("a")
    page.locator("#found [data-found]").first.wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    for place in ("/mail/new/", "/mail/told/", "/find/?q=a"):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + place)
        assert (place, violations(page)) == (place, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_scripts_the_search_is_a_page(at_home):
    page = at_home(scripts=False)
    page.locator("[data-find-open]").click()
    page.locator("main input[name=q]").fill("sent")
    page.locator("main form button").click()
    assert page.locator("[data-found]").first.inner_text() == "Sent mail"
