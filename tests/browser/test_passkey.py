"""A passkey from making it to signing in with it, under the product's own content security policy."""

import re

import pytest

PASSWORD = "a long enough sentence"


@pytest.fixture
def with_device(page):
    """The page on a computer with a fingerprint reader that always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def open_shop(page, url):
    page.goto(f"{url}/accounts/signup/")
    page.locator("[name=email]").fill("paula@passkey.example")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=shop_name]").fill("Passkey shop")
    page.get_by_role("button", name="Open the account").click()
    page.wait_for_url(re.compile(r"/(?!accounts/signup)"))


def add_passkey(page, url):
    page.goto(f"{url}/accounts/2fa/webauthn/add/")
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="It is me").click()
    page.locator("[name=name]").fill("Laptop")
    page.locator("[name=passwordless]").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_opens_the_shop_again(product, with_device):
    page = with_device
    open_shop(page, product.url)
    add_passkey(page, product.url)
    page.goto(f"{product.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{product.url}/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("Passkey shop").first.wait_for()
    assert page.locator("details.fh-menu:not(.fh-bell, .fh-help)").is_visible()
