"""A file from the disk to its numbers in a browser: mapped, given up, sent again, counted."""

from tests.browser.test_readiness import enter
from tests.readiness import logs

BODY = logs.event_log(logs.growing_and_cut())


def send(page, product):
    page.goto(f"{product.url}/readiness/import/")
    page.set_input_files("input[type=file]", {"name": "log.csv", "mimeType": "text/csv", "buffer": BODY})
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("heading", level=1, name="What is in the file?").wait_for()


def test_a_file_is_mapped_given_up_and_counted(product, page):
    enter(page, product)
    send(page, product)
    page.get_by_role("link", name="Orders of a shop").click()
    page.get_by_text("When it was ordered").wait_for()
    page.get_by_role("button", name="Give up").click()
    page.get_by_text("The import was given up and the file deleted.").wait_for()
    send(page, product)
    page.get_by_text("This looks like tickets of a help desk.").wait_for()
    page.get_by_role("button", name="Count", exact=True).click()
    page.get_by_text("Strong evidence that tickets grow").wait_for(timeout=40_000)
    page.get_by_role("heading", level=2, name="Counted and told").wait_for()
