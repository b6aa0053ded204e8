"""Sending a file: how far it is, stopping it, and the answer as the page it would have been."""

from functools import partial

import pytest

from tests.browser.test_frame import violations
from tests.browser.test_readiness import enter

ROWS = b"ticket,created\n" + b"".join(b"%d,2026-01-%02d\n" % (row, row % 28 + 1) for row in range(12_000))
# Every value the bar had, and everything a screen reader was told, kept for the page after.
WATCH = """() => { const shares = [], said = [];
new MutationObserver(() => {
  const bar = document.querySelector("progress"), line = document.querySelector("[data-upload-line] [role=status]");
  if (!bar || !line) return;
  if (bar.value !== shares.at(-1)) shares.push(bar.value);
  if (line.textContent !== said.at(-1)) said.push(line.textContent);
  sessionStorage.setItem("seen", JSON.stringify({shares, said}));
}).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true}); }"""


def slow_down(page, bytes_a_second=60_000):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    line.send("Network.emulateNetworkConditions", speed)
    return partial(line.send, "Network.emulateNetworkConditions", speed | {"uploadThroughput": -1})


@pytest.fixture
def upload(product, page):
    """upload(name, content): the import page of a new shop with this file chosen, on a slow line."""

    def choose(name="log.csv", content=ROWS, breaks=False):
        enter(page, product)
        page.goto(f"{product.url}/readiness/import/")
        page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content})
        page.evaluate(WATCH)
        page.fast = slow_down(page)
        if breaks:
            page.route("**/import/", lambda route: route.abort())
        page.get_by_role("button", name="Upload", exact=True).click()
        return page

    return choose


def test_the_share_grows_and_is_said_at_quarters(upload):
    page = upload()
    page.get_by_role("button", name="Count", exact=True).wait_for()
    seen = page.evaluate("JSON.parse(sessionStorage.getItem('seen'))")
    assert seen["shares"] == sorted(seen["shares"])
    assert len(seen["shares"]) > 5
    assert seen["shares"][-1] == 1
    assert 2 <= len(seen["said"]) <= 5
    assert seen["said"][-1] == "It has arrived and is being looked at."


def test_sending_is_accessible_and_can_be_stopped_and_begun_again(upload, product):
    page = upload()
    page.get_by_role("progressbar", name="Sending the file").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Stop sending").click()
    page.get_by_text("Stopped. Nothing was sent.").wait_for()
    assert (page.url, page.locator("progress").count()) == (f"{product.url}/readiness/import/", 0)
    page.fast()
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("button", name="Count", exact=True).wait_for()


def test_a_refused_file_comes_back_as_the_page_it_would_have_been(upload, product):
    page = upload("log.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 3_000)
    page.locator(".is-invalid, .invalid-feedback").first.wait_for()
    assert page.url == f"{product.url}/readiness/import/"
    assert page.get_by_role("heading", level=1).count() == 1
    assert violations(page) == []
    # The scripts of the page that came run as on any other.
    page.get_by_role("button", name="Light or dark").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_a_line_that_breaks_says_so_and_keeps_the_choice(upload):
    page = upload(breaks=True)
    page.get_by_text("No connection. Nothing is lost; try again in a moment.").wait_for()
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1


def test_without_scripts_the_form_is_sent_as_any_other(product, new_page):
    page = new_page(scripts=False)
    enter(page, product)
    page.goto(f"{product.url}/readiness/import/")
    page.set_input_files("input[type=file]", {"name": "log.csv", "mimeType": "text/csv", "buffer": ROWS})
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("button", name="Count", exact=True).wait_for()
