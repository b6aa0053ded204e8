"""A shop signs up, asks a colleague in, and the colleague comes in by the mailed link."""

import re

PASSWORD = "a quiet lake at dawn"


def sign_up(page, url, name):
    page.goto(f"{url}/accounts/signup/")
    page.fill("#id_email", f"owner@{name}.example")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_shop_name", name.title())
    page.get_by_role("button", name="Open the account").click()
    page.wait_for_url(f"{url}/")


def invite(page, url, name, email):
    page.goto(f"{url}/accounts/team/invite/")
    page.fill("#id_name", name)
    page.fill("#id_email", email)
    page.get_by_role("button", name="Send the invitation").click()
    page.wait_for_url(f"{url}/accounts/team/")


def mailed_link(page, url, email) -> str:
    """Followed from the page of sent mail, as on one computer."""
    page.goto(f"{url}/mail/")
    page.locator("main li", has_text=email).get_by_role("link").first.click()
    page.wait_for_load_state()
    return re.search(rf"{url}/my/invitation/[\w-]+/", page.content()).group(0)


def test_an_invited_colleague_comes_in(product, new_page):
    owner, colleague = new_page(), new_page(width=360)
    sign_up(owner, product.url, "birch")
    invite(owner, product.url, "Iris", "iris@birch.example")
    link = mailed_link(owner, product.url, "iris@birch.example")
    colleague.goto(link)
    assert colleague.locator("#id_name").input_value() == "Iris"
    colleague.fill("#id_password", PASSWORD)
    colleague.get_by_role("button", name="Come in").click()
    colleague.wait_for_url(f"{product.url}/onboarding/today/")
    assert "Birch" in colleague.locator("header").inner_text()
    owner.goto(f"{product.url}/accounts/team/")
    assert owner.locator("a", has_text=re.compile("Change.*Iris")).is_visible()


def test_the_same_without_scripts_and_with_another_person_signed_in(product, new_page):
    """The page of a link sends no referrer, so its forms come from an origin called "null"."""
    owner = new_page(scripts=False)
    sign_up(owner, product.url, "cedar")
    invite(owner, product.url, "Noor", "noor@cedar.example")
    owner.goto(mailed_link(owner, product.url, "noor@cedar.example"))
    assert "You are signed in as owner@cedar.example." in owner.locator("main").inner_text()
    owner.locator("main").get_by_role("button", name="Sign out").click()
    owner.fill("#id_password", PASSWORD)
    owner.get_by_role("button", name="Come in").click()
    owner.wait_for_url(f"{product.url}/onboarding/today/")
    assert "Cedar" in owner.locator("header").inner_text()


def test_the_browsers_time_zone_makes_the_guess_better(product, browser):
    context = browser.new_context(locale="en", timezone_id="Europe/Warsaw")
    page = context.new_page()
    page.goto(f"{product.url}/accounts/signup/")
    page.get_by_text("Poland · Polish Zloty · Warsaw · English").wait_for()
    assert page.locator("#id_country").input_value() == "PL"
    context.close()
