"""The list of requirements by keyboard alone: refined, put in order, its hours ticked, saved, taken back."""

import pytest

from tests.browser.test_advert import Hand, begin

pytestmark = pytest.mark.timeout(300)  # the shop is founded first


def press(page, locator, key):
    locator.focus()
    page.keyboard.press(key)


def test_a_list_is_refined_and_ordered_by_keyboard(product, page):
    begin(Hand(page), product)
    press(page, page.get_by_role("link", name="Refine"), "Enter")
    page.wait_for_url("**/requirements/")
    row = page.locator("[data-row]").nth(1)
    name, code = row.locator("textarea").first.input_value(), row.get_attribute("id")
    press(page, row.locator("summary"), "Enter")
    row.get_by_label("Questions for the interview").focus()
    page.keyboard.type("Write me a letter.")
    press(page, page.get_by_label("Tuesday, Evening"), "Space")
    press(page, page.get_by_role("button", name=f"Up: {name}"), "Enter")
    page.wait_for_url(f"**#{code}")
    assert page.locator("[data-row]").first.get_attribute("id") == code
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Up: {name}"
    assert page.locator(f"[name={code}-questions]").input_value() == "Write me a letter."
    assert page.get_by_label("Tuesday, Evening").is_checked()
    press(page, page.get_by_role("button", name="Undo").first, "Enter")
    page.get_by_text("Taken back.").wait_for()
    assert not page.get_by_label("Tuesday, Evening").is_checked()


def test_the_list_fits_a_telephone_and_needs_no_scripts(product, page, new_page):
    begin(Hand(page), product)
    address = page.get_by_role("link", name="Refine").get_attribute("href")
    phone = new_page(width=360, scripts=False)
    phone.context.add_cookies(page.context.cookies())
    phone.goto(product.url + address)
    phone.get_by_label("Monday, Morning").check()
    phone.get_by_role("button", name="Has worked in our line of business").click()
    assert phone.get_by_text("Mon: mornings").is_visible()
    assert phone.get_by_role("button", name="Up: Has worked in our line of business").is_visible()
    box = phone.locator(".fh-week").bounding_box()
    assert box["x"] + box["width"] <= 360
