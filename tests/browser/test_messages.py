"""Writing to an applicant, reading what would go out, thinking again, and what comes back."""

import re

import pytest

from tests.browser import walker
from tests.browser.walker import Walker
from tests.hiring.mails import eml


@pytest.fixture
def owner(product, new_page):
    """A new shop with an open job and somebody in it, whose page is open and whose name is shown."""
    person = walker.check(Walker(product, new_page())).click("Start hiring")
    walker.sign_up(person, "olga@letters.example", shop="Letters")
    walker.publish(person)
    job = person.page.url.removesuffix("live/")
    person.open(f"{job}people/add/").type(name="Ada Lind", email="ada@mail.example")
    person.page.locator("main form button.btn-primary").last.click()
    person.page.wait_for_url(re.compile(r"/hiring/people/\d+/$"))
    return person.click("Show the name")


def test_a_letter_is_read_sent_taken_back_and_answered(owner, tmp_path):
    page = owner.page
    owner.click("Write", role="link", exact=True)
    owner.type(subject="A call about {job}", text="Hello {name},\n\nwhen may we call you?").click(
        "Show what goes out"
    )
    assert "Hello Ada Lind," in page.locator(".fh-paper").inner_text()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="As a mail program shows it").click()
    opened.value.get_by_text("when may we call you?").last.wait_for()
    opened.value.close()
    owner.click("Send", role="button", exact=True)
    letter = page.locator(".fh-letter", has_text="when may we call you?")
    letter.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").first.wait_for()
    answered(owner, tmp_path)


def answered(owner, tmp_path):
    """Their mail is put onto the thread, and waits for an answer until somebody says that it needs none."""
    page, mail = owner.page, tmp_path / "answer.eml"
    words = "Tuesday at ten suits me.\n\nOn Mon, 16 Nov 2026, Olga wrote:\n> when may we call you?"
    mail.write_bytes(eml(text=words, subject="Re: A call"))
    page.locator("input[name=mail]").set_input_files(mail)
    page.get_by_role("button", name="Put it here").click()
    page.get_by_text("The mail is kept.").first.wait_for()
    assert page.get_by_text("> when may we call you?").is_hidden()
    page.get_by_text("What they quoted").click()
    assert page.get_by_text("> when may we call you?").is_visible()
    assert owner.open("/hiring/waiting/").sees("Ada Lind")
    owner.click("Ada Lind", role="link").click("No answer needed", role="button")
    assert owner.open("/hiring/waiting/").sees("Nobody waits for an answer.")
