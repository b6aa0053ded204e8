"""From a published job to an advert in a place, a stranger who comes by its link, and what that one cost."""

from tests.browser.test_advert import begin, fill_the_blanks, hand

__all__ = ["hand"]


def published(hand, product):
    begin(hand, product)
    hand.type("hours_week", "20")
    fill_the_blanks(hand)
    hand.press("Publish")
    hand.press("Publish anyway")


def apply_by(page, link):
    """Somebody else's browser: looks around on the careers page, comes back, and applies."""
    page.goto(link)
    page.locator(".fh-crumbs a").click()
    page.locator(".fh-list a").first.click()
    page.get_by_role("link", name="Apply", exact=True).click()
    page.locator("[name=name]").fill("Ann Applicant")
    page.locator("[name=email]").fill("ann@mail.example")
    page.locator("[name=cv_text]").fill("Two years in a tea shop.")
    page.get_by_role("button", name="Send application").click()
    page.get_by_role("button", name="Send anyway").click()
    assert page.locator("h1").inner_text() == "Thank you, your application has arrived."


def test_a_posted_advert_tells_what_it_brought(product, hand, new_page):
    published(hand, product)
    page, place = hand.page, hand.page.locator("#place-wwr")
    place.locator("summary").first.click()
    link = place.locator("textarea").input_value().splitlines()[-1]
    place.get_by_label("Paid").fill("170")
    place.get_by_role("button", name="I posted it").click()
    page.get_by_text("Noted. What this place brings is counted from now on.").wait_for()
    assert "0 visits · 0 applications" in place.locator("[data-brought]").inner_text()
    apply_by(new_page(), link)
    page.reload()
    said = place.locator("[data-brought]").inner_text()
    assert "1 visit · 1 application" in said
    assert "170 for each application" in said


def test_the_same_on_a_phone_without_a_script_and_taken_back(product, hand, new_page):
    published(hand, product)
    phone = new_page(width=360, scripts=False)
    phone.context.add_cookies(hand.page.context.cookies())
    phone.goto(hand.page.url)
    place = phone.locator("#place-notice")
    place.locator("summary").first.click()
    place.get_by_role("button", name="I posted it").click()
    assert place.get_by_text("Posted", exact=True).is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    place.get_by_role("button", name="Undo").click()
    assert not place.get_by_text("Posted", exact=True).is_visible()
