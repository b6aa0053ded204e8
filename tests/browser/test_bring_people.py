"""A table and two CVs from the disk to people on the board, and back again, with the product's own worker."""

import pytest

from tests.browser import walker
from tests.browser.walker import Walker
from tests.hiring.brought import ADA, BO, CARLA, cv, table


@pytest.fixture
def job(product, page):
    """The address of a job on the air."""
    founder = walker.check(Walker(product, page)).click("Start hiring")
    walker.sign_up(founder, "ina@bring.example", shop="Bring")
    walker.publish(founder)
    return page.url.removesuffix("live/")


def as_file(upload):
    return {"name": upload.name, "mimeType": "text/plain", "buffer": upload.read()}


def test_people_are_brought_in_and_taken_back(page, job):
    page.goto(f"{job}import/")
    page.set_input_files("input[name=table]", as_file(table(ADA, BO, CARLA, ["", "x"])))
    page.set_input_files("input[name=cvs]", [as_file(cv("Ada Berg.txt")), as_file(cv("nobody.txt"))])
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("heading", level=1, name="Which column is what?").wait_for()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Rejected").select_option("refused")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("These people applied to us").check()
    page.get_by_role("button", name="Import 3 people").click()
    page.get_by_role("heading", name="3 people brought in").wait_for(timeout=60_000)
    for said in ("1 line could not be brought in", "1 CV is with its person", "nobody.txt"):
        assert page.get_by_text(said).first.is_visible()
    page.get_by_role("button", name="Take the import back").click()
    page.get_by_text("3 people were taken out again.").wait_for()
