"""Weights and thresholds in a browser: a wrong number, the effect, a version, and the answer computed anew."""

import pytest

from tests.browser import walker
from tests.browser.walker import Walker

pytestmark = pytest.mark.timeout(300)  # the shop is founded first


def test_an_owner_changes_a_number_sees_the_effect_and_saves_it(product, page):
    founder = walker.check(Walker(product, page)).click("Start hiring")
    walker.sign_up(founder, "wilma@weights.example", shop="Weights")
    page.goto(f"{product.url}/readiness/weights/")
    page.get_by_label("Hours to hand over, for a hire now").fill("x")
    page.get_by_role("button", name="See what it would change").click()
    assert page.get_by_text("Write a number, such as 12 or 2.5.").is_visible()
    page.get_by_label("Hours to hand over, for a hire now").fill("١٥")
    page.get_by_role("button", name="See what it would change").click()
    assert founder.heading == "What it would change"
    page.get_by_role("button", name="Save as a new version").click()
    assert founder.sees("Version 2026-1+1 counts now.")
    page.get_by_role("button", name="Compute the latest answer anew").click()
    page.wait_for_url("**/readiness/*/")
    assert "configuration 2026-1+1" in " ".join(page.content().split())
