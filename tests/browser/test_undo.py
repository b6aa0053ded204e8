"""Taking back by key and on the row, two tabs that do not fight, and a slow line that says it works."""

import re
from itertools import count

import pytest

from tests.browser import walker
from tests.browser.walker import Walker

number = count(1)


@pytest.fixture
def owner(product, new_page):
    """A new shop with a draft of a job; `owner.job` is its address."""
    person = Walker(product, new_page())
    walker.sign_up(person.open("/accounts/signup/"), f"olga{next(number)}@undo.example", shop="Undo shop")
    person.open("/hiring/").click("Begin")
    person.job = re.search(r"/hiring/jobs/\d+/", person.page.url).group()
    return person


def slow(page, bytes_a_second):
    """The line of the train: uploads crawl."""
    session = page.context.new_cdp_session(page)
    line = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)


def enter(owner, name, cv):
    owner.open(f"{owner.job}people/add/").type(name=name, email="ann@mail.example")
    owner.page.locator("input[name=cv]").set_input_files(cv)


WATCH = """
    new MutationObserver(() => {
      const form = document.querySelector("form[data-upload]"), bar = form.querySelector("progress");
      if (bar) sessionStorage.setItem("bar", form.getAttribute("aria-busy") + " " + bar.getAttribute("aria-label"));
    }).observe(document.body, {childList: true, subtree: true, attributes: true})
"""


def test_a_file_travels_with_a_bar_and_a_note_is_taken_back_by_key_and_on_the_row(owner, tmp_path):
    page, cv = owner.page, tmp_path / "cv.txt"
    cv.write_text("Two years in a tea shop. " * 40_000)
    enter(owner, "Ann Typed", cv)
    slow(page, 200_000)
    page.evaluate(WATCH)  # a page that is being left cannot be looked at from here
    page.locator("form[data-upload] button").last.click(no_wait_after=True)
    page.wait_for_url(re.compile(r"/hiring/people/\d+/$"))
    assert page.evaluate("sessionStorage.getItem('bar')") == "true Sending the file"
    assert page.get_by_text("Ann Typed is entered.").is_visible()
    slow(page, -1)
    owner.type(text="Kind on the phone").click("Add the note")
    assert page.locator(".fh-note").count() == 1
    page.locator("body").press("u")
    page.get_by_text("Taken back.").wait_for()
    assert page.locator(".fh-note").count() == 0
    owner.type(text="Kind again").click("Add the note")
    page.locator(".fh-note .fh-undo", has_text="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert page.locator(".fh-note").count() == 0
    two_tabs(owner)


def two_tabs(owner):
    """The same note open twice: the second sees both, and its own words win when it says so."""
    owner.type(text="First words").click("Add the note").click("Edit", role="link", nth=-1)
    address, other = owner.page.url, owner.page.context.new_page()
    other.goto(address)
    other.locator("[name=text]").fill("Words of the other tab")
    other.get_by_role("button", name="Keep").click()
    other.wait_for_url(re.compile("/people/"))
    owner.type(text="My own words").click("Keep", role="button")
    assert owner.heading == "Somebody was faster"
    assert owner.page.get_by_text("Words of the other tab").is_visible()
    owner.click("Use mine")
    assert "My own words" in owner.page.locator(".fh-note").inner_text()


def test_what_was_deleted_is_put_back(owner):
    owner.page.get_by_role("button", name="Delete this draft").click()
    owner.page.wait_for_url(re.compile("/hiring/$"))
    owner.open("/deleted/").click("Put back")
    owner.page.get_by_text("is back.").wait_for()
    assert owner.page.get_by_text("Nothing was deleted in the last 14 days.").is_visible()
    owner.open("/hiring/")
    assert owner.page.locator(".fh-row").count() == 1
